"""Small changes of an explanation's wording that leave its meaning, so that words aren't learnt by heart."""

import re

ARTICLE = re.compile(r"\b(?:a|an|the) (?=[a-z])")
EXAMPLES = re.compile(r"(?:,? such as|,? like|,? as in|, as) (?=[\"'a-z])")
WAYS = (" such as ", " like ", ", as in ", ", for example ", ", for instance ", ": ")
PAIR = re.compile(r"^(\"?[\w'-]+\"?) (or|and) (\"?[\w'-]+\"?)(?=$|[ ,;])")
CHANGED_SHARE = 0.2


def varied(text, rng):
    """`text` with, now and then, articles left out, examples introduced otherwise, or a pair turned round."""
    draws = rng.random(4)
    if draws[0] < CHANGED_SHARE:
        text = ARTICLE.sub("", text)
    if draws[1] < CHANGED_SHARE:
        text = EXAMPLES.sub(lambda _: WAYS[rng.integers(len(WAYS))], text, count=1)
    if draws[2] < CHANGED_SHARE:
        text = PAIR.sub(r"\3 \2 \1", text)
    if draws[3] < CHANGED_SHARE / 2:
        text = text[0].upper() + text[1:] if text[0].islower() else text
    return text
