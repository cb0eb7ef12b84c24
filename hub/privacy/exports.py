"""Asking for one's own data, and what became of it; the worker makes the file."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import DataExport, Member
from hub.members.service import subject_of
from hub.notifications.service import notify

KEPT_FOR = timedelta(days=7)
"""How long the file may be fetched."""

KNOWN_FOR = timedelta(days=90)
"""How long it stays known that somebody asked."""

LEASE = timedelta(minutes=10)
"""After this long a claim counts as abandoned; making a file takes seconds."""

MOST_SHOWN = 10


def ask_export(actor: Member, language: str) -> DataExport:
    """Ask for the file of one's own data.

    Args:
        actor: anybody with an account.
        language: BCP 47 tag of the language of the text inside.

    Raises:
        ConflictError: one is being made already.
    """
    export = DataExport(member_id=actor.id, language=language)
    session().add(export)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("A file with your data is being made already.")) from None
    record(Viewer(member_id=actor.id, public_id=actor.public_id), Event.MEMBER_EXPORT_DATA, subject_of(actor))
    return export


def exports_of(member: Member) -> Sequence[DataExport]:
    """Return what a member asked for lately, the latest first."""
    return (
        session()
        .scalars(
            select(DataExport)
            .where(DataExport.member_id == member.id)
            .order_by(DataExport.id.desc())
            .limit(MOST_SHOWN)
        )
        .all()
    )


def is_ready(export: DataExport) -> bool:
    """Whether the file may be fetched now."""
    return export.made_at is not None and export.expires_at is not None and export.expires_at > now()


def ready_export(actor: Member, public_id: str) -> DataExport:
    """Return an export of the actor's own whose file may be fetched.

    Raises:
        NotFoundError: there is none, it is somebody else's, not made yet, or expired.
    """
    export = session().scalar(
        select(DataExport).where(DataExport.public_id == public_id, DataExport.member_id == actor.id)
    )
    if export is None or not is_ready(export):
        raise NotFoundError
    return export


def due_export_id() -> int | None:
    """Return the id of the export that has waited longest, or None."""
    return session().scalar(select(DataExport.id).where(_is_due()).order_by(DataExport.id).limit(1))


def claim(export_id: int) -> datetime | None:
    """Take an export before making it; return when, or None if another process was faster."""
    moment = now()
    taken = session().execute(
        update(DataExport).where(DataExport.id == export_id, _is_due()).values(claimed_at=moment),
        execution_options={"synchronize_session": False},
    )
    return moment if taken.rowcount == 1 else None  # type: ignore[attr-defined]


def mark_made(export_id: int, claimed_at: datetime, *, file_name: str, size: int) -> bool:
    """Note that the file is there and tell its owner; return whether the claim still held."""
    moment = now()
    held = _mark(
        export_id, claimed_at, made_at=moment, expires_at=moment + KEPT_FOR, file_name=file_name, size=size
    )
    if held:
        export = session().get_one(DataExport, export_id)
        notify([export.member_id], "export_ready")
    return held


def mark_failed(export_id: int, claimed_at: datetime) -> bool:
    """Note that no file could be made, so that its owner can ask again."""
    return _mark(export_id, claimed_at, failed_at=now())


def forget_exports() -> int:
    """Take the files whose days are over out of their rows, and delete the rows after 90 days; return how many.

    The files go with `archive.unlink_but`, after the commit.
    """
    moment = now()
    changed = (
        update(DataExport)
        .where(DataExport.file_name.is_not(None), DataExport.expires_at <= moment)
        .values(file_name=None, size=None)
    )
    old = delete(DataExport).where(
        DataExport.requested_at <= moment - KNOWN_FOR, DataExport.file_name.is_(None)
    )
    return sum(
        session().execute(statement, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]
        for statement in (changed, old)
    )


def file_names(member_id: int | None = None) -> list[str]:
    """Return the names of the files that rows name, of one member or of all."""
    query = select(DataExport.file_name).where(DataExport.file_name.is_not(None))
    if member_id is not None:
        query = query.where(DataExport.member_id == member_id)
    return [name for name in session().scalars(query) if name]


def _is_due() -> ColumnElement[bool]:
    return and_(
        DataExport.made_at.is_(None),
        DataExport.failed_at.is_(None),
        or_(DataExport.claimed_at.is_(None), DataExport.claimed_at < now() - LEASE),
    )


def _mark(export_id: int, claimed_at: datetime, **values: object) -> bool:
    marked = session().execute(
        update(DataExport)
        .where(
            DataExport.id == export_id,
            DataExport.claimed_at == claimed_at,
            DataExport.made_at.is_(None),
            DataExport.failed_at.is_(None),
        )
        .values(**values),
        execution_options={"synchronize_session": False},
    )
    return marked.rowcount == 1  # type: ignore[attr-defined, no-any-return]
