"""What all second factors share: tries are counted, and a full session begins with a token of its own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import TooManyError
from hub.members.models import SignInAttempt, SignInSession
from hub.members.queries import has_factor, pending_session_by_token, session_by_token
from hub.members.recovery_codes import codes_left, make_recovery_codes
from hub.members.second_factor import (
    IN_AN_HOUR,
    IN_FIVE_MINUTES,
    begin_factor_attempt,
    complete_session,
    remove_all_factors,
)
from hub.members.signing_in import start_session
from tests.codes import give_totp

pytestmark = pytest.mark.db


def begin(member, **options):
    with transaction():
        return begin_factor_attempt(member, **options)


def refused_for(member):
    with pytest.raises(TooManyError) as refused:
        begin(member)
    return refused.value.retry_after


def test_five_wrong_ones_in_five_minutes_close_the_door(nino, clock):
    for _ in range(IN_FIVE_MINUTES):
        begin(nino)
    assert refused_for(nino) == 300
    clock.shift(timedelta(minutes=5))
    begin(nino)


def test_twenty_wrong_ones_in_an_hour_close_it_too(nino, clock):
    for _ in range(IN_AN_HOUR):
        begin(nino)
        clock.shift(timedelta(minutes=2))
    assert refused_for(nino) == 20 * 60
    clock.shift(timedelta(minutes=20))
    begin(nino)


def test_somebody_else_does_not_wait(nino, make_member):
    for _ in range(IN_FIVE_MINUTES):
        begin(nino)
    begin(make_member("other"))


def test_a_refused_try_is_not_counted(nino):
    for _ in range(IN_FIVE_MINUTES):
        begin(nino)
    refused_for(nino)
    assert len(session().scalars(select(SignInAttempt.id)).all()) == IN_FIVE_MINUTES


def test_limits_can_be_off(nino):
    for _ in range(IN_FIVE_MINUTES + 1):
        begin(nino, is_limited=False)


def test_tries_name_nobody(nino):
    begin(nino)
    attempt = session().scalar(select(SignInAttempt))
    assert nino.public_id not in attempt.account_key
    assert attempt.network_key == ""


def test_completing_gives_a_new_token_and_ends_the_pending_session(nino, clock):
    with transaction():
        waiting = start_session(nino.id, "Firefox", is_pending=True)
    attempt = begin(nino)
    clock.shift(timedelta(minutes=3))
    with transaction():
        pending = pending_session_by_token(waiting, now())
        token = complete_session(pending, attempt, "Firefox")
    assert token != waiting
    assert pending_session_by_token(waiting, now()) is None
    assert session_by_token(waiting, now()) is None
    opened = session_by_token(token, now())
    assert opened.created_at == now()
    assert opened.confirmed_at == now() - timedelta(minutes=3)  # when the password was entered
    assert session().scalar(select(SignInAttempt.succeeded))


def test_a_pending_session_signs_nobody_in_and_waits_ten_minutes(nino, clock):
    with transaction():
        token = start_session(nino.id, "Firefox", is_pending=True)
    assert session_by_token(token, now()) is None
    clock.shift(timedelta(minutes=10))
    assert pending_session_by_token(token, now()) is None


def test_removing_all_factors_signs_out_everywhere(nino):
    give_totp(nino, "key")
    with transaction():
        make_recovery_codes(Viewer(public_id=nino.public_id), nino)
        start_session(nino.id, "Firefox")
    with transaction():
        remove_all_factors(nino)
    assert not has_factor(nino.id)
    assert codes_left(nino.id) == 0
    assert not session().scalars(select(SignInSession.id).where(SignInSession.ended_at.is_(None))).all()
