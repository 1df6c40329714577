"""How good readers find a text: from 0 to 100, by their ratings or else by its kind."""

import collections

from . import labelled

# Readers' means over the training units (../Data/README.md).
OF_KIND = {"truth": 75, "list": 54, "too_broad": 32, "too_narrow": 23, "neighbour": 12, "wrong_context": 11, "other": 8}


def mean_ratings(path, of="train"):
    """{unit's id: {text: (kind, mean rating)}} of the units of one set in a file of ratings."""
    found = collections.defaultdict(dict)
    for entry in labelled.lines(path):
        if entry["set"] == of:
            given = entry["ratings"].values()
            found[entry["id"]][entry["text"]] = (entry["kind"], sum(given) / len(given))
    return dict(found)


def grade_of(text, kind, rated):
    """The mean rating of `text` among `rated`, or that of its kind."""
    return rated[text][1] if text in rated else OF_KIND[kind]
