"""Who is inside the audience of what something is suggested for: nobody is suggested to whom it could not be shown."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from hub.access.audience import LAW_ENFORCEMENT_LABEL, MEMBER_LABEL, PUBLIC_LABEL
from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.integrity.viewers import viewers_of
from hub.members.models import Member
from hub.organisations.models import (
    LawEnforcementStatus,
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
)
from hub.organisations.queries import law_enforcement_in_force, present_ids

FOR_ALL = frozenset({PUBLIC_LABEL, MEMBER_LABEL})
"""Labels that every member holds."""

IN_STANDING = frozenset({MEMBER_LABEL})
"""What holds who is an approved member, vetted within the year."""

Audiences = Collection[frozenset[str]]
"""Sets of visibility labels; inside is who holds one of each."""


def narrow(audiences: Audiences) -> tuple[frozenset[str], ...]:
    """Return those of the audiences that do not hold every member."""
    return tuple(each for each in audiences if not each & FOR_ALL)


def _may_know(viewer: Viewer, bounds: Iterable[frozenset[str]]) -> bool:
    """Whether `viewer` is inside all audiences: no list tells others who is verified, or belongs to whom."""
    return _is_inside(viewer.labels, bounds)


def possible_members(viewer: Viewer, audiences: Audiences) -> frozenset[str] | None:
    """Return public ids of the members who may be inside all audiences, perhaps a few too many; None where all are.

    There are none for who is outside of one of them. `members_inside` says of some of them whether they really are.
    """
    bounds = narrow(audiences)
    if not bounds:
        return None
    if not _may_know(viewer, bounds):
        return frozenset()
    conditions = [_holds_one(viewer, each) for each in bounds]
    return frozenset(session().scalars(select(Member.public_id).where(*conditions)))


def possible_organisations(viewer: Viewer, audiences: Audiences) -> frozenset[str]:
    """Return slugs of the organisations of which a representative may be inside all audiences, perhaps some too many.

    One without representatives is none of them: nobody would get what is sent to it.
    """
    bounds = narrow(audiences)
    if not _may_know(viewer, bounds):
        return frozenset()
    represented = (
        select(Organisation.slug)
        .distinct()
        .join(OrganisationMembership, OrganisationMembership.organisation_id == Organisation.id)
        .join(Member, Member.id == OrganisationMembership.member_id)
        .where(_represents(), *(_holds_one(viewer, each) for each in bounds))
    )
    return frozenset(session().scalars(represented))


def members_inside(public_ids: Collection[str], audiences: Audiences) -> frozenset[str]:
    """Return those of the members who are inside all audiences at this moment."""
    bounds = narrow(audiences)
    if not bounds or not public_ids:
        return frozenset(public_ids)
    members = session().scalars(select(Member).where(Member.public_id.in_(sorted(public_ids)))).all()
    labels = _labels(members)
    return frozenset(each.public_id for each in members if _is_inside(labels[each.id], bounds))


def organisations_inside(slugs: Collection[str], audiences: Audiences) -> frozenset[str]:
    """Return those of the organisations of which a representative is inside all audiences at this moment."""
    bounds = (IN_STANDING, *narrow(audiences))
    if not slugs:
        return frozenset()
    rows = (
        session()
        .execute(
            select(Organisation.slug, Member)
            .join(OrganisationMembership, OrganisationMembership.organisation_id == Organisation.id)
            .join(Member, Member.id == OrganisationMembership.member_id)
            .where(Organisation.slug.in_(sorted(slugs)), _represents())
        )
        .all()
    )
    labels = _labels({row.Member.id: row.Member for row in rows}.values())
    return frozenset(row.slug for row in rows if _is_inside(labels[row.Member.id], bounds))


def _labels(members: Iterable[Member]) -> Mapping[int, frozenset[str]]:
    return {number: viewer.labels for number, viewer in viewers_of(list(members)).items()}


def _is_inside(labels: frozenset[str], bounds: Iterable[frozenset[str]]) -> bool:
    return all(labels & each for each in bounds)


def _represents() -> ColumnElement[bool]:
    return and_(
        OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
        OrganisationMembership.status == MembershipStatus.ACTIVE,
    )


def _holds_one(viewer: Viewer, labels: frozenset[str]) -> ColumnElement[bool]:
    """Return the SQL condition for members who may hold one of the labels: a second factor is not asked for here.

    Who belongs to an organisation is known to its own people, and to others of who agreed to be named on its page.
    """
    named: dict[str, list[str]] = {}
    for label in labels:
        kind, _, value = label.partition(":")
        named.setdefault(kind, []).append(value)
    ways: list[ColumnElement[bool]] = []
    if people := named.get("person"):
        ways.append(Member.id.in_(sorted(map(int, people))))
    if organisations := named.get("org"):
        present = sorted(set(present_ids(sorted(map(int, organisations))).values()))
        belongs = select(OrganisationMembership.member_id).where(
            OrganisationMembership.organisation_id.in_(present),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            or_(
                OrganisationMembership.is_shown.is_(True),
                OrganisationMembership.organisation_id.in_(sorted(viewer.organisations)),
            ),
        )
        ways.append(Member.id.in_(belongs))
    if countries := named.get(LAW_ENFORCEMENT_LABEL):
        of_country = true() if "" in countries else LawEnforcementStatus.country.in_(sorted(countries))
        verified = select(LawEnforcementStatus.member_id).where(
            law_enforcement_in_force(clock.now()), of_country
        )
        ways.append(Member.id.in_(verified))
    return or_(false(), *ways)
