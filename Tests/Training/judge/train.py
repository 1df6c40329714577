"""Trains the judge. See ../README.md for the command."""

import argparse
import json
import math
import pathlib
import time

import numpy as np
import torch
from torch.nn import functional as F

from . import batches, measures, real, synthetic
from .corpus import Corpus
from .model import Judge
from .pieces import Pieces
from .wordnet import WordNet

POSITIVE_WEIGHT = 3.0
SHARPNESS = 12.0


def losses(judge, sample, logits):
    """(tokens, correlation, ranking) of one sample."""
    actual = torch.cat([torch.from_numpy(t[0]) for t in sample.targets])
    rows = torch.cat(logits, 1)
    weight = torch.tensor(POSITIVE_WEIGHT)
    tokens = []
    for index, known in enumerate(sample.known):
        if known:
            target = torch.cat([torch.from_numpy(t[index]) for t in sample.targets])
            tokens.append(F.binary_cross_entropy_with_logits(rows[index], target, pos_weight=weight))
    r = batches.correlation(torch.sigmoid(rows), actual)
    ranking = -F.log_softmax(SHARPNESS * r, 0)[0]
    return torch.stack(tokens).mean(), 1 - r[0], ranking


def pace(progress, last):
    """The share of the learning rate: a warm-up, a plateau, a linear fall to `last`."""
    if progress < 0.03:
        return progress / 0.03
    return 1.0 if progress < 0.4 else 1 - (1 - last) * (progress - 0.4) / 0.6


def groups(judge, rate):
    slow = [p for n, p in judge.named_parameters() if p.requires_grad and ("norm" in n or "bias" in n)]
    fast = [p for n, p in judge.named_parameters() if p.requires_grad and not ("norm" in n or "bias" in n)]
    return torch.optim.AdamW(
        [{"params": fast, "lr": rate, "base": rate, "weight_decay": 0.01},
         {"params": slow, "lr": rate / 3, "base": rate / 3, "weight_decay": 0.0}], betas=(0.9, 0.98))


def learned(judge):
    return {n: p.detach() for n, p in judge.named_parameters() if p.requires_grad}


def save(path, judge, optimizer, step, spent, rng):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({
        "learned": learned(judge), "optimizer": optimizer.state_dict() if optimizer else None,
        "step": step, "spent": spent, "rng": rng.bit_generator.state if rng else None,
        "apart": judge.apart, "rank": judge.rank}, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


def load(judge, path):
    state = torch.load(path, weights_only=False)
    own = dict(judge.named_parameters())
    with torch.no_grad():
        for name, value in state["learned"].items():
            own[name].copy_(value)
    return state


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--texts", required=True, help="texts.jsonl of the subject's tokens")
    parser.add_argument("--wordnet", required=True, help="folder of WordNet 3.0's database")
    parser.add_argument("--units", help="labelled units to train on (see real.py)")
    parser.add_argument("--real", type=float, default=0.6, help="share of samples that are real")
    parser.add_argument("--share", type=float, default=1.0, help="share of the labelled units to use")
    parser.add_argument("--start", help="a checkpoint to start from")
    parser.add_argument("--out", required=True, help="checkpoint to write, and to go on from")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--samples", type=int, default=3, help="units a step")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--last", type=float, default=0.03, help="share of the rate at the end")
    parser.add_argument("--apart", type=int, default=3)
    parser.add_argument("--rank", type=int, default=24)
    parser.add_argument("--limit", type=int, help="texts to read")
    parser.add_argument("--measured", type=int, default=60, help="units of known truth to measure by")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pieces = Pieces(options.model)
    judge = Judge(options.model, options.apart, options.rank)
    corpus = Corpus(options.texts, pieces, WordNet(options.wordnet), options.limit)
    print(f"{len(corpus.tokens)} texts, {len(corpus.key)} words, {len(corpus.words)} different; "
          f"{sum(v.numel() for v in learned(judge).values()):,} parameters learn", flush=True)
    units = real.Units(options.units, pieces, options.share) if options.units else None
    optimizer = groups(judge, options.rate)
    step, spent, rng = 0, 0.0, np.random.default_rng(options.seed)
    if pathlib.Path(options.out).exists():
        state = load(judge, options.out)
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["spent"]
        rng.bit_generator.state = state["rng"]
    elif options.start:
        load(judge, options.start)
    else:
        batches.settle(judge, [corpus.excerpt(n) for n in range(0, len(corpus.tokens), 37)])
    made = synthetic.Synthetic(corpus, options.seed * 1_000_003 + step)
    began, shown, sums, waiting = time.time() - spent, time.time(), [], 0.0
    while (progress := (time.time() - began) / (60 * options.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * pace(progress, options.last)
        start = time.time()
        drawn = [units.sample(rng) if units and rng.random() < options.real
                 else synthetic.sample(made) for _ in range(options.samples)]
        waiting += time.time() - start
        parts = [losses(judge, s, l) for s, l in zip(drawn, batches.expected(judge, pieces, drawn))]
        tokens, fit, ranking = (torch.stack(p).mean() for p in zip(*parts))
        loss = 2 * tokens + 0.5 * fit + 0.3 * ranking
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
        optimizer.step()
        step += 1
        sums.append([tokens.item(), fit.item(), ranking.item()])
        if time.time() - shown > 20:
            mean = np.mean(sums, 0)
            print(f"{time.time() - began:6.0f} s  step {step:5d}  tokens {mean[0]:.4f}  r {1 - mean[1]:.3f}  "
                  f"ranking {mean[2]:.3f}  {len(sums) / (time.time() - shown):.2f} steps/s, "
                  f"{waiting:.1f} s drawing", flush=True)
            save(options.out, judge, optimizer, step, time.time() - began, rng)
            shown, sums, waiting = time.time(), [], 0.0
    save(options.out, judge, optimizer, step, time.time() - began, rng)
    if options.measured == 0:
        return
    print(json.dumps(measures.on_synthetic(judge, pieces, corpus, options.measured), indent=1), flush=True)
    if units:
        found = measures.predictions(judge, pieces, [units.question(u) for u in units.held])
        print(json.dumps(measures.on_units(found), indent=1))


if __name__ == "__main__":
    main()
