"""The catalogue's pages, one file a thing; `search` finds, `reading` shows, `views` registers and changes."""

from hub.web.catalogue import (
    annexes,
    curation,
    discarding,
    evidence,
    explaining,
    exporting,
    importing,
    ownership,
    problems,
    reading,
    replications,
    revisions,
    search,
    texts,
    views,
)

__all__ = [
    "annexes",
    "curation",
    "discarding",
    "evidence",
    "explaining",
    "exporting",
    "importing",
    "ownership",
    "problems",
    "reading",
    "replications",
    "revisions",
    "search",
    "texts",
    "views",
]
