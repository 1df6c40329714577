"""MiniLM alone on the same questions: the cosine of the text with what stands around the peaks.

usage: python -m judge.baseline --model FOLDER --units FILE [--held]
"""

import argparse

import numpy as np
import torch
from torch.nn import functional as F

from . import batches, readout, real
from .model import Judge
from .pieces import Pieces

BEFORE, AFTER = 5, 2


@torch.no_grad()
def embedded(judge, pieces, texts):
    """Sentence embeddings [texts, HIDDEN]: the mean of the last layer, of length 1."""
    judge.merge()
    found = []
    for start in range(0, len(texts), 256):
        framed = [batches.framed(e.ids, e.features)[0]
                  for e in (pieces.encode(t) for t in texts[start:start + 256])]
        ids, mask = batches.padded(framed)
        states = judge.read(ids, mask) * mask[..., None]
        found.append(F.normalize(states.sum(1) / mask.sum(1, keepdim=True), dim=-1))
    return torch.cat(found).numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--units", required=True)
    parser.add_argument("--held", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    judge, pieces = Judge(options.model, apart=6), Pieces(options.model)
    units = real.Units(options.units, pieces)
    chosen = units.held if options.held else units.all
    units.find_neighbours(chosen)
    first, against = [], {}
    for unit in chosen:
        question = units.question(unit)
        around, height = [], []
        drawn = [e for kind in sorted(unit.excerpts)
                 for e in [x for x in unit.excerpts[kind] if x[1]][:6]]
        for text, _, activations in drawn:
            peak = int(activations.argmax())
            around.append("".join(units.tokens[text][max(0, peak - BEFORE):peak + AFTER + 1]))
            height.append(float(activations.max()))
        windows = embedded(judge, pieces, around)
        cosines = embedded(judge, pieces, question.texts) @ windows.T
        score = readout.pearson(cosines, np.array(height))
        rivals = [i for i, k in enumerate(question.kinds) if i and not k.startswith("graded")][:4]
        first.append(all(score[i] < score[0] for i in rivals))
        for i, kind in enumerate(question.kinds):
            if i:
                against.setdefault(kind, []).append(float(score[0] > score[i]))
    print(f"first of five {np.mean(first):.3f} of {len(first)}",
          {k: (round(float(np.mean(v)), 3), len(v)) for k, v in sorted(against.items())})


if __name__ == "__main__":
    main()
