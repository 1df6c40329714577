"""Measures a judge on labelled units; keeps its predictions, so that readouts can be compared."""

import argparse
import json
import pathlib
import pickle

import numpy as np
import torch

from . import measures, real, train
from .model import Judge
from .pieces import Pieces


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--judge", required=True, help="checkpoint that train.py wrote")
    parser.add_argument("--units", required=True, help="labelled units")
    parser.add_argument("--held", action="store_true", help="only the tenth that isn't trained on")
    parser.add_argument("--strangers", type=int, default=0, help="truths of other units, at random")
    parser.add_argument("--per-kind", type=int, default=6)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", help="file for the predictions")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    state = torch.load(options.judge, weights_only=False)
    judge = Judge(options.model, state["apart"], state["rank"])
    train.load(judge, options.judge)
    pieces = Pieces(options.model)
    units = real.Units(options.units, pieces)
    chosen = units.held if options.held else units.all
    units.find_neighbours(chosen)
    rng = np.random.default_rng(7)
    questions = []
    for unit in chosen:
        others = [u for u in chosen if u is not unit]
        strangers = [others[i] for i in rng.permutation(len(others))[:options.strangers]]
        questions.append(units.question(unit, options.per_kind, others=2, strangers=strangers))
    found = measures.predictions(judge, pieces, questions)
    for question, unit in zip(found, chosen):
        question["entry"] = unit.entry
    if options.out:
        pathlib.Path(options.out).write_bytes(pickle.dumps(found))
    print(json.dumps(measures.on_units(found), indent=1))
    print("null", json.dumps(measures.on_units(measures.shuffled(found))))
    for kind in ("meaning", "form"):
        part = [q for q in found if q["entry"]["kind"] == kind]
        if part:
            print(kind, json.dumps(measures.on_units(part)))


if __name__ == "__main__":
    main()
