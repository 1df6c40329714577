"""Trains the judge. See ../README.md for the command."""

import argparse
import json
import pathlib
import time

import numpy as np
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

from . import batches, measures, readout, real, synthetic
from .corpus import Corpus
from .model import Judge
from .pieces import Pieces
from .wordnet import WordNet

POSITIVE_WEIGHT = 3.0
SHARPNESS = 12.0
RANKING = 1.0
# How far the truth is at least to count as seen apart from a text below it, and what such a pair counts
# beside a pair of false ones.
TRUTH_APART, TRUTH_WEIGHT = 50, 5.0
DECAY = 0.03
# The running mean's memory, and after how many steps runs side by side meet.
MEMORY = 0.998
MEETING = 50


def losses(sample, logits, real):
    """(tokens, misfit, ranking) of one sample, of its logits [texts, windows, tokens].

    Of every text whose activations are known, how well each token is foretold; of the truth, what its
    correlation with the activations lacks; and how far the texts are from the order in which readers put
    them, by that correlation: every pair counts by how far readers see them apart.
    """
    rows = logits[:, real]
    actual = torch.from_numpy(np.concatenate([t[0] for t in sample.targets]))
    known = torch.from_numpy(np.flatnonzero(sample.known))
    targets = actual[None] if len(known) == 1 else torch.from_numpy(
        np.concatenate([t[sample.known] for t in sample.targets], 1))
    tokens = F.binary_cross_entropy_with_logits(
        rows[known], targets, pos_weight=torch.tensor(POSITIVE_WEIGHT))
    p = torch.sigmoid(rows)
    r = batches.correlation(torch.log(p + readout.FLOOR), actual)
    plain = batches.correlation(p[:1], actual)[0]
    return tokens, 1 - (r[0] + plain) / 2, misorder(r, sample.grades)


def misorder(r, grades):
    """How far texts with correlations `r` are from the order of their `grades`, 0 to 100, the truth first."""
    grades = torch.tensor(grades, dtype=torch.float32)
    weights = (grades[:, None] - grades[None]).clamp(min=0)
    below = weights[0] > 0
    weights[0, below] = TRUTH_WEIGHT * weights[0, below].clamp(min=TRUTH_APART)
    missing = F.softplus(-SHARPNESS * (r[:, None] - r[None]))
    return (weights * missing).sum() / weights.sum().clamp(min=1)


def pace(progress, last):
    """The share of the learning rate: a warm-up, a plateau, a linear fall to `last`."""
    if progress < 0.03:
        return progress / 0.03
    return 1.0 if progress < 0.3 else 1 - (1 - last) * (progress - 0.3) / 0.7


def groups(judge, rate):
    slow = [p for n, p in judge.named_parameters() if p.requires_grad and ("norm" in n or "bias" in n)]
    fast = [p for n, p in judge.named_parameters() if p.requires_grad and not ("norm" in n or "bias" in n)]
    return torch.optim.AdamW(
        [{"params": fast, "lr": rate, "base": rate, "weight_decay": DECAY},
         {"params": slow, "lr": rate / 3, "base": rate / 3, "weight_decay": 0.0}], betas=(0.9, 0.98))


def learned(judge):
    return {n: p.detach() for n, p in judge.named_parameters() if p.requires_grad}


class Average:
    """The running mean of what is learned, which is better than any of its moments."""

    def __init__(self, judge):
        self.values = {n: p.clone() for n, p in learned(judge).items()}
        self.count = 0

    def add(self, judge):
        self.count += 1
        share = max(1 - MEMORY, 1 / (1 + self.count / 4))
        for name, value in learned(judge).items():
            self.values[name].lerp_(value, share)


class Peer:
    """Another run of the same training: each moves half-way to where the other last was."""

    def __init__(self, own, other):
        self.own, self.other, self.seen = pathlib.Path(own), pathlib.Path(other), 0

    def meet(self, judge):
        torch.save(learned(judge), self.own.with_suffix(".part"))
        self.own.with_suffix(".part").rename(self.own)
        if not self.other.exists() or (written := self.other.stat().st_mtime) <= self.seen:
            return
        self.seen = written
        other = torch.load(self.other)
        for name, value in learned(judge).items():
            value.lerp_(other[name], 0.5)


def save(path, judge, optimizer, average, step, spent, rng):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({
        "learned": learned(judge), "optimizer": optimizer.state_dict(), "mean": average.values,
        "count": average.count, "step": step, "spent": spent, "rng": rng.bit_generator.state,
        "apart": judge.apart, "rank": judge.rank}, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


def load(judge, path, which="mean"):
    """Takes the mean (or the last moment) of what the checkpoint at `path` has learned.

    The file may be an exported adapter as well; one of a lower rank fills the first ranks.
    """
    if str(path).endswith(".safetensors"):
        state = {"learned": load_file(str(path))}
    else:
        state = torch.load(path, weights_only=False)
    own = dict(judge.named_parameters())
    with torch.no_grad():
        for name, value in state.get(which, state["learned"]).items():
            kept = own[name]
            if name.endswith(".down"):
                kept = kept[:len(value)]
            elif name.endswith(".up"):
                kept = kept[:, :value.shape[1]]
            kept.copy_(value.float())
    return state


def load_middle(judge, paths, which="mean"):
    """Takes the mean of what several checkpoints have learned."""
    load(judge, paths[0], which)
    for number, path in enumerate(paths[1:], 2):
        before = {n: p.clone() for n, p in learned(judge).items()}
        load(judge, path, which)
        for name, value in learned(judge).items():
            value.lerp_(before[name], 1 - 1 / number)


def judge_of(model, paths, which="mean"):
    """The judge that the checkpoints or adapters at `paths` make of the model in the folder `model`."""
    if paths[0].endswith(".safetensors"):
        judge = Judge(model, rank=load_file(paths[0])["upper.0.attend.down"].shape[0])
    else:
        state = torch.load(paths[0], weights_only=False)
        judge = Judge(model, state["apart"], state["rank"])
    load_middle(judge, paths, which)
    return judge.eval()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--texts", required=True, help="texts.jsonl of the subject's tokens")
    parser.add_argument("--wordnet", required=True, help="folder of WordNet 3.0's database")
    parser.add_argument("--units", help="labelled units to train on (see real.py)")
    parser.add_argument("--more", help="further texts for them (see ../Data/README.md)")
    parser.add_argument("--ratings", help="what readers gave their texts (see ../Data/README.md)")
    parser.add_argument("--real", type=float, default=0.6, help="share of samples that are real")
    parser.add_argument("--share", type=float, default=1.0, help="share of the labelled units to use")
    parser.add_argument("--start", nargs="+", help="checkpoints to start from the middle of")
    parser.add_argument("--out", required=True, help="checkpoint to write, and to go on from")
    parser.add_argument("--peer", help="the checkpoint of a run beside this one, to learn together")
    parser.add_argument("--minutes", type=float, default=30, help="of processor time")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--samples", type=int, default=3, help="units a step")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--last", type=float, default=0.03, help="share of the rate at the end")
    parser.add_argument("--forgotten", type=float, default=0.06, help="share of pieces masked")
    parser.add_argument("--dropped", type=float, default=0.1, help="share of the adapters' ranks left out")
    parser.add_argument("--apart", type=int, default=3)
    parser.add_argument("--rank", type=int, default=48)
    parser.add_argument("--limit", type=int, help="texts to read")
    parser.add_argument("--measured", type=int, default=60, help="units of known truth to measure by")
    parser.add_argument("--half", action="store_true", help="products in bfloat16: faster where the processor has it")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)  # runs side by side begin alike
    pieces = Pieces(options.model)
    judge = Judge(options.model, options.apart, options.rank, torch.bfloat16 if options.half else torch.float32)
    corpus = Corpus(options.texts, pieces, WordNet(options.wordnet), options.limit)
    print(f"{len(corpus.tokens)} texts, {len(corpus.key)} words, {len(corpus.words)} different; "
          f"{sum(v.numel() for v in learned(judge).values()):,} parameters learn", flush=True)
    units = real.Units(
        options.units, pieces, options.share, options.more, options.ratings) if options.units else None
    optimizer = groups(judge, options.rate)
    step, spent, rng = 0, 0.0, np.random.default_rng(options.seed)
    if options.start:
        load_middle(judge, options.start)
    elif not pathlib.Path(options.out).exists():
        batches.settle(judge, [corpus.excerpt(n) for n in range(0, len(corpus.tokens), 37)])
    average = Average(judge)
    if pathlib.Path(options.out).exists():
        state = load(judge, options.out, "learned")
        optimizer.load_state_dict(state["optimizer"])
        for group, fresh in zip(optimizer.param_groups, groups(judge, options.rate).param_groups):
            group["base"] = fresh["base"]
        average.values, average.count = state["mean"], state["count"]
        step, spent = state["step"], state["spent"]
        rng.bit_generator.state = state["rng"]
    peer = Peer(options.out + ".shared", options.peer + ".shared") if options.peer else None
    torch.manual_seed(options.seed)
    for each in judge.maps:
        each.dropped = options.dropped
    made = synthetic.Synthetic(corpus, options.seed * 1_000_003 + step)
    began, shown, sums, waiting = time.process_time() - spent, time.time(), [], 0.0
    judge.train()
    while (progress := (time.process_time() - began) / (60 * options.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * pace(progress, options.last)
        start = time.process_time()
        drawn = [units.sample(rng) if units and rng.random() < options.real
                 else synthetic.sample(made) for _ in range(options.samples)]
        waiting += time.process_time() - start
        parts = [losses(s, *found) for s, found in zip(
            drawn, batches.predicted(judge, pieces, drawn, rng, options.forgotten))]
        tokens, fit, ranking = (torch.stack(p).mean() for p in zip(*parts))
        loss = 2 * tokens + 0.5 * fit + RANKING * ranking
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
        optimizer.step()
        average.add(judge)
        step += 1
        sums.append([tokens.item(), fit.item(), ranking.item()])
        if peer and step % MEETING == 0:
            peer.meet(judge)
        if time.time() - shown > 30:
            mean = np.mean(sums, 0)
            print(f"{time.process_time() - began:6.0f} s  step {step:5d}  tokens {mean[0]:.4f}  "
                  f"r {1 - mean[1]:.3f}  ranking {mean[2]:.3f}  "
                  f"{len(sums) / (time.time() - shown):.2f} steps/s, {waiting:.1f} s drawing", flush=True)
            save(options.out, judge, optimizer, average, step, time.process_time() - began, rng)
            shown, sums, waiting = time.time(), [], 0.0
    save(options.out, judge, optimizer, average, step, time.process_time() - began, rng)
    if options.measured == 0:
        return
    load(judge, options.out)
    judge.eval()
    print(json.dumps(measures.on_synthetic(judge, pieces, corpus, options.measured), indent=1), flush=True)
    if units:
        found = measures.predictions(judge, pieces, [units.question(u) for u in units.held])
        print(json.dumps(measures.on_units(found), indent=1))


if __name__ == "__main__":
    main()
