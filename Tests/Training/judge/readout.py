"""From predictions to a score: features of how well they fit, weighed so that truths beat rivals.

The score of version 1 is `rank` alone, r: 100 / (1 + exp(-(r - 0.22) / 0.07)); a mixture was no better.

usage: python -m judge.readout FIT.pickle [TEST.pickle ...] [--out READOUT.json]

The pickles are what evaluate.py wrote. The weights are fitted on pairs (truth, rival or stranger) of
FIT, judged there in ten folds of units, and then applied to each TEST.
"""

import argparse
import json
import pathlib
import pickle

import numpy as np

NAMES = ("correlation", "rank", "windows", "gain", "inside")
RIDGE = 3.0
# What is added to a prediction before its logarithm is taken.
FLOOR = 0.02


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def pearson(p, a):
    """r of each row of `p` with `a`."""
    p = p - p.mean(1, keepdims=True)
    a = a - a.mean()
    return (p @ a) / (np.linalg.norm(p, axis=1) * np.linalg.norm(a) + 1e-4)


def features(question):
    """[texts, len(NAMES)]: see each line."""
    logits = np.concatenate(question["logits"], 1)
    actual = np.concatenate(question["actual"])
    p = sigmoid(logits)
    # Over all tokens of all windows: predictions, and their logarithms.
    own = pearson(p, actual)
    logarithms = pearson(np.log(p + FLOOR), actual)
    # From window to window: the strongest prediction and the strongest activation.
    tops = np.stack([sigmoid(l).max(1) for l in question["logits"]], 1)
    windows = pearson(tops, np.array([a.max() for a in question["actual"]]))
    # How much likelier the activations are under the predictions than under their own mean.
    q = np.clip(p, 0.01, 0.95)
    base = np.clip(p.mean(1, keepdims=True), 0.01, 0.95)
    fit = actual * np.log(q / base) + (1 - actual) * np.log((1 - q) / (1 - base))
    gain = fit.sum(1) / (actual.sum() + 1)
    # Within windows that fire: which token.
    inside = np.zeros(len(p))
    firing = [(sigmoid(l), a) for l, a in zip(question["logits"], question["actual"]) if a.max() > 0.3]
    for l, a in firing:
        inside += pearson(l, a) / len(firing)
    return np.stack([own, logarithms, windows, gain, inside], 1)


def pairs(questions):
    """(differences truth less other [pairs, features], weights, unit of each)."""
    rows, weights, owners = [], [], []
    for number, q in enumerate(questions):
        f = features(q)
        others = [i for i, k in enumerate(q["kinds"]) if i and k != "graded paraphrase"]
        for i in others:
            rows.append(f[0] - f[i])
            weights.append(0.3 if q["kinds"][i] in ("other", "graded stranger") else 1.0)
            owners.append(number)
    return np.array(rows), np.array(weights), np.array(owners)


def fitted(rows, weights):
    """Logistic weights without a constant, by Newton's method, drawn to 0 a little."""
    w = np.zeros(rows.shape[1])
    for _ in range(30):
        p = sigmoid(-rows @ w)
        gradient = rows.T @ (weights * p) - RIDGE * w
        hessian = (rows * (weights * p * (1 - p))[:, None]).T @ rows + RIDGE * np.eye(len(w))
        w = w + np.linalg.solve(hessian, gradient)
    return w


def puzzle(questions, w, kinds=("list", "too_broad", "too_narrow", "wrong_context", "neighbour", "other")):
    """(share of units whose truth comes first among five, how often it beats each kind)."""
    first, against = [], {}
    for number, q in enumerate(questions):
        s = features(q) @ (w[number] if isinstance(w, list) else w)
        rivals = [i for i, k in enumerate(q["kinds"]) if k in kinds and i][:4]
        first.append(all(s[i] < s[0] for i in rivals))
        for i, kind in enumerate(q["kinds"]):
            if i:
                against.setdefault(kind, []).append(float(s[0] > s[i]))
    return np.array(first), {k: (round(float(np.mean(v)), 3), len(v)) for k, v in sorted(against.items())}


def show(name, questions, w):
    first, against = puzzle(questions, w)
    rng = np.random.default_rng(1)
    means = np.sort([rng.choice(first, len(first)).mean() for _ in range(2000)])
    print(f"{name:28s} first of five {first.mean():.3f} [{means[50]:.3f}, {means[1949]:.3f}] of {len(first)}  "
          + "  ".join(f"{k} {v[0]:.2f}/{v[1]}" for k, v in against.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("fit")
    parser.add_argument("tests", nargs="*")
    parser.add_argument("--out")
    options = parser.parse_args()
    questions = pickle.loads(pathlib.Path(options.fit).read_bytes())
    rows, weights, owners = pairs(questions)
    for index, name in enumerate(NAMES):
        show(f"{name} alone", questions, np.eye(len(NAMES))[index])
    by_unit = [None] * len(questions)
    for fold in range(10):
        w = fitted(rows[owners % 10 != fold], weights[owners % 10 != fold])
        for unit in range(fold, len(questions), 10):
            by_unit[unit] = w
    show("mixed, in ten folds", questions, by_unit)
    w = fitted(rows, weights)
    print("weights", dict(zip(NAMES, w.round(3).tolist())))
    for path in options.tests:
        test = pickle.loads(pathlib.Path(path).read_bytes())
        for index, name in enumerate(NAMES[:1]):
            show(f"{pathlib.Path(path).stem}: {name}", test, np.eye(len(NAMES))[index])
        show(f"{pathlib.Path(path).stem}: mixed", test, w)
    if options.out:
        pathlib.Path(options.out).write_text(
            json.dumps({"names": NAMES, "weights": w.round(4).tolist()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
