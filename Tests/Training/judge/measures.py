"""How good the judge is: on units of known truth, and on labelled ones."""

import numpy as np
import torch

from . import batches, synthetic


def auroc(scores, truth):
    """The chance that a true one scores above a false one; ties count half."""
    order = np.argsort(scores, kind="mergesort")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.bincount(inverse, ranks) / counts)[inverse]
    positive = truth.sum()
    negative = len(truth) - positive
    return (ranks[truth].sum() - positive * (positive + 1) / 2) / max(1, positive * negative)


@torch.no_grad()
def on_synthetic(judge, pieces, corpus, count=60, seed=97, held=True):
    """Units whose words, endings, classes or combinations were kept out of training."""
    made = synthetic.Synthetic(corpus, seed)
    own, truths, first, by_kind, against = [], [], 0, {}, {}
    for _ in range(count):
        s = synthetic.sample(made, rivals=4, tops=4, misses=4, randoms=2, held=held)
        rows = torch.cat(batches.expected(judge, pieces, [s])[0], 1)
        actual = torch.from_numpy(np.concatenate([t[0] for t in s.targets]))
        r = batches.correlation(torch.sigmoid(rows), actual)
        for index in range(len(s.texts)):
            target = np.concatenate([t[index] for t in s.targets]) > 0.5
            if target.any() and not target.all():
                by_kind.setdefault(s.kinds[index], []).append(auroc(rows[index].numpy(), target))
            if index:
                against.setdefault(s.kinds[index], []).append(float(r[0] > r[index]))
        truths.append(float(r[0]))
        first += int(r.argmax() == 0)
    return {
        "units": count, "first of five": first / count, "correlation": float(np.mean(truths)),
        "auroc": {k: round(float(np.mean(v)), 3) for k, v in by_kind.items()},
        "beats": {k: (round(float(np.mean(v)), 3), len(v)) for k, v in against.items()}}


@torch.no_grad()
def predictions(judge, pieces, questions):
    """For each question (texts, kinds, kinds of excerpts, logits per window, activations per window)."""
    found = []
    for s in questions:
        logits = [l.numpy() for l in batches.expected(judge, pieces, [s])[0]]
        found.append({
            "unit": s.name, "texts": s.texts, "kinds": s.kinds, "places": s.places,
            "logits": logits, "actual": [t[0] for t in s.targets]})
    return found


def pearson(question):
    """r of each text's predictions with the activations over all tokens of all windows."""
    p = 1 / (1 + np.exp(-np.concatenate(question["logits"], 1)))
    a = np.concatenate(question["actual"])
    p = p - p.mean(1, keepdims=True)
    a = a - a.mean()
    return (p @ a) / (np.linalg.norm(p, axis=1) * np.linalg.norm(a) + 1e-4)


def on_units(found, score=pearson, puzzle=5):
    """How often the truth comes first among its rivals and neighbours, and whom it beats."""
    first, second, against, truths = [], [], {}, []
    for q in found:
        s = score(q)
        real = [i for i, k in enumerate(q["kinds"]) if not k.startswith("graded")][:puzzle]
        place = sum(s[i] >= s[0] for i in real[1:])
        first.append(place == 0)
        second.append(place <= 1)
        truths.append(float(pearson(q)[0]))
        for i, kind in enumerate(q["kinds"]):
            if i:
                against.setdefault(kind, []).append(float(s[0] > s[i]))
    n = max(1, len(first))
    error = 1.96 * (np.mean(first) * (1 - np.mean(first)) / n) ** 0.5 if first else 0
    return {
        "units": len(first), "first": round(float(np.mean(first)), 3), "interval": round(float(error), 3),
        "first two": round(float(np.mean(second)), 3), "correlation": round(float(np.mean(truths)), 3),
        "beats": {k: (round(float(np.mean(v)), 3), len(v)) for k, v in sorted(against.items())}}


def on_strangers(found, score=pearson):
    """How often the truth comes first among ten units' truths, and the chance that a true text scores
    above another unit's.
    """
    first, scores, true = [], [], []
    for q in found:
        s = score(q)
        others = [i for i, k in enumerate(q["kinds"]) if k == "graded stranger"]
        first.append(all(s[i] < s[0] for i in others[:9]))
        scores += [s[0], *s[others]]
        true += [True] + [False] * len(others)
    return {"first of ten": round(float(np.mean(first)), 3), "units": len(first),
            "matched against mismatched": round(auroc(np.array(scores), np.array(true)), 3)}


def shuffled(found, shift=1):
    """The same texts with the predictions' activations of another unit: chance must come out."""
    moved = []
    for number, q in enumerate(found):
        other = found[(number + shift) % len(found)]["actual"]
        actual = []
        for own, foreign in zip(q["actual"], other * 2):
            actual.append(np.resize(foreign, len(own)))
        moved.append(q | {"actual": actual})
    return moved
