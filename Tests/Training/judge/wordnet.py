"""What WordNet 3.0 says of words: their usual sense, what is a kind of what, opposites, glosses."""

import dataclasses
import pathlib
import re
from collections import defaultdict

import lemminflect

PARTS = {"noun": ("n", "NOUN"), "verb": ("v", "VERB"), "adj": ("a", "ADJ"), "adv": ("r", "ADV")}


@dataclasses.dataclass
class Synset:
    """A sense: its words, what it is a kind of (or, of an adjective, like), its opposites."""

    key: tuple
    words: list
    above: list
    opposites: list
    gloss: str
    topic: str


class WordNet:
    """The database in `folder` (Debian package wordnet-base)."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.synsets, self.senses, counts = {}, {}, defaultdict(int)
        for part, (letter, _) in PARTS.items():
            self.read(folder, part, letter)
        kinds = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
        for line in (folder / "cntlist.rev").read_text().splitlines():
            sense, _, count = line.split()
            lemma, rest = sense.split("%")
            counts[lemma, kinds[rest[0]]] += int(count)
        self.counts = counts

    def read(self, folder, part, letter):
        with open(folder / f"data.{part}") as lines:
            for line in lines:
                if line.startswith("  "):
                    continue
                data, _, gloss = line.partition("|")
                f = data.split()
                count = int(f[3], 16)
                words = [re.sub(r"\(.*\)", "", w) for w in f[4:4 + 2 * count:2]]
                rest = f[4 + 2 * count:]
                pointers = [rest[1 + 4 * i:5 + 4 * i] for i in range(int(rest[0]))]
                to = lambda marks: [(p[2].replace("s", "a"), p[1]) for p in pointers if p[0] in marks]
                key = (letter, f[0])
                self.synsets[key] = Synset(
                    key, words, to({"@", "@i"} if letter in "nv" else {"&"}), to({"!"}),
                    re.split(r"[;:(]|\. ", gloss.strip())[0].strip(), f[1])
        with open(folder / f"index.{part}") as lines:
            for line in lines:
                if not line.startswith("  "):
                    f = line.split()
                    senses = int(f[2])
                    self.senses[f[0], letter] = [(letter, offset) for offset in f[-senses:]]

    def usual(self, word):
        """(part of speech, lemma, usual synset) of a word that has one, else None."""
        lemmas = lemminflect.getAllLemmas(word)
        found = []
        for letter, tag in (("n", "NOUN"), ("v", "VERB"), ("a", "ADJ"), ("r", "ADV")):
            for lemma in lemmas.get(tag, (word,)):
                if (lemma, letter) in self.senses:
                    found.append((self.counts[lemma, letter], letter, lemma))
                    break
        if not found:
            return None
        found.sort(reverse=True)
        total = sum(c for c, _, _ in found)
        if len(found) > 1 and found[0][0] < 0.75 * total + 1:
            return None
        _, letter, lemma = found[0]
        return letter, lemma, self.senses[lemma, letter][0]

    def ancestors(self, key, limit=12):
        """The senses above one, the nearest first."""
        found, layer = [], [key]
        while layer and len(found) < limit:
            layer = [a for k in layer for a in self.synsets[k].above if a not in found]
            found += layer
            if key[0] == "a":
                break
        return found
