"""What came of suggestions within a year: invitations answered, introductions accepted, what was set aside and why.

Counted from what people did in the open, never from what they looked at; of small numbers nothing is told.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, RequestInvitation, Response
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.matching.fairness.report import FEWEST
from hub.matching.models import Dismissal, SuggestionTold
from hub.matching.permissions import can_curate_matching
from hub.members.models import Introduction, IntroductionStatus, Member

OVER = timedelta(days=365)


class Step(StrEnum):
    """What may lead to something."""

    INVITED = "invited"
    """Invitations to respond to a request that led to a response."""
    INTRODUCED = "introduced"
    """Introductions asked for that were accepted."""
    TOLD_REQUEST = "told_request"
    """Requests told by the weekly mail that the member responded to."""
    TOLD_MEMBER = "told_member"
    """Members told by the weekly mail to whom an introduction was asked for."""


@dataclass(frozen=True)
class Share:
    """How many of some led to something.

    Args:
        step: what may lead to something.
        number: how many there were; None where they are too few to be told.
        led: how many of them led to something; None where these, or the others, are too few to be told.
    """

    step: Step
    number: int | None
    led: int | None


@dataclass(frozen=True)
class SetAside:
    """How many suggestions were set aside for one reason; None where they are too few to be told."""

    reason: str
    number: int | None


@dataclass(frozen=True)
class Followed:
    """What came of suggestions."""

    shares: tuple[Share, ...]
    set_aside: tuple[SetAside, ...]


def share_of(step: Step, number: int, led: int) -> Share:
    """Return a share with what is too small to be told left out."""
    if number < FEWEST:
        return Share(step, None, None)
    return Share(step, number, None if 0 < led < FEWEST or 0 < number - led < FEWEST else led)


def what_followed(viewer: Viewer) -> Followed:
    """Return what came of suggestions within a year; five queries.

    Raises:
        ForbiddenError: the viewer does not curate matching.
    """
    if not can_curate_matching(viewer):
        raise ForbiddenError
    counts = {step: session().execute(statement).one() for step, statement in _statements().items()}
    reasons = session().execute(
        select(Dismissal.reason, func.count())
        .where(Dismissal.dismissed_at >= clock.now() - OVER)
        .group_by(Dismissal.reason)
        .order_by(func.count().desc(), Dismissal.reason)
    )
    return Followed(
        tuple(share_of(step, number, led) for step, (number, led) in counts.items()),
        tuple(SetAside(reason, number if number >= FEWEST else None) for reason, number in reasons),
    )


def _statements() -> dict[Step, Select[int, int]]:
    since = clock.now() - OVER
    return {
        Step.INVITED: _share(_responded_after_invitation()).where(RequestInvitation.invited_at >= since),
        Step.INTRODUCED: _share(Introduction.status == IntroductionStatus.ACCEPTED).where(
            Introduction.asked_at >= since
        ),
        Step.TOLD_REQUEST: _share(_responded_after_mail()).where(
            SuggestionTold.told_at >= since, SuggestionTold.subject.startswith("request:")
        ),
        Step.TOLD_MEMBER: _share(_asked_after_mail()).where(
            SuggestionTold.told_at >= since, SuggestionTold.subject.startswith("member:")
        ),
    }


def _share(led: ColumnElement[bool]) -> Select[int, int]:
    return select(func.count(), func.count().filter(led))


def _responded_after_invitation() -> ColumnElement[bool]:
    by_whom = or_(
        Response.responder_id == RequestInvitation.member_id,
        Response.organisation_id == RequestInvitation.organisation_id,
    )
    return exists().where(
        Response.request_id == RequestInvitation.request_id,
        Response.submitted_at >= RequestInvitation.invited_at,
        by_whom,
    )


def _responded_after_mail() -> ColumnElement[bool]:
    return exists().where(
        and_(
            Response.request_id == CollaborationRequest.id,
            SuggestionTold.subject == literal("request:").concat(CollaborationRequest.public_id),
            Response.responder_id == SuggestionTold.member_id,
            Response.submitted_at >= SuggestionTold.told_at,
        )
    )


def _asked_after_mail() -> ColumnElement[bool]:
    return exists().where(
        and_(
            Introduction.asked_id == Member.id,
            SuggestionTold.subject == literal("member:").concat(Member.public_id),
            Introduction.asked_by_id == SuggestionTold.member_id,
            Introduction.asked_at >= SuggestionTold.told_at,
        )
    )
