"""Samples as tensors, what the judge expects of them, and how well that fits."""

import numpy as np
import torch

from .pieces import CLS, FIXED_COUNT, SEP, TOKEN_PIECES_MAX, matches


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


def expected(judge, pieces, samples):
    """For each sample and each of its windows the judge's logits, [texts, tokens]."""
    explanations = [pieces.explanation(t) for s in samples for t in s.texts]
    windows = [w for s in samples for w in s.windows]
    e_ids, e_rows = zip(*(framed(e.ids, e.features) for e, _ in explanations))
    w_ids, w_rows, spans = [], [], []
    for excerpt, first, last in windows:
        low, high = window_pieces(excerpt, first, last)
        ids, rows = framed(excerpt.encoded.ids[low:high], excerpt.encoded.features[low:high])
        w_ids.append(ids), w_rows.append(rows), spans.append((low, high))
    e_ids, e_mask = padded(e_ids)
    w_ids, w_mask = padded(w_ids)
    e_read, w_read = judge.read(e_ids, e_mask), judge.read(w_ids, w_mask)
    e_states = e_read + judge.embed(padded(e_rows)[0])
    w_states = w_read + judge.embed(padded(w_rows)[0])
    pairs = []
    e_base = w_base = 0
    rows = []
    for s in samples:
        for w in range(len(s.windows)):
            excerpt = s.windows[w][0]
            low, high = spans[w_base + w]
            owners = excerpt.encoded.words[low:high]
            for e in range(len(s.texts)):
                pairs.append((e_base + e, w_base + w))
                own = np.zeros((w_ids.shape[1], 3), np.int64)
                own[1:1 + high - low] = matches(excerpt.encoded, explanations[e_base + e][1])[owners]
                rows.append(own)
        e_base += len(s.texts)
        w_base += len(s.windows)
    pair = torch.tensor(pairs)
    named = torch.from_numpy(np.stack(rows)) + judge.offsets[FIXED_COUNT:]
    extra = torch.nn.functional.embedding_bag(
        named.view(-1, 3), judge.features, mode="sum").view(len(pairs), w_ids.shape[1], -1)
    e, w = pair[:, 0], pair[:, 1]
    likenesses = judge.alike(e_read[e], e_ids[e], w_read[w], w_ids[w])
    logits = judge(e_states, e_mask, w_states[w] + extra, w_mask[w], e, likenesses)
    found, number = [], 0
    for s in samples:
        per_window = []
        for excerpt, first, last in s.windows:
            count = len(s.texts)
            index = torch.from_numpy(token_index(excerpt, first, last))
            place = torch.from_numpy(excerpt.places[first:last])
            own = logits[number:number + count][:, index, place[:, None]]
            per_window.append(own.amax(-1))
            number += count
        found.append(per_window)
    return found


@torch.no_grad()
def settle(judge, excerpts):
    """Sets the judge's center to the mean of what it reads in whole `excerpts`."""
    ids, mask = padded([framed(e.encoded.ids[:64], e.encoded.features[:64])[0] for e in excerpts])
    judge.settle(judge.read(ids, mask), mask)


def correlation(predicted, actual):
    """Pearson's r of each row of `predicted` [texts, tokens] with `actual` [tokens]."""
    p = predicted - predicted.mean(-1, keepdim=True)
    a = actual - actual.mean()
    return (p * a).sum(-1) / (p.norm(dim=-1) * a.norm() + 1e-4)
