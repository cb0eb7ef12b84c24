"""Digests: one for each member, frequency and period; nothing twice, whoever is killed or set back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine

from hub.core.database import make_engine, session, session_scope, transaction
from hub.jobs import digests as job
from hub.jobs.digests import make_digests
from hub.members.models import MemberStatus
from hub.migrations import upgrade
from hub.notifications import digests as rules
from hub.notifications.digests import forget_notifications, next_period, period_of
from hub.notifications.models import Digest, Frequency, Notification, Topic
from hub.notifications.service import choose_frequency, mark_read
from tests.factories import make_member
from tests.journeys.live import database_address
from tests.notifications.people import DAILY, SATURDAY, WEEKLY, digests, gathered, mails, tell
from tests.postgres import POSTGRES_URL

SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 16)


def test_a_period_begins_at_six_and_a_week_on_monday():
    assert period_of(DAILY, datetime(2026, 11, 21, 5, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert period_of(DAILY, datetime(2026, 11, 21, 6, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert period_of(WEEKLY, datetime(2026, 11, 16, 5, 59, tzinfo=UTC)) == date(2026, 11, 9)
    assert period_of(WEEKLY, datetime(2026, 11, 22, 23, 0, tzinfo=UTC)) == MONDAY


@pytest.fixture
def clock(database):
    """A clock that stands on a Saturday, after the digests of the day."""
    with time_machine.travel(SATURDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def run(database):
    """Have the job run as the worker does."""

    def make():
        session().commit()
        return make_digests(database.get_bind())

    return make


@pytest.mark.db
def test_what_waits_becomes_one_mail_the_next_morning(clock, run):
    ana, ben = make_member(language="fr"), make_member()
    tell(ana)
    tell(ana, "followed_published", "innovation:" + "i" * 22)
    tell(ben)
    assert run() == 0  # what happened after six waits for tomorrow
    clock.move_to(SATURDAY + timedelta(days=1))
    assert run() == 2
    assert run() == 0
    assert digests() == [(DAILY, SUNDAY, 2), (DAILY, SUNDAY, 1)]
    first, second = mails()
    assert (first.kind, first.member_id, first.language) == ("digest", ana.id, "fr")
    assert first.parameters["frequency"] == "daily"
    assert second.member_id == ben.id


@pytest.mark.db
def test_nothing_new_is_no_mail(clock, run):
    ana = make_member()
    told = tell(ana)
    with transaction():
        mark_read(ana, [told.public_id])
    clock.move_to(SATURDAY + timedelta(days=1))
    assert run() == 0
    assert mails() == []


@pytest.mark.db
def test_what_was_told_once_is_not_told_again(clock, run):
    ana = make_member()
    tell(ana)
    clock.move_to(SATURDAY + timedelta(days=1))
    run()
    tell(ana, subject="country:FR")
    clock.move_to(SATURDAY + timedelta(days=2))
    run()
    assert [count for _frequency, _period, count in digests()] == [1, 1]


@pytest.mark.db
def test_a_clock_that_goes_back_repeats_nothing(clock, run):
    ana = make_member()
    tell(ana)
    clock.move_to(SATURDAY + timedelta(days=1))
    assert run() == 1
    clock.move_to(SATURDAY)
    tell(ana, subject="country:FR")
    assert run() == 0
    clock.move_to(SATURDAY + timedelta(days=1))
    assert run() == 0  # this day has its digest
    clock.move_to(SATURDAY + timedelta(days=2))
    assert run() == 1
    assert len(mails()) == 2


@pytest.mark.db
def test_a_worker_that_was_away_makes_one_digest_of_all(clock, run):
    ana = make_member()
    tell(ana)
    clock.move_to(SATURDAY + timedelta(days=3))
    tell(ana, subject="country:FR")
    clock.move_to(SATURDAY + timedelta(days=5))
    assert run() == 1
    assert [count for *_, count in digests()] == [2]


@pytest.mark.db
def test_weekly_topics_wait_for_monday(clock, run):
    ana = make_member()
    with transaction():
        choose_frequency(ana, Topic.FOLLOWING, WEEKLY)
    tell(ana)
    clock.move_to(SATURDAY + timedelta(days=1))
    assert run() == 0
    clock.move_to(SATURDAY + timedelta(days=2))
    assert run() == 1
    assert digests() == [(WEEKLY, date(2026, 11, 23), 1)]


@pytest.mark.db
def test_whose_account_closed_gets_no_digest(clock, run):
    ana = make_member()
    tell(ana)
    ana.status = MemberStatus.SUSPENDED
    clock.move_to(SATURDAY + timedelta(days=1))
    assert run() == 0


@pytest.mark.db
def test_who_is_killed_in_the_middle_leaves_the_rest_for_the_next(clock, run, monkeypatch):
    members = [make_member() for _ in range(5)]
    for member in members:
        tell(member)
    clock.move_to(SATURDAY + timedelta(days=1))
    monkeypatch.setattr(rules, "AT_A_TIME", 2)
    gather, calls = job.gather, []

    def die_at_the_second(*arguments):
        calls.append(1)
        made = gather(*arguments)
        if len(calls) == 2:
            raise SystemExit
        return made

    with monkeypatch.context() as patch:
        patch.setattr(job, "gather", die_at_the_second)
        with pytest.raises(SystemExit):
            run()
    assert len(mails()) == 2
    assert run() == 3
    assert sorted(each.member_id for each in mails()) == [each.id for each in members]
    assert session().query(Notification).filter(Notification.waits).count() == 0


@pytest.mark.db
def test_digests_out_of_turn_take_a_period_of_their_own(clock):
    ana = make_member()
    tell(ana)
    later = SATURDAY + timedelta(seconds=1)
    assert gathered(DAILY, next_period(DAILY), until=later) == 1
    tell(ana, subject="country:FR")
    assert next_period(DAILY) == SATURDAY.date() + timedelta(days=1)
    assert gathered(DAILY, next_period(DAILY), until=later) == 1
    assert len(mails()) == 2


@pytest.mark.parametrize("frequency", [Frequency.OFF, Frequency.AT_ONCE])
def test_other_frequencies_gather_nothing(frequency):
    with pytest.raises(ValueError, match=frequency.value):
        rules.gather(frequency, MONDAY)


@pytest.mark.db
def test_old_notifications_are_forgotten(clock):
    ana = make_member()
    read, _unread = tell(ana), tell(ana)
    gathered(DAILY, SUNDAY)
    with transaction():
        mark_read(ana, [read.public_id])
    for days, kept, made in ((89, 2, 1), (91, 1, 1), (366, 0, 0)):
        clock.move_to(SATURDAY + timedelta(days=days))
        with transaction():
            forget_notifications()
        assert session().query(Notification).count() == kept
        assert session().query(Digest).count() == made


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_workers_at_once_make_each_digest_once(tmp_path, kind, monkeypatch):
    if kind == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    monkeypatch.setattr(rules, "AT_A_TIME", 3)
    with database_address(tmp_path, kind) as address:
        engine = make_engine(address)
        try:
            upgrade(engine)
            with session_scope(engine), time_machine.travel(SATURDAY, tick=False):
                for _ in range(10):
                    tell(make_member())
            begin = Barrier(2)

            def work(_):
                begin.wait()
                return make_digests(engine)

            tomorrow = time_machine.travel(SATURDAY + timedelta(days=1), tick=True)
            with tomorrow, ThreadPoolExecutor(2) as pool:
                made = sum(pool.map(work, range(2)))
            with session_scope(engine):
                assert made == len(mails()) == len(digests()) == 10
                assert session().query(Notification).filter(Notification.waits).count() == 0
        finally:
            engine.dispose()
