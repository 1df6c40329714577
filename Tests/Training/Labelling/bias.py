#!/usr/bin/env python3
"""Tells how far the texts of labelled units alone give the truth away: by length, by wording.

usage: bias.py ANSWERS.jsonl [ANSWERS.jsonl ...]

Many files together show what one is too small for; files that check.py found a problem in stay out.
"""

import json
import math
import re
import sys
from collections import Counter


def pieces(text):
    return re.findall(r"\w+|[^\w\s]", text.lower())


def sets_of(answers):
    """Each unit's texts with the true one first; lists are told by their form and stay out."""
    for entry in answers:
        if entry.get("unclear"):
            continue
        rivals = [r["text"] for r in entry["rivals"] if r["kind"] != "list"]
        if rivals:
            yield [entry["explanation"]] + rivals


def features(text):
    words = pieces(text)
    found = {f"has {w}" for w in words if len(w) < 12}
    found |= {f"first {words[0]}", f"last {words[-1]}", f"{min(9, len(text.split()))} words"}
    size = len(text) // 12 * 12
    found |= {f"{size} to {size + 11} characters", f"commas {min(2, text.count(','))}"}
    found |= {f"quotes {min(2, text.count(chr(34)) // 2)}"}
    return found


def guessed(sets):
    """How often a guesser picks the truth that has learnt from all other units' texts."""
    true, false = Counter(), Counter()
    for texts in sets:
        true.update(features(texts[0]))
        for rival in texts[1:]:
            false.update(features(rival))
    true_count, false_count = len(sets), sum(len(t) - 1 for t in sets)
    right = 0.0
    for texts in sets:
        held = [features(t) for t in texts]
        scores = []
        for index, found in enumerate(held):
            score = 0.0
            for feature in found:
                t = true[feature] - (feature in held[0])
                f = false[feature] - sum(feature in h for h in held[1:])
                score += math.log((t + 1) / (true_count + 1)) - math.log((f + 1) / (false_count + 1))
            scores.append(score)
        best = max(scores)
        right += (scores[0] == best) / scores.count(best)
    return right / len(sets)


def telling(sets, count=8, errors=2.0):
    """What is found in truths more often than in rivals and the other way round, the clearest first."""
    truths = [features(texts[0]) for texts in sets]
    rivals = [features(rival) for texts in sets for rival in texts[1:]]
    true, false = Counter(), Counter()
    for found, counter in ((truths, true), (rivals, false)):
        for entry in found:
            counter.update(entry)
    gaps = []
    for feature in true.keys() | false.keys():
        p, q = true[feature] / len(truths), false[feature] / len(rivals)
        error = math.sqrt((p * (1 - p) + 0.01) / len(truths) + (q * (1 - q) + 0.01) / len(rivals))
        if abs(p - q) > errors * error:
            gaps.append((-abs(p - q) / error, feature, p, q))
    return [
        f"  {name}: {100 * p:.0f} % of truths, {100 * q:.0f} % of rivals"
        for _, name, p, q in sorted(gaps)[:count]]


def share_line(name, share, chance, count):
    # Two standard errors around chance.
    margin = 2 * math.sqrt(chance * (1 - chance) / count)
    mark = "*" if abs(share - chance) > margin else " "
    return f"{mark} {name}: {100 * share:.0f} % (chance {100 * chance:.0f} %, ±{100 * margin:.0f})"


def statistics(answers):
    sets = list(sets_of(answers))
    if len(sets) < 8:
        return ["too few answers for statistics"]
    chance = sum(1 / len(t) for t in sets) / len(sets)

    def share(best, measure):
        total = 0.0
        for texts in sets:
            sizes = [measure(t) for t in texts]
            total += (sizes[0] == best(sizes)) / sizes.count(best(sizes))
        return total / len(sets)

    def gap(measure):
        return sum(measure(t[0]) - sum(map(measure, t[1:])) / (len(t) - 1) for t in sets) / len(sets)

    lines = [
        f"{len(sets)} units; the truth is longer than its rivals by {gap(len):+.1f} characters and "
        f"{gap(lambda t: len(t.split())):+.2f} words on average",
        share_line("the truth is the longest", share(max, len), chance, len(sets)),
        share_line("the truth is the shortest", share(min, len), chance, len(sets)),
        share_line("a guesser by wording is right", guessed(sets), chance, len(sets)),
    ]
    for name, test in (
        ("quotation marks", lambda t: '"' in t), ("a comma", lambda t: "," in t),
        ('"or"', lambda t: " or " in t), ('"before" or "after"', lambda t: re.search(r"\b(before|after)\b", t)),
    ):
        true = sum(bool(test(t[0])) for t in sets) / len(sets)
        rivals = [r for t in sets for r in t[1:]]
        lines.append(
            f"  {name}: {100 * true:.0f} % of truths, "
            f"{100 * sum(bool(test(r)) for r in rivals) / len(rivals):.0f} % of rivals")
    kinds = Counter(r["kind"] for e in answers if not e.get("unclear") for r in e["rivals"])
    lines.append("  rivals: " + ", ".join(f"{k} {n}" for k, n in kinds.most_common()))
    forms = sum(e.get("kind") == "form" for e in answers)
    unclear = sum(bool(e.get("unclear")) for e in answers)
    lines.append(f"  form {forms}, unclear {unclear} of {len(answers)}")
    found = telling(sets)
    return lines + (["what gives the truth away most:"] + found if found else [])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    answers = []
    for path in sys.argv[1:]:
        with open(path) as lines:
            answers += [json.loads(line) for line in lines if line.strip()]
    print("\n".join(statistics(answers)))


if __name__ == "__main__":
    main()
