"""Hands commitments over: nobody answers for one who did not accept, and an offer changes nothing until then."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, update
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text, checked_words
from hub.commitments.acting import holding_as_answerer
from hub.commitments.evidence.gate import supported_ids
from hub.commitments.evidence.losing import step_back_unsupported
from hub.commitments.holding import hold_commitment
from hub.commitments.lifecycle import HANDOVERS
from hub.commitments.models import Commitment, Handover, HandoverStatus, Ownership, Precision
from hub.commitments.models.commitment import NAME_LENGTH, WORDS_LENGTH
from hub.commitments.owning.choosing import check_receiver, member_to_ask
from hub.commitments.owning.permissions import can_view_handover, still_stands
from hub.commitments.permissions import can_answer_handover, can_withdraw_handover
from hub.commitments.telling import keeper_ids, tell
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.notifications.service import settle, take_back

TIME_TO_ANSWER = timedelta(days=14)
"""How long an offer stands; then it lapses, and the owner stays who it was."""

UNPUBLISHED = N_("Publish this commitment first. Then somebody can take it over.")
NO_INSTITUTION = N_("Enter the institution for which they would answer.")
NO_WORDS = N_("Say what is done and what is open. The next owner reads it, and it stays in the history.")
WAITS = N_("An offer waits for an answer already. Take it back first.")
NOT_OPEN = N_("This offer was answered or taken back, or has lapsed. Nothing was changed.")
TOO_LATE = N_("The time to answer this offer is over. Ask for a new one.")
NOT_THEIRS = N_(
    "Who made this offer may not hand the commitment over any more. Ask another keeper for a new offer."
)


def offer_handover(
    actor: Member, commitment: Commitment, *, to: str, institution: str, words: str
) -> Handover:
    """Ask a member to answer for a commitment from now on; nothing changes until they accept.

    Args:
        actor: its owner, or a keeper.
        commitment: a published one.
        to: random id of the member.
        institution: for which they would answer; everybody reads it once they accepted.
        words: what is done and what is open; part of the history once they accepted.

    Raises:
        NotFoundError: the actor may not know of the commitment.
        ForbiddenError: the actor is neither owner nor keeper.
        InvalidError: the member cannot be asked, or a text is missing or too long; names the field.
        ConflictError: it is a draft, or an offer waits already.
    """
    viewer = holding_as_answerer(actor, commitment)
    if not commitment.is_shown:
        raise ConflictError(UNPUBLISHED)
    member = member_to_ask(to, viewer)
    check_receiver(commitment, member)
    moment = clock.now()
    handover = Handover(
        commitment=commitment,
        offered_by_id=actor.id,
        to_member_id=member.id,
        institution=checked_words(" ".join(institution.split()), NAME_LENGTH, NO_INSTITUTION, "institution"),
        words=checked_words(words, WORDS_LENGTH, NO_WORDS),
        offered_at=moment,
        expires_at=moment + TIME_TO_ANSWER,
    )
    session().add(handover)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(WAITS) from None
    record(
        viewer,
        Event.HANDOVER_OFFER,
        handover.subject,
        reason=handover.words,
        after={"commitment": commitment.code, "institution": handover.institution, "to": member.public_id},
    )
    tell({member.id}, "handover_offered", commitment, but=None)
    return handover


def accept_handover(actor: Member, handover: Handover, *, words: str = "") -> Ownership:
    """Answer for the commitment from today on; the owner until now, if any, does no more.

    An acceptance of evidence by the new owner counts no longer; milestones that rested on it alone step back.

    Args:
        actor: to whom it was offered.
        handover: the offer.
        words: for who offered it; may be empty.

    Raises:
        NotFoundError: the actor may not know of the offer.
        ForbiddenError: it was offered to somebody else.
        InvalidError: the words cannot be stored.
        ConflictError: it was answered, taken back, the time to answer is over, or who made it lost the right to.
    """
    viewer = _answering(actor, handover)
    words = words.strip()
    check_text("words", words, WORDS_LENGTH)
    if handover.status is HandoverStatus.OFFERED and handover.expires_at <= clock.now():
        raise ConflictError(TOO_LATE)
    if not still_stands(handover):
        raise ConflictError(NOT_THEIRS)
    commitment = handover.commitment
    supported, former = supported_ids(commitment), commitment.owner
    _move(handover, "accept", words, Handover.expires_at > clock.now())
    today = clock.now().date()
    end_ownership(commitment, today)
    ownership = Ownership(
        commitment_id=commitment.id,
        institution=handover.institution,
        member_id=actor.id,
        began_on=today,
        precision=Precision.DAY,
        words=handover.words,
    )
    session().add(ownership)
    commitment.owner_id = actor.id
    session().flush()
    session().expire(commitment, ["owner", "ownerships"])
    record(
        viewer,
        Event.HANDOVER_ACCEPT,
        handover.subject,
        reason=words,
        before={"commitment": commitment.code, "owner": former.public_id if former else ""},
        after={"commitment": commitment.code, "owner": actor.public_id},
    )
    step_back_unsupported(viewer, commitment, supported)
    tell(
        {handover.offered_by_id, former.id if former else None, *keeper_ids(commitment)},
        "handover_accepted",
        commitment,
        but=actor.id,
    )
    settle("handover_offered", commitment.subject)
    settle("commitment_unowned", commitment.subject)
    return ownership


def decline_handover(actor: Member, handover: Handover, *, words: str = "") -> None:
    """Say no; the owner stays who it was.

    Args:
        actor: to whom it was offered.
        handover: the offer.
        words: why, for who offered it; may be empty.

    Raises:
        As `accept_handover`; one whose time is over can still be declined until it lapses.
    """
    viewer = _answering(actor, handover)
    words = words.strip()
    check_text("words", words, WORDS_LENGTH)
    _move(handover, "decline", words)
    record(viewer, Event.HANDOVER_DECLINE, handover.subject, reason=words)
    commitment = handover.commitment
    tell({handover.offered_by_id, commitment.owner_id}, "handover_declined", commitment, but=actor.id)
    settle("handover_offered", commitment.subject)


def withdraw_handover(actor: Member, handover: Handover) -> None:
    """Take an offer back.

    Raises:
        NotFoundError: the actor may not know of the offer.
        ForbiddenError: the actor neither made it nor may make one.
        ConflictError: it was answered, or lapsed.
    """
    viewer = _holding(actor, handover)
    if not can_withdraw_handover(viewer, handover):
        raise ForbiddenError
    _move(handover, "withdraw")
    record(viewer, Event.HANDOVER_WITHDRAW, handover.subject)
    take_back("handover_offered", handover.commitment.subject)
    tell({handover.to_member_id}, "handover_withdrawn", handover.commitment, but=actor.id)


def end_ownership(commitment: Commitment, day: date) -> bool:
    """End the open time of an owner on a day; return whether there was one. The caller holds the commitment."""
    ended = session().execute(
        update(Ownership)
        .where(Ownership.commitment_id == commitment.id, Ownership.ended_on.is_(None))
        .values(ended_on=day),
        execution_options={"synchronize_session": False},
    )
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def _holding(actor: Member, handover: Handover) -> Viewer:
    """Hold the commitment, read the offer anew and return the viewer, if they may know of the offer."""
    hold_commitment(handover.commitment)
    try:
        session().refresh(handover)
    except InvalidRequestError:
        raise NotFoundError from None
    viewer = viewer_of(actor)
    if not can_view_handover(viewer, handover):
        raise NotFoundError
    return viewer


def _answering(actor: Member, handover: Handover) -> Viewer:
    viewer = _holding(actor, handover)
    if not can_answer_handover(viewer, handover):
        raise ForbiddenError
    return viewer


def _move(handover: Handover, action: str, words: str = "", *conditions: ColumnElement[bool]) -> None:
    try:
        HANDOVERS.move(handover, action, *conditions, answered_at=clock.now(), answer_words=words)
    except ConflictError:
        raise ConflictError(NOT_OPEN) from None
