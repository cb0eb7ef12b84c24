"""Requests and proposals about organisations as the people concerned see them, and what supports a request."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, func, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Role, Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.four_eyes import ProposalStatus
from hub.organisations.details import details_of, domain_within, host_of
from hub.organisations.models import Organisation
from hub.organisations.permissions import can_view
from hub.organisations.similar import Similar, similar_organisations
from hub.vetting.models import OrganisationMerge, OrganisationVerification, VerificationStatus
from hub.vetting.organisations.permissions import (
    can_ask_verification,
    can_propose_merge,
    can_read_verification,
)
from hub.vocabularies.mail_domains import is_free_mail


@dataclass(frozen=True)
class Evidence:
    """What the hub itself finds about a request, for who decides.

    Args:
        domain: mail domain of the organisation at which the person has a confirmed address, or None.
        website_host: host of the website, or empty.
        is_same_host: whether the website stands under that mail domain.
        is_free_mail: whether the person's address is one that anybody can have.
        similar: other organisations that may be this one.
    """

    domain: str | None
    website_host: str
    is_same_host: bool
    is_free_mail: bool
    similar: Sequence[Similar]


def verification_by_id(public_id: str, viewer: Viewer) -> OrganisationVerification:
    """Return a request, decided or not, to who asked, represents the organisation or oversees such.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(
        select(OrganisationVerification).where(OrganisationVerification.public_id == public_id)
    )
    if found is None or not can_read_verification(viewer, found):
        raise NotFoundError
    return found


def open_verification(organisation: Organisation) -> OrganisationVerification | None:
    """Return the request that waits for a decision, or None."""
    return session().scalar(
        select(OrganisationVerification).where(
            OrganisationVerification.organisation_id == organisation.id,
            OrganisationVerification.status == VerificationStatus.REQUESTED,
        )
    )


def verifications_of(organisation: Organisation, viewer: Viewer) -> list[OrganisationVerification]:
    """Return the requests about an organisation that `viewer` may read, the latest first."""
    found = session().scalars(
        select(OrganisationVerification)
        .where(OrganisationVerification.organisation_id == organisation.id)
        .order_by(OrganisationVerification.id.desc())
        .options(joinedload(OrganisationVerification.decided_by))
    )
    return [each for each in found.all() if can_read_verification(viewer, each)]


def organisation_to_ask_for(slug: str, viewer: Viewer) -> Organisation:
    """Return an organisation that `viewer` may ask to have verified, or once asked to.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None or not (can_ask_verification(viewer, found) or _asked(viewer, found)):
        raise NotFoundError
    return found


def evidence_for(request: OrganisationVerification) -> Evidence:
    """Return what the hub finds by itself about a request, as of this moment."""
    organisation, address = request.organisation, request.requested_by.email or ""
    host, domain = host_of(organisation.website), address.rpartition("@")[2]
    found = domain_within(domain, (each.domain for each in organisation.domains))
    return Evidence(
        domain=found,
        website_host=host,
        is_same_host=bool(host and found) and domain_within(host, (found or "",)) is not None,
        is_free_mail=bool(domain) and is_free_mail(domain),
        similar=similar_organisations(details_of(organisation), but=organisation),
    )


def waiting_verifications(viewer: Viewer) -> Sequence[OrganisationVerification]:
    """Return the requests that wait, the oldest first; to focal points those of their countries alone."""
    return _requests(_waits_for(viewer))


def undecided_verifications() -> Sequence[OrganisationVerification]:
    """Return every request that waits, the oldest first; for the search for those that nobody can decide."""
    return _requests(OrganisationVerification.status == VerificationStatus.REQUESTED)


def _requests(condition: ColumnElement[bool]) -> Sequence[OrganisationVerification]:
    return (
        session()
        .scalars(
            select(OrganisationVerification)
            .join(OrganisationVerification.organisation)
            .where(condition)
            .order_by(OrganisationVerification.requested_at, OrganisationVerification.id)
            .options(
                joinedload(OrganisationVerification.organisation),
                joinedload(OrganisationVerification.requested_by),
            )
        )
        .all()
    )


def count_verifications(viewer: Viewer) -> int:
    """Return how many requests wait that `viewer` sees on the desk."""
    return (
        session().scalar(
            select(func.count(OrganisationVerification.id))
            .join(OrganisationVerification.organisation)
            .where(_waits_for(viewer))
        )
        or 0
    )


def merge_by_id(public_id: str, viewer: Viewer) -> OrganisationMerge:
    """Return a proposed merge, decided or not, to coordinators.

    Raises:
        NotFoundError: there is none, or the viewer is none.
    """
    found = session().scalar(select(OrganisationMerge).where(OrganisationMerge.public_id == public_id))
    if found is None or not can_propose_merge(viewer):
        raise NotFoundError
    return found


def waiting_merges(viewer: Viewer) -> Sequence[OrganisationMerge]:
    """Return the merges that wait for a second coordinator, the oldest first; nothing to anybody else."""
    return undecided_merges() if can_propose_merge(viewer) else ()


def undecided_merges() -> Sequence[OrganisationMerge]:
    """Return every merge that waits, the oldest first; for the search for those that nobody can decide."""
    return (
        session()
        .scalars(
            select(OrganisationMerge)
            .where(OrganisationMerge.status == ProposalStatus.PROPOSED)
            .order_by(OrganisationMerge.proposed_at, OrganisationMerge.id)
            .options(
                joinedload(OrganisationMerge.organisation),
                joinedload(OrganisationMerge.into),
                joinedload(OrganisationMerge.proposed_by),
            )
        )
        .all()
    )


def open_merge(organisation: Organisation) -> OrganisationMerge | None:
    """Return the proposal to merge an organisation into another one that waits, or None."""
    return session().scalar(
        select(OrganisationMerge).where(
            OrganisationMerge.organisation_id == organisation.id,
            OrganisationMerge.status == ProposalStatus.PROPOSED,
        )
    )


def count_merges(viewer: Viewer) -> int:
    """Return how many merges wait that `viewer` sees on the desk."""
    if not can_propose_merge(viewer):
        return 0
    waiting = OrganisationMerge.status == ProposalStatus.PROPOSED
    return session().scalar(select(func.count(OrganisationMerge.id)).where(waiting)) or 0


def _asked(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` asked before and may read what was answered, whoever speaks for it now."""
    if not viewer.is_member or not can_view(viewer, organisation):
        return False
    asked = select(
        exists().where(
            OrganisationVerification.organisation_id == organisation.id,
            OrganisationVerification.requested_by_id == viewer.member_id,
        )
    )
    return bool(session().scalar(asked))


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    waits = OrganisationVerification.status == VerificationStatus.REQUESTED
    if viewer.has_role(Role.COORDINATOR):
        return waits
    if not viewer.focal_countries:
        return false()
    return and_(waits, Organisation.country.in_(sorted(viewer.focal_countries)))
