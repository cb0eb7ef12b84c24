"""Evidence for commitments: given by members, decided by coordinators who have no part in it."""

import pytest

from hub.commitments.models import CommitmentEvidence, EvidenceStatus
from hub.core.database import session
from tests.commitments.making import make_evidence
from tests.factories import make_member

GIVE, DESK = "/commitments/UK9001/evidence/new", "/coordinate/commitments"

TYPED = {"title": "Minutes", "url": "https://example.org/minutes", "finding": "40 countries took part."}


def the_piece():
    """Return the one piece that was given."""
    return session().query(CommitmentEvidence).one()


@pytest.mark.db
def test_a_member_gives_evidence_and_a_coordinator_accepts_it(new_client, judging, commitment, text):
    member = new_client().become(make_member())
    member.submit(GIVE, TYPED | {"milestone": "1"})
    assert "Minutes" in text(judging.get(DESK))
    page = judging.get(f"{DESK}/{the_piece().public_id}")
    assert "40 countries took part." in text(page)
    assert judging.act(f"{DESK}/{the_piece().public_id}/accept").location == DESK
    session().refresh(the_piece())
    assert (the_piece().status, the_piece().milestone.number) == (EvidenceStatus.ACCEPTED, 1)


def test_what_is_missing_is_said_and_all_is_kept(owning, commitment, text):
    page = owning.submit(GIVE, TYPED | {"url": "minutes.pdf"})
    assert page.status_code == 422
    assert "40 countries took part." in page.text


def test_rejecting_asks_for_words(judging, commitment, text):
    piece = make_evidence(commitment)
    page = judging.submit(f"{DESK}/{piece.public_id}", {"words": ""})
    assert page.status_code == 422
    assert "Say why it shows nothing." in text(page)


def test_a_coordinator_who_gave_it_finds_why_not_and_no_form(judging, coordinator, commitment, text):
    piece = make_evidence(commitment, giver=coordinator)
    page = judging.get(f"{DESK}/{piece.public_id}")
    assert "It stands." not in text(page)
    assert judging.act(f"{DESK}/{piece.public_id}/accept").status_code == 403
    session().refresh(piece)
    assert piece.status is EvidenceStatus.GIVEN


def test_a_coordinator_who_owns_the_commitment_cannot_accept_evidence_for_it(
    judging, coordinator, commitment
):
    piece = make_evidence(commitment)
    commitment.owner_id = coordinator.id
    assert judging.act(f"{DESK}/{piece.public_id}/accept").status_code == 403


def test_a_second_decider_reads_what_happened_and_keeps_the_words(judging, new_client, commitment, text):
    piece = make_evidence(commitment)
    page = judging.get(f"{DESK}/{piece.public_id}")
    piece.status, piece.decided_by_id = EvidenceStatus.ACCEPTED, make_member().id
    answer = judging.submit(page, {"words": "It shows nothing."})
    assert answer.status_code == 409
    assert "It shows nothing." in text(answer)


def test_a_coordinator_recuses_themselves_from_a_piece(judging, commitment, text):
    piece = make_evidence(commitment)
    judging.submit(f"{DESK}/{piece.public_id}/recuse", {"words": "A friend wrote it."})
    assert "It stands." not in text(judging.get(f"{DESK}/{piece.public_id}"))


def test_who_gave_it_takes_it_back(owning, owner, commitment):
    piece = make_evidence(commitment, giver=owner)
    owning.act(f"/commitments/UK9001/evidence/{piece.public_id}/withdraw")
    session().refresh(piece)
    assert piece.status is EvidenceStatus.WITHDRAWN
