"""Every kind of page of suggestions and introductions, narrow and from right to left, without a barrier.

Wide and from left to right the journeys pass most of them; the others are opened here.
"""

import pytest
from sqlalchemy import select

from hub.core.database import session
from hub.members.introductions.service import accept_introduction, ask_introduction
from hub.integrity.viewers import viewer_of
from hub.matching.dismissing import dismiss
from hub.members.models import Introduction
from tests.browser.conftest import NARROW
from tests.browser.meanwhile import counts_exposure
from tests.browser.passing import member_of, writing
from tests.browser.test_collaboration_pages import address_of, ask, opens_all
from tests.browser.test_pages import turn

LOOKED_FOR = "Join supplier names of five procurement portals"
LENS, FAR_OFF = "Tender Lens (fictional)", "Village Budget Boards (fictional)"
LONG = "Fictional: we would like to compare how our people read notices, column by column, and by whom. " * 6


def subject_of(hub, name):
    """Return how an innovation of the demonstration is named where something is suggested for it."""
    found = ask(
        hub,
        "SELECT i.public_id FROM innovations i JOIN innovation_revisions r ON r.innovation_id = i.id"
        " WHERE r.name = ?",
        name,
    )
    return f"innovation:{found}"


@pytest.fixture(scope="module")
def introduced(hub):
    """Have two members ask Tamar, whom she accepts or leaves waiting; return the introductions' addresses."""
    with writing(hub):
        tamar = member_of("representative.ge")
        waiting, accepted = (
            ask_introduction(
                viewer_of(member_of(asking)), tamar, note=LONG, contact="somebody@demo.example", language="en"
            )
            for asking in ("business", "innovator")
        )
        accept_introduction(viewer_of(tamar), accepted, contact="tamar@demo.example")
        return [f"/introductions/{each.public_id}" for each in (waiting, accepted)]


def test_a_member_meets_no_barrier_among_their_suggestions(hub, new_person, introduced):
    marta, tamar = new_person(NARROW), new_person(NARROW)
    marta.signs_in("scientist")
    turn(marta, "rtl")
    lens, boards = subject_of(hub, LENS), subject_of(hub, FAR_OFF)
    opens_all(
        marta, *(f"/matches{each}" for each in ("", "/innovations", "/requests", "/people", "/country"))
    )
    opens_all(marta, f"/matches/why?about={lens}", f"/matches/why?about={boards}", "/matches/find?q=tender")
    opens_all(marta, f"/matches/dismiss?about={lens}", "/matches/weights", "/matches/method")
