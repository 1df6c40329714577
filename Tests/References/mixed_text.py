"""The mixed text of the tokenizers' tests: chunks of 64 KB, each made from its number alone.

Tests/TransformerEngineTests/Support/MixedText.swift makes the same ones.
"""

import pathlib

FIXTURES = pathlib.Path(__file__).parents[1] / "TransformerEngineTests/Fixtures/tokenizers"
CHUNK_BYTES = 65536
MASK = (1 << 64) - 1
SEPARATORS = [b"", b" ", b"\n", b" ", b"  ", b"\t", b" ", b"\r\n"]
SPACES = [0x20, 0x20, 0x20, 0x0A, 0x09, 0x0D, 0x0B, 0x85, 0xA0, 0x2003, 0x3000, 0x2028]
WIDTHS = {"x": 2, "u": 4, "U": 8}


class Generator:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        return z ^ z >> 31

    def below(self, count):
        return self.next() % count


def unescaped(line):
    out, i = "", 0
    while i < len(line):
        if line[i] != "\\":
            out += line[i]
            i += 1
            continue
        kind = line[i + 1]
        width = WIDTHS.get(kind, 0)
        out += chr(int(line[i + 2:i + 2 + width], 16)) if width else {"n": "\n", "r": "\r", "t": "\t"}.get(kind, kind)
        i += 2 + width
    return out


def seed_lines():
    text = (FIXTURES / "seed_lines.txt").read_text(encoding="utf-8")
    return [unescaped(line) for line in text.split("\n") if line]


def scalar(value):
    value %= 0x33480
    return "\ufffd" if 0xD800 <= value < 0xE000 else chr(value)


def part(g, lines):
    kind = g.below(16)
    if kind < 7:
        return lines[g.below(len(lines))].encode()
    if kind < 9:
        line = lines[g.below(len(lines))]
        start = g.below(len(line))
        return line[start:start + 1 + g.below(24)].encode()
    if kind < 11:
        letters = "etaoinshrdlucmfwypvbgkqjxzETAOINS"
        return "".join(letters[g.below(g.below(33) + 1)] for _ in range(1 + g.below(12))).encode()
    if kind == 11:
        return "".join("0123456789.,:-/% "[g.below(17)] for _ in range(1 + g.below(14))).encode()
    if kind == 12:
        return "".join(chr(SPACES[g.below(len(SPACES))]) for _ in range(1 + g.below(6))).encode()
    if kind == 13:
        return "".join(scalar(g.next() >> 20) for _ in range(1 + g.below(6))).encode()
    if kind == 14:
        return bytes(g.below(256) for _ in range(1 + g.below(8)))
    line = lines[g.below(len(lines))]
    return (line[g.below(len(line))] * (1 + g.below(40))).encode()


def chunk(number, lines):
    """Chunk `number`: bytes that aren't UTF-8 have become U+FFFD."""
    g = Generator(number)
    out = b""
    while len(out) < CHUNK_BYTES:
        out += part(g, lines) + SEPARATORS[g.below(8)]
    return out[:CHUNK_BYTES].decode("utf-8", "replace")


def fingerprint(ids):
    """FNV-1a over whole ids."""
    value = 0xCBF29CE484222325
    for token in ids:
        value = ((value ^ token) * 0x100000001B3) & MASK
    return f"{value:016x}"
