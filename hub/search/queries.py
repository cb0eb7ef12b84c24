"""Reads the journal and joins it with an engine: finding without what is withheld, lag, comparison."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from sqlalchemy import bindparam, func, select

from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.search.changes import Change
from hub.search.documents import Document, Query, Results, Sort
from hub.search.engine import SearchEngine
from hub.search.lexicon import Lexicon
from hub.search.models import SearchJournal

ENOUGH = 10
"""Where fewer documents than this have all the words, the nearest of the others are shown below them."""


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


def nearest(engine: SearchEngine, query: Query, results: Results) -> tuple[str, ...]:
    """Return the ids of documents with some of the words, where only a few have all of them; the nearest first.

    They fill what the few leave free of the first `ENOUGH` places; no total and no facet counts them.

    Args:
        engine: this node's engine.
        query: what was asked.
        results: what it found.

    Raises:
        UnavailableError: there is no sound index at the moment.
    """
    room = ENOUGH - results.total
    is_first = query.page.number == 1 and query.sort is Sort.RELEVANCE
    if not is_first or results.loose or not 0 < results.total < ENOUGH:
        return ()
    page = PageRequest(1, ENOUGH)
    wider = engine.search(replace(query, is_loose=True, has_counts=False, page=page), withheld_ids)
    if not wider.loose:
        return ()
    return tuple(each for each in wider.ids if each not in results.ids)[:room]


def count_each(engine: SearchEngine, queries: Sequence[Query]) -> list[int]:
    """Return how many documents each of several queries finds, asking once what is withheld.

    Raises:
        UnavailableError: there is no sound index at the moment.
    """
    withheld = cache(withheld_ids)
    counted = (replace(query, page=PageRequest(1, 1), has_counts=False) for query in queries)
    return [engine.search(query, withheld).total for query in counted]


def lexicon(engine: SearchEngine, query: Query) -> Lexicon:
    """Return the words of the documents that the viewer of `query` may see in its collection.

    Raises:
        UnavailableError: there is no sound index at the moment.
    """
    return engine.lexicon(query, withheld_ids)


def similar(engine: SearchEngine, document: Document, query: Query) -> tuple[str, ...]:
    """Return the ids of the documents most like `document`, itself left out, that the viewer of `query` may see.

    Raises:
        UnavailableError: there is no sound index at the moment.
    """
    return engine.similar(document, query, withheld_ids)


WITHHELD = select(SearchJournal.document_id).where(
    SearchJournal.number > bindparam("applied"), SearchJournal.narrows.is_(True)
)


def withheld_ids(applied_number: int) -> frozenset[str]:
    """Return the ids to leave out of searches in an index that stands at journal number `applied_number`."""
    return frozenset(session().scalars(WITHHELD, {"applied": applied_number}))


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
