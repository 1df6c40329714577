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

from .pieces import FEATURES

HIDDEN, HEADS, LAYERS, EPSILON = 384, 12, 6, 1e-12
PLACES = 5
LIKENESSES = 3


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

    def forward(self, x):
        y = F.linear(x, self.weight, self.bias)
        return y + F.linear(F.linear(x, self.down), self.up) if self.rank else y


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
        mixed = F.scaled_dot_product_attention(q, keys, values, attn_mask=mask[:, None, None, :])
        x = self.norm1(x + self.gather(mixed.transpose(1, 2).reshape(batch, length, HIDDEN)))
        return self.norm2(x + self.narrow(F.gelu(self.widen(x)))), k, v


class Judge(nn.Module):
    """See the module."""

    def __init__(self, model, apart=3, rank=24):
        super().__init__()
        weights = load_file(str(pathlib.Path(model) / "model.safetensors"))
        weights = {k.removeprefix("bert."): v.float() for k, v in weights.items()}
        self.apart, self.rank = apart, rank
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

    @torch.no_grad()
    def read(self, ids, mask):
        """What the lower layers make of `ids` [batch, length]."""
        x = self.word_embeddings[ids] + self.position_embeddings[: ids.shape[1]]
        x = F.layer_norm(
            x + self.token_type_embeddings[0], (HIDDEN,), self.norm_weight, self.norm_bias, EPSILON)
        for layer in self.lower:
            x, _, _ = layer(x, mask)
        return x

    def embed(self, rows):
        """The sum of the embeddings of `rows` [..., features]."""
        flat = (rows + self.offsets[: rows.shape[-1]]).reshape(-1, rows.shape[-1])
        return F.embedding_bag(flat, self.features, mode="sum").view(*rows.shape[:-1], HIDDEN)

    @torch.no_grad()
    def settle(self, states, mask):
        """Takes the mean of `states` [batch, length, HIDDEN] as what all states have in common."""
        self.center.copy_(states[mask].mean(0))

    def alike(self, explanations, explanation_ids, excerpts, excerpt_ids):
        """[pairs, length, LIKENESSES]: how like the explanation each piece of an excerpt is.

        The largest cosine with a piece of the explanation, of word embeddings and of states, and the
        cosine of the state with the mean of the explanation's. States are taken less their center;
        [CLS], [SEP] and padding of the explanation don't count.
        """
        counts = (explanation_ids > 102)[:, None, :]
        words = self.word_embeddings
        e, x = F.normalize(words[explanation_ids], dim=-1), F.normalize(words[excerpt_ids], dim=-1)
        lexical = (x @ e.transpose(1, 2)).masked_fill(~counts, -1).amax(-1)
        e, x = explanations - self.center, F.normalize(excerpts - self.center, dim=-1)
        mean = F.normalize((e * counts.transpose(1, 2)).sum(1), dim=-1)
        e = F.normalize(e, dim=-1)
        nearest = (x @ e.transpose(1, 2)).masked_fill(~counts, -1).amax(-1)
        return torch.stack([lexical, nearest, (x * mean[:, None]).sum(-1)], -1)

    def forward(self, explanations, explanation_mask, excerpts, excerpt_mask, pairs, likenesses):
        """Logits [pairs, length, PLACES] of the excerpts' pieces, [CLS] and [SEP] among them.

        `explanations` [texts, length, HIDDEN] and `excerpts` [pairs, length, HIDDEN] are states with
        their features' embeddings added; `pairs` says which explanation each excerpt is read with;
        `likenesses` are what `alike` gives.
        """
        e = explanations + self.sides[0]
        x = excerpts + self.sides[1] + likenesses @ self.likeness
        for layer in self.upper:
            e, keys, values = layer(e, explanation_mask)
            x, _, _ = layer(x, excerpt_mask, (keys[pairs], values[pairs], explanation_mask[pairs]))
        return self.outer(F.gelu(self.inner(torch.cat([x, likenesses], -1))))
