"""What comes with the hub: every commitment of the sources, UK0066 in full; loading again changes nothing."""

from datetime import date

import pytest
from sqlalchemy import func, select

from hub.access.viewer import VISITOR, Role
from hub.audit.models import AuditEntry
from hub.commitments.directory import CommitmentFilters, completions, facets
from hub.commitments.keeping.checking import faults_in
from hub.commitments.keeping.service import end_commitment
from hub.commitments.loading import coming_records, load_commitments
from hub.commitments.models import (
    Assessment,
    CommitmentStatus,
    Milestone,
    MilestoneStatus,
    Ownership,
    PartyRole,
)
from hub.commitments.own import OWN_CODE
from hub.commitments.queries import commitment_by_code, own_commitment
from hub.core.database import session
from hub.insights.metrics.registry import is_measured
from tests.collaboration.acts import did
from tests.factories import make_member

BY_CODE = {each.details.code: each for each in coming_records()}


@pytest.fixture
def own(database):
    did(load_commitments, [OWN_CODE])
    return commitment_by_code(OWN_CODE, VISITOR)


def parties(details, role):
    return [each.name or each.country for each in details.parties if each.role is role]


def test_every_commitment_of_the_sources_is_there():
    british = {code for code in BY_CODE if code.startswith("UK")}
    assert british == {f"UK{number:04}" for number in range(1, 98)}
    assert set(BY_CODE) - british == {"IT0074", "IT0075"}


def test_each_has_a_source_with_its_day_and_nothing_that_cannot_be():
    for code, each in BY_CODE.items():
        assert code in each.details.source_url
        assert each.details.retrieved_on == date(2026, 11, 21)
        assert not list(faults_in(each.details)), code


def test_the_last_plan_carries_its_actors_and_says_that_the_codes_are_derived():
    for number in range(90, 98):
        details = BY_CODE[f"UK00{number}"].details
        assert parties(details, PartyRole.LEAD)
        assert details.objective
        assert "derived" in details.source_notes
    assert len(parties(BY_CODE["UK0094"].details, PartyRole.SUPPORTER)) == 6


def test_what_is_odd_in_the_source_is_kept_and_marked():
    odd = BY_CODE["UK0070"].details
    assert odd.policy_areas == odd.doubtful_policy_areas == ("open_contracting_and_procurement",)
    site = BY_CODE["UK0074"].details
    assert (site.title, site.title_in_source) == ("GOV.UK", '"http://gov.uk/","GOV.UK"')
    bare = BY_CODE["UK0001"].details
    assert (bare.policy_areas, bare.source_notes) == ((), "The source gives no policy area.")


def test_starred_ones_are_rated_so():
    found = {
        code
        for code, each in BY_CODE.items()
        for assessment in each.facts.get("assessments", ())
        if ["starred", "", "yes"] in assessment["ratings"]
    }
    assert found == {"UK0047", "UK0048", "UK0055", "UK0062", "UK0088", "UK0089"}


def test_the_own_promise_names_everybody():
    details = BY_CODE[OWN_CODE].details
    assert (details.starts_on, details.ends_on) == (date(2016, 5, 1), date(2017, 5, 31))
    assert parties(details, PartyRole.LEAD) == ["Cabinet Office (Government Digital Service)"]
    assert len(parties(details, PartyRole.SUPPORT)) == 2
    assert parties(details, PartyRole.SUPPORTER) == ["Omidyar Network"]
    interested = {"CH", "ID", "ES", "GE", "AE", "AU", "NO", "FR"}
    companies = {"Thomson Reuters", "Vodafone", "Transparency International"}
    assert set(parties(details, PartyRole.INTEREST)) == interested | companies


@pytest.mark.db
def test_all_are_stored_public_and_logged_and_again_is_nothing(database):
    loaded = did(load_commitments)
    assert (loaded.created, loaded.kept) == (99, 0)
    by_country = {each.value: each.count for each in facets(VISITOR, CommitmentFilters()).countries}
    assert by_country == {"GB": 97, "IT": 2}
    tags = select(func.count()).where(AuditEntry.tag == "commitment:load", AuditEntry.actor == "system")
    assert session().scalar(tags) == 99
    again = did(load_commitments)
    assert (again.created, again.kept) == (0, 99)


def test_loading_again_keeps_what_people_changed(own):
    keeper = make_member(roles=[Role.COORDINATOR])
    did(end_commitment, keeper, own, words="For a test.")
    again = did(load_commitments, [OWN_CODE])
    assert (again.created, again.kept) == (0, 1)
    assert own.status is CommitmentStatus.ENDED


def test_the_own_promise_is_active_with_its_timeline(own):
    assert own_commitment(VISITOR) is own
    assert own.status is CommitmentStatus.ACTIVE
    assert [each.happened_on.year for each in own.events] == [2016, 2017, 2017, 2017, 2018]


def test_the_own_promise_was_handed_over_once_and_has_no_owner_now(own):
    rows = session().scalars(
        select(Ownership).where(Ownership.commitment_id == own.id).order_by(Ownership.began_on)
    )
    assert [(each.institution.partition(" (")[0], bool(each.ended_on)) for each in rows] == [
        ("Cabinet Office", True),
        ("Home Office", True),
    ]
    assert own.owner_id is None


def test_the_milestones_of_the_own_promise_are_measured_by_metrics_that_exist(own):
    rows = (
        session()
        .scalars(select(Milestone).where(Milestone.commitment_id == own.id).order_by(Milestone.number))
        .all()
    )
    assert [each.number for each in rows] == [1, 2, 3]
    assert all(each.metrics for each in rows)
    assert all(is_measured(one.metric, one.breakdown) for each in rows for one in each.metrics)
    # nothing is said to be further than the sources say
    assert {each.status for each in rows} == {MilestoneStatus.LIMITED, MilestoneStatus.NOT_STARTED}


def test_both_reports_said_limited_and_that_nothing_changed(own):
    rows = session().scalars(select(Assessment).where(Assessment.commitment_id == own.id)).all()
    said = [{(each.scale, each.about): each.value for each in row.ratings} for row in rows]
    assert [each[("completion", "")] for each in said] == ["limited", "limited"]
    opening = {about: value for (scale, about), value in said[1].items() if scale == "opening"}
    assert opening == {"access_to_information": "did_not_change", "civic_participation": "did_not_change"}
    assert completions([own.id])[own.id].report == "End-of-Term Report 2016–2018"
