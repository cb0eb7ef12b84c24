"""Who reaches every route, written by hand. A route that is not in the table fails; nothing here reads the marks."""

import pytest
from flask.testing import FlaskClient

from tests.web.client import NaggingClient

EVERYBODY = {
    "visitor",
    "applicant",
    "suspended",
    "member",
    "representative",
    "focal point",
    "law enforcement",
    "law enforcement abroad",
    "coordinator",
    "integrity officer",
    "administrator",
}
SIGNED_IN = EVERYBODY - {"visitor", "suspended"}
MEMBERS = SIGNED_IN - {"applicant"}
COORDINATORS = {"coordinator"}

# What a member may do with one record, such as its owner or a recused coordinator, is told in the tests of its feature.
TABLE = {
    "GET /": EVERYBODY,
    "GET /account": SIGNED_IN,
    "GET /coordinate": COORDINATORS,
    "GET /coordinate/<slug>": COORDINATORS,
    "GET /healthz": EVERYBODY,
    "GET /innovations": EVERYBODY,
    "GET /innovations/<slug>": EVERYBODY,
    "GET /innovations/<slug>/check": MEMBERS,
    "GET /innovations/<slug>/edit": MEMBERS,
    "GET /innovations/<slug>/edit/<key>": MEMBERS,
    "GET /innovations/mine": MEMBERS,
    "GET /innovations/new": MEMBERS,
    "GET /readyz": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "GET /static/<path:filename>": EVERYBODY,
    "POST /innovations/<slug>/decline": COORDINATORS,
    "POST /innovations/<slug>/edit/<key>": MEMBERS,
    "POST /innovations/<slug>/publish": COORDINATORS,
    "POST /innovations/<slug>/release": COORDINATORS,
    "POST /innovations/<slug>/request-changes": COORDINATORS,
    "POST /innovations/<slug>/revise": MEMBERS,
    "POST /innovations/<slug>/submit": MEMBERS,
    "POST /innovations/<slug>/take": COORDINATORS,
    "POST /innovations/<slug>/withdraw": MEMBERS,
    "POST /innovations/new": MEMBERS,
    "POST /language": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-out": EVERYBODY,
}

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def address(route: str) -> str:
    """Return an address that the route answers."""
    return (
        route.replace("<slug>", "some-thing")
        .replace("<key>", "name")
        .replace("<path:filename>", "css/base.css")
    )


def expected(name: str, verb: str, path: str) -> int:
    """Return the status that the door gives `name`; 303 leads to the sign-in page."""
    reached = TABLE.get(f"{verb} {path}")
    if reached is None:
        return 405
    if name in reached:
        return 200
    if name not in SIGNED_IN:
        return 303
    return 404 if "<" in path else 403


def test_every_route_is_in_the_table(routes):
    assert routes == set(TABLE)


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_the_doors_let_in_whom_the_table_names(doors, people, database, name):
    browser: FlaskClient = NaggingClient(doors, doors.response_class)
    browser.database = database
    if people[name]:
        browser.become(people[name])
    paths = sorted({route.split(" ")[1] for route in TABLE})
    unexpected = []
    for path in paths:
        for verb in VERBS:
            status = browser.open(address(path), method=verb).status_code
            if status != expected(name, verb, path):
                unexpected.append(f"{verb} {path}: {status} instead of {expected(name, verb, path)}")
    assert not unexpected, f"{name}: " + "; ".join(unexpected)
