"""What is for law enforcement of one country exists for nobody else."""

import pytest

from tests.browser.conftest import NARROW, WIDE

NAME = "Shell-company trace method (Georgia)"
SEARCH = "/innovations?q=shell-company+trace"


@pytest.fixture(scope="module")
def found():
    """What was found before: each code of an authenticator works once, so that signing in again has to wait."""
    return {}


@pytest.fixture
def address(new_person, found):
    """The record's address, as the officer it is meant for finds it."""
    if NAME not in found:
        officer = new_person(NARROW)
        officer.signs_in("officer")
        officer.opens(SEARCH)
        officer.follows(NAME)
        officer.sees("TLP:AMBER", "Verified law enforcement of Georgia")
        found[NAME] = officer.passed[-1]
    return found[NAME]


def count(person, path="/innovations"):
    """Return how many innovations a list says that there are."""
    person.opens(path)
    return int(person.main.locator("h1").inner_text().split()[0])


def test_the_officer_of_that_country_finds_it_and_the_other_does_not(new_person, address):
    officer, other = new_person(WIDE), new_person(WIDE)
    officer.signs_in("officer")
    other.signs_in("officer2")
    assert count(officer, f"{SEARCH}&country=GE&function=investigate") >= 1
    other.opens(SEARCH)
    other.does_not_see(NAME, address)
    assert other.opens(address) == 404


@pytest.mark.parametrize("account", [None, "officer2", "partner.id", "scientist", "integrity"])
def test_for_all_others_it_never_was(new_person, address, account):
    other = new_person(strict=False)
    if account:
        other.signs_in(account)
    for path in ("/", "/innovations?sort=newest", SEARCH, "/innovations?country=GE"):
        other.opens(path)
        other.does_not_see(NAME, address)
    assert other.opens(address) == 404
    hidden = other.main.inner_html()
    assert other.opens("/innovations/never-was") == 404
    assert other.main.inner_html() == hidden


def test_visitors_find_it_in_no_count_and_no_filter(new_person, address):
    officer, visitor = new_person(strict=False), new_person(strict=False)
    officer.signs_in("officer")
    for path in ("/innovations", "/innovations?country=GE", "/innovations?function=investigate"):
        assert count(officer, path) > count(visitor, path)
    shown = int(
        visitor.main.locator("label.opt:has(#filter-function-investigate) .num").inner_text().split()[0]
    )
    assert shown == count(visitor, "/innovations?function=investigate")
