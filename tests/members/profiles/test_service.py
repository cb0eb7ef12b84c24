"""Saving one's own profile: what is kept, what is refused, and what two windows do to one another."""

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError, StaleVersionError
from hub.members.models import FieldAudience, MemberStatus, Profile, ProfileScheme, TermAddition
from hub.members.profiles.queries import profile_of
from tests.factories import make_member
from tests.members.profiles.conftest import LANGUAGES, SKILLS, queued, save

pytestmark = pytest.mark.db

OVERRIDE, JOINER = "\u202e", "\u200c"


def test_the_first_save_makes_the_profile_and_logs_it(nino):
    save(nino, country="GE", terms={SKILLS: ("data_journalism",), LANGUAGES: ("ka", "fr")})
    profile = profile_of(nino.id)
    assert (profile.version, profile.headline, nino.country) == (1, "Reads tenders", "GE")
    assert [each.code for each in profile.terms if each.scheme is LANGUAGES] == ["ka", "fr"]
    logged = session().scalars(select(AuditEntry).where(AuditEntry.tag == "member:change_profile")).one()
    assert (logged.actor, logged.subject) == (nino.public_id, f"member:{nino.public_id}")


def test_a_later_save_replaces_lists_and_links(nino):
    save(nino, terms={SKILLS: ("data_journalism", "asset_tracing")}, links=(("https://a.example", "A"),))
    save(nino, version=1, terms={SKILLS: ("asset_tracing",)}, links=(("https://b.example", ""),))
    profile = profile_of(nino.id)
    assert profile.version == 2
    assert [each.code for each in profile.terms] == ["asset_tracing"]
    assert [each.url for each in profile.links] == ["https://b.example"]


@pytest.mark.parametrize("version", [0, 2])
def test_a_save_on_top_of_another_version_is_refused_and_changes_nothing(nino, version):
    save(nino, headline="First")
    with pytest.raises(StaleVersionError):
        save(nino, version=version, headline="Second", display_name="Somebody")
    session().expire_all()
    assert (profile_of(nino.id).headline, nino.display_name) == ("First", "Nino")


def test_a_first_save_that_believes_in_an_earlier_one_is_refused(nino):
    with pytest.raises(StaleVersionError):
        save(nino, version=1)


@pytest.mark.parametrize("status", [MemberStatus.LAPSED, MemberStatus.CONFIRMED, MemberStatus.SUSPENDED])
def test_only_members_in_good_standing_save(database, status):
    with pytest.raises(ForbiddenError):
        save(make_member(status=status))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("display_name", {"display_name": "  "}),
        ("display_name", {"display_name": f"Nino{OVERRIDE}"}),
        ("display_name", {"display_name": "N" * 121}),
        ("headline", {"headline": "two\nlines"}),
        ("headline", {"headline": "x" * 121}),
        ("biography", {"biography": "x" * 2_000_000}),
        ("biography", {"biography": "a\x00b"}),
        ("offers", {"offers": "x" * 1_001}),
        ("needs", {"needs": f"{OVERRIDE}x"}),
        ("contact_email", {"contact_email": "nobody"}),
        ("contact_phone", {"contact_phone": "1" * 41}),
        ("country", {"country": "XX"}),
        ("member_type", {"member_type": "wizard"}),
        ("member_type", {"member_type": "law_enforcement"}),
        ("links", {"links": (("javascript:alert(1)", ""),)}),
        ("links", {"links": (("https://a.example@b.example", ""),)}),
        ("links", {"links": (("https://a.example", "x" * 121),)}),
        ("links", {"links": (("https://a.example", ""),) * 6}),
        ("skills", {"terms": {SKILLS: ("juggling",)}}),
        ("skills", {"terms": {SKILLS: ("x-abcdefgh",)}}),
        ("languages", {"terms": {LANGUAGES: ("xx-nowhere",)}}),
        ("functions", {"terms": {ProfileScheme.FUNCTIONS: ("dance",)}}),
        ("skills", {"added": {SKILLS: tuple(f"skill {number}" for number in range(21))}}),
        ("added_skills", {"added": {SKILLS: ("x" * 300,)}}),
        ("added_skills", {"added": {SKILLS: (f"beekeep{OVERRIDE}ing",)}}),
        ("added_skills", {"added": {SKILLS: ("!?",)}}),
        ("open_to", {"added": {ProfileScheme.OPEN_TO: ("anything",)}}),
    ],
)
def test_what_cannot_be_accepted_is_named_and_nothing_is_stored(nino, field, said):
    with pytest.raises(InvalidError) as refused:
        save(nino, **said)
    assert refused.value.field == field
    assert profile_of(nino.id) is None
    assert session().scalars(select(TermAddition)).all() == []


def test_law_enforcement_is_no_type_that_one_drops(database):
    officer = make_member(member_type="law_enforcement")
    with pytest.raises(InvalidError):
        save(officer, member_type="academia")
    save(officer, member_type="law_enforcement")


def test_a_persian_name_keeps_the_joiner_that_it_is_written_with(nino):
    name = f"علی{JOINER}رضا"
    save(nino, display_name=name)
    assert nino.display_name == name


def test_another_address_than_that_of_the_account_may_be_given(nino):
    save(nino, contact_email="Desk@Example.ORG", contact_audience=FieldAudience.MEMBERS)
    assert profile_of(nino.id).contact_email == "desk@example.org"


def test_nothing_goes_to_search_before_somebody_chooses_to_be_found(nino):
    save(nino, audience=FieldAudience.NOBODY)
    assert queued() == []
    assert session().get_one(Profile, nino.id).audience is FieldAudience.NOBODY


@pytest.mark.parametrize(
    "name", ["Your account: https://x.example", "www.x.example", "\uff37\uff37\uff37.x.example"]
)
def test_no_name_holds_a_web_address(nino, name):
    with pytest.raises(InvalidError) as caught:
        save(nino, display_name=name)
    assert caught.value.field == "display_name"
