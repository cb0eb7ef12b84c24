"""Erasing the private parts of logged matter about a former member: two integrity officers, then two steps.

The first step logs an erasure entry for each number; the database lets the private parts go only after that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, String, and_, cast, delete, exists, func, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.models import AuditEntry
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.lifecycle import Lifecycle, Transition
from hub.integrity.escalation import Bench, Escalated
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.models import LogErasure
from hub.integrity.permissions import CONFLICT_WORDS, Conflict, Involvement, can_handle_conflicts, conflict_of
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, MemberStatus
from hub.members.service import subject_of
from hub.vetting.applications import require_words
from hub.vetting.involvements import involvement_of

OFFICERS = frozenset({Role.INTEGRITY_OFFICER})

KEPT = frozenset({Event.AUDIT_ERASE.value, Event.MEMBER_ERASE.value})
"""What is never erased: the erasures themselves, and that the account was erased."""

WHY_NOT: Mapping[Conflict, str] = {
    **CONFLICT_WORDS,
    Conflict.OWN_SUBMISSION: N_(
        "You acted in what these entries tell of. So somebody else must propose and decide."
    ),
}
"""Message ids of why somebody neither proposes nor decides."""

MOST_SHOWN = 100
"""Proposals of the list."""


def subject_of_erasure(proposal: LogErasure) -> str:
    """Return how the audit log names a proposal."""
    return f"erasure:{proposal.public_id}"


def can_decide_erasure(viewer: Viewer, proposal: LogErasure) -> bool:
    """Whether `viewer` may approve or decline: another integrity officer, free of conflict with the person."""
    return can_handle_conflicts(viewer) and erasure_conflict(viewer, proposal) is None


def can_withdraw_erasure(viewer: Viewer, proposal: LogErasure) -> bool:
    """Whether `viewer` made the proposal."""
    return viewer.member_id is not None and viewer.member_id == proposal.proposed_by_id


def erasure_conflict(viewer: Viewer, proposal: LogErasure) -> Conflict | None:
    """Return what keeps `viewer` from deciding, or None."""
    if proposal.proposed_by_id == viewer.member_id:
        return Conflict.OWN_PROPOSAL
    return conflict_of(viewer, erasure_involvement(person_of(proposal), proposal.highest))


def erasure_involvement(person: Member, highest: int) -> Involvement:
    """Return who takes part in erasing what the log holds of `person` up to an entry: also whoever acted in it.

    Who decided about somebody must not be able to make the log forget it.
    """
    acted = (
        select(AuditEntry.actor)
        .where(_is_private(subject_of(person)), AuditEntry.number <= highest)
        .scalar_subquery()
    )
    actors = session().scalars(select(Member.id).where(Member.public_id.in_(acted)))
    involved = involvement_of(person)
    return replace(involved, member_ids=involved.member_ids | frozenset(actors))


ERASURES = Lifecycle[ProposalStatus](
    (
        Transition(
            "approve", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.APPROVED, can_decide_erasure
        ),
        Transition(
            "decline", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.DECLINED, can_decide_erasure
        ),
        Transition(
            "withdraw", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.WITHDRAWN, can_withdraw_erasure
        ),
    )
)
"""What may happen to a proposal. `may` takes the viewer and the proposal."""


def propose_erasure(actor: Member, member_id: str, *, reason: str) -> LogErasure:
    """Propose to erase what the log holds in private about a former member, up to its last entry now.

    Args:
        actor: an integrity officer.
        member_id: the random id of somebody who erased their account.
        reason: why; the other officer reads it, and the log keeps it.

    Raises:
        NotFoundError: the actor is no integrity officer.
        InvalidError: there is no such former member, nothing to erase, or no reason; names the field.
        ForbiddenError: the actor has a conflict of interest with the person, or acted in an entry that would go.
        ConflictError: it is proposed already.
    """
    viewer = _officer(actor)
    require_words("reason", reason)
    person = session().scalar(
        select(Member).where(Member.public_id == member_id.strip(), Member.status == MemberStatus.ERASED)
    )
    if person is None:
        raise InvalidError(N_("Nobody with this member id has erased their account."), field="member")
    highest = session().scalar(select(func.max(AuditEntry.number)).where(_is_private(subject_of(person))))
    if highest is None:
        raise InvalidError(
            N_("The log holds nothing about this person that could be erased."), field="member"
        )
    conflict = conflict_of(viewer, erasure_involvement(person, highest))
    if conflict is not None:
        raise ForbiddenError(WHY_NOT[conflict])
    proposal = LogErasure(
        subject=subject_of(person),
        highest=highest,
        reason=reason,
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
    )
    session().add(proposal)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("This is proposed already.")) from None
    after = {"subject": proposal.subject, "highest": highest}
    record(viewer, Event.AUDIT_PROPOSE_ERASURE, subject_of_erasure(proposal), reason=reason, after=after)
    return proposal


def approve_erasure(actor: Member, proposal: LogErasure) -> int:
    """Agree: an erasure entry is logged for each entry; `finish_erasures` then lets the private parts go.

    Returns:
        How many entries it covers.

    Raises:
        NotFoundError: the actor is no integrity officer.
        ForbiddenError: the actor proposed it, has a conflict of interest with the person, or acted in an entry
            that would go.
        ConflictError: it was decided meanwhile, or who proposed it is no integrity officer any more.
    """
    viewer = _decider(actor, proposal)
    if not can_handle_conflicts(viewer_of(session().get_one(Member, proposal.proposed_by_id))):
        raise ConflictError(
            N_("Who proposed this is no longer an integrity officer. Decline it, and propose it anew.")
        )
    numbers = numbers_of(proposal)
    ERASURES.move(proposal, "approve", decided_by_id=actor.id, decided_at=clock.now(), erased=len(numbers))
    record(viewer, Event.AUDIT_APPROVE_ERASURE, subject_of_erasure(proposal), reason=proposal.reason)
    for number in numbers:
        record(viewer, Event.AUDIT_ERASE, f"audit:{number}", reason=subject_of_erasure(proposal))
    return len(numbers)


def decline_erasure(actor: Member, proposal: LogErasure, words: str) -> None:
    """Say no, with words.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for agreeing.
    """
    viewer = _decider(actor, proposal)
    require_words("words", words)
    ERASURES.move(proposal, "decline", decided_by_id=actor.id, decided_at=clock.now(), decision_words=words)
    record(viewer, Event.AUDIT_DECLINE_ERASURE, subject_of_erasure(proposal), reason=words)


def withdraw_erasure(actor: Member, proposal: LogErasure) -> None:
    """Take one's own proposal back.

    Raises:
        NotFoundError: it is none of the actor's; ConflictError: it was decided.
    """
    viewer = viewer_of(actor)
    if not can_withdraw_erasure(viewer, proposal):
        raise NotFoundError
    ERASURES.move(proposal, "withdraw", decided_at=clock.now())
    record(viewer, Event.AUDIT_WITHDRAW_ERASURE, subject_of_erasure(proposal))


def withdraw_proposals_of(viewer: Viewer, member: Member) -> None:
    """Withdraw what somebody who leaves has proposed."""
    waiting = session().scalars(
        select(LogErasure).where(
            LogErasure.proposed_by_id == member.id, LogErasure.status == ProposalStatus.PROPOSED
        )
    )
    for proposal in waiting.all():
        ERASURES.move(proposal, "withdraw", decided_at=clock.now())
        record(viewer, Event.AUDIT_WITHDRAW_ERASURE, subject_of_erasure(proposal))


def finish_erasures() -> int:
    """Delete the private parts whose erasure is logged, and say how many; in a transaction after that of the approval.

    It does no harm to do it twice: what a killed process left over goes with the next time.
    """
    erasure = aliased(AuditEntry)
    is_logged = exists().where(
        erasure.tag == Event.AUDIT_ERASE.value,
        erasure.subject == literal("audit:") + cast(AuditEntry.number, String),
        erasure.number > AuditEntry.number,
    )
    erased = session().execute(
        delete(AuditEntry).where(AuditEntry.tag.not_in(sorted(KEPT)), is_logged),
        execution_options={"synchronize_session": False},
    )
    return int(erased.rowcount)  # type: ignore[attr-defined]


def numbers_of(proposal: LogErasure) -> Sequence[int]:
    """Return the numbers of the entries that a proposal covers and that are still there."""
    return (
        session()
        .scalars(
            select(AuditEntry.number)
            .where(_is_private(proposal.subject), AuditEntry.number <= proposal.highest)
            .order_by(AuditEntry.number)
        )
        .all()
    )


def person_of(proposal: LogErasure) -> Member:
    """Return the former member whom a proposal is about."""
    public_id = proposal.subject.removeprefix("member:")
    return session().execute(select(Member).where(Member.public_id == public_id)).scalar_one()


def erasure_by_id(public_id: str, viewer: Viewer) -> LogErasure:
    """Return one proposal.

    Raises:
        NotFoundError: there is none, or `viewer` is no integrity officer.
    """
    found = session().scalar(select(LogErasure).where(LogErasure.public_id == public_id))
    if found is None or not can_handle_conflicts(viewer):
        raise NotFoundError
    return found


def erasures_for(viewer: Viewer) -> Sequence[LogErasure]:
    """Return the proposals, what waits first, then the latest; nothing for anybody but integrity officers."""
    if not can_handle_conflicts(viewer):
        return ()
    waits = LogErasure.status == ProposalStatus.PROPOSED
    return (
        session()
        .scalars(select(LogErasure).order_by(waits.desc(), LogErasure.id.desc()).limit(MOST_SHOWN))
        .all()
    )


def undecidable(viewer: Viewer, bench: Bench) -> list[Escalated]:
    """Return the waiting proposals that no other integrity officer is free to decide.

    Args:
        viewer: who asks; nothing for anybody but integrity officers.
        bench: whoever decides; integrity officers are on it.
    """
    found = []
    for proposal in erasures_for(viewer):
        if proposal.status is not ProposalStatus.PROPOSED:
            continue
        person = person_of(proposal)
        involved = erasure_involvement(person, proposal.highest)
        short = bench.shortage(involved, but={proposal.proposed_by_id}, among=OFFICERS)
        if short is not None:
            found.append(
                Escalated(
                    "log_erasure",
                    proposal.proposed_at,
                    short.candidates,
                    short.free,
                    title=person.display_name,
                )
            )
    return found


def _is_private(subject: str) -> ColumnElement[bool]:
    return and_(AuditEntry.subject == subject, AuditEntry.tag.not_in(sorted(KEPT)))


def _officer(actor: Member) -> Viewer:
    viewer = viewer_of(actor)
    if not can_handle_conflicts(viewer):
        raise NotFoundError
    return viewer


def _decider(actor: Member, proposal: LogErasure) -> Viewer:
    viewer = _officer(actor)
    conflict = erasure_conflict(viewer, proposal)
    if conflict is not None:
        raise ForbiddenError(WHY_NOT[conflict])
    return viewer
