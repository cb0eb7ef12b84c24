"""Secrets at rest and signed links: opened by the right key for the right purpose only."""

import pytest

from hub.core.sealing import seal, sign, unseal, unsign

KEY = "an instance's secret key"


def test_what_was_sealed_is_unsealed():
    assert unseal(KEY, "totp:abc", seal(KEY, "totp:abc", "sécret")) == "sécret"


def test_a_sealed_secret_does_not_show():
    assert "secret" not in seal(KEY, "totp:abc", "secret")


def test_the_same_secret_is_sealed_differently_each_time():
    assert seal(KEY, "totp:abc", "secret") != seal(KEY, "totp:abc", "secret")


def test_another_key_or_purpose_unseals_nothing():
    sealed = seal(KEY, "totp:abc", "secret")
    assert unseal("another key", "totp:abc", sealed) is None
    assert unseal(KEY, "totp:xyz", sealed) is None


@pytest.mark.parametrize("changed", ["", "x", "é", "\ud800", "A" * 200])
def test_what_nobody_sealed_unseals_to_nothing(changed):
    assert unseal(KEY, "totp:abc", changed) is None


def test_a_changed_seal_is_refused():
    sealed = seal(KEY, "totp:abc", "secret")
    changed = sealed[:-10] + ("A" if sealed[-10] != "A" else "B") + sealed[-9:]
    assert unseal(KEY, "totp:abc", changed) is None


def test_what_was_signed_is_found_again():
    assert unsign(KEY, "reset", sign(KEY, "reset", "abc")) == "abc"


def test_another_key_or_purpose_does_not_fit_a_signature():
    signed = sign(KEY, "reset", "abc")
    assert unsign("another key", "reset", signed) is None
    assert unsign(KEY, "confirm", signed) is None


@pytest.mark.parametrize("made_up", ["", "abc", "abc.def", "é", ".", "\ud800"])
def test_what_nobody_signed_is_refused(made_up):
    assert unsign(KEY, "reset", made_up) is None
