"""Takes evidence for commitments from members, and has coordinators decide who neither gave it nor own them."""

from sqlalchemy import func, or_, select
from sqlalchemy.exc import InvalidRequestError

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text, checked_words
from hub.commitments.acting import holding_as_reader
from hub.commitments.evidence.details import EvidenceDetails, checked_details
from hub.commitments.evidence.gate import supported_ids
from hub.commitments.evidence.losing import step_back_unsupported
from hub.commitments.lifecycle import EVIDENCE
from hub.commitments.models import Commitment, CommitmentEvidence, EvidenceStatus, Milestone
from hub.commitments.models.commitment import WORDS_LENGTH
from hub.commitments.permissions import (
    can_give_evidence,
    can_view_evidence,
    can_withdraw_evidence,
    evidence_conflict,
    owners_of,
)
from hub.commitments.telling import judge_ids, settle_evidence, tell
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import CONFLICT_WORDS, Conflict
from hub.integrity.service import record_recusal
from hub.members.models import Member

MOST_WAITING = 10
"""Pieces of one member for one commitment that wait at a time."""

UNPUBLISHED = N_("Publish this commitment first. Then evidence can be given for it.")
ENOUGH = N_("%(number)s pieces of yours wait for a decision. Give more once some are decided.")
NO_MILESTONE = N_("Choose a milestone of this commitment, or the commitment as a whole.")
GIVEN_BEFORE = N_("This address was given for the same step already.")
NO_REASON = N_("Say why it shows nothing. Who gave it reads this.")
OWN_COMMITMENT = N_(
    "You answer for this commitment, or did. So a coordinator who never did, and did not give the evidence, must"
    " decide."
)
OWN_EVIDENCE = N_("You gave this evidence yourself. So another coordinator must decide.")


def give_evidence(actor: Member, commitment: Commitment, details: EvidenceDetails) -> CommitmentEvidence:
    """Give evidence; coordinators free of conflict are asked to decide. Whoever owns the commitment may give it too.

    Args:
        actor: a member.
        commitment: a published one.
        details: what it is and shows.

    Raises:
        NotFoundError: the commitment is not the actor's to see.
        ForbiddenError: they are no approved member.
        ConflictError: it is a draft, or too many wait.
        InvalidError: something said cannot be accepted, or they gave the address before; names the field.
    """
    viewer = holding_as_reader(actor, commitment)
    if not commitment.is_shown:
        raise ConflictError(UNPUBLISHED)
    if not can_give_evidence(viewer, commitment):
        raise ForbiddenError
    details = checked_details(details)
    milestone = _milestone(commitment, details.milestone_number)
    _check_new(actor, commitment, milestone, details.url)
    piece = CommitmentEvidence(
        commitment=commitment,
        milestone=milestone,
        title=details.title,
        finding=details.finding,
        url=details.url,
        given_by_id=actor.id,
        given_at=clock.now(),
    )
    session().add(piece)
    session().flush()
    record(viewer, Event.COMMITMENT_EVIDENCE_GIVE, piece.subject, after=_snapshot(piece))
    tell(judge_ids(piece), "commitment_evidence_given", commitment, but=actor.id)
    return piece


def accept_evidence(actor: Member, piece: CommitmentEvidence, *, words: str = "") -> None:
    """Accept a piece; what it is about may then be called substantial or complete.

    Args:
        actor: a coordinator who neither gave it nor ever owned the commitment, and is free of conflict.
        piece: one that waits.
        words: for who gave it; may be empty.

    Raises:
        NotFoundError: the actor may not read it.
        ForbiddenError: they are no coordinator, or have a conflict; the words say which.
        InvalidError: the words cannot be stored.
        ConflictError: it was decided or taken back.
    """
    words = words.strip()
    check_text("words", words, WORDS_LENGTH)
    _decide(actor, piece, "accept", Event.COMMITMENT_EVIDENCE_ACCEPT, words)


def reject_evidence(actor: Member, piece: CommitmentEvidence, *, words: str) -> None:
    """Say that a piece shows nothing, and why.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for accepting.
    """
    _decide(actor, piece, "reject", Event.COMMITMENT_EVIDENCE_REJECT, words, NO_REASON)


def withdraw_evidence(actor: Member, piece: CommitmentEvidence) -> None:
    """Take a piece back, accepted or not; milestones that rested on it alone step back.

    Raises:
        NotFoundError: the actor may not read it.
        ForbiddenError: somebody else gave it.
        ConflictError: it was rejected, or taken back before.
    """
    viewer = _holding(actor, piece)
    if not can_withdraw_evidence(viewer, piece):
        raise ForbiddenError
    commitment = piece.commitment
    supported = supported_ids(commitment)
    EVIDENCE.move(piece, "withdraw")
    record(viewer, Event.COMMITMENT_EVIDENCE_WITHDRAW, piece.subject)
    step_back_unsupported(viewer, commitment, supported)
    settle_evidence(commitment)


def recuse_from_evidence(actor: Member, piece: CommitmentEvidence, words: str) -> None:
    """Recuse oneself for good from a piece, for a reason that only the actor knows.

    Raises:
        NotFoundError, ForbiddenError: as for accepting.
    """
    viewer = _deciding(actor, piece)
    record_recusal(viewer, piece.subject, Conflict.DECLARED, words)


def why_not(viewer: Viewer, piece: CommitmentEvidence) -> str:
    """Return the message id of why a coordinator may not decide; empty where they may."""
    conflict = evidence_conflict(viewer, piece)
    if conflict is None:
        return ""
    if conflict is Conflict.OWN_SUBMISSION:
        return OWN_COMMITMENT if viewer.member_id in owners_of(piece.commitment) else OWN_EVIDENCE
    return CONFLICT_WORDS[conflict]


def _decide(
    actor: Member, piece: CommitmentEvidence, action: str, event: Event, words: str, missing: str = ""
) -> None:
    viewer = _deciding(actor, piece)
    if EVIDENCE.row(action, piece.status) is None:
        raise ConflictError
    if missing:
        words = checked_words(words, WORDS_LENGTH, missing)
    commitment = piece.commitment
    EVIDENCE.move(
        piece,
        action,
        CommitmentEvidence.given_by_id != actor.id,
        decided_by_id=actor.id,
        decided_at=clock.now(),
        decision_words=words,
    )
    record(viewer, event, piece.subject, reason=words, after=_snapshot(piece))
    tell({piece.given_by_id, commitment.owner_id}, "commitment_evidence_decided", commitment, but=actor.id)
    settle_evidence(commitment)


def _holding(actor: Member, piece: CommitmentEvidence) -> Viewer:
    """Hold the commitment, read the piece anew and return the viewer, if they may read it."""
    viewer = holding_as_reader(actor, piece.commitment)
    try:
        session().refresh(piece)
    except InvalidRequestError:
        raise NotFoundError from None
    if not can_view_evidence(viewer, piece):
        raise NotFoundError
    return viewer


def _deciding(actor: Member, piece: CommitmentEvidence) -> Viewer:
    viewer = _holding(actor, piece)
    if not viewer.has_role(Role.COORDINATOR):
        raise ForbiddenError
    if words := why_not(viewer, piece):
        raise ForbiddenError(words)
    return viewer


def _milestone(commitment: Commitment, number: int | None) -> Milestone | None:
    if number is None:
        return None
    found = session().scalar(
        select(Milestone).where(Milestone.commitment_id == commitment.id, Milestone.number == number)
    )
    if found is None:
        raise InvalidError(NO_MILESTONE, field="milestone")
    return found


def _check_new(actor: Member, commitment: Commitment, milestone: Milestone | None, url: str) -> None:
    there = CommitmentEvidence.commitment_id == commitment.id
    waiting = select(func.count(CommitmentEvidence.id)).where(
        there,
        CommitmentEvidence.given_by_id == actor.id,
        CommitmentEvidence.status == EvidenceStatus.GIVEN,
    )
    if (session().scalar(waiting) or 0) >= MOST_WAITING:
        raise ConflictError(ENOUGH, number=MOST_WAITING)
    same = select(CommitmentEvidence.id).where(
        there,
        CommitmentEvidence.milestone_id.is_not_distinct_from(milestone.id if milestone else None),
        CommitmentEvidence.url == url,
        or_(
            CommitmentEvidence.status == EvidenceStatus.ACCEPTED,
            # what waits of others is nothing that they may learn
            (CommitmentEvidence.status == EvidenceStatus.GIVEN)
            & (CommitmentEvidence.given_by_id == actor.id),
        ),
    )
    if session().scalar(same.limit(1)) is not None:
        raise InvalidError(GIVEN_BEFORE, field="url")


def _snapshot(piece: CommitmentEvidence) -> dict[str, object]:
    return {
        "commitment": piece.commitment.code,
        "milestone": piece.milestone.number if piece.milestone else None,
        "title": piece.title,
        "finding": piece.finding,
        "url": piece.url,
        "status": piece.status,
    }
