"""As of when public figures hold: one cheap stamp; what was computed for visitors at one stamp may be used again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from hub.audit.models import AuditChain
from hub.core import clock
from hub.core.database import session


class Span(StrEnum):
    """How far the clock may go on before what was computed is computed anew, though nothing was decided."""

    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True)
class Version:
    """What public figures were computed from.

    Args:
        database: which one, without its password.
        head: the hash of the last entry of the audit log; it moves with each decision and with each
            change of who sees what.
        from_moment: the start of the minute or day, in UTC, for what the clock changes.
    """

    database: str
    head: str
    from_moment: datetime


def public_version(span: Span = Span.MINUTE) -> Version | None:
    """Return the stamp of what visitors see now, or None where nothing may be kept.

    None while nothing was ever logged, and inside a transaction, which sees what may never be committed.
    """
    opened = session()
    if opened.info.get("in_transaction"):
        return None
    head = opened.scalar(select(AuditChain.hash).order_by(AuditChain.number.desc()).limit(1))
    if head is None:
        return None
    moment = clock.now().replace(second=0, microsecond=0)
    if span is Span.DAY:
        moment = moment.replace(hour=0, minute=0)
    return Version(opened.get_bind().engine.url.render_as_string(), head, moment)
