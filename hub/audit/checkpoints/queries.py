"""What pages, files and checks read of checkpoints, and the parts of the log that they cover. All of it is public."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select, true

from hub.audit.encoding import START, Link
from hub.audit.models import AuditChain, AuditCheckpoint, AuditKey
from hub.audit.verify import Seals
from hub.core.database import session
from hub.core.pagination import Page, PageRequest

BATCH = 500
"""Notes that are read at once."""


def latest_checkpoint() -> AuditCheckpoint | None:
    """Return the newest checkpoint, or None before the first."""
    return session().scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.id.desc()).limit(1))


def covered_entries() -> int:
    """Return the number of the last entry that lies under a checkpoint; 0 before the first."""
    return session().scalar(select(func.max(AuditCheckpoint.entries))) or 0


def checkpoint_page(request: PageRequest) -> Page[AuditCheckpoint]:
    """Return a part of the checkpoints, the newest first."""
    total = session().scalar(select(func.count()).select_from(AuditCheckpoint)) or 0
    request = request.within(total)
    rows = session().scalars(
        select(AuditCheckpoint)
        .order_by(AuditCheckpoint.id.desc())
        .limit(request.per_page)
        .offset(request.offset)
    )
    return Page(list(rows.all()), total, request)


def checkpoint_notes(before: int, since: datetime | None = None) -> Sequence[tuple[int, str]]:
    """Return id and note of some checkpoints, the newest first.

    Args:
        before: only those with a smaller id, which is where the batch before ended.
        since: only those made from this moment on.
    """
    rows = session().execute(
        select(AuditCheckpoint.id, AuditCheckpoint.note)
        .where(
            AuditCheckpoint.id < before,
            true() if since is None else AuditCheckpoint.made_at >= since,
        )
        .order_by(AuditCheckpoint.id.desc())
        .limit(BATCH)
    )
    return [(number, note) for number, note in rows]


def key_in_use() -> AuditKey | None:
    """Return the key that signs now, or None before the first."""
    return session().scalar(select(AuditKey).where(AuditKey.retired_at.is_(None)))


def all_keys() -> Sequence[AuditKey]:
    """Return the key in use, then the retired ones, the latest first."""
    return (
        session()
        .scalars(select(AuditKey).order_by(AuditKey.retired_at.is_not(None), AuditKey.retired_at.desc()))
        .all()
    )


def end_of_log() -> tuple[int, str]:
    """Return how many entries the log has, and the hash of the last one."""
    row = (
        session()
        .execute(select(AuditChain.number, AuditChain.hash).order_by(AuditChain.number.desc()).limit(1))
        .first()
    )
    return (row[0], row[1]) if row else (0, START)


def links_between(after: int, last: int) -> Iterator[Link]:
    """Yield the entries from the one after `after` to `last`, in order, as they may be published."""
    rows = session().execute(
        select(AuditChain.number, AuditChain.recorded_at, AuditChain.commitment, AuditChain.hash)
        .where(AuditChain.number > after, AuditChain.number <= last)
        .order_by(AuditChain.number)
        .execution_options(yield_per=BATCH)
    )
    for number, recorded_at, commitment, digest in rows:
        yield Link(number, recorded_at, commitment, digest)


def stored_seals() -> Seals:
    """Return what the stored checkpoints say of the log; their signatures are another matter."""
    seals: dict[int, set[str]] = {}
    for entries, head in session().execute(select(AuditCheckpoint.entries, AuditCheckpoint.head).distinct()):
        seals.setdefault(entries, set()).add(head)
    return seals


def stored_notes() -> Iterator[AuditCheckpoint]:
    """Yield every checkpoint, the oldest first."""
    yield from session().scalars(
        select(AuditCheckpoint).order_by(AuditCheckpoint.id).execution_options(yield_per=BATCH)
    )
