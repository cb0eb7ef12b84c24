"""The directory: every filter alone, words in any spelling, counts that each filter leaves, the latest completion."""

from datetime import date

import pytest

from hub.access.viewer import VISITOR, Role
from hub.commitments.directory import (
    NOT_ASSESSED,
    CommitmentFilters,
    CommitmentSort,
    completions,
    facets,
    listed_commitments,
    plan_groups,
)
from hub.commitments.keeping.details import PartyDetails, PlanDetails
from hub.commitments.keeping.service import enter_commitment, publish_commitment
from hub.commitments.models import (
    Assessment,
    AssessmentRating,
    CommitmentStatus,
    Maker,
    PartyRole,
)
from hub.core.clock import now
from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did
from tests.commitments.records import details
from tests.factories import make_member

pytestmark = pytest.mark.db

OLD, NEW = PlanDetails("First Plan", 2013), PlanDetails("Second Plan", 2021)


@pytest.fixture
def keeper(database):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def shelf(keeper):
    """Three published commitments of two countries, and a draft."""
    rows = {
        "GE0001": details(plan=OLD, title="Open the company register"),
        "GE0002": details(
            code="GE0002",
            plan=NEW,
            title="Überwachung der Vergabe",
            objective="",
            policy_areas=("open_data",),
            parties=(PartyDetails(PartyRole.SUPPORTER, "საია"),),
        ),
        "ES0001": details(code="ES0001", country="ES", plan=NEW, title="Audits", policy_areas=()),
        "GE0009": details(code="GE0009", plan=NEW, title="Secret canary"),
    }
    made = {code: did(enter_commitment, keeper, row) for code, row in rows.items()}
    for code in ("GE0001", "GE0002", "ES0001"):
        did(publish_commitment, keeper, made[code])
    return made


def assess(commitment, value, assessed_on=None, maker=Maker.IRM, **columns):
    session().add(
        Assessment(
            commitment_id=commitment.id,
            maker=maker,
            scheme="irm_2013",
            source_url="https://example.org",
            assessed_on=assessed_on,
            recorded_at=now(),
            ratings=[AssessmentRating(scale="completion", value=value)],
            **columns,
        )
    )
    session().commit()


def codes(viewer=VISITOR, sort=CommitmentSort.CODE, **filters):
    found = listed_commitments(viewer, CommitmentFilters(**filters), PageRequest(), sort)
    assert found.total == len(found.items)
    return [each.code for each in found.items]


def counts(found):
    return {each.value: each.count for each in found}


def test_each_filter_leaves_what_fits(shelf):
    assert codes() == ["ES0001", "GE0001", "GE0002"]
    assert codes(country="GE") == ["GE0001", "GE0002"]
    assert codes(plan=shelf["GE0001"].plan.public_id) == ["GE0001"]
    assert codes(policy_area="open_data") == ["GE0001", "GE0002"]
    assert codes(policy_area="access_to_information") == []
    assert codes(status=CommitmentStatus.ENDED) == []
    assert codes(has_owner=True) == []
    assert codes(year=2021, country="ES") == ["ES0001"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("REGISTER company", ["GE0001"]),
        ("register audits", []),
        ("uberwachung", ["GE0002"]),
        ("saia", ["GE0002"]),
        ("საია", ["GE0002"]),
        ("ge0001", ["GE0001"]),
        ("second plan", ["ES0001", "GE0002"]),
        ("canary", []),
        ("100%", []),
        ("_", ["ES0001", "GE0001", "GE0002"]),
    ],
)
def test_every_word_must_stand_there_in_any_spelling(shelf, words, found):
    assert codes(words=words) == found


def test_drafts_are_listed_and_counted_for_their_keepers_alone(shelf):
    assert codes(viewer_of(make_member(focal_country="GE")), words="canary") == ["GE0009"]
    assert codes(viewer_of(make_member(focal_country="ES")), words="canary") == []
    assert sum(counts(facets(VISITOR, CommitmentFilters()).countries).values()) == 3


def test_each_facet_is_counted_with_the_other_filters_and_without_its_own(shelf):
    found = facets(VISITOR, CommitmentFilters(country="GE", year=2021))
    assert counts(found.countries) == {"ES": 1, "GE": 1}
    assert counts(found.years) == {2021: 1, 2013: 1}
    assert [each.value for each in found.years] == [2021, 2013]
    assert counts(found.policy_areas) == {"open_data": 1}
    assert counts(found.statuses) == {CommitmentStatus.ACTIVE: 1}
    assert counts(found.owners) == {False: 1}
    assert [(each.name, each.count) for each in found.plans] == [("Second Plan", 1)]


def test_the_latest_assessment_says_how_far_it_is(shelf):
    one, two = shelf["GE0001"], shelf["GE0002"]
    assess(one, "complete", date(2016, 1, 1))
    assess(one, "limited", date(2018, 1, 1))
    assess(one, "not_started")  # of unknown day, so not the latest
    assess(two, "complete", date(2019, 1, 1), withdrawn_at=now())
    assess(two, "substantial", date(2018, 1, 1), maker=Maker.SELF)
    said = completions([each.id for each in shelf.values()])
    assert {number: (each.value, each.maker) for number, each in said.items()} == {
        one.id: ("limited", Maker.IRM),
        two.id: ("substantial", Maker.SELF),
    }
    assert codes(completion="limited") == ["GE0001"]
    assert codes(completion="complete") == []
    assert codes(completion=NOT_ASSESSED) == ["ES0001"]
    assert counts(facets(VISITOR, CommitmentFilters()).completions) == {
        "limited": 1,
        "substantial": 1,
        NOT_ASSESSED: 1,
    }


def test_plans_come_with_their_commitments_the_latest_first(shelf):
    groups = plan_groups(VISITOR, CommitmentFilters())
    assert [(each.plan.name, [one.code for one in each.commitments]) for each in groups] == [
        ("Second Plan", ["ES0001"]),
        ("Second Plan", ["GE0002"]),
        ("First Plan", ["GE0001"]),
    ]


@pytest.mark.parametrize(
    ("sort", "first"),
    [(CommitmentSort.NEWEST, "ES0001"), (CommitmentSort.TITLE, "ES0001"), (CommitmentSort.SAVED, "GE0001")],
)
def test_the_order_is_the_one_asked_for(shelf, sort, first):
    shelf["GE0001"].saved_at = now()
    session().commit()
    assert codes(sort=sort)[0] == first
