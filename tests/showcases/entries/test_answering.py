"""Confirming an accepted entry, stepping back with it, and the waiting list that moves up."""

from datetime import timedelta

import pytest

from hub.access.viewer import Role
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.showcases.entries.answering import confirm_entry, move_up, step_back_with
from hub.showcases.entries.queries import place_in_line
from hub.showcases.models import EntryStatus, PresenterStatus, ShowcaseStatus, Slot
from hub.showcases.permissions import judged_by
from tests.catalogue.records import MEMBERS, make_scene
from tests.collaboration.acts import did, later, told
from tests.factories import make_member
from tests.showcases.scenes import (
    confirmed_entry,
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
)


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def showcase(curator):
    return opened_showcase(curator, status=ShowcaseStatus.REVIEW)


def waiting(showcase, position, **columns):
    return proposed_entry(showcase, status=EntryStatus.WAITLISTED, waitlist_position=position, **columns)


@pytest.mark.db
def test_confirming_speaks_for_who_has_no_account(showcase, curator):
    scene, other = make_scene(), make_member()
    entry = proposed_entry(
        showcase,
        recorded_innovation(scene),
        scene.partner,
        status=EntryStatus.ACCEPTED,
        presenters=[scene.partner, "Nino B.", other],
    )
    did(confirm_entry, scene.partner, entry)
    assert entry.status is EntryStatus.CONFIRMED
    assert [each.status for each in entry.presenters] == [
        PresenterStatus.CONFIRMED,
        PresenterStatus.CONFIRMED,
        PresenterStatus.ASKED,
    ]
    assert told(curator) == ["entry_answered"]


def test_an_entry_that_nobody_presents_is_not_confirmed(showcase):
    scene = make_scene()
    entry = proposed_entry(
        showcase, recorded_innovation(scene), scene.partner, status=EntryStatus.ACCEPTED, presenters=[]
    )
    with pytest.raises(ConflictError):
        did(confirm_entry, scene.partner, entry)


def test_an_entry_whose_innovation_was_narrowed_is_not_confirmed(showcase):
    entry = proposed_entry(showcase, status=EntryStatus.ACCEPTED)
    entry.innovation.set_readership(MEMBERS)
    session().commit()
    with pytest.raises(ConflictError):
        did(confirm_entry, entry.proposed_by, entry)


def test_a_presenter_does_not_answer_for_the_entry(showcase):
    presenter = make_member()
    entry = proposed_entry(showcase, status=EntryStatus.ACCEPTED, presenters=[presenter])
    for act in (confirm_entry, step_back_with):
        with pytest.raises(ForbiddenError):
            did(act, presenter, entry)


@pytest.mark.parametrize("status", [EntryStatus.UNDER_REVIEW, EntryStatus.REJECTED, EntryStatus.WAITLISTED])
def test_what_was_not_accepted_is_not_answered(showcase, status):
    entry = proposed_entry(showcase, status=status)
    for act in (confirm_entry, step_back_with):
        with pytest.raises(ConflictError):
            did(act, entry.proposed_by, entry)


@pytest.mark.db
def test_the_first_that_can_be_shown_moves_up(showcase, curator):
    leaving = proposed_entry(showcase, status=EntryStatus.ACCEPTED)
    narrowed, next_one, last = (waiting(showcase, place) for place in (1, 3, 4))
    abandoned = waiting(showcase, 2, organisation_id=None)
    narrowed.innovation.set_readership(MEMBERS)
    abandoned.proposed_by.status = MemberStatus.SUSPENDED
    session().commit()
    assert place_in_line(last) == 4
    did(step_back_with, leaving.proposed_by, leaving)
    assert [each.status for each in (leaving, narrowed, next_one, last)] == [
        EntryStatus.WITHDRAWN,
        EntryStatus.WAITLISTED,
        EntryStatus.ACCEPTED,
        EntryStatus.WAITLISTED,
    ]
    assert told(next_one.proposed_by)[-1:] == ["entry_moved_up"]
    assert sorted(told(curator)) == ["entry_left", "entry_to_place"]
    assert place_in_line(last) == 3


@pytest.mark.db
def test_stepping_back_empties_the_slot(database):
    showcase = published_showcase()
    entry = confirmed_entry(showcase)
    slot = make_slot(showcase, entry)
    did(step_back_with, entry.proposed_by, entry)
    assert session().get(Slot, slot.id).entry_id is None


def test_after_the_beginning_nobody_moves_up(database, monkeypatch):
    showcase = published_showcase(status=ShowcaseStatus.LIVE)
    leaving, other = confirmed_entry(showcase), waiting(showcase, 1)
    later(monkeypatch, timedelta(days=61))
    did(step_back_with, leaving.proposed_by, leaving)
    assert other.status is EntryStatus.WAITLISTED


def test_after_the_end_nobody_steps_back(database):
    showcase = published_showcase(status=ShowcaseStatus.CLOSED)
    entry = confirmed_entry(showcase)
    with pytest.raises(ConflictError):
        did(step_back_with, entry.proposed_by, entry)


@pytest.mark.db
def test_who_has_a_conflict_does_not_hear_who_moved_up(database):
    scene = make_scene()
    torn = make_member(roles=[Role.COORDINATOR], belongs_to=[scene.owner])
    free = make_curator()
    showcase = opened_showcase(free, team=[torn], status=ShowcaseStatus.REVIEW)
    leaving = proposed_entry(showcase, status=EntryStatus.ACCEPTED)
    waiting(showcase, 1, innovation=recorded_innovation(scene), by=scene.partner)
    did(step_back_with, leaving.proposed_by, leaving)
    assert told(torn) == ["entry_left"]
    assert sorted(told(free)) == ["entry_left", "entry_to_place"]
    assert judged_by(viewer_of(torn)) is not None


@pytest.mark.db
def test_a_curator_moves_an_entry_up_out_of_its_turn(showcase, curator):
    waiting(showcase, 1)
    second = waiting(showcase, 2)
    did(move_up, curator, second)
    assert second.status is EntryStatus.ACCEPTED
    with pytest.raises(ConflictError):
        did(move_up, curator, second)
    with pytest.raises(ForbiddenError):
        did(move_up, second.proposed_by, second)
    with pytest.raises(NotFoundError):
        did(move_up, make_curator(), second)
