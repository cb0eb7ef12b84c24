"""Passkeys, with a security key made of software: right, from elsewhere, replayed, copied, somebody else's."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.members.models import Passkey
from hub.members.passkeys import (
    CHALLENGE_FOR,
    MOST_PASSKEYS,
    add_passkey,
    authentication_options,
    check_passkey,
    passkeys_of,
    registration_options,
    relying_party,
    remove_passkey,
)
from hub.members.queries import pending_session_by_token, session_by_token
from hub.members.signing_in import start_session
from tests.codes import SoftKey

pytestmark = pytest.mark.db

PARTY = relying_party("http://localhost:8000")


def actor(member):
    return Viewer(public_id=member.public_id)


@pytest.fixture
def here(nino):
    """The session in which Nino is signed in."""
    with transaction():
        token = start_session(nino.id, "Firefox")
    return session_by_token(token, now())


@pytest.fixture
def pending(nino):
    """The session that waits for Nino's second factor."""
    return pending_of(nino)


def pending_of(member):
    with transaction():
        token = start_session(member.id, "Firefox", is_pending=True)
    return pending_session_by_token(token, now())


def asked(here):
    with transaction():
        return registration_options(here.member, here, PARTY)


def add(here, credential, name="Laptop"):
    with transaction():
        return add_passkey(
            actor(here.member), here.member, name=name, credential=credential, current=here, party=PARTY
        )


def enrolled(here, key=None):
    key = key or SoftKey()
    add(here, key.make(asked(here)))
    return key


def challenged(pending):
    with transaction():
        return authentication_options(pending, PARTY)


def check(pending, credential):
    with transaction():
        check_passkey(pending, credential, PARTY)


def refused(pending, credential):
    with pytest.raises(InvalidError) as error:
        check(pending, credential)
    return error.value.field == "credential"


def test_the_party_is_the_hubs_own_address():
    assert relying_party("https://hub.example:8443/x").id == "hub.example"
    assert relying_party("https://hub.example:8443/x").origin == "https://hub.example:8443"


def test_a_passkey_is_added_and_signs_in(here, pending):
    key = enrolled(here)
    check(pending, key.sign(challenged(pending)))
    (stored,) = passkeys_of(here.member_id)
    assert stored.sign_count == 1
    assert stored.last_used_at == now()


def test_adding_ends_the_other_sessions(here, pending):
    enrolled(here)
    assert pending.ended_at is not None
    assert here.ended_at is None


def test_options_name_the_keys_that_are_known(here, pending):
    key = enrolled(here)
    again = json.loads(asked(here))
    assert len(again["excludeCredentials"]) == 1
    assert (
        json.loads(challenged(pending))["allowCredentials"][0]["id"]
        == json.loads(key.sign(challenged(pending)))["id"]
    )


def test_a_key_cannot_be_added_twice(here):
    key = enrolled(here)
    with pytest.raises(ConflictError):
        add(here, key.make(asked(here)))


@pytest.mark.parametrize(
    "key",
    [
        SoftKey(origin="http://localhost:9000"),
        SoftKey(origin="https://hub.example"),
        SoftKey(rp_id="hub.example"),
    ],
)
def test_an_answer_made_elsewhere_adds_nothing(here, key):
    with pytest.raises(InvalidError):
        add(here, key.make(asked(here)))
    assert not passkeys_of(here.member_id)


def test_an_answer_to_another_challenge_adds_nothing(here):
    key = SoftKey()
    former = asked(here)
    asked(here)
    with pytest.raises(InvalidError):
        add(here, key.make(former))


@pytest.mark.parametrize("credential", ["", "x", "{}", "[]", "null", '{"id": 1}', "{" * 5_000])
def test_nonsense_adds_nothing_and_signs_nobody_in(here, pending, credential):
    asked(here)
    with pytest.raises(InvalidError):
        add(here, credential)
    challenged(pending)
    assert refused(pending, credential)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_passkey_needs_a_name(here, name):
    with pytest.raises(InvalidError) as error:
        add(here, SoftKey().make(asked(here)), name)
    assert error.value.field == "name"


def test_there_is_a_most(here):
    for _ in range(MOST_PASSKEYS):
        enrolled(here)
    with pytest.raises(InvalidError) as error:
        enrolled(here)
    assert error.value.field == "name"


@pytest.mark.parametrize("change", [{"origin": "http://localhost:9000"}, {"rp_id": "hub.example"}])
def test_a_signature_given_elsewhere_signs_nobody_in(here, pending, change):
    key = enrolled(here)
    for name, value in change.items():
        setattr(key, name, value)
    assert refused(pending, key.sign(challenged(pending)))


def test_a_signature_signs_in_once(here, pending):
    key = enrolled(here)
    answer = key.sign(challenged(pending))
    check(pending, answer)
    assert refused(pending, answer)


def test_a_signature_for_another_session_signs_nobody_in(here, nino, pending):
    key = enrolled(here)
    answer = key.sign(challenged(pending))
    other = pending_of(nino)
    challenged(other)
    assert refused(other, answer)


def test_a_challenge_is_good_for_five_minutes(here, pending, clock):
    key = enrolled(here)
    answer = key.sign(challenged(pending))
    clock.shift(CHALLENGE_FOR + timedelta(seconds=1))
    assert refused(pending, answer)


def test_nobody_signs_in_without_a_challenge(here, pending):
    key = enrolled(here)
    options = challenged(pending)
    with transaction():
        pending.challenge = None
    assert refused(pending, key.sign(options))


def test_a_counter_that_goes_back_shows_a_copy(here, pending):
    key = enrolled(here)
    key.count = 7
    check(pending, key.sign(challenged(pending)))
    key.count = 5
    assert refused(pending, key.sign(challenged(pending)))


def test_a_device_that_does_not_count_signs_in_again(here, pending):
    key = enrolled(here)
    for _ in range(2):
        check(pending, key.sign(challenged(pending), counts=False))


def test_somebody_elses_key_signs_nobody_in(here, make_member):
    key = enrolled(here)
    other = pending_of(make_member("other"))
    assert refused(other, key.sign(challenged(other)))


def test_a_key_that_pretends_to_be_anothers_signs_nobody_in(here, pending):
    key, thief = enrolled(here), SoftKey()
    thief.credential_id = key.credential_id
    assert refused(pending, thief.sign(challenged(pending)))


def test_one_removes_only_ones_own(here, make_member):
    enrolled(here)
    public_id = session().scalar(select(Passkey.public_id))
    other = make_member("other")
    with pytest.raises(NotFoundError), transaction():
        remove_passkey(actor(other), other, public_id)
    with transaction():
        remove_passkey(actor(here.member), here.member, public_id)
    assert not passkeys_of(here.member_id)
