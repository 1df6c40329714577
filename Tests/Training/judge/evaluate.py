"""Measures a judge on labelled units; keeps its predictions, so that readouts can be compared."""

import argparse
import json
import pathlib
import pickle

import numpy as np
import torch

from . import measures, readout, real, train
from .pieces import Pieces


def joined(parts):
    """One question of several with the same texts."""
    made = dict(parts[0])
    for key in ("places", "logits", "actual", "tokens"):
        made[key] = [value for part in parts for value in part[key]]
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--judge", required=True, nargs="+", help="checkpoints that train.py wrote")
    parser.add_argument("--units", required=True, help="labelled units")
    parser.add_argument("--held", action="store_true", help="only the tenth that isn't trained on")
    parser.add_argument("--strangers", type=int, default=0, help="truths of other units, at random")
    parser.add_argument("--others", type=int, default=2, help="truths of units that fire in the same texts")
    parser.add_argument("--per-kind", type=int, default=4, help="excerpts of each kind")
    parser.add_argument("--shifts", type=int, default=1, help="places of each excerpt's window")
    parser.add_argument("--last", action="store_true", help="what was learned last, not the mean")
    parser.add_argument("--graded", action="store_true", help="with paraphrases and half right texts")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", help="file for the predictions")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    judge = train.judge_of(options.model, options.judge, "learned" if options.last else "mean")
    pieces = Pieces(options.model)
    units = real.Units(options.units, pieces)
    chosen = units.held if options.held else units.all
    units.find_neighbours(chosen)
    rng = np.random.default_rng(7)
    questions = []
    for unit in chosen:
        others = [u for u in chosen if u is not unit]
        strangers = [others[i] for i in rng.permutation(len(others))[:options.strangers]]
        for shift in range(options.shifts):
            questions.append(units.question(
                unit, options.per_kind, others=options.others, strangers=strangers,
                shift=shift / options.shifts, graded=options.graded))
    found = measures.predictions(judge, pieces, questions)
    for question, asked in zip(found, questions):
        question["tokens"] = [units.tokens[units.number[id(e)]][a:b] for e, a, b in asked.windows]
    found = [joined(found[n:n + options.shifts]) for n in range(0, len(found), options.shifts)]
    for question, unit in zip(found, chosen):
        question["entry"] = unit.entry
    if options.out:
        pathlib.Path(options.out).write_bytes(pickle.dumps(found))
    print(json.dumps(measures.on_units(found, readout.score), indent=1))
    if options.strangers:
        print(json.dumps(measures.on_strangers(found, readout.score)))
    print("null", json.dumps(measures.on_units(measures.shuffled(found), readout.score)))
    for kind in ("meaning", "form"):
        part = [q for q in found if q["entry"]["kind"] == kind]
        if part:
            print(kind, json.dumps(measures.on_units(part, readout.score)))


if __name__ == "__main__":
    main()
