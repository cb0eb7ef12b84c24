"""Signing in, staying signed in, signing out, and slowing down whoever guesses."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.core import passwords
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import InvalidError, TooManyError
from hub.members import signing_in
from hub.members.models import (
    Member,
    MemberStatus,
    SignInAttempt,
    SignInSession,
)
from hub.members.queries import is_touch_due, session_by_token
from tests.members.conftest import EMAIL, NETWORK, NOON, PASSWORD

pytestmark = pytest.mark.db


def begin(email=EMAIL, network=NETWORK, **options):
    with transaction():
        return signing_in.begin_attempt(email, network, **options)


def sign_in(email=EMAIL, password=PASSWORD, user_agent="Firefox"):
    attempt = begin(email)
    checked = signing_in.check_password(email, password)
    with transaction():
        return signing_in.open_session(checked, attempt, user_agent).token


def fail(times, email=EMAIL, network=NETWORK):
    for _ in range(times):
        begin(email, network, is_limited=False)


def refused_for(email=EMAIL, network=NETWORK):
    with pytest.raises(TooManyError) as refused:
        begin(email, network)
    return refused.value.retry_after


def live(token):
    return session_by_token(token, now())


def test_the_right_password_opens_a_session(nino):
    token = sign_in("  NINO@Example.org ", user_agent="x" * 500)
    opened = live(token)
    assert opened.member.email == EMAIL
    assert opened.user_agent == "x" * 200
    assert opened.created_at == opened.last_seen_at == NOON


def test_the_token_itself_is_not_stored(nino, database):
    token = sign_in()
    assert len(token) >= 43
    assert token not in str(database.execute(select(SignInSession.__table__)).all())


def test_each_sign_in_has_its_own_token(nino):
    first, second = sign_in(), sign_in()
    assert first != second
    assert live(first).id != live(second).id


@pytest.mark.parametrize(("email", "password"), [(EMAIL, PASSWORD + "x"), ("nobody@example.org", PASSWORD)])
def test_wrong_password_and_unknown_address_answer_alike(nino, email, password):
    with pytest.raises(InvalidError) as refused:
        signing_in.check_password(email, password)
    assert (refused.value.message, refused.value.field) == (signing_in.REFUSED, "")


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org", "", "\ud800", "\x00", "x" * 100_000])
def test_known_and_unknown_addresses_cost_one_hash(nino, email, monkeypatch):
    calls = []
    monkeypatch.setattr(signing_in, "verify_password", lambda *given: bool(calls.append(given)))
    with pytest.raises(InvalidError):
        signing_in.check_password(email, "wrong")
    assert len(calls) == 1


@pytest.mark.parametrize("status", [MemberStatus.DECLINED, MemberStatus.SUSPENDED])
def test_a_closed_account_answers_like_a_wrong_password(make_member, hashed, status):
    make_member(password_hash=hashed, status=status)
    with pytest.raises(InvalidError) as refused:
        signing_in.check_password(EMAIL, PASSWORD)
    assert refused.value.message == signing_in.REFUSED


def test_an_applicant_may_sign_in(make_member, hashed):
    make_member(password_hash=hashed, status=MemberStatus.APPLIED)
    assert live(sign_in()) is not None


def test_an_account_without_password_cannot_be_opened(make_member):
    make_member()
    with pytest.raises(InvalidError):
        signing_in.check_password(EMAIL, "")


@pytest.mark.parametrize("change", [{"status": MemberStatus.SUSPENDED}, {"password_hash": "changed"}])
def test_a_change_since_the_check_refuses_the_session(nino, change):
    attempt = begin()
    checked = signing_in.check_password(EMAIL, PASSWORD)
    with transaction() as opened:
        for column, value in change.items():
            setattr(opened.get(Member, nino.id), column, value)
    with pytest.raises(InvalidError), transaction():
        signing_in.open_session(checked, attempt, "")


def test_a_weaker_hash_is_renewed_at_sign_in(make_member):
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    member = make_member(password_hash=weak)
    sign_in()
    assert not passwords.needs_rehash(member.password_hash)


def test_the_attempt_counts_before_the_password_is_looked_at(nino, database):
    begin()
    assert database.scalar(select(func.count()).select_from(SignInAttempt)) == 1
    assert not database.scalar(select(SignInAttempt.succeeded))


def test_an_attempt_names_neither_address_nor_host(nino, database):
    begin(network="2001:db8:1:2:3:4:5:6")
    stored = database.scalars(select(SignInAttempt)).one()
    assert EMAIL not in stored.account_key
    assert stored.network_key == "2001:db8:1:2::"


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_the_delay_grows_alike_for_known_and_unknown_addresses(nino, clock, email):
    fail(3, email)
    assert refused_for(email) == 1
    clock.shift(1)
    begin(email)
    assert refused_for(email) == 2
    clock.shift(2)
    begin(email)
    assert refused_for(email) == 4


def test_a_refused_try_does_not_lengthen_the_wait(nino, clock):
    fail(3)
    for _ in range(5):
        assert refused_for() == 1
    clock.shift(1)
    begin()


def test_success_ends_the_delay(nino, clock):
    fail(3)
    clock.shift(1)
    sign_in()
    begin()
    begin()


def test_strangers_elsewhere_do_not_delay_the_member(nino):
    fail(9, network="198.51.100.7")
    begin()


def test_ten_failures_of_a_pair_close_it_for_at_most_five_minutes(nino, clock):
    fail(10)
    assert refused_for() == 300
    clock.shift(300)
    begin()


def test_a_workshop_behind_one_address_goes_on(nino):
    for number in range(33):
        fail(3, f"guest{number}@example.org")
    begin()


def test_a_hundred_failures_close_a_network(nino):
    for number in range(50):
        fail(2, f"guest{number}@example.org")
    assert refused_for() == 300
    begin(network="198.51.100.7")


def test_a_thousand_failures_in_all_close_the_door(nino, database):
    rows = [
        SignInAttempt(account_key="0" * 64, network_key=f"net{n}", attempted_at=NOON) for n in range(1_000)
    ]
    with transaction() as opened:
        opened.add_all(rows)
    assert refused_for() == 300


def test_limits_can_be_turned_off_for_benchmarks(nino):
    fail(200)


def test_old_attempts_are_forgotten(nino, clock, database):
    fail(5)
    clock.shift(timedelta(hours=24))
    begin()
    assert database.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_sessions_and_attempts_are_forgotten_after_a_day(nino, clock, database):
    sign_in()
    clock.shift(timedelta(hours=23))
    sign_in()
    clock.shift(timedelta(hours=1))
    with transaction():
        assert signing_in.forget_old() == 1
    assert database.scalar(select(func.count()).select_from(SignInSession)) == 1
    assert database.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def lives_for(clock, token, minutes):
    """Whether a session lives for `minutes` without a click."""
    clock.shift(timedelta(minutes=minutes) - timedelta(seconds=1))
    alive = live(token) is not None
    clock.shift(timedelta(seconds=1))
    return alive and live(token) is None


def test_a_member_may_be_idle_for_eight_hours(nino, clock):
    assert lives_for(clock, sign_in(), 8 * 60)


def test_a_session_ends_after_twelve_hours_however_busy(nino, clock):
    token = sign_in()
    for _ in range(11):
        clock.shift(timedelta(hours=1))
        with transaction():
            signing_in.touch_session(live(token).id)
    assert lives_for(clock, token, 60)


def test_a_click_is_written_once_a_minute(nino, clock):
    token = sign_in()
    clock.shift(59)
    assert not is_touch_due(live(token), now())
    clock.shift(1)
    opened = live(token)
    assert is_touch_due(opened, now())
    with transaction():
        signing_in.touch_session(opened.id)
    assert live(token).last_seen_at == NOON + timedelta(seconds=60)


def test_a_suspension_ends_what_is_open(nino):
    token = sign_in()
    with transaction() as opened:
        opened.get(Member, nino.id).status = MemberStatus.SUSPENDED
    assert live(token) is None


def test_signing_out_ends_this_session_only(nino):
    here, there = sign_in(), sign_in()
    with transaction():
        signing_in.end_session(here)
    assert live(here) is None
    assert live(there) is not None


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "é" * 10_000])
def test_a_forged_token_opens_nothing(nino, token):
    sign_in()
    assert live(token) is None
