#!/usr/bin/env python3
"""Checks what a reader wrote against the sheets that they read.

usage: check.py BATCH.txt ANSWERS.jsonl [ANSWERS.jsonl ...]

Prints each problem with its line, and ends with 1 where there is any. Then tells how far the texts
alone give the truth away: its length against its rivals', and what a guesser makes of wording. All of
these must stay near chance; "*" marks what does not.
"""

import json
import math
import re
import sys
from collections import Counter

WORDS_MAX, CHARACTERS_MAX = 12, 80
# As many words or signs in a row from a clue are a copy.
COPIED = 5
RIVAL_KINDS = ("list", "too_broad", "too_narrow", "wrong_context", "neighbour")
EVALUATION_RIVALS = {"list", "too_broad", "too_narrow", "wrong_context"}
VARIANTS = ("paraphrase", "half_right", "too_broad")


def pieces(text):
    return re.findall(r"\w+|[^\w\s]", text.lower())


def read_sheets(path):
    """Of each unit the texts that the reader saw, as runs of words."""
    with open(path) as file:
        parts = re.split(r"^## (\S+).*$", file.read(), flags=re.M)[1:]
    seen = {}
    for name, body in zip(parts[::2], parts[1::2]):
        runs = set()
        for line in body.strip().splitlines():
            line = re.sub(r"^(weaker |silent )?(\[\d+\] )?[\^…]", "", line)
            words = pieces(re.sub(r"«(.*?):\d»", r"\1", line))
            runs.update(tuple(words[i:i + COPIED]) for i in range(len(words) - COPIED + 1))
        seen[name] = runs
    return seen


def plain(text):
    """A text as it counts when two are compared."""
    return re.sub(r"[^\w]+", " ", text.lower()).strip()


class Checker:
    def __init__(self, sheets, is_evaluation):
        self.sheets, self.is_evaluation = sheets, is_evaluation
        self.problems, self.answers = [], {}
        self.place = ""

    def say(self, problem):
        self.problems.append(f"{self.place}: {problem}")

    def text(self, value, what, runs):
        if not isinstance(value, str) or not value.strip():
            return self.say(f"{what} is missing")
        if value != " ".join(value.split()) or "\n" in value:
            self.say(f"{what} has spaces too many")
        if not all(c.isprintable() for c in value):
            self.say(f"{what} has a character that can't be printed")
        if len(value) > CHARACTERS_MAX:
            self.say(f"{what} has {len(value)} characters, {CHARACTERS_MAX} at most")
        if len(value.split()) > WORDS_MAX:
            self.say(f"{what} has {len(value.split())} words, {WORDS_MAX} at most")
        if "«" in value or "|" in value:
            self.say(f"{what} has « or |")
        words = pieces(value)
        for i in range(len(words) - COPIED + 1):
            if tuple(words[i:i + COPIED]) in runs:
                self.say(f"{what} copies from a clue: {' '.join(words[i:i + COPIED])}")
                break

    def rivals(self, entry, runs):
        rivals = entry.get("rivals")
        count = 4 if self.is_evaluation else 2
        if not isinstance(rivals, list) or len(rivals) != count:
            return self.say(f"rivals must be a list of {count}")
        kinds = []
        for number, rival in enumerate(rivals, 1):
            if not isinstance(rival, dict) or set(rival) != {"text", "kind"}:
                self.say(f"rival {number} needs text and kind, nothing else")
                continue
            self.text(rival["text"], f"rival {number}", runs)
            if rival["kind"] not in RIVAL_KINDS:
                self.say(f"rival {number} has the unknown kind {rival['kind']!r}")
            kinds.append(rival["kind"])
        if len(set(kinds)) < len(kinds):
            self.say("two rivals are of one kind")
        if self.is_evaluation and set(kinds) != EVALUATION_RIVALS:
            self.say(f"rivals must be of the kinds {', '.join(sorted(EVALUATION_RIVALS))}")
        texts = [plain(r["text"]) for r in rivals if isinstance(r, dict) and isinstance(r.get("text"), str)]
        texts.append(plain(str(entry.get("explanation"))))
        if self.is_evaluation:
            texts += [plain(str(entry.get(v))) for v in ("paraphrase", "half_right")]
        if len(set(texts)) < len(texts):
            self.say("two of the texts are the same")

    def entry(self, entry):
        if not isinstance(entry, dict):
            return self.say("not an object")
        name = entry.get("unit")
        if name not in self.sheets:
            return self.say(f"unit {name!r} is not in the batch")
        if name in self.answers:
            return self.say(f"unit {name} was answered before")
        self.answers[name] = entry
        if entry.get("unclear"):
            if set(entry) != {"unit", "unclear"}:
                self.say("an unclear unit takes nothing but unit and unclear")
            return None
        runs = self.sheets[name]
        expected = {"unit", "explanation", "kind", "lexical", "rivals"}
        expected |= set(VARIANTS) if self.is_evaluation else set()
        extra = set(entry) - expected - {"confidence"}
        if extra:
            self.say(f"unknown: {', '.join(sorted(extra))}")
        self.text(entry.get("explanation"), "explanation", runs)
        if entry.get("kind") not in ("meaning", "form"):
            self.say("kind must be meaning or form")
        if not isinstance(entry.get("lexical"), bool):
            self.say("lexical must be true or false")
        if entry.get("confidence") not in (1, 2, 3, 4, 5):
            self.say("confidence must be 1 to 5")
        if self.is_evaluation:
            for variant in VARIANTS:
                self.text(entry.get(variant), variant, runs)
        return self.rivals(entry, runs)

    def file(self, path):
        with open(path) as lines:
            for number, line in enumerate(lines, 1):
                self.place = f"{path}:{number}"
                if not line.strip():
                    continue
                try:
                    entry = json.loads(line)
                except ValueError as error:
                    self.say(f"not JSON: {error}")
                    continue
                self.entry(entry)

    def finish(self, path):
        self.place = path
        missing = [name for name in self.sheets if name not in self.answers]
        if missing:
            self.say(f"{len(missing)} units without an answer: {' '.join(missing)}")
        seen = Counter(
            plain(e["explanation"]) for e in self.answers.values()
            if isinstance(e.get("explanation"), str))
        for text, count in seen.items():
            if count > 1:
                self.say(f"{count} units have the explanation {text!r}")


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
    found |= {f"first {words[0]}", f"last {words[-1]}", f"words {min(9, len(text.split()))}"}
    found |= {f"characters {len(text) // 12}", f"commas {min(2, text.count(','))}"}
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
    return lines


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sheets = read_sheets(sys.argv[1])
    checker = Checker(sheets, "eval" in sys.argv[1].rsplit("/", 1)[-1])
    for path in sys.argv[2:]:
        checker.file(path)
    checker.finish(sys.argv[-1])
    for problem in checker.problems:
        print(problem)
    if not checker.problems:
        print(f"{len(checker.answers)} answers, no problem")
        print("\n".join(statistics(list(checker.answers.values()))))
    sys.exit(1 if checker.problems else 0)


if __name__ == "__main__":
    main()
