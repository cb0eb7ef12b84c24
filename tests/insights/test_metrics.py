"""What the metrics count, from what visitors may see alone."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR
from hub.catalogue.lifecycle import INNOVATIONS
from hub.catalogue.models import ReplicationStatus
from hub.catalogue.review.service import publish_revision, take_revision
from hub.collaboration.models import RequestStatus
from hub.core import clock
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.pagination import PageRequest
from hub.insights.metrics import catalogue, collaboration, members, showcases
from hub.insights.metrics.counting import percent
from hub.insights.metrics.metric import (
    WHOLE,
    Better,
    Dimension,
    breakdown_code,
    dimension_of,
    has_reached,
)
from hub.insights.metrics.registry import METRICS, RETIRED, is_measured
from hub.insights.models.reading import BREAKDOWN_LENGTH, METRIC_LENGTH
from hub.members.models import FieldAudience
from hub.organisations.models import OrganisationStatus
from hub.showcases.listing import ListedState, ShowcaseFilters, listed_showcases
from hub.showcases.models import EntryStatus, ShowcaseStatus
from hub.vocabularies.loader import vocabulary
from tests.catalogue.cast import make_cast, record_of
from tests.catalogue.proofs import claimed, confirmed
from tests.catalogue.records import MEMBERS, make_scene, published, submitted
from tests.collaboration.requests import MEMBERS as FOR_MEMBERS, opened_request
from tests.factories import make_member, make_organisation, make_profile
from tests.showcases.scenes import confirmed_entry, make_slot, opened_showcase


def test_more_is_reached_from_below():
    assert [has_reached(value, 10, Better.MORE) for value in (9, 10, None)] == [False, True, False]


def test_less_is_reached_from_above():
    assert [has_reached(value, 10, Better.LESS) for value in (11, 10, None)] == [False, True, False]


def test_of_few_no_share_is_told():
    assert (percent(1, 2), percent(1, 3)) == (None, 33)


def test_a_part_says_what_it_is_a_part_by():
    assert dimension_of(breakdown_code(Dimension.COUNTRY, "ID")) == (Dimension.COUNTRY, "ID")


@pytest.mark.parametrize("named", ["", "country:", "planet:mars", "ID"])
def test_what_is_no_part_is_none(named):
    assert dimension_of(named) is None


@pytest.mark.parametrize(
    ("key", "part", "expected"),
    [
        ("replications_confirmed", "", True),
        ("replications_confirmed", "country:ID", True),
        ("replications_confirmed", "function:detect", False),
        ("countries_with_innovation", "country:ID", False),
        ("visits", "", False),
    ],
)
def test_a_target_is_set_only_for_what_is_measured(key, part, expected):
    assert is_measured(key, part) is expected


def test_keys_and_parts_fit_their_columns():
    longest = {
        Dimension.COUNTRY: "country:XX",
        Dimension.MEMBER_TYPE: max(
            (f"member_type:{each.code}" for each in vocabulary("member_types").terms), key=len
        ),
        Dimension.FUNCTION: max((f"function:{each.code}" for each in vocabulary("functions").terms), key=len),
    }
    assert all(len(each) <= BREAKDOWN_LENGTH for each in longest.values())
    assert all(len(each) <= METRIC_LENGTH for each in (*METRICS, *RETIRED))
    assert not set(METRICS) & set(RETIRED)


@pytest.mark.db
def test_published_innovations_count_by_country_and_function(database):
    scene = make_scene()
    published(scene, functions=("detect", "report"))
    published(scene, name="For members", readership=MEMBERS)
    submitted(scene, name="On its way")
    old = published(scene, name="Not in use any more", functions=("report",)).innovation
    with transaction():
        INNOVATIONS.move(old, "archive", archived_at=now(), archived_words="The law changed.")
    assert catalogue.innovations_published() == {
        WHOLE: 2,
        "country:GE": 2,
        "function:detect": 1,
        "function:report": 2,
    }
    assert catalogue.countries_with_innovation() == {WHOLE: 1}


@pytest.mark.db
def test_a_confirmation_that_is_due_counts_against_the_record(database):
    scene = make_scene()
    late, _ = published(scene).innovation, published(scene, name="Confirmed")
    late.review_due_at = now() - timedelta(days=1)
    session().commit()
    assert catalogue.innovations_unconfirmed() == {WHOLE: 50}


@pytest.mark.db
def test_evidence_counts_from_level_3_on(database):
    scene = make_scene()
    first, second = published(scene).innovation, published(scene, name="Tested").innovation
    first.evidence_level, second.evidence_level = 2, 3
    session().commit()
    assert catalogue.innovations_level_3()[WHOLE] == 1


@pytest.mark.db
def test_a_replication_counts_once_both_sides_confirmed_it(database):
    cast = make_cast()
    claimed(cast, record_of(cast))
    assert catalogue.replications_confirmed() == {WHOLE: 0}
    replication = confirmed(cast, record_of(cast, name="Taken up"))
    assert catalogue.replications_confirmed() == {WHOLE: 1, f"country:{replication.country}": 1}
    replication.status = ReplicationStatus.DISPUTED
    session().commit()
    assert catalogue.replications_confirmed() == {WHOLE: 0}


@pytest.mark.db
def test_deciding_takes_as_long_as_the_median_record_waited(database, monkeypatch):
    scene, present = make_scene(), now()
    for days in (9, 2, 1):
        monkeypatch.setattr(clock, "now", lambda days=days: present - timedelta(days=days))
        revision = submitted(scene, name=f"Waited {days}")
        monkeypatch.setattr(clock, "now", lambda: present)
        with transaction():
            take_revision(scene.coordinator, revision)
        with transaction():
            publish_revision(scene.coordinator, revision)
    assert catalogue.decision_days() == {WHOLE: 2}
    revision.innovation.set_readership(MEMBERS)
    session().commit()
    assert catalogue.decision_days() == {WHOLE: None}


@pytest.mark.db
def test_members_count_where_everybody_may_read_their_profile(database):
    make_profile(make_member(country="ID", member_type="academia"), FieldAudience.PUBLIC)
    make_profile(make_member(country="ID"), FieldAudience.MEMBERS)
    assert members.members_public() == {WHOLE: 1, "country:ID": 1, "member_type:academia": 1}


@pytest.mark.db
def test_organisations_count_while_their_verification_holds(database):
    make_organisation(country="ID")
    make_organisation(country="GE", status=OrganisationStatus.LAPSED)
    assert members.organisations_verified() == {WHOLE: 1, "country:ID": 1}


@pytest.mark.db
def test_requests_count_where_everybody_may_read_them(database):
    opened_request()
    opened_request(readership=FOR_MEMBERS)
    opened_request(status=RequestStatus.CANCELLED)
    opened_request(status=RequestStatus.COMPLETED)
    assert collaboration.requests_opened() == {WHOLE: 2, "country:GE": 2}
    assert collaboration.partnerships_completed() == {WHOLE: 1, "country:GE": 1}


@pytest.mark.db
def test_a_request_counts_as_answered_in_time_once_it_takes_no_responses(database):
    over = {"days": -1, "opened_at": now() - timedelta(days=20), "status": RequestStatus.EXPIRED}
    early, late = now() - timedelta(days=5), now() - timedelta(hours=1)
    opened_request(**over, first_answered_at=early)
    opened_request(**over, first_answered_at=late)
    opened_request(days=-1, opened_at=now() - timedelta(days=20), first_answered_at=early)
    assert collaboration.requests_answered_in_time() == {WHOLE: None}
    opened_request(**over)
    assert collaboration.requests_answered_in_time() == {WHOLE: 33}


@pytest.mark.db
def test_showcases_count_once_they_are_over(database):
    opened_showcase(status=ShowcaseStatus.LIVE)
    opened_showcase(status=ShowcaseStatus.CLOSED, is_compiled=True)
    held = opened_showcase(status=ShowcaseStatus.REPORTED)
    for status in (EntryStatus.PRESENTED, EntryStatus.NOT_PRESENTED):
        make_slot(held, confirmed_entry(held, status=status))
    assert showcases.showcases_held() == {WHOLE: 1, "country:FR": 1}
    assert listed_showcases(VISITOR, ShowcaseFilters(state=ListedState.HELD), PageRequest()).total == 1
    assert showcases.entries_presented() == {WHOLE: 1, "country:FR": 1}
