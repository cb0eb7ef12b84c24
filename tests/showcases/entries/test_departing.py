"""What becomes of somebody's part in showcases when they erase their account."""

import pytest

from hub.access.viewer import Role
from hub.core.database import session
from hub.privacy.erasure import erase_account, open_matters
from hub.showcases.calendars.feeds import make_feed
from hub.showcases.models import (
    CalendarFeed,
    Entry,
    EntryStatus,
    PresenterStatus,
    RegistrationStatus,
    Showcase,
    ShowcaseCurator,
    ShowcaseStatus,
    Slot,
)
from tests.catalogue.records import make_scene
from tests.collaboration.acts import did, told
from tests.factories import make_member
from tests.showcases.scenes import (
    confirmed_entry,
    drafted_entry,
    drafted_showcase,
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)


@pytest.fixture
def leaver(database):
    return make_member()


@pytest.mark.db
def test_what_nobody_else_can_go_on_with_is_closed(leaver):
    curator = make_curator()
    showcase = published_showcase(curator)
    draft = drafted_entry(showcase, by=leaver, organisation_id=None).id
    waits = proposed_entry(
        showcase, by=leaver, organisation_id=None, status=EntryStatus.WAITLISTED, waitlist_position=1
    )
    shown = confirmed_entry(showcase, by=leaver, organisation_id=None)
    slot = make_slot(showcase, shown).id
    next_one = proposed_entry(showcase, status=EntryStatus.WAITLISTED, waitlist_position=2)
    work = open_matters(leaver).showcases
    assert ([each.id for each in work.drafts], work.withdrawn, work.stepped_back) == (
        [draft],
        (waits,),
        (shown,),
    )
    did(erase_account, leaver)
    assert session().get(Entry, draft) is None
    assert [each.status for each in (waits, shown, next_one)] == [
        EntryStatus.WITHDRAWN,
        EntryStatus.WITHDRAWN,
        EntryStatus.ACCEPTED,
    ]
    assert session().get(Slot, slot).entry_id is None
    assert sorted(told(curator)) == ["entry_left", "entry_left", "entry_to_place"]


@pytest.mark.db
def test_colleagues_go_on_with_an_entry_and_are_asked_for_a_presenter(leaver):
    scene = make_scene()
    leaver = make_member(represents=[scene.owner])
    entry = confirmed_entry(published_showcase(), recorded_innovation(scene), leaver)
    work = open_matters(leaver).showcases
    assert [each.entry for each in work.presented] == [entry]
    did(erase_account, leaver)
    assert entry.status is EntryStatus.CONFIRMED
    assert [each.status for each in entry.presenters] == [PresenterStatus.GONE]
    assert "presenter_missing" in told(scene.partner)


@pytest.mark.db
def test_registration_and_calendar_address_end(leaver):
    showcase = opened_showcase(capacity=1)
    own, other = registered(showcase, leaver), registered(showcase, status=RegistrationStatus.WAITING)
    did(make_feed, leaver)
    assert [each.id for each in open_matters(leaver).showcases.registrations] == [own.id]
    did(erase_account, leaver)
    assert other.status is RegistrationStatus.REGISTERED
    assert session().query(CalendarFeed).count() == 0


@pytest.mark.db
def test_teams_are_left_and_drafts_that_nobody_else_prepares_go(database):
    leaver, colleague = make_member(roles=[Role.COORDINATOR]), make_curator()
    make_curator()
    shared = opened_showcase(colleague, team=[leaver])
    alone = opened_showcase(leaver)
    draft = drafted_showcase(leaver).id
    copy = drafted_showcase(colleague, copied_from_id=draft)
    work = open_matters(leaver).showcases
    assert {each.id for each in work.left} == {shared.id, alone.id}
    assert ([each.id for each in work.abandoned], [each.id for each in work.discarded]) == (
        [alone.id],
        [draft],
    )
    did(erase_account, leaver)
    assert session().get(Showcase, draft) is None
    assert copy.copied_from_id is None
    assert session().query(ShowcaseCurator).filter_by(member_id=leaver.id).count() == 0


def test_what_is_over_stays(leaver):
    showcase = published_showcase(status=ShowcaseStatus.CLOSED)
    entry = confirmed_entry(showcase, by=leaver, organisation_id=None, status=EntryStatus.PRESENTED)
    did(erase_account, leaver)
    assert entry.status is EntryStatus.PRESENTED
