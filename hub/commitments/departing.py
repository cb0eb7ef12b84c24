"""What becomes of somebody's part in commitments when they leave the hub: found for their page, then closed."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.commitments.holding import hold_commitments
from hub.commitments.models import Commitment, Handover, HandoverStatus
from hub.commitments.owning.lapsing import GONE, close_offer, lose_owner
from hub.core.database import session
from hub.members.holding import hold_member
from hub.members.models import Member


@dataclass(frozen=True)
class OpenCommitments:
    """What of commitments somebody answers for, or is asked to.

    Evidence that they gave waits on and is decided without them. Offers that they made stand: so what they answered
    for is handed over though they left.

    Args:
        owned: commitments that they answer for; these are left without an owner, and their keepers are told.
        offered: offers to them; these lapse.
        handed_on: those that they made and that wait for an answer; they stand.
    """

    owned: tuple[Commitment, ...]
    offered: tuple[Handover, ...]
    handed_on: tuple[Handover, ...]


def open_commitments(member: Member) -> OpenCommitments:
    """Return what of `member` is open in commitments."""
    owned = session().scalars(
        select(Commitment).where(Commitment.owner_id == member.id).order_by(Commitment.id)
    )
    offers = list(
        session().scalars(
            select(Handover)
            .where(
                Handover.status == HandoverStatus.OFFERED,
                or_(Handover.to_member_id == member.id, Handover.offered_by_id == member.id),
            )
            .options(joinedload(Handover.commitment))
            .order_by(Handover.id)
        )
    )
    return OpenCommitments(
        owned=tuple(owned),
        offered=tuple(each for each in offers if each.to_member_id == member.id),
        handed_on=tuple(each for each in offers if each.to_member_id != member.id),
    )


def close_commitments(viewer: Viewer, member: Member) -> None:
    """Close all that `open_commitments` returns, but for offers that they made.

    Args:
        viewer: who does it, for the audit log.
        member: who leaves.
    """
    hold_member(member.id)
    work = open_commitments(member)
    hold_commitments([*(each.id for each in work.owned), *(each.commitment_id for each in work.offered)])
    # what a rival wrote before the commitments were held
    session().expire_all()
    work = open_commitments(member)
    for offer in work.offered:
        close_offer(viewer, offer, GONE)
    for commitment in work.owned:
        lose_owner(viewer, commitment)
