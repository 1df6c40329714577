"""Reads the labelled data of ../Data: JSON Lines, packed by gzip or not."""

import gzip
import json
import pathlib


def lines(path):
    """The entries of a JSON Lines file."""
    opened = gzip.open if str(path).endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def texts(path):
    """The subject's tokens of every text in the file at `path`; ids are looked up in the file beside it."""
    found, table = [], None
    for entry in lines(path):
        if "tokens" not in entry:
            table = table or next(lines(pathlib.Path(path).parent / "tokens.json.gz"))
            entry["tokens"] = [table[str(i)] for i in entry["ids"]]
        found.append(entry["tokens"])
    return found
