"""The judge: MiniLM whose upper layers read an explanation and an excerpt together.

The lower layers are the base model's and read both texts apart, each as [CLS] text [SEP], so that one
pass over an excerpt serves every explanation. Then embeddings of features are added, and the upper
layers, with low-rank adapters, read on: the explanation sees itself alone, so that it too is read once,
and the excerpt sees both (its keys and values follow those of the explanation). A head gives a logit a piece and place in a word;
a token's logit is the largest of its pieces for the token's own place.
"""

import math
import pathlib

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from .pieces import FEATURES, FIXED_COUNT

HIDDEN, HEADS, LAYERS, EPSILON = 384, 12, 6, 1e-12
PLACES = 5
LIKENESSES = 3


class LowRank(torch.autograd.Function):
    """x W' + bias where W' = W + up down: one product forwards, and no gradient of all of W'."""

    @staticmethod
    def forward(context, x, merged, down, up, bias):
        context.save_for_backward(x, merged, down, up)
        return F.linear(x, merged, bias.to(x.dtype))

    @staticmethod
    def backward(context, slope):
        x, merged, down, up = context.saved_tensors
        flat, inputs = slope.reshape(-1, slope.shape[-1]), x.reshape(-1, x.shape[-1])
        narrow = inputs @ down.to(x.dtype).t()
        back = flat @ up.to(x.dtype)
        return ((flat @ merged).view_as(x), None, (back.t() @ inputs).float(),
                (flat.t() @ narrow).float(), flat.sum(0, dtype=torch.float32))


class Adapted(nn.Module):
    """A frozen linear map with a low-rank addition: W + B A, and a bias that learns."""

    def __init__(self, weight, bias, rank):
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        if rank:
            self.down = nn.Parameter(torch.randn(rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
            self.up = nn.Parameter(torch.zeros(weight.shape[0], rank))
            self.bias = nn.Parameter(bias.clone())
        else:
            self.register_buffer("bias", bias, persistent=False)
        self.rank = rank
        self.dropped = 0.0  # the share of ranks left out at random while it trains
        self.merged = None

    @torch.no_grad()
    def merge(self, dtype):
        """Sums the weights once a step, as `dtype`; what is left out is drawn anew."""
        self.used = None
        if not self.rank:
            self.merged, self.plain = self.weight.to(dtype), self.bias.to(dtype)
            return
        if self.training and self.dropped:
            self.used = (torch.rand(self.rank, 1) >= self.dropped) / (1 - self.dropped)
        down = self.down if self.used is None else self.down * self.used
        self.merged = torch.addmm(self.weight, self.up, down).to(dtype)

    def forward(self, x):
        if not self.rank:
            return F.linear(x, self.merged, self.plain)
        down = self.down if self.used is None else self.down * self.used
        return LowRank.apply(x, self.merged, down, self.up, self.bias)


class Layer(nn.Module):
    """A BERT layer: attention and feed-forward, each normalised after its sum."""

    def __init__(self, weights, index, rank):
        super().__init__()
        name = f"encoder.layer.{index}."

        def linear(*parts):
            weight = torch.cat([weights[name + part + ".weight"] for part in parts])
            bias = torch.cat([weights[name + part + ".bias"] for part in parts])
            return Adapted(weight, bias, rank)

        def norm(part):
            made = nn.LayerNorm(HIDDEN, EPSILON)
            made.weight.data.copy_(weights[name + part + ".LayerNorm.weight"])
            made.bias.data.copy_(weights[name + part + ".LayerNorm.bias"])
            return made

        self.attend = linear("attention.self.query", "attention.self.key", "attention.self.value")
        self.gather = linear("attention.output.dense")
        self.widen = linear("intermediate.dense")
        self.narrow = linear("output.dense")
        self.norm1 = norm("attention.output")
        self.norm2 = norm("output")

    def forward(self, x, mask, prefix=None):
        """(states, keys, values) of `x` [batch, length, HIDDEN].

        `mask` [batch, length] is true for what may be attended to; `prefix` holds keys and values
        [batch, HEADS, length, size] and the mask of what is read before `x`.
        """
        batch, length, _ = x.shape
        q, k, v = self.attend(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        keys, values = k, v
        if prefix:
            keys, values = torch.cat([prefix[0], k], 2), torch.cat([prefix[1], v], 2)
            mask = torch.cat([prefix[2], mask], 1)
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill_(~mask, -1e9)[:, None, None, :]
        scores = (q * (HIDDEN // HEADS) ** -0.5) @ keys.transpose(2, 3)
        mixed = torch.softmax(scores + bias, -1) @ values
        x = self.norm1(x + self.gather(mixed.transpose(1, 2).reshape(batch, length, HIDDEN)))
        return self.norm2(x + self.narrow(F.gelu(self.widen(x)))), k, v


class Judge(nn.Module):
    """See the module. `dtype` is what the layers compute in; everything else is in single precision."""

    def __init__(self, model, apart=3, rank=24, dtype=torch.float32):
        super().__init__()
        weights = load_file(str(pathlib.Path(model) / "model.safetensors"))
        weights = {k.removeprefix("bert."): v.float() for k, v in weights.items()}
        self.apart, self.rank, self.dtype = apart, rank, dtype
        for name in ("word_embeddings", "position_embeddings", "token_type_embeddings"):
            self.register_buffer(name, weights[f"embeddings.{name}.weight"], persistent=False)
        self.register_buffer("norm_weight", weights["embeddings.LayerNorm.weight"], persistent=False)
        self.register_buffer("norm_bias", weights["embeddings.LayerNorm.bias"], persistent=False)
        self.lower = nn.ModuleList(Layer(weights, i, 0) for i in range(apart))
        self.lower.requires_grad_(False)
        self.upper = nn.ModuleList(Layer(weights, i, rank) for i in range(apart, LAYERS))
        sizes = [size + 1 for size in FEATURES.values()]
        self.register_buffer(
            "offsets", torch.tensor([sum(sizes[:i]) for i in range(len(sizes))]), persistent=False)
        self.features = nn.Parameter(torch.randn(sum(sizes), HIDDEN) * 0.02)
        self.sides = nn.Parameter(torch.randn(2, HIDDEN) * 0.02)
        self.center = nn.Parameter(torch.zeros(HIDDEN))
        self.likeness = nn.Parameter(torch.randn(LIKENESSES, HIDDEN) * 0.02)
        self.inner = nn.Linear(HIDDEN + LIKENESSES, 128)
        self.outer = nn.Linear(128, PLACES)
        nn.init.constant_(self.outer.bias, -2.0)
        self.maps = [m for m in self.modules() if isinstance(m, Adapted)]

    def merge(self):
        """Sums each adapted weight; needed after every change of them."""
        for each in self.maps:
            if each.rank or each.merged is None or each.merged.dtype != self.dtype:
                each.merge(self.dtype)

    @torch.no_grad()
    def read(self, ids, mask):
        """What the lower layers make of `ids` [batch, length]."""
        x = self.word_embeddings[ids] + self.position_embeddings[: ids.shape[1]]
        x = F.layer_norm(
            x + self.token_type_embeddings[0], (HIDDEN,), self.norm_weight, self.norm_bias, EPSILON)
        x = x.to(self.dtype)
        for layer in self.lower:
            x, _, _ = layer(x, mask)
        return x.float()

    def embed(self, rows):
        """The sum of the embeddings of `rows` [..., features]; `rows` are the first or, of three, the last."""
        offsets = self.offsets[FIXED_COUNT:] if rows.shape[-1] != FIXED_COUNT else self.offsets[:FIXED_COUNT]
        flat = (rows + offsets).reshape(-1, rows.shape[-1])
        counts = torch.zeros(len(flat), len(self.features))
        counts.scatter_(1, flat, 1.0)
        return (counts @ self.features).view(*rows.shape[:-1], HIDDEN)

    @torch.no_grad()
    def settle(self, states, mask):
        """Takes the mean of `states` [batch, length, HIDDEN] as what all states have in common."""
        self.center.copy_(states[mask].mean(0))

    def alike(self, explanations, explanation_ids, excerpts, excerpt_ids, pairs):
        """[pairs, length, LIKENESSES]: how like the explanation each piece of an excerpt is.

        The largest cosine with a piece of the explanation, of word embeddings and of states, and the
        cosine of the state with the mean of the explanation's. States are taken less their center;
        [CLS], [SEP] and padding of the explanation don't count. `pairs` are (explanations, excerpts).
        """
        own, other = pairs
        counts = (explanation_ids > 102)[:, None, :]
        words = self.word_embeddings
        e, x = F.normalize(words[explanation_ids], dim=-1), F.normalize(words[excerpt_ids], dim=-1)
        lexical = (x[other] @ e[own].transpose(1, 2)).masked_fill(~counts[own], -1).amax(-1)
        e, x = explanations - self.center, F.normalize(excerpts - self.center, dim=-1)
        mean = F.normalize((e * counts.transpose(1, 2)).sum(1), dim=-1)
        e, x = F.normalize(e, dim=-1), x[other]
        nearest = (x @ e[own].transpose(1, 2)).masked_fill(~counts[own], -1).amax(-1)
        return torch.stack([lexical, nearest, (x * mean[own][:, None]).sum(-1)], -1)

    def forward(self, explanations, explanation_mask, excerpts, excerpt_mask, pairs, likenesses):
        """Logits [pairs, length, PLACES] of the excerpts' pieces, [CLS] and [SEP] among them.

        `explanations` [texts, length, HIDDEN] and `excerpts` [pairs, length, HIDDEN] are states with
        their features' embeddings added; `pairs` says which explanation each excerpt is read with;
        `likenesses` are what `alike` gives.
        """
        e = (explanations + self.sides[0]).to(self.dtype)
        x = (excerpts + self.sides[1] + likenesses @ self.likeness).to(self.dtype)
        for layer in self.upper:
            e, keys, values = layer(e, explanation_mask)
            x, _, _ = layer(x, excerpt_mask, (keys[pairs], values[pairs], explanation_mask[pairs]))
        return self.outer(F.gelu(self.inner(torch.cat([x.float(), likenesses], -1))))
