"""Milestones on the pages of keeping: adding, saying how far they are, moving their day, and measuring them."""

import pytest

from hub.access.viewer import VISITOR
from hub.commitments.milestones.queries import milestones_of
from hub.commitments.models import MilestoneMetric, MilestoneStatus
from hub.core.database import session
from tests.commitments.making import START, make_evidence

PLACE = "/commitments/UK9001/milestones"


@pytest.fixture
def milestone(commitment):
    """The one milestone."""
    return milestones_of(commitment, VISITOR)[0]


def test_a_keeper_adds_a_milestone(keeper, commitment, text):
    keeper.submit(f"{PLACE}/new", {"title": "Ten countries take part", "due_on": "2027-01-31"})
    assert "Ten countries take part" in text(keeper.get("/commitments/UK9001/keep"))


def test_a_milestone_before_the_start_is_refused_and_kept_as_typed(keeper, commitment, text):
    commitment.starts_on = START
    page = keeper.submit(f"{PLACE}/new", {"title": "Too soon", "due_on": "2015-01-01"})
    assert page.status_code == 422
    assert "before the commitment begins" in text(page)
    assert 'value="Too soon"' in page.text


@pytest.mark.db
def test_complete_asks_for_evidence_that_somebody_else_accepted(owning, milestone, coordinator, text):
    begun = owning.submit(f"{PLACE}/1/move", {"action": "start", "words": "It is begun."})
    assert begun.status_code == 303
    page = owning.submit(f"{PLACE}/1/move", {"action": "complete", "words": "All is done."})
    assert page.status_code == 422
    assert "Nothing shows this yet" in text(page)
    assert "All is done." in page.text
    make_evidence(milestone.commitment, milestone=milestone, decider=coordinator)
    owning.submit(page, {"action": "complete"})
    session().refresh(milestone)
    assert (milestone.status, milestone.status_words) == (MilestoneStatus.COMPLETE, "All is done.")


def test_a_new_day_leaves_the_first_in_sight(owning, milestone, text):
    for day in ("2026-12-31", "2027-06-30"):
        owning.submit(f"{PLACE}/1/postpone", {"due_on": day, "words": "It takes longer."})
    page = text(owning.get("/commitments/UK9001/keep"))
    assert "First promised for 31 December 2026" in page
    assert "Due on 30 June 2027" in page


def test_a_milestone_is_measured_by_what_the_hub_counts(keeper, milestone, text):
    typed = {"targets-0-metric": "innovations_published", "targets-0-target": "20"}
    keeper.submit(f"{PLACE}/1/measure", typed)
    assert "0 of 20" in text(keeper.get("/commitments/UK9001/keep"))


def test_a_target_that_is_no_number_is_kept_as_typed(keeper, milestone, text):
    typed = {"targets-0-metric": "innovations_published", "targets-0-target": "many"}
    page = keeper.submit(f"{PLACE}/1/measure", typed)
    assert page.status_code == 422
    assert "Enter the target as a number" in text(page)
    assert 'value="many"' in page.text


def test_a_part_that_a_metric_has_not_is_refused(keeper, milestone, text):
    typed = {"targets-0-metric": "first_answer_days", "targets-0-target": "1"}
    page = keeper.submit(f"{PLACE}/1/measure", typed | {"targets-0-part": "function:detect"})
    assert page.status_code == 422
    assert "does not measure this" in text(page)


def test_a_metric_that_is_gone_is_named_and_can_stay_or_go(keeper, milestone, text):
    milestone.metrics.append(MilestoneMetric(metric="moon_phases", target=4))
    session().commit()
    assert "The hub does not measure this." in text(keeper.get("/commitments/UK9001/keep"))
    typed = {"targets-1-metric": "showcases_held", "targets-1-target": "2"}
    assert keeper.submit(f"{PLACE}/1/measure", typed).status_code == 303
    session().refresh(milestone)
    assert {each.metric for each in milestone.metrics} == {"moon_phases", "showcases_held"}


def test_two_keepers_who_measure_at_once_lose_nothing(keeper, judging, milestone, text):
    mine, theirs = keeper.get(f"{PLACE}/1/measure"), judging.get(f"{PLACE}/1/measure")
    judging.submit(theirs, {"targets-0-metric": "showcases_held", "targets-0-target": "2"})
    page = keeper.submit(mine, {"targets-0-metric": "entries_presented", "targets-0-target": "9"})
    assert page.status_code == 409
    assert "Innovations presented at showcases" in text(page)
    assert keeper.submit(page, {"choice-targets": "mine"}).status_code == 303
    session().refresh(milestone)
    assert [each.metric for each in milestone.metrics] == ["entries_presented"]


def test_only_keepers_choose_by_what_the_owner_is_measured(owning, milestone):
    assert owning.get(f"{PLACE}/1/measure").status_code == 403
