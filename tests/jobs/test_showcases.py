"""What the clock does about showcases is done once, at its time, however many workers look and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from huey import SqliteHuey

from hub.audit.models import AuditEntry
from hub.core.database import make_engine, session, session_scope
from hub.jobs.showcases import keep_showcases, look_after_people, schedule_showcases
from hub.members.models import MemberStatus
from hub.migrations import upgrade
from hub.notifications.models import Notification
from hub.showcases.models import (
    EntryStatus,
    PresenterStatus,
    RegistrationStatus,
    Showcase,
    ShowcaseStatus,
    ShowcaseTally,
)
from tests.collaboration.acts import told
from tests.factories import make_member
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL
from tests.showcases.past import past_showcase, shown_entry
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    MEMBERS,
    confirmed_entry,
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    registered,
)

MONDAY = datetime(2026, 3, 9, 10, tzinfo=UTC)
DAY = timedelta(days=1)

KINDS = {"showcase_over", "materials_wanted", "report_due"}
"""What is told when a showcase closes."""


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def keep_at(database):
    """Do at a moment what is due then; return how much by duty."""

    def keep(moment):
        database.commit()
        with time_machine.travel(moment, tick=False):
            done = keep_showcases(database.get_bind())
            assert keep_showcases(database.get_bind()) == {}, "a second time there is nothing left to do"
        database.expire_all()
        return done

    return keep


def events(thing):
    entries = session().query(AuditEntry).filter_by(subject=thing.subject).order_by(AuditEntry.number)
    return [each.tag for each in entries]


@pytest.mark.db
def test_a_call_is_closed_a_minute_after_its_end_and_its_judges_are_told(keep_at):
    curator, conflicted = make_curator(), make_curator()
    showcase = opened_showcase(curator, team=[conflicted], call_closes_at=MONDAY + DAY)
    entry = proposed_entry(showcase, by=conflicted, organisation_id=None)
    assert keep_at(MONDAY + DAY) == {}
    assert keep_at(MONDAY + DAY + timedelta(minutes=1)) == {"calls_closed": 1}
    assert (showcase.status, entry.status) == (ShowcaseStatus.REVIEW, EntryStatus.UNDER_REVIEW)
    assert told(curator) == ["entries_to_score"]
    assert told(conflicted) == []
    assert events(showcase) == ["showcase:close_call"]


@pytest.mark.db
def test_a_showcase_begins_and_closes_by_itself_and_asks_for_what_is_missing(keep_at):
    curator, owner, visitor, waiting = make_curator(), make_member(), make_member(), make_member()
    showcase = published_showcase(curator, starts_in=2 * DAY)
    make_slot(showcase, confirmed_entry(showcase, by=owner, organisation_id=None))
    registered(showcase, visitor)
    registered(showcase, waiting, status=RegistrationStatus.WAITING)
    assert keep_at(MONDAY + DAY) == {"reminded": 1}
    assert (told(visitor), told(waiting)) == (["showcase_soon"], [])
    assert keep_at(showcase.starts_at) == {"begun": 1}
    assert showcase.status is ShowcaseStatus.LIVE
    assert keep_at(showcase.ends_at) == {"closed": 1}
    assert (showcase.status, showcase.closed_at) == (ShowcaseStatus.CLOSED, showcase.ends_at)
    assert told(visitor) == ["showcase_soon", "showcase_over"]
    assert told(owner) == ["materials_wanted"]
    assert told(curator) == ["report_due"]
    assert events(showcase) == ["showcase:go_live", "showcase:close"]


@pytest.mark.db
def test_another_date_is_reminded_of_anew(keep_at):
    visitor = make_member()
    showcase = published_showcase(starts_in=2 * DAY)
    registered(showcase, visitor)
    assert keep_at(MONDAY + DAY) == {"reminded": 1}
    showcase.starts_at, showcase.ends_at = MONDAY + 5 * DAY, MONDAY + 6 * DAY
    assert keep_at(MONDAY + 3 * DAY) == {}
    assert keep_at(MONDAY + 4 * DAY) == {"reminded": 1}
    assert told(visitor) == ["showcase_soon", "showcase_soon"]


@pytest.mark.db
def test_a_hub_that_was_off_for_days_catches_up_in_order(keep_at):
    showcase = published_showcase(starts_in=DAY)
    registered(showcase, make_member())
    assert keep_at(MONDAY + 10 * DAY) == {"begun": 1, "closed": 1}
    assert showcase.status is ShowcaseStatus.CLOSED


@pytest.mark.db
@pytest.mark.parametrize("status", [ShowcaseStatus.REVIEW, ShowcaseStatus.CANCELLED, ShowcaseStatus.DRAFT])
def test_what_was_never_published_neither_begins_nor_closes(keep_at, status):
    showcase = opened_showcase(status=status, starts_in=DAY)
    assert keep_at(MONDAY + 10 * DAY) == {}
    assert showcase.status is status


@pytest.mark.db
def test_it_is_counted_with_the_report_and_after_half_a_year_and_a_year(keep_at):
    owner = make_member()
    showcase = past_showcase()
    shown_entry(showcase, by=owner, organisation_id=None)
    registered(showcase, checked_in_at=MONDAY)
    registered(showcase)
    end = showcase.ends_at
    assert "counted" not in keep_at(end + 29 * DAY)
    assert keep_at(end + 30 * DAY)["counted"] == 1
    assert keep_at(end + 182 * DAY) == {"counted": 1}
    assert keep_at(end + 365 * DAY) == {"counted": 1}
    tallies = session().query(ShowcaseTally).order_by(ShowcaseTally.months).all()
    assert [each.months for each in tallies] == [0, 6, 12]
    for each in tallies:
        assert (each.entries, each.presented, each.registrations, each.attended) == (1, 1, 2, 1)
    assert told(owner) == ["showcase_follow_up", "showcase_follow_up"]


@pytest.mark.db
def test_a_count_that_was_missed_is_not_made_up_by_a_later_one(keep_at):
    showcase = past_showcase(status=ShowcaseStatus.REPORTED)
    assert keep_at(showcase.ends_at + 400 * DAY)["counted"] == 1
    assert [each.months for each in session().query(ShowcaseTally)] == [12]


@pytest.mark.db
def test_of_what_was_compiled_nothing_is_counted(keep_at):
    showcase = past_showcase(status=ShowcaseStatus.REPORTED, is_compiled=True)
    assert keep_at(showcase.ends_at + 400 * DAY) == {}


@pytest.mark.db
def test_access_needs_and_guests_are_erased_after_thirty_days(keep_at):
    showcase = past_showcase(status=ShowcaseStatus.REPORTED)
    member = registered(showcase, access_needs="A ramp")
    guest = registered(showcase, guest_name="Ada", guest_email="ada@example.org", access_needs="Subtitles")
    assert "forgotten" not in keep_at(showcase.ends_at + 29 * DAY)
    assert keep_at(showcase.ends_at + 30 * DAY)["forgotten"] == 1
    assert (member.access_needs, guest.access_needs, guest.guest_name, guest.guest_email) == ("", "", "", "")


@pytest.mark.db
def test_who_may_no_longer_see_a_showcase_loses_the_place_and_a_presenter_who_left_is_noted(database):
    officer, colleague = (make_member(law_enforcement="GE") for _ in range(2))
    showcase = published_showcase(readership=GEORGIAN_POLICE)
    place, other = registered(showcase, officer), registered(showcase, colleague)
    everybody = published_showcase(readership=MEMBERS)
    owner = make_member()
    entry = confirmed_entry(everybody, by=owner, presenters=[make_member()], organisation_id=None)
    bind = database.get_bind()
    assert look_after_people(bind) == {}
    officer.status = entry.presenters[0].member.status = MemberStatus.SUSPENDED
    database.commit()
    assert look_after_people(bind) == {"presenters_missing": 1, "let_go": 1}
    assert look_after_people(bind) == {}
    database.expire_all()
    assert (place.status, other.status) == (RegistrationStatus.CANCELLED, RegistrationStatus.REGISTERED)
    assert entry.presenters[0].status is PresenterStatus.GONE
    assert told(owner) == ["presenter_missing"]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_workers_at_once_do_everything_once(tmp_path, kind):
    if kind == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, kind) as address:
        engine = make_engine(address)
        try:
            upgrade(engine)
            with session_scope(engine), time_machine.travel(MONDAY, tick=False):
                visitor = make_member()
                for _ in range(6):
                    showcase = published_showcase(starts_in=DAY)
                    make_slot(showcase, confirmed_entry(showcase))
                    registered(showcase, visitor)
            begin = Barrier(2)

            def work(_):
                begin.wait()
                return keep_showcases(engine)

            with time_machine.travel(MONDAY + 3 * DAY, tick=True), ThreadPoolExecutor(2) as pool:
                done = list(pool.map(work, range(2)))
                assert keep_showcases(engine) == {}
            assert {name: sum(each.get(name, 0) for each in done) for name in ("begun", "closed")} == {
                "begun": 6,
                "closed": 6,
            }
            with session_scope(engine):
                found = session().query(Notification).filter(Notification.kind.in_(KINDS)).all()
                heard = [(each.kind, each.subject, each.member_id) for each in found]
                assert {kind for kind, _subject, _member in heard} == KINDS
                assert len(heard) == len(set(heard))
                assert sum(kind == "showcase_over" for kind, _subject, _member in heard) == 6
                assert {each.status for each in session().query(Showcase)} == {ShowcaseStatus.CLOSED}
        finally:
            engine.dispose()


def test_showcases_are_on_the_schedule(tmp_path, database):
    queue = SqliteHuey("test", filename=str(tmp_path / "jobs.sqlite"))
    schedule_showcases(queue, database.get_bind())
    minutes = [datetime(2026, 3, 9, 10, minute, tzinfo=UTC) for minute in (5, 6, 19)]
    assert [len(queue.read_periodic(moment)) for moment in minutes] == [1, 0, 1]
    queue.storage.close()
