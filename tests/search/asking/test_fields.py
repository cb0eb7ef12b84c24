"""Typed fields ask for facets that documents have, each by the facet's own name too."""

import pytest

from hub.catalogue.documents import search_document
from hub.members.profiles.documents import profile_document
from hub.members.profiles.queries import profile_of
from hub.organisations.documents import organisation_document
from hub.search.asking import parse
from hub.search.asking.fields import FACETS
from hub.search.asking.wishes import Field
from tests.catalogue.records import make_scene, published
from tests.factories import make_member, make_organisation
from tests.members.profiles.conftest import save

NAMES = sorted({facet for facet, _ in FACETS.values()})


@pytest.mark.db
def test_every_facet_that_can_be_asked_for_is_one_of_a_document(database):
    record = search_document(published(make_scene()).innovation)
    member = make_member()
    save(member)
    person = profile_document(profile_of(member.id))
    body = organisation_document(make_organisation())
    assert set(NAMES) <= record.facets.keys() | person.facets.keys() | body.facets.keys()


@pytest.mark.parametrize("facet", NAMES)
def test_a_facet_is_asked_for_by_its_own_name(facet):
    assert parse(f"{facet}:none-such").parts == (Field(facet, frozenset({"none-such", "NONE-SUCH"})),)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("offence:bribery", {"uncac-15", "uncac-16", "uncac-21"}),
        ("offence:embezzlement", {"uncac-17", "uncac-22"}),
        ('offence:"private sector"', {"uncac-21", "uncac-22"}),
        ("stage:pilot", {"beta"}),
        ("stage:pilote", {"beta"}),
        ("kind:tool", {"software"}),
        ("kind:logiciel", {"software"}),
        ("country:korea", {"KP", "KR"}),
        ("licence:open", {"open"}),
        ("licence:gpl-2.0", {"GPL-2.0-only", "GPL-2.0-or-later"}),
    ],
)
def test_words_of_a_label_mean_every_code_that_is_called_so(text, codes):
    (field,) = parse(text).parts
    assert field.codes == frozenset(codes)


@pytest.mark.parametrize("text", ["country:*", 'country:"-"'])
def test_signs_are_no_part_of_a_label(text):
    (field,) = parse(text).parts
    assert len(field.codes) == 1


@pytest.mark.parametrize("text", ["user:auditors", "audience_for:Auditors", "-x AUDIENCE_FOR:auditors"])
def test_those_whom_a_record_is_for_are_asked_for(text):
    assert parse(text).parts[-1] == Field("audience_for", frozenset({"auditors"}))


@pytest.mark.parametrize("text", ["_for:auditors", "audience__for:auditors", "audience_:auditors"])
def test_an_underscore_joins_words_of_a_field_only(text):
    assert not any(isinstance(part, Field) for part in parse(text).parts)
