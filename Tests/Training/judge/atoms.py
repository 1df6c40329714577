"""Classes of words that explanations speak of, each with its names and its relatives."""

import dataclasses
import re
import zlib

import numpy as np
import lemminflect

from .corpus import CLOSED
from .pieces import FIRST, LAST
from .text import FUNCTION_WORDS

MARKS = {
    ",": "comma", ";": "semicolon", ":": "colon", ".": "full stop", "?": "question mark",
    "!": "exclamation mark", "-": "hyphen", "\"": "quotation mark", "(": "parenthesis",
    "'": "apostrophe", "/": "slash", "[": "square bracket", "*": "asterisk", "%": "percent sign"}
CLASSES = {
    "noun": ("nouns", "a noun"), "verb": ("verbs", "a verb"), "adjective": ("adjectives", "an adjective"),
    "adverb": ("adverbs", "an adverb"), "past": ("past tense verbs", "a verb in the past tense"),
    "participle": ("past participles", "a past participle"), "ing": ("verbs in -ing", "an -ing verb"),
    "third": ("verbs in the third person singular", "a verb in the third person"),
    "plural": ("plural nouns", "a plural noun"), "comparative": ("comparatives", "a comparative"),
    "superlative": ("superlatives", "a superlative"), "preposition": ("prepositions", "a preposition"),
    "article": ("articles", "an article"), "pronoun": ("personal pronouns", "a pronoun"),
    "possessive": ("possessives", "a possessive"), "conjunction": ("conjunctions", "a conjunction"),
    "modal": ("modal verbs", "a modal verb"), "be": ("forms of \"to be\"", "a form of \"be\""),
    "have": ("forms of \"to have\"", "a form of \"have\""), "negation": ("negations", "a negation"),
    "demonstrative": ("demonstratives", "a demonstrative"), "question": ("question words", "a question word"),
    "quantifier": ("quantifiers", "a quantifier"), "number": ("number words", "a number word"),
    "reflexive": ("reflexive pronouns", "a reflexive pronoun"), "degree": ("adverbs of degree", "an intensifier")}
SIBLINGS = (
    ("noun", "verb", "adjective", "adverb"), ("past", "participle", "ing", "third"),
    ("comparative", "superlative", "adjective"),
    ("preposition", "article", "pronoun", "possessive", "conjunction", "modal", "be", "have", "negation",
     "demonstrative", "question", "quantifier", "number", "reflexive", "degree"))
SUFFIXES = """ness ous ful less able ible tion sion ment ity ism ist ance ence ate ify ize ise ly ing ed er or
    est al ial ic ive ary ery ory ant ent age dom ship hood ward th ern ine ish ian an en y s es ure tude
    man land ton ville burg ight ought eth""".split()
PREFIXES = """un re in im dis mis pre pro anti de en ex inter trans sub super over under out fore con com
    col per para auto bi tri non semi tele micro mono poly mid counter ab ad be""".split()
MEMBERS_MIN, MEMBERS_MAX = 4, 500


@dataclasses.dataclass
class Atom:
    """A class of words: names in the plural and in the singular, and where it holds."""

    kind: str
    key: str
    plural: list
    single: list
    mask: np.ndarray  # of the corpus
    places: tuple = ()  # where in a word

    @property
    def held(self):
        """Whether it is kept for the evaluation: a tenth of open classes."""
        return self.kind in OPEN and zlib.crc32(f"{self.kind}:{self.key}".encode()) % 10 == 0


OPEN = {"word", "category", "gloss", "suffix", "prefix", "inside", "set", "piece"}


class Atoms:
    """Makes atoms of a corpus."""

    def __init__(self, corpus, rng):
        self.corpus, self.rng = corpus, rng
        self.size = len(corpus.words)
        self.glosses, self.forms, self.class_masks = {}, {}, {}

    def pick(self, values):
        values = list(values)
        return values[self.rng.integers(len(values))]

    # --- each kind -------------------------------------------------------------------------------

    def word(self, number):
        c, w = self.corpus, self.corpus.words[number]
        if w in MARKS:
            return self.mark(w)
        mask = c.key == number
        quoted = f"\"{w}\""
        if w[0].isdigit():
            return Atom("word", w, [f"the number {w}", quoted], [quoted, w], mask)
        if w in FUNCTION_WORDS or self.rng.random() < 0.6:
            names = [f"the word {quoted}", quoted, quoted]
        else:
            names = [f"the word {quoted}", quoted, w, f"\"{w.capitalize()}\""]
        return Atom("word", w, names, [quoted, quoted, f"the word {quoted}"], mask)

    def mark(self, w):
        name = MARKS.get(w, f"\"{w}\"")
        article = "an" if name[0] in "aeiou" else "a"
        plural = name if name[0] == "\"" else name[:-3] + "ses" if name.endswith("sis") else name + "s"
        plural = "parentheses" if name == "parenthesis" else plural
        shown = f"\"{w}\"" if w != "\"" else name
        return Atom(
            "mark", w, [plural, name, f"the {name} {shown}"[:40]],
            [f"{article} {name}" if name[0] != "\"" else name], self.corpus.key == self.corpus.ids[w])

    def set(self, numbers):
        c = self.corpus
        words = [c.words[n] for n in numbers]
        quoted = [f"\"{w}\"" for w in words]
        names = [", ".join(words), " or ".join([", ".join(quoted[:-1]), quoted[-1]]), ", ".join(quoted),
                 " and ".join([", ".join(words[:-1]), words[-1]])]
        vocabulary = np.zeros(self.size, bool)
        vocabulary[list(numbers)] = True
        return Atom("set", ",".join(sorted(words)), names, [names[1]], c.has(vocabulary))

    def listed(self, numbers):
        """A bare list, as rivals are."""
        atom = self.set(numbers)
        atom.kind, atom.plural = "list", atom.plural[:1]
        return atom

    def of_class(self, name):
        plural, single = CLASSES[name]
        if name not in self.class_masks:
            self.class_masks[name] = self.corpus.has(self.corpus.classes[name])
        return Atom("class", name, [plural], [single], self.class_masks[name])

    def affix(self, kind, part):
        c = self.corpus
        long = [len(w) > len(part) + 1 and w[0].isalpha() for w in c.words]
        if kind == "suffix":
            vocabulary = [a and w.endswith(part) for a, w in zip(long, c.words)]
            names = [f"words ending in \"{part}\"", f"words in -{part}", f"the suffix -{part}",
                     f"words that end with \"-{part}\"", f"words with the ending -{part}"]
            single = [f"a word ending in \"{part}\"", f"a word in -{part}"]
        elif kind == "prefix":
            vocabulary = [a and w.startswith(part) for a, w in zip(long, c.words)]
            names = [f"words beginning with \"{part}\"", f"words starting with \"{part.capitalize()}\"",
                     f"the prefix {part}-", f"words that begin with {part}-"]
            single = [f"a word beginning with \"{part}\"", f"a word in {part}-"]
        else:
            vocabulary = [a and part in w for a, w in zip(long, c.words)]
            names = [f"words containing \"{part}\"", f"words with the letters \"{part}\"",
                     f"words with the syllable \"{part}\""]
            single = [f"a word containing \"{part}\""]
        return Atom(kind, part, names, single, c.has(np.array(vocabulary)))

    def form(self, name):
        """Words of a casing, length or kind of character."""
        self.forms = self.forms or self.all_forms()
        plural, single, mask = self.forms[name]
        return Atom("form", name, plural, single, mask)

    def all_forms(self):
        c = self.corpus
        letters = c.casing < 5
        return {
            "capitalised": (["capitalised words", "words with a capital letter"], ["a capitalised word"],
                            (c.casing == 1) | (c.casing == 3)),
            "inside": (["capitalised words inside a sentence", "proper names", "names"],
                       ["a name", "a capitalised word"],
                       ((c.casing == 1) | (c.casing == 3)) & (c.sentence_index > 0) &
                       ~c.has(c.classes["pronoun"])),
            "capitals": (["words in capitals", "words all in upper case", "acronyms and capitals"],
                         ["a word in capitals"], c.casing == 2),
            "letter": (["single letters", "single capital letters"], ["a single letter"], c.casing == 3),
            "digits": (["numbers", "digits", "numbers written in digits", "numerals"],
                       ["a number", "digits"], c.casing == 5),
            "year": (["years", "years in four digits", "four-digit numbers"], ["a year"],
                     (c.casing == 5) & (c.end - c.start == 4)),
            "one digit": (["single digits", "one-digit numbers"], ["a single digit"],
                          (c.casing == 5) & (c.end - c.start == 1)),
            "mark": (["punctuation", "punctuation marks"], ["a punctuation mark", "punctuation"],
                     c.casing == 6),
            "short": (["words of one or two letters", "two-letter words"], ["a two-letter word"],
                      letters & (c.end - c.start == 2)),
            "long": (["long words", "words of ten letters or more"], ["a long word"],
                     letters & (c.end - c.start >= 10))}

    def piece(self, token, place):
        """A token that begins or ends a word which the subject cuts."""
        c = self.corpus
        column = c.first_token if place == FIRST else c.last_token
        mask = column == token
        part = f"\"{c.token_names[token]}\""
        example = c.words[c.key[self.pick(np.flatnonzero(mask))]]
        if place == FIRST:
            names = [f"{part} starting a word", f"{part} opening a word, as in \"{example}\"",
                     f"the letters {part} at a word's start", f"{part} of a word, such as \"{example}\"",
                     f"first piece {part} of a word"]
        else:
            names = [f"{part} closing a word", f"{part} ending a word, as in \"{example}\"",
                     f"the letters {part} at a word's end", f"last piece {part} of a word",
                     f"words cut before {part}"]
        return Atom("piece", f"{place}{c.token_names[token]}", names, [names[2]], mask, (place,))

    def pieces(self, place):
        c = self.corpus
        names = (["first pieces of cut words", "pieces that open a word", "first piece of rare words"]
                 if place == FIRST else
                 ["last pieces of cut words", "pieces that close a word", "last piece of rare words"])
        return Atom("pieces", str(place), names, names, c.first_token >= 0, (place,))

    def category(self, sense):
        """The words under a sense of WordNet, if neither too many nor too few."""
        c = self.corpus
        members = c.members.get(sense, ())
        if not MEMBERS_MIN <= len(members) <= MEMBERS_MAX:
            return None
        synset = c.wordnet.synsets[sense]
        name = synset.words[0].replace("_", " ").lower()
        vocabulary = np.zeros(self.size, bool)
        vocabulary[members] = True
        frequent = sorted(members, key=lambda n: -c.counts[n])[:8]
        shown = [c.words[frequent[i]] for i in self.rng.permutation(len(frequent))[:2]]
        if sense[0] == "n":
            many = (lemminflect.getInflection(name, "NNS") or (name,))[0]
            plural = [many, name, f"kinds of {name}", f"{many} such as {shown[0]}",
                      f"{many}, like {shown[0]} or {shown[-1]}", f"{name}: {shown[0]}, {shown[-1]}",
                      f"words for {many}"]
            single = [("an " if name[0] in "aeiou" else "a ") + name, f"a word for {many}"]
        elif sense[0] == "v":
            first, *rest = name.split(" ")
            acting = " ".join([(lemminflect.getInflection(first, "VBG") or (first,))[0], *rest])
            plural = [f"verbs of {acting}", f"ways of {acting}", acting, f"{acting}: {', '.join(shown)}",
                      f"verbs like {shown[0]} and {shown[-1]}", f"to {name}, in many forms"]
            single = [f"a verb of {acting}"]
        else:
            other = (synset.words[1:] or shown)[0].replace("_", " ")
            plural = [f"words meaning \"{name}\"", f"{name} or {other}", f"being {name}",
                      f"{name}, {other} and the like"]
            single = [f"a word like \"{name}\""]
        return Atom("category", str(sense), plural, single, c.has(vocabulary))

    def gloss(self, sense):
        c = self.corpus
        synset = c.wordnet.synsets[sense]
        text = synset.gloss
        if not 8 <= len(text) <= 70 or len(text.split()) > 11:
            return None
        if not self.glosses:
            for number, own in c.senses.items():
                self.glosses.setdefault(own, []).append(number)
        vocabulary = np.zeros(self.size, bool)
        vocabulary[self.glosses.get(sense, [])] = True
        short = re.sub(r"^(?:a|an|the|of or relating to) ", "", text)
        return Atom("gloss", str(sense), [text, short], [short], c.has(vocabulary))

    # --- relatives -------------------------------------------------------------------------------

    def at(self, place, closed_only=False):
        """An atom, drawn at random, that holds for the word at `place` of the corpus."""
        c, rng = self.corpus, self.rng
        number = c.key[place]
        w = c.words[number]
        if c.casing[place] == 6:
            return self.form("mark") if rng.random() < 0.08 else self.word(number)
        if c.first_token[place] >= 0 and rng.random() < 0.25:
            at = self.pick([FIRST, LAST])
            return self.piece((c.first_token if at == FIRST else c.last_token)[place], at)
        draw = rng.random()
        if c.casing[place] == 5:
            names = ["digits"] + (["year"] if len(w) == 4 else ["one digit"] if len(w) == 1 else [])
            return self.word(number) if draw < 0.15 else self.form(self.pick(names))
        if draw < 0.27:
            return self.word(number)
        if draw < 0.52 and number in c.senses:
            chain = [c.senses[number], *c.wordnet.ancestors(c.senses[number])]
            made = self.category(self.pick(chain[:5]))
            if made is None and rng.random() < 0.5:
                made = self.gloss(chain[0])
            if made:
                return made
        if draw < 0.58 and number in c.senses:
            made = self.gloss(c.senses[number])
            if made:
                return made
        if draw < 0.70 and len(w) > 4:
            kind = self.pick(["suffix", "suffix", "prefix", "inside"])
            if kind == "suffix":
                parts = [s for s in SUFFIXES if w.endswith(s) and len(w) > len(s) + 1]
                return self.affix(kind, self.pick(parts) if parts else w[-3:])
            if kind == "prefix":
                parts = [s for s in PREFIXES if w.startswith(s) and len(w) > len(s) + 1]
                return self.affix(kind, self.pick(parts) if parts else w[:2 + int(rng.integers(2))])
            start = int(rng.integers(1, len(w) - 2))
            return self.affix(kind, w[start:start + 2 + int(rng.integers(2))])
        if draw < 0.78:
            names = [n for n, ok in (
                ("capitals", c.casing[place] == 2), ("letter", c.casing[place] == 3),
                ("inside", c.casing[place] == 1 and c.sentence_index[place] > 0),
                ("capitalised", c.casing[place] == 1), ("long", len(w) >= 10), ("short", len(w) == 2))
                if ok]
            if names:
                return self.form(self.pick(names))
        if draw < 0.86:
            made = self.relatives(number)
            if made:
                return self.set([number, *made[:1 + int(rng.integers(3))]])
        names = [n for n in CLASSES if c.classes[n][number]]
        return self.of_class(self.pick(names)) if names else self.word(number)

    def relatives(self, number):
        """Words of the same nearest category or closed class, in random order."""
        c = self.corpus
        if number in c.senses:
            for sense in [c.senses[number], *c.wordnet.ancestors(c.senses[number])[:3]]:
                others = [n for n in c.members.get(sense, ()) if n != number and c.counts[n] > 1]
                if len(others) >= 2:
                    return [others[i] for i in self.rng.permutation(len(others))]
        for words in CLOSED.values():
            if c.words[number] in words.split():
                others = [c.ids[w] for w in words.split() if w in c.ids and c.ids[w] != number]
                return [others[i] for i in self.rng.permutation(len(others))]
        return []

    def broader(self, atom, place):
        """An atom that holds wherever `atom` does and elsewhere, if there is one."""
        c = self.corpus
        number = c.key[place]
        if atom.kind in ("category", "gloss") and number in c.senses:
            chain = [c.senses[number], *c.wordnet.ancestors(c.senses[number])]
            wider = [self.category(s) for s in chain]
            wider = [a for a in wider if a and a.mask.sum() > 1.4 * atom.mask.sum()]
            if wider:
                return wider[0] if self.rng.random() < 0.6 else self.pick(wider)
        if atom.kind in ("word", "set") and number in c.senses:
            wider = [self.category(s) for s in [c.senses[number], *c.wordnet.ancestors(c.senses[number], 4)]]
            wider = [a for a in wider if a]
            if wider:
                return self.pick(wider)
        if atom.kind == "piece":
            return self.pieces(atom.places[0])
        names = [n for n in CLASSES if c.classes[n][number] and n != atom.key]
        if names and self.rng.random() < 0.8:
            return self.of_class(self.pick(names))
        name = {1: "capitalised", 2: "capitals", 5: "digits", 6: "mark"}.get(int(c.casing[place]))
        return self.form(name) if name else None

    def narrower(self, atom):
        """An atom that holds for a part of `atom` only."""
        c = self.corpus
        numbers, counts = np.unique(c.key[atom.mask], return_counts=True)
        if len(numbers) < 3:
            return None
        order = numbers[np.argsort(-counts * self.rng.uniform(0.3, 1, len(counts)))]
        if atom.kind == "category" and self.rng.random() < 0.6:
            under = [self.category(c.senses[n]) for n in order[:6] if n in c.senses]
            under += [self.category(a) for n in order[:4] if n in c.senses
                      for a in c.wordnet.ancestors(c.senses[n], 2)]
            under = [a for a in under if a and 0 < a.mask.sum() < 0.7 * atom.mask.sum()]
            if under:
                return self.pick(under)
        if self.rng.random() < 0.3 and len(numbers) > 5:
            return self.set(order[:2 + int(self.rng.integers(2))].tolist())
        return self.word(int(order[0]))

    def sibling(self, atom, place):
        """An atom like `atom` that means something else."""
        c, rng = self.corpus, self.rng
        number = c.key[place]
        if atom.kind == "piece":
            at = self.pick([FIRST, LAST])
            if at != atom.places[0] and atom.key[1:] in c.token_ids and rng.random() < 0.5:
                token = c.token_ids[atom.key[1:]]
                if ((c.first_token if at == FIRST else c.last_token) == token).any():
                    return self.piece(token, at)
            column = c.first_token if atom.places[0] == FIRST else c.last_token
            return self.piece(self.pick(column[column >= 0]), atom.places[0])
        if atom.kind in ("suffix", "prefix"):
            part = self.pick(SUFFIXES if atom.kind == "suffix" else PREFIXES)
            return self.affix(atom.kind, part) if part != atom.key else None
        if atom.kind == "class":
            names = next((g for g in SIBLINGS if atom.key in g), CLASSES)
            name = self.pick(names)
            return self.of_class(name) if name != atom.key else None
        if atom.kind == "mark":
            marks = [m for m in MARKS if m in c.ids and m != atom.key]
            return self.mark(self.pick(marks))
        if atom.kind in ("category", "gloss") and number in c.senses:
            for above in c.wordnet.ancestors(c.senses[number], 6)[1:]:
                near = [c.senses[n] for n in c.members.get(above, ())]
                if near:
                    chosen = self.pick(near)
                    steps = [chosen, *c.wordnet.ancestors(chosen, 2)]
                    made = self.category(self.pick(steps)) or self.gloss(chosen)
                    if made and (made.mask & atom.mask).sum() < 0.3 * made.mask.sum():
                        return made
        if atom.kind in ("word", "set", "list"):
            others = self.relatives(number)
            if others:
                return self.word(others[0])
        return self.at(int(self.rng.integers(len(c.key))))
