"""Texts cut into WordPiece pieces, with the features of each and the subject's tokens beside them."""

import bisect
import dataclasses
import pathlib

import numpy as np
from tokenizers import BertWordPieceTokenizer

from . import text as texts

CLS, SEP = 101, 102
# Values of each feature of a piece; 0 of every table is for [CLS], [SEP] and padding.
FEATURES = {
    "casing": 7, "before": 5, "place": 4, "index": 10, "remaining": 10, "sentenceIndex": 10,
    "sentenceRemaining": 10, "seen": 3, "enclosed": 4, "match": 10, "matchBefore": 10,
    "matchAfter": 10}
FIXED_COUNT = len(FEATURES) - 3
# Where a token stands in its word: the judge's head has one output for each.
WHOLE, FIRST, INNER, LAST, NONE = range(5)
# At most so many pieces of one token count.
TOKEN_PIECES_MAX = 5
PIECES_BEFORE, PIECES_AFTER = 20, 6
# Explanations that are kept; then all are forgotten.
CACHED_MAX = 20_000
EXPLANATION_PIECES_MAX = 30


@dataclasses.dataclass
class Encoded:
    """A text as pieces. Arrays have one row a piece; `words` names each piece's word."""

    ids: np.ndarray
    features: np.ndarray  # [pieces, FIXED_COUNT], from 1
    words: np.ndarray
    keys: list  # of each word
    starts: list
    ends: list


@dataclasses.dataclass
class Excerpt:
    """An excerpt of a subject: pieces, and of each token its first and last piece and its place."""

    encoded: Encoded
    first: np.ndarray
    last: np.ndarray
    places: np.ndarray


class Pieces:
    """Cuts texts as all-MiniLM-L6-v2 does."""

    def __init__(self, model):
        self.tokenizer = BertWordPieceTokenizer(
            str(pathlib.Path(model) / "vocab.txt"), lowercase=True, strip_accents=True,
            clean_text=True, handle_chinese_chars=True)
        self.cache, self.matched = {}, {}

    def encode(self, text):
        """The pieces of `text`, without [CLS] and [SEP]."""
        cut = self.tokenizer.encode(text, add_special_tokens=False)
        words = texts.words_of(text)
        word_starts = [w.start for w in words]
        starts = [s for s, _ in cut.offsets]
        ends = [e for _, e in cut.offsets]
        owners = [max(0, bisect.bisect_right(word_starts, s) - 1) for s in starts]
        rows = np.zeros((len(starts), FIXED_COUNT), np.int16)
        for row, owner in enumerate(owners):
            word = words[owner]
            begins = row == 0 or owners[row - 1] != owner
            finishes = row + 1 == len(owners) or owners[row + 1] != owner
            place = WHOLE if begins and finishes else FIRST if begins else LAST if finishes else INNER
            rows[row] = (
                word.casing, word.before if begins else 4, place, texts.bucket(owner),
                texts.bucket(len(words) - 1 - owner), texts.bucket(word.sentence_index),
                texts.bucket(word.from_end), word.seen, word.quoted + 2 * word.parenthesis)
        return Encoded(
            np.array(cut.ids, np.int32), rows + 1, np.array(owners, np.int32),
            [w.key for w in words], starts, ends)

    def explanation(self, text):
        """The pieces of an explanation and what it names; kept."""
        if text not in self.cache:
            if len(self.cache) > CACHED_MAX:
                self.cache, self.matched = {}, {}
            encoded = self.encode(text)
            encoded.ids = encoded.ids[:EXPLANATION_PIECES_MAX]
            encoded.features = encoded.features[:EXPLANATION_PIECES_MAX]
            self.cache[text] = (encoded, texts.naming(text))
        return self.cache[text]

    def named(self, excerpt, low, high, names):
        """[high - low, 3]: how an explanation names the word of each piece, the one before and after it."""
        encoded = excerpt.encoded
        owners = encoded.words[low:high]
        begin, end = max(0, int(owners[0]) - 1), min(len(encoded.keys), int(owners[-1]) + 2)
        known = self.matched.setdefault(id(names), (names, {}))[1]
        own = np.ones(end - begin + 2, np.int64)  # 1 beyond the text's ends, and where nothing is named
        for place, key in enumerate(encoded.keys[begin:end], 1):
            if key not in known:
                known[key] = texts.match(names, key)
            own[place] += known[key]
        at = owners - begin + 1
        return np.stack([own[at], own[at - 1], own[at + 1]], 1)

    def excerpt(self, tokens):
        """An excerpt of the subject's `tokens`, which joined are its text."""
        text = "".join(tokens)
        encoded = self.encode(text)
        spans = [(w.start, w.end) for w in texts.words_of(text)]
        word_ends = [e for _, e in spans]
        first, last, places, position = [], [], [], 0
        for token in tokens:
            start = position + len(token) - len(token.lstrip())
            position += len(token)
            low = bisect.bisect_right(encoded.ends, start)
            high = bisect.bisect_left(encoded.starts, position) - 1
            if start >= position or high < low:
                low = high = min(low, max(0, len(encoded.starts) - 1))
                place = NONE
            else:
                begin, end = spans[min(bisect.bisect_right(word_ends, start), len(spans) - 1)]
                place = (WHOLE if start <= begin and position >= end else FIRST if start <= begin
                         else LAST if position >= end else INNER)
            first.append(low)
            last.append(min(high, low + TOKEN_PIECES_MAX - 1))
            places.append(place)
        return Excerpt(encoded, np.array(first), np.array(last), np.array(places))


def window(excerpt, center):
    """The tokens (first, end) around token `center` that fit into the judge's window of pieces."""
    low = high = center
    first, last = excerpt.first, excerpt.last
    while low > 0 and last[center] - first[low - 1] < PIECES_BEFORE:
        low -= 1
    while high + 1 < len(first) and last[high + 1] - last[center] < PIECES_AFTER:
        high += 1
    return low, high + 1


def aside(center, count, chance):
    """A token near `center`, of `count`, so that a window around it has `center` anywhere.

    `chance` from 0 to 1 says where: windows that always peaked at one place would tell the peak.
    """
    return min(max(0, center - 4 + int(chance * 20)), count - 1)


def matches(encoded, names):
    """[words, 3]: how an explanation names each word, the one before it and the one after it, from 1."""
    own = [texts.match(names, key) for key in encoded.keys]
    rows = np.ones((len(own), 3), np.int16)
    rows[:, 0] += own
    rows[1:, 1] += own[:-1]
    rows[:-1, 2] += own[1:]
    return rows
