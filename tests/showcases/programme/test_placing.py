"""Which entry has which slot: placing, moving, taking out; and what who has a conflict learns of it: nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from hub.showcases.models import EntryStatus, Slot, SlotKind
from hub.showcases.programme.clashes import NOT_THEN
from hub.showcases.programme.placing import WAS_TAKEN, empty_slot, place_entry, slot_of, take_out
from hub.showcases.programme.queries import (
    curated_programme,
    placeable_entry,
    slot_by_id,
    slot_for_side,
    unplaced_entries,
)
from tests.collaboration.acts import did, told
from tests.factories import make_member
from tests.showcases.programme.plans import (
    accepted_entry,
    decided_showcase,
    empty_slot_in,
    placed,
    recused_entry,
    sees,
    team_of_two,
)
from tests.showcases.scenes import confirmed_entry, make_curator, make_room, make_slot, proposed_entry
from tests.web.catalogue.conftest import QueryCount

pytestmark = pytest.mark.db

HOUR = timedelta(hours=1)


@pytest.fixture
def curator(database):
    return make_curator()


@pytest.fixture
def showcase(curator):
    return decided_showcase(curator)


def test_an_entry_is_placed(curator, showcase):
    entry, slot = accepted_entry(showcase), empty_slot_in(showcase)
    assert placed(curator, slot, entry) is slot
    assert (slot.entry, slot.version) == (entry, 2)
    assert session().scalar(select(func.count(AuditEntry.number)).where(AuditEntry.tag == "slot:change")) == 1
    assert told(entry.proposed_by) == []  # nobody was shown the draft yet


@pytest.mark.parametrize(
    "status",
    [
        EntryStatus.UNDER_REVIEW,
        EntryStatus.WAITLISTED,
        EntryStatus.REJECTED,
        EntryStatus.WITHDRAWN,
    ],
)
def test_only_accepted_ones_are(curator, showcase, status):
    entry, slot = proposed_entry(showcase, status=status), empty_slot_in(showcase)
    with pytest.raises(InvalidError):
        placed(curator, slot, entry)


def test_breaks_take_no_entry(curator, showcase):
    with pytest.raises(InvalidError):
        placed(curator, make_slot(showcase), accepted_entry(showcase))


def test_an_entry_of_another_showcase_is_not_there(curator, showcase):
    with pytest.raises(NotFoundError):
        placed(curator, empty_slot_in(showcase), accepted_entry(decided_showcase(curator)))


def test_an_embargo_is_kept(curator, showcase):
    slot = empty_slot_in(showcase)
    entry = accepted_entry(showcase, embargo_until=slot.starts_at + timedelta(minutes=1))
    with pytest.raises(InvalidError) as refused:
        placed(curator, slot, entry)
    assert refused.value.parameters["until"] == entry.embargo_until


def test_a_presenter_is_in_one_place(curator, showcase):
    maria = make_member(display_name="Maria")
    first = accepted_entry(showcase, presenters=[maria])
    second = accepted_entry(showcase, presenters=[maria])
    placed(curator, empty_slot_in(showcase), first)
    with pytest.raises(InvalidError) as refused:
        placed(curator, empty_slot_in(showcase), second)
    assert refused.value.parameters["presenter"] == "Maria"
    placed(curator, empty_slot_in(showcase, after=HOUR), second)


def test_a_slot_that_was_taken_meanwhile_is_refused_in_words(curator, showcase):
    slot = empty_slot_in(showcase)
    placed(curator, slot, accepted_entry(showcase))
    with pytest.raises(ConflictError) as refused:
        did(place_entry, curator, slot, accepted_entry(showcase), out_of=None, version=1)
    assert refused.value.message == WAS_TAKEN


def test_a_slot_that_moved_meanwhile_is_stale(curator, showcase):
    slot = empty_slot_in(showcase, version=2)
    with pytest.raises(StaleVersionError):
        did(place_entry, curator, slot, accepted_entry(showcase), out_of=None, version=1)


def test_an_entry_that_was_placed_meanwhile_is_not_placed_twice(curator, showcase):
    entry = accepted_entry(showcase)
    placed(curator, empty_slot_in(showcase), entry)
    with pytest.raises(ConflictError):
        did(place_entry, curator, empty_slot_in(showcase, after=HOUR), entry, out_of=None, version=1)


def test_an_entry_moves_with_its_slot(curator, showcase):
    rooms = [make_room(showcase, seats=20), make_room(showcase, seats=200)]
    entry = accepted_entry(showcase)
    first = empty_slot_in(showcase, room=rooms[0], capacity=5)
    second = empty_slot_in(showcase, room=rooms[1], after=HOUR, lasts=HOUR, capacity=200)
    placed(curator, first, entry)
    assert placed(curator, second, entry) is first
    assert (first.entry, first.room, first.capacity) == (entry, rooms[1], 5)
    assert first.starts_at - showcase.starts_at == HOUR
    assert (second.entry, second.room, second.starts_at) == (None, rooms[0], showcase.starts_at)
    assert second.capacity == 20  # more seats than its room has now, nobody can have


def test_an_entry_is_taken_out(curator, showcase):
    entry, slot = accepted_entry(showcase), empty_slot_in(showcase)
    placed(curator, slot, entry)
    did(take_out, curator, slot, version=2)
    assert slot.entry is None
    assert list(unplaced_entries(showcase, sees(curator))) == [entry]


def test_who_leaves_leaves_the_slot_empty(curator, showcase):
    entry = accepted_entry(showcase)
    slot = make_slot(showcase, entry)
    with transaction():
        empty_slot(entry)
        empty_slot(entry)  # there is nothing left to empty
    assert slot_of(entry) is None
    assert (slot.entry, slot.version) == (None, 2)


# what is hidden


@pytest.fixture
def scene(database):
    return team_of_two()


def test_who_has_a_conflict_reads_taken_and_nothing_else(scene):
    showcase, first, second = scene
    room = make_room(showcase)
    hidden = recused_entry(showcase, second)
    slot = make_slot(showcase, hidden, room=room, capacity=3)
    (theirs,) = curated_programme(showcase, sees(second))
    assert (theirs.entry, theirs.is_taken, theirs.may_change) == (None, True, False)
    (ours,) = curated_programme(showcase, sees(first))
    assert (ours.entry, ours.is_taken, ours.may_change) == (hidden, True, True)
    with pytest.raises(NotFoundError):
        slot_by_id(showcase, slot.public_id, sees(second))


def test_who_has_a_conflict_does_not_see_that_an_entry_waits_for_a_slot(scene):
    showcase, first, second = scene
    hidden = recused_entry(showcase, second)
    assert list(unplaced_entries(showcase, sees(second))) == []
    assert list(unplaced_entries(showcase, sees(first))) == [hidden]
    with pytest.raises(NotFoundError):
        placeable_entry(showcase, hidden.public_id, sees(second))
    with pytest.raises(NotFoundError):
        placed(second, empty_slot_in(showcase), hidden)


def test_a_clash_with_what_is_hidden_names_nobody(scene):
    showcase, first, second = scene
    maria = make_member(display_name="Maria")
    hidden = accepted_entry(showcase, by=make_member(), organisation_id=None, presenters=[second, maria])
    placed(first, empty_slot_in(showcase), hidden)
    with pytest.raises(InvalidError) as refused:
        placed(second, empty_slot_in(showcase), accepted_entry(showcase, presenters=[maria]))
    assert (refused.value.message, dict(refused.value.parameters)) == (NOT_THEN, {})


def test_a_slot_that_somebody_filled_with_what_is_hidden_is_taken(scene):
    showcase, first, second = scene
    slot = empty_slot_in(showcase)
    placed(first, slot, recused_entry(showcase, second))
    with pytest.raises(ConflictError) as refused:
        did(place_entry, second, slot, accepted_entry(showcase), out_of=None, version=1)
    assert refused.value.message == WAS_TAKEN


def test_the_published_programme_is_no_secret_but_stays_out_of_reach(database):
    second = make_curator()
    showcase = decided_showcase(team=[second], published_at=None)
    entry = confirmed_entry(showcase, by=make_member(), presenters=[second], organisation_id=None)
    make_slot(showcase, entry)
    assert curated_programme(showcase, sees(second))[0].entry is None
    showcase.published_at = showcase.decisions_sent_at
    session().commit()
    (planned,) = curated_programme(showcase, sees(second))
    assert (planned.entry, planned.may_change) == (entry, False)


def test_a_side_learns_its_time_with_the_draft(showcase):
    entry = accepted_entry(showcase)
    slot = make_slot(showcase, entry)
    assert slot_for_side(entry) is None
    showcase.draft_shared_at = showcase.decisions_sent_at
    session().commit()
    assert slot_for_side(entry) is slot


def test_a_programme_of_three_hundred_slots_costs_as_many_queries_as_one_of_three(curator, database):
    queries = QueryCount(database.get_bind())
    counts = []
    for many in (3, 300):
        showcase = decided_showcase(curator)
        shown = accepted_entry(showcase)
        session().add_all(
            Slot(
                showcase_id=showcase.id,
                kind=SlotKind.ENTRY,
                entry_id=shown.id if place == 0 else None,
                starts_at=showcase.starts_at + place * timedelta(minutes=1),
                ends_at=showcase.starts_at + (place + 1) * timedelta(minutes=1),
            )
            for place in range(many)
        )
        session().commit()
        viewer = sees(curator)
        session().expunge_all()
        showcase = session().merge(showcase)
        with queries:
            found = curated_programme(showcase, viewer)
        assert len(found) == many
        counts.append(len(queries.statements))
    assert counts[0] == counts[1]
