"""Who belongs to organisations and speaks for them, and whose law-enforcement status is in force."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.organisations.models import (
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipStatus,
    MergedOrganisation,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)


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


def merged_into(organisation_ids: Collection[int]) -> dict[int, int]:
    """Return the organisations that were merged into some of these: by id, the id of what they became."""
    if not organisation_ids:
        return {}
    rows = session().execute(
        select(MergedOrganisation.organisation_id, MergedOrganisation.into_id).where(
            MergedOrganisation.into_id.in_(sorted(organisation_ids))
        )
    )
    return {row.organisation_id: row.into_id for row in rows}


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
                ),
                is_not_merged(),
            )
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def is_not_merged() -> ColumnElement[bool]:
    """Return the SQL condition for organisations that stand for themselves."""
    return Organisation.id.not_in(select(MergedOrganisation.organisation_id))


def law_enforcement_in_force(now: datetime) -> ColumnElement[bool]:
    """Return the SQL condition for statuses that open something at `now`.

    They are verified and not lapsed, and where they name an organisation, the member has belonged to it ever
    since and its own verification has not lapsed.
    """
    belongs = exists().where(
        OrganisationMembership.organisation_id == LawEnforcementStatus.organisation_id,
        OrganisationMembership.member_id == LawEnforcementStatus.member_id,
        OrganisationMembership.status == MembershipStatus.ACTIVE,
        OrganisationMembership.started_at <= LawEnforcementStatus.verified_at,
        Organisation.id == LawEnforcementStatus.organisation_id,
        Organisation.status != OrganisationStatus.LAPSED,
    )
    return and_(
        LawEnforcementStatus.status == LawEnforcementState.VERIFIED,
        LawEnforcementStatus.verified_at <= now,
        LawEnforcementStatus.valid_until > now,
        or_(LawEnforcementStatus.organisation_id.is_(None), belongs),
    )


def law_enforcement_status(member_id: int, now: datetime) -> LawEnforcementStatus | None:
    """Return the verified status of a member in force at `now`, the latest where there are several."""
    return session().scalar(
        select(LawEnforcementStatus)
        .where(LawEnforcementStatus.member_id == member_id, law_enforcement_in_force(now))
        .order_by(LawEnforcementStatus.verified_at.desc(), LawEnforcementStatus.id.desc())
        .limit(1)
    )


def law_enforcement_country(member_id: int, now: datetime) -> str | None:
    """Return the country of the verified status in force at `now`, or None."""
    status = law_enforcement_status(member_id, now)
    return status.country if status else None


def is_in_force(status: LawEnforcementStatus, now: datetime) -> bool:
    """Whether this status opens something at `now`."""
    query = select(LawEnforcementStatus.id).where(
        LawEnforcementStatus.id == status.id, law_enforcement_in_force(now)
    )
    return session().scalar(query) is not None
