"""Erasing logged matter, through the pages of two integrity officers."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.audit.events import Event
from hub.audit.queries import erased_numbers, first_loose_number, stored_entries
from hub.audit.service import record
from hub.audit.verify import verify_stored
from hub.core.database import transaction
from hub.integrity.models import LogErasure
from hub.members.service import subject_of
from hub.privacy.erasure import erase_account
from tests.factories import make_member


@pytest.fixture
def officers(database, new_client):
    return [new_client().become(make_member(roles=[Role.INTEGRITY_OFFICER])) for _ in range(2)]


@pytest.fixture
def somebody(database):
    gone = make_member()
    with transaction():
        record(VISITOR, Event.MEMBER_SUSPEND, subject_of(gone), reason="Ugly words.")
    with transaction():
        erase_account(gone)
    return gone


def propose(browser, somebody):
    """Propose through the page; return the proposal's address."""
    answer = browser.submit(
        "/integrity/erasures/new", {"member": somebody.public_id, "reason": "They asked for it."}
    )
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_one_proposes_and_the_other_erases(officers, somebody):
    first, second = officers
    assert "Nobody has asked" in first.get("/integrity/erasures").text
    page = propose(first, somebody)
    assert "You proposed this" in first.get(page).text
    assert "Approve and erase" not in first.get(page).text
    assert "Approve and erase" in second.get(page).text
    answer = second.act(f"{page}/approve", follow_redirects=True)
    assert "The private part of 1 entry is erased." in answer.text
    assert len(erased_numbers()) == 1
    assert verify_stored(stored_entries(), first_loose_number()).is_whole
    assert "Decided on" in first.get(page).text
    log = first.get("/integrity/log").text
    assert "Erasure of logged matter approved" in log
    assert "Ugly words." not in log


def test_who_proposed_may_not_approve_by_hand_either(officers, somebody):
    page = propose(officers[0], somebody)
    assert officers[0].act(f"{page}/approve").status_code == 403
    assert not erased_numbers()


def test_declining_needs_words(officers, somebody):
    page = propose(officers[0], somebody)
    assert officers[1].submit(page, {"words": ""}).status_code == 422
    assert officers[1].submit(page, {"words": "It matters to others."}).status_code == 303
    assert "It matters to others." in officers[0].get(page).text


def test_a_proposal_is_withdrawn(officers, somebody, database):
    page = propose(officers[0], somebody)
    assert officers[0].act(f"{page}/withdraw").status_code == 303
    assert database.scalar(select(LogErasure.status)) == "withdrawn"
    assert officers[1].act(f"{page}/approve").status_code == 409


def test_an_unknown_id_comes_back_with_what_was_typed(officers):
    answer = officers[0].submit("/integrity/erasures/new", {"member": "nobody", "reason": "They asked."})
    assert answer.status_code == 422
    assert "Nobody with this member id has erased their account." in answer.text
    assert "They asked." in answer.text


@pytest.mark.parametrize("roles", [[], [Role.COORDINATOR], [Role.ADMINISTRATOR]])
def test_others_learn_nothing(officers, somebody, new_client, roles):
    page = propose(officers[0], somebody)
    stranger = new_client().become(make_member(roles=roles))
    assert stranger.get("/integrity/erasures").status_code == 403
    assert stranger.get(page).status_code == 404
    assert stranger.act(f"{page}/approve").status_code == 404
