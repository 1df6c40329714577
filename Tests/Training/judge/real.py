"""Labelled units of the subject: what readers wrote, false rivals, and real activations."""

import dataclasses
import pathlib
import zlib
from collections import Counter, defaultdict

import numpy as np

from . import labelled, wording
from .grades import grade_of, mean_ratings
from .pieces import aside, window
from .synthetic import Sample

# Excerpts of each kind in a training sample.
DRAWN = {"top": 3, "quantile": 2, "near_miss": 2, "random": 1}
# Texts in a training sample beside the truth: the unit's own rivals, and other units' texts.
RIVALS, OTHERS = 3, 1
# How often a sample has a list among the rivals, and a paraphrase for the truth.
LIST_SHARE, PARAPHRASE_SHARE = 0.3, 0.35
# How often a rival with the right words in the wrong context is among them, where there is one.
WRONG_CONTEXT_SHARE = 0.7
# How often a sample is of a unit whose texts readers have rated.
RATED_SHARE = 0.4


@dataclasses.dataclass
class Unit:
    """A unit with its truth; `excerpts` by kind: (text, hidden, activations from 0 to 1)."""

    name: str
    entry: dict
    excerpts: dict
    near: list = dataclasses.field(default_factory=list)
    rated: dict = dataclasses.field(default_factory=dict)  # text: (kind, readers' mean rating)

    @property
    def truth(self):
        return self.entry["explanation"]

    @property
    def is_held(self):
        """Whether it is one of the tenth that the judge isn't trained on but measured by."""
        return zlib.crc32(self.name.encode()) % 10 == 0


class Units:
    """The units of a labelled set (Data/README.md), with `texts.jsonl.gz` beside it."""

    def __init__(self, path, pieces, share=1.0, more=None, ratings=None):
        path = pathlib.Path(path)
        self.more = {entry["id"]: entry for entry in labelled.lines(more)} if more else {}
        self.ratings = mean_ratings(ratings) if ratings else {}
        self.pieces, self.cached, self.number = pieces, {}, {}
        beside = path.parent / "texts.jsonl.gz"
        self.tokens = labelled.texts(beside) if path.name.endswith(".gz") else []
        self.all = [self.unit(entry) for entry in labelled.lines(path)]
        self.held = [u for u in self.all if u.is_held]
        self.own = [u for u in self.all if not u.is_held]
        self.own = self.own[:int(len(self.own) * share)]
        self.own_rated = [u for u in self.own if u.rated]
        for group in (self.own, self.held):
            self.find_neighbours(group)

    def unit(self, entry):
        """A unit of the packed format, or of the one that spells every excerpt out."""
        excerpts = defaultdict(list)
        for drawn in entry.pop("excerpts"):
            if isinstance(drawn, dict):
                text, kind, hidden = len(self.tokens), drawn["kind"], drawn["hidden"]
                self.tokens.append(drawn["tokens"])
                strength = np.array(drawn["acts"], np.float32)
            else:
                text, kind, hidden, scale, activations = drawn
                strength = np.array(activations, np.float32) * scale / 127
            excerpts[kind].append((text, hidden, np.clip(strength / entry["top20_mean_peak"], 0, 1)))
        rated = self.ratings.get(entry.get("id"), {})
        return Unit(f"{entry['layer']}/{entry['neuron']}", entry, dict(excerpts), rated=rated)

    def find_neighbours(self, units):
        """Notes for each unit those of `units` that peak in the same texts."""
        holders = defaultdict(list)
        for number, unit in enumerate(units):
            for text, _, _ in unit.excerpts.get("top", []) + unit.excerpts.get("quantile", []):
                holders[text].append(number)
        for number, unit in enumerate(units):
            shared = Counter(
                n for t, _, _ in unit.excerpts.get("top", []) + unit.excerpts.get("quantile", []) for n in holders[t])
            del shared[number]
            unit.near = [units[n] for n, _ in shared.most_common(12)]

    def excerpt(self, number):
        if number not in self.cached:
            self.cached[number] = self.pieces.excerpt(self.tokens[number])
            self.number[id(self.cached[number])] = number
        return self.cached[number]

    def windowed(self, chosen, rng=None, shift=0.0):
        """(windows, targets [1, tokens]) of excerpts, each with its strongest token somewhere.

        Where that is depends on the text alone, moved on by `shift`, if not on `rng`.
        """
        windows, targets = [], []
        for text, _, activations in chosen:
            excerpt = self.excerpt(text)
            chance = zlib.crc32("".join(self.tokens[text]).encode()) / 2**32
            chance = rng.random() if rng else (chance + shift) % 1
            center = aside(int(activations.argmax()), len(activations), chance)
            first, last = window(excerpt, center)
            windows.append((excerpt, first, last))
            targets.append(activations[None, first:last])
        return windows, targets

    def list_of(self, unit, rng):
        """A list of the words on which a unit peaks, or None if it has but one."""
        words = Counter()
        for text, _, activations in unit.excerpts["top"]:
            words[self.tokens[text][int(activations.argmax())].strip()] += 1
        words.pop("", None)
        if len(words) < 2:
            return None
        order = sorted(words, key=lambda w: -words[w] * rng.uniform(0.4, 1))
        return ", ".join(order[:3 + int(rng.integers(4))])

    def texts_of(self, unit, rng):
        """(texts, kinds, grades) of a unit to train on: the truth, then false ones."""
        entry, more = unit.entry, self.more.get(unit.entry["id"], {})
        truth = unit.truth
        if more.get("paraphrase") and rng.random() < PARAPHRASE_SHARE:
            truth = more["paraphrase"]
        false = self.false_texts(unit, more, rng)
        made = self.list_of(unit, rng) if len(false) < RIVALS or rng.random() < LIST_SHARE else None
        if made and not any(kind == "list" for _, kind in false):
            false = [*false[:RIVALS - 1], (made, "list")]
        for _ in range(OTHERS + RIVALS - len(false)):
            near = unit.near if unit.near and rng.random() < 0.6 else self.own
            other = near[rng.integers(len(near))]
            if other is not unit:
                rivals = other.entry["rivals"]
                taken = rivals[rng.integers(len(rivals))] if rng.random() < 0.25 else other.truth
                false.append((taken, "other"))
        found = {truth: "truth"}
        for text, kind in false:
            if text != unit.truth:
                found.setdefault(text, kind)
        grades = [grade_of(unit.truth if k == "truth" else t, k, unit.rated) for t, k in found.items()]
        return [wording.varied(t, rng) for t in found], list(found.values()), grades

    def false_texts(self, unit, more, rng):
        """Up to RIVALS false texts of the unit's own with their kinds; rated ones all, where there are any."""
        false = dict(zip(unit.entry["rivals"] + more.get("rivals", []),
                         unit.entry["rival_kinds"] + more.get("rival_kinds", [])))
        false |= {text: kind for text, (kind, _) in unit.rated.items() if kind != "truth"}
        false = list(false.items())
        false = [false[i] for i in rng.permutation(len(false))]
        if rng.random() < WRONG_CONTEXT_SHARE:
            false.sort(key=lambda entry: entry[1] != "wrong_context")
            false = [*false[:1], *(false[1:][i] for i in rng.permutation(max(0, len(false) - 1)))]
        if unit.rated and rng.random() < 0.7:
            false.sort(key=lambda entry: entry[0] not in unit.rated)
            return false[:RIVALS + OTHERS]
        return false[:RIVALS]

    def sample(self, rng):
        """A unit to train on: the truth first, then false texts; some excerpts of each kind."""
        pool = self.own_rated if self.own_rated and rng.random() < RATED_SHARE else self.own
        unit = pool[rng.integers(len(pool))]
        chosen = []
        for kind, count in DRAWN.items():
            pool = unit.excerpts.get(kind, [])
            chosen += [pool[i] for i in rng.permutation(len(pool))[:count]]
        windows, targets = self.windowed(chosen, rng)
        texts, kinds, grades = self.texts_of(unit, rng)
        known = [True] + [False] * (len(texts) - 1)
        return Sample(texts, kinds, windows, targets, known, unit.name, grades)

    def question(self, unit, per_kind=6, hidden=True, others=2, strangers=(), shift=0.0, graded=True):
        """A unit to be measured by: excerpts that nobody saw, `others` truths of its neighbours, and
        those of `strangers`; with `graded`, also the better and worse texts that evaluation units have.
        """
        chosen, places = [], []
        for kind in sorted(unit.excerpts):
            pool = [e for e in unit.excerpts.get(kind, []) if bool(e[1]) == hidden][:per_kind]
            chosen += pool
            places += [kind] * len(pool)
        windows, targets = self.windowed(chosen, shift=shift)
        near = [u for u in unit.near if u.truth != unit.truth][:others]
        texts = [unit.truth] + unit.entry.get("rivals", []) + [u.truth for u in near]
        kinds = ["truth"] + unit.entry.get("rival_kinds", []) + ["other"] * len(near)
        for extra in ("paraphrase", "half_right", "too_broad") if graded else ():
            if unit.entry.get(extra) and extra in unit.entry and unit.entry[extra] not in texts:
                texts.append(unit.entry[extra])
                kinds.append("graded " + extra)
        for other in strangers:
            texts.append(other.truth)
            kinds.append("graded stranger")
        made = Sample(texts, kinds, windows, targets, [True] + [False] * (len(texts) - 1), unit.name)
        made.places = places
        return made
