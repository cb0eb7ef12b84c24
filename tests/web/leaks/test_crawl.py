"""A crawler as each viewer finds nothing of what is hidden from them, and all that the table says they see."""

import pytest

from tests.architecture.access.viewers import EVERYBODY
from tests.web.leaks.crawling import TOKENS, Crawler, addresses
from tests.web.leaks.planting import plant, random_ids
from tests.web.leaks.seen import SEEN
from tests.web.leaks.words import COLUMNS, word

BAD = {400, 429, 500}
"""Answers by which a crawl would see less than there is: it asked wrongly, too often, or the hub failed."""


SEARCHED = {
    "/innovations": (
        "revision_texts.name",
        "revision_texts.description",
        "revision_sources.title",
        "members.display_name",
        "organisations.name",
    ),
    "/members": (
        "profiles.headline",
        "profiles.contact_email",
        "members.display_name",
        "term_additions.label",
    ),
    "/organisations": ("organisations.name", "organisations.description", "organisations.funding"),
}
"""Where which words are looked for."""

NEVER = "zqx000"
"""A word that stands nowhere."""


def told_on(client, path, looked_for, headers):
    """Return what a search says, with the word and the token of its forms taken out."""
    told = client.get(f"{path}?q={looked_for}", headers=headers).text
    return TOKENS.sub("", told).replace(looked_for, "WORD")


def seen_by(name):
    """Return the columns whose words the table lets somebody see."""
    return {column for column, names in SEEN.items() if name in names}


def asked(routes, verb, hub, ids):
    """Return the addresses of every route of a verb, with the ids of hidden things in them."""
    by_table = {}
    for number, column in ids.items():
        by_table.setdefault(column.partition(".")[0], []).append(number)
    paths = (route.partition(" ")[2] for route in sorted(routes) if route.startswith(f"{verb} "))
    return [
        each
        for path in paths
        for each in addresses(
            path, by_table, hub.agencies if path.startswith("/organisations/") else hub.slugs
        )
    ]


@pytest.mark.db
@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_a_crawler_finds_what_the_table_says_and_nothing_else(hub, client, database, index, routes, name):
    plant(hub.rows)
    index()
    hidden = random_ids(hub.rows)
    client.nags = False  # parsing takes longer than answering, and pages are nagged at elsewhere
    if hub.people[name]:
        client.become(hub.people[name])
    crawler = Crawler(client, database, hidden)
    crawler.walk(asked(routes, "GET", hub, hidden))
    crawler.send(each for each in asked(routes, "POST", hub, hidden) if "/sign-" not in each)
    crawler.try_verbs(asked(routes, "GET", hub, hidden))
    found = {COLUMNS.get(each) or hidden[each]: where for each, where in crawler.found.items()}
    assert {column: sorted(where)[:5] for column, where in found.items() if column not in seen_by(name)} == {}
    assert sorted(seen_by(name) - set(found)) == []
    assert not BAD & set(crawler.answers)
    for path, columns in SEARCHED.items():
        for headers in ({}, {"HX-Request": "true"}):
            nothing = told_on(client, path, NEVER, headers)
            for column in set(columns) - seen_by(name):
                assert told_on(client, path, word(column), headers) == nothing, column
