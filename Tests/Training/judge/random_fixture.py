"""Writes the fixture of the engine's tests: a judge of rank 1 with random numbers, and what it says.

usage: python -m judge.random_fixture --model MINILM --out Tests/InterpretationTests/Fixtures/judge
"""

import argparse
import json
import pathlib

import torch
from safetensors.torch import save_file

from . import batches, pieces as cutting, train
from .model import Judge

EXPLANATIONS = [
    '"of" after a superlative, as in "the best of"', 'words ending in "-ing" or "-ed"',
    "Harbours, ships and the sea: a sailor's life", "the naïve café — \"déjà vu\" (1976)",
    "punctuation: comma or semicolon", 'letters "str" inside words']
EXCERPTS = [
    ["The", " best", " of", " men", ",", " said", " he", ":", " \"", "I", " am", " sail", "ing", " (",
     "to", "day", ")."],
    ["It", " wasn", "'t", " 19", "76", " in", " the", " ca", "fé", "\n", "New", " lines", " str", "eng",
     "then", " Mc", "Don", "ald", " USA", "!", " Why", "?"],
    ["a", " ", "b", "  ", "c", "½", " d’été", "—", "“", "quoted", "”", " end", "."]]
# How far the numbers that begin at 0 are moved.
SPREADS = {"center": 0.1, "features": 0.1, "sides": 0.1, "likeness": 0.1}


def random_judge(model):
    torch.manual_seed(5)
    judge = Judge(model, 3, 1)
    with torch.no_grad():
        for name, value in judge.named_parameters():
            spread = 0.05 if name.endswith(".up") else SPREADS.get(name)
            if spread:
                value.copy_(torch.randn_like(value) * spread)
        halves = {n: p.half().contiguous() for n, p in train.learned(judge).items()}
        for name, value in judge.named_parameters():
            if name in halves:
                value.copy_(halves[name].float())
    return judge, halves


def case(judge, pieces, excerpt, center, text):
    first, last = cutting.window(excerpt, center)
    low, high = batches.window_pieces(excerpt, first, last)
    sample = argparse.Namespace(texts=[text], windows=[(excerpt, first, last)])
    with torch.no_grad():
        logits = batches.expected(judge, pieces, [sample])[0][0][0]
    encoded, names = pieces.explanation(text)
    return {
        "explanation": text, "center": center, "window": [first, last], "pieces": [low, high],
        "explanationIDs": encoded.ids.tolist(), "explanationFeatures": encoded.features.tolist(),
        "ids": excerpt.encoded.ids[low:high].tolist(),
        "features": excerpt.encoded.features[low:high].tolist(),
        "matches": cutting.matches(excerpt.encoded, names)[excerpt.encoded.words[low:high]].tolist(),
        "places": excerpt.places[first:last].tolist(),
        "logits": [round(float(v), 5) for v in logits]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", required=True, help="folder")
    options = parser.parse_args()
    judge, halves = random_judge(options.model)
    pieces, cases = cutting.Pieces(options.model), []
    for tokens in EXCERPTS:
        excerpt = pieces.excerpt(tokens)
        for text in EXPLANATIONS:
            cases.append(
                {"tokens": tokens} | case(judge, pieces, excerpt, len(tokens) // 2, text))
    out = pathlib.Path(options.out)
    save_file(halves, str(out / "judge-tiny.safetensors"))
    made = {
        "piecesBefore": cutting.PIECES_BEFORE, "piecesAfter": cutting.PIECES_AFTER,
        "tables": judge.offsets.tolist(), "cases": cases}
    (out / "judge-tiny.json").write_text(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
