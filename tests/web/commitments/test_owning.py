"""Handing a commitment over: nobody answers for it who did not say yes, and its history tells it."""

import pytest

from hub.commitments.models import Handover, HandoverStatus
from hub.core.database import session
from tests.commitments.making import make_handover
from tests.factories import make_member, make_profile

HAND_OVER = "/commitments/UK9001/hand-over"
WORDS = {"institution": "Home Office", "words": "Two of three are done."}


@pytest.fixture
def nextone(database):
    """Who is asked to take it over; members may write to them."""
    member = make_member(display_name="Next")
    make_profile(member)
    return member


@pytest.mark.db
def test_the_owner_offers_it_and_the_next_one_takes_it_over(
    owning, owner, nextone, new_client, commitment, text
):
    found = owning.submit(HAND_OVER, {"look": "nex", **WORDS}, button=("then", "look"))
    assert "Two of three are done." in found.text
    owning.submit(found, {"to": nextone.public_id})
    session().refresh(commitment)
    assert commitment.owner_id == owner.id
    receiver = new_client().become(nextone)
    assert "Answer whether you take a commitment over" in text(receiver.get("/start"))
    offer = session().query(Handover).one()
    page = receiver.get(f"/commitments/handovers/{offer.public_id}")
    assert "Two of three are done." in text(page)
    receiver.submit(page, {"accept-words": "Gladly."})
    session().refresh(commitment)
    assert commitment.owner_id == nextone.id
    assert owning.get("/commitments/UK9001/keep").status_code == 403
    assert "That is you" in text(receiver.get("/commitments/UK9001/keep"))


@pytest.mark.parametrize(
    ("to", "said"), [("", "choose who should take it over"), ("2" * 22, "This member is not there")]
)
def test_an_offer_to_nobody_is_refused_and_all_is_kept(owning, commitment, text, to, said):
    shown = owning.get(HAND_OVER)
    page = owning.submit(shown, {"look": "Nobody", **WORDS}, button=("to", to))
    assert page.status_code == 422
    assert said in text(page)
    assert "Two of three are done." in page.text


def test_who_looks_for_another_offers_it_to_nobody_by_mistake(owning, nextone, commitment, text):
    found = owning.submit(HAND_OVER, {"look": "nex", **WORDS}, button=("then", "look"))
    assert nextone.public_id in found.text
    again = owning.submit(found, {"look": "Nobody", "to": nextone.public_id}, button=("then", "look"))
    assert "No member of that name" in text(again)
    assert nextone.public_id not in again.text
    assert "Two of three are done." in again.text


def test_a_second_offer_is_refused_and_all_is_kept(keeper, owner, nextone, commitment, text):
    page = keeper.get(f"{HAND_OVER}?to={nextone.public_id}")
    make_handover(commitment, to=nextone, by=owner)
    answer = keeper.submit(page, {"to": nextone.public_id, **WORDS})
    assert answer.status_code == 409
    assert "An offer waits for an answer already" in text(answer)
    assert "Two of three are done." in answer.text


def test_declining_leaves_the_owner_and_tells_why(new_client, owning, owner, nextone, commitment, text):
    offer = make_handover(commitment, to=nextone, by=owner)
    place = f"/commitments/handovers/{offer.public_id}"
    new_client().become(nextone).submit(place, {"decline-words": "Too much else."})
    assert "Too much else." in text(owning.get(place))
    session().refresh(commitment)
    assert commitment.owner_id == owner.id


def test_an_answer_after_the_time_is_refused_in_words(new_client, owner, nextone, commitment, text):
    offer = make_handover(commitment, to=nextone, by=owner, days=-1)
    page = new_client().become(nextone).act(f"/commitments/handovers/{offer.public_id}/accept")
    assert page.status_code == 409
    assert "The time to answer this offer is over" in text(page)


def test_an_offer_is_taken_back(owning, owner, nextone, commitment):
    offer = make_handover(commitment, to=nextone, by=owner)
    owning.act(f"/commitments/handovers/{offer.public_id}/withdraw")
    session().refresh(offer)
    assert offer.status is HandoverStatus.WITHDRAWN


def test_an_offer_is_nothing_to_others(new_client, owner, nextone, commitment):
    offer = make_handover(commitment, to=nextone, by=owner)
    stranger = new_client().become(make_member())
    assert stranger.get(f"/commitments/handovers/{offer.public_id}").status_code == 404
