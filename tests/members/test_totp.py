"""Codes of an authenticator app: right for a minute and a half, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.core.outbox import OutboxMessage
from hub.members.models import TotpDevice
from hub.members.queries import has_factor, session_by_token
from hub.members.signing_in import start_session
from hub.members.totp import (
    STEP_SECONDS,
    USED_CODE,
    WRONG_CODE,
    check_totp,
    enrol_totp,
    new_secret,
    provisioning_uri,
    remove_totp,
    totp_device_of,
)
from tests.codes import code_of, give_totp

pytestmark = pytest.mark.db

KEY = "the instance's secret key"

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def actor(member):
    return Viewer(public_id=member.public_id)


def check(member, code):
    with transaction():
        check_totp(member, code, key=KEY)


def refused(member, code):
    with pytest.raises(InvalidError) as error:
        check(member, code)
    assert error.value.field == "code"
    return error.value.message


def test_secrets_have_160_bits_and_differ():
    assert len(new_secret()) == 32
    assert new_secret() != new_secret()


def test_the_address_for_the_app_names_hub_and_member(nino):
    uri = provisioning_uri(nino, SECRET)
    assert uri.startswith("otpauth://totp/Anti-Corruption%20Innovation%20Hub:nino%40example.org?")
    assert f"secret={SECRET}" in uri


def test_enrolling_needs_a_right_code(nino):
    secret = new_secret()
    with pytest.raises(InvalidError), transaction():
        enrol_totp(actor(nino), nino, secret=secret, code="000000", key=KEY, current=None)
    assert not has_factor(nino.id)


def test_enrolling_ends_other_sessions_is_logged_and_told(nino):
    with transaction():
        here, there = start_session(nino.id, "here"), start_session(nino.id, "there")
    secret = new_secret()
    with transaction():
        current = session_by_token(here, now())
        enrol_totp(actor(nino), nino, secret=secret, code=code_of(secret), key=KEY, current=current)
    assert session_by_token(here, now())
    assert session_by_token(there, now()) is None
    assert session().scalars(select(AuditEntry.tag)).all() == ["member:add_factor"]
    assert session().scalars(select(OutboxMessage.kind)).all() == ["factor_added"]


def test_the_code_that_enrolled_does_not_sign_in(nino):
    secret = new_secret()
    with transaction():
        enrol_totp(actor(nino), nino, secret=secret, code=code_of(secret), key=KEY, current=None)
    assert refused(nino, code_of(secret)) == USED_CODE
    check(nino, code_of(secret, steps=1))


def test_the_secret_is_sealed_in_the_database(nino):
    secret = give_totp(nino, KEY)
    assert secret not in session().scalar(select(TotpDevice.sealed_secret))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_clocks_may_differ_by_one_step(nino, steps):
    check(nino, code_of(give_totp(nino, KEY), steps=steps))


@pytest.mark.parametrize("steps", [-2, 2])
def test_codes_of_other_times_are_wrong(nino, steps):
    secret = give_totp(nino, KEY)
    assert refused(nino, code_of(secret, steps=steps)) == WRONG_CODE


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "१२३४५६", "12 34", "\x00"])
def test_what_is_not_six_digits_is_wrong(nino, code):
    give_totp(nino, KEY)
    assert refused(nino, code) == WRONG_CODE


def test_spaces_do_not_matter(nino):
    code = code_of(give_totp(nino, KEY))
    check(nino, f" {code[:3]} {code[3:]} ")


def test_a_code_works_once(nino):
    code = code_of(give_totp(nino, KEY))
    check(nino, code)
    assert refused(nino, code) == USED_CODE


def test_no_code_works_after_a_later_one(nino):
    secret = give_totp(nino, KEY)
    check(nino, code_of(secret, steps=1))
    assert refused(nino, code_of(secret)) == USED_CODE


def test_the_next_code_works(nino, clock):
    secret = give_totp(nino, KEY)
    check(nino, code_of(secret))
    clock.shift(timedelta(seconds=STEP_SECONDS))
    check(nino, code_of(secret))
    assert totp_device_of(nino.id).last_used_at == now()


def test_another_members_code_is_wrong(nino, make_member):
    other = make_member("other")
    give_totp(nino, KEY)
    assert refused(nino, code_of(give_totp(other, KEY))) == WRONG_CODE


def test_without_an_app_or_the_instances_key_every_code_is_wrong(nino):
    assert refused(nino, "123456") == WRONG_CODE
    secret = give_totp(nino, "another key")
    assert refused(nino, code_of(secret)) == WRONG_CODE


def test_a_new_app_replaces_the_former_one(nino):
    former = give_totp(nino, KEY)
    give_totp(nino, KEY)
    assert refused(nino, code_of(former)) == WRONG_CODE


def test_removing_is_logged_and_told_and_happens_once(nino):
    give_totp(nino, KEY)
    with transaction():
        remove_totp(actor(nino), nino)
    assert not has_factor(nino.id)
    assert session().scalars(select(AuditEntry.tag)).all() == ["member:remove_factor"]
    assert session().scalars(select(OutboxMessage.kind)).all() == ["factor_removed"]
    with pytest.raises(NotFoundError), transaction():
        remove_totp(actor(nino), nino)
