"""Who may know of an offer to take a commitment over, and of who answered for it: pure functions and a condition."""

from sqlalchemy import ColumnElement, or_, select

from hub.access.viewer import Role, Viewer
from hub.commitments.models import Commitment, Handover
from hub.commitments.permissions import answers_for, can_answer_handover, can_withdraw_handover


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


def can_name_owner(viewer: Viewer) -> bool:
    """Whether `viewer` reads which member answers for a commitment: approved members; others read the institution."""
    return viewer.is_member
