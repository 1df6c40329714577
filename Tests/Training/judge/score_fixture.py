"""Writes the fixture of the scorer's tests: what PyTorch makes of a few units' explanations.

usage: python -m judge.score_fixture --model MINILM --weights FOLDER --units Data/train.jsonl.gz \\
    --out Tests/InterpretationTests/Fixtures/judge/judge-scores.json

The weights are those that export.py wrote. r is as README.md has it: over two hidden excerpts of each
kind, for the truth, its rivals, and several of them joined by `|`.
"""

import argparse
import json
import pathlib

import numpy as np
import torch
from safetensors.torch import load_file

from . import batches, readout, real
from .model import Judge
from .pieces import Pieces, window, aside
from .synthetic import Sample

EXCERPTS_A_KIND = 2


def exported(model, folder):
    """The judge that export.py wrote to `folder`."""
    folder = pathlib.Path(folder)
    made = json.loads((folder / "judge.json").read_text())
    judge = Judge(model, made["layersApart"], made["rank"])
    weights = load_file(str(folder / "judge.safetensors"))
    with torch.no_grad():
        for name, value in judge.named_parameters():
            if name in weights:
                value.copy_(weights.pop(name).float())
    if weights:
        raise ValueError(f"nobody has use for {sorted(weights)}")
    judge.eval()
    judge.merge()
    return judge


@torch.no_grad()
def correlations(judge, pieces, texts, windows, targets):
    """r of each text; of several meanings in one the largest logit of each token counts."""
    meanings = [[m.strip() for m in t.split("|")] for t in texts]
    flat = [m for ms in meanings for m in ms]
    sample = Sample(flat, [""] * len(flat), windows, targets, [True] * len(flat), "")
    logits = torch.cat(batches.expected(judge, pieces, [sample])[0], 1).numpy()
    rows, first = [], 0
    for ms in meanings:
        rows.append(logits[first:first + len(ms)].max(0))
        first += len(ms)
    expected = np.log(readout.sigmoid(np.stack(rows).astype(np.float64)) + 0.02)
    return readout.pearson(expected, np.concatenate(targets).astype(np.float64))


def unit_case(judge, pieces, units, unit):
    peak = unit.entry["top20_mean_peak"]
    excerpts, windows, targets, places = [], [], [], []
    for kind in sorted(unit.excerpts):
        hidden = [e for e in unit.excerpts[kind] if e[1]][:EXCERPTS_A_KIND]
        for text, _, activations in hidden:
            tokens = units.tokens[text]
            # Written with less digits than they have: what is written counts.
            written = np.round(activations.astype(np.float64) * peak, 4)
            strength = np.clip(written / peak, 0, 1)
            excerpt = pieces.excerpt(tokens)
            chance = real.zlib.crc32("".join(tokens).encode()) / 2**32
            first, last = window(excerpt, aside(int(strength.argmax()), len(tokens), chance))
            excerpts.append({"kind": kind, "tokens": tokens, "activations": written.tolist()})
            windows.append((excerpt, first, last))
            targets.append(strength[first:last])
            places.append([first, last])
    texts = [unit.truth] + unit.entry["rivals"]
    texts += [f"{texts[1]} | {unit.truth}", f"{texts[-1]} | the sea | {texts[1]}"]
    found = correlations(judge, pieces, texts, windows, targets)
    return {
        "unit": unit.name, "usualPeak": peak, "excerpts": excerpts, "windows": places,
        "texts": texts, "correlations": [round(float(r), 5) for r in found]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--weights", required=True, help="folder that export.py wrote to")
    parser.add_argument("--units", required=True, help="labelled units")
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    judge, pieces = exported(options.model, options.weights), Pieces(options.model)
    units = real.Units(options.units, pieces)
    chosen = units.held[:: max(1, len(units.held) // options.count)][:options.count]
    cases = [unit_case(judge, pieces, units, unit) for unit in chosen]
    pathlib.Path(options.out).write_text(json.dumps(cases) + "\n")
    print(f"{len(cases)} units, {sum(len(c['texts']) for c in cases)} texts")


if __name__ == "__main__":
    main()
