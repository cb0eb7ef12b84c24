"""Which licences of the SPDX list are open: everybody may use, change and pass on what is under them."""

import json
from functools import cache

from hub.vocabularies.loader import DATA

FILE = DATA / "lists" / "open_licences.json"

OPEN = "open"
"""Stands in the facet of licences beside the code of an open one; no licence is called so."""


def is_open(code: str | None) -> bool:
    """Whether `code`, of the list of licences, is that of an open licence."""
    return is_open_source(code) or code in _listed("content")


def is_open_source(code: str | None) -> bool:
    """Whether `code`, of the list of licences, is that of a licence for open source software."""
    return code in _listed("software")


@cache
def _listed(group: str) -> frozenset[str]:
    return frozenset(json.loads(FILE.read_text(encoding="utf-8"))[group])
