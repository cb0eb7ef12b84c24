"""The pages on which the team marks what was presented, and writes its report."""

from datetime import timedelta

import pytest

from hub.core.database import session
from hub.showcases.aftermath.report import digest_of
from hub.showcases.models import EntryStatus, ShowcaseStatus
from tests.factories import make_member
from tests.showcases.past import past_showcase
from tests.showcases.scenes import confirmed_entry, make_curator, make_slot, published_showcase
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words

WHY = "The train from Warsaw was cancelled."


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def page(new_client, curator):
    return new_client().become(curator)


@pytest.fixture
def queries(app):
    return QueryCount(app.extensions["hub"].bind)


def address(showcase, *parts):
    return "/".join((f"/coordinate/showcases/{showcase.slug}", *parts))


def text_of(answer):
    return words(main_of(answer.text))


def shown(showcase, *, after=timedelta(0), **columns):
    entry = confirmed_entry(showcase, **columns)
    make_slot(showcase, entry, after=after)
    return entry


def test_each_is_marked_on_its_own_and_the_rest_at_once(page, curator):
    showcase = past_showcase(curator)
    first, second, third = (shown(showcase, after=timedelta(minutes=each)) for each in range(3))
    list_page = address(showcase, "presence")
    assert "Mark the other 3 as presented" in text_of(page.get(list_page))
    answer = page.act(f"{list_page}/{first.public_id}/present")
    assert answer.location == f"{list_page}#entry-{first.public_id}"
    miss = f"{list_page}/{second.public_id}/miss"
    assert page.submit(miss, {"words": ""}).status_code == 422
    assert page.submit(miss, {"words": WHY}).status_code == 303
    assert WHY in text_of(page.get(list_page))
    assert page.act(list_page).status_code == 303
    states = [each.status for each in (first, second, third)]
    assert states == [EntryStatus.PRESENTED, EntryStatus.NOT_PRESENTED, EntryStatus.PRESENTED]
    assert WHY in page.get(miss).text


def test_before_it_begins_there_is_no_such_page(page, curator):
    showcase = published_showcase(curator)
    assert page.get(address(showcase, "presence")).status_code == 404
    assert page.get(address(showcase, "report")).status_code == 404


def test_others_find_nothing_there(new_client, curator):
    showcase = past_showcase(curator)
    entry = shown(showcase)
    for somebody in (make_curator(), make_member()):
        client = new_client().become(somebody)
        for path in ("presence", f"presence/{entry.public_id}/miss", "report"):
            assert client.get(address(showcase, path)).status_code in (403, 404)
        assert client.act(address(showcase, "presence")).status_code in (403, 404)
    assert entry.status is EntryStatus.CONFIRMED


def test_a_curator_with_a_conflict_finds_no_trace_of_the_entry(new_client, curator):
    tied = make_curator()
    showcase = past_showcase(curator, team=[tied])
    entry = shown(showcase, by=tied, organisation_id=None)
    client = new_client().become(tied)
    said = text_of(client.get(address(showcase, "presence")))
    assert entry.innovation.published_revision.source_text.name not in said
    assert "There is nothing here for you to mark" in said
    assert "not marked yet" not in text_of(client.get(address(showcase, "report")))
    assert client.get(address(showcase, "presence", entry.public_id, "miss")).status_code == 404
    assert client.act(address(showcase, "presence", entry.public_id, "present")).status_code == 404


def test_the_number_of_queries_does_not_grow(page, curator, queries):
    showcase = past_showcase(curator)
    shown(showcase)
    page.get(address(showcase, "presence"))
    with queries:
        page.get(address(showcase, "presence"))
    before = len(queries)
    for _ in range(3):
        shown(showcase)
    with queries:
        page.get(address(showcase, "presence"))
    assert len(queries) <= before


def test_the_report_is_saved_published_and_changed(page, curator, client):
    showcase = past_showcase(curator)
    shown(showcase)
    here = address(showcase, "report")
    assert "1 entry is not marked yet" in text_of(page.get(here))
    assert page.submit(here, {"words": "First words."}).location == here
    assert showcase.report == "First words."
    answer = page.submit(here, {"words": "Two pilots."}, button=("then", "publish"))
    assert answer.location == f"/showcases/{showcase.slug}/report"
    assert showcase.status is ShowcaseStatus.REPORTED
    assert "Two pilots." in text_of(client.get(answer.location))
    assert page.submit(here, {"words": "Three pilots."}).status_code == 303
    assert "Three pilots." in text_of(client.get(answer.location))


def test_what_two_write_at_once_is_shown_beside_each_other(page, curator):
    showcase = past_showcase(curator)
    here = address(showcase, "report")
    form = page.get(here)
    showcase.report = "Saved by somebody else."
    session().commit()
    answer = page.submit(form, {"words": "Typed here."}, button=("then", "publish"), action=here)
    assert answer.status_code == 409
    assert "Saved by somebody else." in text_of(answer)
    assert "Typed here." in text_of(answer)
    assert showcase.status is ShowcaseStatus.CLOSED
    chosen = page.submit(answer, {"choice-words": "mine"}, action=here)
    assert (chosen.status_code, showcase.report) == (303, "Typed here.")
    assert showcase.status is ShowcaseStatus.REPORTED


def test_an_empty_report_is_not_published(page, curator):
    showcase = past_showcase(curator)
    sent = {"words": "", "then": "publish", "seen": digest_of("")}
    answer = page.act(address(showcase, "report"), sent)
    assert answer.status_code == 422
    assert "Say in your own words what came of it." in text_of(answer)


def test_what_was_compiled_has_its_words_elsewhere(page, curator):
    showcase = past_showcase(curator, status=ShowcaseStatus.REPORTED, is_compiled=True)
    assert page.get(address(showcase, "report")).status_code == 404
