"""What the judge sees of a text beyond its lower-cased pieces: words, forms and places.

The engine computes the same in Swift: every rule here is plain, works on Unicode scalars and has no
exception that is not written down. A *word* is a run of letters (with apostrophes between letters), a
run of digits, or any other single character that isn't white space.
"""

import dataclasses
import re

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+|[^\w\s]|_")
QUOTES = "\"\u201c\u201d"
ENDS = ".!?"

# Names of punctuation marks in explanations, and the marks that they mean.
MARK_NAMES = {
    "comma": ",", "commas": ",", "semicolon": ";", "semicolons": ";", "colon": ":", "colons": ":",
    "period": ".", "periods": ".", "stop": ".", "dot": ".", "dots": ".", "hyphen": "-",
    "hyphens": "-", "dash": "-", "dashes": "-", "apostrophe": "'", "apostrophes": "'",
    "quote": "\"", "quotes": "\"", "quotation": "\"", "quotations": "\"", "parenthesis": "(",
    "parentheses": "(", "bracket": "[", "brackets": "[", "slash": "/", "slashes": "/",
    "asterisk": "*", "percent": "%", "underscore": "_", "exclamation": "!", "question": "?"}
# Marks that stand for others when a text is compared with an explanation.
MARK_ALIASES = {
    "\u201c": "\"", "\u201d": "\"", "`": "\"", "\u2018": "'", "\u2019": "'", "\u2013": "-",
    "\u2014": "-", ")": "(", "]": "["}
FUNCTION_WORDS = frozenset(
    """a about after all also an and another any are as at away be because been before being between
    both but by can did do does during each end ends ending for from had has have he her his i if in
    into is it its just like made may meaning more no nor not of off on one only or other out over own
    part piece right she so some something such than that the their them then there these they things
    this to under up used was we were what when where which while who with word words without would
    you your first second last next token letter letters""".split())


@dataclasses.dataclass
class Word:
    """A word of a text: where it stands and how it is written."""

    start: int
    end: int
    text: str
    key: str  # lower-cased; punctuation by its plain form
    casing: int
    before: int
    sentence_index: int = 0
    from_end: int = 0
    seen: int = 0
    quoted: int = 0
    parenthesis: int = 0


def casing(text):
    """0 lower, 1 capitalised, 2 capitals, 3 one capital, 4 mixed, 5 digits, 6 mark."""
    if text[0].isdigit():
        return 5
    if not text[0].isalpha():
        return 6
    if text.islower():
        return 0
    if len(text) == 1:
        return 3
    if text.isupper():
        return 2
    return 1 if text[0].isupper() and text[1:].islower() else 4


def before(text, start):
    """What stands before a word: 0 the beginning, 1 space, 2 line break, 3 a character."""
    if start == 0:
        return 0
    if text[start - 1] == "\n":
        return 2
    return 1 if text[start - 1].isspace() else 3


def words_of(text):
    """The words of `text` with their forms and places."""
    found, seen = [], {}
    index, quoted, depth = 0, 0, 0
    sentence = []
    for match in WORD.finditer(text):
        run = match.group()
        key = MARK_ALIASES.get(run, run.lower())
        word = Word(match.start(), match.end(), run, key, casing(run), before(text, match.start()))
        word.sentence_index = index
        word.seen = min(2, seen.get(key, 0))
        seen[key] = seen.get(key, 0) + 1
        if run in QUOTES:
            quoted = 1 - quoted if run == "\"" else int(run == "\u201c")
        depth = max(0, depth - 1) if run in ")]" else depth
        word.quoted, word.parenthesis = quoted, int(depth > 0)
        depth = depth + 1 if run in "([" else depth
        found.append(word)
        sentence.append(word)
        index += 1
        if run in ENDS:
            close(sentence)
            sentence, index = [], 0
    close(sentence)
    return found


def close(sentence):
    """Notes how many words come after each in its sentence."""
    for place, word in enumerate(sentence):
        word.from_end = len(sentence) - 1 - place


def bucket(number):
    """0, 1, 2, 3, then 4-5, 6-8, 9-14, 15-24, 25-40 and more."""
    for place, limit in enumerate((0, 1, 2, 3, 5, 8, 14, 24, 40)):
        if number <= limit:
            return place
    return 9


# --- What an explanation names -------------------------------------------------------------------

SUFFIX = re.compile(r"(?:^|[\s\"'(,/])-([a-z]{1,7})\b")
PREFIX = re.compile(r"(?:^|[\s\"'(,/])([a-z]{1,7})-(?=[\s\"',.;)/]|$)")
ENDING = re.compile(r"\b(?:end|ends|ending|suffix|suffixes)\b(?: in| with| on)?\s+(.*)$")
BEGINNING = re.compile(
    r"\b(?:begin|begins|beginning|start|starts|starting|prefix|prefixes)\b(?: with| in| on)?\s+(.*)$")
CONTAINING = re.compile(
    r"\b(?:contain|contains|containing|syllable|syllables|letters|letter|inside|spelled)\b\s+(.*)$")
STRING = re.compile(r"[\"\u201c]([^\"\u201d]{1,24})[\"\u201d]")
LEADING_STRINGS = re.compile(r"^(?:with |in |the )*(?:[\"\u201c]-?[^\"\u201d]{1,7}-?[\"\u201d](?:,? (?:or|and) |, )?)+")


@dataclasses.dataclass
class Naming:
    """What an explanation names: words in quotation marks and out of them, and parts of words."""

    quoted: set
    plain: set
    function: set
    marks: set
    suffixes: tuple
    prefixes: tuple
    insides: tuple

    @property
    def stems(self):
        return [w for w in self.plain | self.quoted if len(w) >= 4 and w[0].isalpha()]


def parts_after(pattern, text):
    """The strings in quotation marks that follow `pattern` at once."""
    found = pattern.search(text)
    strings = LEADING_STRINGS.match(found.group(1)) if found else None
    return [s.strip("-") for s in STRING.findall(strings.group())] if strings else []


def naming(explanation):
    """What `explanation` names."""
    lower = explanation.lower()
    suffixes = SUFFIX.findall(lower) + parts_after(ENDING, lower)
    prefixes = PREFIX.findall(lower) + parts_after(BEGINNING, lower)
    insides = parts_after(CONTAINING, lower)
    strings = [s.strip("-") or s for s in STRING.findall(lower)]
    quoted = {MARK_ALIASES.get(w, w) for s in strings for w in WORD.findall(s)}
    outside = set(WORD.findall(STRING.sub(" ", lower))) - quoted
    marks = {MARK_NAMES[w] for w in outside if w in MARK_NAMES}
    words = {w for w in outside if w[0].isalnum()}
    return Naming(
        quoted, words - FUNCTION_WORDS, words & FUNCTION_WORDS, marks,
        tuple(sorted(set(filter(None, suffixes)))), tuple(sorted(set(filter(None, prefixes)))),
        tuple(sorted(set(filter(None, insides)))))


MATCH_COUNT = 10


def match(names, key):
    """How a word is named by an explanation.

    0 not at all, 1 by its stem, 2 as a plain word, 3 in quotation marks, 4 by its suffix, 5 by its
    prefix, 6 by letters inside, 7 as a function word of the explanation, 8 a mark by its name.
    """
    if key in names.quoted:
        return 3
    if key in names.marks:
        return 8
    if key in names.plain:
        return 2
    if key in names.function:
        return 7
    if not key[0].isalpha():
        return 0
    if any(key.endswith(s) and len(key) > len(s) for s in names.suffixes):
        return 4
    if any(key.startswith(p) and len(key) > len(p) for p in names.prefixes):
        return 5
    if any(i in key for i in names.insides):
        return 6
    return int(len(key) >= 4 and any(same_stem(key, other) for other in names.stems))


def same_stem(one, other):
    """Whether two words share at least four first letters and all but the last three."""
    shared = 0
    for a, b in zip(one, other):
        if a != b:
            break
        shared += 1
    return shared >= 4 and shared >= max(len(one), len(other)) - 3
