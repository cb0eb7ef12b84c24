"""The same second factor at the same moment in two browsers: one gets in, the other is told so."""

from collections import Counter

import pytest
from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.models import AuditEntry
from hub.core.database import session_scope, transaction
from hub.members.models import Member, RecoveryCode, SignInSession
from hub.members.recovery_codes import make_recovery_codes
from hub.members.signing_in import end_sessions_of
from hub.members.totp import enrol_totp, new_secret, totp_device_of
from tests.codes import code_of, give_totp
from tests.factories import PASSWORD
from tests.journeys.live import at_once
from tests.web.client import TOKEN, sign_in

pytestmark = pytest.mark.db

RIVALS = 3


@pytest.fixture
def hub(live_on_both):
    return live_on_both


@pytest.fixture
def member(hub):
    return hub.member(email="nino@test.example")


def halfway(hub):
    """Open a browser and enter the password."""
    browser = hub.browser()
    assert sign_in(browser, "nino@test.example", PASSWORD).location.startswith("/sign-in/code")
    return browser


def sending(browser, **typed):
    """Prepare the second step, whose form was fetched before, so that only the POST itself races."""
    token = TOKEN.search(browser.get("/sign-in/code").text).group(1)
    return lambda: browser.post("/sign-in/code", data={"csrf_token": token, **typed}).status_code


def full_sessions(hub, member):
    open_ones = (SignInSession.member_id == member.id) & SignInSession.ended_at.is_(None)
    return len(hub.asked(select(SignInSession.id).where(open_ones, SignInSession.is_pending.is_(False))))


def test_one_code_signs_in_once(hub, member):
    with session_scope(hub.engine) as opened:
        secret = give_totp(opened.get(Member, member.id), hub.settings.secret_key())
    browsers = [halfway(hub) for _ in range(RIVALS)]
    code = code_of(secret, steps=1)
    answers = at_once(*(sending(each, code=code) for each in browsers))
    assert Counter(answers) == {303: 1, 422: RIVALS - 1}
    assert full_sessions(hub, member) == 1
    inside = [each.get("/account").status_code for each in browsers]
    assert Counter(inside) == {200: 1, 303: RIVALS - 1}


def test_one_recovery_code_signs_in_once(hub, member):
    with session_scope(hub.engine) as opened:
        mine = opened.get(Member, member.id)
        give_totp(mine, hub.settings.secret_key())
        with transaction():
            codes = make_recovery_codes(Viewer(public_id=member.public_id), mine)
    browsers = [halfway(hub) for _ in range(RIVALS)]
    answers = at_once(*(sending(each, recovery_code=codes[0]) for each in browsers))
    assert Counter(answers) == {303: 1, 422: RIVALS - 1}
    assert full_sessions(hub, member) == 1
    used = select(RecoveryCode.id).where(RecoveryCode.used_at.is_not(None))
    assert len(hub.asked(used)) == 1
    told = select(AuditEntry.number).where(AuditEntry.tag == "member:use_recovery_code")
    assert len(hub.asked(told)) == 1


def test_guesses_at_once_do_not_slip_past_the_limit(hub, member):
    with session_scope(hub.engine) as opened:
        give_totp(opened.get(Member, member.id), hub.settings.secret_key())
    browsers = [halfway(hub) for _ in range(8)]
    answers = at_once(*(sending(each, code="000000") for each in browsers))
    assert Counter(answers) == {422: 5, 429: 3}


def test_a_session_that_ends_while_the_code_travels_lets_nobody_in(hub, member):
    with session_scope(hub.engine) as opened:
        secret = give_totp(opened.get(Member, member.id), hub.settings.secret_key())
    browser = halfway(hub)
    send = sending(browser, code=code_of(secret))
    with session_scope(hub.engine), transaction():
        end_sessions_of(member.id)  # as a change of the password does
    assert send() == 303
    assert full_sessions(hub, member) == 0


def test_two_apps_set_up_at_once_leave_one(hub, member):
    secrets = [new_secret() for _ in range(2)]

    def enrol(secret):
        def act():
            with session_scope(hub.engine) as opened, transaction():
                mine = opened.get(Member, member.id)
                enrol_totp(
                    Viewer(public_id=member.public_id),
                    mine,
                    secret=secret,
                    code=code_of(secret),
                    key=hub.settings.secret_key(),
                    current=None,
                )
            return "kept"

        return act

    assert "kept" in at_once(*(enrol(secret) for secret in secrets))
    with session_scope(hub.engine):
        assert totp_device_of(member.id) is not None
