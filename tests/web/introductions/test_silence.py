"""What who asked gets to read, byte for byte: the same whether the other declined, blocked, or has not answered."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.jobs.introductions import end_introductions
from hub.mail.sending import send_due
from hub.members.models import Introduction
from hub.notifications.models import Notification
from tests.factories import make_member, make_profile
from tests.members.introductions.people import NOTE, block

OUTCOMES = ("unanswered", "declined", "declined and blocked", "blocked", "never delivered")

ACTS = {"declined": "decline", "declined and blocked": "block"}

PAGES = (
    "/introductions",
    "/introductions/sent",
    "/introductions/{introduction}",
    "/introductions/ask/{asked}",
    "/account/notifications",
    "/account/messages",
    "/account",
    "/members",
    "/",
)

MOMENTS = (timedelta(0), timedelta(days=29), timedelta(days=31), timedelta(days=89))


class Pair:
    """One who asks and one who does not accept, each with a browser."""

    def __init__(self, outcome, new_client):
        self.asker = make_member(display_name="Nino", email=f"{outcome.replace(' ', '.')}@test.example")
        self.asked = make_member(display_name="Dana")
        make_profile(self.asker)
        make_profile(self.asked)
        self.browser, self.other = new_client().become(self.asker), new_client().become(self.asked)
        path = f"/introductions/ask/{self.asked.public_id}"
        shown = self.browser.get(path)
        if outcome == "never delivered":
            block(self.asked, self.asker)
        self.answer = self.browser.submit(shown, {"note": NOTE, "contact": "nino@work.example"})
        self.introduction = (
            session().scalars(select(Introduction).where(Introduction.asked_by_id == self.asker.id)).one()
        )
        self.public_id = self.introduction.public_id
        if outcome in ACTS:
            assert self.other.act(f"/introductions/{self.public_id}/{ACTS[outcome]}").status_code == 303
        elif outcome == "blocked":
            assert self.other.act(f"/members/{self.asker.public_id}/block").status_code == 303

    def masked(self, answer):
        """Return an answer without what differs from pair to pair: ids, form tokens, the address of the account."""
        text = f"{answer.status_code} {answer.headers.get('Location', '')} {answer.text}"
        for value, name in (
            (self.public_id, "<introduction>"),
            (self.asked.public_id, "<asked>"),
            (self.asker.public_id, "<asker>"),
            (self.asker.email, "<email>"),
            (self.browser.token(), "<token>"),
        ):
            text = text.replace(value, name)
        return text

    def get(self, path):
        """Return a page as who asked gets it, without what differs from pair to pair."""
        answer = self.browser.get(path.format(introduction=self.public_id, asked=self.asked.public_id))
        return self.masked(answer)

    def told(self):
        """Return what who asked was told and mailed."""
        of_asker = Notification.member_id == self.asker.id
        kinds = session().scalars(select(Notification.kind).where(of_asker)).all()
        mails = session().scalars(select(OutboxMessage.kind).where(OutboxMessage.member_id == self.asker.id))
        return [*kinds, *mails.all()]


class Sink:
    """A way out that keeps the mails."""

    def __init__(self):
        self.mails = []

    def send(self, message):
        self.mails.append(message)


@pytest.fixture
def pairs(clock, new_client, database):
    return {outcome: Pair(outcome, new_client) for outcome in OUTCOMES}


def same(found):
    """Whether what each pair got is the same; says which differs."""
    first = found[OUTCOMES[0]]
    different = [name for name, each in found.items() if each != first]
    assert not different, different


def test_pages_lists_and_counts_read_the_same_now_and_later(pairs, clock, database):
    same({name: pair.masked(pair.answer) for name, pair in pairs.items()})
    passed = timedelta(0)
    for moment in MOMENTS:
        clock.shift(moment - passed)
        passed = moment
        end_introductions(session().get_bind())
        for pair in pairs.values():
            pair.browser.become(pair.asker)
        for path in PAGES:
            same({name: pair.get(path) for name, pair in pairs.items()})
    assert all(pair.told() == [] for pair in pairs.values())


def test_a_second_try_and_taking_it_back_are_answered_alike(pairs):
    again = {
        name: pair.masked(
            pair.browser.act(
                f"/introductions/ask/{pair.asked.public_id}", {"note": "Again", "contact": "here"}
            )
        )
        for name, pair in pairs.items()
    }
    same(again)
    assert again["declined"].startswith("409")
    for _turn in range(2):
        same(
            {
                name: pair.masked(pair.browser.act(f"/introductions/{pair.public_id}/withdraw"))
                for name, pair in pairs.items()
            }
        )
        same({name: pair.get("/introductions/{introduction}") for name, pair in pairs.items()})
        same({name: pair.get("/introductions/sent") for name, pair in pairs.items()})


def test_no_mail_goes_to_who_asked_and_none_to_whom_it_never_reached(pairs, app):
    sink = Sink()
    while send_due(sink, app.extensions["hub"].settings):
        pass
    receivers = {mail["To"] for mail in sink.mails}
    assert not receivers & {pair.asker.email for pair in pairs.values()}
    # who declined has read it; who was never reached is told of nothing
    reached = {name for name, pair in pairs.items() if pair.asked.email in receivers}
    assert reached == {"unanswered", "blocked"}
    for mail in sink.mails:
        told = mail.as_string()
        assert "trace assets" not in told
        assert "nino@work.example" not in told
