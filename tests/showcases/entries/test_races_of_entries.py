"""Many who propose around the deadline, and two who act on one entry at the same moment: one clear outcome each."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.catalogue.models import Innovation
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import HubError
from hub.members.models import Member
from hub.showcases.entries.answering import step_back_with
from hub.showcases.entries.checking import CallClosedError
from hub.showcases.entries.service import draft_entry, propose_entry, save_entry, withdraw_entry
from hub.showcases.models import Entry, EntryStatus, Showcase, ShowcaseStatus
from tests.catalogue.records import make_scene
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL
from tests.showcases.entries.proposals import DETAILS
from tests.showcases.scenes import drafted_entry, opened_showcase, proposed_entry, recorded_innovation

MANY = 60
LATE = "late"
REFUSED = "refused"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def at_once(hub_engine, *acts):
    """Do `act()` of each at the same moment, with a session of its own; return what came of each."""
    begin = Barrier(len(acts))

    def work(act):
        with session_scope(hub_engine):
            begin.wait()
            try:
                with transaction():
                    act()
            except CallClosedError:
                return LATE
            except HubError:
                return REFUSED
            return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def stored(hub_engine, make):
    with session_scope(hub_engine):
        return [each.id for each in make()]


def count(hub_engine, *conditions):
    with session_scope(hub_engine):
        return session().scalar(select(func.count()).where(*conditions))


def get(kind, number):
    return session().get(kind, number)


def many_drafts():
    """Store a showcase and many drafts of one side, and return showcase, partner and the drafts."""
    scene = make_scene()
    showcase = opened_showcase()
    # one innovation has one entry
    drafts = [drafted_entry(showcase, recorded_innovation(scene), scene.partner) for _ in range(MANY)]
    return [showcase, scene.partner, *drafts]


def test_who_arrives_in_time_is_taken_and_nobody_else(hub_engine, monkeypatch):
    monkeypatch.setattr("hub.showcases.entries.service.A_DAY", MANY)
    showcase, partner, *drafts = stored(hub_engine, many_drafts)
    with session_scope(hub_engine):
        closes = get(Showcase, showcase).call_closes_at

    def act(place):
        # they arrive a millisecond apart, the first half before the call closes
        arrived = closes + timedelta(milliseconds=place - MANY // 2)
        propose_entry(get(Member, partner), get(Entry, drafts[place]), version=1, arrived_at=arrived)

    outcomes = at_once(hub_engine, *(lambda place=place: act(place) for place in range(MANY)))
    assert outcomes == [None] * (MANY // 2) + [LATE] * (MANY // 2)
    assert count(hub_engine, Entry.status == EntryStatus.PROPOSED) == MANY // 2
    assert count(hub_engine, Entry.status == EntryStatus.DRAFT) == MANY // 2
    assert count(hub_engine, AuditEntry.tag == "entry:propose") == MANY // 2


def test_two_who_begin_make_one_entry(hub_engine):
    def make():
        scene = make_scene()
        return [opened_showcase(), recorded_innovation(scene), scene.partner]

    showcase, innovation, partner = stored(hub_engine, make)

    def act():
        draft_entry(
            get(Member, partner),
            get(Showcase, showcase),
            get(Innovation, innovation),
            DETAILS,
            presents_it=True,
        )

    assert sorted(at_once(hub_engine, act, act), key=str) == [None, REFUSED]


def test_saving_and_withdrawing_at_once_leave_one_outcome(hub_engine):
    def make():
        entry = proposed_entry(opened_showcase())
        return [entry, entry.proposed_by]

    entry, partner = stored(hub_engine, make)

    def save():
        save_entry(get(Member, partner), get(Entry, entry), replace(DETAILS, minutes=5), version=1)

    def leave():
        withdraw_entry(get(Member, partner), get(Entry, entry))

    at_once(hub_engine, save, leave)
    assert count(hub_engine, Entry.status == EntryStatus.WITHDRAWN) == 1


def test_two_who_step_back_move_up_two(hub_engine):
    def make():
        showcase = opened_showcase(status=ShowcaseStatus.REVIEW)
        leaving = [proposed_entry(showcase, status=EntryStatus.ACCEPTED) for _ in range(2)]
        for place in (1, 2, 3):
            proposed_entry(showcase, status=EntryStatus.WAITLISTED, waitlist_position=place)
        return [*leaving, *(each.proposed_by for each in leaving)]

    first, second, one, other = stored(hub_engine, make)
    acts = [
        lambda: step_back_with(get(Member, one), get(Entry, first)),
        lambda: step_back_with(get(Member, other), get(Entry, second)),
    ]
    assert at_once(hub_engine, *acts) == [None, None]
    assert count(hub_engine, Entry.status == EntryStatus.ACCEPTED) == 2
    assert count(hub_engine, Entry.status == EntryStatus.WAITLISTED, Entry.waitlist_position == 3) == 1


def test_one_who_steps_back_twice_moves_up_one(hub_engine):
    def make():
        showcase = opened_showcase(status=ShowcaseStatus.REVIEW)
        leaving = proposed_entry(showcase, status=EntryStatus.ACCEPTED)
        for place in (1, 2):
            proposed_entry(showcase, status=EntryStatus.WAITLISTED, waitlist_position=place)
        return [leaving, leaving.proposed_by]

    entry, partner = stored(hub_engine, make)
    acts = [lambda: step_back_with(get(Member, partner), get(Entry, entry))] * 2
    assert sorted(at_once(hub_engine, *acts), key=str) == [None, REFUSED]
    assert count(hub_engine, Entry.status == EntryStatus.ACCEPTED) == 1
