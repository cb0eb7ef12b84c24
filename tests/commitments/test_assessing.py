"""Assessments: in both generations of scales, self and Mechanism side by side, and none above what evidence shows."""

from datetime import date

import pytest

from hub.access.viewer import VISITOR, Role
from hub.commitments.assessing.details import AssessmentDetails, Rating
from hub.commitments.assessing.queries import (
    assessment_by_id,
    assessments_of,
    current_assessments,
    ratings_by_scale,
)
from hub.commitments.assessing.service import record_assessment, withdraw_assessment
from hub.commitments.evidence.service import withdraw_evidence
from hub.commitments.milestones.moving import move_milestone
from hub.commitments.models import CommitmentStatus, Maker, MilestoneStatus
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did, told
from tests.commitments.making import COUNTRY, in_days, make_commitment, make_evidence, make_milestone
from tests.factories import make_member

LIMITED = Rating("completion", "limited")
COMPLETE = Rating("completion", "complete")
REPORT = {"report": "End-of-term report", "source_url": "https://example.org/report.pdf"}


@pytest.fixture
def keeper(database):
    return make_member(focal_country=COUNTRY)


@pytest.fixture
def owner(database):
    return make_member()


def said(maker=Maker.SELF, *ratings, scheme="irm_2013", **values):
    return AssessmentDetails(maker, scheme, ratings or (LIMITED,), **values)


@pytest.mark.db
@pytest.mark.parametrize("value", ["substantial", "complete"])
def test_more_than_limited_needs_evidence_that_others_accepted(owner, value):
    judge = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=owner)
    details = said(Maker.SELF, Rating("completion", value))
    make_evidence(commitment, giver=judge)
    with pytest.raises(InvalidError) as refused:
        did(record_assessment, owner, commitment, details)
    assert refused.value.field == "completion"
    make_evidence(commitment, milestone=make_milestone(commitment), giver=owner, decider=judge)
    did(record_assessment, owner, commitment, details)
    (stored,) = assessments_of(commitment, VISITOR)
    assert ratings_by_scale(stored) == {"completion": {"": value}}


@pytest.mark.db
def test_a_published_report_is_written_down_with_its_source_beside_the_owners_own(owner, keeper):
    commitment = make_commitment(owner=owner)
    did(record_assessment, owner, commitment, said(words="Two of three steps."))
    opened = Rating("opening", "did_not_change", "civic_participation")
    did(record_assessment, keeper, commitment, said(Maker.IRM, COMPLETE, opened, **REPORT))
    found = current_assessments(commitment, VISITOR)
    assert (found[Maker.SELF].assessed_on, found[Maker.IRM].assessed_on) == (now().date(), None)
    assert ratings_by_scale(found[Maker.IRM])["opening"] == {"civic_participation": "did_not_change"}


def test_what_reviewers_said_is_not_for_who_ever_answered_for_it(keeper):
    former = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=former)
    did(record_assessment, keeper, commitment, said(Maker.IRM, **REPORT))
    commitment.owner_id = None
    session().commit()
    with pytest.raises(ForbiddenError):
        did(record_assessment, former, commitment, said(Maker.IRM, COMPLETE, **REPORT))
    (report,) = assessments_of(commitment, VISITOR)
    with pytest.raises(ForbiddenError):
        did(withdraw_assessment, former, report, words="It was wrong.")


def test_both_generations_are_kept_apart(keeper):
    commitment = make_commitment()
    newer = (Rating("ambition", "modest"), Rating("early_results", "significant"))
    did(record_assessment, keeper, commitment, said(Maker.IRM, *newer, scheme="irm_2021", **REPORT))
    with pytest.raises(InvalidError):
        did(record_assessment, keeper, commitment, said(Maker.IRM, *newer, scheme="irm_2013", **REPORT))


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (said(Maker.SELF, Rating("completion", "splendid")), "completion"),
        (said(Maker.SELF, Rating("opening", "major")), "opening"),
        (said(Maker.SELF, Rating("opening", "major", "weather")), "opening-weather"),
        (said(Maker.SELF, Rating("unknown", "yes")), "unknown"),
        (said(Maker.SELF, LIMITED, COMPLETE), "ratings"),
        (AssessmentDetails(Maker.SELF, "irm_2013", ()), "ratings"),
        (said(scheme="irm_1999"), "scheme"),
        (said(Maker.IRM, report="A report"), "source_url"),
        (said(Maker.IRM, source_url="https://example.org"), "report"),
        (said(Maker.IRM, **REPORT | {"source_url": "ftp://example.org"}), "source_url"),
        (said(assessed_on=in_days(2)), "assessed_on"),
        (said(words="x" * 5_001), "words"),
    ],
)
def test_what_cannot_be_said_is_named_at_its_field(keeper, details, field):
    with pytest.raises(InvalidError) as refused:
        did(record_assessment, keeper, make_commitment(), details)
    assert refused.value.field == field


def test_the_owner_writes_down_no_report_about_their_own_work(owner):
    with pytest.raises(ForbiddenError):
        did(record_assessment, owner, make_commitment(owner=owner), said(Maker.IRM, **REPORT))


def test_nobody_assesses_their_own_draft(keeper):
    draft = make_commitment(status=CommitmentStatus.DRAFT)
    with pytest.raises(ConflictError, match="Publish"):
        did(record_assessment, keeper, draft, said())
    did(record_assessment, keeper, draft, said(Maker.IRM, **REPORT))
    assert list(assessments_of(draft, VISITOR)) == []


def test_the_latest_holds_and_the_former_stays(keeper):
    commitment = make_commitment()
    for day in (date(2018, 1, 1), date(2017, 1, 1)):
        did(record_assessment, keeper, commitment, said(Maker.IRM, assessed_on=day, **REPORT))
    assert current_assessments(commitment, VISITOR)[Maker.IRM].assessed_on == date(2018, 1, 1)
    assert len(assessments_of(commitment, VISITOR)) == 2


@pytest.mark.db
def test_what_was_written_down_wrongly_is_taken_back_once(keeper):
    commitment = make_commitment()
    stored = did(record_assessment, keeper, commitment, said(Maker.IRM, **REPORT))
    assert assessment_by_id(commitment, stored.public_id, VISITOR) == stored
    did(withdraw_assessment, keeper, stored, words="It was about UK0067.")
    with pytest.raises(NotFoundError):
        assessment_by_id(commitment, stored.public_id, viewer_of(keeper))
    with pytest.raises(ConflictError, match="already"):
        did(withdraw_assessment, keeper, stored, words="Again.")


@pytest.mark.db
def test_an_own_assessment_is_taken_back_with_the_evidence_it_rested_on(owner):
    judge, giver = make_member(roles=[Role.COORDINATOR]), make_member()
    commitment = make_commitment(owner=owner)
    piece = make_evidence(commitment, giver=giver, decider=judge)
    did(record_assessment, owner, commitment, said())
    did(record_assessment, owner, commitment, said(Maker.SELF, COMPLETE))
    did(withdraw_evidence, giver, piece)
    (left,) = assessments_of(commitment, VISITOR)
    assert ratings_by_scale(left) == {"completion": {"": "limited"}}
    assert "assessment_taken_back" in told(owner)


@pytest.mark.db
def test_the_whole_is_complete_once_evidence_counts_for_each_milestone_that_is_not_dropped(owner):
    judge = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=owner)
    first, second = make_milestone(commitment), make_milestone(commitment)
    make_milestone(commitment, status=MilestoneStatus.DROPPED)
    make_evidence(commitment, milestone=first, decider=judge)
    with pytest.raises(InvalidError, match="each of its milestones"):
        did(record_assessment, owner, commitment, said(Maker.SELF, COMPLETE))
    make_evidence(commitment, milestone=second, decider=judge)
    did(record_assessment, owner, commitment, said(Maker.SELF, COMPLETE))


@pytest.mark.db
def test_who_accepted_the_evidence_says_nothing_that_rests_on_it(database):
    judge = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment()
    milestone = make_milestone(commitment, status=MilestoneStatus.LIMITED)
    make_evidence(commitment, decider=judge)
    with pytest.raises(InvalidError, match="yourself"):
        did(record_assessment, judge, commitment, said(Maker.SELF, COMPLETE))
    with pytest.raises(InvalidError, match="yourself"):
        did(move_milestone, judge, milestone, "advance", words="Done.")
    other = make_member(roles=[Role.COORDINATOR])
    did(move_milestone, other, milestone, "advance", words="Done.")
