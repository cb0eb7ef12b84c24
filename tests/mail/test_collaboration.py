"""Mails about requests: the title and the message up to TLP:GREEN, above it label and link, of TLP:RED nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.access.audience import Tlp
from hub.collaboration.closing.dates import REOPEN_WITHIN
from hub.collaboration.models import ConversationMessage, RequestStatus, ResponseStatus
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.mail.sending import send_due
from hub.mail.wording import SOURCE
from hub.notifications.models import Frequency, Topic
from hub.notifications.service import choose_frequency, notify
from tests.collaboration.levels.waiting import called, partnership, planned, proposed
from tests.collaboration.requests import (
    GEORGIAN_POLICE,
    make_coordinator,
    opened_request,
    submitted_request,
)
from tests.collaboration.responses import responded
from tests.factories import make_member
from tests.mail.samples import parts_of
from tests.notifications.people import DAILY, gathered

pytestmark = pytest.mark.db

TITLE = "Pilot partner for red-flag screening"
WORDS = "Canary notices are **ready**.\n\n> Which year?\n\u202eThe last one."


class Sink:
    """A way out that keeps the mails."""

    def __init__(self):
        self.mails = []

    def send(self, message):
        self.mails.append(message)


@pytest.fixture
def poster(database):
    return make_member(display_name="Poster")


@pytest.fixture
def responder(database):
    return make_member(display_name="Responder")


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


def tell(member, kind, subject="", **options):
    with transaction():
        notify([member.id], kind, subject, **options)


def whole(mail):
    return mail.as_string() + "".join(parts_of(mail))


@pytest.fixture
def written(poster, responder):
    """Store a message of the poster to the responder."""

    def write(tlp=Tlp.CLEAR, raised=None, **columns):
        conversation = called(partnership(poster, responder, **columns), tlp=tlp).conversation
        message = ConversationMessage(
            conversation_id=conversation.id, author_id=poster.id, tlp=tlp, words=WORDS
        )
        session().add(message)
        conversation.tlp = raised or tlp
        session().commit()
        return message

    return write


@pytest.mark.parametrize("tlp", [Tlp.CLEAR, Tlp.GREEN])
def test_a_message_up_to_green_is_quoted(written, responder, send, tlp):
    message = written(tlp)
    tell(responder, "conversation_message", message.subject, tlp=tlp)
    (mail,) = send(responder)
    text, html = parts_of(mail)
    label = "" if tlp is Tlp.CLEAR else "[TLP:GREEN] "
    assert mail["Subject"] == f"{label}A message waits in the conversation about {TITLE}"
    assert "> Canary notices are **ready**.\n>\n> > Which year?\n> [U+202E]The last one." in text
    assert "<p>Canary notices are **ready**.</p>" in html
    response = message.conversation.response
    path = f"/collaboration/{response.request.public_id}/responses/{response.public_id}/conversation"
    assert f"https://hub.test.example{path}" in text


@pytest.mark.parametrize(
    ("tlp", "raised"), [(Tlp.AMBER, None), (Tlp.AMBER_STRICT, None), (Tlp.CLEAR, Tlp.AMBER)]
)
def test_above_green_a_mail_says_that_a_message_waits_and_no_more(written, responder, send, tlp, raised):
    message = written(tlp, raised)
    tell(responder, "conversation_message", message.subject, tlp=tlp)
    (mail,) = send(responder)
    assert mail["Subject"] == f"[TLP:{(raised or tlp).value}] A message waits in a conversation"
    assert "Canary" not in whole(mail)
    assert TITLE not in whole(mail)
    assert message.conversation.response.public_id in parts_of(mail)[0]


@pytest.mark.parametrize(("tlp", "raised"), [(Tlp.RED, None), (Tlp.CLEAR, Tlp.RED)])
def test_of_a_red_message_nothing_is_mailed(written, responder, send, tlp, raised):
    tell(responder, "conversation_message", written(tlp, raised).subject, tlp=tlp)
    assert send(responder) == []


def test_who_may_not_read_the_conversation_any_more_gets_no_mail(written, send):
    stranger = make_member()
    tell(stranger, "conversation_message", written().subject)
    assert send(stranger) == []


def test_a_digest_quotes_nothing(written, responder, send):
    with transaction():
        choose_frequency(responder, Topic.MESSAGES, Frequency.DAILY)
    message = written()
    tell(responder, "conversation_message", message.subject)
    tomorrow = message.sent_at
    gathered(DAILY, tomorrow.date(), until=tomorrow.replace(year=tomorrow.year + 1))
    (mail,) = send(responder)
    assert TITLE in parts_of(mail)[0]
    assert "Canary" not in whole(mail)


def test_a_request_is_named_as_far_as_its_label_lets(poster, send):
    request = opened_request(poster)
    tell(poster, "response_received", request.subject)
    (mail,) = send(poster)
    assert mail["Subject"] == f"Somebody responded to {TITLE}"
    assert f"https://hub.test.example/collaboration/{request.public_id}/responses" in parts_of(mail)[0]
    police = make_member(law_enforcement="GE")
    tell(police, "request_due", opened_request(poster, readership=GEORGIAN_POLICE).subject, tlp=Tlp.AMBER)
    (mail,) = send(police)
    assert mail["Subject"].startswith("[TLP:AMBER] A request that concerns you")
    assert TITLE not in whole(mail)


def test_the_stricter_label_of_a_response_veils_the_title(poster, responder, send):
    response = partnership(poster, responder)
    step = planned(response)
    response.tlp = Tlp.AMBER
    session().commit()
    tell(responder, "step_due", f"step:{step.public_id}")
    (mail,) = send(responder)
    assert mail["Subject"] == "[TLP:AMBER] A step of a plan is overdue: it was due on 13 March 2026"
    assert f"/responses/{response.public_id}/partnership" in parts_of(mail)[0]


def test_escalations_carry_the_label_and_lead_to_the_board(database, send):
    helping = make_member(focal_country="GE")
    tell(helping, "unanswered_in_country", tlp=Tlp.AMBER)
    (mail,) = send(helping)
    assert mail["Subject"].startswith("[TLP:AMBER] Something has waited for an answer in your country")
    text = parts_of(mail)[0]
    assert "https://hub.test.example/coordinate/collaboration" in text
    assert "because something waits for too long" in text


def test_a_digest_tells_of_escalations_once_for_each_label(database, send):
    helping = make_member(focal_country="GE")
    with transaction():
        choose_frequency(helping, Topic.DESK, Frequency.DAILY)
    for tlp in (Tlp.CLEAR, Tlp.AMBER, Tlp.AMBER, Tlp.RED):
        tell(helping, "unanswered_in_country", tlp=tlp)
    gathered(
        DAILY, helping.created_at.date(), until=helping.created_at.replace(year=helping.created_at.year + 1)
    )
    (mail,) = send(helping)
    assert mail["Subject"] == "[TLP:AMBER] 2 things are new for you"


def test_an_escalation_names_a_request_that_the_receiver_may_know(poster, send):
    helping = make_member(focal_country="GE")
    request = opened_request(poster)
    tell(helping, "unanswered_in_country", request.subject)
    (mail,) = send(helping)
    assert mail["Subject"] == f"{TITLE} has waited for an answer in your country for five working days"
    request.first_answered_at = now()
    session().commit()
    tell(helping, "unanswered_long", request.subject)
    assert send(helping) == []


def test_whoever_turned_desk_mails_off_gets_no_escalation(database, send):
    helping = make_member(focal_country="GE")
    with transaction():
        choose_frequency(helping, Topic.DESK, Frequency.OFF)
    tell(helping, "unanswered_long")
    assert send(helping) == []


def test_a_reminder_says_until_when_in_the_readers_zone_and_what_to_do(poster, send):
    georgian, police = make_member(country="GE"), make_member(law_enforcement="GE", time_zone="UTC")
    due = datetime(2036, 12, 20, 20, tzinfo=UTC)
    request = opened_request(poster, due_at=due, expires_at=due)
    tell(georgian, "request_due", request.subject)
    (mail,) = send(georgian)
    until = "until 20 December 2036, 23:59 (Tbilisi time)"
    assert mail["Subject"] == f"{TITLE} takes responses for less than a week: {until}"
    assert "You have not answered yet: respond, or say that you will not." in parts_of(mail)[0]
    tell(poster, "own_request_due", request.subject)
    assert "You have not answered yet" not in parts_of(send(poster)[0])[0]
    hidden = opened_request(poster, readership=GEORGIAN_POLICE, due_at=due, expires_at=due)
    tell(police, "request_due_soon", hidden.subject, tlp=Tlp.AMBER)
    (mail,) = send(police)
    assert mail["Subject"] == (
        "[TLP:AMBER] A request that concerns you takes responses for less than two days:"
        " until 20 December 2036, 19:59 (UTC)"
    )


def test_an_expired_request_says_until_when_it_can_be_opened_again(poster, send):
    closed = datetime(2036, 12, 20, 20, tzinfo=UTC)
    request = opened_request(poster, status=RequestStatus.EXPIRED, closed_at=closed)
    tell(poster, "request_expired", request.subject)
    (mail,) = send(poster)
    assert mail["Subject"] == (
        f"{TITLE} has expired. You can open it again until {SOURCE.moment_in(closed + REOPEN_WITHIN, 'UTC')}"
    )


def test_an_overdue_step_is_quoted_under_a_weak_label(poster, responder, send):
    step = planned(partnership(poster, responder))
    tell(responder, "step_due", f"step:{step.public_id}")
    (mail,) = send(responder)
    assert mail["Subject"] == f"A step of the plan for {TITLE} is overdue: it was due on 13 March 2026"
    assert f"> {step.words}" in parts_of(mail)[0]


def test_a_declined_response_leads_to_the_page_that_gives_the_reason(poster, responder, send):
    response = responded(opened_request(poster), responder, status=ResponseStatus.DECLINED)
    tell(responder, "response_declined", response.subject)
    (mail,) = send(responder)
    text = parts_of(mail)[0]
    assert f"/collaboration/{response.request.public_id}/responses/{response.public_id}\n" in text
    assert "The page of your response gives the reason." in text


def test_a_digest_lists_what_waits_on_a_desk_only_while_it_waits(poster, send):
    coordinator = make_coordinator()
    waiting, decided = submitted_request(poster), opened_request(poster)
    tell(coordinator, "request_submitted", decided.subject)
    tell(coordinator, "requirements_proposed", proposed(waiting).subject)
    tell(coordinator, "request_submitted", waiting.subject)
    gathered(DAILY, now().date(), until=now() + timedelta(days=1))
    (mail,) = send(coordinator)
    text = parts_of(mail)[0]
    assert text.count("A request for a partner waits for review") == 1
    tell(coordinator, "request_submitted", decided.subject)
    gathered(DAILY, now().date() + timedelta(days=1), until=now() + timedelta(days=1))
    assert send(coordinator) == []
