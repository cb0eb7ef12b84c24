"""Hashing: right parameters, no shortcut for unknown accounts, two at a time."""

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from hub.core import passwords
from hub.core.errors import InvalidError, UnavailableError
from hub.core.passwords import DUMMY_HASH, check_new_password, hash_password, needs_rehash, verify_password

PASSWORD = "kettle violin harbour 27"


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


def test_hashes_with_the_documented_parameters(stored):
    parameters = extract_parameters(stored)
    assert (parameters.type, parameters.memory_cost) == (Type.ID, 19 * 1024)
    assert (parameters.time_cost, parameters.parallelism) == (2, 1)


def test_accepts_the_right_password_only(stored):
    assert verify_password(stored, PASSWORD)
    assert not verify_password(stored, PASSWORD + "8")


def test_an_unknown_account_costs_one_hash_and_is_refused(monkeypatch):
    calls = []
    monkeypatch.setattr(passwords, "_HASHER", _Counting(calls))
    assert not verify_password(None, PASSWORD)
    assert calls == [DUMMY_HASH]


def test_the_stand_in_hash_is_as_costly_as_a_real_one():
    assert not needs_rehash(DUMMY_HASH)


def test_an_over_long_password_is_refused_without_hashing_it(monkeypatch):
    calls = []
    monkeypatch.setattr(passwords, "_HASHER", _Counting(calls))
    assert not verify_password("stored", "x" * 2_000_000)
    assert calls == [DUMMY_HASH]


def test_a_damaged_hash_is_refused():
    assert not verify_password("no hash", PASSWORD)


@pytest.mark.parametrize("strange", ["\x00" * 12, "\ud800 lone surrogate", "пароль из слов", "🔑" * 12])
def test_any_characters_may_be_typed(stored, strange):
    assert not verify_password(stored, strange)


def test_a_weaker_hash_is_renewed(stored):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID).hash(PASSWORD)
    assert needs_rehash(weak)
    assert not needs_rehash(stored)


def test_a_third_hash_at_a_time_is_turned_away(monkeypatch, stored):
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    with passwords._turn(), passwords._turn(), pytest.raises(UnavailableError):
        verify_password(stored, PASSWORD)
    assert verify_password(stored, PASSWORD)


@pytest.mark.parametrize("length", [11, 129])
def test_refuses_a_wrong_length_by_naming_the_figure(length):
    with pytest.raises(InvalidError, match=r"12|128") as refused:
        check_new_password(("kettle violin harbour 27 " * 6)[:length])
    assert refused.value.field == "password"


@pytest.mark.parametrize("length", [12, 128])
def test_allows_the_lengths_at_the_bounds(length):
    check_new_password(
        ("kettle violin harbour mountain pencil 27 " * 4)[:length].replace("kettle", "kittle", 1)
    )


def test_refuses_what_is_easy_to_guess():
    with pytest.raises(InvalidError, match="easy to guess"):
        check_new_password("Password2026!")


class _Counting:
    """Stands in for the hasher and notes what it is asked."""

    def __init__(self, calls):
        self.calls = calls

    def verify(self, stored, given):
        self.calls.append(stored)
        raise passwords.VerificationError
