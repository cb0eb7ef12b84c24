"""What a focal point states about the country, and two of them at once."""

import pytest

from hub.catalogue.models import ReadinessState
from hub.catalogue.readiness.queries import statements_of
from hub.catalogue.readiness.service import StatementDetails, state_prerequisites
from tests.catalogue.cast import did
from tests.factories import make_member
from tests.web.client import parse, words

LAW, DATA = "law.data_protection", "data.companies"
EDIT = "/countries/ES/edit"


def stated():
    """Return what Spain states, as (state, note) by topic."""
    return {topic: (row.state.value, row.note) for topic, row in statements_of("ES").items()}


@pytest.fixture
def focal(cast, browser_of):
    return browser_of("focal")


@pytest.fixture
def other(cast):
    """A second focal point of the same country."""
    return make_member(focal_country="ES")


def test_a_focal_point_states_what_the_country_has(focal):
    answer = focal.submit(
        EDIT, {f"{LAW}-state": "ready", f"{LAW}-note": "Act 12.\r\nSince 2020.", f"{DATA}-state": "blocked"}
    )
    assert (answer.status_code, answer.location) == (303, "/countries/ES")
    assert stated() == {LAW: ("ready", "Act 12.\nSince 2020."), DATA: ("blocked", "")}
    assert "2 statements saved." in focal.get("/countries/ES").text
    focal.submit(EDIT, {f"{DATA}-state": ""})
    assert stated() == {LAW: ("ready", "Act 12.\nSince 2020.")}
    focal.submit(EDIT, {})
    assert "Nothing was changed." in focal.get("/countries/ES").text


def test_what_is_stated_stands_open_and_the_rest_is_folded(focal):
    focal.submit(EDIT, {f"{LAW}-state": "ready", f"{LAW}-note": "Act 12."})
    page = parse(focal.get(EDIT).text)
    folds = page.findall(".//details[@class='country__fold']")
    assert [each.get("open") is not None for each in folds] == [True] + [False] * (len(folds) - 1)
    assert "1 of 8 stated" in words(folds[0].find("summary"))
    assert len(folds[0].findall(".//textarea")) - len(folds[0].findall(".//details//textarea")) == 1
    wrong = parse(focal.submit(EDIT, {f"{DATA}-note": "A note without a state"}).text)
    opened = [
        each for each in wrong.findall(".//details[@class='country__fold']") if each.get("open") is not None
    ]
    assert len(opened) == 2


@pytest.mark.parametrize("name", ["visitor", "member", "registrar", "partner", "free", "officer", "admin"])
def test_nobody_else_does(cast, browser_of, name):
    browser = browser_of(name)
    refused = 303 if name == "visitor" else 404
    assert browser.get(EDIT).status_code == refused
    assert browser.act(EDIT, {f"{LAW}-state": "ready"}).status_code in {refused, 403}
    assert not stated()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({f"{LAW}-note": "A note without a state"}, "Choose a state too, or empty the note."),
        ({f"{LAW}-state": "ready", f"{LAW}-note": "x" * 501}, "Shorten this to 500 characters"),
        ({f"{LAW}-state": "perfect", f"{LAW}-note": "Unknown state"}, "Choose from the list."),
        (
            {f"{LAW}-state": "ready", f"{LAW}-note": "invisible\u202eone"},
            "hidden sign U+202E RIGHT-TO-LEFT OVERRIDE",
        ),
    ],
)
def test_what_cannot_be_stored_comes_back(focal, typed, told):
    answer = focal.submit(EDIT, {f"{DATA}-state": "ready", **typed})
    assert answer.status_code == 422
    assert told in answer.text
    assert typed[f"{LAW}-note"] in answer.text
    assert not stated()


@pytest.mark.db
def test_two_focal_points_on_different_topics_both_keep_theirs(cast, focal, other):
    opened = focal.get(EDIT)
    did(
        state_prerequisites,
        other,
        "ES",
        {DATA: StatementDetails(ReadinessState.READY, "Theirs")},
        language="es",
    )
    assert focal.submit(opened, {f"{LAW}-state": "ready"}).status_code == 303
    assert stated() == {LAW: ("ready", ""), DATA: ("ready", "Theirs")}


@pytest.mark.db
def test_nobody_silently_overwrites_what_another_stated_meanwhile(cast, focal, other):
    opened = focal.get(EDIT)
    theirs = {
        LAW: StatementDetails(ReadinessState.NEEDS, "Their note"),
        DATA: StatementDetails(ReadinessState.READY, "Untouched by us"),
    }
    did(state_prerequisites, other, "ES", theirs, language="es")
    answer = focal.submit(opened, {f"{LAW}-state": "blocked", f"{LAW}-note": "Our note"})
    assert answer.status_code == 409
    text = words(parse(answer.text))
    assert "Somebody else stated something meanwhile" in text
    assert "Stored now: Needs work: Their note" in text
    assert "Our note" in answer.text
    assert stated()[LAW] == ("needs", "Their note")
    again = focal.submit(answer, {f"{LAW}-note": "Our note, after reading theirs"})
    assert again.status_code == 303
    assert stated() == {
        LAW: ("blocked", "Our note, after reading theirs"),
        DATA: ("ready", "Untouched by us"),
    }


def test_what_another_took_back_is_not_brought_back_unseen(cast, focal, other):
    did(state_prerequisites, other, "ES", {LAW: StatementDetails(ReadinessState.READY)}, language="es")
    opened = focal.get(EDIT)
    did(state_prerequisites, other, "ES", {LAW: StatementDetails(None)}, language="es")
    answer = focal.submit(opened, {f"{LAW}-note": "Still valid"})
    assert answer.status_code == 409
    assert "Stored now: Nothing stated" in words(parse(answer.text))
    assert not stated()


def test_both_who_say_the_same_agree(cast, focal, other):
    opened = focal.get(EDIT)
    did(state_prerequisites, other, "ES", {LAW: StatementDetails(ReadinessState.READY)}, language="es")
    assert focal.submit(opened, {f"{LAW}-state": "ready"}).status_code == 303
    assert stated() == {LAW: ("ready", "")}


def test_a_form_without_what_was_seen_overwrites_nothing(cast, focal, other):
    did(state_prerequisites, other, "ES", {LAW: StatementDetails(ReadinessState.READY)}, language="es")
    assert focal.act(EDIT, {f"{LAW}-state": "blocked"}).status_code == 409
    assert stated() == {LAW: ("ready", "")}
