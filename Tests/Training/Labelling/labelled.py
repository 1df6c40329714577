#!/usr/bin/env python3
"""Reads the labelled data of Tests/Training/Data; writes it in full for `score evaluate --labelled`.

usage: labelled.py SET.jsonl.gz > FULL.jsonl
"""

import gzip
import json
import pathlib
import sys

# Neurons in a layer of the model whose units are labelled.
LAYER_WIDTH = 1_536


def number(layer, neuron):
    """A unit's id: its position among all neurons of the model."""
    return layer * LAYER_WIDTH + neuron


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def read(path):
    """The units of a set, each with its excerpts in full: text, ids, tokens and activations."""
    path = pathlib.Path(path)
    texts = list(lines(path.parent / "texts.jsonl.gz"))
    pieces = next(lines(path.parent / "tokens.json.gz"))
    for unit in lines(path):
        full = []
        for text, kind, hidden, scale, activations in unit["excerpts"]:
            tokens = [pieces[str(token)] for token in texts[text]["ids"]]
            full.append({
                "e": text, "kind": kind, "hidden": bool(hidden), "src": texts[text]["src"],
                "text": "".join(tokens), "ids": texts[text]["ids"], "tokens": tokens,
                "acts": [float(f"{a * scale / 127:.3g}") for a in activations]})
        yield unit | {"excerpts": full}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for unit in read(sys.argv[1]):
        print(json.dumps(unit, ensure_ascii=False))


if __name__ == "__main__":
    main()
