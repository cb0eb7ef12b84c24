"""Who may read profiles and their parts: the pure rule and the SQL condition agree in every world."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import FieldAudience, Member, MemberStatus, Profile
from hub.members.profiles.permissions import (
    allows,
    can_view,
    is_wide_enough,
    listed_for,
    seen_as,
    visible_to,
)
from hub.members.profiles.queries import profile_by_public_id, shown_profile
from tests.factories import make_member
from tests.members.profiles.conftest import save

pytestmark = pytest.mark.db

A_DAY = timedelta(days=1)


@pytest.fixture
def world(database):
    """One profile for each audience, status and state of vetting."""
    profiles = []
    for audience, status, due in product(FieldAudience, MemberStatus, (None, -A_DAY, A_DAY)):
        if status is MemberStatus.ERASED:
            continue
        member = make_member(status=status, vetted_until=now() + due if due else None)
        profiles.append(Profile(member_id=member.id, audience=audience))
    with transaction() as opened:
        opened.add_all(profiles)
    return profiles


def viewers(world):
    """Return everybody who can look: visitors, members, law enforcement, people with roles, and owners."""
    others = (
        make_member(),
        make_member(law_enforcement="GE"),
        make_member(law_enforcement="GE", has_factor=False),
        make_member(roles=[Role.COORDINATOR, Role.ADMINISTRATOR]),
        make_member(status=MemberStatus.SUSPENDED),
    )
    owners = [each.member for each in world]
    return [VISITOR, *(viewer_of(each) for each in (*others, *owners))]


def test_the_rule_and_the_condition_agree_for_everybody_about_every_profile(world):
    for viewer in viewers(world):
        found = set(
            session().scalars(select(Profile.member_id).join(Profile.member).where(visible_to(viewer)))
        )
        assert found == {each.member_id for each in world if can_view(viewer, each)}
        listed = set(
            session().scalars(select(Profile.member_id).join(Profile.member).where(listed_for(viewer)))
        )
        assert listed == {
            each.member_id
            for each in world
            if can_view(viewer, each) and each.audience is not FieldAudience.NOBODY
        }


def test_roles_open_no_profile(database):
    owner = make_member()
    save(owner, audience=FieldAudience.LAW_ENFORCEMENT)
    profile = session().get_one(Profile, owner.id)
    everything = viewer_of(make_member(roles=[Role.COORDINATOR, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR]))
    assert not can_view(everything, profile)
    assert can_view(viewer_of(make_member(law_enforcement="GE")), profile)


def test_law_enforcement_without_a_second_factor_reads_what_members_read(database):
    viewer = viewer_of(make_member(law_enforcement="GE", has_factor=False))
    assert not allows(FieldAudience.LAW_ENFORCEMENT, viewer, owner_id=-1)
    assert allows(FieldAudience.MEMBERS, viewer, owner_id=-1)


def test_a_visitor_is_nobodys_owner():
    assert not allows(FieldAudience.NOBODY, VISITOR, owner_id=0)
    assert not allows(FieldAudience.NOBODY, seen_as(FieldAudience.MEMBERS), owner_id=7)


@pytest.mark.parametrize(
    "audience", [FieldAudience.LAW_ENFORCEMENT, FieldAudience.MEMBERS, FieldAudience.PUBLIC]
)
def test_who_stands_for_an_audience_is_inside_it(audience):
    assert allows(audience, seen_as(audience), owner_id=7)
    wider = {each for each in FieldAudience if is_wide_enough(each, audience)}
    assert all(allows(each, seen_as(audience), owner_id=7) for each in wider)


def test_parts_for_fewer_people_are_empty_for_the_others(nino):
    save(
        nino,
        audience=FieldAudience.PUBLIC,
        biography="At the tax office",
        biography_audience=FieldAudience.LAW_ENFORCEMENT,
        contact_email="Nino@Example.org",
        contact_phone="+995 32 000",
        contact_audience=FieldAudience.MEMBERS,
    )
    profile = session().get_one(Profile, nino.id)
    visitor = shown_profile(VISITOR, profile)
    assert (visitor.biography, visitor.contact_email, visitor.contact_phone) == ("", "", "")
    member = shown_profile(viewer_of(make_member()), profile)
    assert (member.biography, member.contact_email) == ("", "nino@example.org")
    officer = shown_profile(viewer_of(make_member(law_enforcement="GE")), profile)
    assert (officer.biography, officer.contact_phone) == ("At the tax office", "+995 32 000")
    assert shown_profile(viewer_of(nino), profile).biography == "At the tax office"


def test_what_is_hidden_answers_like_what_does_not_exist(nino):
    save(nino, audience=FieldAudience.NOBODY)
    stranger = viewer_of(make_member())
    for public_id in (nino.public_id, make_member().public_id, "no-such-id"):
        with pytest.raises(NotFoundError):
            profile_by_public_id(public_id, stranger)
    with pytest.raises(NotFoundError):
        shown_profile(stranger, session().get_one(Profile, nino.id))
    assert profile_by_public_id(nino.public_id, viewer_of(nino)).member_id == nino.id
    assert session().get_one(Member, nino.id).is_approved
