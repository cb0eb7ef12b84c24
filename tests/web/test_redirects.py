"""Where `next` may lead: nowhere but to this site."""

from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from hypothesis import example, given, strategies as st

from hub.web.redirects import is_safe_path
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
]

WITHIN = [
    "/",
    "/account",
    "/innovations?q=a%5Cb&function=detect",
    "/innovations/lapor#top",
    "/innovations/caf%C3%A9",
]


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
def test_signing_in_leads_nowhere_else(client, target):
    page = client.get("/sign-in", query_string={"next": target})
    assert page.status_code == 200
    assert 'name="next" value="/"' in page.text


def test_signing_in_does_not_lead_to_a_mere_action(client):
    make_member("a@test.example")
    answer = client.act("/sign-in", {"email": "a@test.example", "password": PASSWORD, "next": "/sign-out"})
    assert answer.location == "/"
