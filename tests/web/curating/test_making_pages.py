"""Making a showcase through its pages: beginning, parts, two who save at once, steps, who reaches what."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Tlp
from hub.core.clock import now
from hub.core.database import session
from hub.showcases.models import Room, Showcase, ShowcaseStatus
from tests.factories import make_member
from tests.showcases.scenes import (
    MEMBERS,
    POLICE,
    confirmed_entry,
    drafted_showcase,
    make_curator,
    make_room,
    opened_showcase,
    published_showcase,
    registered,
)
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words

DESK = "/coordinate/showcases"
BEGIN = {
    "name": "Innovation stage",
    "host_event": "OGP Summit",
    "attendance": "hybrid",
    "country": "FR",
    "city": "Paris",
    "language": "en",
}
PARTS = ("about", "place", "days", "access", "sponsors", "audience", "call", "criteria", "registration")


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def queries(app):
    return QueryCount(app.extensions["hub"].bind)


def text_of(page):
    return words(main_of(page.text))


def at(showcase, *rest):
    return "/".join([DESK, showcase.slug, *rest])


def day(offset):
    return (now() + timedelta(days=offset)).date().isoformat()


def begun(client, curator, query="", **values):
    client.become(curator)
    page = client.get(f"{DESK}/new{query}")
    answer = client.submit(page, {**BEGIN, **values})
    assert answer.status_code == 303, answer.text
    return session().scalars(select(Showcase).order_by(Showcase.id.desc())).first()


def save(client, showcase, key, values, *, status=303):
    answer = client.submit(client.get(at(showcase, "parts", key)), values, action=at(showcase, "parts", key))
    assert answer.status_code == status, text_of(answer)
    session().expire_all()
    return answer


def test_name_and_place_begin_a_draft_in_the_zone_of_the_place(client, curator):
    showcase = begun(client, curator)
    assert (showcase.status, showcase.time_zone) == (ShowcaseStatus.DRAFT, "Europe/Paris")
    page = client.get(at(showcase))
    assert "Fill in the parts" in text_of(page)


def test_a_country_with_several_zones_asks_which_and_offers_its_own_alone(client, curator):
    client.become(curator)
    values = {**BEGIN, "country": "US", "city": "Springfield"}
    answer = client.submit(client.get(f"{DESK}/new"), values)
    assert answer.status_code == 422
    assert "Choose the time zone: the country has several." in text_of(answer)
    assert "America/Chicago" in answer.text
    assert "Europe/Paris" not in answer.text
    done = client.submit(answer, {**values, "time_zone": "America/Chicago"})
    assert done.status_code == 303


def test_a_city_that_a_zone_is_called_after_chooses_it(client, curator):
    assert begun(client, curator, country="US", city="New York").time_zone == "America/New_York"


def test_the_zones_of_a_country_are_shown_before_anything_is_stored(client, curator):
    client.become(curator)
    page = client.get(f"{DESK}/new")
    looked = client.submit(page, {**BEGIN, "country": "BR"}, button=("then", "look"))
    assert looked.status_code == 200
    assert "America/Manaus" in looked.text
    assert session().scalar(select(Showcase.id)) is None


def test_every_part_is_filled_in_and_the_call_opens(client, curator):
    showcase = begun(client, curator)
    save(client, showcase, "about", {"summary": "Twelve innovations.", "description": "# Who\n\nPeople."})
    save(client, showcase, "place", {"venue": "Palais d’Iéna", "online_url": "https://meet.example.org/a"})
    days = {"starts_on": day(60), "starts_time": "10:00", "ends_on": day(61), "ends_time": "17:30"}
    save(client, showcase, "days", days)
    save(client, showcase, "access", {"accessibility": "Step-free.", "languages": ["en", "fr"]})
    save(client, showcase, "sponsors", {"are_none": ["yes"]})
    save(client, showcase, "audience", {"audience": "public", "tlp": "CLEAR"})
    save(client, showcase, "call", {"call_words": "What was tried.", "closes_on": day(30)})
    rows = {"criteria-0-name": "Evidence", "criteria-0-weight": "3"}
    save(client, showcase, "criteria", rows)
    window = {"is_on": "yes", "closes_on": day(59), "capacity": "100"}
    answer = save(client, showcase, "registration", window)
    assert answer.location.endswith("/preview")
    page = client.get(at(showcase, "preview"))
    assert "still missing" not in text_of(page)
    done = client.submit(page, {}, action=at(showcase, "open-call"))
    assert done.status_code == 303, text_of(done)
    session().expire_all()
    assert (showcase.status, showcase.capacity) == (ShowcaseStatus.CALL_OPEN, 100)
    assert showcase.slug == f"innovation-stage-{showcase.starts_at.year}"
    # the last minute of the day counts, so it closes with the next one
    assert showcase.call_closes_at.astimezone().second == 0
    assert client.get(at(showcase)).status_code == 200


def test_what_is_missing_is_named_and_leads_to_its_part(client, curator):
    showcase = begun(client, curator)
    page = client.get(at(showcase, "preview"))
    assert "7 parts are still missing" in text_of(page)
    assert f"{at(showcase, 'parts', 'criteria')}" in page.text
    refused = client.act(at(showcase, "open-call"), {"version": showcase.version})
    assert refused.status_code == 422
    assert "still missing" in text_of(refused)


def test_an_end_before_the_start_comes_back_with_what_was_typed(client, curator):
    showcase = begun(client, curator)
    days = {"starts_on": day(60), "starts_time": "10:00", "ends_on": day(59), "ends_time": "17:30"}
    answer = save(client, showcase, "days", days, status=422)
    assert "It ends before it begins." in text_of(answer)
    assert day(59) in answer.text


def test_a_start_that_clocks_skip_is_refused_with_words(client, curator):
    showcase = begun(client, curator)
    days = {"starts_on": "2027-03-28", "starts_time": "02:30", "ends_on": "2027-03-28", "ends_time": "17:00"}
    answer = save(client, showcase, "days", days, status=422)
    assert "There is no such time on that day" in text_of(answer)


def test_of_a_start_that_comes_twice_the_first_counts_and_it_is_said(client, curator):
    showcase = begun(client, curator)
    days = {"starts_on": "2027-10-31", "starts_time": "02:30", "ends_on": "2027-10-31", "ends_time": "17:00"}
    save(client, showcase, "days", days)
    assert showcase.starts_at.isoformat() == "2027-10-31T00:30:00+00:00"
    assert "02:30 comes twice" in client.get(at(showcase)).text


@pytest.mark.parametrize("key", PARTS)
def test_every_part_of_a_draft_can_be_opened_and_saved_as_it_is(client, curator, key):
    showcase = drafted_showcase(curator)
    client.become(curator)
    version = showcase.version
    save(client, showcase, key, {})
    assert showcase.version == version


@pytest.mark.parametrize("key", ["about", "place", "days", "access", "sponsors", "call", "registration"])
def test_what_can_be_changed_later_is_saved_as_it_is(client, curator, key):
    showcase = opened_showcase(curator)
    client.become(curator)
    save(client, showcase, key, {})
    assert showcase.version == 1


@pytest.mark.parametrize("key", ["audience", "criteria"])
def test_what_stays_leads_to_everything_on_one_page(client, curator, key):
    showcase = opened_showcase(curator)
    client.become(curator)
    assert client.get(at(showcase, "parts", key)).location.endswith("/preview")
    assert client.get(at(showcase, "preview")).status_code == 200


def test_two_who_save_one_part_choose_field_by_field(client, curator):
    showcase = drafted_showcase(curator)
    client.become(curator)
    page = client.get(at(showcase, "parts", "about"))
    save(client, showcase, "about", {"summary": "Theirs."})
    stale = client.submit(page, {"summary": "Mine."})
    assert stale.status_code == 409
    assert "Theirs." in text_of(stale)
    assert "Mine." in text_of(stale)
    done = client.submit(stale, {"choice-summary": "mine"})
    assert done.status_code == 303
    session().expire_all()
    assert showcase.summary == "Mine."


def test_saving_another_part_meanwhile_is_no_conflict(client, curator):
    showcase = drafted_showcase(curator)
    client.become(curator)
    page = client.get(at(showcase, "parts", "about"))
    save(client, showcase, "access", {"accessibility": "A lift."})
    assert client.submit(page, {"summary": "Mine."}).status_code == 303


def test_fewer_places_than_are_taken_is_refused_with_the_number(client, curator):
    showcase = opened_showcase(curator, capacity=5)
    for _ in range(3):
        registered(showcase)
    client.become(curator)
    answer = save(client, showcase, "registration", {"capacity": "2"}, status=422)
    assert "3 places are taken" in text_of(answer)


def test_an_entry_that_moved_up_is_what_comes_next(client, curator):
    showcase = published_showcase(curator)
    client.become(curator)
    page = text_of(client.get(at(showcase)))
    assert "It begins by itself" in page
    # its days and its call are behind it or fixed: nothing of that looks unfinished
    assert "Started" not in page
    confirmed_entry(showcase)
    assert "1 accepted entry has no slot" in text_of(client.get(at(showcase)))


def test_there_is_always_room_for_one_more_criterion(client, curator):
    showcase = drafted_showcase(curator, criteria=[(f"Criterion {each}", 1) for each in range(4)])
    client.become(curator)
    save(client, showcase, "criteria", {"criteria-4-name": "A fifth", "criteria-4-weight": "2"})
    assert [each.name for each in showcase.criteria][-1] == "A fifth"
    answer = save(client, showcase, "criteria", {"criteria-5-name": "A sixth"}, status=422)
    assert "Criteria, row 6: Enter a weight from 1 to 10." in text_of(answer)


def test_words_that_are_too_long_come_back_whole(client, curator):
    showcase, long = drafted_showcase(curator), "word " * 2000
    client.become(curator)
    answer = save(client, showcase, "access", {"accessibility": long}, status=422)
    assert long.strip() in answer.text


def test_an_earlier_showcase_is_copied(client, curator):
    earlier = published_showcase()
    make_room(earlier, "Hall")
    client.become(curator)
    page = client.get(f"{DESK}/new?copy={earlier.slug}")
    assert 'value="Innovation stage"' in page.text
    assert client.submit(page, {"name": "Stage 2"}).status_code == 303
    copied = session().scalars(select(Showcase).where(Showcase.name == "Stage 2")).one()
    assert copied.online_url == ""
    assert session().scalars(select(Room.name).where(Room.showcase_id == copied.id)).all() == ["Hall"]


def test_a_past_one_has_sources_and_no_call(client, curator):
    showcase = begun(client, curator, "?past=1")
    assert showcase.is_compiled
    assert client.get(at(showcase, "parts", "call")).status_code == 404
    days = {"starts_on": "2016-12-07", "ends_on": "2016-12-09", "is_all_day": ["yes"]}
    save(client, showcase, "days", days)
    assert showcase.is_all_day
    save(client, showcase, "about", {"summary": "At the summit."})
    save(client, showcase, "audience", {"audience": "public", "tlp": "CLEAR"})
    row = {
        "sources-0-title": "Programme",
        "sources-0-url": "https://example.org/ogp",
        "sources-0-retrieved_on": "2026-11-02",
        "unknowns": "How many came.",
    }
    save(client, showcase, "sources", row)
    page = client.get(at(showcase, "preview"))
    done = client.submit(page, {}, action=at(showcase, "record"))
    assert done.status_code == 303, text_of(done)
    session().expire_all()
    assert (showcase.status, showcase.slug) == (ShowcaseStatus.REPORTED, "innovation-stage-2016")


def test_the_call_is_closed_and_opened_again(client, curator):
    showcase = opened_showcase(curator)
    client.become(curator)
    assert client.submit(at(showcase, "close-call"), {}, action=at(showcase, "close-call")).status_code == 303
    session().expire_all()
    assert showcase.status is ShowcaseStatus.REVIEW
    reopen = at(showcase, "reopen-call")
    assert client.submit(reopen, {"closes_on": ""}, action=reopen).status_code == 422
    assert client.submit(reopen, {"closes_on": day(5)}, action=reopen).status_code == 303
    session().expire_all()
    assert showcase.status is ShowcaseStatus.CALL_OPEN


def test_the_audience_is_narrowed_and_never_widened(client, curator):
    showcase = opened_showcase(curator, readership=MEMBERS)
    client.become(curator)
    page = at(showcase, "narrow")
    wider = client.submit(page, {"audience": "public", "tlp": "CLEAR"}, action=page)
    assert wider.status_code == 422
    assert "only gets smaller" in text_of(wider)
    done = client.submit(page, {"audience": "law_enforcement", "tlp": "AMBER"}, action=page)
    assert done.status_code == 303
    session().expire_all()
    assert (showcase.audience, showcase.tlp) == (Audience.LAW_ENFORCEMENT, Tlp.AMBER)


def test_cancelling_asks_for_words(client, curator):
    showcase = opened_showcase(curator)
    client.become(curator)
    page = at(showcase, "cancel")
    assert client.submit(page, {"words": " "}, action=page).status_code == 422
    assert client.submit(page, {"words": "No venue."}, action=page).status_code == 303
    assert "No venue." in text_of(client.get(at(showcase)))


def test_a_draft_is_discarded(client, curator):
    showcase = drafted_showcase(curator)
    client.become(curator)
    page = at(showcase, "discard")
    assert client.submit(page, {}, action=page).status_code == 303
    session().expire_all()
    assert session().scalar(select(Showcase.id)) is None


def test_the_desk_shows_own_teams_and_lets_join_others(client, curator):
    mine, other = drafted_showcase(curator, name="Mine to make"), opened_showcase(name="Theirs to join")
    opened_showcase(name="Police only", readership=POLICE)
    client.become(curator)
    page = client.get(DESK)
    assert "Mine to make" in text_of(page)
    assert "Theirs to join" in text_of(page)
    assert "Police only" not in page.text
    assert client.submit(page, {}, action=at(other, "join")).status_code == 303
    assert client.get(at(other)).status_code == 200
    leave = at(other, "leave")
    assert client.submit(leave, {}, action=leave).status_code == 303
    assert client.get(at(other)).status_code == 404
    assert client.get(at(mine, "leave")).status_code == 409


def test_nobody_else_reaches_a_page_of_the_team(client, curator):
    shown, drafted = opened_showcase(curator), drafted_showcase(curator)
    for somebody, status in ((make_curator(), 404), (make_member(), 404)):
        client.become(somebody)
        for page in ("", "preview", "parts/about", "cancel", "narrow", "close-call", "discard", "leave"):
            assert client.get(at(shown, page).rstrip("/")).status_code == status
        assert client.get(at(drafted)).status_code == 404
        assert client.act(at(shown, "parts", "about"), {"name": "Mine"}).status_code == status
    assert client.get(DESK).status_code == 403


def test_the_desk_asks_as_many_queries_for_many_as_for_few(client, curator, queries):
    opened_showcase(curator)
    opened_showcase()
    client.become(curator)
    client.get(DESK)
    with queries:
        client.get(DESK)
    few = len(queries)
    for _ in range(5):
        opened_showcase(curator)
        opened_showcase()
    with queries:
        client.get(DESK)
    assert len(queries) == few
