"""The worker: sign of life, housekeeping, a clean end."""

import threading
import time
from datetime import timedelta
from math import inf

import pytest
import time_machine

from hub.audit.checkpoints.queries import latest_checkpoint
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.heartbeats import WORKER, age, beat
from hub.jobs import fairness
from hub.jobs.housekeeping import tidy
from hub.jobs.queue import make_queue
from hub.jobs.worker import give_sign_of_life, run_worker
from hub.members.models import SignInAttempt, SignInSession
from hub.migrations import upgrade
from tests.factories import make_member


@pytest.mark.db
def test_a_heartbeat_has_an_age(database):
    assert age(WORKER) is None
    with time_machine.travel(now() - timedelta(minutes=2), tick=False), transaction():
        beat(WORKER)
    assert timedelta(minutes=2) <= age(WORKER) < timedelta(minutes=3)
    with transaction():
        beat(WORKER)
    assert age(WORKER) < timedelta(minutes=1)


def test_a_database_that_is_away_does_not_stop_the_worker():
    give_sign_of_life(make_engine("sqlite:////no/such/folder/hub.sqlite"))


@pytest.mark.db
def test_housekeeping_deletes_what_is_older_than_a_day(database, tmp_path):
    member = make_member()
    for hours in (1, 25):
        then = now() - timedelta(hours=hours)
        session().add(
            SignInSession(
                token_hash=str(hours), member_id=member.id, created_at=then, last_seen_at=then, user_agent=""
            )
        )
        session().add(SignInAttempt(account_key="a", network_key="b", attempted_at=then, succeeded=False))
    session().commit()
    tidy(database.get_bind(), tmp_path)
    assert [each.token_hash for each in session().query(SignInSession)] == ["1"]
    assert session().query(SignInAttempt).count() == 1


def test_the_worker_beats_indexes_and_ends_when_told(tmp_path):
    settings = Settings(instance=tmp_path)
    engine = make_engine(settings.database_address)
    upgrade(engine)
    stopping = threading.Event()
    worker = threading.Thread(target=run_worker, args=(settings, stopping))
    worker.start()
    try:
        deadline = time.monotonic() + 10
        seen = None
        while seen is None and time.monotonic() < deadline:
            with session_scope(engine):
                seen = age(WORKER)
            time.sleep(0.05)
    finally:
        stopping.set()
        worker.join(15)
    with session_scope(engine):
        signed = latest_checkpoint()
    engine.dispose()
    assert seen is not None
    assert signed is not None
    assert not worker.is_alive()


def test_the_queue_lives_in_the_instance(tmp_path):
    queue = make_queue(Settings(instance=tmp_path / "new"))
    queue.storage.close()
    assert (tmp_path / "new" / "jobs.sqlite").exists()


def test_the_surveyor_goes_on_until_a_day_is_counted_and_ends_when_told(monkeypatch, tmp_path):
    counted = threading.Event()
    answers = iter([False, RuntimeError("the database is away"), True])
    stopped = []

    def count(_bind, _index, folder, elapsed):
        assert folder.parent == tmp_path
        answer = next(answers, None)
        if answer is None:
            counted.set()
            surveyor._stopping.wait(5)
            stopped.append(elapsed())
            return True
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(fairness, "count_exposure", count)
    monkeypatch.setattr(fairness, "BREATH", 0.001)
    surveyor = fairness.Surveyor(None, None, tmp_path, poll=0.001)
    surveyor.start()
    assert counted.wait(5)
    surveyor.stop()
    assert stopped == [inf]
    assert not surveyor._thread.is_alive()
