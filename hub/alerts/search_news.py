"""Tells those who saved a search what is new in it, once this node's index knows of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.access.audience import is_within, person_label
from hub.alerts.models import Follow, FollowedKind
from hub.alerts.news import Entry, News, entries_between, first_publications, newest_entry
from hub.alerts.searches import SavedQuery, cause_of, query_of
from hub.alerts.telling import BATCH, read_mark, tell
from hub.audit.events import Event
from hub.catalogue.readiness.finding import works_in
from hub.collaboration.documents import PREFIX as REQUEST_PREFIX, classes_at
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.pagination import MAX_PER_PAGE, PageRequest
from hub.integrity.viewers import viewers_of
from hub.notifications.service import EAGERNESS, Cause
from hub.search.documents import Collection, Query, Sort
from hub.search.engine import SearchEngine
from hub.search.models import SearchJournal
from hub.search.plan import And, FacetIs, Node
from hub.search.queries import find

SEARCHES = "searches"
"""The mark of how far the log was read for those who saved searches."""

ID = "id"
"""The facet by which engines know documents themselves."""

EVENTS = frozenset({Event.INNOVATION_PUBLISH, Event.INNOVATION_WIDEN, Event.REQUEST_PUBLISH})
"""The decisions that make something new to those who search; a request to named receivers tells these itself."""

AT_THE_SAME_TIME = timedelta(minutes=1)
"""How far the journal may name another moment than the log for the same decision."""

Causes = dict[News, dict[int, Cause]]


@dataclass(frozen=True)
class _Fresh:
    """An innovation or a request that is new to some.

    Args:
        key: the id of its document.
        collection: what it belongs to.
        news: what they are told.
        before: the labels of those who could find it before; empty where nobody could.
    """

    key: str
    collection: Collection
    news: News
    before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Found:
    """What is to be told: up to which entry the log was read, from where, and whose search found each piece of news."""

    after: int
    upto: int
    causes: Mapping[News, Mapping[int, Cause]]


def tell_searchers(engine: SearchEngine) -> bool:
    """Tell what one batch of the log adds to the searches that somebody saved.

    New is what was published for the first time, a request that was opened to all its audience and, for whom could not
    find it before, what two coordinators showed to more people. The engine is asked before the transaction, so that
    nobody who writes waits for it; what it found is asked again, for each receiver, inside. If another worker was
    quicker, nothing is told twice.

    Returns:
        whether more of the log may be waiting.

    Raises:
        UnavailableError: there is no sound index at the moment; nothing is lost.
    """
    found = _look(engine)
    if found is None:
        return False
    with transaction():
        mark = read_mark(SEARCHES)
        if mark.number != found.after:
            return True
        tell(list(found.causes), found.causes, found.causes)
        mark.number = found.upto
        session().flush()
    return found.upto < newest_entry()


def _look(engine: SearchEngine) -> _Found | None:
    """Return what the next batch adds, or None where nothing is new or the index does not know of it yet."""
    with transaction():
        after = read_mark(SEARCHES).number
    upto = min(newest_entry(), after + BATCH)
    entries = entries_between(after, upto, EVENTS)
    applied = engine.applied_number()
    if entries and applied is None:
        return None
    pending = _pending([_document_id(each) for each in entries], applied or 0)
    for entry in entries:
        if _document_id(entry) in pending:
            upto = entry.number - 1
            break
    if upto <= after:
        return None
    return _Found(after, upto, _causes(engine, _fresh([each for each in entries if each.number <= upto])))


def _document_id(entry: Entry) -> str:
    """Return under which id search knows what an entry is about."""
    return f"{REQUEST_PREFIX}{entry.key}" if entry.event is Event.REQUEST_PUBLISH else entry.key


def _pending(document_ids: Sequence[str], applied: int) -> frozenset[str]:
    """Return those of the documents whose last change the index has not taken in."""
    rows = select(SearchJournal.document_id).where(
        SearchJournal.document_id.in_(sorted(document_ids)), SearchJournal.number > applied
    )
    return frozenset(session().scalars(rows))


def _fresh(entries: Sequence[Entry]) -> list[_Fresh]:
    """Return what the entries make new, the oldest first; what is published for the first time is new to all."""
    first = {
        each.key: _Fresh(each.key, Collection.INNOVATIONS, _news(each))
        for each in first_publications(entries)
    }
    widened = [each for each in entries if each.event is Event.INNOVATION_WIDEN and each.key not in first]
    opened = [
        _Fresh(_document_id(each), Collection.REQUESTS, _request_news(each))
        for each in entries
        if each.event is Event.REQUEST_PUBLISH
    ]
    return [*first.values(), *_widened(widened), *opened]


def _news(entry: Entry) -> News:
    subject = f"innovation:{entry.key}"
    return News(entry.number, entry.at, "followed_published", subject, entry.actor, frozenset())


def _request_news(entry: Entry) -> News:
    subject = f"request:{entry.key}"
    return News(entry.number, entry.at, "request_found", subject, entry.actor, frozenset())


def _widened(entries: Sequence[Entry]) -> Iterator[_Fresh]:
    """Yield what was shown to more people, with who could find it before, as the journal of the index remembers."""
    entry_of = {each.key: each for each in entries}
    rows = session().execute(
        select(SearchJournal.document_id, SearchJournal.document, SearchJournal.recorded_at)
        .where(SearchJournal.document_id.in_(sorted(entry_of)), SearchJournal.document.is_not(None))
        .order_by(SearchJournal.number)
    )
    held: dict[str, frozenset[str]] = {}
    found: dict[str, _Fresh] = {}
    for key, document, recorded_at in rows:
        entry, before = entry_of[key], held.get(key, frozenset())
        labels = frozenset((document or {}).get("labels", ()))
        is_step = bool(before) and not is_within(labels, before)
        if is_step and abs(recorded_at - entry.at) < AT_THE_SAME_TIME:
            found[key] = _Fresh(key, Collection.INNOVATIONS, _news(entry), before)
        held[key] = before | labels
    yield from found.values()


def _causes(engine: SearchEngine, fresh: Sequence[_Fresh]) -> Causes:
    """Return, by news and member, which saved search found it with the labels that its owner holds now.

    Where several did, it is the one that wants it mailed soonest, and of those the oldest.
    """
    causes: Causes = {each.news: {} for each in fresh}
    if not fresh:
        return causes
    follows = (
        session()
        .scalars(
            select(Follow)
            .where(
                Follow.kind == FollowedKind.SEARCH,
                Follow.followed_at <= max(each.news.at for each in fresh),
            )
            .options(joinedload(Follow.member))
            .order_by(Follow.member_id, Follow.id)
        )
        .all()
    )
    viewers = viewers_of(list({each.member for each in follows}))
    somewhere = cache(works_in)
    known: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
    for follow in follows:
        # nothing that is published is for named people, so that one search serves all who hold the same other labels
        labels = viewers[follow.member_id].labels - {person_label(follow.member_id)}
        asked, saved = (follow.key, labels), query_of(follow)
        alike = [each for each in fresh if each.collection is saved.collection]
        if alike and asked not in known:
            query = _query(saved, labels, somewhere)
            known[asked] = _found(engine, query, [each.key for each in alike])
        for each in alike:
            is_new = follow.followed_at <= each.news.at and not (each.before & labels)
            if is_new and each.key in known[asked]:
                _add(causes[each.news], follow)
    return causes


def _add(causes: dict[int, Cause], follow: Follow) -> None:
    cause, present = cause_of(follow), causes.get(follow.member_id)
    if present is None or EAGERNESS.index(cause.frequency) < EAGERNESS.index(present.frequency):
        causes[follow.member_id] = cause


def _found(engine: SearchEngine, query: Query, document_ids: Sequence[str]) -> frozenset[str]:
    """Return which of the documents a query finds with all of its words."""
    found: set[str] = set()
    for start in range(0, len(document_ids), MAX_PER_PAGE):
        inside = FacetIs(ID, frozenset(document_ids[start : start + MAX_PER_PAGE]))
        narrowed = inside if query.narrowed is None else And((inside, query.narrowed))
        results = find(engine, replace(query, narrowed=narrowed))
        if not results.loose:
            found.update(results.ids)
    return frozenset(found.intersection(document_ids))


def _query(saved: SavedQuery, labels: frozenset[str], somewhere: Callable[[str], Node]) -> Query:
    """Return what a saved search asks an engine for; `somewhere` gives the condition for what works in a country."""
    return Query(
        labels=labels,
        text=saved.text,
        filters=saved.wanted,
        sort=Sort.NEWEST,
        page=PageRequest(1, MAX_PER_PAGE),
        narrowed=somewhere(saved.works_in) if saved.works_in else None,
        collection=saved.collection,
        has_counts=False,
        has_synonyms=not saved.is_exact,
        classes=classes_at(clock.now()) if saved.collection is Collection.REQUESTS else {},
    )
