#!/usr/bin/env python3
"""Writes what readers need to explain units: visible excerpts alone, 35 units a file.

usage: sheets.py POOL SPLIT.json OUT [--size 35]

SPLIT.json is what choose.py wrote. Of each unit: nine of the strongest clues, three weaker ones and
three near misses, which hold what the peaks have in common and leave the unit silent. A token is
marked where the unit fires, with its strength from 1 to 9: 9 is the unit's usual peak. `[n]` is the
peak's position in the whole excerpt, counted from 1; `^` is the excerpt's beginning, `$` its end. Each
unit also says which kinds of rivals to write and how long each text should be, drawn at random, so
that neither gives the truth away.
"""

import argparse
import json
import pathlib
import random

import pool

BEFORE, AFTER = 13, 9
# The kinds of false rivals that units to train on get, with their weights.
RIVALS = {"wrong_context": 28, "too_narrow": 24, "too_broad": 20, "neighbour": 18, "list": 10}
# From this strength on a token is marked.
MARKED = 2


def strength(activation, height):
    return max(0, min(9, round(9 * activation / height)))


def excerpt(draw, height, center, before=BEFORE, after=AFTER):
    """An excerpt around `center` with the tokens marked on which the unit fires."""
    first, last = max(0, center - before), min(len(draw.tokens), center + after + 1)
    parts = []
    for position in range(first, last):
        token = draw.tokens[position]
        power = strength(draw.activations[position], height)
        if power >= MARKED or (position == draw.peak and power >= 1):
            bare = token.lstrip(" ")
            parts.append(" " * (len(token) - len(bare)) + f"«{bare}:{power}»")
        else:
            parts.append(token)
    text = "".join(parts).strip().replace("\n", " ")
    return ("^" if first == 0 else "…") + text + ("$" if last == len(draw.tokens) else "…")


def likeliest(draw, peaks):
    """The token of a silent excerpt that most resembles the peaks: by word, by token, by activation."""
    words, tokens = {}, {}
    for other in peaks:
        words[pool.word_at(other.tokens, other.peak)] = words.get(
            pool.word_at(other.tokens, other.peak), 0) + 1
        token = other.tokens[other.peak].strip().lower()
        tokens[token] = tokens.get(token, 0) + 1
    around = {pool.word_at(o.tokens, t) for o in peaks
              for t in range(max(0, o.peak - 6), min(len(o.tokens), o.peak + 7))}
    around -= pool.FUNCTION_WORDS | {""}

    def likeness(position):
        word = pool.word_at(draw.tokens, position)
        return (words.get(word, 0) if word else 0,
                tokens.get(draw.tokens[position].strip().lower(), 0), word in around,
                draw.activations[position])

    return max(range(len(draw.tokens)), key=likeness)


def wishes(name, generator):
    """What the reader is asked to write: kinds of rivals, and a length in characters for each text.

    All lengths come from one distribution, so that a text's own length says nothing of its truth.
    """
    def length():
        return round(generator.triangular(14, 78, 36))

    kinds = ["list", "too_broad", "too_narrow", "wrong_context"]
    if not name.startswith("eval"):
        first = generator.choices(list(RIVALS), list(RIVALS.values()))[0]
        others = {kind: weight for kind, weight in RIVALS.items() if kind != first}
        kinds = [first, generator.choices(list(others), list(others.values()))[0]]
    rivals = ", ".join(kind if kind == "list" else f"{kind} ~{length()}" for kind in kinds)
    return f"truth ~{length()} characters; rivals {rivals}"


def unit_sheet(unit, wish):
    top = unit.excerpts("clue", "top")
    shown = top[:6] + top[7:10]
    weaker = unit.excerpts("clue", "quantile")[:3]
    near = unit.excerpts("clue", "nearMiss")[:3]
    density = f"{100 * unit.record['density']:.2g}"
    lines = [f"## {unit.name}   active on {density} % of tokens; {wish}"]
    lines += [f"[{d.peak + 1}] {excerpt(d, unit.height, d.peak)}" for d in shown]
    lines += [f"weaker [{d.peak + 1}] {excerpt(d, unit.height, d.peak)}" for d in weaker]
    lines += [f"silent {excerpt(d, unit.height, likeliest(d, top), 9, 7)}" for d in near]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pool")
    parser.add_argument("split")
    parser.add_argument("out")
    parser.add_argument("--size", type=int, default=35)
    options = parser.parse_args()
    units = {unit.name: unit for unit in pool.read(options.pool)[0]}
    folder = pathlib.Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    with open(options.split) as file:
        sets = json.load(file)
    for name, members in sets.items():
        for start in range(0, len(members), options.size):
            number = start // options.size + 1
            batch = f"{name}-{number:02d}" if name == "train" else f"{name}-{number}"
            sheets = [
                unit_sheet(units[member], wishes(name, random.Random(f"wishes {member}")))
                for member in members[start:start + options.size]]
            text = f"# {batch}\n\n" + "\n\n".join(sheets) + "\n"
            (folder / f"{batch}.txt").write_text(text)
            print(batch, len(sheets), "units,", len(text) // len(sheets), "characters each")


if __name__ == "__main__":
    main()
