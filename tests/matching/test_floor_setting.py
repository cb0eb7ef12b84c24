"""Setting the floor: by coordinators alone, with a reason, kept and logged; the latest is in force."""

import pytest

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError
from hub.matching.facts import Kind
from hub.matching.fairness.lifting import floored
from hub.matching.fairness.seldom import seldom_countries
from hub.matching.fairness.settings import floor_decisions, percent_in_force, set_floor
from hub.matching.models import Exposure
from tests.collaboration.acts import did
from tests.factories import make_member

pytestmark = pytest.mark.db


def count(country, things, places, *, kind=Kind.MEMBER, day=None, lifted=0):
    """Store what was counted of a country."""
    session().add(
        Exposure(
            day=day or now().date(),
            kind=kind,
            dimension="country",
            value=country,
            things=things,
            places=places,
            firsts=0,
            lifted=lifted,
        )
    )
    session().commit()


def test_the_floor_is_off_until_somebody_sets_it(database):
    assert percent_in_force() == 0
    assert floor_decisions() == []


def test_the_latest_decision_is_in_force_and_all_are_kept(database):
    coordinator = make_member(roles=[Role.COORDINATOR])
    did(set_floor, coordinator, percent=20, reason="  Small countries are buried.  ")
    did(set_floor, coordinator, percent=0, reason="They are not any more.")
    assert percent_in_force() == 0
    told = [(each.percent, each.reason, member.id) for each, member in floor_decisions()]
    assert told == [
        (0, "They are not any more.", coordinator.id),
        (20, "Small countries are buried.", coordinator.id),
    ]


def test_a_decision_is_logged_with_its_reason(database):
    coordinator = make_member(roles=[Role.COORDINATOR])
    did(set_floor, coordinator, percent=10, reason="Small countries are buried.")
    (entry,) = session().query(AuditEntry).filter_by(tag="matching:set_floor")
    assert (entry.actor, entry.subject) == (coordinator.public_id, "matching:floor")
    assert entry.reason == "Small countries are buried."


@pytest.mark.parametrize(
    ("percent", "reason", "field"),
    [
        (10, "", "reason"),
        (10, "  ", "reason"),
        (10, "x" * 1_001, "reason"),
        (15, "Because.", "percent"),
        (40, "Because.", "percent"),
        (-10, "Because.", "percent"),
        (0, "It is off already.", "percent"),
    ],
)
def test_what_cannot_be_set_is_refused(percent, reason, field, database):
    coordinator = make_member(roles=[Role.COORDINATOR])
    with pytest.raises(InvalidError) as refused:
        did(set_floor, coordinator, percent=percent, reason=reason)
    assert refused.value.field == field
    assert percent_in_force() == 0


@pytest.mark.parametrize("roles", [[], [Role.INTEGRITY_OFFICER], [Role.ADMINISTRATOR]])
def test_nobody_but_coordinators_sets_it(roles, database):
    with pytest.raises(ForbiddenError):
        did(set_floor, make_member(roles=roles), percent=10, reason="Because.")


def test_seldom_countries_are_those_of_the_latest_count_of_that_kind(database):
    count("GE", 5, 50, day=now().date().replace(day=1))
    count("FR", 5, 1, day=now().date().replace(day=1))
    count("GE", 5, 1, day=now().date().replace(day=2))
    count("FR", 5, 50, day=now().date().replace(day=2))
    count("FR", 5, 1, kind=Kind.INNOVATION)
    count("GE", 5, 50, kind=Kind.INNOVATION)
    assert seldom_countries(Kind.MEMBER) == {"GE"}
    assert seldom_countries(Kind.INNOVATION) == {"FR"}
    assert seldom_countries(Kind.REQUEST) == frozenset()


def test_nobody_is_lifted_by_moving_where_nobody_is(database):
    for kind in (Kind.MEMBER, Kind.REQUEST, Kind.INNOVATION):
        count("BV", 2, 0, kind=kind)
        count("FR", 50, 200, kind=kind)
    assert seldom_countries(Kind.MEMBER) == seldom_countries(Kind.REQUEST) == frozenset()
    # where a record comes from is reviewed
    assert seldom_countries(Kind.INNOVATION) == {"BV"}


@pytest.mark.parametrize(("percent", "place"), [(0, 11), (10, 10)])
def test_a_list_is_ordered_by_the_floor_in_force(percent, place, database):
    if percent:
        did(set_floor, make_member(roles=[Role.COORDINATOR]), percent=percent, reason="Because.")
    count("GE", 5, 1)
    count("FR", 5, 50)
    french = [make_member(country="FR").public_id for _ in range(10)]
    georgian = make_member(country="GE").public_id
    ranked = [*((key, 60.0) for key in french), (georgian, 55.0)]
    found = floored(Kind.MEMBER, ranked)
    assert found.keys.index(georgian) + 1 == place
    assert found.lifted == (frozenset({georgian}) if percent else frozenset())
