"""Reads the journal and joins it with an engine: finding without what is withheld, lag, comparison."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from sqlalchemy import func, select

from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.search.changes import Change
from hub.search.documents import Document, Query, Results
from hub.search.engine import SearchEngine
from hub.search.models import SearchJournal


class Fault(StrEnum):
    """How an index can differ from the database."""

    MISSING = "missing"
    UNEXPECTED = "unexpected"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Difference:
    """One document in which the index differs from the database."""

    document_id: str
    fault: Fault


def find(engine: SearchEngine, query: Query) -> Results:
    """Return what `query` finds, without documents whose audience got narrower since the index was written.

    Raises:
        UnavailableError: there is no sound index at the moment.
    """
    return engine.search(query, withheld_ids)


def count_each(engine: SearchEngine, queries: Sequence[Query]) -> list[int]:
    """Return how many documents each of several queries finds, asking once what is withheld.

    Raises:
        UnavailableError: there is no sound index at the moment.
    """
    withheld = cache(withheld_ids)
    counted = (replace(query, page=PageRequest(1, 1)) for query in queries)
    return [engine.search(query, withheld).total for query in counted]


def withheld_ids(applied_number: int) -> frozenset[str]:
    """Return the ids to leave out of searches in an index that stands at journal number `applied_number`."""
    rows = select(SearchJournal.document_id).where(
        SearchJournal.number > applied_number, SearchJournal.narrows.is_(True)
    )
    return frozenset(session().scalars(rows))


def newest_number() -> int:
    """Return the number of the newest journal row, 0 when there is none."""
    return session().scalar(select(func.max(SearchJournal.number))) or 0


def pending(applied_number: int, limit: int) -> list[Change]:
    """Return the oldest changes after `applied_number`, at most `limit`, in the order of their commits."""
    rows = select(SearchJournal).where(SearchJournal.number > applied_number)
    return [
        Change(
            row.number, row.document_id, None if row.document is None else Document.from_json(row.document)
        )
        for row in session().scalars(rows.order_by(SearchJournal.number).limit(limit))
    ]


def lag(engine: SearchEngine) -> int | None:
    """Return how many changes this node's index has not taken in yet; None when there is no sound index."""
    applied = engine.applied_number()
    return None if applied is None else max(newest_number() - applied, 0)


def differences(engine: SearchEngine, documents: Iterable[Document]) -> list[Difference]:
    """Compare the index with the database, apart from changes that still wait in the journal.

    Args:
        engine: this node's engine.
        documents: every document that should be in the index.

    Returns:
        the differences in the order of ids; none when the index is right.

    Raises:
        UnavailableError: there is no sound index at the moment.
    """
    contents = engine.contents()
    expected = {document.id: document.digest for document in documents}
    waiting = select(SearchJournal.document_id).where(SearchJournal.number > contents.applied_number)
    unsettled = set(session().scalars(waiting))
    found = []
    for document_id in sorted((expected.keys() | contents.digests.keys()) - unsettled):
        if document_id not in contents.digests:
            found.append(Difference(document_id, Fault.MISSING))
        elif document_id not in expected:
            found.append(Difference(document_id, Fault.UNEXPECTED))
        elif expected[document_id] != contents.digests[document_id]:
            found.append(Difference(document_id, Fault.DIFFERENT))
    return found
