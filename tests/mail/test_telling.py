"""What mails about notifications tell: nothing hidden at that moment, no title above TLP:GREEN, never TLP:RED."""

import pytest

from hub.access.audience import Tlp
from hub.core import outbox
from hub.core.database import session, transaction
from hub.core.outbox import OutboxMessage
from hub.core.sealing import unsign
from hub.mail import sending
from hub.mail.sending import send_due
from hub.mail.transport import RefusedError
from hub.members.models import MemberStatus
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.service import choose_frequency, mark_read, notify
from tests.catalogue.records import MEMBERS, POLICE, make_scene, named_organisations, published
from tests.factories import make_member
from tests.mail.samples import parts_of
from tests.notifications.people import DAILY, gathered
from tests.web.client import parse

pytestmark = pytest.mark.db

TITLE = "Canary of gifts"


class Sink:
    """A way out that keeps the mails."""

    def __init__(self, error=None):
        self.mails = []
        self.error = error

    def send(self, message):
        self.mails.append(message)
        if self.error:
            raise self.error


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def ana(database):
    return make_member("ana@test.example")


@pytest.fixture
def send(settings):
    """Send what waits; return the mails to one member."""

    def send_to(member):
        sink = Sink()
        session().commit()
        while send_due(sink, settings):
            pass
        return [each for each in sink.mails if each["To"] == member.email]

    return send_to


def tell(member, innovation, kind="followed_published", **options):
    with transaction():
        options = {"tlp": innovation.tlp, **options}
        notify([member.id], kind, innovation.subject, **options)


def choose(member, frequency, topic=Topic.FOLLOWING):
    with transaction():
        choose_frequency(member, topic, frequency)


def at_once(member):
    choose(member, Frequency.AT_ONCE)


def digest(scene, ana, *records):
    for record in records:
        tell(ana, record)
    tomorrow = session().query(Notification).order_by(Notification.id.desc()).first().created_at
    gathered(DAILY, tomorrow.date(), until=tomorrow.replace(year=tomorrow.year + 1))


def outcome(member):
    session().rollback()
    rows = session().query(OutboxMessage).filter_by(member_id=member.id)
    return [each.last_error for each in rows]


def test_a_mail_at_once_names_the_thing_and_leads_there(scene, ana, send):
    at_once(ana)
    innovation = published(scene, name=TITLE).innovation
    tell(ana, innovation)
    (mail,) = send(ana)
    text, html = parts_of(mail)
    assert mail["Subject"] == f"New: {TITLE}"
    assert f"https://hub.test.example/innovations/{innovation.public_id}" in text
    assert f"https://hub.test.example/innovations/{innovation.public_id}" in html


def test_green_stands_in_subject_and_body(scene, ana, send):
    at_once(ana)
    tell(ana, published(scene, name=TITLE, readership=MEMBERS).innovation)
    (mail,) = send(ana)
    assert mail["Subject"] == f"[TLP:GREEN] New: {TITLE}"
    assert "TLP:GREEN" in parts_of(mail)[0]


def test_above_green_there_is_label_and_link_and_no_title(scene, send):
    police = make_member(law_enforcement="GE")
    at_once(police)
    innovation = published(scene, name=TITLE, readership=POLICE).innovation
    tell(police, innovation)
    (mail,) = send(police)
    whole = mail.as_string() + "".join(parts_of(mail))
    assert mail["Subject"] == "[TLP:AMBER] An innovation in what you follow was published"
    assert "Canary" not in whole
    assert f"https://hub.test.example/innovations/{innovation.public_id}" in parts_of(mail)[0]


def test_what_became_stricter_since_is_told_as_it_is_now(scene, send):
    police = make_member(law_enforcement="GE")
    at_once(police)
    innovation = published(scene, name=TITLE, readership=POLICE).innovation
    tell(police, innovation, tlp=Tlp.CLEAR)
    innovation.slug = "canary-of-gifts"  # it was public once
    (mail,) = send(police)
    whole = mail.as_string() + "".join(parts_of(mail))
    assert mail["Subject"].startswith("[TLP:AMBER]")
    assert "canary" not in whole.lower()


def test_what_the_receiver_may_not_see_any_more_is_not_sent(scene, ana, send):
    at_once(ana)
    innovation = published(scene, name=TITLE, readership=MEMBERS).innovation
    tell(ana, innovation)
    with transaction():
        innovation.set_readership(named_organisations(scene.owner))
    assert send(ana) == []
    assert outcome(ana) == [outbox.WITHDRAWN]


def test_what_became_red_since_is_not_sent(scene, ana, send):
    at_once(ana)
    tell(ana, published(scene, name=TITLE).innovation)
    with transaction():
        session().query(Notification).filter_by(member_id=ana.id).update({"tlp": Tlp.RED})
    assert send(ana) == []


def test_what_was_read_or_turned_off_meanwhile_is_not_sent(scene, ana, send):
    at_once(ana)
    record = published(scene, name=TITLE).innovation
    tell(ana, record)
    with transaction():
        mark_read(ana)
    assert send(ana) == []
    tell(ana, record)
    choose(ana, Frequency.OFF)
    assert send(ana) == []
    tell(ana, record)
    assert outcome(ana) == [outbox.WITHDRAWN, outbox.WITHDRAWN]


def test_a_digest_tells_each_thing_once_and_leaves_out_what_is_hidden(scene, ana, send):
    seen = published(scene, name="Ledger one").innovation
    other = published(scene, name="Ledger two").innovation
    hidden = published(scene, name=TITLE, readership=named_organisations(scene.owner)).innovation
    digest(scene, ana, seen, other, seen, hidden)
    (mail,) = send(ana)
    text, html = parts_of(mail)
    assert mail["Subject"] == "2 things are new for you"
    assert text.count("Ledger one") == text.count("Ledger two") == 1
    assert "Canary" not in text + html
    assert "What you follow" in text


def test_a_digest_carries_the_strictest_label_and_each_line_its_own(scene, send):
    police = make_member(law_enforcement="GE")
    open_one = published(scene, name="Ledger one").innovation
    closed = published(scene, name=TITLE, readership=POLICE).innovation
    digest(scene, police, open_one, closed)
    (mail,) = send(police)
    text = parts_of(mail)[0]
    assert mail["Subject"] == "[TLP:AMBER] 2 things are new for you"
    assert "TLP:AMBER – An innovation in what you follow was published:" in text
    assert "\nNew: Ledger one:" in text
    assert "Canary" not in text


def test_a_digest_with_nothing_left_is_not_sent(scene, ana, send):
    innovation = published(scene, name=TITLE, readership=MEMBERS).innovation
    digest(scene, ana, innovation)
    with transaction():
        innovation.set_readership(named_organisations(scene.owner))
    assert send(ana) == []
    assert outcome(ana) == [outbox.WITHDRAWN]


def test_many_things_are_counted(scene, ana, send, monkeypatch):
    monkeypatch.setattr("hub.mail.telling.MOST_LINES", 1)
    digest(scene, ana, *(published(scene, name=f"Ledger {number}").innovation for number in range(3)))
    (mail,) = send(ana)
    assert mail["Subject"] == "3 things are new for you"
    assert "2 more are in the list on the hub." in parts_of(mail)[0]


def test_who_is_suspended_gets_no_digest(scene, ana, send):
    digest(scene, ana, published(scene).innovation)
    with transaction():
        ana.status = MemberStatus.SUSPENDED
    assert send(ana) == []


@pytest.mark.parametrize(("frequency", "scope"), [(Frequency.AT_ONCE, "following"), (None, "daily")])
def test_each_such_mail_can_be_ended_with_one_click(scene, ana, send, settings, frequency, scope):
    record = published(scene).innovation
    if frequency:
        choose(ana, frequency)
        tell(ana, record)
    else:
        digest(scene, ana, record)
    (mail,) = send(ana)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # whole on one line of what goes over the wire, neither folded nor encoded
    (line,) = [each for each in mail.as_bytes().splitlines() if each.startswith(b"List-Unsubscribe:")]
    address = line.decode().removeprefix("List-Unsubscribe: <").removesuffix(">")
    path, _, token = address.partition("?token=")
    assert path == "https://hub.test.example/unsubscribe"
    assert unsign(settings.secret_key(), "unsubscribe", token) == f"{ana.public_id}:{scope}"
    assert address in parts_of(mail)[0]
    links = [each.get("href") for each in parse(parts_of(mail)[1]).iter("a")]
    assert address in links


def test_other_mails_cannot_be_ended(ana, send):
    with transaction():
        outbox.queue_mail("password_changed", member_id=ana.id, language="en-GB")
    (mail,) = send(ana)
    assert mail["List-Unsubscribe"] is None


def test_hidden_signs_in_a_name_do_nothing_in_a_mail(scene, ana, send):
    at_once(ana)
    revision = published(scene, name=TITLE)
    with transaction():
        scene.owner.name = "Bureau \u202egnp.exe"
        notify([ana.id], "followed_organisation", f"organisation:{scene.owner.slug}")
    assert revision.innovation.is_shown
    mails = send(ana)
    assert "\u202e" not in "".join(each["Subject"] + parts_of(each)[0] for each in mails)
    assert any("Bureau [U+202E]gnp.exe" in each["Subject"] for each in mails)


def test_a_country_is_named_in_words_and_a_title_in_the_receivers_language(scene, send):
    marie = make_member(language="fr")
    at_once(marie)
    with transaction():
        notify([marie.id], "followed_country", "country:GE")
    (mail,) = send(marie)
    assert "Géorgie" in mail["Subject"] or "Georgia" in mail["Subject"]


def test_who_cannot_be_a_receiver_of_somebody_elses_notification(scene, ana, send):
    ben = make_member()
    at_once(ben)
    tell(ben, published(scene, name=TITLE).innovation)
    told = session().query(Notification).filter_by(member_id=ben.id).one()
    with transaction():
        outbox.queue_mail("notification", member_id=ana.id, language="en-GB", notification=told.public_id)
    assert send(ana) == []


def test_what_is_not_sent_within_two_seconds_is_asked_for_again(scene, settings, monkeypatch):
    members = [make_member() for _ in range(3)]
    for member in members:
        at_once(member)
        tell(member, published(scene).innovation)
    session().query(OutboxMessage).filter_by(member_id=scene.partner.id).delete()
    session().commit()
    monkeypatch.setattr(sending, "FRESH", -1.0)
    sink = Sink()
    assert send_due(sink, settings)
    assert len(sink.mails) == 1  # one at least, so that it goes on
    session().rollback()
    waiting = session().query(OutboxMessage).filter(OutboxMessage.sent_at.is_(None)).all()
    assert [(each.claimed_at, each.attempts) for each in waiting] == [(None, 0)] * 2
    while send_due(sink, settings):
        pass
    assert {each["To"] for each in sink.mails} == {each.email for each in members}


def test_one_refused_mail_keeps_no_other_from_going_out(settings, ana):
    for _ in range(2):
        with transaction():
            outbox.queue_mail("password_changed", member_id=ana.id, language="en-GB")
    sink = Sink(error=RefusedError())
    assert send_due(sink, settings)
    assert len(sink.mails) == 2
    assert outcome(ana) == ["RefusedError", "RefusedError"]
