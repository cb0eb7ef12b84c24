"""How often one member may ask for introductions: what became of earlier ones changes nothing of it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.errors import TooManyError
from hub.core.i18n import N_
from hub.members.holding import hold_member
from hub.members.models import Introduction, IntroductionStatus
from hub.members.quotas import require_quota

WAITS_FOR = timedelta(days=30)
"""How long somebody may take to answer."""

AGAIN_AFTER = timedelta(days=90)
"""How long after asking the same person can be asked again, whatever became of it."""

A_DAY = timedelta(days=1)

MOST_A_DAY = 10
MOST_WAITING = 30

ASKED_TOO_MANY = N_(
    "You have asked for %(number)s introductions within a day, which is the most. What you typed is kept."
)
TOO_MANY_WAIT = N_(
    "%(number)s introductions wait for an answer, which is the most. Take one back, or wait. What you typed is kept."
)


def waits_for_asker(moment: datetime) -> ColumnElement[bool]:
    """Return the SQL condition for what waits as far as who asked knows, as `Introduction.state_for_asker` says."""
    return and_(
        Introduction.status != IntroductionStatus.ACCEPTED,
        Introduction.withdrawn_at.is_(None),
        Introduction.expires_at > moment,
    )


def require_room(actor: Viewer) -> None:
    """Refuse an introduction too many; whoever asks for several at once is counted one by one.

    Raises:
        TooManyError: they asked for as many as a day allows, or as many as may wait; it says when there is room again.
    """
    hold_member(actor.member_id)
    require_quota(
        (Introduction.asked_at, Introduction.asked_by_id == actor.member_id),
        most=MOST_A_DAY,
        period=A_DAY,
        words=ASKED_TOO_MANY,
    )
    moment = clock.now()
    waiting, first = (
        session()
        .execute(
            select(func.count(Introduction.id), func.min(Introduction.expires_at)).where(
                Introduction.asked_by_id == actor.member_id, waits_for_asker(moment)
            )
        )
        .one()
    )
    if waiting >= MOST_WAITING:
        seconds = int((first - moment).total_seconds()) + 1
        raise TooManyError(TOO_MANY_WAIT, retry_after=max(1, seconds), number=MOST_WAITING)
