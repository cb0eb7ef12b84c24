"""Who may archive records, and who may propose what two coordinators decide."""

from hub.access.audience import Audience
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationProposal, InnovationStatus, ProposedAction
from hub.catalogue.permissions import (
    can_review_some,
    can_speak_for,
    is_in_audience,
)
from hub.catalogue.tasks.permissions import organisations_in
from hub.integrity.permissions import Involvement, conflict_of


def can_archive(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may archive the record, or publish it again: who speaks for the owner."""
    return can_speak_for(viewer, innovation)


def can_propose(viewer: Viewer, innovation: Innovation, action: ProposedAction) -> bool:
    """Whether `viewer` may propose it: a coordinator who may read the record and has no conflict."""
    involved = Involvement(
        member_ids=frozenset({innovation.registered_by_id}),
        organisation_ids=frozenset(
            number for number in {innovation.owner_id} | organisations_in(innovation) if number is not None
        ),
        subject=innovation.subject,
    )
    return (
        can_review_some(viewer)
        and is_in_audience(viewer, innovation)
        and conflict_of(viewer, involved) is None
        and is_possible(innovation, action)
    )


def is_possible(innovation: Innovation, action: ProposedAction) -> bool:
    """Whether the record's state allows the action; only what is published for everybody is featured, and once.

    Widening is proposed by who reviews the revision that widens, and depends on that one.
    """
    if action is ProposedAction.TAKE_DOWN:
        return innovation.is_shown
    return (
        action is ProposedAction.FEATURE
        and innovation.status is InnovationStatus.PUBLISHED
        and innovation.audience is Audience.PUBLIC
        and innovation.featured_at is None
    )


def can_end_feature(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may end that the record is featured: any coordinator who may read it."""
    return can_review_some(viewer) and is_in_audience(viewer, innovation)


def can_withdraw_proposal(viewer: Viewer, proposal: InnovationProposal) -> bool:
    """Whether `viewer` may take the proposal back: who made it."""
    return viewer.member_id is not None and proposal.proposed_by_id == viewer.member_id
