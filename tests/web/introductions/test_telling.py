"""What bell and mail call an introduction: after the other side, for its two sides alone, and only while it stands."""

import pytest

from hub.access.viewer import VISITOR, Role
from hub.alerts.things import describe
from hub.config import Settings
from hub.core.database import session, transaction
from hub.integrity.viewers import viewer_of
from hub.mail.sending import send_due
from hub.members.models import FieldAudience, Profile
from hub.web.introductions.telling import settle_asked, take_back_asked, tell_accepted, tell_asked
from tests.factories import make_member
from tests.mail.samples import parts_of
from tests.members.introductions.people import NOTE, accept, ask, change, decline, refused_ask, withdraw


class Sink:
    """A way out that keeps the mails."""

    def __init__(self):
        self.mails = []

    def send(self, message):
        self.mails.append(message)


@pytest.fixture
def mails_to(tmp_path):
    """Send what waits; return the mails to one member."""
    settings = Settings(
        instance=tmp_path,
        base_url="https://hub.test.example",
        mail_from="hub@test.example",
        contact="help@test.example",
    )

    def send(member):
        sink = Sink()
        session().commit()
        while send_due(sink, settings):
            pass
        return [each for each in sink.mails if each["To"] == member.email]

    return send


def after(tell, introduction):
    with transaction():
        tell(introduction)
    return introduction


def title_for(member, introduction):
    thing = describe([introduction.subject], viewer_of(member)).get(introduction.subject)
    return thing and (thing.title, thing.kind, thing.key)


def test_each_side_reads_the_others_name_and_nobody_else_anything(nino, dana):
    introduction = ask(nino, dana)
    assert title_for(nino, introduction) == ("Dana", "introduction", introduction.public_id)
    assert title_for(dana, introduction) == ("Nino", "introduction", introduction.public_id)
    for roles in ([], [Role.COORDINATOR], [Role.INTEGRITY_OFFICER], [Role.ADMINISTRATOR]):
        assert title_for(make_member(roles=roles), introduction) is None
    assert describe([introduction.subject], VISITOR) == {}


def test_who_is_not_shown_is_not_named(nino, dana):
    introduction = ask(nino, dana)
    change(session().get(Profile, nino.id), audience=FieldAudience.NOBODY)
    assert title_for(dana, introduction)[0] == ""


def taken_back(asker, asked):
    introduction = ask(asker, asked)
    withdraw(asker, introduction)
    return introduction


@pytest.mark.parametrize("way", [refused_ask, taken_back])
def test_what_did_not_reach_somebody_or_was_taken_back_has_no_name_for_them(nino, dana, way):
    introduction = way(nino, dana)
    assert title_for(dana, introduction) is None
    assert title_for(nino, introduction)[0] == "Dana"


def test_the_mail_names_who_asks_and_quotes_nothing(nino, dana, mails_to):
    introduction = after(tell_asked, ask(nino, dana))
    (mail,) = mails_to(dana)
    for part in parts_of(mail):
        assert "Nino would like to be introduced to you" in part
        assert f"/introductions/{introduction.public_id}" in part
        assert "nobody is told that you declined" in part
        assert NOTE not in part
        assert nino.email not in part


def test_the_mail_does_not_name_who_is_not_shown_any_more(nino, dana, mails_to):
    after(tell_asked, ask(nino, dana))
    change(session().get(Profile, nino.id), audience=FieldAudience.NOBODY)
    (mail,) = mails_to(dana)
    assert "A member would like to be introduced to you" in parts_of(mail)[0]
    assert "Nino" not in mail.as_string()


@pytest.mark.parametrize("way", ["declined", "taken back", "never delivered"])
def test_no_mail_tells_of_what_waits_no_more(nino, dana, mails_to, way):
    introduction = after(tell_asked, refused_ask(nino, dana) if way == "never delivered" else ask(nino, dana))
    if way == "declined":
        decline(dana, introduction)
        after(settle_asked, introduction)
    elif way == "taken back":
        withdraw(nino, introduction)
        after(take_back_asked, introduction)
    assert mails_to(dana) == []


def test_who_asked_is_told_of_an_acceptance(nino, dana, mails_to):
    introduction = ask(nino, dana)
    accept(dana, introduction)
    after(tell_accepted, introduction)
    (mail,) = mails_to(nino)
    assert "Dana accepted: you can reach each other now" in parts_of(mail)[0]
