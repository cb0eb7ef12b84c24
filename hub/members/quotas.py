"""How often one member may do something within a period, counted from what is stored."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.core import clock
from hub.core.database import session
from hub.core.errors import TooManyError

Counted = tuple[InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None], ColumnElement[bool]]
"""The column that says when something was done, and which rows count."""


def require_quota(*counted: Counted, most: int, period: timedelta, words: str) -> None:
    """Refuse what would be one too many; the member is held by then (`hold_member`), so that two at once are counted.

    Args:
        counted: what counts, together.
        most: how often it may be done.
        period: within which time.
        words: message id of what is said; `%(number)s` stands for the most.

    Raises:
        TooManyError: it was done as often as it may be; it says when there is room again.
    """
    moment = clock.now()
    done: list[datetime] = []
    for done_at, which in counted:
        latest = select(done_at).where(which, done_at > moment - period).order_by(done_at.desc()).limit(most)
        done += session().scalars(latest)
    if len(done) >= most:
        room_at = sorted(done)[-most] + period
        raise TooManyError(
            words, retry_after=max(1, int((room_at - moment).total_seconds()) + 1), number=most
        )
