"""How well a judge's r agrees with readers' ratings, of units that it isn't trained on."""

import argparse
import collections
import json

import numpy as np
import torch

from . import measures, readout, real, train
from .grades import mean_ratings
from .pieces import Pieces

# Pairs that readers see nearer than this decide nothing.
APART = 15


def spearman(a, b):
    """The rank correlation of two lists; equal values share their places."""
    def places(values):
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        ends = np.cumsum(counts)
        return (ends - (counts - 1) / 2)[inverse]
    a, b = places(np.asarray(a)), places(np.asarray(b))
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def agreement(found):
    """Figures of units: [(kinds, ratings, r)], the truth first."""
    pairs, of_kind = collections.defaultdict(list), collections.defaultdict(list)
    first, within = [], []
    for kinds, ratings, r in found:
        first.append(int(np.argmax(r)) == int(np.argmax(ratings)))
        within.append(spearman(r, ratings))
        for i, kind in enumerate(kinds):
            of_kind[kind].append(r[i])
            for j in range(i):
                if abs(ratings[i] - ratings[j]) >= APART:
                    agreed = float((r[i] > r[j]) == (ratings[i] > ratings[j]))
                    name = f"truth, {kind}" if j == 0 else "false, false"
                    pairs[name].append(agreed)
    everything = [np.concatenate([np.asarray(f[i], float) for f in found]) for i in (1, 2)]
    low, high = readout.interval(within)
    return {
        "units": len(found), "texts": len(everything[0]),
        "spearman": round(spearman(*everything), 3),
        "within units": [round(float(v), 3) for v in (np.mean(within), low, high)],
        "readers' first": round(float(np.mean(first)), 3),
        "mean r": {k: round(float(np.mean(v)), 3) for k, v in sorted(of_kind.items())},
        "pairs": {k: (round(float(np.mean(v)), 3), len(v)) for k, v in sorted(pairs.items())}}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--judge", required=True, nargs="+", help="checkpoints, or what export.py wrote")
    parser.add_argument("--units", required=True, help="labelled units")
    parser.add_argument("--ratings", required=True, help="what readers gave their texts")
    parser.add_argument("--set", default="train", help="of which set the ratings are")
    parser.add_argument("--held", action="store_true", help="only the tenth that isn't trained on")
    parser.add_argument("--per-kind", type=int, default=10, help="excerpts of each kind")
    options = parser.parse_args()
    torch.set_num_threads(1)
    judge, pieces = train.judge_of(options.model, options.judge), Pieces(options.model)
    units = real.Units(options.units, pieces)
    ratings = mean_ratings(options.ratings, options.set)
    found = []
    for unit in units.held if options.held else units.all:
        rated = sorted(ratings.get(unit.entry["id"], {}).items(), key=lambda e: e[1][0] != "truth")
        if len(rated) < 3:
            continue
        question = units.question(unit, options.per_kind, others=0, graded=False)
        question.texts, question.kinds = [t for t, _ in rated], [k for _, (k, _) in rated]
        question.known = [False] * len(rated)
        scored = readout.score(measures.predictions(judge, pieces, [question])[0])
        found.append((question.kinds, [v for _, (_, v) in rated], scored))
    print(json.dumps(agreement(found), indent=1))


if __name__ == "__main__":
    main()
