"""Suggestions on pages of other things: for who may read them; without an index the pages do without."""

import pytest

from hub.core.errors import UnavailableError
from hub.matching.fairness.floor import FIRST
from hub.matching.fairness.seldom import SELDOM_BELOW
from hub.matching.models.exposure import MOST_FLOOR
from tests.catalogue.records import make_scene, published
from tests.factories import make_member
from tests.matching.scenes import officer, tracing_tool
from tests.web.matches.reading import cards_on


def test_a_record_names_what_works_together_with_it_to_everybody(client, said):
    scene = make_scene()
    own = published(scene, name="Own", standards_written=("bods",)).innovation
    published(scene, name="Reader", standards_read=("bods",))
    page = said(client.get(f"/innovations/{own.slug}"))
    assert "Works together with" in page
    assert "Can use its data" in page
    assert "Reads BODS, which this writes" in page
    assert "Who could help" not in page


def test_members_find_who_could_help_with_a_record_and_its_side_sees_the_first(
    client, new_client, nino, said
):
    scene = make_scene("EE")
    tool = tracing_tool(scene)
    reader, side = new_client().become(make_member()), new_client().become(scene.partner)
    for browser, names in ((reader, []), (side, [nino.display_name])):
        answer = browser.get(f"/innovations/{tool.slug}")
        assert [*cards_on(answer)] == names
        assert "Who could help" in said(answer)
        assert f"/matches/people?for={tool.subject}" in answer.text
    assert "Who could help" not in said(client.get(f"/innovations/{tool.slug}"))
    assert nino.display_name in cards_on(reader.get(f"/matches/people?for={tool.subject}"))


def test_a_country_has_suggestions_for_those_who_work_there(browser, new_client, tool, said):
    tracing_tool(name="In use next door", countries=("AM",))
    assert "For your country" in said(browser.get("/countries/GE"))
    assert "For your country" not in said(browser.get("/countries/ES"))
    assert "For your country" not in said(new_client().become(make_member(country="ES")).get("/countries/GE"))
    assert "For your country" not in said(new_client().get("/countries/GE"))


def test_the_start_page_has_the_first_suggestions(browser, tool, said):
    answer = browser.get("/start")
    assert "Suggestions for you" in said(answer)
    assert "Asset Tracer" in cards_on(answer)


@pytest.mark.parametrize("path", ["/start", "/countries/GE"])
def test_pages_do_without_while_the_index_is_not_ready(browser, tool, monkeypatch, matching, path):
    def fresh():
        raise UnavailableError

    monkeypatch.setattr(matching, "fresh", fresh)
    answer = browser.get(path)
    assert answer.status_code == 200
    assert not cards_on(answer)


def test_the_method_is_documented_for_everybody(client, said):
    answer = client.get("/matches/method")
    page = said(answer)
    assert answer.status_code == 200
    for told in (
        "What is never used",
        "An example",
        "You look for",
        "Usual weights",
        "The floor is off",
    ):
        assert told in page, told
    assert "/account/profile" not in answer.text


def test_people_who_are_listed_for_nobody_are_not_suggested(client, tool, database, matching):
    hidden = officer(display_name="Nobody knows", profile={"audience": "nobody"})
    client.become(make_member())
    assert hidden.display_name not in client.get(f"/innovations/{tool.slug}").text


def test_the_words_about_the_floor_are_its_figures():
    assert (FIRST, MOST_FLOOR, SELDOM_BELOW) == (
        10,
        30,
        0.5,
    )  # “first ten”, “at most three”, “less than half”
