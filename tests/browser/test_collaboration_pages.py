"""Every kind of page of collaboration, narrow and from right to left, without a barrier.

Wide and from left to right the journeys pass most of them.
"""

import sqlite3
from contextlib import closing

from tests.browser.conftest import NARROW
from tests.browser.test_pages import turn

DISCUSSED = "An independent look at our procurement red flags"
UNDER_WAY = "Village budget boards in three Spanish municipalities"
BY_NAME = "How village contracts can be published as OCDS"
RETURNED = "Funding for training of suppliers"
SUBMITTED = "A mentor for a first tool for municipal auditors"


def ask(hub, question, *values):
    """Return the first value that the demonstration's database gives."""
    with closing(sqlite3.connect(hub.instance / "hub.sqlite")) as database:
        return database.execute(question, values).fetchone()[0]


def address_of(hub, title):
    """Return the address of a request of the demonstration."""
    found = ask(hub, "SELECT public_id FROM collaboration_requests WHERE title = ?", title)
    return f"/collaboration/{found}"


def response_to(hub, title, status):
    """Return the address of a response to a request of the demonstration."""
    found = ask(
        hub,
        "SELECT r.public_id FROM responses r JOIN collaboration_requests q ON q.id = r.request_id"
        " WHERE q.title = ? AND r.status = ?",
        title,
        status,
    )
    return f"{address_of(hub, title)}/responses/{found}"


def opens_all(person, *paths):
    """Open pages, each of which is looked at."""
    for path in paths:
        assert person.opens(path) == 200, path


def test_a_visitor_and_a_poster_meet_no_barrier(hub, new_person):
    visitor, poster = new_person(NARROW), new_person(NARROW)
    visitor.opens("/collaboration")
    turn(visitor, "rtl")
    opens_all(visitor, "/collaboration", "/collaboration/case", address_of(hub, DISCUSSED))
    poster.signs_in("business")
    turn(poster, "rtl")
    draft = f"{address_of(hub, RETURNED)}/draft"
    opens_all(poster, "/collaboration/new", "/collaboration/mine", "/account/time-zone", draft)
    opens_all(poster, *(f"{draft}/{part}" for part in ("what", "requirements", "brings", "about")))
    opens_all(poster, f"{draft}/readers", f"{draft}/dates", f"{draft}/check")


def test_a_requester_meets_no_barrier(hub, new_person):
    requester = new_person(NARROW)
    requester.signs_in("representative.gb")
    turn(requester, "rtl")
    request, response = address_of(hub, DISCUSSED), response_to(hub, DISCUSSED, "submitted")
    opens_all(requester, request, "/collaboration/mine", f"{request}/responses", response)
    opens_all(requester, f"{response}/accept", f"{response}/decline", f"{response}/conversation")
    opens_all(requester, *(f"{request}/{each}" for each in ("extend", "requirements", "withdraw")))


def test_partners_and_receivers_meet_no_barrier(hub, new_person):
    partner = new_person(NARROW)
    partner.signs_in("representative.es")
    turn(partner, "rtl")
    receiver = new_person(NARROW)
    plan, talk = response_to(hub, UNDER_WAY, "accepted"), response_to(hub, DISCUSSED, "shortlisted")
    opens_all(partner, talk, f"{talk}/conversation", f"{talk}/conversation/call", f"{talk}/withdraw")
    opens_all(partner, plan, f"{plan}/partnership", f"{plan}/outcome", f"{address_of(hub, UNDER_WAY)}/cancel")
    receiver.signs_in("scientist")
    turn(receiver, "rtl")
    opens_all(receiver, *(f"{address_of(hub, BY_NAME)}/{each}" for each in ("refuse", "respond")))


def test_coordinators_of_requests_meet_no_barrier(hub, new_person):
    coordinator = new_person(NARROW)
    coordinator.signs_in("coordinator2")
    turn(coordinator, "rtl")
    desk = address_of(hub, SUBMITTED).replace("/collaboration/", "/coordinate/requests/")
    opens_all(
        coordinator, "/coordinate", desk, "/coordinate/collaboration", "/coordinate/collaboration/answers"
    )
