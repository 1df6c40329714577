"""Fits how the judge and the formula make a score together, on units that the judge isn't trained on.

usage, from Tests/Training:
    Labelling/labelled.py Data/train.jsonl.gz | python -m judge.mixture held > HELD.jsonl
    neuronarena score evaluate --labelled HELD.jsonl --quick --pairs PAIRS.jsonl
    python -m judge.mixture fit PAIRS.jsonl [MORE.jsonl ...] --judge ../../Sources/neuronarena/Judge/judge.json

`fit` writes `mixture` into judge.json: the log-odds of a score are judge * r + formula * min(s, formulaMax) +
constant. Rivals have the topic as the truth has: beyond formulaMax, s would only add noise between them. How
s stands to r is set with --ratio; `fit` prints what each ratio gives on every file (the others may be of the
developing set), and the figures hardly differ from 0.1 to 0.3. The least of them: s favours lists. Then logistic regression on the first file's
units sets the scale, so that a score is the chance that a text is the unit's own, when that is as likely as
not and false texts are rivals as often as strangers.
"""

import argparse
import collections
import json
import math
import pathlib
import sys
import zlib

import numpy as np

RATIO, FORMULA_MAX = 0.1, 3
RATIOS = (0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 100)
# Of how many the truth is to be the first.
DRAWN = 10


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def held(lines):
    """The lines of units of the tenth that the judge is measured by (real.Unit.is_held)."""
    for line in lines:
        entry = json.loads(line)
        if zlib.crc32(f"{entry['layer']}/{entry['neuron']}".encode()) % 10 == 0:
            yield line


def units_of(path):
    """Each unit's scored texts: {role: [(kind, [r, min(s, FORMULA_MAX)])]}."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in pathlib.Path(path).read_text().splitlines():
        entry = json.loads(line)
        parts = entry.get("parts") or {}
        if "correlation" not in parts or "formula" not in parts:
            raise ValueError("the scorer tells no parts: use --scorer judge")
        values = np.array([parts["correlation"], min(parts["formula"], FORMULA_MAX)])
        found[entry["unit"]][entry["role"]].append((entry.get("kind"), values))
    return [u for u in found.values() if u["truth"]]


def auc(own, others):
    own, others = np.asarray(own)[:, None], np.asarray(others)[None]
    return float(((own > others) + 0.5 * (own == others)).mean())


def figures(units, ratio):
    """How well r + ratio * s puts truths first, in one line."""
    w = np.array([1, ratio])
    rivals, drawn, hard, own, strangers = [], [], [], [], []
    against = collections.defaultdict(list)
    for unit in units:
        truth = unit["truth"][0][1] @ w
        own.append(truth)
        for kind, values in unit["rival"]:
            against[kind].append(truth > values @ w)
        for role in ("tooBroad", "paraphrase"):
            against[role] += [truth > v @ w for _, v in unit[role]]
        if unit["rival"]:
            rivals.append(all(truth > v @ w for _, v in unit["rival"]))
        if unit["hard"]:
            hard.append(all(truth > v @ w for _, v in unit["hard"]))
        others = [v @ w for _, v in unit["mismatch"]]
        strangers += others
        if len(others) >= DRAWN - 1:
            worse = sum(truth > o for o in others)
            drawn.append(math.comb(worse, DRAWN - 1) / math.comb(len(others), DRAWN - 1))
    shares = [("rivals", rivals), ("of ten", drawn), ("hard", hard)]
    line = "  ".join(f"{name} {np.mean(found):.3f}" for name, found in shares if found)
    beaten = "  ".join(f"{k} {np.mean(v):.2f}/{len(v)}" for k, v in sorted(against.items()) if v)
    return f"AUC {auc(own, strangers):.4f}  first: {line}  before: {beaten}"


def scale(units, w):
    """(factor, constant) of the log-odds that a text is the unit's own."""
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
        print(f"scores of {name}, quartiles", np.percentile(scores, [25, 50, 75]).round(0))
    return v


def fit(options):
    files = [units_of(path) for path in options.pairs]
    for path, units in zip(options.pairs, files):
        print(path)
        for ratio in RATIOS:
            print(f"{ratio:6}", figures(units, ratio))
    factor, constant = scale(files[0], np.array([1, options.ratio]))
    made = {"judge": round(float(factor), 4), "formula": round(float(factor * options.ratio), 4),
            "formulaMax": FORMULA_MAX, "constant": round(float(constant), 4)}
    print(json.dumps(made))
    if options.judge:
        path = pathlib.Path(options.judge)
        path.write_text(json.dumps(json.loads(path.read_text()) | {"mixture": made}, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("held", help="units on standard input that the judge isn't trained on")
    command = commands.add_parser("fit", help="weights from pairs")
    command.add_argument("pairs", nargs="+", help="what score evaluate --pairs wrote")
    command.add_argument("--ratio", type=float, default=RATIO, help="what s counts beside r")
    command.add_argument("--judge", help="judge.json to write the weights into")
    options = parser.parse_args()
    if options.command == "held":
        sys.stdout.writelines(held(sys.stdin))
    else:
        fit(options)


if __name__ == "__main__":
    main()
