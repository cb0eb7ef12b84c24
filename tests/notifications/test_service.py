"""Telling members: who is told, what waits for which mail, marking as read, choosing and unsubscribing."""

import pytest
from sqlalchemy.exc import IntegrityError

from hub.access.audience import Tlp
from hub.core.database import session, transaction
from hub.core.pagination import PageRequest
from hub.members.models import MemberStatus
from hub.notifications.kinds import FREQUENCY_NAMES, KINDS, TOPIC_NAMES, USUAL, names_a_thing
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.queries import notifications_of, preferences_of, unread_count
from hub.notifications.service import choose_frequency, mark_read, notify, unsubscribe
from hub.notifications.unsubscribing import read_unsubscribing, unsubscribing
from tests.factories import make_member
from tests.notifications.people import mails, tell


def choose(member, topic, frequency):
    with transaction():
        choose_frequency(member, topic, frequency)


def test_every_topic_and_frequency_has_a_name_and_a_usual_choice():
    assert set(TOPIC_NAMES) == set(USUAL) == set(Topic)
    assert set(FREQUENCY_NAMES) == set(Frequency)


@pytest.mark.parametrize("kind", KINDS)
def test_veiled_words_name_nothing(kind):
    assert "%(" not in KINDS[kind].veiled
    assert names_a_thing(kind) or KINDS[kind].words == KINDS[kind].veiled


@pytest.mark.db
def test_a_member_is_told_and_mailed_as_usual(database):
    ana, ben = make_member(language="fr"), make_member()
    with transaction():
        notify([ana.id, ben.id], "message_received", "message:" + "m" * 22)
    first, second = mails()
    assert (first.kind, first.member_id, first.language) == ("notification", ana.id, "fr")
    told = session().query(Notification).filter_by(member_id=ana.id).one()
    assert first.parameters == {"notification": told.public_id}
    assert not told.waits
    assert second.member_id == ben.id
    assert tell(ana).waits  # what one follows is gathered daily


@pytest.mark.db
@pytest.mark.parametrize("status", [MemberStatus.APPLIED, MemberStatus.DECLINED, MemberStatus.SUSPENDED])
def test_whose_account_does_not_stand_open_is_told_nothing(database, status):
    member = make_member(status=status)
    with transaction():
        notify([member.id], "export_ready")
    assert unread_count(member.id) == 0


@pytest.mark.db
def test_what_is_red_is_told_by_the_bell_only(database):
    member = make_member()
    choose(member, Topic.FOLLOWING, Frequency.AT_ONCE)
    told = tell(member, tlp=Tlp.RED)
    assert not told.waits
    assert mails() == []
    assert unread_count(member.id) == 1
    told.waits = True
    with pytest.raises(IntegrityError, match="red_is_never_mailed"):
        session().flush()


@pytest.mark.db
def test_an_unknown_kind_is_refused(database):
    with pytest.raises(KeyError), transaction():
        notify([make_member().id], "no_such_kind")


@pytest.mark.db
def test_reading_takes_it_out_of_the_next_digest_and_touches_nobody_else(database):
    ana, ben = make_member(), make_member()
    first, second, other = tell(ana), tell(ana), tell(ben)
    with transaction():
        assert mark_read(ana, [first.public_id, other.public_id]) == 1
        assert mark_read(ana, [first.public_id]) == 0
    assert (first.waits, second.waits, other.waits) == (False, True, True)
    assert (unread_count(ana.id), unread_count(ben.id)) == (1, 1)
    with transaction():
        assert mark_read(ana) == 1
    assert unread_count(ana.id) == 0


@pytest.mark.db
def test_the_list_shows_the_newest_first_and_on_request_the_unread_only(database):
    ana = make_member()
    first, second = tell(ana), tell(ana)
    tell(make_member())
    with transaction():
        mark_read(ana, [first.public_id])
    everything = notifications_of(ana.id, PageRequest())
    assert ([each.id for each in everything.items], everything.total) == ([second.id, first.id], 2)
    assert notifications_of(ana.id, PageRequest(), unread_only=True).total == 1


@pytest.mark.db
@pytest.mark.parametrize("frequency", [Frequency.OFF, Frequency.AT_ONCE])
def test_what_waits_follows_a_new_choice(database, frequency):
    ana = make_member()
    told = tell(ana)
    choose(ana, Topic.FOLLOWING, frequency)
    assert not told.waits
    assert preferences_of(ana.id)[Topic.FOLLOWING] is frequency


@pytest.mark.db
def test_unsubscribing_from_a_topic_ends_this_topic_only(database):
    ana = make_member()
    for _ in range(2):
        with transaction():
            unsubscribe(ana, Topic.FOLLOWING)
        assert preferences_of(ana.id) == {**USUAL, Topic.FOLLOWING: Frequency.OFF}


@pytest.mark.db
def test_unsubscribing_from_digests_ends_all_that_they_gather(database):
    ana = make_member()
    choose(ana, Topic.RECORDS, Frequency.WEEKLY)
    waiting = tell(ana)
    with transaction():
        unsubscribe(ana, Frequency.DAILY)
    assert not waiting.waits
    chosen = preferences_of(ana.id)
    assert (chosen[Topic.FOLLOWING], chosen[Topic.DESK]) == (Frequency.OFF, Frequency.OFF)
    assert (chosen[Topic.RECORDS], chosen[Topic.MESSAGES]) == (Frequency.WEEKLY, Frequency.AT_ONCE)


@pytest.mark.parametrize("scope", [*Topic, Frequency.DAILY, Frequency.WEEKLY])
def test_what_a_link_stands_for_is_read_back(scope):
    assert read_unsubscribing(unsubscribing("m" * 22, scope)) == ("m" * 22, scope)


@pytest.mark.parametrize("value", ["", ":", "abc", "abc:", ":daily", "abc:off", "abc:at_once", "abc:daily:x"])
def test_what_no_link_stands_for_is_nothing(value):
    assert read_unsubscribing(value) is None
