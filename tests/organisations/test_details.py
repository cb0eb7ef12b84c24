"""What is said about an organisation: what is made alike, and what is refused by name of its field."""

from dataclasses import replace

import pytest

from hub.core.errors import InvalidError
from hub.organisations.details import (
    OrganisationDetails,
    changes_identity,
    checked,
    details_of,
    domain_within,
    host_of,
)
from hub.organisations.models import Organisation, OrganisationDomain, OrganisationStatus

DETAILS = OrganisationDetails(name="Open Ledger", type="civil_society", country="GE")


def test_what_is_said_is_made_alike():
    said = replace(
        DETAILS,
        name="  Open  Ledger ",
        identifier_scheme="GB-COH",
        identifier=" gb-coh-09876543 ",
        website=" https://ledger.example/about ",
        email_domains=("@Ledger.Example", "ledger.example.", "münchen.example", ""),
    )
    found = checked(said)
    assert found.name == "Open Ledger"
    assert found.identifier == "09876543"
    assert found.website == "https://ledger.example/about"
    assert found.email_domains == ("ledger.example", "xn--mnchen-3ya.example")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 201}),
        ("name", {"name": "x" * 2_000_000}),
        ("name", {"name": "Ledger\u202eregdeL"}),
        ("name", {"name": "Led\u200bger"}),
        ("name", {"name": "Ledger\nof all"}),
        ("short_name", {"short_name": "x" * 61}),
        ("type", {"type": "bank"}),
        ("country", {"country": None}),
        ("country", {"country": "ZZ"}),
        ("website", {"website": "javascript:alert(1)"}),
        ("website", {"website": "https://ministry.example@evil.example/"}),
        ("website", {"website": "https://ledger.example/" + "x" * 500}),
        ("email_domains", {"email_domains": ("gmail.com",)}),
        ("email_domains", {"email_domains": ("ledger",)}),
        ("email_domains", {"email_domains": ("x" * 300 + ".example",)}),
        ("email_domains", {"email_domains": tuple(f"d{number}.example" for number in range(6))}),
        ("identifier_scheme", {"identifier": "09876543"}),
        ("identifier", {"identifier_scheme": "GB-COH"}),
        ("identifier", {"identifier_scheme": "GB-COH", "identifier": "12"}),
        ("identifier_scheme", {"identifier_scheme": "XX-XXX", "identifier": "12345"}),
        ("description", {"description": "x" * 4_001}),
        ("funding", {"funding": "x" * 2_001}),
        ("language", {"language": "English"}),
    ],
)
def test_what_cannot_be_stored_is_refused(field, changes):
    with pytest.raises(InvalidError) as caught:
        checked(replace(DETAILS, **changes))
    assert caught.value.field == field


def test_only_an_international_body_belongs_to_no_country():
    assert checked(replace(DETAILS, type="international", country=None)).country is None


def organisation():
    return Organisation(
        slug="ledger",
        name="Open Ledger",
        type="civil_society",
        country="GE",
        website="https://ledger.example",
        description="",
        funding="",
        language="en-GB",
        is_article_36_authority=False,
        status=OrganisationStatus.VERIFIED,
        domains=[OrganisationDomain(domain="ledger.example")],
    )


@pytest.mark.parametrize(
    ("changes", "is_another"),
    [
        ({}, False),
        ({"description": "New words", "funding": "Nobody", "language": "ka"}, False),
        ({"short_name": "OL"}, True),
        ({"email_domains": ("LEDGER.example",)}, False),
        ({"name": "Open Ledgers"}, True),
        ({"type": "business"}, True),
        ({"country": "ID"}, True),
        ({"website": ""}, True),
        ({"email_domains": ()}, True),
        ({"identifier_scheme": "GB-COH", "identifier": "09876543"}, True),
        ({"is_article_36_authority": True}, True),
    ],
)
def test_some_changes_make_it_another_organisation(changes, is_another):
    stored = organisation()
    assert changes_identity(stored, replace(details_of(stored), **changes)) is is_another


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.Ledger.example/x", "ledger.example"),
        ("", ""),
        (None, ""),
        ("http://[bad", ""),
    ],
)
def test_the_host_of_a_website(website, host):
    assert host_of(website) == host


@pytest.mark.parametrize(
    ("domain", "found"),
    [
        ("gov.example", "gov.example"),
        ("mail.gov.example", "gov.example"),
        ("mail.justice.gov.example", "justice.gov.example"),
        ("notgov.example", None),
        ("example", None),
        ("gmail.com", None),
        ("", None),
    ],
)
def test_a_domain_counts_below_one_of_the_organisation(domain, found):
    assert domain_within(domain, ["gov.example", "justice.gov.example", "gmail.com"]) == found
