"""Who may do what with an innovation, and which of them somebody may see: pure functions and one SQL condition."""

from sqlalchemy import ColumnElement, and_, or_, select

from hub.access.viewer import Role, Viewer
from hub.catalogue.models import (
    Evidence,
    Innovation,
    InnovationLabel,
    InnovationProposal,
    InnovationRevision,
    InnovationStatus,
    ProblemReport,
    ProposedAction,
    RecordClaim,
    Replication,
    RevisionLabel,
    RevisionStatus,
)
from hub.catalogue.models.innovation import SHOWN
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.permissions import Conflict, Involvement, conflict_of

AnyTask = Evidence | Replication | RecordClaim | ProblemReport | InnovationProposal

TASKS: tuple[type[AnyTask], ...] = (Evidence, Replication, RecordClaim, ProblemReport, InnovationProposal)
"""The tables of what coordinators take and decide, besides revisions."""


def can_register(viewer: Viewer) -> bool:
    """Whether `viewer` may register innovations: a focal point for a country, a representative for an organisation."""
    return bool(viewer.focal_countries or viewer.represents)


def can_compile(viewer: Viewer) -> bool:
    """Whether `viewer` may compile records of others from public sources: coordinators, who curate the catalogue."""
    return viewer.has_role(Role.COORDINATOR)


def can_import(viewer: Viewer) -> bool:
    """Whether `viewer` may import records from a file: who may register or compile them one by one."""
    return can_register(viewer) or can_compile(viewer)


def can_review_some(viewer: Viewer) -> bool:
    """Whether `viewer` reviews at all."""
    return viewer.has_role(Role.COORDINATOR)


def is_on_owner_side(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` registered the innovation or speaks for its owner, who claimed it where others compiled it."""
    return viewer.member_id is not None and (
        is_registrant(viewer, innovation) or _represents_owner(viewer, innovation)
    )


def is_registrant(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` registered it for its present owner: a claim or a hand-over ends what registering gave."""
    return innovation.registered_by_id == viewer.member_id and not innovation.is_handed_over


def registered_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the innovations of which `viewer` is the registrant, as `is_registrant` says."""
    return and_(Innovation.registered_by_id == viewer.member_id, Innovation.is_handed_over.is_(False))


def _represents_owner(viewer: Viewer, innovation: Innovation) -> bool:
    return not innovation.is_compiled and innovation.owner_id in viewer.represents


def can_speak_for(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may act for the owner now: seeing what one registered outlasts a role, changing it does not.

    A representative of the owner may, of a compiled record once they claimed it; and who registered it, while they
    are focal point of the country it comes from, while they curate what they compiled from public sources, or while
    it has no owner and they may register at all.
    """
    if _represents_owner(viewer, innovation):
        return True
    return is_registrant(viewer, innovation) and (
        innovation.origin_country in viewer.focal_countries
        or (innovation.is_compiled and can_compile(viewer))
        or (innovation.owner_id is None and can_register(viewer))
    )


def can_edit(viewer: Viewer, revision: InnovationRevision) -> bool:
    """Whether `viewer` may change, submit and withdraw the revision, its state allowing."""
    return can_speak_for(viewer, revision.innovation)


def involvement_in(revision: InnovationRevision) -> Involvement:
    """Return who takes part in the innovation, for the search for conflicts."""
    innovation = revision.innovation
    members = {innovation.registered_by_id, revision.created_by_id, revision.submitted_by_id}
    organisations = {innovation.owner_id} | {each.organisation_id for each in revision.organisations}
    return Involvement(
        member_ids=frozenset(number for number in members if number is not None),
        organisation_ids=frozenset(number for number in organisations if number is not None),
        subject=innovation.subject,
    )


def review_conflict(viewer: Viewer, revision: InnovationRevision) -> Conflict | None:
    """Return what keeps `viewer` from reviewing the revision, or None."""
    return conflict_of(viewer, involvement_in(revision))


def can_take(viewer: Viewer, revision: InnovationRevision) -> bool:
    """Whether `viewer` may take the revision for review: a coordinator free of conflict."""
    return can_review_some(viewer) and review_conflict(viewer, revision) is None


def can_decide(viewer: Viewer, revision: InnovationRevision) -> bool:
    """Whether `viewer` may decide: the coordinator who took it, still free of conflict."""
    return revision.reviewer_id == viewer.member_id and can_take(viewer, revision)


def is_inside(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` would read the innovation without any task: as its audience or on its owner's side."""
    return is_in_audience(viewer, innovation) or is_on_owner_side(viewer, innovation)


def can_see_title(viewer: Viewer, revision: InnovationRevision) -> bool:
    """Whether the queue may show `viewer` what a revision that nobody took is called."""
    return is_on_owner_side(viewer, revision.innovation) or bool(
        revision.innovation.status is not InnovationStatus.TAKEN_DOWN
        and revision.labels & viewer.labels
        and (revision.innovation.published_revision_id is None or revision.innovation.labels & viewer.labels)
    )


def is_in_audience(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` is inside the record's audience now and that of its approved revision."""
    revision = innovation.published_revision
    return (
        innovation.is_shown
        and revision is not None
        and bool(innovation.labels & viewer.labels)
        and bool(revision.labels & viewer.labels)
    )


def is_reviewing(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` took a revision of it, or another task on it, and has not decided yet.

    On what was taken down nothing is decided any more, and its tasks show it to nobody.
    """
    if not can_review_some(viewer) or innovation.status is InnovationStatus.TAKEN_DOWN:
        return False
    tasks: tuple[AnyTask, ...] = (
        *innovation.evidence,
        *innovation.replications,
        *innovation.claims,
        *innovation.problem_reports,
        *innovation.proposals,
    )
    return any(
        each.reviewer_id == viewer.member_id and each.status is RevisionStatus.IN_REVIEW
        for each in innovation.revisions
    ) or any(each.taken_by_id == viewer.member_id and each.is_waiting for each in tasks)


def has_taken_down(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` is one of the two coordinators who took it down."""
    return (
        innovation.status is InnovationStatus.TAKEN_DOWN
        and can_review_some(viewer)
        and any(
            viewer.member_id in (each.proposed_by_id, each.decided_by_id)
            for each in innovation.proposals
            if each.action is ProposedAction.TAKE_DOWN and each.status is ProposalStatus.APPROVED
        )
    )


def can_view(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may know that the innovation exists. Agrees with `visible_to`, which a test proves."""
    return (
        is_inside(viewer, innovation)
        or is_reviewing(viewer, innovation)
        or has_taken_down(viewer, innovation)
    )


def in_audience_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for innovations that are shown to `viewer` as part of their audience."""
    labels = sorted(viewer.labels)
    return and_(
        Innovation.status.in_(SHOWN),
        Innovation.id.in_(select(InnovationLabel.innovation_id).where(InnovationLabel.label.in_(labels))),
        Innovation.published_revision_id.in_(
            select(RevisionLabel.revision_id).where(RevisionLabel.label.in_(labels))
        ),
    )


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for innovations that `viewer` may know of; it stands behind every list and count."""
    if viewer.member_id is None:
        return in_audience_of(viewer)
    ways = [
        in_audience_of(viewer),
        registered_by(viewer),
        and_(Innovation.owner_id.in_(sorted(viewer.represents)), Innovation.is_compiled.is_(False)),
    ]
    if can_review_some(viewer):
        ways += _decided_by(viewer.member_id)
    return or_(*ways)


def _decided_by(member_id: int) -> list[ColumnElement[bool]]:
    """Return the conditions for what a coordinator sees because they took a task on it, or took it down."""
    reviewed = select(InnovationRevision.innovation_id).where(
        InnovationRevision.reviewer_id == member_id, InnovationRevision.status == RevisionStatus.IN_REVIEW
    )
    taken = (
        select(task.innovation_id).where(task.taken_by_id == member_id, task.status.in_(task.WAITING))
        for task in TASKS
    )
    taken_down = select(InnovationProposal.innovation_id).where(
        InnovationProposal.action == ProposedAction.TAKE_DOWN,
        InnovationProposal.status == ProposalStatus.APPROVED,
        or_(InnovationProposal.proposed_by_id == member_id, InnovationProposal.decided_by_id == member_id),
    )
    is_there = Innovation.status != InnovationStatus.TAKEN_DOWN
    return [
        and_(is_there, or_(*(Innovation.id.in_(each) for each in (reviewed, *taken)))),
        and_(Innovation.status == InnovationStatus.TAKEN_DOWN, Innovation.id.in_(taken_down)),
    ]
