"""Writes a trained judge for the engine: the adapter in half precision, its configuration, a fixture."""

import argparse
import json
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file

from . import batches, pieces as cutting, readout, real, train

VERSION = 3
# The r of which nobody can tell whether it is a truth's, and the width of the score around it.
CENTER, WIDTH = 0.28, 0.10


def configuration(judge):
    """What the engine must know beside the weights."""
    offset, tables = 0, []
    for name, size in cutting.FEATURES.items():
        tables.append({"name": name, "offset": offset, "count": size + 1})
        offset += size + 1
    return {
        "version": VERSION, "layersApart": judge.apart, "rank": judge.rank, "features": tables,
        "piecesBefore": cutting.PIECES_BEFORE, "piecesAfter": cutting.PIECES_AFTER,
        "tokenPiecesMax": cutting.TOKEN_PIECES_MAX,
        "explanationPiecesMax": cutting.EXPLANATION_PIECES_MAX,
        "readout": {"floor": readout.FLOOR, "center": CENTER, "width": WIDTH}}


def fixture(judge, pieces, units, count=3):
    """A few units' explanations and excerpts with every number on the way to the token's logits."""
    cases = []
    for unit in units.held[:count]:
        question = units.question(unit, per_kind=1, others=0)
        with torch.no_grad():
            logits = batches.expected(judge, pieces, [question])[0]
        for (excerpt, first, last), rows in list(zip(question.windows, logits))[:2]:
            number = next(n for n, e in units.cached.items() if e is excerpt)
            low, high = batches.window_pieces(excerpt, first, last)
            encoded, names = pieces.explanation(question.texts[0])
            cases.append({
                "explanation": question.texts[0], "tokens": units.tokens[number],
                "window": [first, last], "pieces": [low, high],
                "explanationIDs": encoded.ids.tolist(),
                "explanationFeatures": encoded.features.tolist(),
                "ids": excerpt.encoded.ids[low:high].tolist(),
                "features": excerpt.encoded.features[low:high].tolist(),
                "matches": cutting.matches(excerpt.encoded, names)[
                    excerpt.encoded.words[low:high]].tolist(),
                "places": excerpt.places[first:last].tolist(),
                "logits": [round(float(v), 5) for v in rows[0]]})
    return cases


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--judge", required=True, nargs="+", help="checkpoints that train.py wrote")
    parser.add_argument("--units", required=True, help="labelled units, for the fixture")
    parser.add_argument("--out", required=True, help="folder")
    options = parser.parse_args()
    judge = train.judge_of(options.model, options.judge)
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    halves = {n: p.half().contiguous() for n, p in train.learned(judge).items()}
    save_file(halves, str(out / "judge.safetensors"))
    with torch.no_grad():  # the fixture is of the weights as written
        for name, value in dict(judge.named_parameters()).items():
            if name in halves:
                value.copy_(halves[name].float())
    (out / "judge.json").write_text(json.dumps(configuration(judge), indent=1) + "\n")
    pieces = cutting.Pieces(options.model)
    cases = fixture(judge, pieces, real.Units(options.units, pieces))
    (out / "judge-fixture.json").write_text(json.dumps(cases) + "\n")
    size = (out / "judge.safetensors").stat().st_size
    print(f"{size:,} bytes, {sum(v.numel() for v in halves.values()):,} parameters, {len(cases)} cases")


if __name__ == "__main__":
    main()
