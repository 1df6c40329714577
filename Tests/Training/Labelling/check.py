#!/usr/bin/env python3
"""Checks what a reader wrote against the sheets that they read.

usage: check.py BATCH.txt ANSWERS.jsonl [ANSWERS.jsonl ...]

Prints each problem with its line, and ends with 1 where there is any. Then tells how far the texts
alone give the truth away: its length against its rivals', and what a guesser makes of wording. All of
these must stay near chance; "*" marks what does not.
"""

import json
import re
import sys
from collections import Counter

import bias

WORDS_MAX, CHARACTERS_MAX = 12, 80
# As many words or signs in a row from a clue are a copy.
COPIED = 5
RIVAL_KINDS = ("list", "too_broad", "too_narrow", "wrong_context", "neighbour")
EVALUATION_RIVALS = {"list", "too_broad", "too_narrow", "wrong_context"}
VARIANTS = ("paraphrase", "half_right", "too_broad")


def read_sheets(path):
    """Of each unit the texts that the reader saw, as runs of words."""
    with open(path) as file:
        parts = re.split(r"^## (\S+).*$", file.read(), flags=re.M)[1:]
    seen = {}
    for name, body in zip(parts[::2], parts[1::2]):
        runs = set()
        for line in body.strip().splitlines():
            line = re.sub(r"^(weaker |silent )?(\[\d+\] )?[\^…]", "", line)
            words = bias.pieces(re.sub(r"«(.*?):\d»", r"\1", line))
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
        words = bias.pieces(value)
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
        print("\n".join(bias.statistics(list(checker.answers.values()))))
    sys.exit(1 if checker.problems else 0)


if __name__ == "__main__":
    main()
