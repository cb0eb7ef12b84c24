"""Decisions about requests for partners that visitors read."""

from collections.abc import Mapping

from sqlalchemy import select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import visible_to
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.source import Known, Source

SUBMITTED = (Event.REQUEST_SUBMIT,)

KINDS = (
    Kind(Event.REQUEST_PUBLISH, N_("Request for a partner published"), Hands.ONE, SUBMITTED),
    Kind(Event.REQUEST_REQUEST_CHANGES, N_("Changes to a request asked for"), Hands.ONE, SUBMITTED),
)

CLOSING = frozenset({Event.REQUEST_DECLINE, Event.REQUEST_WITHDRAW})


def public_requests() -> Mapping[str, Known]:
    """Return the requests that visitors read; one that was declined never is among them."""
    keys = session().scalars(select(CollaborationRequest.public_id).where(visible_to(VISITOR)))
    return {f"request:{key}": Known(f"request:{key}") for key in keys}


REQUESTS = Source(KINDS, CLOSING, public_requests)
