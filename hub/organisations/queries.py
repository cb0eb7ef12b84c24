"""What lists of organisations show."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership


def memberships_of(member_id: int) -> Sequence[OrganisationMembership]:
    """Return the active memberships of one member."""
    return (
        session()
        .scalars(
            select(OrganisationMembership).where(
                OrganisationMembership.member_id == member_id,
                OrganisationMembership.status == MembershipStatus.ACTIVE,
            )
        )
        .all()
    )


def organisations_spoken_for(viewer: Viewer) -> Sequence[Organisation]:
    """Return the organisations for which `viewer` may register innovations, by name.

    A representative speaks for their organisation, a focal point for those of their country.
    """
    return (
        session()
        .scalars(
            select(Organisation)
            .where(
                or_(
                    Organisation.id.in_(sorted(viewer.represents)),
                    Organisation.country.in_(sorted(viewer.focal_countries)),
                )
            )
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )
