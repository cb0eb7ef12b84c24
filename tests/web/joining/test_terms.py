"""The terms of joining: public, dated, and saying what is kept."""

from datetime import date

from babel.dates import format_date

from hub.vocabularies.consent import CONSENT_VERSION
from tests.web.client import parse, words


def test_the_terms_name_their_version(client):
    day = format_date(date.fromisoformat(CONSENT_VERSION), "long", locale="en_GB")
    assert f"Wording of {day}" in words(parse(client.get("/join/terms").text))


def test_the_terms_say_what_is_kept_and_how_long(client):
    text = words(parse(client.get("/join/terms").text))
    for told in (
        "7 days if you do not confirm",
        "Tries to sign in",
        "30 days",
        "The audit log",
        "no analytics",
    ):
        assert told in text, told


def test_the_terms_say_what_the_hub_is_not(client):
    page = client.get("/join/terms").text
    assert "It is not a whistleblowing channel" in page
    assert 'href="/report"' in page


def test_the_terms_explain_every_label(client):
    text = words(parse(client.get("/join/terms").text))
    for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"):
        assert label in text, label
