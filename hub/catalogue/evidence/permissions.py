"""Who may add evidence, and which pieces somebody may see."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from hub.access.viewer import Viewer
from hub.catalogue.models import Evidence, EvidenceStatus, Innovation, Replication
from hub.catalogue.permissions import can_review_some, can_speak_for, is_in_audience, is_on_owner_side
from hub.catalogue.replications.permissions import can_view_replication, replications_visible_to
from hub.catalogue.tasks.permissions import can_take_task


def can_add_evidence(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may add evidence: any member who reads the published record, and who speaks for its owner."""
    return (
        viewer.is_member
        and innovation.is_shown
        and (is_in_audience(viewer, innovation) or can_speak_for(viewer, innovation))
    )


def can_withdraw_evidence(viewer: Viewer, evidence: Evidence) -> bool:
    """Whether `viewer` may take it back: who added it."""
    return viewer.member_id is not None and evidence.added_by_id == viewer.member_id


def can_reopen_evidence(viewer: Viewer, evidence: Evidence) -> bool:
    """Whether `viewer` may have it decided again: a coordinator free of conflict who may read the record."""
    return can_take_task(viewer, evidence) and is_in_audience(viewer, evidence.innovation)


def can_view_evidence(viewer: Viewer, evidence: Evidence) -> bool:
    """Whether `viewer`, who may know of the innovation, may see this piece of it. Agrees with `evidence_visible_to`.

    What is about a replication is hidden from readers while the replication is.
    """
    about = evidence.replication
    if (
        evidence.status is EvidenceStatus.ACCEPTED
        and is_in_audience(viewer, evidence.innovation)
        and (about is None or can_view_replication(viewer, about))
    ):
        return True
    if viewer.member_id is None:
        return False
    holds = can_review_some(viewer) and evidence.taken_by_id == viewer.member_id and evidence.is_waiting
    return holds or evidence.added_by_id == viewer.member_id or is_on_owner_side(viewer, evidence.innovation)


def evidence_visible_to(viewer: Viewer, innovation: Innovation) -> ColumnElement[bool]:
    """Return the SQL condition for the evidence of one innovation, which `viewer` may know of, that they may see."""
    mine = Evidence.innovation_id == innovation.id
    if is_on_owner_side(viewer, innovation):
        return mine
    about = select(Replication.id).where(replications_visible_to(viewer, innovation))
    accepted = (
        and_(
            Evidence.status == EvidenceStatus.ACCEPTED,
            or_(Evidence.replication_id.is_(None), Evidence.replication_id.in_(about)),
        )
        if is_in_audience(viewer, innovation)
        else false()
    )
    if viewer.member_id is None:
        return and_(mine, accepted)
    taken = and_(
        true() if can_review_some(viewer) else false(),
        Evidence.taken_by_id == viewer.member_id,
        Evidence.status.in_(Evidence.WAITING),
    )
    return and_(mine, or_(accepted, Evidence.added_by_id == viewer.member_id, taken))
