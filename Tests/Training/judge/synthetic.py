"""Units whose truth is known: a class of words under a condition, with rivals that are just as exact.

Every text here, true or false of the unit, comes with the words on which it says that the unit fires, so
that each is an example of how an explanation is read.
"""

import dataclasses
import zlib

import numpy as np

from .atoms import Atoms
from .grades import OF_KIND
from .pieces import FIRST, LAST, NONE, aside, window

CHARACTERS_MAX, WORDS_MAX = 80, 13
# The share of units drawn at a word with a known sense.
CONTENT_SHARE = 0.5
# How often a rival with the right words in the wrong context is among those of a sample to train on.
WRONG_CONTEXT_SHARE = 0.8


@dataclasses.dataclass
class Claim:
    """An explanation and where it holds."""

    text: str
    mask: np.ndarray  # of the corpus
    kind: str  # truth, list, too_broad, too_narrow, wrong_context, neighbour
    held: bool = False
    places: tuple = ()  # where in a word; empty: everywhere


@dataclasses.dataclass
class Condition:
    """What narrows an atom: texts with {} for it, where it holds, and others with the same words."""

    key: str
    texts: list
    mask: np.ndarray
    swaps: list
    held: bool = False
    other: object = None  # the atom it speaks of
    places: tuple = ()  # where in a word


class Synthetic:
    """Draws units of known truth from a corpus."""

    def __init__(self, corpus, seed):
        self.rng = np.random.default_rng(seed)
        self.corpus = corpus
        self.atoms = Atoms(corpus, self.rng)
        self.used = None
        corpus.cut()
        self.split = corpus.first_token >= 0
        known = np.zeros(len(corpus.words), bool)
        known[list(corpus.senses)] = True
        self.sensible = np.flatnonzero(corpus.has(known))

    def shift(self, mask, steps):
        """Where the word `steps` before (negative: after) satisfies `mask`, in the same text."""
        c = self.corpus
        moved = np.zeros_like(mask)
        if steps > 0:
            moved[steps:] = mask[:-steps]
            moved[c.index < steps] = False
        else:
            moved[:steps] = mask[-steps:]
            moved[c.remaining < -steps] = False
        return moved

    def near(self, mask, before, after):
        """Where `mask` holds within so many words before or after."""
        found = np.zeros_like(mask)
        for step in range(1, before + 1):
            found |= self.shift(mask, step)
        for step in range(1, after + 1):
            found |= self.shift(mask, -step)
        return found

    # --- conditions ------------------------------------------------------------------------------

    def beside(self, other, steps):
        """Conditions on the word `steps` before (negative: after)."""
        name = self.atoms.pick(other.single)
        texts = {
            1: [f"{{}} after {name}", f"{{}} following {name}", f"{{}} preceded by {name}",
                f"{{}} right after {name}", f"{name} before it: {{}}", f"after {name}, {{}}"],
            -1: [f"{{}} before {name}", f"{{}} followed by {name}", f"{{}} right before {name}",
                 f"{{}} preceding {name}", f"{{}} that {name} follows"],
            2: [f"{{}} two words after {name}", f"{{}} one word further than {name}"],
            -2: [f"{{}} two words before {name}"]}[steps]
        return Condition(
            f"{steps}:{other.kind}:{other.key}", texts, self.shift(other.mask, steps), [], other.held, other)

    def condition(self, place):
        """A condition, drawn at random, that the word at `place` satisfies, with its swaps."""
        c, rng = self.corpus, self.rng
        draw = rng.random()
        if draw < 0.62:
            steps = int(rng.choice([1, -1, 2, -2], p=[0.52, 0.36, 0.07, 0.05]))
            target = place - steps
            if not 0 <= target < len(c.key) or c.text[target] != c.text[place]:
                return None
            other = self.atoms.at(target)
            made = self.beside(other, steps)
            made.swaps = [self.beside(other, -steps)]
            changed = self.atoms.sibling(other, target)
            if changed:
                made.swaps.append(self.beside(changed, steps))
            return made
        if draw < 0.74:
            spots = {
                "begin": (["{} at the beginning of a sentence", "{} opening a sentence",
                           "sentence-initial {}"], c.sentence_index == 0),
                "second": (["{} as second word of a sentence"], c.sentence_index == 1),
                "inside": (["{} inside a sentence", "{} not at a sentence's start"],
                           (c.sentence_index > 0) & (c.from_end > 1) & (rng.random() < 0.3)),
                "end": (["{} at the end of a sentence", "{} closing a sentence", "sentence-final {}"],
                        (c.from_end <= 1) & (c.casing < 6)),
                "text": (["{} near the beginning of the text", "{} among the first words of a text"],
                         c.index < 4),
                "late": (["{} far into the text", "{} late in a text"], c.index > 25)}
            return self.spot(spots, place)
        if draw < 0.79 and self.split[place]:
            spots = {
                "first": (["first piece of {}", "beginning of {}", "{}: the first piece"], self.split),
                "last": (["last piece of {}", "end of {}", "{}: the last piece"], self.split)}
            made = self.spot(spots, place)
            for one in (made, *made.swaps):
                one.places = (FIRST,) if one.key == "first" else (LAST,)
            return made
        if draw < 0.86:
            spots = {
                "quoted": (["{} inside quotation marks", "quoted {}", "{} in quoted speech"], c.quoted == 1),
                "unquoted": (["{} outside quotation marks"], (c.quoted == 0) & (rng.random() < 0.1)),
                "parenthesis": (["{} in parentheses", "{} inside brackets"], c.parenthesis == 1)}
            return self.spot(spots, place)
        if draw < 0.92:
            spots = {
                "again": (["{} said before", "repeated {}", "{} mentioned again", "{}, second mention"],
                          c.seen > 0),
                "new": (["{} mentioned for the first time", "first mention of {}"],
                        (c.seen == 0) & (c.index > 8) & (rng.random() < 0.3))}
            return self.spot(spots, place)
        near = [p for p in range(max(0, place - 8), place) if c.text[p] == c.text[place]]
        if not near:
            return None
        other = self.atoms.at(self.atoms.pick(near))
        name = self.atoms.pick(other.single)
        made = Condition(
            f"near:{other.key}", [f"{{}} some words after {name}", f"{{}} shortly after {name}",
                                  f"{{}} in a sentence with {name} before"],
            self.near(other.mask, 8, 0), [], other.held, other)
        made.swaps = [Condition(
            f"far:{other.key}", [f"{{}} some words before {name}", f"{{}} with {name} later on"],
            self.near(other.mask, 0, 8), [], other.held, other)]
        return made

    def uses(self):
        """What a word that can be a noun or a verb is used as, told by the word before."""
        if not self.used:
            c = self.corpus
            has = lambda *names: sum(c.has(c.classes[n]) for n in names) > 0
            to = c.key == c.ids.get("to", -1)
            self.used = {
                "verb": (["{} as a verb", "{}, used as a verb", "{} as an action"],
                         self.shift(has("pronoun", "modal", "negation") | to, 1)),
                "noun": (["{} as a noun", "{}, used as a noun", "{} as a thing"],
                         self.shift(has("article", "possessive", "adjective", "demonstrative",
                                        "quantifier") | (has("preposition") & ~to), 1))}
        return self.used

    def spot(self, spots, place):
        """One of `spots` that holds at `place`; the others are its swaps."""
        made = {k: Condition(k, t, m, []) for k, (t, m) in spots.items()}
        holding = [k for k, v in made.items() if v.mask[place]]
        if not holding:
            return None
        chosen = self.atoms.pick(holding)
        made[chosen].swaps = [v for k, v in made.items() if k != chosen]
        return made[chosen]

    # --- claims ----------------------------------------------------------------------------------

    def claim(self, kind, atom, *conditions, bare=False):
        """The claim that `atom` under all `conditions` is what fires."""
        text = self.atoms.pick(atom.plural)
        mask = atom.mask
        if len(atom.plural) > 2 and len(conditions):
            text = min((self.atoms.pick(atom.plural) for _ in range(2)), key=len)
        for condition in conditions:
            text = self.atoms.pick(condition.texts).replace("{}", text)
            mask = mask & condition.mask
        if len(conditions) == 1:
            text = self.phrase(atom, conditions[0]) or text
        text = self.exemplified(text, atom, mask)
        held = atom.held or any(c.held for c in conditions)
        if len(text) > CHARACTERS_MAX or len(text.split()) > WORDS_MAX or not mask.any():
            return None
        spec = "|".join([atom.kind, atom.key, *(c.key for c in conditions)])
        held = held or (len(conditions) > 0 and zlib.crc32(spec.encode()) % 12 == 0)
        places = next((c.places for c in conditions if c.places), atom.places)
        return Claim(text, mask, kind, held, places)

    def phrase(self, atom, condition):
        """A word and the one beside it in another way: as a phrase."""
        other = condition.other
        if atom.kind != "word" or other is None or other.kind != "word" or self.rng.random() > 0.3:
            return None
        if condition.key[:2] not in ("1:", "-1"):
            return None
        both = f"{other.key} {atom.key}" if condition.key[0] == "1" else f"{atom.key} {other.key}"
        return f"\"{atom.key}\" " + self.atoms.pick([f"in \"{both}\"", f"of the phrase \"{both}\""])

    def exemplified(self, text, atom, mask):
        """The text, now and then with a word on which it holds as an example."""
        if atom.kind not in ("class", "suffix", "prefix", "form", "category", "any", "gloss"):
            return text
        if self.rng.random() > 0.22 or "," in text or "such as" in text or not mask.any():
            return text
        example = self.corpus.words[self.corpus.key[self.atoms.pick(np.flatnonzero(mask))]]
        return text + self.atoms.pick(
            [f", as in \"{example}\"", f", such as \"{example}\"", f", like \"{example}\"",
             f", for instance {example}"])

    def any_word(self):
        c = self.corpus
        rest = ["the word", "the first word", "whatever comes", "words", "the token"]
        return type(self.atoms.form("mark"))("any", "any", rest, ["a word"], c.casing < 6)

    def draw(self):
        """(truth, rivals, claims held): a unit at a random place, or None where that doesn't work out."""
        c, rng = self.corpus, self.rng
        place = int(self.sensible[rng.integers(len(self.sensible))] if rng.random() < CONTENT_SHARE
                    else rng.integers(len(c.key)))
        if c.casing[place] == 6 and rng.random() < 0.5:
            return None
        condition = self.condition(place) if rng.random() < 0.6 else None
        if condition and condition.other is not None and rng.random() < 0.2:
            atom = self.any_word()
        else:
            atom = self.atoms.at(place)
        if atom.kind == "word" and c.classes["noun or verb"][c.key[place]] and rng.random() < 0.35:
            condition = self.spot(self.uses(), place) or condition
        truth = self.claim("truth", atom, *([condition] if condition else []))
        if truth is None or not 4 <= truth.mask.sum() <= 0.12 * len(c.key):
            return None
        if len(np.unique(c.text[np.flatnonzero(truth.mask)[:2000]])) < 4:
            return None
        rivals = [r for r in self.rivals(truth, atom, condition, place) if r is not None]
        kept, seen = [], {truth.text.lower()}
        size = truth.mask.sum()
        for rival in rivals:
            common = (rival.mask & truth.mask).sum()
            alike = common / (size + rival.mask.sum() - common)
            if rival.text.lower() not in seen and (alike < 0.8 or rival.places != truth.places) and rival.mask.sum() >= 3:
                kept.append(rival)
                seen.add(rival.text.lower())
        return (truth, kept) if len(kept) >= 2 else None

    def rivals(self, truth, atom, condition, place):
        atoms, c = self.atoms, self.corpus
        conditions = [condition] if condition else []
        yield self.list_of(truth)
        if condition:
            if atom.kind != "any":
                yield self.claim("too_broad", atom)
            for swap in condition.swaps[:2]:
                yield self.claim("wrong_context", atom, swap)
        else:
            other = self.condition(place)
            if other:
                yield self.claim("wrong_context", atom, *other.swaps[:1])
                yield self.claim("too_narrow", atom, other)
        if atom.kind != "any":
            wider = atoms.broader(atom, place)
            if wider is not None:
                yield self.claim("too_broad", wider, *conditions)
                yield self.claim("too_broad", wider)
            near = atoms.sibling(atom, place)
            if near is not None:
                yield self.claim("neighbour", near, *conditions)
        part = atoms.narrower(dataclasses.replace(atom, mask=truth.mask))
        if part is not None:
            yield self.claim("too_narrow", part, *conditions)
            yield self.claim("too_narrow", part)
        if condition and condition.other is not None:
            yield self.claim("neighbour", condition.other)

    def list_of(self, truth):
        """The words on which the unit fires most, as a bare list."""
        c, rng = self.corpus, self.rng
        numbers, counts = np.unique(c.key[truth.mask], return_counts=True)
        order = numbers[np.argsort(-counts * rng.uniform(0.4, 1, len(counts)))]
        count = 3 + int(rng.integers(4))
        if len(order) < 2:
            return None
        return self.claim("list", self.atoms.listed(order[:count].tolist()))


@dataclasses.dataclass
class Sample:
    """Texts of explanations and the same windows of excerpts, with a target a token for each."""

    texts: list
    kinds: list
    windows: list  # (excerpt, first token, end)
    targets: list  # per window [texts, tokens]
    known: list  # whether the target is that text's own
    name: str = ""
    grades: list = dataclasses.field(default_factory=list)  # how good readers find each text, 0 to 100


def sample(synthetic, rivals=3, tops=4, misses=3, randoms=1, held=False):
    """A unit with its excerpts. With `held`, only units with a claim kept for evaluation; else none."""
    rng, c = synthetic.rng, synthetic.corpus
    while True:
        drawn = synthetic.draw()
        if drawn is None:
            continue
        truth, others = drawn
        if held != truth.held or (not held and any(o.held for o in others)):
            continue
        order = rng.permutation(len(others))
        chosen, kinds = [], set()
        for index in order:  # one of each kind first
            if others[index].kind not in kinds:
                chosen.append(others[index])
                kinds.add(others[index].kind)
        chosen += [others[i] for i in order if others[i] not in chosen]
        if rng.random() < WRONG_CONTEXT_SHARE and not held:
            chosen.sort(key=lambda claim: claim.kind != "wrong_context")
        claims = [truth, *chosen[:rivals]]
        if len(claims) == rivals + 1:
            break
    centers = list(places(rng, c, truth.mask, tops))
    for rival in claims[1:]:
        only = rival.mask & ~truth.mask
        centers += places(rng, c, only if only.any() else rival.mask, max(1, misses // rivals))
    centers = centers[:tops + misses]
    while len(centers) < tops + misses + randoms:
        centers.append(int(rng.integers(len(c.key))))
    windows, targets = [], []
    for center in centers:
        number = int(c.text[center])
        excerpt = c.excerpt(number)
        base, end = int(c.starts[number]), int(c.starts[number + 1])
        word = center - base
        token = int(np.argmax(excerpt.encoded.words[excerpt.last] >= word))
        first, last = window(excerpt, aside(token, len(excerpt.first), rng.random()))
        rows = np.stack([fires(excerpt, claim.mask[base:end], claim.places) for claim in claims])
        windows.append((excerpt, first, last))
        targets.append(rows[:, first:last].astype(np.float32))
    grades = [grade(claim, truth) for claim in claims]
    return Sample([q.text for q in claims], [q.kind for q in claims], windows, targets, [True] * len(claims),
                  grades=grades)


def grade(claim, truth):
    """What readers give texts of the claim's kind; a part of the truth is too narrow, however it was made."""
    is_part = claim is not truth and claim.kind == "wrong_context" and not (claim.mask & ~truth.mask).any()
    return OF_KIND["too_narrow" if is_part else claim.kind]


def places(rng, corpus, mask, count):
    """Up to `count` words at random where `mask` holds, in different texts where there are."""
    found = np.flatnonzero(mask)
    if not len(found):
        return []
    found = found[rng.permutation(len(found))[:count * 6]]
    chosen, seen = [], set()
    for place in found:
        if corpus.text[place] not in seen:
            chosen.append(int(place))
            seen.add(corpus.text[place])
    return chosen[:count]


def fires(excerpt, words, places=()):
    """On which tokens a claim about words holds."""
    standing = np.isin(excerpt.places, places) if places else excerpt.places < NONE
    owners = excerpt.encoded.words
    first, last = owners[excerpt.first], owners[excerpt.last]
    sums = np.concatenate([[0], np.cumsum(words)])
    return (sums[last + 1] - sums[first] > 0) & standing
