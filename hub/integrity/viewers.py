"""Builds the Viewer of a member: roles, status, memberships, interests and recusals as of this moment."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import or_, select

from hub.access.viewer import PRIVILEGED_ROLES, VISITOR, Interest, Role, Viewer
from hub.core import clock
from hub.core.database import session
from hub.integrity.interests import MEMBERSHIP, conflict_until, is_conflict
from hub.integrity.models import DeclaredInterest, Recusal
from hub.integrity.permissions import Conflict
from hub.members.models import Member, MemberStatus
from hub.members.queries import has_factor, is_overdue, roles_in_force
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
)
from hub.organisations.queries import law_enforcement_country, memberships_of, merged_into


def viewer_of(member: Member | None) -> Viewer:
    """Return what permissions may know about `member` at this moment.

    Anybody who is not an approved member, vetted within the year, sees what visitors see. Privileged roles and
    law-enforcement status are left out for who has no second factor.
    """
    now = clock.now()
    if member is None or member.status is not MemberStatus.APPROVED or is_overdue(member, now):
        return VISITOR
    grants = roles_in_force(member, now)
    memberships = memberships_of(member.id)
    belongs_to = frozenset(each.organisation_id for each in memberships)
    represented = frozenset(
        each.organisation_id for each in memberships if each.role is MembershipRole.REPRESENTATIVE
    )
    # what was merged into an organisation is theirs
    merged = merged_into(belongs_to)
    roles = frozenset(grant.role for grant in grants)
    country = law_enforcement_country(member.id, now)
    is_withheld = bool(country or roles & PRIVILEGED_ROLES) and not has_factor(member.id)
    if is_withheld:
        roles, country = roles - PRIVILEGED_ROLES, None
    return Viewer(
        member_id=member.id,
        public_id=member.public_id,
        roles=roles,
        focal_countries=frozenset(
            grant.country for grant in grants if grant.role is Role.FOCAL_POINT and grant.country
        ),
        represents=represented | {former for former, present in merged.items() if present in represented},
        organisations=belongs_to | merged.keys(),
        law_enforcement_country=country,
        is_withheld=is_withheld,
        interests=_interests_of(member.id, now) if roles else frozenset(),
        recusals=_recusals_of(member.id) if roles else frozenset(),
    )


def _interests_of(member_id: int, now: datetime) -> frozenset[Interest]:
    """Return the conflicts that declarations and former memberships of a member make now, by organisation."""
    today = now.date()
    declared = session().execute(
        select(DeclaredInterest, Organisation.id)
        .join(
            Organisation,
            or_(
                Organisation.id == DeclaredInterest.organisation_id,
                Organisation.name_key == DeclaredInterest.name_key,
            ),
        )
        .where(DeclaredInterest.member_id == member_id, DeclaredInterest.struck_at.is_(None))
    )
    found = [
        Interest(number, each.kind, each.ended_on, conflict_until(each.kind, each.ended_on))
        for each, number in declared
        if is_conflict(each.kind, each.started_on, each.ended_on, today)
    ]
    return frozenset((*found, *_former_memberships(member_id, today)))


def _former_memberships(member_id: int, today: date) -> Iterator[Interest]:
    """Yield the conflicts with organisations that a member left: leaving one frees nobody to decide about it."""
    left = session().execute(
        select(OrganisationMembership.organisation_id, OrganisationMembership.ended_at).where(
            OrganisationMembership.member_id == member_id,
            OrganisationMembership.status == MembershipStatus.ENDED,
        )
    )
    for organisation_id, ended_at in left:
        ended_on = ended_at.date() if ended_at else today
        if is_conflict(MEMBERSHIP, None, ended_on, today):
            yield Interest(organisation_id, MEMBERSHIP, ended_on, conflict_until(MEMBERSHIP, ended_on))


def _recusals_of(member_id: int) -> frozenset[str]:
    """Return from what a member recused themselves for a reason that only they know."""
    return frozenset(
        session().scalars(
            select(Recusal.subject).where(
                Recusal.member_id == member_id, Recusal.conflict == Conflict.DECLARED
            )
        )
    )
