"""What is told for a cause of its receiver's own is mailed as often as that says, whatever its topic's choice is."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.audience import Tlp
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.service import Cause, choose_frequency, hasten, mark_read, notify
from hub.notifications.unsubscribing import read_unsubscribing, unsubscribing
from tests.factories import make_member
from tests.notifications.people import DAILY, SATURDAY, WEEKLY, digests, gathered, mails

pytestmark = pytest.mark.db

OWN = "search:one"
SUBJECT = "innovation:one"
TOMORROW = SATURDAY + timedelta(days=1)


@pytest.fixture
def ana(database):
    return make_member()


def tell(member, frequency=None, *, tlp=Tlp.CLEAR):
    causes = {member.id: Cause(OWN, frequency)} if frequency else {}
    with transaction():
        notify([member.id], "followed_published", SUBJECT, tlp=tlp, causes=causes)
    return session().query(Notification).order_by(Notification.id.desc()).first()


def test_its_own_frequency_comes_before_its_topics(ana):
    with transaction():
        choose_frequency(ana, Topic.FOLLOWING, Frequency.OFF)
    with time_machine.travel(SATURDAY, tick=False):
        for frequency in (DAILY, WEEKLY, Frequency.OFF, None):
            tell(ana, frequency)
    monday = TOMORROW.date() + timedelta(days=1)
    assert gathered(DAILY, TOMORROW.date()) == gathered(WEEKLY, monday) == 1
    assert digests() == [(DAILY, TOMORROW.date(), 1), (WEEKLY, monday, 1)]
    assert [each.kind for each in mails()] == ["digest", "digest"]


def test_turning_a_topic_off_leaves_what_has_a_choice_of_its_own(ana):
    own, other = tell(ana, WEEKLY), tell(ana)
    with transaction():
        choose_frequency(ana, Topic.FOLLOWING, Frequency.OFF)
    session().expire_all()
    assert (own.waits, other.waits) == (True, False)


def test_what_is_red_waits_for_no_digest_whatever_its_cause_says(ana):
    assert not tell(ana, DAILY, tlp=Tlp.RED).waits


@pytest.mark.parametrize(
    ("present", "wanted", "after"),
    [
        (Frequency.OFF, DAILY, (DAILY, True)),
        (WEEKLY, DAILY, (DAILY, True)),
        (DAILY, WEEKLY, (None, True)),
        (Frequency.OFF, Frequency.OFF, (None, False)),
        (Frequency.AT_ONCE, DAILY, (None, False)),
    ],
)
def test_a_cause_hastens_and_never_delays(ana, present, wanted, after):
    with transaction():
        choose_frequency(ana, Topic.FOLLOWING, present)
    told = tell(ana)
    hurry(ana, wanted, told.created_at)
    assert (told.frequency, told.waits) == after


@pytest.mark.parametrize("why", ["read", "older", "red", "else"])
def test_some_things_are_not_hastened(ana, why):
    with transaction():
        choose_frequency(ana, Topic.FOLLOWING, Frequency.OFF)
    told = tell(ana, tlp=Tlp.RED if why == "red" else Tlp.CLEAR)
    if why == "read":
        with transaction():
            mark_read(ana)
    since = now() + timedelta(hours=1) if why == "older" else told.created_at
    hurry(ana, DAILY, since, subject="innovation:two" if why == "else" else SUBJECT)
    assert not told.waits


def hurry(member, frequency, since, subject=SUBJECT):
    with transaction():
        wanted = {(member.id, subject): (Cause(OWN, frequency), since)}
        hasten(wanted, ["followed_published"], Topic.FOLLOWING)
    session().expire_all()


@pytest.mark.parametrize("scope", [Topic.DESK, DAILY, OWN])
def test_links_name_topics_frequencies_and_causes(scope):
    assert read_unsubscribing(unsubscribing("member", scope)) == ("member", scope)


@pytest.mark.parametrize(
    "value", ["", "member", "member:", "member:search:", ":daily", "member::x", "member:else"]
)
def test_other_values_name_nothing(value):
    assert read_unsubscribing(value) is None
