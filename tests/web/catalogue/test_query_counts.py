"""How many times each page asks the database: a fixed number, however much there is to show."""

import pytest

from tests.catalogue.records import MEMBERS, make_scene, published, submitted, taken
from tests.factories import make_member

SEARCH, RECORD, HOME, QUEUE = 12, 30, 14, 35

SUGGESTED = 26
"""Who could help with a record, for its owner's side."""

OF_THE_ACCOUNT = {"visitor": 0, "member": 3, "officer": 4, "owner": 5, "coordinator": 7}
"""The bell; whether lost factors were reported, a record is followed, the privileged have any; what rules them out."""


@pytest.fixture
def full(database, index):
    """More records than a page shows."""
    scene = make_scene()
    for number in range(14):
        published(scene, name=f"Ledger {number}", offences=("uncac-15",), countries=("GE", "ID"))
    published(scene, name="For members", readership=MEMBERS)
    index()
    return scene


@pytest.fixture(params=["visitor", "member", "officer", "coordinator", "owner"])
def browser(request, full, client, database):
    people = {
        "visitor": lambda: None,
        "member": make_member,
        "officer": lambda: make_member(law_enforcement="GE"),
        "coordinator": lambda: full.coordinator,
        "owner": lambda: full.partner,
    }
    member = people[request.param]()
    if member is not None:
        client.become(member)
        client.get("/")  # the first click writes its sign of life
    client.extra = OF_THE_ACCOUNT[request.param]
    client.is_owner = request.param == "owner"
    return client


PAGES = {
    "/": HOME,
    "/innovations": SEARCH,
    "/innovations?q=ledger": SEARCH,
    "/innovations?q=ledger&function=detect&country=GE&country=ID&kind=software&offence=uncac-15": SEARCH,
    "/innovations?q=ledger&page=2&sort=newest": SEARCH,
    "/innovations?q=nothing+like+it": SEARCH,
    "/innovations?q=ledger&kind=data": SEARCH,
    "/innovations/ledger-3": RECORD,
    "/innovations/never-was": 6,
}


def test_each_page_asks_a_fixed_number_of_times(browser, queries):
    for address, most in PAGES.items():
        with queries as asked:
            browser.get(address)
        suggested = SUGGESTED if most == RECORD and browser.is_owner else 0
        assert len(asked) <= most + browser.extra + suggested, "\n".join([address, *asked.statements])


def test_the_queue_asks_a_fixed_number_of_times(full, coordinator_of, queries):
    for number in range(3):
        submitted(full, name=f"Waiting {number}")
        taken(full, name=f"Taken {number}")
    with queries as asked:
        coordinator_of.get("/coordinate")
    few = len(asked)
    for number in range(10):
        submitted(full, name=f"More {number}")
    with queries as asked:
        coordinator_of.get("/coordinate")
    assert len(asked) <= few <= QUEUE, "\n".join(asked.statements)


@pytest.fixture
def coordinator_of(full, client):
    client.become(full.coordinator)
    client.get("/")
    return client


def test_the_own_records_ask_a_fixed_number_of_times(full, client, queries):
    client.become(full.partner)
    client.get("/")
    with queries as asked:
        client.get("/innovations/mine")
    assert len(asked) <= QUEUE, "\n".join(asked.statements)


def test_a_visitor_who_reads_the_frame_only_asks_nothing(client, queries):
    with queries as asked:
        client.get("/no-such-page")
        client.get("/sign-in")
    assert len(asked) == 0, "\n".join(asked.statements)
