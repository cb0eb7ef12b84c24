"""Atom documents of public records."""

import pytest

from hub.core.database import session
from hub.interchange.atom import ATOM as NAMESPACE, Feed, atom, updated_at
from hub.interchange.atom_entries import innovation_entry
from tests.catalogue.records import make_scene, published
from tests.interchange.atoms import ATOM, check

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

FEED = Feed(
    identity="one",
    title="New & <newer>",
    language="en-GB",
    author="Hub",
    home="https://hub.test.example",
    address="https://hub.test.example/feeds/innovations.atom?q=a&kind=data",
    page="https://hub.test.example/innovations?q=a",
)


@pytest.fixture
def innovation(database):
    return published(make_scene(), name="Ledger", short_description="Gifts & more.").innovation


def feed_of(innovation, feed=FEED):
    """Return a feed of one record."""
    return atom(feed, [innovation_entry(innovation, feed.language)])


def entry_of(document):
    return check(document).find(f"{ATOM}entry")


def test_it_is_valid_and_says_all_of_itself(innovation):
    root = check(feed_of(innovation))
    assert NAMESPACE in ATOM
    assert root.findtext(f"{ATOM}title") == FEED.title
    assert root.get(LANGUAGE) == "en-GB"
    assert {each.get("href") for each in root.findall(f"{ATOM}link")} == {FEED.address, FEED.page}


def test_identities_stay_when_the_hub_moves(innovation):
    moved = Feed(
        **{**vars(FEED), "home": "https://elsewhere.example", "address": "https://elsewhere.example/f"}
    )
    first, second = check(feed_of(innovation)), check(feed_of(innovation, moved))
    for path in (f"{ATOM}id", f"{ATOM}entry/{ATOM}id"):
        assert first.findtext(path) == second.findtext(path)
        assert first.findtext(path).startswith("urn:uuid:")
    assert first.findtext(f"{ATOM}id") != first.findtext(f"{ATOM}entry/{ATOM}id")


def test_texts_are_marked_with_the_language_that_they_are_in(innovation):
    words = innovation.published_revision.texts[0]
    french = entry_of(feed_of(innovation, Feed(**{**vars(FEED), "language": "fr"})))
    assert french.find(f"{ATOM}title").get(LANGUAGE) == words.language
    assert french.find(f"{ATOM}summary").get(LANGUAGE) == words.language


def test_what_xml_cannot_hold_is_left_out_and_hidden_signs_do_nothing(innovation):
    words, revision = innovation.published_revision.texts[0], innovation.published_revision
    with session().no_autoflush:
        words.name, words.short_description = "Led\x0bger\ufffe \u202egnp", "a\x00b\ud800c\U0001f4a3"
        entry = entry_of(feed_of(innovation))
        session().expunge_all()
    assert revision is not None
    assert entry.findtext(f"{ATOM}title").startswith("Led")
    assert "\u202e" not in entry.findtext(f"{ATOM}title")
    assert entry.findtext(f"{ATOM}summary") == "abc\U0001f4a3"


def test_a_feed_changes_with_what_the_public_reads(innovation):
    decided = innovation.published_revision.decided_at
    assert updated_at([innovation_entry(innovation, "en-GB")]) == max(innovation.made_public_at, decided)
    assert updated_at([]).year < decided.year


def test_what_was_never_approved_is_in_no_feed(innovation):
    innovation.published_revision = None
    with session().no_autoflush, pytest.raises(ValueError, match="approved"):
        feed_of(innovation)
