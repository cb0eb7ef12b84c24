"""What one member does in several windows at the same moment: no cap is overrun, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import func, select

from hub.alerts import searches as search_rules, service as follow_rules
from hub.alerts.models import Follow
from hub.alerts.searches import SavedQuery, save_search
from hub.alerts.service import follow_thing
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import InvalidError, StaleVersionError
from hub.members.models import Member
from hub.shortlists import service
from hub.shortlists.models import Shortlist, ShortlistEntry
from hub.shortlists.service import make_shortlist, move_entry, save_note, save_shortlist
from tests.alerts.follows import COUNTRY
from tests.catalogue.records import make_scene, published
from tests.factories import make_member
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL
from tests.shortlists.lists import shortlist_of

WINDOWS, MOST, ROUNDS = 4, 2, 4


@pytest.fixture(params=["sqlite", "postgres"])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def at_once(hub_engine, act, windows=WINDOWS):
    """Do `act(member, number of the window)` in several windows of one member; return what came of each."""
    begin = Barrier(windows)

    def work(number):
        with session_scope(hub_engine):
            member = session().scalars(select(Member)).first()
            session().rollback()
            begin.wait()
            try:
                return act(member, number)
            except InvalidError:
                return None

    with ThreadPoolExecutor(windows) as pool:
        return list(pool.map(work, range(windows)))


def slowly(counted):
    """Return the count, after which there is time for somebody else to add one."""

    def count(*arguments):
        found = counted(*arguments)
        sleep(0.1)
        return found

    return count


def one_list(member, number):
    with transaction():
        make_shortlist(member, name=f"List {number}")
    return True


def one_search(member, number):
    with transaction():
        save_search(member, SavedQuery(f"gifts {number}"))
    return True


def one_country(member, number):
    with transaction():
        follow_thing(member, COUNTRY, ("GE", "FR", "ID", "MX")[number])
    return True


def the_same_search(member, number):
    with transaction():
        return save_search(member, SavedQuery("gifts"), name=str(number)).id


@pytest.mark.parametrize(
    ("act", "kept"), [(one_list, Shortlist), (one_search, Follow), (one_country, Follow)]
)
def test_no_cap_is_overrun(hub_engine, monkeypatch, act, kept):
    monkeypatch.setattr(service, "MOST_SHORTLISTS", MOST)
    monkeypatch.setattr(service, "shortlist_count", slowly(service.shortlist_count))
    for rules in (search_rules, follow_rules):
        monkeypatch.setattr(rules, "MOST_FOLLOWS", MOST)
        monkeypatch.setattr(rules, "follow_count", slowly(rules.follow_count))
    with session_scope(hub_engine):
        make_member()
    assert at_once(hub_engine, act).count(True) == MOST
    with session_scope(hub_engine):
        assert session().scalar(select(func.count(kept.id))) == MOST


def test_the_same_search_from_two_windows_is_saved_once(hub_engine):
    with session_scope(hub_engine):
        make_member()
    assert len(set(at_once(hub_engine, the_same_search))) == 1


def test_changes_of_one_list_wait_for_one_another_in_one_order(hub_engine, monkeypatch):
    """Each change holds the list before what stands on it: two that go the other way would wait for each other."""
    monkeypatch.setattr(service, "hold", slowly(service.hold))
    with session_scope(hub_engine):
        shortlist_of(make_member(), *(published(make_scene()).innovation for _ in range(2)))

    def act(member, number):
        for _ in range(ROUNDS):
            # that another window was faster is no failure here
            with suppress(StaleVersionError), transaction():
                shortlist = session().scalars(select(Shortlist)).one()
                entry = session().scalars(select(ShortlistEntry).order_by(ShortlistEntry.position)).first()
                if number == 0:
                    save_note(member, entry, note="x", version=entry.version)
                elif number == 1:
                    move_entry(member, entry, places=1)
                else:
                    save_shortlist(member, shortlist, name="x", note="", version=shortlist.version)
        return True

    assert at_once(hub_engine, act, windows=3) == [True] * 3
