"""Of whom somebody may know that they are inside narrow audiences: the same for lists and for invitations."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select, true

from hub.access.audience import LAW_ENFORCEMENT_LABEL
from hub.access.telling import Told, is_narrow
from hub.access.viewer import Viewer
from hub.core import clock
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import visible_to
from hub.organisations.models import (
    LawEnforcementStatus,
    MembershipRole,
    MembershipStatus,
    OrganisationMembership,
)
from hub.organisations.queries import law_enforcement_in_force, present_ids


def narrow(audiences: Collection[Told]) -> tuple[Told, ...]:
    """Return those of the audiences that do not hold every member."""
    return tuple(each for each in audiences if is_narrow(each))


def known_inside(viewer: Viewer, audiences: Collection[Told]) -> ColumnElement[bool]:
    """Return the SQL condition for members whom `viewer` may know to be inside all audiences.

    Who belongs to an organisation is known to its own people, and to others of who agreed to be named on its page. A
    second factor is not asked for here, without which nobody is inside by a status. For statements that select from
    `Member`.
    """
    return and_(true(), *(_holds_one(viewer, each) for each in narrow(audiences)))


def known_speakers(viewer: Viewer, audiences: Collection[Told]) -> ColumnElement[bool]:
    """Return the SQL condition for representatives through whom `viewer` may know an organisation to be inside.

    That an organisation is inside a narrow audience tells that somebody of it is. So people count whom the viewer may
    know to represent it and whose page they may read, and all of an organisation that each narrow audience names. For
    statements that join `Member` and `OrganisationMembership`.
    """
    represents = and_(
        OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
        OrganisationMembership.status == MembershipStatus.ACTIVE,
    )
    bounds = narrow(audiences)
    if not bounds:
        return represents
    named = frozenset.intersection(*(_organisations_in(each) for each in bounds))
    readable = select(Profile.member_id).join(Profile.member).where(visible_to(viewer)).correlate(None)
    known = and_(_is_known_to(viewer), Member.id.in_(readable), known_inside(viewer, bounds))
    return and_(represents, or_(OrganisationMembership.organisation_id.in_(sorted(named)), known))


def _is_known_to(viewer: Viewer) -> ColumnElement[bool]:
    return or_(
        OrganisationMembership.is_shown.is_(True),
        OrganisationMembership.organisation_id.in_(sorted(viewer.organisations)),
    )


def _organisations_in(labels: frozenset[str]) -> frozenset[int]:
    """Return the ids of the organisations that labels name, or of what they became."""
    return frozenset(present_ids([int(number) for number in _named("org", labels)]).values())


def _named(kind: str, labels: frozenset[str]) -> list[str]:
    """Return what the labels of one kind name, such as the countries of law enforcement."""
    return sorted(each.partition(":")[2] for each in labels if each.startswith(f"{kind}:"))


def _holds_one(viewer: Viewer, labels: frozenset[str]) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [Member.id.in_([int(number) for number in _named("person", labels)])]
    if organisations := _organisations_in(labels):
        belongs = select(OrganisationMembership.member_id).where(
            OrganisationMembership.organisation_id.in_(sorted(organisations)),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            _is_known_to(viewer),
        )
        ways.append(Member.id.in_(belongs.correlate(None)))
    if countries := _named(LAW_ENFORCEMENT_LABEL, labels):
        verified = select(LawEnforcementStatus.member_id).where(
            law_enforcement_in_force(clock.now()), LawEnforcementStatus.country.in_(countries)
        )
        ways.append(Member.id.in_(verified))
    return or_(*ways)
