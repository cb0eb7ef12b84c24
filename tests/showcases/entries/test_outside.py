"""Colleagues, proposers and presenters outside the audience of a showcase learn nothing of it through an entry."""

import pytest
from sqlalchemy import select

from hub.core.database import session
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.showcases.entries.answering import confirm_entry, step_back_with
from hub.showcases.entries.queries import own_entries, party_entry, presented_entries
from hub.showcases.making.ending import narrow_audience
from hub.showcases.merging import entries_handed_over
from hub.showcases.models import Entry, EntryStatus, ShowcaseStatus
from hub.showcases.own import matters
from hub.showcases.permissions import entries_visible_to, is_on_entry_side, is_presenter
from hub.showcases.telling import presenter_ids, side_ids, tell_side
from tests.collaboration.acts import did, told
from tests.factories import make_member
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    make_curator,
    opened_showcase,
    proposed_entry,
    recorded_innovation,
)

pytestmark = pytest.mark.db


@pytest.fixture
def people(database):
    """An innovation, an officer and a civilian who both represent its owner, and a civilian who presents it."""
    innovation = recorded_innovation()
    civilian = make_member(represents=[innovation.owner])
    officer = make_member(represents=[innovation.owner], law_enforcement="GE")
    return innovation, officer, civilian, make_member()


def finds(member, entry):
    """Return the ways in which somebody finds an entry; functions and conditions have to agree."""
    viewer = viewer_of(member)
    ways = {
        "visible": session().scalars(select(Entry).where(entries_visible_to(viewer))).all() == [entry],
        "side": is_on_entry_side(viewer, entry),
        "own": own_entries(viewer) == [entry],
        "presents": is_presenter(viewer, entry),
        "presented": presented_entries(viewer) == [entry],
        "waits": bool(matters(viewer)),
    }
    return {way for way, found in ways.items() if found}


def test_who_is_outside_from_the_beginning(people):
    innovation, officer, civilian, presenter = people
    showcase = opened_showcase(readership=GEORGIAN_POLICE)
    entry = proposed_entry(
        showcase, innovation, officer, status=EntryStatus.ACCEPTED, presenters=[presenter, officer]
    )
    assert finds(officer, entry) >= {"visible", "side", "own", "presents", "waits"}
    for somebody in (civilian, presenter):
        assert finds(somebody, entry) == set()
        with pytest.raises(NotFoundError):
            party_entry(showcase.public_id, entry.public_id, viewer_of(somebody))
    assert (side_ids(entry), presenter_ids(entry)) == ({officer.id}, {officer.id})
    did(tell_side, "entry_accepted", entry)
    assert [told(each) for each in (officer, civilian, presenter)] == [["entry_accepted"], [], []]


def test_who_lost_the_right_to_speak_for_the_record_reads_their_entry_and_changes_nothing(people):
    innovation, _officer, _civilian, focal_point = people
    entry = proposed_entry(
        opened_showcase(),
        innovation,
        focal_point,
        organisation_id=None,
        status=EntryStatus.ACCEPTED,
        presenters=["Ana Doe"],
    )
    assert finds(focal_point, entry) >= {"visible", "side", "own"}
    for act in (confirm_entry, step_back_with):
        with pytest.raises(ForbiddenError):
            did(act, focal_point, entry)


def test_who_takes_a_record_over_acts_for_its_entries(people):
    innovation, officer, _civilian, compiler = people
    entry = proposed_entry(
        opened_showcase(), innovation, compiler, organisation_id=None, status=EntryStatus.ACCEPTED
    )
    past = proposed_entry(
        opened_showcase(status=ShowcaseStatus.CANCELLED), innovation, compiler, organisation_id=None
    )
    did(entries_handed_over, innovation)
    assert (entry.organisation_id, past.organisation_id) == (innovation.owner_id, None)
    did(confirm_entry, officer, entry)
    assert entry.status is EntryStatus.CONFIRMED


def test_who_is_outside_once_it_is_narrowed(people):
    innovation, officer, civilian, presenter = people
    curator = make_curator()
    showcase = opened_showcase(curator)
    entry = proposed_entry(
        showcase, innovation, civilian, status=EntryStatus.ACCEPTED, presenters=[presenter]
    )
    assert finds(civilian, entry) >= {"visible", "side", "own"}
    assert finds(presenter, entry) >= {"visible", "presents", "presented"}
    did(narrow_audience, curator, showcase, GEORGIAN_POLICE)
    assert finds(civilian, entry) == finds(presenter, entry) == set()
    assert finds(officer, entry) >= {"visible", "side", "own"}
