"""Fits how the judge and the formula make a score together, on units that the judge isn't trained on.

usage, from Tests/Training:
    Labelling/labelled.py Data/train.jsonl.gz | python -m judge.mixture held > HELD.jsonl
    neuronarena score evaluate --labelled HELD.jsonl --quick --pairs PAIRS.jsonl
    python -m judge.mixture fit PAIRS.jsonl --judge ../../Sources/neuronarena/Judge/judge.json

`fit` prints figures of each part and of the mixture, judged in ten folds of units, and writes `mixture`
into judge.json: the log-odds of a score are judge * r + formula * s + constant. How r and s stand to each
other comes from logistic regression on pairs of one unit, its truth against its rivals (together as much as
against its strangers); then the scale, so that a score is the chance that a text is the unit's own, when
that is as likely as not and false texts are rivals as often as strangers.
"""

import argparse
import collections
import json
import pathlib
import sys
import zlib

import numpy as np

RIDGE = 1.0
# What each role's pairs weigh together in a unit.
WEIGHTS = {"rival": 1.0, "mismatch": 0.5, "hard": 0.5}
PARTS = ("correlation", "formula")


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def held(lines):
    """The lines of units of the tenth that the judge is measured by (real.Unit.is_held)."""
    for line in lines:
        entry = json.loads(line)
        if zlib.crc32(f"{entry['layer']}/{entry['neuron']}".encode()) % 10 == 0:
            yield line


def units_of(path):
    """Each unit's scored texts: {role: [(kind, parts)]}, the truth under `truth`."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in pathlib.Path(path).read_text().splitlines():
        entry = json.loads(line)
        if not entry.get("parts"):
            raise ValueError("the scorer tells no parts: use --scorer judge")
        values = np.array([entry["parts"][name] for name in PARTS])
        found[entry["unit"]][entry["role"]].append((entry.get("kind"), values))
    return [u for u in found.values() if u["truth"]]


def pairs(units):
    """(differences truth less other, weights)."""
    rows, weights = [], []
    for unit in units:
        truth = unit["truth"][0][1]
        for role, weight in WEIGHTS.items():
            for _, values in unit[role]:
                rows.append(truth - values)
                weights.append(weight / len(unit[role]))
    return np.array(rows), np.array(weights)


def fitted(units):
    """The weights of PARTS, none below 0, by Newton's method."""
    rows, weights = pairs(units)
    scale = rows.std(0)
    chosen = np.ones(len(PARTS), bool)
    w = np.zeros(len(PARTS))
    while True:
        x, v = rows[:, chosen] / scale[chosen], np.zeros(int(chosen.sum()))
        for _ in range(50):
            p = sigmoid(-x @ v)
            gradient = x.T @ (weights * p) - RIDGE * v
            hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(v))
            v = v + np.linalg.solve(hessian, gradient)
        if (v >= 0).all():
            w[chosen] = v / scale[chosen]
            return w
        chosen[np.flatnonzero(chosen)[v < 0]] = False


def scale(units, w):
    """(factor, constant) of the log-odds that a text is the unit's own, when that is as likely as not, and a
    false text is one of its rivals as often as one of its strangers.
    """
    truths = np.array([u["truth"][0][1] @ w for u in units])
    rivals = np.array([v @ w for u in units for _, v in u["rival"]])
    strangers = np.array([v @ w for u in units for _, v in u["mismatch"]])
    x = np.concatenate([truths, rivals, strangers])
    y = np.concatenate([np.ones(len(truths)), np.zeros(len(rivals) + len(strangers))])
    weights = np.concatenate([
        np.full(len(truths), 1 / len(truths)), np.full(len(rivals), 0.5 / len(rivals)),
        np.full(len(strangers), 0.5 / len(strangers))])
    columns, v = np.stack([x, np.ones_like(x)], 1), np.zeros(2)
    for _ in range(50):
        p = sigmoid(columns @ v)
        gradient = columns.T @ (weights * (y - p))
        hessian = (columns * (weights * p * (1 - p))[:, None]).T @ columns + 1e-9 * np.eye(2)
        v = v + np.linalg.solve(hessian, gradient)
    for name, values in (("truths", truths), ("rivals", rivals), ("strangers", strangers)):
        scores = 100 * sigmoid(v[0] * values + v[1])
        print(f"{name:12s} score, quartiles", np.percentile(scores, [25, 50, 75]).round(0))
    return v


def auc(own, others):
    own, others = np.asarray(own)[:, None], np.asarray(others)[None]
    return float(((own > others) + 0.5 * (own == others)).mean())


def figures(units, weights):
    """`weights`: one vector for all units or one a unit."""
    first, ten, own, strangers, against = [], [], [], [], collections.defaultdict(list)
    for number, unit in enumerate(units):
        w = weights[number] if isinstance(weights, list) else weights
        truth = unit["truth"][0][1] @ w
        rivals = [v @ w for _, v in unit["rival"]]
        if rivals:
            first.append(all(truth > r for r in rivals))
        for kind, values in unit["rival"]:
            against[kind].append(truth > values @ w)
        others = [v @ w for _, v in unit["mismatch"]]
        if len(others) >= 9:
            ten.append(all(truth > o for o in others[:9]))
        own.append(truth)
        strangers += others
        for role in ("hard", "tooBroad", "paraphrase"):
            against[role] += [truth > v @ w for _, v in unit[role]]
    shares = "  ".join(f"{k} {np.mean(v):.3f}/{len(v)}" for k, v in sorted(against.items()) if v)
    return (f"first among rivals {np.mean(first):.3f} of {len(first)}  AUC {auc(own, strangers):.4f}  "
            f"first of ten {np.mean(ten) if ten else float('nan'):.3f}  {shares}")


def fit(options):
    units = units_of(options.pairs)
    folds = [None] * len(units)
    for fold in range(10):
        w = fitted([u for n, u in enumerate(units) if n % 10 != fold])
        for number in range(fold, len(units), 10):
            folds[number] = w
    for index, name in enumerate(PARTS):
        print(f"{name:12s}", figures(units, np.eye(len(PARTS))[index]))
    print(f"{'mixed':12s}", figures(units, folds))
    w = fitted(units)
    factor, constant = scale(units, w)
    made = {"judge": round(float(factor * w[0]), 4), "formula": round(float(factor * w[1]), 4),
            "constant": round(float(constant), 4)}
    print(json.dumps(made))
    if options.judge:
        path = pathlib.Path(options.judge)
        path.write_text(json.dumps(json.loads(path.read_text()) | {"mixture": made}, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("held", help="units on standard input that the judge isn't trained on")
    command = commands.add_parser("fit", help="weights from pairs")
    command.add_argument("pairs", help="what score evaluate --pairs wrote")
    command.add_argument("--judge", help="judge.json to write them into")
    options = parser.parse_args()
    if options.command == "held":
        sys.stdout.writelines(held(sys.stdin))
    else:
        fit(options)


if __name__ == "__main__":
    main()
