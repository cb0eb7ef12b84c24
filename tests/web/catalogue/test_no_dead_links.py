"""Whoever follows links from the home page meets pages only, in every role and in both directions of writing."""

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, draft, published, returned, submitted, taken
from tests.factories import make_member
from tests.web.client import parse

MOST = 150
"""Pages that one walk opens; filters and pages of results make many addresses of one kind."""


@pytest.fixture
def catalogue(scene, index):
    published(scene, code_url="https://example.org/code", offences=("uncac-15",))
    published(scene, name="For members", readership=MEMBERS)
    published(scene, name="For police", readership=GEORGIAN_POLICE)
    for way in (draft, submitted, taken, returned):
        way(scene)
    index()
    return scene


def links_on(page, address):
    """Return the addresses of our own that a page links to."""
    for tag, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("use", "href")):
        for element in parse(page).iter(tag):
            if element.get("download") is not None:
                continue  # files: few an hour, and opened by tests of their own
            target, _ = urldefrag(urljoin(f"http://localhost{address}", element.get(name) or ""))
            parts = urlsplit(target)
            if parts.netloc == "localhost":
                yield parts._replace(scheme="", netloc="").geturl()


def kind_of(address):
    """Return an address without the words of a search: one of each kind is opened."""
    parts = urlsplit(address)
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
    return parts.path, tuple(names)


@pytest.mark.parametrize("person", ["visitor", "member", "partner", "coordinator", "officer"])
@pytest.mark.parametrize("language", ["en-GB", "ar-XB"])
def test_every_link_leads_somewhere(client, catalogue, person, language):
    people = {
        "member": make_member,
        "partner": lambda: catalogue.partner,
        "coordinator": lambda: catalogue.coordinator,
        "officer": lambda: make_member(law_enforcement="GE"),
    }
    if person in people:
        client.become(people[person]())
    client.act("/language", {"language": language})
    waiting, known = ["/"], {kind_of("/")}
    while waiting and len(known) < MOST:
        address = waiting.pop(0)
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if answer.mimetype == "text/html":
            for link in links_on(answer.text, address):
                if kind_of(link) not in known:
                    known.add(kind_of(link))
                    waiting.append(link)
    assert len(known) > 5
