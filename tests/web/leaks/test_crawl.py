"""A crawler as each viewer finds nothing of what is hidden from them, and all that the table says they see."""

import pytest

from tests.architecture.access.viewers import EVERYBODY
from tests.web.leaks.crawling import Crawler, addresses
from tests.web.leaks.planting import plant, random_ids
from tests.web.leaks.seen import seen_by
from tests.web.leaks.words import COLUMNS

BAD = {400, 429, 500}
"""Answers by which a crawl would see less than there is: it asked wrongly, too often, or the hub failed."""


ON_POSTGRES = frozenset({"coordinator", "focal point", "integrity officer", "law enforcement", "owner"})
"""Viewers as whom the crawler walks on PostgreSQL too: theirs are all the statements (decision 0043)."""


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
            path, by_table, hub.agencies if path.startswith("/organisations/") else hub.slugs, hub.talks
        )
    ]


def naming(hub):
    """Return addresses that name hidden records beside their path."""
    shown, hidden = hub.slugs
    yield f"/innovations/compare?slug={shown}&slug={hidden}"
    yield f"/shortlists/add?slug={shown}&slug={hidden}"
    yield f"/collaboration/new?about={hidden}"


@pytest.mark.db(name=ON_POSTGRES, engine_name=["whoosh"])
@pytest.mark.parametrize(
    ("name", "engine_name"),
    [*((name, "whoosh") for name in sorted(EVERYBODY)), ("law enforcement abroad", "tantivy")],
)
def test_a_crawler_finds_what_the_table_says_and_nothing_else(
    hub, client, database, index, search_with, routes, name, engine_name
):
    search_with(engine_name)
    plant(hub.rows)
    index()
    hidden = random_ids(hub.rows)
    client.nags = False  # parsing takes longer than answering, and pages are nagged at elsewhere
    if hub.people[name]:
        client.become(hub.people[name])
    crawler = Crawler(client, database, hidden)
    crawler.walk([*asked(routes, "GET", hub, hidden), *naming(hub)])
    crawler.send(each for each in asked(routes, "POST", hub, hidden) if "/sign-" not in each)
    crawler.try_verbs(asked(routes, "GET", hub, hidden))
    found = {COLUMNS.get(each) or hidden[each]: where for each, where in crawler.found.items()}
    assert {column: sorted(where)[:5] for column, where in found.items() if column not in seen_by(name)} == {}
    assert sorted(seen_by(name) - set(found)) == []
    assert not BAD & set(crawler.answers)
