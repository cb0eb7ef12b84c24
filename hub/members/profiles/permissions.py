"""Who may read a profile and each part of it, and who decides about additions to the lists."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal, or_

from hub.access.viewer import VISITOR, Role, Viewer
from hub.core import clock
from hub.members.models import FieldAudience, Member, MemberStatus, Profile, TermAddition

WIDTH = {
    FieldAudience.NOBODY: 0,
    FieldAudience.LAW_ENFORCEMENT: 1,
    FieldAudience.MEMBERS: 2,
    FieldAudience.PUBLIC: 3,
}
"""Each audience holds all people of those before it."""

SOMEBODY_ELSE = 0
"""The id of no member, for looking at one's own profile as others do."""


def allows(audience: FieldAudience, viewer: Viewer, owner_id: int) -> bool:
    """Whether `viewer` is inside the audience that the member `owner_id` chose; one's own is always shown."""
    if viewer.member_id is not None and viewer.member_id == owner_id:
        return True
    return audience in audiences_of(viewer)


def audiences_of(viewer: Viewer) -> frozenset[FieldAudience]:
    """Return the audiences that `viewer` is inside. Roles open none: they are for tasks."""
    held = {FieldAudience.PUBLIC}
    if viewer.is_member:
        held.add(FieldAudience.MEMBERS)
        if viewer.law_enforcement_country is not None:
            held.add(FieldAudience.LAW_ENFORCEMENT)
    return frozenset(held)


def is_wide_enough(audience: FieldAudience, bound: FieldAudience) -> bool:
    """Whether everybody inside `bound` is inside `audience` as well."""
    return WIDTH[audience] >= WIDTH[bound]


def is_in_standing(member: Member) -> bool:
    """Whether others may see the profile of `member` at all: approved, and vetted within the year."""
    is_overdue = member.vetted_until is not None and member.vetted_until <= clock.now()
    return member.is_approved and not is_overdue


def can_view(viewer: Viewer, profile: Profile) -> bool:
    """Whether `viewer` may read the page of `profile`, whose member must be loaded."""
    return is_in_standing(profile.member) and allows(profile.audience, viewer, profile.member_id)


def visible_to(viewer: Viewer, moment: ColumnElement[datetime] | None = None) -> ColumnElement[bool]:
    """Return the SQL condition for the profiles that `viewer` may read; for statements that join `Member`.

    Args:
        viewer: who reads.
        moment: stands for this moment, for a statement that is kept; None for the present one.
    """
    now = literal(clock.now()) if moment is None else moment
    is_for_viewer: ColumnElement[bool] = Profile.audience.in_(sorted(audiences_of(viewer)))
    if viewer.member_id is not None:
        is_for_viewer = or_(is_for_viewer, Profile.member_id == viewer.member_id)
    return and_(
        Member.status == MemberStatus.APPROVED,
        or_(Member.vetted_until.is_(None), Member.vetted_until > now),
        is_for_viewer,
    )


def listed_for(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the profiles that the directory may show: one's own only if others find it."""
    return and_(visible_to(viewer), Profile.audience != FieldAudience.NOBODY)


def seen_as(audience: FieldAudience) -> Viewer:
    """Return a viewer who stands for everybody inside `audience`, to show people how others see their profile."""
    if audience is FieldAudience.PUBLIC:
        return VISITOR
    country = "ZZ" if audience is FieldAudience.LAW_ENFORCEMENT else None
    return Viewer(member_id=SOMEBODY_ELSE, law_enforcement_country=country)


def can_tend_terms(viewer: Viewer) -> bool:
    """Whether `viewer` looks after what people add to the lists."""
    return viewer.has_role(Role.COORDINATOR)


def can_decide_term(viewer: Viewer, addition: TermAddition) -> bool:
    """Whether `viewer` may keep, merge or remove an addition: nobody decides about their own."""
    return can_tend_terms(viewer) and addition.added_by_id != viewer.member_id
