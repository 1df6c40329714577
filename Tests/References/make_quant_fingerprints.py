"""Writes Tests/TransformerEngineTests/Fixtures/quant_fingerprints.json: what becomes of 256 random
blocks of each type, bit by bit, as ggml's own Python package (`gguf`, 0.19.0 was used) expands them.

The blocks are SplitMix64's bytes, the type's number in GGUF being the seed; QuantizedBlocksTests
makes the same ones. The second highest bit of every half is cleared, so that none is infinite.

usage: python make_quant_fingerprints.py
"""

import json
import pathlib

import numpy
from gguf import GGMLQuantizationType as Type
from gguf.constants import GGML_QUANT_SIZES
from gguf.quants import dequantize

from mixed_text import Generator

BLOCKS = 256
OUTPUT = pathlib.Path(__file__).parents[1] / "TransformerEngineTests/Fixtures/quant_fingerprints.json"
# Where a block's halves are.
HALVES = {
    "F16": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0],
    "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "BF16": [0],
}


def fingerprint(bits):
    value = 0xCBF29CE484222325
    for number in bits.tolist():
        value = ((value ^ number) * 0x100000001B3) & (1 << 64) - 1
    return f"{value:016x}"


def main():
    found = {}
    for name, places in HALVES.items():
        kind = Type[name]
        size = GGML_QUANT_SIZES[kind][1]
        g = Generator(kind.value)
        data = numpy.array([g.next() >> 56 for _ in range(BLOCKS * size)], dtype=numpy.uint8)
        blocks = data.reshape(BLOCKS, size)
        for place in places:
            blocks[:, place + 1] &= 0xBF
        floats = dequantize(data.reshape(1, -1), kind).astype(numpy.float32)
        found[name] = fingerprint(floats.reshape(-1).view(numpy.uint32))
    OUTPUT.write_text(json.dumps(found, indent=1) + "\n")


main()
