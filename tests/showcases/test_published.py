"""What a published programme shows to whom, that what is kept follows the rows, and that queries do not grow."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from hub.access.viewer import VISITOR
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.models import FieldAudience
from hub.showcases import stage
from hub.showcases.listing import ListedState, ShowcaseFilters, filter_choices, listed_showcases
from hub.showcases.models import (
    Attendance,
    ChangeKind,
    Entry,
    EntryStatus,
    PresenterStatus,
    ProgrammeChange,
    ShowcaseStatus,
    SlotKind,
)
from hub.showcases.permissions import in_programme_for
from hub.showcases.published import changes_of, presenters_of, slot_of
from hub.showcases.shown import appearances_of
from hub.showcases.stage import programme_of, staged_programme
from tests.factories import make_member, make_profile
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    MEMBERS,
    confirmed_entry,
    drafted_showcase,
    make_room,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
)

pytestmark = pytest.mark.usefixtures("database")

ENGLISH = "en-GB"


def names(showcase, viewer=VISITOR):
    return [each.name for each in programme_of(showcase, viewer, ENGLISH)]


@pytest.mark.db
def test_a_programme_names_what_is_confirmed_in_the_order_of_time():
    showcase = published_showcase()
    late = make_slot(showcase, confirmed_entry(showcase), after=timedelta(hours=2))
    make_slot(showcase, after=timedelta(hours=1))
    accepted = proposed_entry(showcase, status=EntryStatus.ACCEPTED)
    make_slot(showcase, accepted, after=timedelta(hours=3))
    make_slot(showcase, kind=SlotKind.ENTRY, title="", after=timedelta(hours=4))
    shown = programme_of(showcase, VISITOR, ENGLISH)
    assert [each.kind for each in shown] == [SlotKind.BREAK, SlotKind.ENTRY]
    assert shown[1].public_id == late.public_id
    assert shown[1].name == late.entry.innovation.published_revision.source_text.name


def test_nothing_is_shown_before_the_programme_is_published():
    showcase = opened_showcase()
    slot = make_slot(showcase, confirmed_entry(showcase))
    assert programme_of(showcase, VISITOR, ENGLISH) == ()
    with pytest.raises(NotFoundError):
        slot_of(showcase, slot.public_id, VISITOR)


def test_an_entry_under_embargo_appears_at_the_very_second():
    showcase = published_showcase()
    entry = confirmed_entry(showcase, embargo_until=now() + timedelta(hours=1))
    slot = make_slot(showcase, entry, after=timedelta(hours=1))
    assert names(showcase) == []
    with pytest.raises(NotFoundError):
        slot_of(showcase, slot.public_id, VISITOR)
    entry.embargo_until = now() - timedelta(seconds=1)
    session().commit()
    assert len(names(showcase)) == 1
    assert slot_of(showcase, slot.public_id, VISITOR).id == slot.id


def test_what_is_kept_follows_each_row():
    showcase = published_showcase()
    room = make_room(showcase)
    member = make_member(display_name="Nino")
    entry = confirmed_entry(showcase, presenters=[member])
    slot = make_slot(showcase, entry, room=room)
    first = staged_programme(showcase, VISITOR, ENGLISH)
    assert staged_programme(showcase, VISITOR, ENGLISH) is first
    for change in (
        lambda: setattr(room, "name", "The other room"),
        lambda: setattr(member, "display_name", "Nino B"),
        lambda: setattr(slot, "ends_at", slot.ends_at + timedelta(minutes=1)),
        lambda: setattr(entry, "is_featured", True),
        lambda: make_profile(member, audience=FieldAudience.PUBLIC),
        lambda: setattr(entry.presenters[0], "position", 5),
    ):
        change()
        session().commit()
        second = staged_programme(showcase, VISITOR, ENGLISH)
        assert second is not first
        first = second
    shown = first.slots[0]
    assert (shown.room, shown.entry.is_featured) == ("The other room", True)
    assert shown.entry.presenters == (("Nino B", member.public_id),)


def test_one_reader_never_gets_what_was_put_together_for_another():
    showcase = published_showcase()
    innovation = recorded_innovation()
    make_slot(showcase, confirmed_entry(showcase, innovation))
    somebody = viewer_of(make_member())
    assert len(names(showcase, somebody)) == 1
    innovation.set_readership(MEMBERS)
    session().commit()
    assert names(showcase) == []
    assert len(names(showcase, somebody)) == 1


def test_nobody_is_announced_by_somebody_elses_word():
    showcase, speaker, side = published_showcase(), make_member(display_name="Ola"), make_member()
    entry = confirmed_entry(showcase, by=side, presenters=[speaker, "Guest of the side"])
    slot = make_slot(showcase, entry)
    for each in entry.presenters:
        each.status = PresenterStatus.ASKED
    session().commit()

    def announced(viewer):
        (shown,) = programme_of(showcase, viewer, ENGLISH)
        assert presenters_of({entry.id}, viewer)[entry.id] == shown.entry.presenters
        return [each.name for each in shown.entry.presenters]

    assert slot.entry == entry
    for viewer in (VISITOR, viewer_of(side), viewer_of(speaker)):
        assert announced(viewer) == ["Guest of the side"]
    entry.presenters[0].status = PresenterStatus.CONFIRMED
    session().commit()
    assert announced(VISITOR) == ["Ola", "Guest of the side"]


def test_many_threads_keep_programmes_at_once(monkeypatch):
    monkeypatch.setattr(stage, "MOST_KEPT", 2)

    def hall(number):
        for turn in range(2_000):
            key = (f"s{(turn + number) % 5}",)
            stage._looked_up(key)
            stage._keep(key, stage.NOTHING)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(hall, range(8))) == [None] * 8
    finally:
        sys.setswitchinterval(before)
    assert len(stage._kept) <= 2


def test_a_programme_shows_the_entries_that_the_rule_names():
    showcase = published_showcase()
    entries = [
        confirmed_entry(showcase),
        confirmed_entry(showcase, embargo_until=now() + timedelta(days=1)),
        proposed_entry(showcase),
        proposed_entry(showcase, status=EntryStatus.PRESENTED),
        proposed_entry(showcase, status=EntryStatus.NOT_PRESENTED),
    ]
    for number, entry in enumerate(entries):
        make_slot(showcase, entry, after=timedelta(minutes=20 * number))
    confirmed_entry(showcase)
    for viewer in (VISITOR, viewer_of(make_member()), viewer_of(entries[1].proposed_by)):
        ruled = set(session().scalars(select(Entry.public_id).where(in_programme_for(viewer))))
        shown = {each.entry.public_id for each in programme_of(showcase, viewer, ENGLISH) if each.entry}
        assert shown == ruled
    assert len(ruled) == 3


def test_queries_of_a_programme_do_not_grow_with_it(engine):
    def counted(number):
        showcase = published_showcase()
        for place in range(number):
            make_slot(showcase, confirmed_entry(showcase), after=timedelta(minutes=20 * place))
        asked = []
        bind = session().get_bind()
        listener = lambda *given: asked.append(given[2])  # noqa: E731
        event.listen(bind, "before_cursor_execute", listener)
        assert len(programme_of(showcase, VISITOR, ENGLISH)) == number
        first = len(asked)
        programme_of(showcase, VISITOR, ENGLISH)
        event.remove(bind, "before_cursor_execute", listener)
        return first, len(asked) - first

    assert counted(2) == counted(12)
    assert counted(3)[1] == 1


def test_changes_are_told_to_who_may_see_what_changed():
    showcase = published_showcase()
    innovation = recorded_innovation()
    entry = confirmed_entry(showcase, innovation)
    slot = make_slot(showcase, entry)
    gone = confirmed_entry(showcase)
    session().add_all(
        [
            ProgrammeChange(
                showcase_id=showcase.id, slot_id=slot.id, entry_id=entry.id, kind=ChangeKind.MOVED
            ),
            ProgrammeChange(showcase_id=showcase.id, entry_id=gone.id, kind=ChangeKind.REMOVED),
            ProgrammeChange(showcase_id=showcase.id, title="Coffee", kind=ChangeKind.REMOVED),
        ]
    )
    session().commit()
    told = changes_of(showcase, VISITOR, ENGLISH)
    assert [(each.kind, bool(each.slot)) for each in told] == [
        (ChangeKind.REMOVED, False),
        (ChangeKind.REMOVED, False),
        (ChangeKind.MOVED, True),
    ]
    innovation.set_readership(MEMBERS)
    session().commit()
    assert [each.kind for each in changes_of(showcase, VISITOR, ENGLISH)] == [ChangeKind.REMOVED] * 2


def test_an_innovation_was_shown_where_the_reader_may_see_the_programme():
    innovation = recorded_innovation()
    secret = published_showcase(readership=GEORGIAN_POLICE, name="Closed")
    make_slot(secret, confirmed_entry(secret, innovation))
    public = published_showcase(name="Open")
    make_slot(public, confirmed_entry(public, innovation))
    draft = opened_showcase(name="Not yet")
    make_slot(draft, confirmed_entry(draft, innovation))
    officer = viewer_of(make_member(law_enforcement="GE"))
    for viewer, expected in ((VISITOR, {"Open"}), (officer, {"Open", "Closed"})):
        assert {each.showcase.name for each in appearances_of(innovation.id, viewer, 5)} == expected


@pytest.mark.db
def test_the_directory_lists_what_its_reader_may_see_the_next_first():
    month = timedelta(days=30)
    drafted_showcase(name="Draft")
    opened_showcase(name="Later", starts_in=2 * month)
    opened_showcase(name="Sooner", starts_in=month)
    opened_showcase(name="Members", starts_in=3 * month, readership=MEMBERS)
    opened_showcase(name="Police", starts_in=4 * month, readership=GEORGIAN_POLICE)
    past = {"call_opens_at": None, "call_closes_at": None, "registration_opens_at": None}
    opened_showcase(name="Old", starts_in=-2 * month, registration_closes_at=None, **past)
    opened_showcase(
        name="Just over",
        starts_in=-month,
        status=ShowcaseStatus.CLOSED,
        registration_closes_at=None,
        **past,
    )

    def listed(viewer, **filters):
        page = listed_showcases(viewer, ShowcaseFilters(**filters), PageRequest())
        assert page.total == len(page.items)
        return [each.name for each in page.items]

    member, officer = viewer_of(make_member()), viewer_of(make_member(law_enforcement="GE"))
    assert listed(VISITOR) == ["Sooner", "Later", "Just over", "Old"]
    assert listed(member) == ["Sooner", "Later", "Members", "Just over", "Old"]
    assert listed(officer) == ["Sooner", "Later", "Members", "Police", "Just over", "Old"]
    assert listed(VISITOR, state=ListedState.PAST) == ["Just over", "Old"]
    assert listed(VISITOR, state=ListedState.CALL) == ["Sooner", "Later"]
    assert listed(VISITOR, state=ListedState.REGISTRATION) == ["Sooner", "Later"]


def test_filters_narrow_and_offer_only_what_there_is():
    here = opened_showcase(name="Étoile 100% open", city="Paris", attendance=Attendance.ONLINE)
    opened_showcase(name="Demo day", city="Nairobi", country="KE", attendance=Attendance.ON_SITE)
    opened_showcase(name="Hidden", country="GE", readership=GEORGIAN_POLICE)
    page = PageRequest()

    def found(**filters):
        return [each.name for each in listed_showcases(VISITOR, ShowcaseFilters(**filters), page).items]

    assert found(words="paris open") == [here.name]
    assert found(words="100%") == [here.name]
    assert found(words="50%") == []
    assert found(country="KE") == ["Demo day"]
    assert found(attendance=Attendance.ONLINE) == [here.name]
    assert found(language="en", year=here.starts_at.year) == [here.name, "Demo day"]
    assert found(year=99999) == [here.name, "Demo day"]
    assert filter_choices(VISITOR).countries == ("FR", "KE")
