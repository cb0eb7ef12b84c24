"""Who comes through which door: the table of every route is compared with the running application."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.architecture.access.table import DOORS
from tests.architecture.access.viewers import BY_FACTOR, EVERYBODY, SIGNED_IN, WITHHELD
from tests.architecture.access.world import make_people
from tests.architecture.sources import imports_of
from tests.factories import make_organisation
from tests.web.client import NaggingClient

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")

TRY_EVERY_VERB = frozenset({"coordinator", "visitor"})
"""Who tries the verbs that no route takes: they are refused before it is asked who comes, so that two are enough."""

PLACES = {
    "<slug>": "some-thing",
    "<key>": "name",
    "<path:filename>": "css/base.css",
    "<public_id>": "23456789abcdefghjkmnpq",
    "<entry_id>": "23456789abcdefghjkmnpq",
    "<share_id>": "23456789abcdefghjkmnpq",
    "<response_id>": "23456789abcdefghjkmnpq",
    "<question_id>": "23456789abcdefghjkmnpq",
    "<message_id>": "23456789abcdefghjkmnpq",
    "<file_id>": "23456789abcdefghjkmnpq",
    "<step_id>": "23456789abcdefghjkmnpq",
    "<outcome_id>": "23456789abcdefghjkmnpq",
    "<material_id>": "23456789abcdefghjkmnpq",
    "<presenter_id>": "23456789abcdefghjkmnpq",
    "<proposal_id>": "23456789abcdefghjkmnpq",
    "<registration_id>": "23456789abcdefghjkmnpq",
    "<room_id>": "23456789abcdefghjkmnpq",
    "<slot_id>": "23456789abcdefghjkmnpq",
    "<track_id>": "23456789abcdefghjkmnpq",
    "<secret>": "some-secret",
    "<int:number>": "1",
    "<language>": "ka",
    "<chart>": "functions",
    "<code>": "GE",
    "<kind>": "claims",
    "<format>": "csv",
    "<name>": "some-mail",
}

ALSO = {
    "GET /account/outbox-demo/digests": "GET /account/outbox-demo/<name>",
    "GET /collaboration/<public_id>/responses/export": "GET /collaboration/<public_id>/responses/<response_id>",
    "GET /coordinate/fairness/export": "GET /coordinate/<kind>/<public_id>",
    "POST /collaboration/<public_id>/draft/check": "POST /collaboration/<public_id>/draft/<key>",
    **{
        f"POST /coordinate/showcases/<slug>/{page}": "POST /coordinate/<kind>/<public_id>/<action>"
        for page in ("check-in", "entries", "preview", "programme", "progress", "ranking", "registrations")
    },
}
"""Addresses of one verb that another route answers for another verb."""

TABLES = (
    "viewers",
    "table",
    "things",
    "collaboration_doors",
    "collaboration_things",
    "commitment_doors",
    "commitment_things",
    "showcase_doors",
    "showcase_things",
    "curating_things",
    "decision_doors",
    "insight_doors",
    "matching_doors",
    "matching_things",
)


def address(route: str) -> str:
    """Return an address that the route answers."""
    # the decisions of coordinators and the proposals have different words at the place of the action
    words = {"<action>": "take-down" if "/propose/" in route else "accept"}
    for place, word in (PLACES | words).items():
        route = route.replace(place, word)
    return route


def expected(name: str, verb: str, path: str) -> int:
    """Return the status that the door gives `name`; 303 leads to the sign-in page, or to the second factor."""
    asked = f"{verb} {path}"
    asked = ALSO.get(asked, asked)
    reached = DOORS.get(asked)
    if reached is None:
        return 405
    if name in reached:
        return 200
    if name not in SIGNED_IN or (name in WITHHELD and reached in BY_FACTOR):
        return 303
    return 404 if "<" in asked else 403


@pytest.fixture
def people(database):
    return make_people(make_organisation(), make_organisation())


@pytest.fixture
def browser(doors, database) -> FlaskClient:
    opened = NaggingClient(doors, doors.response_class)
    opened.database = database
    opened.nags = False  # parsing takes longer than answering, and error pages are nagged at elsewhere
    return opened


def test_every_route_is_in_the_table(routes):
    assert sorted(set(DOORS) - routes) == []
    assert sorted(routes - set(DOORS)) == []


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_ask_nothing_of_the_code(name):
    taken = imports_of(Path(__file__).with_name(f"{name}.py"))
    assert not [each for each in taken if not each.startswith("tests.architecture.access.")]


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_the_doors_let_in_whom_the_table_names(browser, people, routes, name):
    if people[name]:
        browser.become(people[name])
    paths = sorted({route.split(" ")[1] for route in DOORS.keys() & routes})
    unexpected = []
    for path in paths:
        for verb in VERBS if name in TRY_EVERY_VERB else VERBS[:2]:
            answer = browser.open(address(path), method=verb)
            if answer.status_code != expected(name, verb, path):
                unexpected.append(
                    f"{verb} {path}: {answer.status_code} instead of {expected(name, verb, path)}"
                )
            elif answer.status_code == 303:
                leads_to = "/account/security" if name in WITHHELD else "/sign-in?next="
                assert answer.location.startswith(leads_to), f"{name}: {verb} {path}"
    assert not unexpected, f"{name}: " + "; ".join(unexpected)
