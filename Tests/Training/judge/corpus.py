"""Every word of the training texts in flat arrays, so that a function of a text is a few array steps."""

import lemminflect
import numpy as np

from . import labelled
from . import text as texts
from .pieces import FIRST, LAST

TAGS = {
    "VBD": "past", "VBN": "participle", "VBG": "ing", "VBZ": "third", "NNS": "plural",
    "JJR": "comparative", "JJS": "superlative"}
CLOSED = {
    "preposition": """of in to for with on by at from into about against between through during before
        after above below under over upon within without among toward towards beside beyond""",
    "article": "the a an",
    "pronoun": "i you he she it we they me him her us them thou thee ye",
    "possessive": "my your his her its our their thy mine yours hers ours theirs thine",
    "conjunction": "and or but nor yet because although though unless while whereas",
    "modal": "can could may might must shall should will would",
    "be": "be am is are was were been being",
    "have": "have has had having hath",
    "negation": "not no never none nothing nobody neither nor cannot without",
    "demonstrative": "this that these those",
    "question": "who whom whose what which when where why how",
    "quantifier": "all any both each every few many more most much several some such",
    "number": """one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
        hundred thousand million first second third""",
    "reflexive": "myself yourself himself herself itself ourselves themselves thyself",
    "degree": "very so too quite rather almost extremely more most less least"}


class Corpus:
    """The texts of a pool. Arrays have an entry for each word of each text, one text after another."""

    def __init__(self, path, pieces, wordnet, limit=None):
        self.tokens, self.excerpts = [], []
        columns, ids, self.words = [], {}, []
        self.starts = [0]
        for number, tokens in enumerate(labelled.texts(path)[:limit]):
            found = texts.words_of("".join(tokens))
            for place, w in enumerate(found):
                key = ids.setdefault(w.key, len(ids))
                columns.append((
                    key, number, w.start, w.end, w.casing, w.before, w.sentence_index, w.from_end,
                    w.seen, w.quoted, w.parenthesis, place, len(found) - 1 - place))
            self.tokens.append(tokens)
            self.starts.append(len(columns))
        self.words = list(ids)
        self.ids = ids
        names = ("key", "text", "start", "end", "casing", "before", "sentence_index", "from_end",
                 "seen", "quoted", "parenthesis", "index", "remaining")
        for name, column in zip(names, np.array(columns, np.int32).T):
            setattr(self, name, np.ascontiguousarray(column))
        self.counts = np.bincount(self.key, minlength=len(self.words))
        self.pieces, self.wordnet = pieces, wordnet
        self.cached = {}
        self.classify()

    def excerpt(self, number):
        """A text as pieces, encoded once."""
        if number not in self.cached:
            self.cached[number] = self.pieces.excerpt(self.tokens[number])
        return self.cached[number]

    def cut(self):
        """Of each word that the subject cuts: its first and last token, as numbers; else -1."""
        self.first_token = np.full(len(self.key), -1, np.int32)
        self.last_token = np.full(len(self.key), -1, np.int32)
        self.token_ids = {}
        for number, tokens in enumerate(self.tokens):
            excerpt = self.excerpt(number)
            words = excerpt.encoded.words
            for column, place, owners in ((self.first_token, FIRST, words[excerpt.first]),
                                          (self.last_token, LAST, words[excerpt.last])):
                for t in np.flatnonzero(excerpt.places == place):
                    token = tokens[t].strip().lower()
                    column[self.starts[number] + owners[t]] = self.token_ids.setdefault(
                        token, len(self.token_ids))
        self.token_names = list(self.token_ids)

    def classify(self):
        """Parts of speech, inflections and senses of every word."""
        size = len(self.words)
        self.classes = {name: np.zeros(size, bool) for name in (
            "noun", "verb", "adjective", "adverb", "letters", "noun or verb", *TAGS.values(), *CLOSED)}
        self.senses, self.members = {}, {}
        closed = {w: name for name, words in CLOSED.items() for w in words.split()}
        for number, word in enumerate(self.words):
            if not word[0].isalpha():
                continue
            self.classes["letters"][number] = True
            for name, words in CLOSED.items():
                if word in words.split():
                    self.classes[name][number] = True
            if word in closed or len(word) < 3:
                continue
            lemmas = lemminflect.getAllLemmas(word)
            self.classes["noun or verb"][number] = "NOUN" in lemmas and "VERB" in lemmas
            usual = self.wordnet.usual(word)
            if usual:
                self.note(number, word, usual)

    def note(self, number, word, usual):
        letter, lemma, sense = usual
        name = {"n": "noun", "v": "verb", "a": "adjective", "r": "adverb"}[letter]
        self.classes[name][number] = True
        self.senses[number] = sense
        if word != lemma:
            for tag, label in TAGS.items():
                if tag[0] == {"n": "N", "v": "V", "a": "J", "r": "R"}[letter]:
                    if word in lemminflect.getInflection(lemma, tag):
                        self.classes[label][number] = True
        for above in [sense, *self.wordnet.ancestors(sense)]:
            self.members.setdefault(above, []).append(number)

    def has(self, keys):
        """Where a word is one of `keys`, a mask over the vocabulary."""
        return keys[self.key]
