"""Two curators at the same moment: one wins, the other reads why in words, and nothing is placed twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.database import make_engine, session, session_scope
from hub.core.errors import NotFoundError
from hub.members.models import Member
from hub.showcases.models import Entry, Showcase, Slot
from hub.showcases.programme.placing import WAS_TAKEN, place_entry
from hub.showcases.programme.publishing import publish_programme
from hub.showcases.programme.queries import rooms_of
from hub.showcases.programme.slots import add_slot, remove_slot, save_slot
from tests.collaboration.test_races_of_responses import WAS_FASTER, at_once
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL
from tests.showcases.programme.plans import accepted_entry, empty_slot_in, slot_details, team_of_two
from tests.showcases.scenes import make_room

ROUNDS = 3
HOUR = timedelta(hours=1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def get(kind, number):
    """Return a thing by its id, as a page finds it: not there once somebody removed it."""
    found = session().get(kind, number)
    if found is None:
        raise NotFoundError
    return found


def placing(curator, slot, entry):
    return lambda: place_entry(
        get(Member, curator), get(Slot, slot), get(Entry, entry), out_of=None, version=1
    )


def counted(hub_engine, query):
    with session_scope(hub_engine):
        return session().scalar(query)


@pytest.fixture
def scene(hub_engine):
    """Return the ids of a showcase, its two curators, two entries, two slots and a room."""

    def make():
        with session_scope(hub_engine):
            showcase, first, second = team_of_two()
            entries = [accepted_entry(showcase) for _ in range(2)]
            slots = [empty_slot_in(showcase, after=place * HOUR) for place in range(2)]
            things = (showcase, first, second, *entries, *slots, make_room(showcase))
            return [each.id for each in things]

    return make


def refused(came):
    """Return what whoever came second was told; one of both went through."""
    assert came.count(None) == 1, came
    return next(each for each in came if each is not None)


def test_two_place_different_entries_in_one_slot(hub_engine, scene):
    for _ in range(ROUNDS):
        _showcase, first, second, one, other, slot, _later, _room = scene()
        came = at_once(hub_engine, placing(first, slot, one), placing(second, slot, other))
        assert refused(came) == WAS_FASTER
        assert counted(hub_engine, select(Slot.entry_id).where(Slot.id == slot)) in {one, other}
    logged = select(func.count(AuditEntry.number)).where(AuditEntry.tag == "slot:change")
    assert counted(hub_engine, logged) == ROUNDS
    assert "another slot" in WAS_TAKEN


def test_two_place_one_entry_in_different_slots(hub_engine, scene):
    for _ in range(ROUNDS):
        _showcase, first, second, one, _other, slot, later, _room = scene()
        came = at_once(hub_engine, placing(first, slot, one), placing(second, later, one))
        assert refused(came) == WAS_FASTER
        assert counted(hub_engine, select(func.count(Slot.id)).where(Slot.entry_id == one)) == 1


def test_two_add_a_slot_in_one_room_at_one_time(hub_engine, scene):
    for _ in range(ROUNDS):
        showcase, first, second, *_rest = scene()

        def adding(curator, number=showcase):
            def act():
                found = get(Showcase, number)
                (room,) = rooms_of(found)
                details = slot_details(found, after=3 * HOUR, room_id=room.public_id)
                add_slot(get(Member, curator), found, details)

            return act

        came = at_once(hub_engine, adding(first), adding(second))
        assert "is taken from" in refused(came)


def test_one_moves_the_slot_while_the_other_fills_it(hub_engine, scene):
    for _ in range(ROUNDS):
        _showcase, first, second, one, _other, slot, _later, _room = scene()

        def moving(number=slot, curator=first):
            found = get(Slot, number)
            details = slot_details(found.showcase, after=2 * HOUR)
            save_slot(get(Member, curator), found, details, version=1)

        assert refused(at_once(hub_engine, moving, placing(second, slot, one))) == WAS_FASTER


def test_one_removes_the_slot_while_the_other_fills_it(hub_engine, scene):
    for _ in range(ROUNDS):
        _showcase, first, second, one, _other, slot, _later, _room = scene()

        def removing(number=slot, curator=first):
            remove_slot(get(Member, curator), get(Slot, number), version=1)

        refused(at_once(hub_engine, removing, placing(second, slot, one)))


def test_two_publish(hub_engine, scene):
    showcase, first, second, *_rest = scene()

    def publishing(curator):
        return lambda: publish_programme(get(Member, curator), get(Showcase, showcase))

    assert refused(at_once(hub_engine, publishing(first), publishing(second))) == WAS_FASTER
