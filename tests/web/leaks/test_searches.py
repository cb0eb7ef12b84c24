"""Whoever searches for a hidden word gets what a word that never was gets, by every way and with either engine."""

import pytest

from tests.architecture.access.viewers import COORDINATORS, EVERYBODY
from tests.web.leaks.crawling import TOKENS
from tests.web.leaks.planting import plant
from tests.web.leaks.seen import seen_by
from tests.web.leaks.words import NEVER, word

RECORDS = (
    "revision_texts.name",
    "revision_texts.description",
    "revision_sources.title",
    "shortlist_entries.note",
    "members.display_name",
    "organisations.name",
)
PEOPLE = ("profiles.headline", "profiles.contact_email", "members.display_name", "term_additions.label")
AGENCIES = ("organisations.name", "organisations.description", "organisations.funding")

REQUESTS = (
    "collaboration_requests.title",
    "collaboration_requests.background",
    "requirements.words",
    "request_questions.answer",
    "responses.offer",
    "conversation_messages.words",
    "members.display_name",
)

SEARCHED = {
    "/innovations?q=": RECORDS,
    "/members?q=": PEOPLE,
    "/organisations?q=": AGENCIES,
    "/collaboration?q=": REQUESTS,
    "/commitments?q=": ("commitments.words",),
    "/search/suggest?q=": ("revision_texts.name", "members.display_name", "organisations.name"),
}
"""Where which words are looked for."""

ALSO = {
    "/feeds/innovations.atom?q=": ("revision_texts.name",),
    "/innovations?why=1&sort=newest&q=": ("revision_texts.name",),
    "/collaboration?sort=newest&state=takes&q=": ("collaboration_requests.title",),
    "/feeds/collaboration.atom?q=": ("collaboration_requests.title",),
    "/search/suggest?in=requests&q=": ("collaboration_requests.title",),
    "/search/suggest?in=members&q=": ("members.display_name",),
    "/search/suggest?in=organisations&q=": ("organisations.name",),
}
"""The same, of which one word each will do."""

WAYS = {
    "misspelt": lambda looked_for: f"{looked_for[:-1]}y",
    "begun": lambda looked_for: f"{looked_for[:-2]}*",
    "like it": lambda looked_for: f"{looked_for[:-1]}y~",
    "named": lambda looked_for: f"name:{looked_for}",
}
"""How else they are asked for: a correction, a word that is completed, and one like it give nothing away either."""

FOUND = {"commitments.words": COORDINATORS}
"""Who finds a thing of theirs by what no page shows: what search looks in."""

OUTSIDERS = frozenset({"coordinator", "law enforcement abroad", "member", "visitor"})
"""Who asks in every way, and with either engine: what they may see differs most."""

PART_OF_A_FEED = "<entry"
"""Where what a feed found begins; what stands before it names the search in ways of its own."""


def told(browser, address, asked, headers=None):
    """Return what a search says, with what was asked for and the tokens of its forms taken out."""
    answer = browser.get(f"{address}{asked}", headers=headers)
    assert answer.status_code == 200, address
    text = answer.text.partition(PART_OF_A_FEED)[2] if address.startswith("/feeds/") else answer.text
    return TOKENS.sub("", text).replace(asked, "ASKED").replace(asked.rstrip("*~"), "ASKED")


def questions(name):
    """Yield addresses and columns to ask for, with how, and the headers."""
    for address, columns in SEARCHED.items():
        for column in columns:
            yield address, column, str, {}
        yield address, columns[0], str, {"HX-Request": "true"}
    if name in OUTSIDERS:
        for address, columns in (SEARCHED | ALSO).items():
            for ask in WAYS.values():
                yield address, columns[0], ask, {}


@pytest.mark.parametrize(
    ("engine_name", "names"),
    [
        pytest.param("whoosh", OUTSIDERS, id="whoosh"),
        pytest.param("whoosh", EVERYBODY - OUTSIDERS, id="whoosh as the others"),
        pytest.param("tantivy", OUTSIDERS, id="tantivy"),
    ],
)
def test_a_hidden_word_is_found_like_one_that_never_was(
    hub, new_client, index, search_with, engine_name, names
):
    search_with(engine_name)
    plant(hub.rows)
    index()
    different = {name: list(given_away(name, hub.people[name], new_client())) for name in sorted(names)}
    assert {name: found for name, found in different.items() if found} == {}


def given_away(name, member, browser):
    """Yield the searches in which somebody gets something else for a hidden word than for one that never was."""
    browser.nags = False  # parsing takes longer than answering, and pages are nagged at elsewhere
    if member:
        browser.become(member)
    browser.get("/no-such-page")  # the first answer sets the cookie of the forms
    nothing = {}
    for address, column, ask, headers in questions(name):
        if column in seen_by(name) or name in FOUND.get(column, ()):
            continue
        asked = address, ask(NEVER), bool(headers)
        if asked not in nothing:
            nothing[asked] = told(browser, address, ask(NEVER), headers)
        if told(browser, address, ask(word(column)), headers) != nothing[asked]:
            yield f"{address}{ask(column)} {headers}"
