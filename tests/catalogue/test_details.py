"""What can never be true of an innovation is refused, wherever it comes from; no database is needed to say so."""

from dataclasses import fields

import pytest
import time_machine
from hypothesis import given, strategies as st

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import KEEP, InnovationDetails, OrganisationRole, SourceDetails
from hub.catalogue.models.checking import LENGTHS, MAX_ROWS
from hub.catalogue.models.details import OrganisationDetails, PrerequisiteDetails, UnsuitableDetails
from hub.core.errors import InvalidError

URLS = ("website_url", "code_url", "documentation_url", "demo_url", "based_on")
CODES = ("kind", "stage", "licence", "cost_band")
CODE_LISTS = (
    "functions", "offences", "sectors", "policy_areas", "intended_users", "standards_read", "standards_written",
    "countries",
)  # fmt: skip


def refused(**said):
    """Return the field at which the details are refused."""
    with pytest.raises(InvalidError) as caught:
        InnovationDetails(**said).check()
    return caught.value.field


def test_saying_nothing_is_fine():
    details = InnovationDetails()
    details.check()
    assert list(details.said()) == []


def test_only_what_is_said_is_told():
    assert dict(InnovationDetails(kind=None, countries=()).said()) == {"kind": None, "countries": ()}


@pytest.mark.parametrize("name", ["", " ", "\n\t", "…!", "--"])
def test_a_name_has_words(name):
    assert refused(name=name) == "name"


@pytest.mark.parametrize("field", sorted(LENGTHS))
def test_each_text_ends_at_its_limit(field):
    start = "https://example.org/" if field in {*URLS, "contact_address"} else "x"
    longest = start.ljust(LENGTHS[field], "x")
    InnovationDetails(**{field: longest}).check()
    assert refused(**{field: longest + "x"}) == field


@pytest.mark.parametrize("field", sorted(LENGTHS))
def test_no_text_holds_nul(field):
    assert refused(**{field: "https://example.org/\x00"}) == field


@pytest.mark.parametrize("field", URLS)
@pytest.mark.parametrize(
    "address", ["http://example.org", "https://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG/é"]
)
def test_web_addresses_are_taken(field, address):
    InnovationDetails(**{field: address}).check()


@pytest.mark.parametrize("field", URLS)
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "example.org",
        "https://",
        "https:///path",
        "https://exa mple.org",
        "https://example.org/\n",
        "mailto:a@example.org",
        "//example.org",
        "data:text/html,x",
        " https://example.org",
    ],
)
def test_anything_else_is_no_web_address(field, address):
    assert refused(**{field: address}) == field


@pytest.mark.parametrize("field", URLS)
def test_an_address_may_be_absent(field):
    InnovationDetails(**{field: None}).check()


@pytest.mark.parametrize("field", CODES)
@pytest.mark.parametrize("code", ["", "unknown", "SOFTWARE", "software ", "\x00", "'; --"])
def test_codes_come_from_their_list(field, code):
    assert refused(**{field: code}) == field


@pytest.mark.parametrize("field", CODE_LISTS)
@pytest.mark.parametrize("codes", [("unknown",), ("",), ("\x00",), ("detect", "nothing")])
def test_several_codes_come_from_their_list(field, codes):
    assert refused(**{field: codes}) == field


def test_a_code_is_chosen_once():
    assert refused(functions=("detect", "detect")) == "functions"


@pytest.mark.parametrize("year", [1900, 1999, 2026, 2027])
def test_years_from_1900_to_the_next_are_taken(year):
    with time_machine.travel("2026-06-01", tick=False):
        InnovationDetails(year_started=year).check()


@pytest.mark.parametrize("year", [-1, 0, 1899, 2028, 10**12])
def test_other_years_are_refused(year):
    with time_machine.travel("2026-06-01", tick=False):
        assert refused(year_started=year) == "year_started"


@pytest.mark.parametrize(
    ("audience", "label"),
    [
        (Audience.PUBLIC, Tlp.GREEN),
        (Audience.PUBLIC, Tlp.RED),
        (Audience.MEMBERS, Tlp.AMBER),
        (Audience.LAW_ENFORCEMENT, Tlp.CLEAR),
        (Audience.LAW_ENFORCEMENT, Tlp.GREEN),
        (Audience.ORGANISATIONS, Tlp.AMBER),
        (Audience.PEOPLE, Tlp.AMBER),
    ],
)
def test_a_label_that_does_not_allow_the_audience_is_refused(audience, label):
    assert refused(readership=Readership(audience, label)) == "audience"


def test_sources_have_an_end():
    source = SourceDetails("https://example.org/")
    InnovationDetails(sources=(source,) * MAX_ROWS).check()
    assert refused(sources=(source,) * (MAX_ROWS + 1)) == "sources"


@pytest.mark.parametrize(
    "source",
    [
        SourceDetails("ftp://example.org/"),
        SourceDetails(""),
        SourceDetails("https://example.org/" + "x" * 500),
        SourceDetails("https://example.org/", "t" * 201),
        SourceDetails("https://example.org/", "\x00"),
        SourceDetails("https://example.org/\x00"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused_at_the_sources(source):
    assert refused(sources=(source,)) == "sources"


@pytest.mark.parametrize("codes", [("x" * 41,), ("not a code",), ("\x00",), ("en", "en")])
def test_languages_are_language_codes(codes):
    assert refused(languages=codes) == "languages"


@pytest.mark.parametrize("codes", [(), ("en",), ("ka", "en-GB", "zh-Hant-TW", "es-419")])
def test_language_codes_are_taken(codes):
    InnovationDetails(languages=codes).check()


ROWS = {
    "unsuitable": UnsuitableDetails("DE", "A law forbids it."),
    "organisations": OrganisationDetails(OrganisationRole.FUNDER, "Fictional Fund"),
    "prerequisites": PrerequisiteDetails("law", "A law on procurement.", "law.open_contracting"),
}


@pytest.mark.parametrize("field", ROWS)
def test_a_row_that_says_everything_is_taken(field):
    InnovationDetails(**{field: (ROWS[field],)}).check()


def test_prerequisites_have_an_end():
    InnovationDetails(prerequisites=(ROWS["prerequisites"],) * MAX_ROWS).check()
    assert refused(prerequisites=(ROWS["prerequisites"],) * (MAX_ROWS + 1)) == "prerequisites"


@pytest.mark.parametrize("field", ["unsuitable", "organisations"])
def test_the_same_row_is_given_once(field):
    assert refused(**{field: (ROWS[field], ROWS[field])}) == field


def test_an_organisation_may_have_several_roles():
    InnovationDetails(
        organisations=tuple(OrganisationDetails(role, "Fictional Fund") for role in OrganisationRole)
    ).check()


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ("unsuitable", UnsuitableDetails("XX", "A law.")),
        ("unsuitable", UnsuitableDetails("", "A law.")),
        ("unsuitable", UnsuitableDetails("DE", " ")),
        ("unsuitable", UnsuitableDetails("DE", "x" * 2_001)),
        ("unsuitable", UnsuitableDetails("DE", "a\u202eb")),
        ("organisations", OrganisationDetails(OrganisationRole.FUNDER, " ")),
        ("organisations", OrganisationDetails(OrganisationRole.FUNDER, "x" * 501)),
        ("organisations", OrganisationDetails(OrganisationRole.FUNDER, "a\x00b")),
        ("prerequisites", PrerequisiteDetails("moon", "x")),
        ("prerequisites", PrerequisiteDetails("law", " ")),
        ("prerequisites", PrerequisiteDetails("law", "x" * 2_001)),
        ("prerequisites", PrerequisiteDetails("law", "x", "law.none")),
        ("prerequisites", PrerequisiteDetails("law", "x", "data.procurement")),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_at_its_field(field, row):
    assert refused(**{field: (row,)}) == field


@pytest.mark.parametrize("address", ["desk@audit.example", "https://example.org/contact", None])
def test_a_contact_is_an_address(address):
    InnovationDetails(contact_address=address).check()


@pytest.mark.parametrize(
    "address",
    [
        "ask us",
        "desk@",
        "@audit.example",
        "a@b",
        "a b@audit.example",
        "javascript:alert(1)",
        "mailto:a@b.org",
    ],
)
def test_what_is_no_address_is_no_contact(address):
    assert refused(contact_address=address) == "contact_address"


def test_every_fault_is_told_not_only_the_first():
    faults = InnovationDetails(kind="abacus", results="\u202e", contact_address="ask us").faults()
    assert {fault.field for fault in faults} == {"kind", "results", "contact_address"}


TEXTS = [field.name for field in fields(InnovationDetails) if field.name in LENGTHS]


@given(said=st.dictionaries(st.sampled_from(TEXTS), st.text(max_size=300)))
def test_any_text_is_taken_or_refused_at_its_own_field(said):
    details = InnovationDetails(**said)
    try:
        details.check()
    except InvalidError as error:
        assert error.field in said  # noqa: PT017 - both ways are fine; a third is not


def test_keeping_is_not_clearing():
    assert InnovationDetails(kind=None).kind is not KEEP
