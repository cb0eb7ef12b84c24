"""Service levels are kept once, however many workers keep them and whatever fails meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from huey import SqliteHuey

from hub.access.viewer import Role
from hub.collaboration.levels import ending
from hub.collaboration.models import CollaborationRequest, RequestStatus, ServiceLevelStep
from hub.core.database import make_engine, session, session_scope
from hub.core.errors import ConflictError
from hub.jobs import collaboration
from hub.jobs.collaboration import Duty, keep_service_levels, schedule_collaboration
from hub.migrations import upgrade
from hub.notifications.models import Notification
from tests.collaboration.requests import opened_request
from tests.factories import make_member
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL

MONDAY = datetime(2026, 3, 9, 10, tzinfo=UTC)
LATER = MONDAY + timedelta(days=15)


def store(number):
    """Store requests on a Monday, of which half expire before it is looked at; nobody answers them."""
    poster = make_member(country="GE")
    make_member(focal_country="GE")
    make_member(roles=[Role.COORDINATOR])
    for place in range(number):
        days = {"days": 3, "expires_at": MONDAY + timedelta(days=4)} if place % 2 else {"days": 60}
        opened_request(poster, **days)


def told(kind):
    return session().query(Notification).filter_by(kind=kind).count()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_workers_at_once_tell_everything_once(tmp_path, kind):
    if kind == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, kind) as address:
        engine = make_engine(address)
        try:
            upgrade(engine)
            with session_scope(engine), time_machine.travel(MONDAY, tick=False):
                store(10)
            begin = Barrier(2)

            def work(_):
                begin.wait()
                return keep_service_levels(engine)

            with time_machine.travel(LATER, tick=True), ThreadPoolExecutor(2) as pool:
                done = list(pool.map(work, range(2)))
                assert keep_service_levels(engine) == {}
            with session_scope(engine):
                assert [told(each) for each in ("request_expired", "unanswered_in_country")] == [5, 5]
                assert told("unanswered_long") == 5
                assert session().query(ServiceLevelStep).count() == 10
            assert {name: sum(each.get(name, 0) for each in done) for name in ("expired", "escalated")} == {
                "expired": 5,
                "escalated": 10,
            }
        finally:
            engine.dispose()


@pytest.mark.db
@pytest.mark.parametrize("error", [ConflictError(), KeyError("a mistake")])
def test_what_fails_keeps_nothing_else_from_being_done(database, monkeypatch, error):
    with time_machine.travel(MONDAY, tick=False):
        store(6)
    failed = []

    def fails_once(number):
        if not failed:
            failed.append(number)
            raise error
        return ending.expire(number)

    monkeypatch.setattr(
        collaboration,
        "DUTIES",
        (Duty("expired", ending.due_to_expire, fails_once), *collaboration.DUTIES[1:]),
    )
    with time_machine.travel(LATER, tick=False):
        assert keep_service_levels(database.get_bind())["expired"] == 2
        assert keep_service_levels(database.get_bind()) == {"expired": 1}
    database.expire_all()
    states = [each.status for each in session().query(CollaborationRequest)]
    assert states.count(RequestStatus.EXPIRED) == 3


@pytest.mark.db
def test_more_than_fit_in_one_go_are_done_the_next_time(database, monkeypatch):
    monkeypatch.setattr(ending, "AT_A_TIME", 2)
    with time_machine.travel(MONDAY, tick=False):
        store(6)
    with time_machine.travel(LATER, tick=False):
        bind = database.get_bind()
        assert [keep_service_levels(bind).get("expired", 0) for _ in range(3)] == [2, 1, 0]


def test_service_levels_are_on_the_schedule(tmp_path, database):
    queue = SqliteHuey("test", filename=str(tmp_path / "jobs.sqlite"))
    schedule_collaboration(queue, database.get_bind())
    at_five, at_six = datetime(2026, 3, 9, 10, 5, tzinfo=UTC), datetime(2026, 3, 9, 10, 6, tzinfo=UTC)
    assert [len(queue.read_periodic(moment)) for moment in (at_five, at_six)] == [1, 0]
    queue.storage.close()
