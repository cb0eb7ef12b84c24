"""Addresses on the web: one that shows one host and leads to another is none."""

import pytest

from hub.core.written import WEB_ADDRESS


@pytest.mark.parametrize(
    "address",
    [
        "https://real.example",
        "http://real.example/a/b?c=d#e",
        "https://real.example:8443/people/@somebody",
        "https://[2001:db8::1]/",
        "https://real.example/?to=somebody@real.example",
    ],
)
def test_addresses_of_the_web(address):
    assert WEB_ADDRESS.fullmatch(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example\\@real.example/",
        "https://evil.example\\.real.example/",
        "https:\\\\evil.example",
        "https://\\evil.example",
        "https://real.example/a\\b",
        "https://real.example@evil.example/",
        "https://real.example:secret@evil.example",
        "https://real.example\\x:@evil.example",
        "https:///evil.example",
        "https://real.example/\nhttps://evil.example",
        "javascript:alert(1)//https://real.example",
        "data:text/html,x",
    ],
)
def test_what_passes_for_another_address_is_none(address):
    assert not WEB_ADDRESS.fullmatch(address)
