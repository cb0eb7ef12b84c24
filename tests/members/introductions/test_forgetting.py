"""Words, contacts and rows go in time, and all at once where one side leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.core.database import session, transaction
from hub.integrity.viewers import viewer_of
from hub.jobs.introductions import end_introductions
from hub.members.introductions.forgetting import forget_introductions, overdue_introductions
from hub.members.introductions.hindrances import hindered
from hub.members.introductions.queries import shown
from hub.members.models import Introduction, IntroductionState, IntroductionStatus
from hub.notifications.models import Notification
from hub.notifications.service import notify
from hub.privacy.collecting import own_data
from hub.privacy.erasure import erase_account
from tests.members.introductions.people import (
    DANAS,
    NINOS,
    NOTE,
    accept,
    age,
    ask,
    decline,
    refused_ask,
    withdraw,
)

pytestmark = pytest.mark.db


def forget():
    with transaction():
        return forget_introductions()


def number_stored():
    return session().scalar(select(func.count(Introduction.id)))


def test_the_clock_ends_what_nobody_answered_and_nothing_else(nino, dana, clock):
    introduction = ask(nino, dana)
    assert end_introductions(session().get_bind()) == {}
    clock.shift(timedelta(days=30))
    assert shown(viewer_of(nino), introduction).state is IntroductionState.UNANSWERED
    assert shown(viewer_of(dana), introduction).state is IntroductionState.UNANSWERED
    assert end_introductions(session().get_bind()) == {"introductions_expired": 1}
    session().refresh(introduction)
    assert (introduction.status, introduction.ended_at) == (
        IntroductionStatus.EXPIRED,
        introduction.expires_at,
    )
    assert end_introductions(session().get_bind()) == {}
    assert overdue_introductions() == []


def test_words_go_thirty_days_after_its_time_and_contacts_ninety_after_both_agreed(nino, dana, clock):
    introduction = ask(nino, dana)
    accept(dana, introduction)
    clock.shift(timedelta(days=89, hours=23))
    assert forget() == 0
    clock.shift(timedelta(hours=1))
    assert forget() == 1
    session().refresh(introduction)
    assert (introduction.note, introduction.contact_of_asker, introduction.contact_of_asked) == ("", "", "")
    assert shown(viewer_of(nino), introduction).is_forgotten
    assert forget() == 0
    # whose contacts are gone can be introduced anew
    assert hindered(viewer_of(nino), dana) is None
    clock.shift(timedelta(days=275))
    assert (forget(), number_stored()) == (1, 0)


def test_what_was_taken_back_goes_by_that_day(nino, dana, clock):
    introduction = ask(nino, dana)
    decline(dana, introduction)
    clock.shift(timedelta(days=3))
    withdraw(nino, introduction)
    clock.shift(timedelta(days=29))
    assert forget() == 0
    clock.shift(timedelta(days=1))
    assert forget() == 1


def test_what_waits_is_never_forgotten(nino, dana, clock):
    introduction = ask(nino, dana)
    age(introduction, timedelta(days=29))
    assert forget() == 0


@pytest.mark.parametrize("who", ["asker", "asked"])
@pytest.mark.parametrize("way", ["waits", "declined", "accepted", "undelivered"])
def test_whoever_leaves_takes_all_of_it_along(nino, dana, who, way):
    introduction = refused_ask(nino, dana) if way == "undelivered" else ask(nino, dana)
    if way == "declined":
        decline(dana, introduction)
    elif way == "accepted":
        accept(dana, introduction)
    with transaction():
        notify([nino.id, dana.id], "introduction_asked", introduction.subject)
    with transaction():
        erase_account(nino if who == "asker" else dana)
    assert number_stored() == 0
    assert session().scalar(select(func.count(Notification.id))) == 0


def test_own_data_holds_what_each_side_may_see(nino, dana):
    introduction = ask(nino, dana)
    accept(dana, introduction)
    (sent,) = own_data(nino)["introductions"]["introductions.asked_by_id"]
    (received,) = own_data(dana)["introductions"]["introductions.asked_id"]
    assert (sent["note"], sent["contact_of_asker"], sent["state_for_asker"]) == (NOTE, NINOS, "accepted")
    assert (received["note"], received["contact_of_asked"], received["state_for_asked"]) == (
        NOTE,
        DANAS,
        "accepted",
    )
    assert DANAS not in str(own_data(nino))
    assert NINOS not in str(own_data(dana))


def test_own_data_of_who_was_asked_holds_nothing_that_never_reached_them(nino, dana):
    refused_ask(nino, dana)
    assert "introductions" not in own_data(dana)


def test_own_data_of_who_was_asked_holds_nothing_that_was_taken_back(nino, dana):
    withdraw(nino, ask(nino, dana))
    assert "introductions" not in own_data(dana)
