"""Showcases as tests make them are ones that the database takes, in every state."""

import pytest

from hub.showcases.models import EntryStatus, ShowcaseStatus
from tests.factories import make_member
from tests.showcases.scenes import (
    confirmed_entry,
    drafted_entry,
    drafted_showcase,
    make_room,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)

pytestmark = pytest.mark.db


@pytest.mark.parametrize("status", ShowcaseStatus)
def test_a_showcase_in_every_state(database, status):
    make = drafted_showcase if status is ShowcaseStatus.DRAFT else opened_showcase
    assert make(status=status).status is status


@pytest.mark.parametrize("status", EntryStatus)
def test_an_entry_in_every_state(database, status):
    showcase = opened_showcase()
    is_draft = status is EntryStatus.DRAFT
    entry = drafted_entry(showcase) if is_draft else proposed_entry(showcase, status=status)
    assert entry.status is status


def test_a_programme_and_who_registered(database):
    showcase = published_showcase(capacity=2)
    entry = confirmed_entry(showcase, recorded_innovation(), presenters=[make_member(), "Ana Doe"])
    slot = make_slot(showcase, entry, room=make_room(showcase, "Hall"), capacity=5)
    make_slot(showcase)
    first, second = registered(showcase), registered(showcase, guest_email="a@test.example", guest_name="A")
    assert (slot.entry, first.number, second.number, showcase.places_taken) == (entry, 1, 2, 2)
