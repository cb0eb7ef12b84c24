"""What pages, exports and checks read from the audit log."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Result,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import aliased

from hub.audit.encoding import Link, PrivatePart
from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.audit.verify import StoredEntry
from hub.core.database import session
from hub.core.pagination import Page, PageRequest

BATCH = 1_000
"""Rows that are fetched at once from a log of any length."""

_STORED_LENGTH = len("2026-11-21 12:00:00.000000")


@dataclass(frozen=True)
class HistoryItem:
    """One line of a thing's history.

    Args:
        number: position in the audit log.
        recorded_at: when it was committed.
        event: what was done.
        actor: public id of the member who did it, or `system`.
        roles: the roles that the actor had in force then.
        reason: words or reason code given.
    """

    number: int
    recorded_at: datetime
    event: Event
    actor: str
    roles: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class LogItem:
    """One entry of the log, as who reads all of it gets it.

    Args:
        number: position in the log.
        recorded_at: when it was committed.
        event: what was done, or None where the private part was erased.
        actor: public id of the member who did it, or `system`.
        roles: the roles that the actor had in force then.
        subject: what it is about, as `<thing>:<public id>`.
        reason: words or reason code given.
    """

    number: int
    recorded_at: datetime
    event: Event | None = None
    actor: str = ""
    roles: tuple[str, ...] = ()
    subject: str = ""
    reason: str = ""


def log_page(
    request: PageRequest,
    *,
    event: Event | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Page[LogItem]:
    """Return a part of the log, newest first; the caller decides what of it may be shown to whom.

    Args:
        request: which page.
        event: only what was done so, or None for everything, erased entries too.
        since: only from this moment on.
        until: only before this moment.
    """
    within = _within(since, until)
    if event is not None:
        within = and_(within, AuditEntry.tag == event.value)
    joined = AuditChain.__table__.outerjoin(AuditEntry.__table__, AuditEntry.number == AuditChain.number)
    total = session().scalar(select(func.count()).select_from(joined).where(within)) or 0
    rows = session().execute(
        select(
            AuditChain.number,
            AuditChain.recorded_at,
            AuditEntry.tag,
            AuditEntry.actor,
            AuditEntry.actor_roles,
            AuditEntry.subject,
            AuditEntry.reason,
        )
        .select_from(joined)
        .where(within)
        .order_by(AuditChain.number.desc())
        .limit(request.per_page)
        .offset(request.offset)
    )
    items = [_log_item(*row) for row in rows]
    return Page(items, total, request)


def _log_item(
    number: int,
    recorded_at: datetime,
    tag: str | None,
    actor: str,
    roles: str,
    subject: str,
    reason: str,
) -> LogItem:
    if tag is None:
        return LogItem(number, recorded_at)
    return LogItem(number, recorded_at, Event(tag), actor, tuple(roles.split()), subject, reason)


def event_counts(since: datetime | None = None, until: datetime | None = None) -> dict[Event, int]:
    """Return how often each thing was done between two moments; what never was is left out."""
    rows = session().execute(
        select(AuditEntry.tag, func.count())
        .join(AuditChain, AuditChain.number == AuditEntry.number)
        .where(_within(since, until))
        .group_by(AuditEntry.tag)
    )
    return {Event(tag): count for tag, count in rows}


def count_of(event: Event) -> int:
    """Return how often one thing was done."""
    counted = select(func.count()).select_from(AuditEntry).where(AuditEntry.tag == event.value)
    return session().scalar(counted) or 0


def _within(since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    return and_(
        true() if since is None else AuditChain.recorded_at >= since,
        true() if until is None else AuditChain.recorded_at < until,
    )


def history_of(
    subject: str, *, limit: int = 200, events: Collection[Event] | None = None
) -> list[HistoryItem]:
    """Return what happened to `subject`, oldest first; of a longer history the latest `limit` items.

    The caller has made sure that the viewer may see the subject. Erased entries are left out.

    Args:
        subject: how the audit log names the thing.
        limit: how many items at most.
        events: only these, or None for all.
    """
    wanted = true() if events is None else AuditEntry.tag.in_([each.value for each in events])
    rows = session().execute(
        select(
            AuditChain.number,
            AuditChain.recorded_at,
            AuditEntry.tag,
            AuditEntry.actor,
            AuditEntry.actor_roles,
            AuditEntry.reason,
        )
        .join(AuditEntry, AuditEntry.number == AuditChain.number)
        .where(AuditEntry.subject == subject, wanted)
        .order_by(AuditEntry.number.desc())
        .limit(limit)
    )
    items = [
        HistoryItem(number, recorded_at, Event(tag), actor, tuple(roles.split()), reason)
        for number, recorded_at, tag, actor, roles, reason in rows
    ]
    return items[::-1]


def stored_entries() -> Iterator[StoredEntry]:
    """Yield the whole chain in order, each link with its private part, as seen by one statement."""
    erasure = aliased(AuditEntry)
    is_erased = exists().where(
        erasure.tag == Event.AUDIT_ERASE.value,
        erasure.subject == literal("audit:") + cast(AuditChain.number, String),
        erasure.number > AuditChain.number,
    )
    query = (
        select(
            AuditChain.number,
            # As stored: a moment that somebody edited into nonsense must be named, not stop the check.
            type_coerce(AuditChain.recorded_at, String),
            AuditChain.commitment,
            AuditChain.hash,
            # Looked up for missing parts only.
            case((AuditEntry.number.is_(None), is_erased), else_=False),
            AuditEntry.salt,
            AuditEntry.actor,
            AuditEntry.actor_roles,
            AuditEntry.subject,
            AuditEntry.tag,
            AuditEntry.reason,
            AuditEntry.before_hash,
            AuditEntry.after_hash,
        )
        .outerjoin(AuditEntry, AuditEntry.number == AuditChain.number)
        .order_by(AuditChain.number)
    )
    _tolerate_damaged_text()
    with _stream(query) as rows:
        for number, recorded_at, commitment, digest, erased, salt, *fields in rows:
            link = Link(number, _moment(recorded_at), commitment, digest)
            part = PrivatePart(*fields) if salt is not None else None
            yield StoredEntry(link, salt, part, is_erased=bool(erased))


def _tolerate_damaged_text() -> None:
    """Have SQLite read text that is not UTF-8 as signs that fit no commitment, so that its entry can be named."""
    driver = session().connection().connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.text_factory = partial(str, encoding="utf-8", errors="replace")


def erased_numbers() -> Sequence[int]:
    """Return the numbers of the entries whose private part is no longer there."""
    return (
        session()
        .scalars(
            select(AuditChain.number)
            .where(~exists().where(AuditEntry.number == AuditChain.number))
            .order_by(AuditChain.number)
        )
        .all()
    )


def first_loose_number() -> int | None:
    """Return the lowest number of a private part that no link of the chain carries, or None."""
    return session().scalar(
        select(AuditEntry.number)
        .where(~exists().where(AuditChain.number == AuditEntry.number))
        .order_by(AuditEntry.number)
        .limit(1)
    )


def _stream(query: Executable) -> Result[*tuple[Any, ...]]:
    """Run `query` with a cursor that holds a batch of rows at a time; the caller closes it."""
    return session().execute(query, execution_options={"yield_per": BATCH})


def _moment(stored: object) -> datetime:
    """Return a stored moment; one that cannot be read becomes the first of all, which fits no hash."""
    if isinstance(stored, str) and len(stored) == _STORED_LENGTH:
        # as SQLite holds it, without a zone: a log of any length is read so
        with suppress(ValueError):
            return datetime.fromisoformat(f"{stored}+00:00")
    try:
        moment = stored if isinstance(stored, datetime) else datetime.fromisoformat(str(stored))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
