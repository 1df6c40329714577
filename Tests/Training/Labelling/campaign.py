#!/usr/bin/env python3
"""Makes of labelled units what a campaign is built and merged from.

usage: campaign.py TRAIN.jsonl.gz OUT [--all SET.jsonl.gz] [--more MORE.jsonl.gz] [--units N] [--form SHARE]
                   [--seed N]

OUT.only.json is for `neuronarena campaign build --only`, OUT.written.jsonl for `campaign blind` and
`campaign merge`: each unit's truth and false rivals, with those of MORE where there are any. Units of
which the reader was sure come first; layers share the places evenly, as far as they have units. Every
unit of --all is taken before any of TRAIN: of these no scorer has seen an explanation, so what readers
make of them tells how far a score's gap can be trusted.
"""

import argparse
import json
import random
from collections import defaultdict

import labelled

MODEL = "smollm2-135m"
# What a rival is to a campaign. Lists and neighbours' texts tempt whoever glances at the clues.
ROLES = {"too_broad": "tooBroad", "too_narrow": "halfRight"}
# Texts of a unit, the truth among them; readers rate them all.
TEXTS_MAX = 5


def chosen(first, units, count, form_share, rng):
    """`count` units: all of `first`, then layer by layer in turn, kinds by their shares, the surest first."""
    wanted = {"form": round(count * form_share)}
    wanted["meaning"] = count - wanted["form"]
    found = list(first)
    for kind, places in wanted.items():
        places -= sum(unit["kind"] == kind for unit in first)
        layers = defaultdict(list)
        for unit in units:
            if unit["kind"] == kind:
                layers[unit["layer"]].append(unit)
        for own in layers.values():
            rng.shuffle(own)
            own.sort(key=lambda unit: unit["confidence"])
        taken = []
        while len(taken) < places and any(layers.values()):
            for layer in sorted(layers):
                if layers[layer] and len(taken) < places:
                    taken.append(layers[layer].pop())
        found += taken
    return sorted(found, key=lambda unit: (unit["layer"], unit["neuron"]))


def written(unit, more):
    """The unit's texts as `campaign merge` reads them; the first is the truth."""
    texts = [(unit["explanation"], "true")]
    rivals = zip(unit["rivals"] + more.get("rivals", []), unit["rival_kinds"] + more.get("rival_kinds", []))
    for text, kind in rivals:
        if len(texts) < TEXTS_MAX and text not in (known for known, _ in texts):
            texts.append((text, ROLES.get(kind, "wrongTempting")))
    name = f"{MODEL}/{unit['layer']}/mlp/{unit['neuron']}"
    return [
        {"unit": name, "key": f"t{number}", "role": role, "text": text,
         "author": "house" if role == "true" else "rival", "writer": "reader"}
        for number, (text, role) in enumerate(texts)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("train")
    parser.add_argument("out")
    parser.add_argument("--all")
    parser.add_argument("--more")
    parser.add_argument("--units", type=int, default=360)
    parser.add_argument("--form", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    more = {entry["id"]: entry for entry in labelled.lines(options.more)} if options.more else {}
    first = list(labelled.lines(options.all)) if options.all else []
    train = list(labelled.lines(options.train))
    units = chosen(first, train, options.units, options.form, random.Random(options.seed))
    with open(options.out + ".only.json", "w") as file:
        json.dump({"units": [[unit["layer"], unit["neuron"]] for unit in units]}, file)
    with open(options.out + ".written.jsonl", "w") as file:
        for unit in units:
            for line in written(unit, more.get(unit["id"], {})):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"{options.out}: {len(units)} units of {len({unit['layer'] for unit in units})} layers")


if __name__ == "__main__":
    main()
