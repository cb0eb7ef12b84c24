"""Entering a commitment and changing what its record says."""

import pytest

from hub.commitments.models import Commitment, CommitmentStatus
from hub.core.database import session
from tests.commitments.making import make_commitment
from tests.factories import make_member

NEW, EDIT = "/commitments/new", "/commitments/UK9001/edit"

TYPED = {
    "code": "uk9002",
    "country": "GB",
    "title": "Publish who owns companies",
    "plan_name": "Third Plan",
    "plan_year": "2016",
    "starts_on": "2016-05",
    "ends_on": "2018-05",
    "lead": "Cabinet Office\nKPK | ID",
    "interest": "| NO",
    "policy_areas": ["beneficial_ownership"],
    "source_url": "https://example.org/plan",
    "retrieved_on": "2026-11-21",
}


def stored():
    """Return the commitment that was entered."""
    return session().query(Commitment).filter_by(code="UK9002").one()


@pytest.mark.db
def test_a_focal_point_enters_a_draft_and_publishes_it(keeper, text):
    page = keeper.submit(NEW, TYPED)
    assert page.location == "/commitments/UK9002/keep"
    assert "A draft" in text(keeper.get(page.location))
    assert [(each.name, each.country) for each in stored().parties] == [
        ("Cabinet Office", None),
        ("KPK", "ID"),
        ("", "NO"),
    ]
    assert stored().ends_on.isoformat() == "2018-05-31"
    keeper.act("/commitments/UK9002/publish")
    session().refresh(stored())
    assert stored().status is CommitmentStatus.ACTIVE


def test_what_is_wrong_is_said_and_all_is_kept(keeper, text):
    wrong = {"code": "none", "starts_on": "May 2016", "plan_year": "", "support": "Justice | XX"}
    page = keeper.submit(NEW, TYPED | wrong)
    assert page.status_code == 422
    assert "Month in which it begins: Enter the month as year and month" in text(page)
    assert "Code: Write the code as" in text(page)
    assert "Who in government supports it: " in text(page)
    assert 'value="May 2016"' in page.text
    assert "KPK | ID" in page.text


def test_a_code_that_the_hub_has_is_said_at_its_field(keeper, commitment, text):
    page = keeper.submit(NEW, TYPED | {"code": "UK9001"})
    assert page.status_code == 422
    assert "The hub has a commitment with this code" in text(page)


def test_publishing_without_a_source_is_refused_in_words(keeper, text):
    make_commitment(code="UK9003", status=CommitmentStatus.DRAFT)
    answer = keeper.act("/commitments/UK9003/publish")
    assert "published with its source" in keeper.get(answer.location).text


def test_a_second_save_shows_both_texts(keeper, judging, commitment, text):
    mine, theirs = keeper.get(EDIT), judging.get(EDIT)
    assert judging.submit(theirs, {"title": "Theirs"}).status_code == 303
    page = keeper.submit(mine, {"title": "Mine", "objective": "Mine too"})
    assert page.status_code == 409
    assert all(each in text(page) for each in ("Mine", "Theirs"))
    assert keeper.submit(page, {"choice-title": "theirs"}).status_code == 303
    session().refresh(commitment)
    assert (commitment.title, commitment.objective) == ("Theirs", "Mine too")


def test_the_owner_does_not_change_the_record(owning, commitment):
    assert owning.get(EDIT).status_code == 403


def test_a_draft_is_nothing_to_other_members(new_client, database):
    make_commitment(code="UK9003", status=CommitmentStatus.DRAFT)
    browser = new_client().become(make_member(focal_country="GE"))
    assert browser.get("/commitments/UK9003/edit").status_code == 404


def test_a_commitment_ends_with_words_and_can_be_taken_up_again(keeper, commitment, text):
    assert keeper.submit("/commitments/UK9001/end", {"words": ""}).status_code == 422
    keeper.submit("/commitments/UK9001/end", {"words": "Its plan is over."})
    assert "Its plan is over." in text(keeper.get("/commitments/UK9001/keep"))
    keeper.act("/commitments/UK9001/resume")
    session().refresh(commitment)
    assert commitment.status is CommitmentStatus.ACTIVE


def test_a_draft_is_discarded_after_asking(keeper, database):
    make_commitment(code="UK9003", status=CommitmentStatus.DRAFT)
    assert keeper.submit("/commitments/UK9003/discard").location == "/commitments/mine"
    assert keeper.get("/commitments/UK9003/keep").status_code == 404


@pytest.mark.parametrize(
    ("typed", "stored_as"),
    [("2018-05-14", "2018-05-14 day"), ("2018-05", "2018-05-01 month"), ("2018", "2018-01-01 year")],
)
def test_an_event_is_dated_as_exactly_as_it_is_known(keeper, commitment, typed, stored_as):
    keeper.submit("/commitments/UK9001/events", {"happened_on": typed, "words": "It was announced."})
    session().refresh(commitment)
    assert [f"{each.happened_on} {each.precision}" for each in commitment.events] == [stored_as]


def test_a_wrong_event_is_taken_away(keeper, commitment):
    keeper.submit("/commitments/UK9001/events", {"happened_on": "2018", "words": "It was announced."})
    session().refresh(commitment)
    keeper.act(f"/commitments/UK9001/events/{commitment.events[0].public_id}/remove")
    session().refresh(commitment)
    assert commitment.events == []
