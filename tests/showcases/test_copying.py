"""Copies of showcases: what is taken over, what is not, and that they are never for more people."""

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError
from hub.showcases.making.calling import open_call
from hub.showcases.making.copying import copy_showcase
from hub.showcases.making.ending import narrow_audience
from hub.showcases.making.service import discard_showcase
from hub.showcases.models import Room, Showcase, ShowcaseStatus, Track
from tests.collaboration.acts import did
from tests.showcases.making import PARIS, everything, save
from tests.showcases.scenes import (
    EVERYBODY,
    MEMBERS,
    POLICE,
    drafted_showcase,
    make_curator,
    make_room,
    opened_showcase,
    proposed_entry,
    published_showcase,
    registered,
)

pytestmark = pytest.mark.db


@pytest.fixture
def curator(database):
    return make_curator()


def test_a_draft_is_discarded_for_good_and_copies_of_it_stay(curator):
    showcase = drafted_showcase(curator)
    make_room(showcase)
    copied = did(copy_showcase, curator, showcase, name="Again", host_event="", language="en", place=PARIS)
    did(discard_showcase, curator, showcase)
    session().expire_all()
    assert session().scalars(select(Showcase)).all() == [copied]
    assert copied.copied_from_id is None
    assert session().query(AuditEntry).filter_by(tag="showcase:discard").count() == 1


def test_a_copy_has_words_and_settings_and_nothing_of_its_day(curator):
    earlier = published_showcase(curator, needs_approval=True)
    room = make_room(earlier, "Hall", seats=40)
    session().add(Track(showcase_id=earlier.id, name="Procurement", position=0))
    session().commit()
    proposed_entry(earlier)
    registered(earlier)
    copied = did(
        copy_showcase, curator, earlier, name="Stage 2", host_event="IACC", language="en", place=PARIS
    )
    assert (copied.name, copied.host_event, copied.status) == ("Stage 2", "IACC", ShowcaseStatus.DRAFT)
    assert (copied.summary, copied.capacity, copied.needs_approval) == (earlier.summary, 100, True)
    assert [(each.name, each.weight) for each in copied.criteria] == [
        (each.name, each.weight) for each in earlier.criteria
    ]
    assert copied.readership == earlier.readership
    rooms = session().scalars(select(Room).where(Room.showcase_id == copied.id)).all()
    assert [(each.name, each.seats) for each in rooms] == [(room.name, 40)]
    assert [copied.starts_at, copied.call_closes_at, copied.places_taken, copied.has_no_sponsors] == [
        None,
        None,
        0,
        False,
    ]
    assert copied.copied_from_id == earlier.id


def test_who_is_not_on_the_team_copies_no_rooms_before_the_programme_is_public(curator):
    earlier = opened_showcase()
    make_room(earlier, "Hall")
    copied = did(copy_showcase, curator, earlier, name="Stage 2", host_event="", language="en", place=PARIS)
    assert session().scalars(select(Room).where(Room.showcase_id == copied.id)).all() == []


def test_a_copy_is_never_for_more_people_than_the_one_whose_words_it_has(curator):
    earlier = opened_showcase(curator, readership=MEMBERS)
    said = {"name": "Stage 2", "host_event": "", "language": "en", "place": PARIS}
    copied = did(copy_showcase, curator, earlier, **said)
    again = did(copy_showcase, curator, copied, **said)
    did(discard_showcase, curator, copied)
    with pytest.raises(InvalidError) as caught:
        save(curator, again, readership=EVERYBODY)
    assert caught.value.field == "audience"
    assert save(curator, again, readership=POLICE) is True


def test_a_copy_is_not_opened_for_those_for_whom_the_original_was_narrowed(curator):
    earlier = opened_showcase(curator)
    copied = did(copy_showcase, curator, earlier, name="Stage 2", host_event="", language="en", place=PARIS)
    save(curator, copied, **everything())
    did(narrow_audience, curator, earlier, MEMBERS)
    with pytest.raises(InvalidError) as caught:
        did(open_call, curator, copied, version=copied.version)
    assert caught.value.field == "audience"


def test_what_one_does_not_see_is_not_copied(curator):
    with pytest.raises(NotFoundError):
        did(
            copy_showcase,
            curator,
            drafted_showcase(),
            name="Mine",
            host_event="",
            language="en",
            place=PARIS,
        )
