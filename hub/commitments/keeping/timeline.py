"""What happened to a commitment: adding events with their sources, and taking wrong ones away."""

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.commitments.acting import holding_as_keeper
from hub.commitments.keeping.checking import check_event
from hub.commitments.keeping.details import EventDetails, first_of_month
from hub.commitments.keeping.snapshots import snapshot
from hub.commitments.models import Commitment, CommitmentEvent, Precision
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Member

MOST_EVENTS = 200
"""Events of one commitment: its page shows them all."""

FULL = N_("A commitment has at most %(number)s events. Take one away that matters less.")


def add_event(actor: Member, commitment: Commitment, details: EventDetails) -> CommitmentEvent:
    """Add something that happened.

    Args:
        actor: a keeper of the record.
        commitment: the commitment.
        details: what happened, when, and where that can be read.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not keep it.
        InvalidError: something said cannot be true; names the field.
        ConflictError: it has as many events as there may be.
    """
    viewer = holding_as_keeper(actor, commitment)
    check_event(details)
    if len(commitment.events) >= MOST_EVENTS:
        raise ConflictError(FULL, number=MOST_EVENTS)
    before = snapshot(commitment)
    event = event_of(details)
    commitment.events.append(event)
    _note(viewer, commitment, before)
    return event


def remove_event(actor: Member, commitment: Commitment, public_id: str) -> None:
    """Take an event away that was written down wrongly.

    Raises:
        NotFoundError: it is not the actor's to see, or there is no such event.
        ForbiddenError: the actor does not keep it.
    """
    viewer = holding_as_keeper(actor, commitment)
    event = next((each for each in commitment.events if each.public_id == public_id), None)
    if event is None:
        raise NotFoundError
    before = snapshot(commitment)
    commitment.events.remove(event)
    _note(viewer, commitment, before)


def event_of(details: EventDetails) -> CommitmentEvent:
    """Return checked details as a row; its day is the first of the month or year where no more is known."""
    day = details.happened_on
    if details.precision is not Precision.DAY:
        day = first_of_month(day)
    if details.precision is Precision.YEAR:
        day = day.replace(month=1)
    return CommitmentEvent(
        happened_on=day,
        precision=details.precision,
        words=details.words.strip(),
        source_url=details.source_url,
        retrieved_on=details.retrieved_on,
    )


def _note(viewer: Viewer, commitment: Commitment, before: dict[str, object]) -> None:
    session().flush()
    session().refresh(commitment, ["events"])
    if commitment.is_shown:
        record(viewer, Event.COMMITMENT_CHANGE, commitment.subject, before=before, after=snapshot(commitment))
