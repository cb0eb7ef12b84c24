"""Which due dates and expiries a request can have; the same for its draft and for what happens later."""

from datetime import datetime, timedelta

from hub.collaboration.models import CollaborationRequest
from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_

EXPIRES_AFTER = timedelta(days=30)
"""How long after the due date an open request expires, where its requester says nothing else."""

LONGEST = timedelta(days=365)
"""How long after its opening a request expires at the latest."""

REOPEN_WITHIN = timedelta(days=30)
"""How long after its expiry a request can be opened again; so long the responses wait."""


def latest_expiry(request: CollaborationRequest) -> datetime:
    """Return the last moment at which a request can expire: a year after it was opened, or is opened now."""
    latest = (request.opened_at or clock.now()) + LONGEST
    return max(latest, request.expires_at) if request.opened_at and request.expires_at else latest


def checked_expiry(due_at: datetime, expires_at: datetime | None, latest: datetime) -> datetime:
    """Return when a request with this due date expires, having checked that both can be.

    Args:
        due_at: the first moment at which no response is taken.
        expires_at: what its requester wants, or None for the usual 30 days later.
        latest: the last moment at which it can expire.

    Raises:
        InvalidError: the due date has passed or is too far off, or the expiry does not lie between it and the latest.
    """
    if due_at <= clock.now():
        raise InvalidError(N_("Choose a due date that is still to come."), field="due_on")
    if due_at > latest:
        raise InvalidError(
            N_("Choose an earlier due date: a request is open for a year at most."), field="due_on"
        )
    if expires_at is None:
        return min(due_at + EXPIRES_AFTER, latest)
    if expires_at < due_at:
        raise InvalidError(N_("It cannot expire before it is due."), field="expires_on")
    if expires_at > latest:
        raise InvalidError(
            N_("Choose an earlier day: a request is open for a year at most."), field="expires_on"
        )
    return expires_at
