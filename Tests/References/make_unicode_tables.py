"""Writes Sources/TransformerEngine/Tokenizers/UnicodeTables.swift: the classes, decompositions and
lower case of every scalar as Hugging Face's `tokenizers` has them.

Each of its parts has Unicode data of another version (its patterns 16, Rust's 17, BERT's categories 8),
so what a part does to each scalar is asked of the part itself. Needs `tokenizers` (0.23.3 was used).

usage: python make_unicode_tables.py
"""

import pathlib
import unicodedata

from tokenizers import Regex, normalizers, pre_tokenizers

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
OUTPUT = pathlib.Path(__file__).parents[2] / "Sources/TransformerEngine/Tokenizers/UnicodeTables.swift"
HANGUL = range(0xAC00, 0xD7A4)


def pieces(pre_tokenizer, scalar):
    return len(pre_tokenizer.pre_tokenize_str("\x01" + chr(scalar) + "\x01"))


def isolated_by(pattern):
    split = pre_tokenizers.Split(Regex(pattern), "isolated")
    return {c for c in SCALARS if pieces(split, c) > 1}


def bert(**which):
    options = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    normalizer = normalizers.BertNormalizer(**{**options, **which})
    return {c: t for c in SCALARS if (t := normalizer.normalize_str(chr(c))) != chr(c)}


def combining_classes():
    """The class of each scalar that canonical ordering moves."""
    normalizer = normalizers.NFD()
    # One scalar of each class there is, as this Python's Unicode has them.
    probes = {}
    for c in SCALARS:
        if k := unicodedata.combining(chr(c)):
            plain = normalizer.normalize_str(chr(c)) == chr(c)
            if plain and k not in probes:
                probes[k] = chr(c)
    classes = {}
    highest = max(probes)
    for c in SCALARS:
        if c in HANGUL or normalizer.normalize_str(chr(c)) != chr(c):
            continue
        # It moves before a mark of a higher class, and stays behind one of its own or a lower class.
        if normalizer.normalize_str("a" + probes[highest] + chr(c)) == "a" + probes[highest] + chr(c):
            if normalizer.normalize_str("a" + chr(c) + probes[1]) != "a" + chr(c) + probes[1]:
                classes[c] = highest
            continue
        classes[c] = max(
            k for k in probes
            if k == 1 or normalizer.normalize_str("a" + probes[k] + chr(c)) == "a" + probes[k] + chr(c))
        if normalizer.normalize_str("a" + probes[1] + chr(c)) != "a" + probes[1] + chr(c):
            raise SystemExit(f"{c:X} has a class below 1")
    return classes


def base36(n):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while True:
        n, d = divmod(n, 36)
        text = digits[d] + text
        if n == 0:
            return text


def ranges(scalars):
    """`gap` or `gap,more` each: how far from the last range's end, and how many more follow."""
    out, end = [], 0
    for c in sorted(scalars):
        if out and c == out[-1][1] + 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    words = []
    for first, last in out:
        words.append(base36(first - end) + ("," + base36(last - first) if last > first else ""))
        end = last
    return words


def mapping(targets):
    """`gap:target,target...` each: how far from the last scalar."""
    words, last = [], 0
    for c in sorted(targets):
        words.append(base36(c - last) + ":" + ",".join(base36(ord(t)) for t in targets[c]))
        last = c
    return words


def runs(targets):
    """`gap:step,more,target` each: scalars `step` apart whose targets are as far apart."""
    out = []
    for c in sorted(targets):
        t = ord(targets[c])
        if out:
            first, step, count, target = out[-1]
            for candidate in ([step] if count > 1 else [1, 2]):
                if c == first + candidate * count and t == target + candidate * count:
                    out[-1] = (first, candidate, count + 1, target)
                    break
            else:
                out.append((c, 1, 1, t))
        else:
            out.append((c, 1, 1, t))
    words, last = [], 0
    for first, step, count, target in out:
        words.append(f"{base36(first - last)}:{step},{base36(count - 1)},{base36(target)}")
        last = first
    return words


def literal(name, comment, words):
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) + 1 > 92:
            lines.append(line + " \\")
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    text = "\n".join("    " + line for line in lines)
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{text}\n    """\n'


def main():
    letters, numbers, spaces = isolated_by(r"\p{L}"), isolated_by(r"\p{N}"), isolated_by(r"\s")
    digits = {c for c in SCALARS if pieces(pre_tokenizers.Digits(individual_digits=True), c) > 1}
    bert_pieces = {c: pieces(pre_tokenizers.BertPreTokenizer(), c) for c in SCALARS}
    assert {c for c, n in bert_pieces.items() if n == 2} == spaces
    cleaned = bert(clean_text=True)
    stripped = bert(strip_accents=True)
    lowered = bert(lowercase=True)
    ideographs = set(bert(handle_chinese_chars=True))
    # Cleaning drops controls first, vertical tabs and U+0085 among them.
    assert {c for c, t in cleaned.items() if t == " "} | {0x20} < spaces
    assert all(cleaned.get(c, " ") in " " for c in spaces)
    assert numbers <= digits and not digits & (letters | spaces)
    classes = combining_classes()
    marks = {c for c, t in stripped.items() if t == ""}
    moved = {c: k for c, k in classes.items() if c not in marks}
    print(len(letters), "letters", len(marks), "marks", len(moved), "moved")
    parts = [
        literal("letters", "`\\p{L}`.", ranges(letters)),
        literal("numbers", "`\\p{N}`.", ranges(numbers)),
        literal("laterNumbers", "Numbers to `Digits` alone, whose Unicode is younger.",
                ranges(digits - numbers)),
        literal("spaces", "`\\s`.", ranges(spaces)),
        literal("punctuation", "What BERT's pre-tokenizer splits off.",
                ranges(c for c, n in bert_pieces.items() if n == 3)),
        literal("controls", "What BERT's cleaning drops.",
                ranges(c for c, t in cleaned.items() if t == "")),
        literal("ideographs", "What BERT puts spaces around.", ranges(ideographs)),
        literal("marks", "What BERT's stripping of accents drops.", ranges(marks)),
        literal("startingMarks", "Those of them that canonical ordering doesn't move.",
                ranges(c for c in marks
                       if any(ord(t) not in classes for t in normalizers.NFD().normalize_str(chr(c))))),
        literal("movedMarks", "Combining classes of what it moves and BERT keeps.",
                [f"{w.split(':')[0]}:{base36(k)}" for w, k in
                 zip(mapping({c: 'a' for c in moved}), (moved[c] for c in sorted(moved)))]),
        literal("lowerCase", "Lower case, but for U+0130, which has two scalars.",
                runs({c: t for c, t in lowered.items() if len(t) == 1})),
        literal("withoutAccents", "Canonical decompositions without marks, but for Hangul.",
                mapping({c: t for c, t in stripped.items() if t and c not in HANGUL})),
    ]
    assert [c for c, t in lowered.items() if len(t) != 1] == [0x130]
    header = (
        "/// What Unicode says of each scalar, as Hugging Face's tokenizers 0.23.3 has it; written by\n"
        "/// Tests/References/make_unicode_tables.py, read by ``UnicodeClasses`` and ``UnicodeFolding``.\n"
        "///\n"
        "/// Numbers are in base 36. In ranges each word is the gap from the end of the last, and how many\n"
        "/// scalars follow the first.\n"
        "enum UnicodeTables {\n")
    OUTPUT.write_text(header + "\n".join(parts) + "}\n")


main()
