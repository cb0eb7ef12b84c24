"""What a profile lacks, told by what each part would bring."""

from hub.members.models import FieldAudience, Member, Profile, ProfileScheme, ProfileTerm
from hub.members.profiles.completeness import PARTS, completeness_of


def test_nothing_is_filled_in_before_the_first_save():
    found = completeness_of(None, Member(display_name="Nino"))
    assert (found.done, found.total) == (0, len(PARTS))
    assert found.missing[0].field == "audience"
    assert all(each.words for each in found.missing)


def test_each_part_counts_once_it_says_something():
    profile = Profile(audience=FieldAudience.MEMBERS, headline="Reads tenders")
    profile.terms = [ProfileTerm(scheme=ProfileScheme.SKILLS, code="asset_tracing")]
    found = completeness_of(profile, Member(country="GE"))
    assert found.done == 4
    assert {"audience", "headline", "skills", "country"}.isdisjoint(each.field for each in found.missing)
    assert not found.is_complete


def test_a_full_profile_lacks_nothing():
    profile = Profile(audience=FieldAudience.PUBLIC, headline="a", biography="b", offers="c", needs="d")
    profile.terms = [ProfileTerm(scheme=scheme, code="any") for scheme in ProfileScheme]
    found = completeness_of(profile, Member(country="GE"))
    assert (found.done, found.is_complete) == (found.total, True)
