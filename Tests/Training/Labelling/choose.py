#!/usr/bin/env python3
"""Chooses the units that readers explain, and splits them.

usage: choose.py POOL OUT.json [--seed N] [--train N] [--evaluate N] [--form SHARE]

POOL is what `neuronarena campaign pools` wrote (POOL.units.jsonl, POOL.texts.jsonl). A unit is worth
reading where its visible peaks have something in common: by meaning (the mean cosine of their
surroundings) or by form (a trait such as the token before, an ending or the position that they share
far more often than chance). Hidden excerpts play no part. OUT.json holds three lists of names:
`eval-a`, `eval-b` and `train`; no unit of one fires on the texts that a unit of another peaks in.
"""

import argparse
import json
import random
from collections import Counter, defaultdict

import pool

# At most so many units whose peaks are mostly the same word.
SAME_WORD_MAX = 2
# The largest share of units that one word makes up.
LEXICAL_SHARE = 0.25
# Two units whose strongest excerpts overlap by this (Jaccard) are about the same.
SAME_PEAKS = 0.2
# Traits that speak of form even where the token itself varies.
FORM_TRAITS = {
    "previous", "next", "before previous", "class", "inside a word", "word goes on", "position",
    "class before", "class after", "ends", "begins", "function word"}


class Assessment:
    """What is seen in a unit's visible peaks."""

    def __init__(self, unit, rates):
        self.unit = unit
        peaks = [(d.tokens, d.peak) for d in unit.visible_peaks]
        words = Counter(pool.word_at(t, p) or t[p].strip() for t, p in peaks)
        self.word, count = words.most_common(1)[0]
        self.word_share = count / len(peaks)
        self.few_words = sum(n for _, n in words.most_common(4)) / len(peaks)
        self.consistency = unit.record["consistency"]
        self.traits = pool.strongest_traits(unit, rates)
        self.form = max((g for g, _, t in self.traits if t[0] in FORM_TRAITS), default=0)
        formal = sum(
            not (w := pool.word_at(t, p)) or w in pool.FUNCTION_WORDS
            or (t[p][:1].isalpha() and p > 0 and t[p - 1][-1:].isalpha()) for t, p in peaks)
        self.formal_share = formal / len(peaks)
        self.places = {(d.text, d.peak) for d in unit.visible_peaks}
        self.texts = {d.text for d in unit.draws if d.pool != "reveal" and d.kind == "top"}

    @property
    def is_lexical(self):
        return self.few_words >= 0.8

    @property
    def is_form(self):
        """Whether form is the better guess; readers decide."""
        return self.formal_share >= 0.6 or (self.form > 2.2 and self.consistency < 0.3)


def ranked(assessed):
    """Units of meaning and of form, the best first in each list."""
    meaning = [a for a in assessed if not a.is_form]
    form = [a for a in assessed if a.is_form]
    meaning.sort(key=lambda a: -(a.consistency + 0.04 * min(a.form, 3)))
    form.sort(key=lambda a: -(a.form + 2 * a.consistency))
    return meaning, form


def take(candidates, count, layers, chosen, words):
    """The best units, no layer giving more than a fifth above its even share, none about the same."""
    per_layer, lexical, taken = Counter(), 0, []
    layer_max = int(1.35 * count / len(layers)) + 1
    for entry in candidates:
        if len(taken) == count:
            break
        if per_layer[entry.unit.layer] >= layer_max:
            continue
        if entry.is_lexical and lexical >= LEXICAL_SHARE * count:
            continue
        if entry.word_share > 0.5 and words[entry.word] >= SAME_WORD_MAX:
            continue
        if any(len(entry.places & other.places) / len(entry.places | other.places) > SAME_PEAKS
               for other in chosen + taken):
            continue
        per_layer[entry.unit.layer] += 1
        lexical += entry.is_lexical
        words[entry.word] += entry.word_share > 0.5
        taken.append(entry)
    return taken


def kin(chosen):
    """Groups of units that share peaks or their one word, so that no group is split."""
    parent = list(range(len(chosen)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, left in enumerate(chosen):
        for j in range(i):
            right = chosen[j]
            same_word = left.word == right.word and min(left.word_share, right.word_share) > 0.3
            shared = len(left.places & right.places)
            if same_word or shared >= 3:
                parent[root(i)] = root(j)
    groups = defaultdict(list)
    for i in range(len(chosen)):
        groups[root(i)].append(chosen[i])
    return list(groups.values())


def split(chosen, evaluate, form_share, seed):
    """Two evaluation sets with the wanted share of form, and the rest."""
    generator = random.Random(seed)
    # Only units without kin are set aside, so that nothing trained on is about the same.
    alone = [group[0] for group in kin(chosen) if len(group) == 1]
    generator.shuffle(alone)
    sets = {"eval-a": [], "eval-b": []}
    for is_form, count in ((True, round(evaluate * form_share)), (False, None)):
        count = evaluate - round(evaluate * form_share) if count is None else count
        by_layer = defaultdict(list)
        for entry in alone:
            if entry.is_form == is_form:
                by_layer[entry.unit.layer].append(entry)
        turn = 0
        for name in ("eval-a", "eval-b"):
            wanted = count
            while wanted and any(by_layer.values()):
                layer = sorted(by_layer)[turn % len(by_layer)]
                turn += 1
                if by_layer[layer]:
                    sets[name].append(by_layer[layer].pop())
                    wanted -= 1
    used = {e.unit.name for entries in sets.values() for e in entries}
    sets["train"] = [e for e in chosen if e.unit.name not in used]
    for entries in sets.values():
        generator.shuffle(entries)
    return sets


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pool")
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--train", type=int, default=1190)
    parser.add_argument("--evaluate", type=int, default=105)
    parser.add_argument("--form", type=float, default=0.42)
    options = parser.parse_args()
    units, texts = pool.read(options.pool)
    rates = pool.base_rates(texts)
    assessed = [Assessment(unit, rates) for unit in units]
    layers = sorted({unit.layer for unit in units})
    meaning, form = ranked(assessed)
    total = options.train + 2 * options.evaluate
    print(f"{len(units)} units in the pool: {len(meaning)} of meaning, {len(form)} of form by guess")
    words = Counter()
    chosen = take(form, round(total * options.form), layers, [], words)
    chosen += take(meaning, total - len(chosen), layers, chosen, words)
    sets = split(chosen, options.evaluate, options.form, options.seed)
    for name, entries in sets.items():
        print(name, len(entries), "units,", sum(e.is_form for e in entries), "of form by guess,",
              sum(e.is_lexical for e in entries), "lexical,",
              sum(e.unit.sign < 0 for e in entries), "negative; layers",
              dict(sorted(Counter(e.unit.layer for e in entries).items())))
    with open(options.out, "w") as file:
        json.dump({n: [e.unit.name for e in entries] for n, entries in sets.items()}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
