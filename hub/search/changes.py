"""What passes between the journal, an engine and the check: one change, and what an index holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hub.search.documents import Document

Withheld = Callable[[int], frozenset[str]]
"""Gives, for the journal number that an index has applied, the ids of documents to leave out of every answer."""

Progress = Callable[[int], None]
"""Is told now and then how many documents a build has taken in."""

PROGRESS_STEP = 100
"""Progress is told after so many documents."""


@dataclass(frozen=True)
class Change:
    """One journal row: `document` replaces what the index has under `document_id`, or None removes it."""

    number: int
    document_id: str
    document: Document | None


@dataclass(frozen=True)
class Contents:
    """What an index holds: digests by document id, as of journal number `applied_number`."""

    applied_number: int
    digests: Mapping[str, str]
