"""What every change of an entry asks first: whether the call takes it, and whether its innovation can be shown."""

from datetime import datetime

from hub.access.audience import is_lowered, is_within
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationStatus
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_entry
from hub.showcases.models import Entry, EntryStatus, Showcase, ShowcaseStatus
from hub.showcases.models.showcase import OVER
from hub.showcases.permissions import answers_for, is_presenter

OPEN_ENDED = (*OVER, ShowcaseStatus.CANCELLED)
"""States of a showcase in which nobody prepares for it any more."""

NOT_YET = N_("The call has not opened yet.")
IS_OVER = N_("This showcase is over or was cancelled, so nothing of the entry can be changed any more.")
NOT_SHOWN = N_(
    "This innovation cannot be shown there: it has to be published, and everybody in the audience of the showcase "
    "has to be allowed to read it."
)


class CallClosedError(ConflictError):
    """An entry reached the hub at or after the first moment at which none is taken any more."""

    default = N_("The call has closed, so no entries are taken any more. Your draft is kept.")


def takes_entries(showcase: Showcase, moment: datetime) -> bool:
    """Whether a showcase takes what arrived at `moment`; the first moment after the window does not count."""
    return (
        showcase.status is ShowcaseStatus.CALL_OPEN
        and showcase.call_opens_at is not None
        and showcase.call_closes_at is not None
        and showcase.call_opens_at <= moment < showcase.call_closes_at
    )


def require_call(showcase: Showcase, moment: datetime) -> None:
    """Make sure that a showcase takes what arrived at `moment`.

    Args:
        showcase: held.
        moment: when the entry reached the hub, before it waited for others.

    Raises:
        CallClosedError: it came too late.
        ConflictError: the call has not opened yet.
    """
    if takes_entries(showcase, moment):
        return
    if (
        showcase.status is ShowcaseStatus.CALL_OPEN
        and showcase.call_opens_at
        and moment < showcase.call_opens_at
    ):
        raise ConflictError(NOT_YET)
    raise CallClosedError


def is_showable(innovation: Innovation, showcase: Showcase) -> bool:
    """Whether everybody in the audience of a showcase may read an innovation, and pass it on as freely."""
    revision = innovation.published_revision
    return (
        innovation.status is InnovationStatus.PUBLISHED
        and revision is not None
        and is_within(showcase.labels, innovation.labels)
        and is_within(showcase.labels, revision.labels)
        and not is_lowered(innovation.tlp, showcase.tlp)
    )


def holding_as_side(actor: Member, entry: Entry) -> Viewer:
    """Hold an entry and return the viewer that `actor` is, if they act for it.

    Raises:
        NotFoundError: the entry is not the actor's to see, or a draft was discarded meanwhile.
        ForbiddenError: they see it, but do not act for it.
    """
    viewer = holding_entry(actor, entry)
    if not answers_for(viewer, entry):
        raise _refusal(entry)
    return viewer


def holding_as_party(actor: Member, entry: Entry) -> Viewer:
    """Hold an entry and return the viewer that `actor` is, if they act for it or present it.

    Raises:
        As `holding_as_side`.
    """
    viewer = holding_entry(actor, entry)
    if not (answers_for(viewer, entry) or is_presenter(viewer, entry)):
        raise _refusal(entry)
    return viewer


def require_running(showcase: Showcase) -> None:
    """Make sure that a showcase is neither over nor cancelled.

    Raises:
        ConflictError: it is.
    """
    if showcase.status in OPEN_ENDED:
        raise ConflictError(IS_OVER)


def _refusal(entry: Entry) -> NotFoundError | ForbiddenError:
    return NotFoundError() if entry.status is EntryStatus.DRAFT else ForbiddenError()
