"""Who belongs to organisations, what merged ones became, and whose law-enforcement status is in force."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_, select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.organisations.models import (
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipRole,
    MembershipStatus,
    MergedOrganisation,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.permissions import is_not_merged


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


def active_memberships(member_ids: Collection[int]) -> dict[int, list[tuple[int, MembershipRole]]]:
    """Return to which organisations members belong, each with the role there, by id of the member."""
    rows = session().execute(ACTIVE_MEMBERSHIPS, {"member_ids": list(member_ids)})
    found: dict[int, list[tuple[int, MembershipRole]]] = {}
    for member_id, organisation_id, role in rows:
        found.setdefault(member_id, []).append((organisation_id, role))
    return found


ACTIVE_MEMBERSHIPS = select(
    OrganisationMembership.member_id,
    OrganisationMembership.organisation_id,
    OrganisationMembership.role,
).where(
    OrganisationMembership.member_id.in_(bindparam("member_ids", expanding=True)),
    OrganisationMembership.status == MembershipStatus.ACTIVE,
)
"""Made once, for every page of somebody signed in asks it."""


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


def organisations_of(viewer: Viewer) -> Sequence[Organisation]:
    """Return, by name, the organisations to which `viewer` belongs."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.id.in_(sorted(viewer.organisations)), is_not_merged())
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def same_as(organisation_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return for each of these organisations every id under which the hub knew it: merges make several of them one."""
    if not organisation_ids:
        return {}
    present = present_ids(organisation_ids)
    former: dict[int, set[int]] = {}
    for each, into in merged_into(set(present.values())).items():
        former.setdefault(into, set()).add(each)
    return {each: frozenset({into, *former.get(into, ())}) for each, into in present.items()}


def present_ids(organisation_ids: Collection[int]) -> dict[int, int]:
    """Return for each of these organisations what it is now: itself, or what it was merged into."""
    rows = session().execute(
        select(MergedOrganisation.organisation_id, MergedOrganisation.into_id).where(
            MergedOrganisation.organisation_id.in_(sorted(organisation_ids))
        )
    )
    return {**{each: each for each in organisation_ids}, **{row.organisation_id: row.into_id for row in rows}}


def law_enforcement_in_force(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the SQL condition for statuses that open something at `now`, a moment or what stands for one.

    They are verified and not lapsed, and where they name an organisation, the member has belonged to it ever
    since, and its own verification holds; or it never had one, and so none has ended.
    """
    holds = and_(
        Organisation.status == OrganisationStatus.VERIFIED,
        or_(Organisation.verified_until.is_(None), Organisation.verified_until > now),
    )
    never_had_one = and_(
        Organisation.status == OrganisationStatus.UNVERIFIED, Organisation.verified_at.is_(None)
    )
    belongs = exists().where(
        OrganisationMembership.organisation_id == LawEnforcementStatus.organisation_id,
        OrganisationMembership.member_id == LawEnforcementStatus.member_id,
        OrganisationMembership.status == MembershipStatus.ACTIVE,
        OrganisationMembership.started_at <= LawEnforcementStatus.verified_at,
        Organisation.id == LawEnforcementStatus.organisation_id,
        or_(holds, never_had_one),
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


def law_enforcement_countries(member_ids: Collection[int], now: datetime) -> dict[int, str]:
    """Return the countries of statuses in force at `now`, by member; the latest where there are several."""
    rows = session().execute(LAW_ENFORCEMENT_COUNTRIES, {"member_ids": list(member_ids), "now": now})
    return {row.member_id: row.country for row in rows}


LAW_ENFORCEMENT_COUNTRIES = (
    select(LawEnforcementStatus.member_id, LawEnforcementStatus.country)
    .where(
        LawEnforcementStatus.member_id.in_(bindparam("member_ids", expanding=True)),
        law_enforcement_in_force(bindparam("now")),
    )
    .order_by(LawEnforcementStatus.verified_at, LawEnforcementStatus.id)
)
"""Made once, as `ACTIVE_MEMBERSHIPS`."""


def is_in_force(status: LawEnforcementStatus, now: datetime) -> bool:
    """Whether this status opens something at `now`."""
    query = select(LawEnforcementStatus.id).where(
        LawEnforcementStatus.id == status.id, law_enforcement_in_force(now)
    )
    return session().scalar(query) is not None
