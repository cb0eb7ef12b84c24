"""The report of exposure, its file, and the form of the floor: for coordinators, with small numbers veiled."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import update

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session
from hub.matching.fairness.floor import NEAR_ENOUGH
from hub.matching.fairness.seldom import SELDOM_BELOW
from hub.matching.fairness.settings import percent_in_force
from hub.matching.models import Exposure
from hub.members.models import SignInSession
from tests.factories import make_member
from tests.web.client import parse, words

PAGE, FLOOR, EXPORT = "/coordinate/fairness", "/coordinate/fairness/floor", "/coordinate/fairness/export"

COUNTS = {
    ("innovation", "country"): [("FR", 20, 180), ("GE", 10, 15), ("MD", 2, 1), ("", 8, 80)],
    ("innovation", "organisation_size"): [("one", 20, 138), ("many", 20, 138)],
    ("member", "country"): [("GE", 3, 0), ("MD", 1, 0)],
    ("member", "member_type"): [("law_enforcement", 30, 30)],
}


@pytest.fixture
def counted(database):
    """Store a count of today."""
    for (kind, dimension), groups in COUNTS.items():
        for value, things, places in groups:
            session().add(
                Exposure(
                    day=now().date(),
                    kind=kind,
                    dimension=dimension,
                    value=value,
                    things=things,
                    places=places,
                    firsts=places // 10,
                    lifted=5 if value == "GE" and places else 0,
                )
            )
    session().commit()


@pytest.fixture
def browser(database, new_client):
    return new_client().become(make_member(roles=[Role.COORDINATOR]))


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def tables(answer):
    """Return the rows of each table as lists of words."""
    found = parse(answer.text).iterfind(".//table")
    return [[[words(cell) for cell in row] for row in table.iterfind(".//tr")][1:] for table in found]


def test_before_the_first_count_the_page_says_so(browser):
    told = main_of(browser.get(PAGE))
    assert "Nothing has been counted yet" in told
    assert "Too few to say" in told
    assert "Download" not in told
    assert browser.act(EXPORT).status_code == 404


def test_the_title_of_a_chart_is_what_was_found(browser, counted):
    titles = [words(each) for each in parse(browser.get(PAGE).text).iterfind(".//h2")]
    assert "Georgia: 22% of an even share" in titles
    assert "No size of organisation has less than half of an even share" in titles
    of_members = [words(each) for each in parse(browser.get(f"{PAGE}?kind=member").text).iterfind(".//h2")]
    assert "Too few to say anything by country" in of_members
    assert "No member type has less than half of an even share" in of_members


def test_numbers_stand_in_a_table_and_small_ones_are_veiled(browser, counted):
    by_country = tables(browser.get(PAGE))[0]
    assert by_country[0][0] == "Georgia seldom suggested"
    assert [cell.rpartition(": ")[2] for cell in by_country[0][2:]] == ["22%", "10", "15", "1", "5"]
    assert [row[0] for row in by_country[1:]] == [
        "2 smallest countries together; 1 of them is seldom suggested",
        "France",
    ]
    of_members = tables(browser.get(f"{PAGE}?kind=member"))[0]
    assert of_members[-1] == ["2 smallest countries together", "Too few to say"]


def test_the_file_holds_what_the_page_tells_and_no_more(browser, counted):
    answer = browser.act(EXPORT)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "TLP-AMBER.csv" in answer.headers["Content-Disposition"]
    heading, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert heading[0] == "TLP"
    assert ["Innovations", "Country", "Georgia", "10", "15", "1", "5", "22"] in [row[2:] for row in rows]
    veiled = ["Members", "Country", "2 smallest countries together", "Fewer than 5", "", "", "", ""]
    assert veiled in [row[2:] for row in rows]
    assert not any("Moldova" in cell for row in rows for cell in row)


def test_the_floor_is_set_with_a_reason_and_told(browser):
    answer = browser.submit(FLOOR, {"percent": "20", "reason": "Small countries are buried."})
    assert answer.location == f"{PAGE}#floor"
    assert percent_in_force() == 20
    told = main_of(browser.get(PAGE))
    assert "2 of the first ten places are kept." in told
    assert "Small countries are buried." in told


def test_what_is_missing_is_said_and_what_was_typed_stays(browser):
    answer = browser.submit(FLOOR, {"percent": "20", "reason": ""})
    assert answer.status_code == 422
    assert "Say why. Other coordinators read it." in main_of(answer)
    assert parse(answer.text).find(".//input[@name='percent'][@value='20']").get("checked") is not None
    again = browser.submit(FLOOR, {"percent": "0", "reason": "It stays off."})
    assert again.status_code == 422
    assert "This is in force already." in main_of(again)
    assert percent_in_force() == 0


@pytest.mark.parametrize(
    ("address", "typed"), [(FLOOR, {"percent": "20", "reason": "Because."}), (EXPORT, {})]
)
def test_the_password_is_asked_for_again(address, typed, browser, counted):
    browser.get(FLOOR)
    session().execute(update(SignInSession).values(confirmed_at=now() - timedelta(minutes=11)))
    session().commit()
    assert "Enter your password to go on" in browser.act(address, typed).text
    assert percent_in_force() == 0


def test_the_page_on_the_method_says_what_the_code_does(browser):
    told = main_of(browser.get(FLOOR))
    assert f"at least {NEAR_ENOUGH:.0%} of the points" in told
    assert SELDOM_BELOW == 0.5
    assert "less than half of the places" in told
    assert "The floor is off" in told


@pytest.mark.parametrize("roles", [[], [Role.INTEGRITY_OFFICER], [Role.ADMINISTRATOR]])
@pytest.mark.parametrize("address", [PAGE, FLOOR])
def test_nobody_but_coordinators_reads_them(roles, address, database, new_client):
    assert new_client().become(make_member(roles=roles)).get(address).status_code == 403
