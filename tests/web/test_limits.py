"""Limits: searches by session or network, keys of one's own, and a Redis that is away."""

import time

import pytest
from flask import Flask

from hub.app import create_app
from hub.config import Settings
from hub.core.errors import TooManyError
from hub.web import counting
from hub.web.limits import (
    JOINING,
    JOINING_ADDRESS,
    RESETS,
    RESETS_ADDRESS,
    SEARCHES,
    address,
    browser,
    limiter,
    network,
    spend,
)
from tests.factories import make_member

BURST = 20
UNREACHABLE = "redis://127.0.0.1:1/0"


@pytest.fixture
def limited(app, monkeypatch):
    """The application with the limit on searches that other tests go without."""
    monkeypatch.setattr("hub.web.finding.page.SEARCHES", SEARCHES)
    return app


def statuses(client, times, address="/innovations?q=ledger", **options):
    client.nags = False
    return [client.get(address, **options).status_code for _ in range(times)]


@pytest.fixture
def at_once(monkeypatch):
    """Let no time pass, however slow this machine is."""
    moment = [time.time()]
    monkeypatch.setattr(time, "time", lambda: moment[0])

    def later(seconds):
        moment[0] += seconds

    return later


def test_twenty_searches_at_once_are_answered_and_no_more(limited, client, at_once):
    assert statuses(client, BURST + 1) == [200] * BURST + [429]
    at_once(4.1)
    assert statuses(client, 1) == [200]


def test_who_searches_too_fast_reads_why_and_keeps_the_search(limited, client, at_once):
    asked = "/innovations?q=ledger+%3Cb%3E&country=GE&sort=newest"
    statuses(client, BURST, asked)
    client.nags = True
    answer = client.get(asked)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 5
    assert "20 searches within four seconds" in answer.text
    assert 'value="ledger &lt;b&gt;"' in answer.text
    assert '<input type="hidden" name="country" value="GE">' in answer.text
    assert 'href="/innovations?q=ledger+%3Cb%3E&amp;country=GE&amp;sort=newest"' in answer.text


def test_filters_that_are_ticked_too_fast_count_too(limited, client, at_once):
    headers = {"HX-Request": "true"}
    assert statuses(client, BURST) == [200] * BURST
    answer = client.get("/innovations?q=ledger", headers=headers)
    assert answer.status_code == 429
    assert answer.text.lstrip().startswith('<div id="results"')
    assert "<!doctype" not in answer.text.lower()


def test_each_session_has_searches_of_its_own(limited, client, new_client, at_once):
    member = make_member()
    first, second = new_client().become(member), new_client().become(member)
    assert statuses(client, BURST + 1)[-1] == 429
    assert statuses(first, BURST + 1)[-1] == 429
    assert statuses(second, 1) == [200]


def test_a_made_up_session_has_none(limited, client, new_client, at_once):
    assert statuses(client, BURST)[-1] == 200
    stranger = new_client()
    stranger.set_cookie("hub", "x" * 43, domain="localhost")
    assert statuses(stranger, 1) == [429]


def test_networks_are_told_apart(limited, client, at_once):
    here, there = ({"REMOTE_ADDR": each} for each in ("2001:db8::1", "2001:db8:0:1::1"))
    neighbour = {"REMOTE_ADDR": "2001:db8::2"}
    assert statuses(client, BURST, environ_overrides=here)[-1] == 200
    assert statuses(client, 1, environ_overrides=neighbour) == [429]
    assert statuses(client, 1, environ_overrides=there) == [200]


def used_up(limit, times, **options):
    """Spend so often, and return whether the last one was too many."""
    for _ in range(times - 1):
        spend(limit, **options)
    try:
        spend(limit, **options)
    except TooManyError:
        return True
    return False


@pytest.fixture
def asked(app):
    """A request of a visitor."""
    with app.test_request_context("/join", environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        yield app


@pytest.mark.parametrize(
    ("per_network", "per_address"),
    [(JOINING, JOINING_ADDRESS), (RESETS, RESETS_ADDRESS)],
    ids=["join", "reset"],
)
def test_joining_and_resets_count_by_network_and_by_address(asked, database, per_network, per_address):
    assert not used_up(per_network, 20, key=network())
    assert used_up(per_network, 1, key=network())
    assert not used_up(per_address, 3, key=address("Ana@example.org "))
    assert used_up(per_address, 1, key=address("ana@EXAMPLE.org"))
    assert not used_up(per_address, 1, key=address("nino@example.org"))


def test_joining_and_resets_do_not_share_a_count(asked, database):
    assert not used_up(JOINING_ADDRESS, 3, key=address("ana@example.org"))
    assert not used_up(RESETS_ADDRESS, 3, key=address("ana@example.org"))


def test_an_address_cannot_be_read_from_its_key(asked):
    assert "ana" not in address("ana@example.org")
    assert address("\ud800") != address("\ud801")


def test_a_visitor_is_known_by_the_network_only(asked, database):
    assert browser() == network() == "network:203.0.113.9"


def test_limits_that_are_off_count_nothing(app, tmp_path):
    quiet = Flask("quiet")
    quiet.extensions["hub"] = type("Runtime", (), {"settings": Settings(instance=tmp_path, limits="off")})()
    with quiet.test_request_context("/join"):
        assert not used_up(JOINING_ADDRESS, 30, key="x")


# --- Redis ---


@pytest.fixture
def without_redis(app, tmp_path):
    """The settings of a hub whose Redis is away; afterwards limits are counted in memory again."""
    before = app.config["RATELIMIT_STORAGE_URI"]
    settings = Settings(instance=tmp_path / "instance", redis_url=UNREACHABLE)
    yield settings
    app.config["RATELIMIT_STORAGE_URI"] = before
    counting.configure(app, app.extensions["hub"].settings)


def test_a_redis_that_is_away_costs_neither_an_error_nor_time(without_redis):
    counting.configure(Flask("apart"), without_redis)
    started = time.monotonic()
    waits = [counting.wait_for_room(RESETS_ADDRESS, "somebody") for _ in range(5)]
    assert [bool(wait) for wait in waits] == [False, False, False, True, True]
    assert time.monotonic() - started < 2


def test_redis_is_asked_again_after_a_while(without_redis, monkeypatch):
    counting.configure(Flask("apart"), without_redis)
    asked = []
    hit = type(limiter.limiter).hit

    def note(self, limit, *keys, cost=1):
        asked.append(type(self.storage).__name__)
        return hit(self, limit, *keys, cost=cost)

    monkeypatch.setattr(type(limiter.limiter), "hit", note)
    counting.wait_for_room(RESETS, "somebody")
    counting.wait_for_room(RESETS, "somebody")
    assert asked == ["RedisStorage", "MemoryStorage", "MemoryStorage"]
    moment = time.monotonic() + counting.COUNT_ALONE + 1
    monkeypatch.setattr(time, "monotonic", lambda: moment)
    counting.wait_for_room(RESETS, "somebody")
    assert asked[3:] == ["RedisStorage", "MemoryStorage"]


def test_pages_are_answered_while_redis_is_away(without_redis, tmp_path):
    made = create_app(without_redis)
    with made.app_context(), made.test_request_context("/join"):
        assert used_up(JOINING_ADDRESS, 4, key="address:x")


def test_an_address_of_something_else_is_refused(tmp_path):
    with pytest.raises(ValueError, match="HUB_REDIS_URL is written"):
        Settings(instance=tmp_path, redis_url="memcached://127.0.0.1")
