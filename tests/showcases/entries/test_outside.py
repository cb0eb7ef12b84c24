"""Colleagues, proposers and presenters outside the audience of a showcase learn nothing of it through an entry."""

import pytest
from sqlalchemy import select

from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.showcases.entries.queries import own_entries, party_entry, presented_entries
from hub.showcases.making.ending import narrow_audience
from hub.showcases.models import Entry, EntryStatus
from hub.showcases.own import matters
from hub.showcases.permissions import entries_visible_to, is_on_entry_side, is_presenter
from hub.showcases.telling import presenter_ids, side_ids, tell_side
from tests.collaboration.acts import did, told
from tests.factories import make_law_enforcement, make_member
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
    officer, civilian = (make_member(represents=[innovation.owner]) for _ in range(2))
    make_law_enforcement(officer, "GE")
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
