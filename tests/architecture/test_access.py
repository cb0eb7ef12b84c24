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
FOCAL_POINTS = {"focal point"}

# What a member may do with one record, such as its owner or a recused coordinator, is told in the tests of its feature.
TABLE = {
    "GET /": EVERYBODY,
    "GET /account": SIGNED_IN,
    "GET /coordinate": COORDINATORS,
    "GET /coordinate/<kind>/<public_id>": COORDINATORS,
    "GET /coordinate/<slug>": COORDINATORS,
    "GET /coordinate/batches/<public_id>": COORDINATORS,
    "GET /countries/<code>": EVERYBODY,
    "GET /countries/<code>/edit": FOCAL_POINTS,
    "GET /healthz": EVERYBODY,
    "GET /innovations": EVERYBODY,
    "GET /innovations/<slug>": EVERYBODY,
    "GET /innovations/<slug>/annexes/<public_id>": EVERYBODY,
    "GET /innovations/<slug>/annexes/<public_id>/edit": MEMBERS,
    "GET /innovations/<slug>/annexes/<public_id>/file": EVERYBODY,
    "GET /innovations/<slug>/annexes/new": MEMBERS,
    "GET /innovations/<slug>/archive": MEMBERS,
    "GET /innovations/<slug>/check": MEMBERS,
    "GET /innovations/<slug>/claim": EVERYBODY,
    "GET /innovations/<slug>/discard": MEMBERS,
    "POST /innovations/<slug>/discard": MEMBERS,
    "POST /innovations/import/drafts/discard": MEMBERS,
    "GET /innovations/<slug>/edit": MEMBERS,
    "GET /innovations/<slug>/edit/<key>": MEMBERS,
    "GET /innovations/<slug>/evidence": EVERYBODY,
    "GET /innovations/<slug>/evidence/<public_id>/file": EVERYBODY,
    "GET /innovations/<slug>/evidence/new": MEMBERS,
    "GET /innovations/<slug>/hand-over": MEMBERS,
    "GET /innovations/<slug>/languages": MEMBERS,
    "GET /innovations/<slug>/languages/<language>": MEMBERS,
    "GET /innovations/<slug>/propose/<action>": COORDINATORS,
    "GET /innovations/<slug>/replications": EVERYBODY,
    "GET /innovations/<slug>/replications/<public_id>": EVERYBODY,
    "GET /innovations/<slug>/replications/new": MEMBERS,
    "GET /innovations/<slug>/report-problem": EVERYBODY,
    "GET /innovations/<slug>/revisions": EVERYBODY,
    "GET /innovations/<slug>/revisions/<int:number>": EVERYBODY,
    "GET /innovations/export": EVERYBODY,
    "GET /innovations/import": MEMBERS,
    "GET /innovations/import/<public_id>": MEMBERS,
    "GET /innovations/import/template.<format>": MEMBERS,
    "GET /innovations/mine": MEMBERS,
    "GET /innovations/new": MEMBERS,
    "GET /innovations/offers/<public_id>": MEMBERS,
    "GET /readyz": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "GET /static/<path:filename>": EVERYBODY,
    "POST /coordinate/<kind>/<public_id>/<action>": COORDINATORS,
    "POST /coordinate/<kind>/<public_id>/release": COORDINATORS,
    "POST /coordinate/<kind>/<public_id>/take": COORDINATORS,
    "POST /coordinate/batches/<public_id>/publish": COORDINATORS,
    "POST /coordinate/batches/<public_id>/release": COORDINATORS,
    "POST /coordinate/batches/<public_id>/take": COORDINATORS,
    "POST /coordinate/evidence/<public_id>/reopen": COORDINATORS,
    "POST /countries/<code>/edit": FOCAL_POINTS,
    "POST /innovations/<slug>/annexes/<public_id>/edit": MEMBERS,
    "POST /innovations/<slug>/annexes/<public_id>/remove": MEMBERS,
    "POST /innovations/<slug>/annexes/new": MEMBERS,
    "POST /innovations/<slug>/archive": MEMBERS,
    "POST /innovations/<slug>/claim": MEMBERS,
    "POST /innovations/<slug>/claim/withdraw": MEMBERS,
    "POST /innovations/<slug>/confirm": MEMBERS,
    "POST /innovations/<slug>/decline": COORDINATORS,
    "POST /innovations/<slug>/edit/<key>": MEMBERS,
    "POST /innovations/<slug>/end-feature": COORDINATORS,
    "POST /innovations/<slug>/evidence/<public_id>/withdraw": MEMBERS,
    "POST /innovations/<slug>/evidence/new": MEMBERS,
    "POST /innovations/<slug>/hand-over": MEMBERS,
    "POST /innovations/<slug>/languages": MEMBERS,
    "POST /innovations/<slug>/languages/<language>": MEMBERS,
    "POST /innovations/<slug>/languages/<language>/remove": MEMBERS,
    "POST /innovations/<slug>/source-language": MEMBERS,
    "POST /innovations/<slug>/propose/<action>": COORDINATORS,
    "POST /innovations/<slug>/publish": COORDINATORS,
    "POST /innovations/<slug>/release": COORDINATORS,
    "POST /innovations/<slug>/replications/<public_id>/answer": MEMBERS,
    "POST /innovations/<slug>/replications/<public_id>/confirm": MEMBERS,
    "POST /innovations/<slug>/replications/<public_id>/dispute": MEMBERS,
    "POST /innovations/<slug>/replications/<public_id>/fail": MEMBERS,
    "POST /innovations/<slug>/replications/<public_id>/settle": MEMBERS,
    "POST /innovations/<slug>/replications/<public_id>/withdraw": MEMBERS,
    "POST /innovations/<slug>/replications/new": MEMBERS,
    "POST /innovations/<slug>/report-problem": EVERYBODY,
    "POST /innovations/<slug>/request-changes": COORDINATORS,
    "POST /innovations/<slug>/restore": MEMBERS,
    "POST /innovations/<slug>/revise": MEMBERS,
    "POST /innovations/<slug>/submit": MEMBERS,
    "POST /innovations/<slug>/take": COORDINATORS,
    "POST /innovations/<slug>/withdraw": MEMBERS,
    "POST /innovations/import": MEMBERS,
    "POST /innovations/import/<public_id>/start": MEMBERS,
    "POST /innovations/import/<public_id>/submit": MEMBERS,
    "POST /innovations/new": MEMBERS,
    "POST /innovations/offers/<public_id>/accept": MEMBERS,
    "POST /innovations/offers/<public_id>/decline": MEMBERS,
    "POST /innovations/offers/<public_id>/withdraw": MEMBERS,
    "POST /innovations/proposals/<public_id>/withdraw": COORDINATORS,
    "POST /language": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-out": EVERYBODY,
}

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")


PLACES = {
    "<slug>": "some-thing",
    "<key>": "name",
    "<path:filename>": "css/base.css",
    "<public_id>": "23456789abcdefghjkmnpq",
    "<int:number>": "1",
    "<language>": "ka",
    "<code>": "GE",
    "<kind>": "claims",
    "<format>": "csv",
}


def address(route: str) -> str:
    """Return an address that the route answers."""
    # the decisions of coordinators and the proposals have different words at the place of the action
    words = {"<action>": "take-down" if "/propose/" in route else "accept"}
    for place, word in (PLACES | words).items():
        route = route.replace(place, word)
    return route


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


@pytest.mark.db
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
