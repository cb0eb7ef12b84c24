"""One matter that can wait: its kind, on whom it waits, and the columns that all of them share."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Interval,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute

from hub.collaboration.models import CollaborationRequest
from hub.core.database import UtcDateTime, session

Matters = Select[*tuple[Any, ...]]

Expression = ColumnElement[Any] | InstrumentedAttribute[Any]


class WaitingKind(StrEnum):
    """What can wait."""

    REVIEW = "review"
    """An open call that a coordinator reviews."""
    REQUIREMENTS = "requirements"
    """New requirements that a coordinator reviews."""
    CALL = "call"
    """A call for a coordinator."""
    REQUEST = "request"
    """An open call to which nobody has responded."""
    RECEIVER = "receiver"
    """A named receiver who has neither responded nor refused."""
    RESPONSE = "response"
    """A response of which the requester has said nothing yet."""
    DECISION = "decision"
    """A response that was neither accepted nor declined, though the due date has passed."""
    QUESTION = "question"
    STEP = "step"
    """A step of a plan that is overdue."""
    OUTCOME = "outcome"
    """An outcome that the other side has neither agreed to nor disputed."""
    DISPUTE = "dispute"
    """A disputed outcome that was not revised."""
    FOLLOW_UP = "follow_up"
    """What became of a partnership, which neither side has recorded."""


class Party(StrEnum):
    """On whom something waits."""

    COORDINATORS = "coordinators"
    EVERYBODY = "everybody"
    RECEIVER = "receiver"
    REQUESTER = "requester"
    RESPONDER = "responder"
    BOTH = "both"


def matter(
    kind: WaitingKind,
    party: Party | ColumnElement[str],
    subject: tuple[str, Expression],
    since: Expression,
    **more: Expression,
) -> Matters:
    """Return the select of one kind of matter, among requests.

    Args:
        kind: what waits.
        party: on whom, or a column that says which side.
        subject: the word and the column by which the audit log names it.
        since: since when it waits.
        more: columns where they differ from those of the request: country, tlp, taken_by, response (its random id).
    """
    name, key = subject
    on_whom = literal(party.value, String) if isinstance(party, Party) else party
    return select(
        literal(kind.value, String).label("kind"),
        on_whom.label("party"),
        literal(f"{name}:", String).concat(key).label("subject"),
        type_coerce(since, UtcDateTime).label("since"),
        more.get("country", CollaborationRequest.country).label("country"),
        type_coerce(more.get("tlp", CollaborationRequest.tlp), String).label("tlp"),
        case((more.get("taken_by", null()).is_not(None), 1), else_=0).label("is_taken"),
        CollaborationRequest.id.label("request_id"),
        more.get("response", cast(null(), String)).label("response_id"),
    )


def later(column: Expression, period: timedelta) -> ColumnElement[datetime]:
    """Return the moment a period after what a column says, a moment or the beginning of a day in UTC."""
    if session().get_bind().dialect.name == "postgresql":
        at = column if isinstance(column.type, UtcDateTime) else func.timezone("UTC", cast(column, DateTime))
        return type_coerce(type_coerce(at, DateTime) + literal(period, Interval), UtcDateTime)
    modifier = f"+{int(period.total_seconds())} seconds"
    return func.strftime("%Y-%m-%d %H:%M:%f000", column, modifier, type_=UtcDateTime())
