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


def rows_of(client):
    """Return who sees each kind of data and how long it is kept, by the first words of its row."""
    page = parse(client.get("/join/terms").text)
    return {words(row[0]): [words(cell) for cell in row[2:]] for row in page.findall(".//table[1]/tbody/tr")}


def test_the_terms_say_truly_who_reads_what(client):
    rows = rows_of(client)
    told = {
        "What you declare as interests": "You and integrity officers",
        "From which decisions you stood back": "The words only you",
        "The audit log": "coordinators what happened",
        "If you ask for law-enforcement status": "You and coordinators",
        "The e-mail address to which a member sends you an invitation": "Who invites you",
        "Links in mails": "30 days after they are used or expire",
    }
    for what, said in told.items():
        (cells,) = [cells for title, cells in rows.items() if title.startswith(what)]
        assert said in " ".join(cells), what
