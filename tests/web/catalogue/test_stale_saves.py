"""Two people save the same page: nothing typed is lost and nothing saved is overwritten."""

import pytest

from hub.core.database import session
from tests.catalogue.records import draft, save
from tests.factories import make_member
from tests.web.client import fields_of, parse, words


@pytest.fixture
def revision(scene):
    return draft(scene, problem="As it was.", functions=("detect",))


@pytest.fixture
def address(revision):
    return f"/innovations/{revision.innovation.slug}/edit"


@pytest.fixture
def other(scene, new_client):
    """The browser of a colleague at the same organisation."""
    return new_client().become(make_member(represents=[scene.owner]))


def opened(browser, address):
    """Open a page; return what its form holds before anybody types."""
    main = parse(browser.get(address).text).find(".//main")
    names = {"version", "seen"}
    return {each.get("name"): each.get("value") for each in fields_of(main) if each.get("name") in names}


def send(browser, address, frame, **typed):
    return browser.act(address, {**frame, **typed})


def hidden(answer):
    """Return the hidden values of the page that shows both texts."""
    main = parse(answer.text).find(".//main")
    fields = [each for each in fields_of(main) if each.get("type") == "hidden"]
    return {each.get("name"): each.get("value") for each in fields if each.get("name") != "csrf_token"}


@pytest.fixture
def conflict(partner, other, address):
    """What the second of two people gets who changed the problem at the same time."""
    frame = opened(partner, f"{address}/problem")
    assert send(other, f"{address}/problem", frame, problem="Their text.").status_code == 303
    return send(partner, f"{address}/problem", frame, problem="My text.")


def test_the_second_gets_both_texts(conflict, revision):
    assert conflict.status_code == 409
    page = words(parse(conflict.text).find(".//main"))
    assert "Their text." in page
    assert "My text." in page
    session().expire_all()
    assert revision.source_text.problem == "Their text."


@pytest.mark.parametrize(("keep", "stored"), [("mine", "My text."), ("theirs", "Their text.")])
def test_the_choice_is_stored(partner, address, revision, conflict, keep, stored):
    answer = partner.act(f"{address}/problem", {**hidden(conflict), "choice-problem": keep})
    assert answer.status_code == 303
    assert revision.source_text.problem == stored


def test_a_choice_without_a_choice_keeps_what_was_typed(partner, address, revision, conflict):
    partner.act(f"{address}/problem", hidden(conflict))
    assert revision.source_text.problem == "My text."


def test_a_third_save_meanwhile_asks_again(partner, other, address, revision, conflict):
    send(other, f"{address}/problem", opened(other, f"{address}/problem"), problem="Third text.")
    answer = partner.act(f"{address}/problem", {**hidden(conflict), "choice-problem": "mine"})
    assert answer.status_code == 409
    assert "Third text." in answer.text
    assert "My text." in answer.text


def test_saving_different_parts_at_the_same_time_is_no_conflict(partner, other, address, revision):
    frame = opened(partner, f"{address}/problem")
    send(other, f"{address}/kind", opened(other, f"{address}/kind"), kind="data", stage="", year_started="")
    assert send(partner, f"{address}/problem", frame, problem="My text.").status_code == 303
    assert (revision.kind, revision.source_text.problem) == ("data", "My text.")


def test_choices_are_merged_field_by_field(partner, other, address, revision):
    frame = opened(partner, f"{address}/functions")
    send(other, f"{address}/functions", frame, functions=["educate", "monitor"], offences=["uncac-15"])
    answer = send(partner, f"{address}/functions", frame, functions=["report"], offences=["uncac-17"])
    assert answer.status_code == 409
    kept = {**hidden(answer), "choice-functions": "theirs", "choice-offences": "mine"}
    assert partner.act(f"{address}/functions", kept).status_code == 303
    assert {term.code for term in revision.terms} == {"educate", "monitor", "uncac-17"}


def test_sources_are_merged_too(partner, other, address, revision):
    frame = opened(partner, f"{address}/sources")
    send(other, f"{address}/sources", frame, **{"sources-0-url": "https://example.org/theirs"})
    answer = send(partner, f"{address}/sources", frame, **{"sources-0-url": "https://example.org/mine"})
    assert answer.status_code == 409
    for keep in ("theirs", "mine"):
        assert f"https://example.org/{keep}" in answer.text
    partner.act(f"{address}/sources", {**hidden(answer), "choice-sources": "theirs"})
    assert [each.url for each in revision.sources] == ["https://example.org/theirs"]


def test_long_texts_pass_through_a_conflict_whole(partner, other, address, revision):
    frame = opened(partner, f"{address}/description")
    mine = "\n".join(f'Line {number} "with" <signs> & more' for number in range(400))
    send(other, f"{address}/description", frame, description="Theirs.")
    answer = send(partner, f"{address}/description", frame, description=mine)
    partner.act(f"{address}/description", {**hidden(answer), "choice-description": "mine"})
    assert revision.source_text.description == mine


def test_what_was_submitted_meanwhile_keeps_the_words_on_the_page(scene, partner, other, address, revision):
    frame = opened(partner, f"{address}/problem")
    slug = revision.innovation.slug
    answer = other.submit(f"/innovations/{slug}/check", action=f"/innovations/{slug}/submit")
    assert answer.status_code == 303
    late = send(partner, f"{address}/problem", frame, problem="My late text.")
    assert late.status_code == 409
    assert "My late text." in late.text
    assert revision.source_text.problem == "As it was."


def test_submitting_what_a_colleague_changed_meanwhile_is_refused(scene, partner, revision):
    slug = revision.innovation.slug
    version = revision.version
    save(scene.partner, revision, problem="Changed.")
    answer = partner.act(f"/innovations/{slug}/submit", {"version": str(version)})
    assert answer.status_code == 409
