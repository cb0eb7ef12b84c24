"""Keeping shortlists: who may, what is refused, order, notes, and what happens to what is hidden later."""

import pytest
from sqlalchemy import delete, select

from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.shortlists import service
from hub.shortlists.models import Shortlist, ShortlistEntry
from hub.shortlists.queries import holding, own_shortlist, shortlist_by_public_id, shown_entries
from hub.shortlists.service import (
    add_innovations,
    delete_shortlist,
    make_shortlist,
    move_entry,
    remove_entry,
    save_note,
    save_shortlist,
)
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, published
from tests.factories import make_member
from tests.shortlists.lists import counts, names_of, shortlist_of

pytestmark = pytest.mark.db


@pytest.fixture
def keeper(database):
    return make_member()


@pytest.fixture
def records(database):
    scene = make_scene()
    return [published(scene, name=name).innovation for name in ("First", "Second", "Third")]


def shown(shortlist, member):
    return names_of(shown_entries(shortlist, viewer_of(member)))


def test_innovations_stand_in_the_order_in_which_they_came_and_once_each(keeper, records):
    shortlist = shortlist_of(keeper, *records[:2])
    with transaction():
        added = add_innovations(keeper, shortlist, [records[2], records[0]])
    assert (added.added, added.present) == (1, 1)
    assert shown(shortlist, keeper) == ["First", "Second", "Third"]
    assert counts(viewer_of(keeper)) == {"Procurement": 3}
    assert holding([each.id for each in records], viewer_of(keeper)) == {shortlist.id}


def test_entries_move_and_stop_at_the_ends(keeper, records):
    shortlist = shortlist_of(keeper, *records)
    last = shown_entries(shortlist, viewer_of(keeper))[2].entry
    for places, order in (
        (-1, ["First", "Third", "Second"]),
        (-5, ["Third", "First", "Second"]),
        (0, ["Third", "First", "Second"]),
        (9, ["First", "Second", "Third"]),
    ):
        with transaction():
            move_entry(keeper, last, places=places)
        assert shown(shortlist, keeper) == order


def test_what_is_removed_takes_its_note_along(keeper, records):
    shortlist = shortlist_of(keeper, *records, notes="Ask them")
    entry = shown_entries(shortlist, viewer_of(keeper))[1].entry
    with transaction():
        remove_entry(keeper, entry)
    assert shown(shortlist, keeper) == ["First", "Third"]
    with transaction():
        add_innovations(keeper, shortlist, [records[1]])
    assert [each.entry.note for each in shown_entries(shortlist, viewer_of(keeper))] == [
        "Ask them",
        "Ask them",
        "",
    ]


def test_words_are_tidied_and_checked(keeper):
    with transaction():
        shortlist = make_shortlist(keeper, name="  Two   words ", note=" why ")
    assert (shortlist.name, shortlist.note) == ("Two words", "why")
    for name, note in (("  ", ""), ("x" * 101, ""), ("name", "x" * 2_001)):
        with pytest.raises(InvalidError), transaction():
            make_shortlist(keeper, name=name, note=note)


def test_a_stale_save_changes_nothing(keeper, records):
    shortlist = shortlist_of(keeper, *records[:1])
    version = shortlist.version
    with transaction():
        save_shortlist(keeper, shortlist, name="New", note="", version=version)
    with pytest.raises(StaleVersionError), transaction():
        save_shortlist(keeper, shortlist, name="Newer", note="", version=version)
    assert session().scalar(select(Shortlist.name)) == "New"
    entry = shown_entries(shortlist, viewer_of(keeper))[0].entry
    with transaction():
        save_note(keeper, entry, note="One", version=1)
    with pytest.raises(StaleVersionError), transaction():
        save_note(keeper, entry, note="Two", version=1)
    assert session().scalar(select(ShortlistEntry.note)) == "One"


def test_other_changes_make_no_words_stale(keeper, records):
    shortlist = shortlist_of(keeper, *records[:2])
    version = shortlist.version
    with transaction():
        add_innovations(keeper, shortlist, records[2:])
    with transaction():
        save_shortlist(keeper, shortlist, name="New", note="", version=version)
    assert shortlist.name == "New"


def test_there_is_a_most_of_lists_and_of_entries(keeper, records, monkeypatch):
    monkeypatch.setattr(service, "MOST_SHORTLISTS", 1)
    monkeypatch.setattr(service, "MOST_ENTRIES", 2)
    shortlist = shortlist_of(keeper, *records[:2])
    with pytest.raises(InvalidError), transaction():
        make_shortlist(keeper, name="Another")
    with pytest.raises(InvalidError), transaction():
        add_innovations(keeper, shortlist, records)
    with transaction():
        add_innovations(keeper, shortlist, records[:2])
    assert len(shown(shortlist, keeper)) == 2


def test_only_approved_members_keep_lists(keeper, records):
    shortlist = shortlist_of(keeper, *records)
    keeper.status = MemberStatus.LAPSED
    session().commit()
    with pytest.raises(ForbiddenError), transaction():
        make_shortlist(keeper, name="Another")
    with pytest.raises(NotFoundError), transaction():
        delete_shortlist(keeper, shortlist)
    with pytest.raises(NotFoundError):
        shortlist_by_public_id(shortlist.public_id, viewer_of(keeper))


def test_nobody_changes_the_list_of_another(keeper, records):
    shortlist = shortlist_of(keeper, *records[:1])
    entry = shown_entries(shortlist, viewer_of(keeper))[0].entry
    other = make_member()
    with pytest.raises(NotFoundError):
        own_shortlist(shortlist.public_id, viewer_of(other))
    for act in (
        lambda: save_shortlist(other, shortlist, name="x", note="", version=1),
        lambda: delete_shortlist(other, shortlist),
        lambda: add_innovations(other, shortlist, records[1:]),
        lambda: save_note(other, entry, note="x", version=1),
        lambda: move_entry(other, entry, places=1),
        lambda: remove_entry(other, entry),
    ):
        with pytest.raises(NotFoundError), transaction():
            act()
    assert shown(shortlist, keeper) == ["First"]


def test_what_one_may_not_see_cannot_be_added(keeper, records):
    hidden = published(make_scene(), readership=GEORGIAN_POLICE).innovation
    shortlist = shortlist_of(keeper)
    with pytest.raises(NotFoundError), transaction():
        add_innovations(keeper, shortlist, [records[0], hidden])
    assert shown(shortlist, keeper) == []


def test_what_is_hidden_later_leaves_a_line_for_its_keeper(keeper, records):
    shortlist = shortlist_of(keeper, *records)
    records[1].status = "taken_down"
    session().commit()
    assert shown(shortlist, keeper) == ["First", None, "Third"]
    assert counts(viewer_of(keeper)) == {"Procurement": 2}


def test_deleting_takes_everything_along_and_nothing_is_logged(keeper, records):
    before = session().query(AuditEntry).count()
    shortlist = shortlist_of(keeper, *records)
    with transaction():
        delete_shortlist(keeper, shortlist)
    assert session().query(Shortlist).count() == session().query(ShortlistEntry).count() == 0
    assert session().query(AuditEntry).count() == before


def test_what_was_removed_from_another_window_is_not_there(keeper, records):
    shortlist = shortlist_of(keeper, *records)
    entry = shown_entries(shortlist, viewer_of(keeper))[0].entry
    with transaction():
        session().execute(
            delete(ShortlistEntry).where(ShortlistEntry.id == entry.id),
            execution_options={"synchronize_session": False},
        )
        for act in (
            lambda: move_entry(keeper, entry, places=1),
            lambda: save_note(keeper, entry, note="x", version=entry.version),
        ):
            with pytest.raises(NotFoundError):
                act()
