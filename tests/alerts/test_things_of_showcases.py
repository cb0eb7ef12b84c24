"""Showcases, entries, slots and registrations are named to those alone who may know of them."""

from datetime import timedelta

import pytest

from hub.access.audience import Tlp
from hub.access.viewer import VISITOR, Role
from hub.alerts.things import describe
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.showcases.models import EntryStatus
from tests.factories import make_member
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    MEMBERS,
    confirmed_entry,
    drafted_showcase,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)

pytestmark = pytest.mark.db

EVERYBODY = {"curator", "tied", "owner", "presenter", "member", "police", "other", "visitor"}


@pytest.fixture
def people(database):
    """One of each who may stand to a showcase; `tied` is a curator who has a conflict with the entry."""
    return {
        "curator": make_member(roles=[Role.COORDINATOR]),
        "tied": make_member(roles=[Role.COORDINATOR]),
        "owner": make_member(),
        "presenter": make_member(),
        "member": make_member(),
        "police": make_member(law_enforcement="GE"),
        "other": make_member(roles=[Role.COORDINATOR]),
    }


def knowing(people, subject):
    viewers = {name: viewer_of(each) for name, each in people.items()} | {"visitor": VISITOR}
    return {name for name, viewer in viewers.items() if describe({subject}, viewer)}


def entered(people, showcase, make=confirmed_entry, **columns):
    """Store an entry of the owner that `tied`, who is on the team, presents as well."""
    presenters = [people["presenter"], people["tied"]]
    return make(showcase, by=people["owner"], organisation_id=None, presenters=presenters, **columns)


def made(people, make=published_showcase, **columns):
    return make(people["curator"], team=[people["tied"]], **columns)


@pytest.mark.parametrize(
    ("make", "columns", "expected"),
    [
        (opened_showcase, {}, EVERYBODY),
        (opened_showcase, {"readership": MEMBERS}, EVERYBODY - {"visitor"}),
        (opened_showcase, {"readership": GEORGIAN_POLICE}, {"curator", "tied", "police"}),
        (drafted_showcase, {}, {"curator", "tied"}),
    ],
)
def test_a_showcase_is_named_to_its_audience_and_its_team(people, make, columns, expected):
    showcase = made(people, make, **columns)
    assert knowing(people, showcase.subject) == expected
    found = describe({showcase.subject}, viewer_of(people["curator"]))[showcase.subject]
    assert (found.title, found.key) == (showcase.name, showcase.public_id)
    assert found.tlp is showcase.tlp


def test_an_entry_under_review_is_named_to_its_side_and_to_judges_without_conflict(people):
    entry = entered(people, made(people, opened_showcase), proposed_entry)
    people["tied"].display_name = "Tied"
    for each in entry.presenters:
        if each.member_id == people["tied"].id:
            session().delete(each)
    session().commit()
    assert knowing(people, entry.subject) == {"curator", "tied", "owner", "presenter"}
    again = entered(people, made(people, opened_showcase), proposed_entry)
    assert knowing(people, again.subject) == {"curator", "tied", "owner", "presenter"}


def test_a_curator_with_a_conflict_is_told_no_name(people):
    showcase = made(people, opened_showcase)
    innovation = recorded_innovation()
    innovation.registered_by_id = people["tied"].id
    session().commit()
    entry = proposed_entry(showcase, innovation, people["owner"], organisation_id=None, presenters=[])
    assert knowing(people, entry.subject) == {"curator", "owner"}


def test_an_entry_and_its_slot_are_named_to_all_once_the_programme_is_published(people):
    entry = entered(people, made(people))
    slot = make_slot(entry.showcase, entry)
    assert knowing(people, entry.subject) == knowing(people, slot.subject) == EVERYBODY
    found = describe({entry.subject, slot.subject}, VISITOR)
    name = entry.innovation.published_revision.source_text.name
    key = entry.showcase.public_id
    assert {each.title for each in found.values()} == {name}
    assert found[entry.subject].key == f"{key}/entries/{entry.public_id}"
    assert found[slot.subject].key == f"{key}/slots/{slot.public_id}"


def test_an_embargo_and_a_narrowed_innovation_hide_it_from_the_audience(people):
    showcase = made(people)
    embargoed = entered(people, showcase, embargo_until=now() + timedelta(days=1))
    restricted = entered(people, showcase)
    slots = [make_slot(showcase, each) for each in (embargoed, restricted)]
    restricted.innovation.set_readership(GEORGIAN_POLICE)
    session().commit()
    assert knowing(people, slots[0].subject) == set()
    assert knowing(people, embargoed.subject) == {"curator", "tied", "owner", "presenter"}
    assert knowing(people, restricted.subject) == knowing(people, slots[1].subject) == {"police"}


def test_a_break_is_named_by_its_title_and_an_unpublished_one_to_nobody(people):
    assert knowing(people, make_slot(made(people)).subject) == EVERYBODY
    assert knowing(people, make_slot(made(people, opened_showcase)).subject) == set()


def test_a_registration_is_named_to_who_registered_and_to_the_team(people):
    registration = registered(made(people), people["member"])
    assert knowing(people, registration.subject) == {"member", "curator", "tied"}


def test_the_strictest_label_counts(people):
    entry = entered(people, made(people, readership=MEMBERS))
    slot = make_slot(entry.showcase, entry)
    entry.innovation.set_readership(GEORGIAN_POLICE)
    session().commit()
    found = describe({entry.subject, slot.subject}, viewer_of(people["police"]))
    assert {each.tlp for each in found.values()} == {Tlp.AMBER}


def test_a_rejected_entry_stays_known_to_its_side(people):
    entry = entered(people, made(people), status=EntryStatus.REJECTED)
    assert knowing(people, entry.subject) >= {"owner", "presenter"}
    assert "member" not in knowing(people, entry.subject)
