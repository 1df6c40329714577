#!/usr/bin/env python3
"""Has a tenth of the labels checked by a second reader who knows neither author nor answer.

usage: spotcheck.py ask BATCHES ANSWERS OUT [--share 0.1] [--seed 1] [--size 35]
       spotcheck.py tell ANSWERS VERDICTS.jsonl [VERDICTS.jsonl ...]

`ask` draws units evenly from all batches and writes pages: what the first reader saw, and the true text
among its rivals in random order. The second reader answers a line each:

    {"unit": "7/123", "best": "B", "as_good": [], "fit": 4}

`best` is the text that fits best, "none" where none does; `as_good` lists letters of others that are as
right; `fit` says from 1 to 5 how well the best one fits. `tell` gives the share in which `best` is the
first reader's truth, with Wilson intervals, and how often a rival of each kind was taken for it.
"""

import argparse
import json
import math
import pathlib
import random
import re
from collections import Counter

LETTERS = "ABCDE"


def bodies(folder):
    """Of each unit: its batch and what the reader saw of it, less what was asked."""
    seen = {}
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        parts = re.split(r"^## (\S+)(.*)$", path.read_text(), flags=re.M)[1:]
        for name, head, body in zip(parts[::3], parts[1::3], parts[2::3]):
            seen[name] = (path.stem, head.split(";")[0].strip() + "\n" + body.strip())
    return seen


def answers(folder):
    found = {}
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        if path.name.count(".") == 1:
            for line in filter(str.strip, path.read_text().splitlines()):
                answer = json.loads(line)
                if not answer.get("unclear"):
                    found[answer["unit"]] = answer
    return found


def choices(answer):
    """The texts of a unit with what each is, in an order that follows from the unit's name."""
    texts = [(answer["explanation"], "truth")]
    texts += [(rival["text"], rival["kind"]) for rival in answer["rivals"]]
    random.Random(f"choices {answer['unit']}").shuffle(texts)
    return list(zip(LETTERS, texts))


def ask(options):
    seen, written = bodies(options.batches), answers(options.answers)
    generator = random.Random(options.seed)
    drawn = []
    for batch in sorted({batch for batch, _ in seen.values()}):
        members = [name for name in written if name in seen and seen[name][0] == batch]
        drawn += generator.sample(members, min(len(members), round(options.share * len(members))))
    generator.shuffle(drawn)
    folder = pathlib.Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(drawn), options.size):
        pages = []
        for name in drawn[start:start + options.size]:
            texts = "\n".join(f"{letter}: {text}" for letter, (text, _) in choices(written[name]))
            pages.append(f"## {name}   {seen[name][1]}\n{texts}")
        path = folder / f"check-{start // options.size + 1:02d}.txt"
        path.write_text("\n\n".join(pages) + "\n")
        print(path.name, len(pages), "units")


def wilson(right, count):
    """A share in per cent with its 95 % interval."""
    if not count:
        return "none"
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(
        share * (1 - share) / count + z * z / (4 * count * count))
    return f"{100 * share:.0f} % ({100 * max(0, middle - half):.0f}-{100 * (middle + half):.0f}) of {count}"


def tell(options):
    written = answers(options.answers)
    verdicts = {}
    for path in options.verdicts:
        for line in filter(str.strip, pathlib.Path(path).read_text().splitlines()):
            verdict = json.loads(line)
            verdicts[verdict["unit"]] = verdict
    taken, offered, right, tolerant = Counter(), Counter(), Counter(), 0
    by_confidence, fits = {}, []
    for name, verdict in verdicts.items():
        answer = written[name]
        known = {letter: what for letter, (_, what) in choices(answer)}
        best = known.get(verdict["best"], "none")
        taken[best] += 1
        offered.update(known.values())
        is_right = best == "truth"
        tolerant += is_right or "truth" in [known.get(x) for x in verdict.get("as_good", [])]
        right[answer["kind"], is_right] += 1
        by_confidence.setdefault(answer.get("confidence"), []).append(is_right)
        fits.append(verdict.get("fit", 0))
    count = len(verdicts)
    print("the second reader's best is the truth:", wilson(taken["truth"], count))
    print("the truth is the best or as good:", wilson(tolerant, count))
    for kind in ("meaning", "form"):
        print(f"  {kind}:", wilson(right[kind, True], right[kind, True] + right[kind, False]))
    for confidence in sorted(by_confidence):
        values = by_confidence[confidence]
        print(f"  confidence {confidence}:", wilson(sum(values), len(values)))
    for kind in sorted(set(offered) - {"truth"}):
        print(f"  taken for the truth, {kind}:", wilson(taken[kind], offered[kind]))
    print("  none fits:", wilson(taken["none"], count), "; mean fit", round(sum(fits) / max(1, count), 2))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    commands = parser.add_subparsers(required=True)
    asking = commands.add_parser("ask")
    for name in ("batches", "answers", "out"):
        asking.add_argument(name)
    asking.add_argument("--share", type=float, default=0.1)
    asking.add_argument("--seed", type=int, default=1)
    asking.add_argument("--size", type=int, default=35)
    asking.set_defaults(action=ask)
    telling = commands.add_parser("tell")
    telling.add_argument("answers")
    telling.add_argument("verdicts", nargs="+")
    telling.set_defaults(action=tell)
    options = parser.parse_args()
    options.action(options)


if __name__ == "__main__":
    main()
