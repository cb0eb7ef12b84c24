"""A crawler as each viewer finds nothing of what is hidden from them, and all that the table says they see."""

from itertools import count

import pytest

from tests.architecture.access.table import DOORS
from tests.architecture.access.viewers import EVERYBODY
from tests.web.leaks.crawling import Crawler, addresses
from tests.web.leaks.planting import plant, random_ids
from tests.web.leaks.seen import seen_by
from tests.web.leaks.words import COLUMNS
from tests.web.refusals import walk_quickly

BAD = {400, 429, 500}
"""Answers by which a crawl would see less than there is: it asked wrongly, too often, or the hub failed."""


CRAWLERS = EVERYBODY - {"applicant", "coordinator without factor", "lapsed", "suspended"}
"""Those left out hold the labels of a visitor or a member; the table of things asks every route for them too."""

ON_POSTGRES = frozenset({"owner"})
"""Viewers as whom the crawler walks on PostgreSQL too (decision 0043)."""


SAMPLE = 10
"""Of the routes at whose door somebody is turned away every tenth is asked for: no view runs there, which `test_doors`
shows of each, so that what is behind it cannot tell."""


def asked(routes, verb, hub, ids, name):
    """Return the addresses of every route of a verb behind whose door somebody comes, with hidden things' ids."""
    by_table = {}
    for number, column in ids.items():
        by_table.setdefault(column.partition(".")[0], []).append(number)
    turned_away = count()
    paths = [
        route.partition(" ")[2]
        for route in sorted(routes)
        if route.startswith(f"{verb} ") and (name in DOORS[route] or next(turned_away) % SAMPLE == 0)
    ]
    return [
        each
        for path in paths
        for each in addresses(
            path, by_table, hub.agencies if path.startswith("/organisations/") else hub.slugs, hub.places
        )
    ]


def naming(hub):
    """Return addresses that name hidden records beside their path."""
    shown, hidden = hub.slugs
    yield f"/innovations/compare?slug={shown}&slug={hidden}"
    yield f"/shortlists/add?slug={shown}&slug={hidden}"
    yield f"/collaboration/new?about={hidden}"
    for page in ("why", "dismiss"):
        yield f"/matches/{page}?about=innovation:{hidden}"
    for page in ("people", "requests"):
        yield f"/matches/{page}?for=innovation:{hidden}"


@pytest.mark.db(name=ON_POSTGRES, engine_name=["whoosh"])
@pytest.mark.parametrize(
    ("name", "engine_name"),
    [*((name, "whoosh") for name in sorted(CRAWLERS)), ("law enforcement abroad", "tantivy")],
)
def test_a_crawler_finds_what_the_table_says_and_nothing_else(
    hub, client, database, index, search_with, routes, name, engine_name, monkeypatch
):
    search_with(engine_name)
    plant(hub.rows)
    index()
    hidden = random_ids(hub.rows)
    walk_quickly(monkeypatch)
    client.nags = False  # parsing takes longer than answering, and pages are nagged at elsewhere
    if hub.people[name]:
        client.become(hub.people[name])
    crawler = Crawler(client, database, hidden)
    crawler.walk([*asked(routes, "GET", hub, hidden, name), *naming(hub)])
    crawler.send(each for each in asked(routes, "POST", hub, hidden, name) if "/sign-" not in each)
    crawler.try_verbs(asked(routes, "GET", hub, hidden, name))
    found = {COLUMNS.get(each) or hidden[each]: where for each, where in crawler.found.items()}
    assert {column: sorted(where)[:5] for column, where in found.items() if column not in seen_by(name)} == {}
    assert sorted(seen_by(name) - set(found)) == []
    assert not BAD & set(crawler.answers)
