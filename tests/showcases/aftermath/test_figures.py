"""Figures count what every one of their readers may see, and nothing else."""

from datetime import timedelta

import pytest

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import VISITOR
from hub.catalogue.models import ReplicationStatus
from hub.collaboration.models import OutcomeStatus
from hub.collaboration.showcases.tracing import Traces, grown_from, traces_of
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.showcases.aftermath.audience import named_to, whole_audience
from hub.showcases.aftermath.figures import Share, figures_of
from hub.showcases.models import Attendance, Entry, EntryStatus, RegistrationStatus
from tests.collaboration.requests import EVERYBODY as OPEN_TO_ALL
from tests.factories import make_member
from tests.showcases.past import asked_after, led_to_partners, past_showcase, shown_entry, taken_up
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    confirmed_entry,
    make_slot,
    proposed_entry,
    recorded_innovation,
    registered,
)

pytestmark = pytest.mark.db

FRENCH_POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"FR"}))


@pytest.fixture
def showcase(database):
    return past_showcase()


def narrowed(innovation, readership):
    innovation.set_readership(readership)
    session().commit()
    return innovation


def named(showcase, readers):
    return set(
        session().scalars(Entry.__table__.select().with_only_columns(Entry.id).where(named_to(readers)))
    )


def test_entries_count_by_country_and_function_with_what_was_presented(showcase):
    first = shown_entry(showcase)
    second = shown_entry(showcase, status=EntryStatus.NOT_PRESENTED, presence_words="Ill.")
    second.innovation.origin_country = None
    confirmed = confirmed_entry(showcase)
    make_slot(showcase, confirmed, after=timedelta(hours=1))
    proposed_entry(showcase, status=EntryStatus.REJECTED)
    shown_entry(past_showcase())
    session().commit()
    figures = figures_of(showcase, (VISITOR,))
    assert (figures.entries, figures.presented, figures.missed) == (3, 1, 1)
    country = first.innovation.origin_country
    assert figures.by_country == (Share(country, 2, 1), Share("", 1, 0))
    assert {each.entries for each in figures.by_function} == {3}


def test_what_a_reader_may_not_see_enters_no_figure(showcase):
    shown_entry(showcase)
    hidden = shown_entry(showcase)
    embargoed = shown_entry(showcase)
    narrowed(hidden.innovation, GEORGIAN_POLICE)
    embargoed.embargo_until = now() + timedelta(days=1)
    session().commit()
    officer = viewer_of(make_member(law_enforcement="GE"))
    assert figures_of(showcase, (VISITOR,)).entries == 1
    assert figures_of(showcase, (viewer_of(make_member()),)).entries == 1
    assert figures_of(showcase, (officer,)).entries == 2
    assert figures_of(showcase, whole_audience(showcase)).entries == 1


def test_places_and_who_came_are_counted(showcase):
    registered(showcase, checked_in_at=now())
    registered(showcase)
    registered(showcase, attendance=Attendance.ONLINE)
    registered(showcase, status=RegistrationStatus.WAITING)
    registered(showcase, status=RegistrationStatus.CANCELLED)
    figures = figures_of(showcase, (VISITOR,))
    assert (figures.registrations, figures.online, figures.attended) == (3, 1, 1)


@pytest.mark.parametrize("readership", [POLICE, GEORGIAN_POLICE, MEMBERS])
def test_the_whole_audience_sees_no_more_than_each_of_it(database, readership):
    showcase = past_showcase(readership=readership)
    for each in (None, GEORGIAN_POLICE, FRENCH_POLICE, POLICE):
        entry = shown_entry(showcase)
        if each is not None:
            narrowed(entry.innovation, each)
    people = {
        MEMBERS: [make_member()],
        POLICE: [make_member(law_enforcement=code) for code in ("GE", "FR", "ES")],
        GEORGIAN_POLICE: [make_member(law_enforcement="GE")],
    }[readership]
    seen = [named(showcase, (viewer_of(each),)) for each in people]
    found = named(showcase, whole_audience(showcase))
    assert found == set.intersection(*seen)
    assert len(found) == {MEMBERS: 1, POLICE: 2, GEORGIAN_POLICE: 3}[readership]


def test_what_came_of_it_is_counted_from_request_to_replication(showcase):
    innovation = recorded_innovation()
    entry = shown_entry(showcase, innovation)
    asked_after(entry)
    outcome = led_to_partners(asked_after(entry))
    taken_up(innovation, outcome)
    taken_up(innovation)
    assert traces_of(showcase, (VISITOR,)) == Traces(2, 1, 1, 1)
    assert [each.entry for each in grown_from(showcase, VISITOR)] == [entry]


def test_a_request_whose_requester_did_not_agree_counts_for_its_own_sides_alone(showcase):
    entry = shown_entry(showcase)
    request = asked_after(entry, is_counted=False)
    led_to_partners(request)
    assert traces_of(showcase, (VISITOR,)) == Traces(0, 0, 0, 0)
    assert traces_of(showcase, (viewer_of(make_member()),)) == Traces(0, 0, 0, 0)
    assert traces_of(showcase, (viewer_of(request.posted_by),)) == Traces(1, 1, 1, 0)


def test_an_open_call_counts_for_its_audience(showcase):
    entry = shown_entry(showcase)
    asked_after(entry, readership=OPEN_TO_ALL, is_counted=False)
    assert traces_of(showcase, (VISITOR,)).requests == 1


def test_what_is_red_or_was_never_sent_counts_nowhere(showcase):
    entry = shown_entry(showcase)
    asked_after(entry, tlp=Tlp.RED)
    asked_after(entry, status="draft", opened_at=None, submitted_at=None)
    assert traces_of(showcase, (VISITOR,)).requests == 0


def test_what_came_of_a_hidden_entry_is_hidden_with_it(showcase):
    innovation = recorded_innovation()
    entry = shown_entry(showcase, innovation)
    taken_up(innovation, led_to_partners(asked_after(entry)))
    narrowed(innovation, GEORGIAN_POLICE)
    assert traces_of(showcase, (VISITOR,)) == Traces(0, 0, 0, 0)
    assert grown_from(showcase, VISITOR) == []
    officer = viewer_of(make_member(law_enforcement="GE"))
    assert traces_of(showcase, (officer,)) == Traces(1, 1, 1, 1)


def test_what_nobody_signed_or_confirmed_counts_for_nothing(showcase):
    innovation = recorded_innovation()
    entry = shown_entry(showcase, innovation)
    outcome = led_to_partners(asked_after(entry))
    taken_up(innovation, outcome, status=ReplicationStatus.DISPUTED)
    outcome.status, outcome.answer_words = OutcomeStatus.DISPUTED, "It was not tried."
    session().commit()
    assert traces_of(showcase, (VISITOR,)) == Traces(1, 1, 0, 0)
