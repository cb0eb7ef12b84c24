"""The pages on which a programme is made: forms, words of what clashes, what is hidden, and publishing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.core.clock import now
from hub.core.database import session
from hub.showcases.models import Room, ShowcaseStatus, Slot, SlotKind, Track
from tests.factories import make_member
from tests.showcases.programme.plans import (
    accepted_entry,
    decided_showcase,
    empty_slot_in,
    recused_entry,
    team_of_two,
)
from tests.showcases.scenes import (
    confirmed_entry,
    drafted_showcase,
    make_curator,
    make_room,
    make_slot,
    published_showcase,
    recorded_innovation,
)
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words

HOUR = timedelta(hours=1)


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def showcase(curator):
    return decided_showcase(curator, starts_at=(now() + timedelta(days=60)).replace(hour=8, minute=0))


@pytest.fixture
def page(client, curator):
    """What the curator's browser shows at an address within the pages of a showcase."""
    client.become(curator)

    def show(showcase, path=""):
        answer = client.get(address(showcase, path))
        assert answer.status_code == 200, answer.status_code
        return words(main_of(answer.text))

    return show


def address(showcase, path=""):
    return f"/coordinate/showcases/{showcase.slug}/programme{path}"


def day_of(showcase):
    return showcase.starts_at.date().isoformat()


def only(kind):
    return session().scalars(select(kind)).one()


@pytest.mark.parametrize(
    "path",
    ["", "/preview", "/publish", "/rooms", "/tracks", "/slots/new", "/slots/every"],
)
def test_only_the_team_sees_the_pages(client, new_client, showcase, curator, path):
    assert client.become(curator).get(address(showcase, path)).status_code == 200
    for somebody in (make_curator(), make_member()):
        assert new_client().become(somebody).get(address(showcase, path)).status_code == 404
    assert new_client().get(address(showcase, path)).status_code == 303


def test_an_empty_programme_says_what_to_do(page, showcase):
    assert "There is no slot yet" in page(showcase)
    assert "Nothing to" not in page(showcase, "/preview")


def test_without_dates_nothing_is_planned(page, client, curator):
    showcase = drafted_showcase(curator, starts_at=None)
    assert "has no dates yet" in page(showcase)
    assert client.get(address(showcase, "/slots/new")).status_code == 409


def test_a_slot_is_added_changed_and_removed(client, page, showcase):
    room = make_room(showcase, "Hall A")
    values = {
        "kind": "break",
        "title": "Coffee",
        "day": day_of(showcase),
        "at": "11:00",
        "minutes": "30",
        "room": room.public_id,
    }
    page(showcase)
    answer = client.submit(address(showcase, "/slots/new"), values)
    slot = only(Slot)
    assert answer.status_code == 303
    assert answer.location.endswith(f"#slot-{slot.public_id}")
    assert (slot.kind, slot.title, slot.room) == (SlotKind.BREAK, "Coffee", room)
    assert "Coffee" in page(showcase)

    path = address(showcase, f"/slots/{slot.public_id}")
    assert client.submit(path, {"title": "Tea", "minutes": "45"}).status_code == 303
    assert (slot.title, slot.ends_at - slot.starts_at) == ("Tea", timedelta(minutes=45))
    client.submit(path, action=f"{path}/remove")
    assert session().scalars(select(Slot)).all() == []


def test_what_was_typed_stays_when_it_clashes(client, page, showcase):
    room = make_room(showcase, "Hall A")
    make_slot(showcase, room=room, lasts=8 * HOUR)
    page(showcase)
    at = (showcase.starts_at + HOUR).astimezone().strftime("%H:%M")
    values = {"day": day_of(showcase), "at": at, "minutes": "15", "room": room.public_id, "capacity": "7"}
    answer = client.submit(address(showcase, "/slots/new"), values)
    assert answer.status_code == 422
    assert "Hall A is taken from" in answer.text
    assert 'value="7"' in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"at": "25:00"}, "hours and minutes"),
        ({"minutes": "a while"}, "whole number"),
        ({"minutes": "0"}, "from 1 to 1440"),
        ({"capacity": "-4"}, "whole number"),
        ({"day": "2031-01-01"}, "Choose from the list"),
        ({"kind": "break"}, "Say what happens"),
        ({"kind": "break", "title": "x" * 151}, "Shorten this"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, page, showcase, typed, said):
    page(showcase)
    values = {"day": day_of(showcase), "at": "10:00", "minutes": "15", **typed}
    answer = client.act(address(showcase, "/slots/new"), {"kind": "entry", **values})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_time_that_clocks_skip_is_refused(client, page, curator):
    begins = decided_showcase(curator).starts_at.replace(year=2027, month=3, day=27, hour=20)
    showcase = decided_showcase(curator, starts_at=begins)
    page(showcase)
    values = {"kind": "entry", "day": "2027-03-28", "at": "02:30", "minutes": "15"}
    answer = client.act(address(showcase, "/slots/new"), values)
    assert answer.status_code == 422
    assert "clocks are set forward" in answer.text


def test_the_only_day_is_taken_by_itself(client, page, curator):
    begins = (now() + timedelta(days=40)).replace(hour=8, minute=0)
    showcase = decided_showcase(curator, starts_at=begins)
    page(showcase)
    assert client.submit(address(showcase, "/rooms"), {"name": "A", "free_from": "11:00"}).status_code == 303
    assert only(Room).free_from.date() == begins.date()


def test_what_is_off_the_hours_is_named_before_publishing(page, showcase):
    make_slot(showcase, after=-timedelta(minutes=1))
    assert "outside the hours of the showcase" in page(showcase, "/publish")
    assert "outside the hours of the showcase" in page(showcase)


def test_several_slots_are_added(client, page, showcase):
    page(showcase)
    values = {"day": day_of(showcase), "at": "10:00", "minutes": "15", "number": "4", "pause": "5"}
    assert client.submit(address(showcase, "/slots/every"), values).status_code == 303
    assert len(session().scalars(select(Slot)).all()) == 4


def test_somebody_else_saved_meanwhile(client, page, showcase):
    slot = make_slot(showcase)
    page(showcase)
    shown = client.get(address(showcase, f"/slots/{slot.public_id}"))
    slot.title, slot.version = "Lunch", 2
    session().commit()
    answer = client.submit(shown, {"title": "Tea"})
    assert answer.status_code == 409
    assert "Lunch" in answer.text
    assert "Tea" in answer.text
    assert client.submit(answer, {"choice-title": "mine"}).status_code == 303
    assert slot.title == "Tea"


def test_an_entry_is_placed_from_its_page_moved_and_taken_out(client, page, showcase):
    entry = accepted_entry(showcase, recorded_innovation(name="LAPOR!"))
    first, second = empty_slot_in(showcase), empty_slot_in(showcase, after=HOUR)
    assert "LAPOR!" in page(showcase)
    path = address(showcase, f"/entries/{entry.public_id}")
    assert client.submit(path, {"slot": f"{first.public_id}.1"}).status_code == 303
    assert first.entry == entry
    client.submit(path, {"slot": f"{second.public_id}.1"})
    assert (first.entry, first.starts_at) == (entry, showcase.starts_at + HOUR)
    client.submit(
        address(showcase, f"/slots/{first.public_id}"),
        action=address(showcase, f"/slots/{first.public_id}/empty"),
    )
    assert first.entry is None


def test_an_entry_is_placed_from_a_slot(client, page, showcase):
    entry, slot = accepted_entry(showcase), empty_slot_in(showcase)
    page(showcase)
    path = address(showcase, f"/slots/{slot.public_id}/place")
    assert client.act(path, {"version": "1"}).status_code == 422
    assert client.submit(path, {"entry": entry.public_id}).status_code == 303
    assert slot.entry == entry
    assert client.get(path).status_code == 303  # there is nothing to choose any more


def test_what_does_not_fit_is_listed_with_why(page, showcase):
    maria = make_member(display_name="Maria Silva")
    other = accepted_entry(showcase, presenters=[maria])
    make_slot(showcase, other, lasts=HOUR)
    entry, slot = accepted_entry(showcase, presenters=[maria]), empty_slot_in(showcase)
    for path in (f"/entries/{entry.public_id}", f"/slots/{slot.public_id}/place"):
        assert "Maria Silva is in another slot" in page(showcase, path)


def test_a_clash_of_what_was_dragged_is_said_above_the_programme(client, page, showcase):
    maria = make_member(display_name="Maria Silva")
    make_slot(showcase, accepted_entry(showcase, presenters=[maria]), lasts=HOUR)
    entry, slot = accepted_entry(showcase, presenters=[maria]), empty_slot_in(showcase)
    page(showcase)
    sent = {"entry": entry.public_id, "out_of": "", "version": "1"}
    answer = client.act(address(showcase, f"/slots/{slot.public_id}/place"), sent)
    assert answer.status_code == 422
    assert "Maria Silva is in another slot" in words(main_of(answer.text))


def test_the_second_of_two_curators_reads_that_the_slot_is_taken(client, page, showcase):
    slot = empty_slot_in(showcase)
    entries = [accepted_entry(showcase), accepted_entry(showcase)]
    page(showcase)
    path = address(showcase, f"/slots/{slot.public_id}/place")
    answers = [client.act(path, {"entry": each.public_id, "version": "1"}) for each in entries]
    assert [each.status_code for each in answers] == [303, 409]
    assert "another entry into this slot meanwhile" in answers[1].text


def test_rooms_and_tracks_are_kept(client, page, showcase):
    page(showcase)
    values = {
        "name": "Hall A",
        "seats": "40",
        "free_from_day": day_of(showcase),
        "free_from": "09:00",
        "access_words": "Step-free.",
    }
    client.submit(address(showcase, "/rooms"), values)
    room = only(Room)
    assert (room.name, room.seats, room.free_from is not None) == ("Hall A", 40, True)
    path = address(showcase, f"/rooms/{room.public_id}")
    client.submit(path, {"name": "Hall B"})
    assert room.name == "Hall B"
    client.submit(path, action=f"{path}/remove")
    assert "There is no room yet" in page(showcase, "/rooms")

    client.submit(address(showcase, "/tracks"), {"name": "Money"})
    track = only(Track)
    path = address(showcase, f"/tracks/{track.public_id}")
    client.submit(path, {"name": "Contracts"})
    assert track.name == "Contracts"
    client.submit(path, action=f"{path}/remove")
    assert "Contracts" not in page(showcase, "/tracks")


def test_a_day_without_a_time_is_asked_for(client, page, showcase):
    page(showcase)
    answer = client.submit(address(showcase, "/rooms"), {"name": "A", "free_until_day": day_of(showcase)})
    assert answer.status_code == 422
    assert "both the day and the time" in answer.text


def test_the_conflicted_curator_reads_taken(client, new_client, database):
    showcase, first, second = team_of_two()
    innovation = recorded_innovation(name="Canarium")
    room = make_room(showcase, "Hall A")
    entry = recused_entry(showcase, second, innovation=innovation, pitch="Canarium pitch")
    slot = make_slot(showcase, entry, room=room, capacity=11)
    waits = recused_entry(showcase, second, innovation=recorded_innovation(name="Canarium two"))
    client.become(second)
    for path in ("", "/preview", "/publish", "/slots/new"):
        answer = client.get(address(showcase, path))
        assert answer.status_code == 200
        for trace in ("Canarium", entry.public_id, waits.public_id, "1 accepted entry", "seats taken"):
            assert trace not in answer.text, (path, trace)
    shown = words(main_of(client.get(address(showcase)).text))
    assert "Taken" in shown
    assert "Hall A" in shown
    for path in (
        f"/slots/{slot.public_id}",
        f"/slots/{slot.public_id}/place",
        f"/entries/{entry.public_id}",
        f"/entries/{waits.public_id}",
    ):
        assert client.get(address(showcase, path)).status_code == 404
    for verb in ("remove", "empty"):
        path = address(showcase, f"/slots/{slot.public_id}/{verb}")
        assert client.act(path, {"version": "1"}).status_code == 404
    assert "Canarium" in new_client().become(first).get(address(showcase)).text


def test_the_draft_is_shown_to_presenters_once(client, page, showcase):
    make_slot(showcase, accepted_entry(showcase))
    page(showcase)
    client.submit(address(showcase), action=address(showcase, "/share"))
    assert showcase.draft_shared_at is not None
    assert "Presenters have seen it since" in page(showcase)
    assert client.act(address(showcase, "/share")).status_code == 409


def test_a_programme_is_published_after_a_last_look(client, page, showcase):
    assert "has no slot yet" in page(showcase, "/publish")
    assert client.act(address(showcase, "/publish")).status_code == 422
    make_slot(showcase, accepted_entry(showcase, recorded_innovation(name="LAPOR!")))
    shown = page(showcase, "/publish")
    assert "1 entry is not confirmed yet" in shown
    assert "LAPOR!" in shown
    assert client.submit(address(showcase, "/publish")).status_code == 303
    assert showcase.status is ShowcaseStatus.PROGRAMME_PUBLISHED
    assert "Published on" in page(showcase)
    assert client.act(address(showcase, "/publish")).status_code == 409


def test_nothing_is_published_before_the_decisions_are_sent(client, page, curator):
    showcase = decided_showcase(curator, decisions_sent_at=None)
    make_slot(showcase)
    assert "decisions have not been sent" in page(showcase, "/publish")
    assert client.act(address(showcase, "/publish")).status_code == 422


def test_what_clashes_now_is_named_before_publishing(client, page, showcase):
    maria = make_member(display_name="Maria Silva")
    for _ in range(2):
        make_slot(showcase, accepted_entry(showcase, presenters=[maria]))
    assert "Maria Silva is in another slot" in page(showcase, "/publish")
    assert client.act(address(showcase, "/publish")).status_code == 422
    assert "Maria Silva is in another slot" in page(showcase)


def test_a_programme_that_is_over_has_no_buttons(page, curator):
    showcase = published_showcase(curator, status=ShowcaseStatus.CLOSED)
    make_slot(showcase, confirmed_entry(showcase))
    assert "Add a slot" not in page(showcase)


def test_a_programme_of_three_hundred_slots_costs_as_many_queries_as_one_of_three(app, client, curator):
    count = QueryCount(app.extensions["hub"].bind)
    client.become(curator)
    numbers = []
    for many in (3, 300):
        showcase = published_showcase(curator)
        rooms = [make_room(showcase) for _ in range(3)]
        entry = confirmed_entry(showcase)
        session().add_all(
            Slot(
                showcase_id=showcase.id,
                kind=SlotKind.ENTRY,
                entry_id=entry.id if place == 0 else None,
                room_id=rooms[place % 3].id,
                starts_at=showcase.starts_at + place // 3 * timedelta(minutes=4),
                ends_at=showcase.starts_at + (place // 3 + 1) * timedelta(minutes=4),
            )
            for place in range(many)
        )
        session().commit()
        with count:
            answer = client.get(address(showcase))
        assert answer.text.count('data-place="') == many - 1
        numbers.append(len(count.statements))
    assert numbers[0] == numbers[1]
