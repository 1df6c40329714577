"""From predictions to a score: ways to say how well they fit, compared on units kept from training.

The score is `log`, r: 100 / (1 + exp(-(r - CENTER) / WIDTH)) (see README.md).

usage: python -m judge.readout FIT.pickle [TEST.pickle ...] [--per-kind N]

The pickles are what evaluate.py wrote. Mixtures are fitted on pairs (truth, rival) of FIT, judged there
in ten folds of units, and then applied to each TEST.
"""

import argparse
import pathlib
import pickle
import re

import numpy as np

from . import text as texts

RIDGE = 3.0
# What is added to a prediction before its logarithm is taken.
FLOOR = 0.02
KINDS = ("list", "too_broad", "too_narrow", "wrong_context", "neighbour", "other")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def pearson(p, a):
    """r of each row of `p` with `a`."""
    p = p - p.mean(1, keepdims=True)
    a = a - a.mean()
    return (p @ a) / (np.linalg.norm(p, axis=1) * np.linalg.norm(a) + 1e-4)


def ranked(rows):
    """Each row's values as their places, equal ones in the order in which they stand."""
    return np.argsort(np.argsort(rows, axis=1, kind="stable"), axis=1).astype(np.float64)


def logarithmic(question, floor=FLOOR):
    """r of the logarithm of the predictions with the activations over all tokens of all windows."""
    logits, actual = np.concatenate(question["logits"], 1), np.concatenate(question["actual"])
    return pearson(np.log(sigmoid(logits) + floor), actual)


def score(question):
    """The score's r of each text."""
    return logarithmic(question)


def likelihood(question):
    """How much likelier the activations are under the predictions than under their own mean."""
    p, actual = sigmoid(np.concatenate(question["logits"], 1)), np.concatenate(question["actual"])
    q = np.clip(p, 0.01, 0.95)
    base = np.clip(p.mean(1, keepdims=True), 0.01, 0.95)
    fit = actual * np.log(q / base) + (1 - actual) * np.log((1 - q) / (1 - base))
    return fit.sum(1) / (actual.sum() + 1)


def inside(question):
    """Within windows that fire: which token."""
    firing = [(l, a) for l, a in zip(question["logits"], question["actual"]) if a.max() > 0.3]
    return np.mean([pearson(l, a) for l, a in firing], 0) if firing else np.zeros(len(question["texts"]))


def windows(question, floor=FLOOR):
    """From window to window: the strongest prediction and the strongest activation."""
    tops = np.stack([np.log(sigmoid(l).max(1) + floor) for l in question["logits"]], 1)
    return pearson(tops, np.array([a.max() for a in question["actual"]]))


def area(question):
    """The chance that a token of a peak is expected to be stronger than one on which nothing happens."""
    logits, actual = np.concatenate(question["logits"], 1), np.concatenate(question["actual"])
    high, low = actual > 0.4, actual < 0.05
    if not high.any() or not low.any():
        return np.zeros(len(logits))
    places = ranked(logits[:, high | low])[:, high[high | low]]
    count = high.sum()
    return (places.sum(1) - count * (count - 1) / 2) / (count * low.sum())


def content(text):
    return {w for w in re.findall(r"[a-z]+", text.lower()) if w not in texts.FUNCTION_WORDS}


def overlap(question):
    """The share of the text's content words that stand in windows that fire."""
    seen = {w for t, a in zip(question["tokens"], question["actual"]) if a.max() > 0.4
            for w in content("".join(t))}
    return np.array([len(content(t) & seen) / max(1, len(content(t))) for t in question["texts"]])


def length(question):
    return np.array([-len(t.split()) / 12 for t in question["texts"]])


WAYS = {
    "plain": lambda q: pearson(sigmoid(np.concatenate(q["logits"], 1)), np.concatenate(q["actual"])),
    "log": logarithmic,
    "log 0.005": lambda q: logarithmic(q, 0.005),
    "log 0.05": lambda q: logarithmic(q, 0.05),
    "log 0.1": lambda q: logarithmic(q, 0.1),
    "logits": lambda q: pearson(np.concatenate(q["logits"], 1), np.concatenate(q["actual"])),
    "rank": lambda q: pearson(ranked(np.concatenate(q["logits"], 1)),
                              ranked(np.concatenate(q["actual"])[None])[0]),
    "root": lambda q: pearson(np.log(sigmoid(np.concatenate(q["logits"], 1)) + FLOOR),
                              np.sqrt(np.concatenate(q["actual"]))),
    "windows": windows, "likelihood": likelihood, "inside": inside, "area": area,
    "overlap": overlap, "length": length}
MIXTURES = {
    "log, windows, inside": ("log", "windows", "inside"),
    "log, plain, likelihood, windows, inside, area":
        ("log", "plain", "likelihood", "windows", "inside", "area"),
    "log, overlap, length": ("log", "overlap", "length")}


def part(question, per_kind):
    """The question with its first `per_kind` excerpts of each kind."""
    counts, kept = {}, []
    for number, kind in enumerate(question["places"]):
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= per_kind:
            kept.append(number)
    return question | {k: [question[k][n] for n in kept] for k in ("places", "logits", "actual", "tokens")}


def rivals(question, count=None):
    return [i for i, k in enumerate(question["kinds"]) if i and k in KINDS][:count]


def fitted(rows, weights):
    """Logistic weights without a constant, by Newton's method, drawn to 0 a little."""
    w = np.zeros(rows.shape[1])
    for _ in range(30):
        p = sigmoid(-rows @ w)
        gradient = rows.T @ (weights * p) - RIDGE * w
        hessian = (rows * (weights * p * (1 - p))[:, None]).T @ rows + RIDGE * np.eye(len(w))
        w = w + np.linalg.solve(hessian, gradient)
    return w


def interval(values, seed=1):
    """The 95 % bootstrap interval of the mean of `values`."""
    values, rng = np.asarray(values, float), np.random.default_rng(seed)
    means = np.sort([rng.choice(values, len(values)).mean() for _ in range(2000)])
    return means[50], means[1949]


def show(name, questions, scores):
    """Prints how often the truth comes first among five, and whom it beats; `scores` of each question."""
    first, against = [], {}
    for q, s in zip(questions, scores):
        first.append(all(s[i] < s[0] for i in rivals(q, 4)))
        for i, kind in enumerate(q["kinds"]):
            if i:
                against.setdefault(kind, []).append(float(s[0] > s[i]))
    low, high = interval(first)
    print(f"{name:46s} first of five {np.mean(first):.3f} [{low:.3f}, {high:.3f}] of {len(first)}  "
          + "  ".join(f"{k} {np.mean(v):.2f}/{len(v)}" for k, v in sorted(against.items())))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("fit")
    parser.add_argument("tests", nargs="*")
    parser.add_argument("--per-kind", type=int, default=99, help="excerpts of each kind")
    options = parser.parse_args()
    loaded = {path: [part(q, options.per_kind) for q in pickle.loads(pathlib.Path(path).read_bytes())]
              for path in (options.fit, *options.tests)}
    found = {path: {name: [way(q) for q in questions] for name, way in WAYS.items()}
             for path, questions in loaded.items()}
    for path, questions in loaded.items():
        print(path)
        for name in WAYS:
            show(name, questions, found[path][name])
    questions = loaded[options.fit]
    for mixture, names in MIXTURES.items():
        table = {path: [np.stack([found[path][n][i] for n in names], 1) for i in range(len(loaded[path]))]
                 for path in loaded}
        scale = np.concatenate([t - t[:1] for t in table[options.fit]]).std(0)
        rows, owners = [], []
        for number, (q, t) in enumerate(zip(questions, table[options.fit])):
            for i in rivals(q):
                rows.append((t[0] - t[i]) / scale)
                owners.append(number)
        rows, owners, ones = np.array(rows), np.array(owners), np.ones(len(rows))
        by_fold = [fitted(rows[owners % 10 != f], ones[owners % 10 != f]) for f in range(10)]
        show(mixture + " (folds)", questions,
             [t / scale @ by_fold[n % 10] for n, t in enumerate(table[options.fit])])
        w = fitted(rows, ones)
        print("  weights", dict(zip(names, (w / scale).round(3).tolist())))
        for path in options.tests:
            show(f"{mixture}, of {pathlib.Path(path).stem}", loaded[path],
                 [t / scale @ w for t in table[path]])


if __name__ == "__main__":
    main()
