"""The pool of units that `neuronarena campaign pools` writes, and what can be said of their peaks."""

import dataclasses
import json
import math
import re
from collections import Counter


@dataclasses.dataclass
class Draw:
    """An excerpt of a unit: a text, how it was drawn and the unit's activations on its tokens."""

    text: int
    pool: str
    kind: str
    tokens: list
    activations: list

    @property
    def peak(self):
        return max(range(len(self.tokens)), key=lambda t: self.activations[t])


class Unit:
    """A unit of the pool with its excerpts."""

    def __init__(self, record, texts):
        self.record = record
        self.layer, self.neuron, self.sign = record["layer"], record["neuron"], record["sign"]
        self.name = f"{self.layer}/{self.neuron}"
        self.height = record["top20MeanPeak"]
        self.draws = [
            Draw(
                d["text"], d["pool"], d["kind"], texts[d["text"]]["tokens"],
                [a * d["scale"] / 127 for a in d["activations"]])
            for d in record["excerpts"]
        ]

    def excerpts(self, pool, kind):
        return [d for d in self.draws if d.pool == pool and d.kind == kind]

    @property
    def visible_peaks(self):
        """The strongest excerpts that may be seen: clues and reveals."""
        return self.excerpts("clue", "top") + self.excerpts("reveal", "top")


def read(path):
    """The units of the pool at `path` and the texts that they point into."""
    with open(path + ".texts.jsonl") as lines:
        texts = [json.loads(line) for line in lines]
    with open(path + ".units.jsonl") as lines:
        return [Unit(json.loads(line), texts) for line in lines], texts


FUNCTION_WORDS = set(
    """a about above across after against all along also although am among an and another any are
    around as at away be because been before behind being below between both but by can cannot could
    did do does down during each either else every few for from had has have he hence her here him
    his how however i if in into is it its itself just lest like may me might more most much must my
    neither no nor not now of off on once one only onto or other our out over per rather same shall
    she should since so some still such than that the thee their them then there therefore these
    they this those thou though through thus thy till to too under unless until unto up upon us very
    was we well were what when where whether which while who whom whose why will with within without
    would ye yet you your""".split())


def word_at(tokens, position):
    """The whole word that a token belongs to, lower-cased; empty for punctuation."""
    if not re.search(r"[^\W\d_]", tokens[position]):
        return ""
    first = last = position
    while first > 0 and tokens[first][:1].isalpha() and tokens[first - 1][-1:].isalpha():
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1][:1].isalpha() and tokens[last][-1:].isalpha():
        last += 1
    words = re.findall(r"[^\W\d_]+", "".join(tokens[first:last + 1]))
    return max(words, key=len).lower() if words else ""


def character_class(token):
    bare = token.strip()
    if not bare:
        return "space"
    if bare.isdigit():
        return "digit"
    if not any(c.isalnum() for c in bare):
        return "punctuation"
    if len(bare) > 1 and bare.isupper():
        return "capitals"
    return "capitalised" if bare[0].isupper() else "lower"


def traits(tokens, position):
    """What form a token and its neighbours have, as (name, value)."""
    token = tokens[position]
    word = word_at(tokens, position)

    def beside(offset):
        index = position + offset
        return tokens[index].strip().lower() if 0 <= index < len(tokens) else "|"

    found = [
        ("token", token.strip().lower()), ("previous", beside(-1)), ("next", beside(1)),
        ("before previous", beside(-2)), ("class", character_class(token)),
        ("inside a word", token[:1].isalpha() and position > 0 and tokens[position - 1][-1:].isalpha()),
        ("word goes on", beside(1)[:1].isalpha() and position + 1 < len(tokens)
         and tokens[position + 1][:1].isalpha()),
        ("function word", word in FUNCTION_WORDS),
        ("position", min(position, 4)),
    ]
    if 0 < position:
        found.append(("class before", character_class(tokens[position - 1])))
    if position + 1 < len(tokens):
        found.append(("class after", character_class(tokens[position + 1])))
    if len(word) > 4:
        found += [("ends", word[-2:]), ("ends", word[-3:]), ("begins", word[:2])]
    return found


def base_rates(texts, step=7):
    """How often each trait is found on tokens of the corpus, one in `step` of them."""
    counts, total = Counter(), 0
    for text in texts:
        for position in range(len(text["tokens"]) % step, len(text["tokens"]), step):
            counts.update(set(traits(text["tokens"], position)))
            total += 1
    return {trait: count / total for trait, count in counts.items()}, total


def strongest_traits(unit, rates):
    """The traits that the unit's visible peaks share beyond chance: (nats a peak, share, trait)."""
    base, total = rates
    peaks = [(d.tokens, d.peak) for d in unit.visible_peaks]
    counts = Counter()
    for tokens, position in peaks:
        counts.update(set(traits(tokens, position)))
    found = []
    for trait, count in counts.items():
        share, rate = count / len(peaks), max(base.get(trait, 0), 3 / total)
        if share > rate:
            gain = share * math.log(share / rate)
            if share < 1:
                gain += (1 - share) * math.log((1 - share) / (1 - rate))
            found.append((gain, share, trait))
    return sorted(found, key=lambda entry: -entry[0])
