"""New passwords and addresses: who gets a link, what it opens, and what ends with it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.audit.models import AuditEntry
from hub.core import passwords
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import InvalidError
from hub.core.outbox import OutboxMessage
from hub.mail.kinds import KINDS
from hub.mail.receivers import receiver_of
from hub.members import credentials, signing_in
from hub.members.links import is_valid
from hub.members.models import MailToken, MemberStatus, TokenPurpose
from hub.members.queries import session_by_token
from tests.members.conftest import EMAIL

pytestmark = pytest.mark.db

NEW = "new@example.org"


def latest(purpose):
    tokens = select(MailToken).where(MailToken.purpose == purpose).order_by(MailToken.id.desc())
    return session().scalar(tokens.limit(1))


def ask_reset(email=EMAIL):
    with transaction():
        credentials.ask_reset(email)
    token = latest(TokenPurpose.RESET)
    return token if token.member_id else None


def reset(token, hashed="new hash"):
    with transaction():
        return credentials.reset_password(token, hashed)


def ask_change(member, address=NEW):
    with transaction():
        credentials.ask_address_change(member, address)
    return latest(TokenPurpose.ADDRESS)


def change(member, token):
    with transaction():
        credentials.change_address(Viewer(public_id=member.public_id), member, token)


def start(member):
    with transaction():
        return signing_in.start_session(member.id, "Firefox")


def mails():
    return [
        (each.kind, each.address)
        for each in session().scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    ]


def logged(tag):
    return session().scalar(select(func.count()).where(AuditEntry.tag == tag))


@pytest.mark.parametrize("email", [EMAIL, f" {EMAIL.upper()} "])
def test_a_member_gets_a_link(nino, email):
    token = ask_reset(email)
    assert (token.member, token.expires_at - token.created_at) == (nino, timedelta(hours=1))
    assert mails() == [("password_reset", None)]


def test_an_unknown_address_gets_none_though_as_much_is_written(nino):
    assert ask_reset("nobody@example.org") is None
    message = session().scalars(select(OutboxMessage)).one()
    assert receiver_of(message, KINDS[message.kind]) is None


@pytest.mark.parametrize("email", ["", "\x00", "\ud800"])
def test_what_is_no_address_is_refused(nino, email):
    with pytest.raises(InvalidError):
        ask_reset(email)
    assert mails() == []


@pytest.mark.parametrize("status", [MemberStatus.DECLINED, MemberStatus.SUSPENDED])
def test_a_closed_account_gets_none(make_member, hashed, status):
    make_member(password_hash=hashed, status=status)
    assert ask_reset() is None


def test_who_never_chose_a_password_gets_none(make_member):
    make_member(status=MemberStatus.APPLIED)
    assert ask_reset() is None


def test_asking_hashes_nothing(nino, monkeypatch):
    monkeypatch.setattr(passwords, "_turn", lambda: pytest.fail("something was hashed"))
    ask_reset()
    ask_reset("nobody@example.org")


def test_a_new_password_signs_out_everywhere(nino):
    tokens = [start(nino), start(nino)]
    other = ask_change(nino)
    reset(ask_reset())
    assert nino.password_hash == "new hash"
    assert [session_by_token(each, now()) for each in tokens] == [None, None]
    assert not is_valid(other)
    assert mails()[-1] == ("password_changed", None)
    assert logged("member:change_password") == 1


def test_a_link_sets_one_password(nino):
    token = ask_reset()
    reset(token)
    with pytest.raises(InvalidError):
        reset(token, "another hash")
    assert nino.password_hash == "new hash"


def test_a_link_for_something_else_sets_no_password(nino, hashed):
    with pytest.raises(InvalidError):
        reset(ask_change(nino))
    assert nino.password_hash == hashed


def test_a_suspension_voids_the_link(nino, hashed):
    token = ask_reset()
    with transaction():
        nino.status = MemberStatus.SUSPENDED
    with pytest.raises(InvalidError):
        reset(token)
    assert nino.password_hash == hashed


def test_changing_the_password_leaves_one_new_session(nino):
    tokens = [start(nino), start(nino)]
    link = ask_reset()
    current = session_by_token(tokens[0], now())
    with transaction():
        fresh = credentials.change_password(Viewer(public_id=nino.public_id), nino, "new hash", current)
    assert [session_by_token(each, now()) for each in tokens] == [None, None]
    opened = session_by_token(fresh, now())
    assert (opened.member, opened.user_agent, opened.is_pending) == (nino, "Firefox", False)
    assert not is_valid(link)


def test_an_address_changes_when_its_link_is_opened(nino):
    token = ask_change(nino, " New@Example.org ")
    assert nino.email == EMAIL
    assert mails() == [("address_change", NEW)]
    link = ask_reset()
    change(nino, token)
    assert nino.email == NEW
    assert mails()[-1] == ("address_changed", EMAIL)
    assert not is_valid(link)
    assert logged("member:change_address") == 1


def test_an_address_with_an_account_gets_no_link(nino, make_member):
    make_member("new")
    assert ask_change(nino) is None
    assert mails() == []


@pytest.mark.parametrize("address", [EMAIL, EMAIL.upper(), "nino", ""])
def test_an_address_must_be_another_one(nino, address):
    with pytest.raises(InvalidError) as refused:
        ask_change(nino, address)
    assert refused.value.field == "email"


def test_an_address_that_was_taken_meanwhile_stays_theirs(nino, make_member):
    token = ask_change(nino)
    make_member("new")
    with pytest.raises(InvalidError):
        change(nino, token)
    assert nino.email == EMAIL
    assert logged("member:change_address") == 0


def test_nobody_uses_the_link_of_another(nino, make_member):
    token, tamar = ask_change(nino), make_member("tamar")
    with pytest.raises(InvalidError):
        change(tamar, token)
    assert is_valid(token)
    with pytest.raises(InvalidError):
        change(nino, ask_reset() or token)
