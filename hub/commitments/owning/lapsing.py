"""What the clock does about owners: offers that nobody answers lapse, and who left the hub answers for nothing."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.commitments.holding import hold_commitment
from hub.commitments.lifecycle import HANDOVERS
from hub.commitments.milestones.reminding import forget_reminders
from hub.commitments.models import Commitment, Handover, HandoverStatus
from hub.commitments.owning.service import end_ownership
from hub.commitments.telling import tell, tell_keepers
from hub.core import clock
from hub.core.database import session
from hub.members.models import Member, MemberStatus
from hub.notifications.service import take_back

AT_A_TIME = 100
"""How many are looked up together."""

OUT = (MemberStatus.SUSPENDED, MemberStatus.ERASED)
"""Who does not act on the hub any more."""

GRACE = timedelta(days=14)
"""How long somebody whose vetting lapsed stays the owner: a coordinator may look again tomorrow."""

LEFT = "Who answered for this left the hub."
UNANSWERED = "Nobody answered in time."
GONE = "Who was asked left the hub."
SHUT_OUT = "Who offered it was suspended."
"""The reasons that the audit log keeps."""


def lapsing() -> list[int]:
    """Return the ids of open offers whose time is over, whose receiver is gone, or whose maker was suspended."""
    receiver, maker = aliased(Member), aliased(Member)
    return list(
        session().scalars(
            select(Handover.id)
            .join(receiver, receiver.id == Handover.to_member_id)
            .join(maker, maker.id == Handover.offered_by_id)
            .where(
                Handover.status == HandoverStatus.OFFERED,
                or_(
                    Handover.expires_at <= clock.now(),
                    receiver.status.in_(OUT),
                    maker.status == MemberStatus.SUSPENDED,
                ),
            )
            .order_by(Handover.id)
            .limit(AT_A_TIME)
        )
    )


def lapse_handover(number: int) -> bool:
    """Let one offer lapse if it still has to; return whether it did. Its owner and who offered it are told."""
    handover = session().get_one(Handover, number)
    hold_commitment(handover.commitment)
    session().refresh(handover)
    reason = _why_over(handover)
    if handover.status is not HandoverStatus.OFFERED or not reason:
        return False
    close_offer(VISITOR, handover, reason)
    return True


def _why_over(handover: Handover) -> str:
    if handover.to_member.status in OUT:
        return GONE
    if handover.offered_by.status is MemberStatus.SUSPENDED:
        return SHUT_OUT
    return UNANSWERED if handover.expires_at <= clock.now() else ""


def close_offer(viewer: Viewer, handover: Handover, reason: str) -> None:
    """Let an open offer lapse; the caller holds its commitment.

    Args:
        viewer: who does it, for the audit log.
        handover: the offer.
        reason: why, for the audit log.
    """
    HANDOVERS.move(handover, "lapse", answered_at=clock.now())
    record(viewer, Event.HANDOVER_LAPSE, handover.subject, reason=reason)
    commitment = handover.commitment
    take_back("handover_offered", commitment.subject)
    tell(
        {handover.offered_by_id, commitment.owner_id},
        "handover_lapsed",
        commitment,
        but=handover.to_member_id,
    )


def left_alone() -> list[int]:
    """Return the ids of commitments whose owner left the hub, was shut out, or was not vetted again."""
    return list(
        session().scalars(
            select(Commitment.id)
            .join(Commitment.owner)
            .where(_is_out())
            .order_by(Commitment.id)
            .limit(AT_A_TIME)
        )
    )


def release_commitment(number: int) -> bool:
    """End the ownership of one commitment if its owner is still out; return whether it did."""
    commitment = session().get_one(Commitment, number)
    hold_commitment(commitment)
    is_out = select(Member.id).where(Member.id == commitment.owner_id, _is_out())
    if session().scalar(is_out) is None:
        return False
    lose_owner(VISITOR, commitment)
    return True


def lose_owner(viewer: Viewer, commitment: Commitment) -> None:
    """Leave a commitment without an owner, and tell its keepers; the caller holds it.

    An offer that the owner made stands: so it is handed over though they left.

    Args:
        viewer: who does it, for the audit log.
        commitment: one that has an owner.
    """
    former = commitment.owner
    end_ownership(commitment, clock.now().date())
    commitment.owner_id = None
    session().flush()
    session().expire(commitment, ["owner", "ownerships"])
    before = {"owner": former.public_id if former else ""}
    record(viewer, Event.COMMITMENT_LOSE_OWNER, commitment.subject, reason=LEFT, before=before)
    forget_reminders(commitment)
    tell_keepers("commitment_unowned", commitment, but=former.id if former else None)


def _is_out() -> ColumnElement[bool]:
    lapsed = and_(
        Member.status.in_((MemberStatus.APPROVED, MemberStatus.LAPSED)),
        Member.vetted_until <= clock.now() - GRACE,
    )
    return or_(Member.status.in_(OUT), lapsed)
