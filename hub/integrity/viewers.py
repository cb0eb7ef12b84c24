"""Builds the Viewer of members: roles, status, memberships, interests and recusals as of this moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import or_, select

from hub.access.viewer import PRIVILEGED_ROLES, VISITOR, Interest, Role, Viewer
from hub.core import clock
from hub.core.database import session
from hub.integrity.interests import MEMBERSHIP, conflict_until, is_conflict
from hub.integrity.models import DeclaredInterest, Recusal
from hub.integrity.permissions import Conflict
from hub.members.models import Member, MemberStatus
from hub.members.queries import grants_in_force, is_overdue, with_factor
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
)
from hub.organisations.queries import (
    active_memberships,
    law_enforcement_countries,
    merged_into,
    same_as,
)


def viewer_of(member: Member | None) -> Viewer:
    """Return what permissions may know about `member` at this moment.

    Anybody who is not an approved member, vetted within the year, sees what visitors see. Privileged roles and
    law-enforcement status are left out for who has no second factor.
    """
    return VISITOR if member is None else viewers_of([member])[member.id]


def viewers_of(members: Collection[Member]) -> dict[int, Viewer]:
    """Return what permissions may know about each of `members`, by id; as many queries for many as for one."""
    now = clock.now()
    found = dict.fromkeys((member.id for member in members), VISITOR)
    counted = [
        member for member in members if member.status is MemberStatus.APPROVED and not is_overdue(member, now)
    ]
    if not counted:
        return found
    ids = [member.id for member in counted]
    grants = grants_in_force(ids, now)
    memberships = active_memberships(ids)
    # what was merged into an organisation is theirs
    merged = merged_into({number for rows in memberships.values() for number, _role in rows})
    countries = law_enforcement_countries(ids, now)
    roles = {number: frozenset(role for role, _country in grants.get(number, ())) for number in ids}
    privileged = [number for number in ids if number in countries or roles[number] & PRIVILEGED_ROLES]
    withheld = frozenset(privileged) - with_factor(privileged)
    for number in withheld:
        roles[number] -= PRIVILEGED_ROLES
        countries.pop(number, None)
    deciding = [number for number in ids if roles[number]]
    interests = interests_in_force(deciding, now)
    recusals = _recusals_of(deciding)
    for member in counted:
        belongs_to = {organisation_id for organisation_id, _role in memberships.get(member.id, ())}
        represented = {
            organisation_id
            for organisation_id, role in memberships.get(member.id, ())
            if role is MembershipRole.REPRESENTATIVE
        }
        found[member.id] = Viewer(
            member_id=member.id,
            public_id=member.public_id,
            roles=roles[member.id],
            focal_countries=frozenset(
                country for role, country in grants.get(member.id, ()) if role is Role.FOCAL_POINT and country
            ),
            represents=_with_former(represented, merged),
            organisations=_with_former(belongs_to, merged),
            law_enforcement_country=countries.get(member.id),
            is_withheld=member.id in withheld,
            interests=frozenset(interests.get(member.id, ())),
            recusals=frozenset(recusals.get(member.id, ())),
        )
    return found


def _with_former(organisation_ids: set[int], merged: Mapping[int, int]) -> frozenset[int]:
    """Return organisations and those that were merged into one of them."""
    return frozenset(
        organisation_ids | {former for former, present in merged.items() if present in organisation_ids}
    )


def interests_in_force(member_ids: Collection[int], now: datetime) -> Mapping[int, Iterable[Interest]]:
    """Return the conflicts that declarations and former memberships make now, by member and organisation.

    Args:
        member_ids: of whom; also of those who decide nothing, whose `Viewer` carries none.
        now: the moment.
    """
    found: dict[int, list[Interest]] = defaultdict(list)
    if not member_ids:
        return found
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
        .where(DeclaredInterest.member_id.in_(member_ids), DeclaredInterest.struck_at.is_(None))
    )
    for each, number in declared:
        if is_conflict(each.kind, each.started_on, each.ended_on, today):
            until = conflict_until(each.kind, each.ended_on)
            found[each.member_id].append(Interest(number, each.kind, each.ended_on, until))
    for member_id, organisation_id, ended_on in _former_memberships(member_ids, today):
        if is_conflict(MEMBERSHIP, None, ended_on, today):
            until = conflict_until(MEMBERSHIP, ended_on)
            found[member_id].append(Interest(organisation_id, MEMBERSHIP, ended_on, until))
    return _under_every_id(found)


def _under_every_id(interests: Mapping[int, Iterable[Interest]]) -> Mapping[int, Iterable[Interest]]:
    """Return interests in every organisation that merges made one with theirs: a merge frees nobody to decide."""
    same = same_as({each.organisation_id for rows in interests.values() for each in rows})
    return {
        member_id: [
            replace(each, organisation_id=number) for each in rows for number in same[each.organisation_id]
        ]
        for member_id, rows in interests.items()
    }


def _former_memberships(member_ids: Collection[int], today: date) -> Iterable[tuple[int, int, date]]:
    """Yield member, organisation and day of memberships that ended: leaving one frees nobody to decide about it."""
    left = session().execute(
        select(
            OrganisationMembership.member_id,
            OrganisationMembership.organisation_id,
            OrganisationMembership.ended_at,
        ).where(
            OrganisationMembership.member_id.in_(member_ids),
            OrganisationMembership.status == MembershipStatus.ENDED,
        )
    )
    for member_id, organisation_id, ended_at in left:
        yield member_id, organisation_id, ended_at.date() if ended_at else today


def _recusals_of(member_ids: Collection[int]) -> Mapping[int, Iterable[str]]:
    """Return from what members recused themselves for a reason that only they know, by member."""
    found: dict[int, list[str]] = defaultdict(list)
    if not member_ids:
        return found
    rows = session().execute(
        select(Recusal.member_id, Recusal.subject).where(
            Recusal.member_id.in_(member_ids), Recusal.conflict == Conflict.DECLARED
        )
    )
    for member_id, subject in rows:
        found[member_id].append(subject)
    return found
