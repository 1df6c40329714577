"""Samples as tensors, what the judge expects of them, and how well that fits."""

import numpy as np
import torch

from .pieces import CLS, SEP, TOKEN_PIECES_MAX

MASK = 103


def framed(ids, rows):
    """Pieces with [CLS] and [SEP] around them."""
    framed_ids = np.concatenate([[CLS], ids, [SEP]])
    framed_rows = np.zeros((len(ids) + 2, rows.shape[1]), np.int64)
    framed_rows[1:-1] = rows
    return framed_ids, framed_rows


def padded(arrays):
    """(stacked with zeros behind, mask of what is real)."""
    length = max(len(a) for a in arrays)
    out = np.zeros((len(arrays), length, *arrays[0].shape[1:]), np.int64)
    mask = np.zeros((len(arrays), length), bool)
    for row, array in enumerate(arrays):
        out[row, :len(array)] = array
        mask[row, :len(array)] = True
    return torch.from_numpy(out), torch.from_numpy(mask)


def token_index(excerpt, first, last):
    """[tokens, TOKEN_PIECES_MAX] places in the framed window of each token's pieces; repeats fill up."""
    base = excerpt.first[first]
    spread = excerpt.first[first:last, None] + np.arange(TOKEN_PIECES_MAX)
    return np.minimum(spread, excerpt.last[first:last, None]) - base + 1


def window_pieces(excerpt, first, last):
    return int(excerpt.first[first]), int(excerpt.last[last - 1]) + 1


def forgotten(ids, rows, rng, share):
    """Pieces with some masked, and some with all of their features unknown; [CLS] and [SEP] stay."""
    drawn = rng.random((2, len(ids)))
    drawn[:, [0, -1]] = 1
    ids, rows = ids.copy(), rows.copy()
    ids[drawn[0] < share] = MASK
    rows[drawn[1] < share] = 0
    return ids, rows


def predicted(judge, pieces, samples, rng=None, share=0.0):
    """For each sample (logits [texts, windows, tokens], which of them are real [windows, tokens]).

    With `rng`, `share` of the pieces are masked and of the features left out.
    """
    judge.merge()
    explanations = [pieces.explanation(t) for s in samples for t in s.texts]
    windows = [w for s in samples for w in s.windows]
    e_parts = [framed(e.ids, e.features) for e, _ in explanations]
    w_parts, spans = [], []
    for excerpt, first, last in windows:
        low, high = window_pieces(excerpt, first, last)
        spans.append((low, high))
        w_parts.append(framed(excerpt.encoded.ids[low:high], excerpt.encoded.features[low:high]))
    if rng is not None and share:
        e_parts = [forgotten(*p, rng, share / 2) for p in e_parts]
        w_parts = [forgotten(*p, rng, share) for p in w_parts]
    e_ids, e_mask = padded([p[0] for p in e_parts])
    w_ids, w_mask = padded([p[0] for p in w_parts])
    e_read, w_read = judge.read(e_ids, e_mask), judge.read(w_ids, w_mask)
    e_states = e_read + judge.embed(padded([p[1] for p in e_parts])[0])
    w_states = w_read + judge.embed(padded([p[1] for p in w_parts])[0])
    length = w_ids.shape[1]
    counts = [(len(s.texts), len(s.windows)) for s in samples]
    own, other, rows = [], [], []
    e_base = w_base = 0
    for texts, frames in counts:
        for e in range(e_base, e_base + texts):
            for w in range(w_base, w_base + frames):
                own.append(e), other.append(w)
                row = np.zeros((length, 3), np.int64)
                low, high = spans[w]
                row[1:1 + high - low] = pieces.named(windows[w][0], low, high, explanations[e][1])
                rows.append(row)
        e_base += texts
        w_base += frames
    named = np.stack(rows)
    if rng is not None and share:
        named[rng.random(named.shape[:2]) < share / 2] = 0
    own, other = torch.tensor(own), torch.tensor(other)
    likenesses = judge.alike(e_read, e_ids, w_read, w_ids, (own, other))
    states = w_states[other] + judge.embed(torch.from_numpy(named))
    logits = judge(e_states, e_mask, states, w_mask[other], own, likenesses)
    tokens = max(last - first for _, first, last in windows)
    index = np.zeros((len(windows), tokens, TOKEN_PIECES_MAX), np.int64)
    real = np.zeros((len(windows), tokens), bool)
    for number, (excerpt, first, last) in enumerate(windows):
        at = token_index(excerpt, first, last) * logits.shape[2] + excerpt.places[first:last, None]
        index[number, :last - first] = at
        real[number, :last - first] = True
    at = torch.from_numpy(index)[other].flatten(1)
    best = logits.flatten(1).gather(1, at).view(len(other), tokens, TOKEN_PIECES_MAX).amax(-1)
    found, pair, window = [], 0, 0
    real = torch.from_numpy(real)
    for texts, frames in counts:
        found.append((best[pair:pair + texts * frames].view(texts, frames, tokens), real[window:window + frames]))
        pair += texts * frames
        window += frames
    return found


def expected(judge, pieces, samples):
    """For each sample and each of its windows the judge's logits, [texts, tokens]."""
    return [[logits[:, w, real[w]] for w in range(len(real))]
            for logits, real in predicted(judge, pieces, samples)]


@torch.no_grad()
def settle(judge, excerpts):
    """Sets the judge's center to the mean of what it reads in whole `excerpts`."""
    judge.merge()
    ids, mask = padded([framed(e.encoded.ids[:64], e.encoded.features[:64])[0] for e in excerpts])
    judge.settle(judge.read(ids, mask), mask)


def correlation(predicted, actual):
    """Pearson's r of each row of `predicted` [texts, tokens] with `actual` [tokens]."""
    p = predicted - predicted.mean(-1, keepdim=True)
    a = actual - actual.mean()
    return (p * a).sum(-1) / (p.norm(dim=-1) * a.norm() + 1e-4)
