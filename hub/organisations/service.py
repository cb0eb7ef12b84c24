"""Builds the Viewer of a member, adds organisations and memberships."""

from hub.access.viewer import VISITOR, Role, Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.ids import new_public_id
from hub.core.slugs import slugify
from hub.members.models import Member, MemberStatus
from hub.members.queries import law_enforcement_country, roles_in_force
from hub.organisations.models import (
    MembershipRole,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.queries import memberships_of


def viewer_of(member: Member | None) -> Viewer:
    """Return what permissions may know about `member` at this moment.

    Anybody who is not an approved member sees what visitors see.
    """
    if member is None or member.status is not MemberStatus.APPROVED:
        return VISITOR
    now = clock.now()
    grants = roles_in_force(member, now)
    memberships = memberships_of(member.id)
    return Viewer(
        member_id=member.id,
        public_id=member.public_id,
        roles=frozenset(grant.role for grant in grants),
        focal_countries=frozenset(
            grant.country for grant in grants if grant.role is Role.FOCAL_POINT and grant.country
        ),
        represents=frozenset(
            each.organisation_id for each in memberships if each.role is MembershipRole.REPRESENTATIVE
        ),
        organisations=frozenset(each.organisation_id for each in memberships),
        law_enforcement_country=law_enforcement_country(member, now),
    )


def add_organisation(
    name: str,
    *,
    country: str | None,
    type: str | None = None,  # noqa: A002 - the field's own name
    status: OrganisationStatus = OrganisationStatus.UNVERIFIED,
) -> Organisation:
    """Add an organisation, unverified unless said otherwise.

    Args:
        name: its name as it writes it.
        country: ISO 3166-1 alpha-2 code, or None for an international body or where unknown.
        type: code of the organisation types, or None where unknown.
        status: how far it is verified.

    Returns:
        The stored organisation, with a slug that nobody else has.
    """
    organisation = Organisation(
        slug=f"{slugify(name)[:50]}-{new_public_id()[:6]}".strip("-"),
        name=name,
        country=country,
        type=type,
        status=status,
        created_at=clock.now(),
    )
    session().add(organisation)
    session().flush()
    return organisation


def add_membership(
    organisation: Organisation, member: Member, role: MembershipRole
) -> OrganisationMembership:
    """Make `member` an active member of `organisation` in `role`."""
    membership = OrganisationMembership(
        organisation_id=organisation.id, member_id=member.id, role=role, started_at=clock.now()
    )
    session().add(membership)
    session().flush()
    return membership
