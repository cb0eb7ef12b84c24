"""Every kind of page of suggestions and introductions, narrow and from right to left, without a barrier.

Wide and from left to right the journeys pass most of them; the others are opened here.
"""

import pytest

from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from hub.members.introductions.service import accept_introduction, ask_introduction
from tests.browser.conftest import NARROW
from tests.browser.meanwhile import counts_exposure
from tests.browser.passing import member_of, writing
from tests.browser.test_collaboration_pages import address_of, ask, opens_all
from tests.browser.test_pages import turn

SUPPLIERS = "Join supplier names of five procurement portals"
LENS, BOARDS = "tender-lens-fictional", "village-budget-boards-fictional"
NOTE = "Fictional: we would like to compare, column by column, how our people read notices. " * 4


def subject_of(hub, slug):
    """Return how an innovation of the demonstration is named where something is suggested for it."""
    return f"innovation:{ask(hub, 'SELECT public_id FROM innovations WHERE slug = ?', slug)}"


def id_of(hub, account):
    """Return the random id of somebody of the demonstration."""
    return ask(hub, "SELECT public_id FROM members WHERE email = ?", f"{account}@demo.example")


@pytest.fixture(scope="module")
def introduced(hub):
    """Have two ask Tamar, who accepts one; return the addresses: what waits for her, and what she accepted."""
    with writing(hub), transaction():
        tamar = viewer_of(member_of("representative.ge"))
        asked = [
            ask_introduction(
                viewer_of(member_of(asking)),
                member_of("representative.ge"),
                note=NOTE,
                contact="somebody@demo.example",
                language="en",
            )
            for asking in ("business", "innovator")
        ]
        accept_introduction(tamar, asked[1], contact="tamar@demo.example")
        return [f"/introductions/{each.public_id}" for each in asked]


def test_who_looks_at_their_suggestions_meets_no_barrier(hub, new_person):
    marta, wide = new_person(NARROW), new_person()
    lens, boards = subject_of(hub, LENS), subject_of(hub, BOARDS)
    rare = ["/matches/requests", "/matches/country", "/matches/find?q=tender", "/matches/method"]
    rare.append(f"/matches/why?about={boards}")
    rare.append(f"/matches/people?for={subject_of(hub, 'gift-counter-fictional')}")
    for person in (marta, wide):
        person.signs_in("scientist")
    opens_all(wide, *rare)
    turn(marta, "rtl")
    opens_all(marta, "/matches", "/matches/innovations", "/matches/people", *rare)
    opens_all(marta, f"/matches/why?about={lens}", f"/matches/dismiss?about={lens}", "/matches/dismissed")
    opens_all(marta, "/matches/weights", "/account/notifications/mail", f"/innovations/{LENS}", "/")
    marta.opens("/matches/weights")
    marta.main.locator("button[name=preview]").click()
    marta.looks()


def test_who_looks_for_an_answer_meets_no_barrier(hub, new_person):
    ratna, wide = new_person(NARROW), new_person()
    request = address_of(hub, SUPPLIERS)
    purpose = f"request:{request.rpartition('/')[2]}"
    lists = [f"/matches/{each}?for={purpose}" for each in ("people", "organisations", "innovations")]
    for person in (ratna, wide):
        person.signs_in("partner.id")
    opens_all(wide, *lists)
    turn(ratna, "rtl")
    opens_all(ratna, *lists, request, "/countries/ID")
    marta = id_of(hub, "scientist")
    opens_all(ratna, f"/matches/why?for={purpose}&about=member:{marta}")
    opens_all(ratna, f"/introductions/ask/{marta}?about={purpose}")


def test_who_is_introduced_meets_no_barrier(hub, new_person, introduced):
    tamar, asking, wide = new_person(NARROW), new_person(NARROW), new_person()
    for person in (tamar, wide):
        person.signs_in("representative.ge")
    asking.signs_in("business")
    opens_all(wide, "/introductions", "/introductions/sent")
    for person in (tamar, asking):
        turn(person, "rtl")
    opens_all(tamar, "/introductions", "/introductions/sent", *introduced)
    opens_all(asking, "/introductions/sent", introduced[0], f"/introductions/ask/{id_of(hub, 'officer4')}")
    opens_all(asking, f"/introductions/ask/{id_of(hub, 'representative.ge')}")


def test_a_coordinator_meets_no_barrier(hub, new_person):
    amal, wide = new_person(NARROW), new_person()
    counts_exposure(hub)
    for person in (amal, wide):
        person.signs_in("coordinator")
    opens_all(wide, "/coordinate/fairness/floor", "/coordinate/fairness?kind=member")
    turn(amal, "rtl")
    opens_all(amal, "/coordinate/fairness", "/coordinate/fairness/floor", "/coordinate/needs")
    opens_all(amal, "/coordinate/introductions")
