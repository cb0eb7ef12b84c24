"""Who speaks for which side of a replication, and which replications somebody may see."""

from sqlalchemy import ColumnElement, and_, or_

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, Replication, ReplicationStatus, Side
from hub.catalogue.permissions import can_review_some, can_speak_for, is_in_audience, is_on_owner_side

PROVEN = frozenset(
    {
        ReplicationStatus.CONFIRMED,
        ReplicationStatus.EVIDENCED,
        ReplicationStatus.VERIFIED,
        ReplicationStatus.DISPUTED,
        ReplicationStatus.FAILED,
    }
)
"""The states in which readers of the record see a replication; a mere claim only where it names a public source."""


def can_claim_for_owner(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may say, for the owner, that others took the innovation up."""
    return innovation.is_shown and can_speak_for(viewer, innovation)


def can_claim_for_adopter(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may say that an organisation they represent took it up: nobody who has a part in the owner."""
    return (
        innovation.is_shown
        and is_in_audience(viewer, innovation)
        and is_apart_from_owner(viewer, innovation)
        and bool(viewer.represents)
    )


def is_apart_from_owner(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` is in no way on the owner's side."""
    return (
        not is_on_owner_side(viewer, innovation)
        and not can_speak_for(viewer, innovation)
        and innovation.owner_id not in viewer.organisations
    )


def speaks_for_owner(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` speaks for the owner of the innovation and has nothing to do with the adopter."""
    return (
        can_speak_for(viewer, replication.innovation) and replication.adopter_id not in viewer.organisations
    )


def speaks_for_adopter(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` represents the adopter and is in no way on the owner's side."""
    return replication.adopter_id in viewer.represents and is_apart_from_owner(viewer, replication.innovation)


def side_of(viewer: Viewer, replication: Replication) -> Side | None:
    """Return the side for which `viewer` speaks; nobody speaks for both."""
    if speaks_for_owner(viewer, replication):
        return Side.OWNER
    return Side.ADOPTER if speaks_for_adopter(viewer, replication) else None


def can_confirm(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` may confirm: who speaks for the side that did not claim it, and did not claim it themselves.

    Who compiled a record from public sources does not confirm for the owner, who knows nothing of it.
    """
    side = side_of(viewer, replication)
    if side is None or side is replication.side or replication.claimed_by_id == viewer.member_id:
        return False
    return side is Side.ADOPTER or not replication.innovation.is_compiled


def can_dispute(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` may dispute it: either side, but a mere claim only the side that did not make it."""
    side = side_of(viewer, replication)
    return side is not None and (
        replication.status is not ReplicationStatus.CLAIMED or side is not replication.side
    )


def can_answer(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` may answer a dispute: either side."""
    return side_of(viewer, replication) is not None


def can_settle(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` may take a dispute back: the side that raised it."""
    raised = next((each for each in reversed(replication.statements) if each.action == "dispute"), None)
    return raised is not None and side_of(viewer, replication) is raised.side


def can_withdraw_replication(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` may take the claim back: the side that made it."""
    return side_of(viewer, replication) is replication.side


def can_fail(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer` may say that it did not work: the adopter, who knows."""
    return speaks_for_adopter(viewer, replication)


def is_shown_replication() -> ColumnElement[bool]:
    """Return the SQL condition that a replication is proven, or claimed with a public source."""
    return or_(
        Replication.status.in_(PROVEN),
        and_(Replication.status == ReplicationStatus.CLAIMED, Replication.source_url.is_not(None)),
    )


def can_view_replication(viewer: Viewer, replication: Replication) -> bool:
    """Whether `viewer`, who may know of the innovation, may see it. Agrees with `replications_visible_to`."""
    is_shown = replication.status in PROVEN or (
        replication.status is ReplicationStatus.CLAIMED and replication.source_url is not None
    )
    holds = (
        can_review_some(viewer)
        and viewer.member_id is not None
        and replication.taken_by_id == viewer.member_id
        and replication.is_waiting
    )
    return (
        (is_shown and is_in_audience(viewer, replication.innovation))
        or is_on_owner_side(viewer, replication.innovation)
        or replication.adopter_id in viewer.represents
        or holds
    )


def replications_visible_to(viewer: Viewer, innovation: Innovation) -> ColumnElement[bool]:
    """Return the SQL condition for the replications of one innovation, known to `viewer`, that they may see."""
    own = Replication.innovation_id == innovation.id
    if is_on_owner_side(viewer, innovation):
        return own
    ways: list[ColumnElement[bool]] = [Replication.adopter_id.in_(sorted(viewer.represents))]
    if is_in_audience(viewer, innovation):
        ways.append(is_shown_replication())
    if can_review_some(viewer):
        ways.append(
            and_(Replication.taken_by_id == viewer.member_id, Replication.status.in_(Replication.WAITING))
        )
    return and_(own, or_(*ways))
