"""Asked again at the moment of sending: who gets a mail, at which address, and whether they still may."""

from datetime import timedelta

import pytest
import time_machine

from hub.core.database import session, transaction
from hub.core.outbox import queue_mail
from hub.mail.kinds import KINDS
from hub.mail.receivers import receiver_of
from hub.members.links import make_token, use_token
from hub.members.models import MemberStatus, TokenPurpose
from tests.factories import make_member

pytestmark = pytest.mark.db

ADDRESS = "new@test.example"

SECURITY = {
    "password_changed",
    "address_changed",
    "factor_added",
    "factor_removed",
    "recovery_code_used",
    "recovery_codes_made",
    "factor_reset_requested",
    "factor_reset_approved",
    "factor_reset_done",
    "factor_reset_stopped",
    "factor_reset_declined",
}


def queue(kind, **options):
    with transaction():
        return queue_mail(kind, language="en-GB", **options)


def receiver(message):
    return receiver_of(message, KINDS[message.kind])


@pytest.fixture
def member(database):
    return make_member("ana@test.example")


def test_a_member_gets_mail_at_the_address_of_the_moment(member):
    message = queue("application_approved", member_id=member.id)
    assert receiver(message).address == "ana@test.example"
    member.email = "moved@test.example"
    assert receiver(message).address == "moved@test.example"


def test_an_address_that_somebody_left_gets_its_mail_nevertheless(member):
    message = queue("address_changed", address="former@test.example")
    assert receiver(message).address == "former@test.example"


@pytest.mark.parametrize(
    "kind", [name for name, kind in KINDS.items() if kind.purpose is None and not kind.guests]
)
def test_an_erased_member_gets_none_and_a_suspended_one_what_concerns_the_account(member, kind):
    message = queue(kind, member_id=member.id)
    assert receiver(message) is not None
    member.status = MemberStatus.SUSPENDED
    if kind in SECURITY:
        assert receiver(message) is not None
    member.status, member.email, member.password_hash = MemberStatus.ERASED, None, None
    assert receiver(message) is None


@pytest.mark.parametrize("kind", ["has_account", "role_granted", "law_enforcement_verified", "vetting_due"])
def test_a_suspended_member_is_offered_nothing(member, kind):
    member.status = MemberStatus.SUSPENDED
    session().flush()
    assert receiver(queue_flushed(kind, member)) is None


def queue_flushed(kind, member):
    session().commit()
    return queue(kind, member_id=member.id)


@pytest.fixture
def reset(member):
    with transaction():
        return make_token(TokenPurpose.RESET, member_id=member.id)


def test_a_link_goes_out_while_it_opens_something(member, reset):
    message = queue("password_reset", member_id=member.id, token=reset.public_id)
    assert receiver(message).expires_at == reset.expires_at
    with time_machine.travel(reset.expires_at + timedelta(seconds=1), tick=False):
        assert receiver(message) is None
    with transaction():
        use_token(reset)
    assert receiver(message) is None


def test_a_link_that_a_newer_one_replaced_does_not_go_out(member, reset):
    old = queue("password_reset", member_id=member.id, token=reset.public_id)
    with transaction():
        newer = make_token(TokenPurpose.RESET, member_id=member.id)
    assert receiver(old) is None
    assert receiver(queue("password_reset", member_id=member.id, token=newer.public_id)) is not None


def test_a_link_is_for_its_own_receiver_and_purpose(member, reset):
    other = make_member()
    assert receiver(queue("password_reset", member_id=other.id, token=reset.public_id)) is None
    assert receiver(queue("confirm_address", member_id=member.id, token=reset.public_id)) is None
    assert receiver(queue("password_reset", member_id=member.id, token="x" * 22)) is None


def test_a_link_to_a_new_address_follows_its_token(member):
    with transaction():
        token = make_token(TokenPurpose.ADDRESS, member_id=member.id, address=ADDRESS)
    message = queue("address_change", address=ADDRESS, token=token.public_id)
    assert receiver(message).address == ADDRESS
    assert receiver(queue("address_change", address="x@test.example", token=token.public_id)) is None
    member.status = MemberStatus.SUSPENDED
    assert receiver(message) is None


def test_an_invitation_goes_to_somebody_who_is_no_member(database):
    with transaction():
        token = make_token(TokenPurpose.INVITATION, address=ADDRESS)
    message = queue("invitation", address=ADDRESS, token=token.public_id, inviter="Nino")
    assert receiver(message).address == ADDRESS
