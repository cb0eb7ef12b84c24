"""The report of exposure: an even share, what is veiled, who reads it, and what came of suggestions."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR, Role
from hub.collaboration.models import RequestInvitation
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.integrity.viewers import viewer_of
from hub.matching.facts import Kind
from hub.matching.fairness.followed import Step, share_of, what_followed
from hub.matching.fairness.groups import Dimension, size_of
from hub.matching.fairness.report import exposure_report, told
from hub.matching.fairness.seldom import GroupCount
from hub.matching.models import Dismissal, Exposure, SuggestionTold
from hub.members.models import Introduction, IntroductionStatus
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member


def rows(*groups):
    """Return what is told of groups given as (value, things, places), by value."""
    return {row.value or row.groups: row for row in told(GroupCount(*each) for each in groups)}


def test_an_even_share_is_one():
    found = rows(("FR", 20, 100), ("GE", 10, 50))
    assert {value: row.ratio for value, row in found.items()} == {"FR": 1, "GE": 1}
    assert not any(row.is_seldom for row in found.values())


def test_what_has_fewer_places_for_its_number_stands_first():
    found = list(rows(("FR", 20, 180), ("GE", 10, 20), ("EE", 10, 200)))
    assert found == ["GE", "FR", "EE"]


def test_what_is_seldom_suggested_is_marked_as_the_floor_sees_it():
    (row,) = (
        row for row in told([GroupCount("FR", 20, 180), GroupCount("GE", 10, 60, 5, 40)]) if row.value == "GE"
    )
    assert row.ratio == pytest.approx(0.75)
    assert row.is_seldom


def test_of_small_groups_it_is_told_how_many_are_seldom_suggested_and_not_which():
    groups = [("FR", 20, 200), ("GE", 3, 0), ("MD", 3, 1), ("EE", 3, 30), ("", 2, 0)]
    counted = [GroupCount(*each) for each in groups]
    assert rows(*groups)[4].seldom == 2
    assert [row.seldom for row in told(counted, least=4) if row.groups] == [0]
    # alone and without numbers, it would be told of the one
    assert rows(("FR", 4, 40), ("GE", 0, 0))[1].seldom == 0


@pytest.mark.parametrize(
    ("groups", "veiled", "numbers"),
    [
        # what one row alone withholds could be reckoned from the sums of another breakdown
        ([("FR", 9, 9), ("GE", 4, 1)], [], {2: (13, 10)}),
        ([("EE", 12, 9), ("FR", 9, 9), ("GE", 2, 1), ("MD", 2, 1)], [], {3: (13, 11)}),
        ([("FR", 9, 9), ("GE", 4, 1), ("MD", 1, 1)], [], {2: (5, 2)}),
        ([("FR", 9, 9), ("GE", 0, 0)], [], {}),
        ([("FR", 4, 9)], [1], {}),
    ],
)
def test_groups_of_fewer_than_five_are_told_together_or_not_at_all(groups, veiled, numbers):
    found = rows(*groups)
    assert not {"GE", "MD"} & set(found)
    assert [name for name, row in found.items() if row.things is None] == veiled
    assert {
        name: (row.things, row.places) for name, row in found.items() if row.groups and row.things is not None
    } == numbers
    for name in veiled:
        row = found[name]
        assert (row.places, row.firsts, row.lifted, row.ratio, row.is_seldom) == (
            None,
            None,
            None,
            None,
            False,
        )


def test_nothing_suggested_to_anybody_is_an_even_share():
    assert rows(("FR", 9, 0))["FR"].ratio == 1


@pytest.mark.parametrize(
    ("number", "led", "wanted"),
    [
        (0, 0, (None, None)),
        (4, 4, (None, None)),
        (20, 4, (20, None)),
        (20, 17, (20, None)),
        (20, 0, (20, 0)),
        (20, 20, (20, 20)),
        (20, 5, (20, 5)),
    ],
)
def test_a_share_from_which_few_could_be_told_is_not_told(number, led, wanted):
    share = share_of(Step.INVITED, number, led)
    assert (share.number, share.led) == wanted


@pytest.mark.parametrize(("members", "size"), [(0, ""), (1, "one"), (2, "few"), (9, "few"), (10, "many")])
def test_organisations_are_told_in_three_sizes(members, size):
    assert size_of(members) == size


def count(value, things, places, *, days_ago=0, kind=Kind.INNOVATION):
    """Store what was counted of a country."""
    session().add(
        Exposure(
            day=now().date() - timedelta(days=days_ago),
            kind=kind,
            dimension=Dimension.COUNTRY,
            value=value,
            things=things,
            places=places,
            firsts=0,
            lifted=0,
        )
    )
    session().commit()


@pytest.mark.db
def test_the_report_is_of_the_latest_day(database):
    coordinator = viewer_of(make_member(roles=[Role.COORDINATOR]))
    assert exposure_report(coordinator) is None
    count("FR", 10, 10, days_ago=1)
    count("GE", 10, 10)
    report = exposure_report(coordinator)
    assert report.day == now().date()
    (breakdown,) = (each for each in report.of(Kind.INNOVATION) if each.dimension is Dimension.COUNTRY)
    assert [row.value for row in breakdown.rows] == ["GE"]


@pytest.mark.db
@pytest.mark.parametrize("roles", [[], [Role.INTEGRITY_OFFICER], [Role.ADMINISTRATOR]])
def test_nobody_but_coordinators_reads_it(roles, database):
    somebody = viewer_of(make_member(roles=roles))
    for asked in (exposure_report, what_followed):
        for viewer in (somebody, VISITOR):
            with pytest.raises(ForbiddenError):
                asked(viewer)


def shares(viewer):
    """Return number and led by step."""
    return {each.step: (each.number, each.led) for each in what_followed(viewer).shares}


@pytest.mark.db
def test_what_followed_is_counted(database):
    coordinator = make_member(roles=[Role.COORDINATOR])
    request = opened_request()
    invited = [make_member() for _ in range(10)]
    for place, member in enumerate(invited):
        session().add(
            RequestInvitation(
                request_id=request.id,
                member_id=member.id,
                invited_by_id=request.posted_by_id,
                invited_at=now() - timedelta(days=2 if place < 9 else 400),
            )
        )
        session().add(
            SuggestionTold(
                member_id=member.id,
                subject=f"request:{request.public_id}",
                told_at=now() - timedelta(days=3),
            )
        )
        session().add(
            SuggestionTold(
                member_id=member.id,
                subject=f"member:{coordinator.public_id}",
                told_at=now() - timedelta(days=3),
            )
        )
        session().add(
            Introduction(
                asked_by_id=member.id,
                asked_id=coordinator.id,
                note="Hello",
                language="en-GB",
                contact_of_asker="me@test.example",
                status=IntroductionStatus.ACCEPTED if place < 5 else IntroductionStatus.ASKED,
                ended_at=now() if place < 5 else None,
                expires_at=now() + timedelta(days=30),
            )
        )
    session().commit()
    for member in invited[:4]:
        responded(request, member)
    assert shares(viewer_of(coordinator)) == {
        Step.INVITED: (9, None),
        Step.INTRODUCED: (10, 5),
        Step.TOLD_REQUEST: (10, None),
        Step.TOLD_MEMBER: (10, 10),
    }
    responded(request, invited[9])
    # who was invited more than a year ago counts no more; told by mail they were this week
    assert shares(viewer_of(coordinator))[Step.INVITED] == (9, None)
    assert shares(viewer_of(coordinator))[Step.TOLD_REQUEST] == (10, 5)


@pytest.mark.db
def test_reasons_are_told_from_five_on(database):
    coordinator = make_member(roles=[Role.COORDINATOR])
    for place in range(9):
        reason = "known" if place < 5 else "not_now"
        session().add(Dismissal(member_id=coordinator.id, subject=f"innovation:{place}", reason=reason))
    session().commit()
    found = what_followed(viewer_of(coordinator)).set_aside
    assert [(each.reason, each.number) for each in found] == [("known", 5), ("not_now", None)]
