"""Links in mails: signed for one purpose, good for one act, void after a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.core.database import session, transaction
from hub.core.errors import InvalidError
from hub.core.sealing import sign, unsign
from hub.members.links import KEPT, VALID_FOR, forget_links, is_valid, make_token, use_token
from hub.members.models import MailToken, TokenPurpose

pytestmark = pytest.mark.db

KEY = "a key for tests"


def make(purpose=TokenPurpose.RESET, **about):
    with transaction():
        return make_token(purpose, **about)


def use(token):
    with transaction():
        use_token(token)


def test_a_link_is_used_once(nino):
    token = make(member_id=nino.id)
    use(token)
    assert not is_valid(token)
    with pytest.raises(InvalidError):
        use(token)


@pytest.mark.parametrize("purpose", list(TokenPurpose))
def test_each_purpose_has_its_time(nino, clock, purpose):
    token = make(purpose, member_id=nino.id)
    clock.shift(VALID_FOR[purpose] - timedelta(seconds=1))
    assert is_valid(token)
    clock.shift(timedelta(seconds=1))
    assert not is_valid(token)
    with pytest.raises(InvalidError):
        use(token)


def test_a_newer_link_voids_the_one_before(nino, make_member):
    other = make(member_id=make_member("tamar").id)
    old, address = make(member_id=nino.id), make(TokenPurpose.ADDRESS, member_id=nino.id, address="n@x.org")
    new = make(member_id=nino.id)
    assert [is_valid(each) for each in (old, address, other, new)] == [False, True, True, True]


def test_invitations_stand_beside_one_another(nino):
    first, second = (make(TokenPurpose.INVITATION, address="n@x.org") for _ in range(2))
    assert is_valid(first)
    assert is_valid(second)


def kept():
    with transaction():
        forget_links()
    return set(session().scalars(select(MailToken.id)))


def test_links_are_forgotten_thirty_days_after_use_or_expiry(nino, clock):
    used, expiring = make(member_id=nino.id).id, make(TokenPurpose.CONFIRM, member_id=nino.id).id
    invitation = make(TokenPurpose.INVITATION, address="n@x.org").id
    with transaction():
        use_token(session().get(MailToken, used))
    clock.shift(KEPT - timedelta(seconds=1))
    assert kept() == {used, expiring, invitation}
    clock.shift(timedelta(seconds=1))
    assert kept() == {expiring, invitation}
    clock.shift(VALID_FOR[TokenPurpose.CONFIRM])
    assert kept() == {invitation}
    assert forget_links() == 0


@pytest.mark.parametrize("purpose", list(TokenPurpose))
def test_a_signature_holds_for_one_purpose_and_one_key(purpose):
    signed = sign(KEY, purpose, "some-public-id")
    assert unsign(KEY, purpose, signed) == "some-public-id"
    assert unsign("another key", purpose, signed) is None
    assert all(unsign(KEY, each, signed) is None for each in TokenPurpose if each is not purpose)


@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_tampered_link_opens_nothing(place):
    signed = sign(KEY, "reset", "some-public-id")
    changed = list(signed)
    changed[place] = "A" if changed[place] != "A" else "B"
    assert unsign(KEY, "reset", "".join(changed)) is None


@pytest.mark.parametrize("sent", ["", ".", "a.b", "é.ü", "\x00", "x" * 10_000, "\ud800", "WzFd.x"])
def test_what_was_never_signed_opens_nothing(sent):
    assert unsign(KEY, "reset", sent) is None
