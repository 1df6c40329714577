#!/usr/bin/env python3
"""Puts together what readers wrote and the units' excerpts.

usage: assemble.py POOL SPLIT.json ANSWERS OUT

ANSWERS holds NAME-01.jsonl and so on, as check.py passes them. OUT gets texts.jsonl.gz, tokens.json.gz
and, of each set of the split, SET.jsonl.gz: the format that Tests/Training/Data/README.md describes. Unclear units are
left out, and units of low confidence stand with theirs. The same input gives the same bytes.
"""

import argparse
import gzip
import io
import json
import pathlib
from collections import Counter

import labelled
import pool

# Of units to train on, activations are kept in steps of a hundredth of the unit's usual peak, which
# takes two thirds of the place; of units to measure on, as they were recorded.
COARSE = "train"
STEPS = 100
DRAWN = {"top": "top", "quantile": "quantile", "random": "random", "nearMiss": "near_miss"}
# The folder of a source by the beginning of its title, as the labelled development set names them.
SOURCES = {
    "WordNet": "wordnet", "King James": "bible", "The Jargon": "jargon", "Jane Austen": "austen",
    "Isaac Newton": "opticks", "Ambrose Bierce": "devils", "The World Factbook": "factbook",
    "Python": "python", "Constitution": "founding"}


def source(title):
    return next((s for start, s in SOURCES.items() if title.startswith(start)), title)


def rounded(value, digits=4):
    return float(f"{value:.{digits}g}")


def facts(unit):
    """What the activations say of a unit, as in the labelled development set."""
    record = unit.record
    peaks = Counter(d.tokens[d.peak].strip().lower() for d in unit.visible_peaks)
    return {
        "id": labelled.number(unit.layer, unit.neuron), "layer": unit.layer, "neuron": unit.neuron,
        "sign": unit.sign, "top20_mean_peak": rounded(unit.height),
        "z": rounded(unit.height / max(1e-9, record["deviation"])),
        "purity": rounded(peaks.most_common(1)[0][1] / len(unit.visible_peaks), 2),
        "density": rounded(record["density"], 3), "act_mean": rounded(record["mean"]),
        "act_std": rounded(record["deviation"]), "p999": rounded(record["thousandth"])}


def words(answer):
    """What a reader wrote; rivals as texts, their kinds beside them."""
    kept = {key: answer[key] for key in (
        "explanation", "kind", "lexical", "paraphrase", "half_right", "too_broad", "confidence")
        if key in answer}
    kept["rivals"] = [rival["text"] for rival in answer["rivals"]]
    kept["rival_kinds"] = [rival["kind"] for rival in answer["rivals"]]
    return kept


def coarser(activations, scale, height):
    """Activations in 127ths of a scale that makes their step a hundredth of `height`, and the scale."""
    factor = scale / 127 * STEPS / height
    return [round(a * factor) for a in activations], 127 * height / STEPS


def excerpts(unit, numbers, is_coarse):
    """(text, kind, hidden, scale, activations in 127ths of the scale) of each clue and held-out one."""
    found = []
    for draw in unit.record["excerpts"]:
        if draw["pool"] == "reveal":
            continue
        number = numbers.setdefault(draw["text"], len(numbers))
        values, scale = draw["activations"], draw["scale"]
        if is_coarse:
            values, scale = coarser(values, scale, unit.height)
        found.append([
            number, DRAWN[draw["kind"]], int(draw["pool"] == "heldOut"), rounded(scale), values])
    return found


def write(path, entries):
    """JSON lines in gzip, without a date or a name inside."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        for entry in entries:
            line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
            file.write(line.encode() + b"\n")
    path.write_bytes(buffer.getvalue())
    print(path.name, len(entries), "lines,", len(buffer.getvalue()), "bytes")


def answers_of(name, folder):
    answers = {}
    for path in sorted(pathlib.Path(folder).glob(f"{name}-*.jsonl")):
        if path.name.count(".") == 1:
            for line in path.read_text().splitlines():
                if line.strip():
                    answer = json.loads(line)
                    answers[answer["unit"]] = answer
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    for name in ("pool", "split", "answers", "out"):
        parser.add_argument(name)
    options = parser.parse_args()
    read, texts = pool.read(options.pool)
    units = {unit.name: unit for unit in read}
    with open(options.split) as file:
        sets = json.load(file)
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    numbers = {}
    for name, members in sets.items():
        answers = answers_of(name, options.answers)
        entries = []
        for member in members:
            answer = answers.get(member)
            if answer and not answer.get("unclear"):
                unit = units[member]
                drawn = excerpts(unit, numbers, name == COARSE)
                entries.append(facts(unit) | words(answer) | {"excerpts": drawn})
        if entries:
            write(out / f"{name}.jsonl.gz", entries)
    used = [texts[number] for number in numbers]
    write(out / "texts.jsonl.gz", [
        {"src": source(text["source"]), "ids": text["tokenIDs"]} for text in used])
    tokens = {i: t for text in used for i, t in zip(text["tokenIDs"], text["tokens"])}
    write(out / "tokens.json.gz", [dict(sorted(tokens.items()))])


if __name__ == "__main__":
    main()
