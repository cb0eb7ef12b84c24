"""The page of a commitment: what everybody reads, what only some do, and what it says of gaps."""

from datetime import date

import pytest

from hub.commitments.loading import load_commitments
from hub.commitments.models import (
    Assessment,
    AssessmentRating,
    CommitmentTerm,
    EvidenceStatus,
    Maker,
    MilestoneMetric,
    MilestoneStatus,
    TermScheme,
)
from hub.commitments.own import OWN_CODE
from hub.core.clock import now
from hub.core.database import session, transaction
from tests.catalogue.records import make_scene, published
from tests.commitments.making import in_days, make_commitment, make_evidence, make_milestone
from tests.factories import make_member
from tests.web.client import parse, words

PAGE = "/commitments/UK9001"


@pytest.fixture
def loaded(database):
    """The commitments that come with the hub."""
    with transaction():
        load_commitments()


def assess(commitment, maker, scheme, *ratings, **columns):
    """Store an assessment with its ratings: scale, about, value."""
    made = Assessment(commitment_id=commitment.id, maker=maker, scheme=scheme, recorded_at=now(), **columns)
    made.ratings = [
        AssessmentRating(scale=scale, about=about, value=value) for scale, about, value in ratings
    ]
    session().add(made)
    session().commit()


def test_visitors_read_the_institution_and_members_the_name(client, new_client, commitment, text):
    seen = text(client.get(PAGE))
    assert "Cabinet Office" in seen
    assert "Owner" not in seen
    assert "Owner" in text(new_client().become(make_member()).get(PAGE))


def test_a_code_in_small_letters_leads_to_the_page(client, commitment):
    answer = client.get("/commitments/uk9001")
    assert (answer.status_code, answer.location) == (301, PAGE)


def test_a_milestone_shows_value_target_and_that_it_is_late(client, commitment, text):
    make_milestone(
        commitment,
        due_on=in_days(-1),
        metrics=[MilestoneMetric(metric="innovations_published", target=2)],
    )
    published(make_scene())
    seen = text(client.get(PAGE))
    assert "1 (Published innovations), target 2" in seen
    assert "Late" in seen


def test_a_metric_that_the_hub_never_had_is_named_as_such(client, commitment, text):
    make_milestone(commitment, metrics=[MilestoneMetric(metric="coffee_drunk", target=2)])
    seen = text(client.get(PAGE))
    assert "coffee_drunk" in seen
    assert "The hub does not measure this" in seen


def test_what_only_a_source_says_is_marked(client, commitment, text):
    make_milestone(commitment, status=MilestoneStatus.SUBSTANTIAL)
    assert "no evidence is accepted here" in text(client.get(PAGE))


@pytest.mark.parametrize(
    ("status", "is_read"), [(EvidenceStatus.GIVEN, False), (EvidenceStatus.ACCEPTED, True)]
)
def test_visitors_read_evidence_once_it_is_accepted(client, commitment, coordinator, text, status, is_read):
    decider = coordinator if status is EvidenceStatus.ACCEPTED else None
    make_evidence(commitment, decider=decider, status=status)
    assert ("A report" in text(client.get(PAGE))) is is_read


def test_assessments_of_two_generations_stand_side_by_side(client, commitment, text):
    assess(commitment, Maker.SELF, "irm_2021", ("completion", "", "limited"), assessed_on=date(2026, 1, 1))
    assess(
        commitment,
        Maker.IRM,
        "irm_2013",
        ("completion", "", "substantial"),
        ("opening", "civic_participation", "did_not_change"),
        report="End-of-Term Report",
        source_url="https://example.org/irm",
    )
    table = parse(client.get(PAGE).text).findall(".//table[@class='tb tb--blocks assessed']/tbody/tr")
    rows = {words(row.find("th")): [words(cell) for cell in row.findall("td")] for row in table}
    assert rows["Completion"] == ["Own assessment: Limited", "End-of-Term Report: Substantial"]
    assert rows["Did it open government?"] == [
        "Own assessment: Not asked in this scheme",
        "End-of-Term Report: Civic participation: Did not change",
    ]


def test_what_is_odd_in_the_source_is_kept_and_marked(client, database, text):
    commitment = make_commitment(
        code="UK9001", title_in_source="A hub  for innvation", source_notes="The code is used twice."
    )
    term = {"scheme": TermScheme.POLICY_AREA, "code": "e_government", "position": 0, "is_doubtful": True}
    session().add(CommitmentTerm(commitment_id=commitment.id, **term))
    session().commit()
    seen = text(client.get(PAGE))
    assert "hardly fits" in seen
    assert "A hub for innvation" in seen
    assert "The code is used twice." in seen


def test_the_own_promise_says_in_numbers_what_is_done_and_missing(client, loaded, text):
    published(make_scene())
    seen = text(client.get("/commitments/UK0066"))
    assert "8 countries said that they were interested" in seen
    assert "1 published innovation from 1 country" in seen
    assert "0 of 6 targets are reached" in seen
    assert "Published innovations: 1 (Published innovations) now, 100 aimed at" in seen
    assert "Nobody answers for it on the hub" in seen
    assert "Reports: “Did not change”" in seen


def test_the_home_page_counts_all_that_measures_the_promise(client, database, text):
    targets = {"innovations_published": 100, "members_public": 50}
    make_milestone(
        make_commitment(code=OWN_CODE),
        metrics=[MilestoneMetric(metric=metric, target=target) for metric, target in targets.items()],
    )
    seen = text(client.get("/"))
    assert "The promise we are measured by" in seen
    assert "target 100" in seen
    assert "target 50" in seen


def test_the_home_page_does_without_it(client, database, text):
    assert "promise" not in text(client.get("/"))


def test_a_country_lists_what_it_promised(client, commitment, text):
    make_commitment(country="GE", title="Of another one")
    seen = text(client.get("/countries/GB"))
    assert "A hub for innovation" in seen
    assert "Of another one" not in seen
