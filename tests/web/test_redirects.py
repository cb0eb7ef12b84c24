"""Where `next` may lead: nowhere but to this site."""

from datetime import timedelta
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
import time_machine
from hypothesis import example, given, strategies as st

from hub.core.clock import now
from hub.web.redirects import is_safe_path
from tests.codes import code_of, give_totp
from tests.factories import PASSWORD, make_member

ELSEWHERE = [
    "https://evil.test",
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/%09/evil.test",
    "/%2509/evil.test",
    "/%0a/evil.test",
    "/%0D%0ASet-Cookie:x=1",
    "/%2f/evil.test",
    "/%2F%2Fevil.test",
    "/%252fevil.test/%252f/evil.test",
    "/%5cevil.test",
    "/%255cevil.test",
    "/a//evil.test",
    "/\u2028/evil.test",
    "/\u202eevil.test",
    "/%e2%80%ae",
    "/%ff",
    "/\x00",
    "/%00",
    "javascript:alert(1)",
    "data:text/html,x",
    " /",
    "/ /evil.test",
    "account",
    "",
    "?x",
    "#x",
    "/" + "a" * 3000,
    "/" + "%25" * 10 + "5c",
    "http:evil.test",
    "http:///evil.test",
    "/\r\n//evil.test",
    "/\n\tevil.test",
    "/%0d/evil.test",
    "/%2f%5cevil.test",
    "/%5C%5Cevil.test",
    "/..//evil.test",
    "/%2e%2e%2f%2fevil.test",
    "/account/%2f%2fevil.test",
    "\x00//evil.test",
    "/%c2%a0/evil.test",
    "///////evil.test",
    "\\/evil.test",
    "vbscript:x",
    "@evil.test",
    "hub.test.evil.test",
]

WITHIN = [
    "/",
    "/account",
    "/innovations?q=a%5Cb&function=detect",
    "/innovations/lapor#top",
    "/innovations/caf%C3%A9",
]


def test_there_are_more_than_forty_ways_out():
    assert len(set(ELSEWHERE)) == len(ELSEWHERE) > 40


@pytest.mark.parametrize("target", ELSEWHERE)
def test_what_leads_elsewhere_is_refused(target):
    assert not is_safe_path(target)


@pytest.mark.parametrize("target", WITHIN)
def test_own_paths_are_taken(target):
    assert is_safe_path(target)


PIECES = [
    "/",
    "\\",
    "\t",
    "\n",
    "%09",
    "%2f",
    "%5c",
    "%25",
    "2f",
    "5c",
    "evil.test",
    "@",
    ":",
    ".",
    "?",
    "#",
    "é",
    "a",
]

pieces = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(
    st.one_of(
        st.text(max_size=60), pieces, pieces.map(lambda text: f"/{text}"), st.text(max_size=40).map(quote)
    )
)
@example("/%09/evil.test")
def test_no_reading_of_a_safe_path_leaves_the_site(target):
    if not is_safe_path(target):
        return
    reading = target
    for _ in range(8):
        for form in (reading, reading.replace("\\", "/"), "".join(reading.split())):
            assert urlsplit(urljoin("https://hub.test/sign-in", form)).netloc == "hub.test"
        path, mark, rest = reading.partition("?")
        reading = unquote(path) + mark + rest


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_sign_in_page_carries_nothing_that_leads_elsewhere(client, target):
    page = client.get("/sign-in", query_string={"next": target})
    assert page.status_code == 200
    assert 'name="next" value="/"' in page.text


def test_signing_in_leads_nowhere_else(client):
    make_member("a@test.example")
    for target in ELSEWHERE:
        answer = client.act("/sign-in", {"email": "a@test.example", "password": PASSWORD, "next": target})
        assert (answer.status_code, answer.location) == (303, "/start"), target


def test_the_second_factor_leads_nowhere_else(client):
    member = make_member("a@test.example")
    secret = give_totp(member, client.application.extensions["hub"].settings.secret_key())
    for turn, target in enumerate(ELSEWHERE):
        # a code is taken once, so each turn comes half a minute later
        with time_machine.travel(now() + timedelta(seconds=30 * turn), tick=False):
            answer = client.act("/sign-in", {"email": "a@test.example", "password": PASSWORD, "next": target})
            assert answer.location == "/sign-in/code?next=/start", target
            shown = client.get("/sign-in/code", query_string={"next": target})
            assert 'name="next" value="/"' in shown.text, target
            answer = client.act("/sign-in/code", {"code": code_of(secret), "next": target})
            assert (answer.status_code, answer.location) == (303, "/"), target


def test_the_language_switch_leads_nowhere_else(client):
    client.get("/")
    for target in ELSEWHERE:
        sent = {"language": "en-GB", "next": target}
        assert client.act("/language", sent).location == "/", target
        elsewhere = {"Referer": f"https://evil.test/{quote(target)}"}
        assert client.act("/language", {"language": "en-GB"}, headers=elsewhere).location == "/", target


def test_signing_in_does_not_lead_to_a_mere_action(client):
    make_member("a@test.example")
    answer = client.act("/sign-in", {"email": "a@test.example", "password": PASSWORD, "next": "/sign-out"})
    assert answer.location == "/start"
