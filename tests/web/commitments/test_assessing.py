"""Assessing a commitment: the own view and the published one, each on its scales."""

import pytest

from hub.commitments.models import Assessment, Maker
from hub.core.database import session
from tests.commitments.making import make_evidence

SELF, IRM = "/commitments/UK9001/assessments/self/new", "/commitments/UK9001/assessments/irm/new"


@pytest.mark.db
def test_complete_asks_for_accepted_evidence_and_keeps_what_was_typed(owning, commitment, coordinator, text):
    page = owning.submit(SELF, {"completion": "complete", "words": "All is done."})
    assert page.status_code == 422
    assert "Nothing shows this yet" in text(page)
    make_evidence(commitment, decider=coordinator)
    assert owning.submit(page, {"completion": "complete"}).status_code == 303
    stored = session().query(Assessment).one()
    assert (stored.maker, stored.scheme, stored.words) == (Maker.SELF, "irm_2013", "All is done.")


def test_a_question_for_each_value_is_answered_for_each(keeper, commitment):
    report = {"report": "End of Term", "source_url": "https://example.org/irm"}
    keeper.submit(IRM, report | {"opening-technology": "marginal", "opening-civic_participation": "worsened"})
    stored = session().query(Assessment).one()
    assert {(each.scale, each.about, each.value) for each in stored.ratings} == {
        ("opening", "technology", "marginal"),
        ("opening", "civic_participation", "worsened"),
    }


def test_the_other_generation_of_scales_can_be_chosen(keeper, commitment, text):
    report = {"report": "Review", "source_url": "https://example.org/irm"}
    keeper.submit(f"{IRM}?scheme=irm_2021", report | {"ambition": "modest"})
    assert session().query(Assessment).one().scheme == "irm_2021"


def test_what_reviewers_published_is_not_written_down_by_the_owner(owning, commitment):
    assert owning.get(IRM).status_code == 403


def test_a_wrong_assessment_is_taken_back_with_words(owning, commitment, text):
    owning.submit(SELF, {"completion": "limited", "words": "Some is done."})
    stored = session().query(Assessment).one()
    owning.submit(f"/commitments/UK9001/assessments/{stored.public_id}/withdraw", {"words": "Mistyped."})
    session().refresh(stored)
    assert stored.withdrawn_at is not None
