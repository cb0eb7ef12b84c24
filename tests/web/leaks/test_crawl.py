"""A crawler as each viewer finds nothing of what is hidden from them, and all that the table says they see."""

import pytest

from hub.access.viewer import Role
from tests.architecture.access.viewers import EVERYBODY
from tests.architecture.access.world import make_people
from tests.catalogue.cast import Cast, record_of
from tests.factories import make_member, make_organisation
from tests.web.leaks.crawling import Crawler, addresses
from tests.web.leaks.planting import hide_people, hide_record, plant, random_ids, rows_now, rows_since
from tests.web.leaks.seen import SEEN
from tests.web.leaks.words import COLUMNS


def seen_by(name):
    """Return the columns whose words the table lets somebody see."""
    return {column for column, names in SEEN.items() if name in names}


@pytest.fixture
def hub(database, index):
    """A hub with everybody in it, one public record and much that is hidden; what hangs on whom is told by `access`."""
    owner, adopting = make_organisation(), make_organisation(country="ES")
    people = make_people(owner, adopting)
    reviewers = {name: make_member(roles=[Role.COORDINATOR]) for name in ("reviewer", "free")}
    cast = Cast(
        owner, adopting, people | reviewers | {"registrar": people["owner"], "partner": people["owner"]}
    )
    public = record_of(cast)
    before = rows_now()
    hidden = hide_record(cast.scene)
    hide_people(hidden)
    rows = rows_since(before)
    plant(rows)
    index()
    return people, (public.slug, hidden.slug), random_ids(rows)


@pytest.mark.db
@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_a_crawler_finds_what_the_table_says_and_nothing_else(hub, client, database, routes, name):
    people, slugs, hidden = hub
    client.nags = False
    if people[name]:
        client.become(people[name])
    ids = {}
    for number, column in hidden.items():
        ids.setdefault(column.partition(".")[0], []).append(number)
    crawler = Crawler(client, database, hidden)
    asked = {
        verb: [
            each
            for route in sorted(routes)
            if route.startswith(f"{verb} ")
            for each in addresses(route.partition(" ")[2], ids, slugs)
        ]
        for verb in ("GET", "POST")
    }
    crawler.walk(asked["GET"])
    crawler.send(each for each in asked["POST"] if each not in {"/sign-out", "/sign-in"})
    crawler.try_verbs(asked["GET"])
    found = {COLUMNS.get(each) or hidden[each]: where for each, where in crawler.found.items()}
    import json

    json.dump(
        {"a": dict(crawler.answers), "f": {k: sorted(v) for k, v in found.items()}},
        open(f"/tmp/hub4/T_found_{name}.json", "w"),
        indent=1,
    )
    assert {column: sorted(where)[:5] for column, where in found.items() if column not in seen_by(name)} == {}
    assert sorted(seen_by(name) - set(found)) == []
    assert crawler.answers[500] == 0
