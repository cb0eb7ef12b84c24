"""Calls for entries end: by the clock soon after their last minute, or by the team before."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.showcases.keeping.holding import held_if, numbers_of
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.review.stages import begin_review

GRACE = timedelta(minutes=1)
"""How long after the end of a call the clock waits: what arrived in time may still be on its way into the database."""


def end_call(viewer: Viewer, showcase: Showcase) -> None:
    """End the call of a showcase that is held; entries are under review from now on, and their judges are told.

    Args:
        viewer: the curator who ends it, or VISITOR for the clock.
        showcase: whose call is open.

    Raises:
        ConflictError: it is not.
    """
    before = {"status": showcase.status.value}
    SHOWCASES.move(showcase, "close_call")
    record(
        viewer,
        Event.SHOWCASE_CLOSE_CALL,
        showcase.subject,
        before=before,
        after={"status": showcase.status.value},
    )
    begin_review(viewer, showcase)


def calls_over() -> list[int]:
    """Return the ids of showcases whose call is over and was not ended."""
    return numbers_of(_is_over())


def close_call(number: int) -> bool:
    """End the call of a showcase by the clock; return whether it was open. Belongs into a transaction."""
    showcase = held_if(number, _is_over())
    if showcase is None:
        return False
    end_call(VISITOR, showcase)
    return True


def _is_over() -> ColumnElement[bool]:
    return and_(Showcase.status == ShowcaseStatus.CALL_OPEN, Showcase.call_closes_at <= clock.now() - GRACE)
