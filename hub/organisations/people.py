"""Who belongs to one organisation, who speaks for it, and who agreed to be named on its page."""

from collections.abc import Collection, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.members.models import Member, MemberStatus
from hub.members.queries import is_overdue
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
)
from hub.organisations.permissions import oversees


def memberships_in(organisation: Organisation, viewer: Viewer) -> list[OrganisationMembership]:
    """Return the active memberships, representatives first, to who belongs to it or oversees it; else none."""
    if organisation.id not in viewer.organisations and not oversees(viewer, organisation):
        return []
    found = _active(organisation)
    return sorted(
        found,
        key=lambda each: (each.role is not MembershipRole.REPRESENTATIVE, each.member.display_name, each.id),
    )


def people_shown(organisation: Organisation) -> list[Member]:
    """Return, by name, the approved members who agreed to be named on its page."""
    now = clock.now()
    shown = (each.member for each in _active(organisation) if each.is_shown)
    return sorted(
        (each for each in shown if each.is_approved and not is_overdue(each, now)),
        key=lambda each: (each.display_name, each.id),
    )


def membership_of(organisation: Organisation, member_public_id: str) -> OrganisationMembership:
    """Return the active membership of the member with this random id; the service asks who may do something with it.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(
        select(OrganisationMembership)
        .join(OrganisationMembership.member)
        .where(
            OrganisationMembership.organisation_id == organisation.id,
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            Member.public_id == member_public_id,
        )
    )
    if found is None:
        raise NotFoundError
    return found


def own_membership(organisation: Organisation, viewer: Viewer) -> OrganisationMembership | None:
    """Return the viewer's own active membership, or None."""
    return session().scalar(
        select(OrganisationMembership).where(
            OrganisationMembership.organisation_id == organisation.id,
            OrganisationMembership.member_id == viewer.member_id,
            OrganisationMembership.status == MembershipStatus.ACTIVE,
        )
    )


def member_ids_of(organisation: Organisation) -> frozenset[int]:
    """Return the ids of everybody who belongs to it now."""
    return frozenset(
        session().scalars(
            select(OrganisationMembership.member_id).where(
                OrganisationMembership.organisation_id == organisation.id,
                OrganisationMembership.status == MembershipStatus.ACTIVE,
            )
        )
    )


def speakers(organisation: Organisation) -> frozenset[int]:
    """Return the ids of the approved members who represent it."""
    return speakers_of({organisation.id})


def speakers_of(organisation_ids: Collection[int]) -> frozenset[int]:
    """Return the ids of the approved members who represent any of some organisations."""
    return frozenset(
        session().scalars(
            select(OrganisationMembership.member_id)
            .join(OrganisationMembership.member)
            .where(
                OrganisationMembership.organisation_id.in_(sorted(organisation_ids)),
                OrganisationMembership.status == MembershipStatus.ACTIVE,
                OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
                Member.status == MemberStatus.APPROVED,
            )
        )
    )


def unspoken_ids(organisation_ids: Collection[int]) -> frozenset[int]:
    """Return those of some organisations for which nobody can act at present."""
    spoken = session().scalars(
        select(OrganisationMembership.organisation_id)
        .join(OrganisationMembership.member)
        .where(
            OrganisationMembership.organisation_id.in_(sorted(organisation_ids)),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
            Member.status == MemberStatus.APPROVED,
        )
    )
    return frozenset(organisation_ids) - frozenset(spoken)


def colleagues_of(viewer: Viewer) -> Sequence[Member]:
    """Return, by name, the other approved members of the organisations to which `viewer` belongs."""
    belongs = select(OrganisationMembership.member_id).where(
        OrganisationMembership.organisation_id.in_(sorted(viewer.organisations)),
        OrganisationMembership.status == MembershipStatus.ACTIVE,
    )
    return (
        session()
        .scalars(
            select(Member)
            .where(
                Member.id.in_(belongs), Member.id != viewer.member_id, Member.status == MemberStatus.APPROVED
            )
            .order_by(Member.display_name, Member.id)
        )
        .all()
    )


def is_unspoken(organisation: Organisation) -> bool:
    """Whether nobody speaks for it, so that somebody else may ask to.

    Who represents it and is suspended or must be vetted again may come back: nobody takes their place meanwhile.
    """
    return not session().scalar(
        select(
            exists().where(
                OrganisationMembership.organisation_id == organisation.id,
                OrganisationMembership.status == MembershipStatus.ACTIVE,
                OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
            )
        )
    )


def is_last_representative(membership: OrganisationMembership) -> bool:
    """Whether nobody would speak for the organisation without this membership."""
    return membership.role is MembershipRole.REPRESENTATIVE and not (
        speakers(membership.organisation) - {membership.member_id}
    )


def _active(organisation: Organisation) -> Sequence[OrganisationMembership]:
    return (
        session()
        .scalars(
            select(OrganisationMembership)
            .join(OrganisationMembership.member)
            .options(contains_eager(OrganisationMembership.member))
            .where(
                OrganisationMembership.organisation_id == organisation.id,
                OrganisationMembership.status == MembershipStatus.ACTIVE,
            )
        )
        .all()
    )
