"""What is kept of public figures: as long as nothing was decided and the minute lasts, and never a draft."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session_scope, transaction
from hub.insights import kept as keeping
from hub.insights.kept import forget, kept
from hub.insights.version import Span, public_version


@pytest.fixture
def asked(database):
    """Counts how often something was made, after the log got an entry."""
    del database
    log_something()
    forget()
    made = []

    def make():
        made.append(1)
        return len(made)

    return lambda **how: kept("figure", make, **how)


def log_something():
    with transaction():
        record(VISITOR, Event.MEMBER_APPLY, "member:somebody")


def test_the_same_is_given_again_while_nothing_was_decided(asked):
    assert (asked(), asked()) == (1, 1)


def test_a_decision_has_it_made_anew(asked, monkeypatch):
    assert asked() == 1
    # what was kept before stays, as in another process: the stamp alone tells
    monkeypatch.setattr("tests.conftest.forget", lambda: None)
    log_something()
    assert asked() == 2


def test_the_clock_has_it_made_anew(asked, monkeypatch):
    assert asked() == 1
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert asked() == 2


def test_what_holds_for_a_day_is_kept_for_a_day(asked, monkeypatch):
    noon = clock.now().replace(hour=12)
    monkeypatch.setattr(clock, "now", lambda: noon)
    assert asked(span=Span.DAY) == 1
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=3))
    assert asked(span=Span.DAY) == 1


def test_inside_a_transaction_nothing_is_kept(asked):
    assert asked() == 1
    with transaction():
        assert (asked(), asked()) == (2, 3)


def test_before_anything_was_logged_nothing_is_kept(database):
    assert public_version() is None


def test_many_who_ask_at_once_have_it_made_once(engine, asked, monkeypatch):
    version = public_version()
    monkeypatch.setattr(keeping, "public_version", lambda _span: version)
    barrier, found = Barrier(4), []

    def ask():
        with session_scope(engine):
            barrier.wait()
            found.append(asked())

    threads = [Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [1, 1, 1, 1]


def test_what_was_asked_for_longest_ago_leaves_first(asked, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    assert asked() == 1
    for name in ("other", "third"):
        kept(name, lambda: 0)
    assert asked() == 2
