"""Who asks that an organisation be verified, who decides it, and who merges two that are one."""

from datetime import timedelta

from hub.access.viewer import Role, Viewer
from hub.core import clock
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.people import is_unspoken, member_ids_of
from hub.organisations.permissions import can_view, is_representative, oversees
from hub.vetting.models import OrganisationMerge, OrganisationVerification

DUE_BEFORE = timedelta(days=60)
"""How long before a verification ends it may be asked for again."""


def involvement_of(organisation: Organisation, *further: int) -> Involvement:
    """Return who takes part in a decision about an organisation: it, all who belong to it, and `further` people."""
    return Involvement(
        member_ids=member_ids_of(organisation) | set(further),
        organisation_ids=frozenset({organisation.id}),
        subject=organisation.subject,
    )


def organisation_conflict(viewer: Viewer, organisation: Organisation) -> Conflict | None:
    """Return what keeps `viewer` from deciding about an organisation, or None."""
    return conflict_of(viewer, involvement_of(organisation))


def is_verification_due(organisation: Organisation) -> bool:
    """Whether it may be verified, or verified again: it is not, or its verification ends within sixty days."""
    return (
        organisation.status is not OrganisationStatus.VERIFIED
        or organisation.verified_until is None
        or organisation.verified_until - DUE_BEFORE <= clock.now()
    )


def can_ask_verification(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` may ask: a representative, or any member who sees that nobody speaks for the organisation."""
    if not viewer.is_member or not can_view(viewer, organisation):
        return False
    return is_representative(viewer, organisation) or is_unspoken(organisation)


def verification_conflict(viewer: Viewer, request: OrganisationVerification) -> Conflict | None:
    """Return what keeps `viewer` from deciding the request, or None."""
    return conflict_of(viewer, involvement_of(request.organisation, request.requested_by_id))


def can_decide_verification(viewer: Viewer, request: OrganisationVerification) -> bool:
    """Whether `viewer` may approve or decline: a coordinator or the country's focal point, free of conflict."""
    return oversees(viewer, request.organisation) and verification_conflict(viewer, request) is None


def can_withdraw_verification(viewer: Viewer, request: OrganisationVerification) -> bool:
    """Whether `viewer` may take the request back: who asked, or a representative of the organisation."""
    return viewer.is_member and (
        viewer.member_id == request.requested_by_id or request.organisation_id in viewer.represents
    )


def can_read_verification(viewer: Viewer, request: OrganisationVerification) -> bool:
    """Whether `viewer` may read the request: who may withdraw it, and who oversees organisations like it."""
    return can_withdraw_verification(viewer, request) or oversees(viewer, request.organisation)


def can_end_verification(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` may end a verification at once: who decides about such, free of conflict."""
    return oversees(viewer, organisation) and organisation_conflict(viewer, organisation) is None


def can_propose_merge(viewer: Viewer) -> bool:
    """Whether `viewer` merges organisations at all: coordinators."""
    return viewer.has_role(Role.COORDINATOR)


def pair_conflict(viewer: Viewer, organisation: Organisation, into: Organisation) -> Conflict | None:
    """Return what keeps `viewer` from proposing or deciding that one organisation is another, or None."""
    return organisation_conflict(viewer, organisation) or organisation_conflict(viewer, into)


def merge_conflict(viewer: Viewer, merge: OrganisationMerge) -> Conflict | None:
    """Return what keeps `viewer` from deciding the merge, or None."""
    if merge.proposed_by_id == viewer.member_id:
        return Conflict.OWN_PROPOSAL
    return pair_conflict(viewer, merge.organisation, merge.into)


def can_decide_merge(viewer: Viewer, merge: OrganisationMerge) -> bool:
    """Whether `viewer` may approve or decline: another coordinator, free of conflict with both organisations."""
    return can_propose_merge(viewer) and merge_conflict(viewer, merge) is None


def can_withdraw_merge(viewer: Viewer, merge: OrganisationMerge) -> bool:
    """Whether `viewer` proposed the merge."""
    return viewer.is_member and viewer.member_id == merge.proposed_by_id
