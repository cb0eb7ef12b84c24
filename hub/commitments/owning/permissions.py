"""Who may know of an offer to take a commitment over and of who answered for it, and whose offers stand."""

from sqlalchemy import ColumnElement, or_, select

from hub.access.viewer import Role, Viewer
from hub.commitments.models import Commitment, Handover
from hub.commitments.permissions import (
    answers_for,
    can_answer_handover,
    can_keep,
    can_withdraw_handover,
    owners_of,
)
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus


def can_view_handover(viewer: Viewer, handover: Handover) -> bool:
    """Whether `viewer` may know of the offer: to whom it was made, who made it, the owner and the keepers."""
    return (
        can_answer_handover(viewer, handover)
        or can_withdraw_handover(viewer, handover)
        or answers_for(viewer, handover.commitment)
    )


def handovers_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for offers of which `viewer` may know, as `can_view_handover` says; never unknown."""
    if viewer.has_role(Role.COORDINATOR):
        return Handover.id.is_not(None)
    kept = Commitment.country.in_(sorted(viewer.focal_countries))
    if viewer.member_id is None:
        return Handover.commitment_id.in_(select(Commitment.id).where(kept))
    return or_(
        Handover.to_member_id == viewer.member_id,
        Handover.offered_by_id == viewer.member_id,
        Handover.commitment_id.in_(
            select(Commitment.id).where(or_(kept, Commitment.owner_id == viewer.member_id))
        ),
    )


def still_stands(handover: Handover) -> bool:
    """Whether the offer can still be accepted, as far as who made it goes.

    What somebody began who owned the commitment, or who left the hub since, ends well; a keeper must keep it still.
    Whom the hub suspended hands nothing over.
    """
    maker = handover.offered_by
    if maker.status in {MemberStatus.SUSPENDED, MemberStatus.ERASED}:
        return maker.status is MemberStatus.ERASED
    return maker.id in owners_of(handover.commitment) or can_keep(viewer_of(maker), handover.commitment)


def can_name_owner(viewer: Viewer) -> bool:
    """Whether `viewer` reads which member answers for a commitment: approved members; others read the institution."""
    return viewer.is_member
