"""No page waits for a mail server, and the mails of a demonstration can be read on this machine only."""

import smtplib
import socket
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from hub.config import Settings
from hub.core.database import session, transaction
from hub.core.outbox import OutboxMessage
from hub.jobs.mailing import Mailer
from hub.mail.places import CHOICES, NOTIFICATIONS, PAGES, PATHS, UNSUBSCRIBE, path_of
from hub.mail.transport import folder_of
from hub.members.links import make_token
from hub.members.models import TokenPurpose
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.service import choose_frequency, notify
from tests.factories import make_member
from tests.mail.server import Mailbox
from tests.matching.scenes import officer, tracing_tool
from tests.web.client import parse, words

LIST = "/account/outbox-demo"


def test_a_page_opens_no_connection_and_the_mail_arrives_once_later(client, database, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a request reached for the network")

    with monkeypatch.context() as patch:
        patch.setattr(smtplib, "SMTP", refuse)
        patch.setattr(smtplib, "SMTP_SSL", refuse)
        patch.setattr(socket, "create_connection", refuse)
        assert client.act("/trial/mail").text == "queued"
    assert session().query(OutboxMessage).count() == 1
    session().commit()
    with Mailbox() as mailbox:
        mailer = Mailer(database.get_bind(), Settings(instance=tmp_path, smtp_url=mailbox.url))
        assert mailer.step()
        assert not mailer.step()
    assert [each["To"] for each in mailbox.messages] == ["ana@test.example"]


@pytest.fixture
def demo(app, tmp_path, monkeypatch):
    """The application in demo mode, with an instance folder of its own."""
    runtime = app.extensions["hub"]
    settings = runtime.settings.model_copy(update={"demo": True, "instance": tmp_path})
    monkeypatch.setattr(runtime, "settings", settings)
    return settings


@pytest.fixture
def send(demo, database):
    """Have the demonstration send what waits."""

    def send_all():
        session().commit()
        mailer = Mailer(database.get_bind(), demo)
        while mailer.step():
            pass

    return send_all


def test_the_mails_of_a_demonstration_can_be_read(client, send, demo):
    assert "No mail yet" in client.get(LIST).text
    client.act("/trial/mail")
    client.act("/trial/mail")
    send()
    page = parse(client.get(LIST).text)
    links = [each.get("href") for each in page.iter("a") if f"{LIST}/" in (each.get("href") or "")]
    assert len(links) == 2
    shown = client.get(links[0])
    assert shown.headers["Cache-Control"] == "no-store"
    page = parse(shown.text)
    assert words(page.find(".//h1")) == "You already have an account"
    assert "ana@test.example" in shown.text
    hrefs = [each.get("href") for each in page.find(".//main").iter("a")]
    assert hrefs == [f"{demo.base_url}/sign-in", demo.base_url]


def test_a_link_in_a_mail_stands_whole_on_the_page(client, send, database):
    with transaction():
        token = make_token(TokenPurpose.INVITATION, address="new@test.example")
        session().add(
            OutboxMessage(
                kind="invitation",
                address="new@test.example",
                language="en-GB",
                parameters={"token": token.public_id, "inviter": "http://evil.example/ & Co"},
            )
        )
    send()
    page = parse(client.get(LIST).text)
    link = next(each.get("href") for each in page.iter("a") if f"{LIST}/" in (each.get("href") or ""))
    main = parse(client.get(link).text).find(".//main")
    hrefs = [each.get("href") for each in main.iter("a")]
    assert any("/join/invitation?token=" in each for each in hrefs)
    assert not any("evil" in each for each in hrefs)
    assert "http://evil.example/ & Co" in words(main)


def test_the_banner_of_a_demonstration_leads_there(client, demo):
    assert f'href="{LIST}"' in client.get("/").text


def test_outside_a_demonstration_the_page_is_not_there(client, app, database, tmp_path):
    assert client.get(LIST).status_code == 404
    assert f'href="{LIST}"' not in client.get("/").text


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "not an address"])
def test_from_another_machine_the_page_is_not_there(client, demo, address):
    assert client.get(LIST, environ_overrides={"REMOTE_ADDR": address}).status_code == 404
    assert client.get(LIST, environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200


@pytest.mark.parametrize("name", ["x", "..%2Fsecret-key", "20261121T101500000000-" + "a" * 22])
def test_what_is_no_mail_is_not_found(client, demo, name):
    folder_of(demo.instance).mkdir()
    assert client.get(f"{LIST}/{name}").status_code == 404


def test_the_digests_of_a_demonstration_are_made_at_the_push_of_a_button(client, send, demo):
    member = make_member()
    for _ in range(2):
        with transaction():
            notify([member.id], "followed_country", "country:GE")
        answer = client.submit(LIST, {}, action=f"{LIST}/digests")
        assert answer.location == LIST
        assert "1 mail of what is new was made." in client.get(LIST).text
    send()
    assert client.get(LIST).text.count("1 thing is new for you") == 2


def test_the_button_looks_for_suggestions_too(client, send, demo, index):
    nino, tool = officer(), tracing_tool()
    with transaction():
        choose_frequency(nino, Topic.MATCHES, Frequency.WEEKLY)
    index()
    for _ in range(2):
        assert client.submit(LIST, {}, action=f"{LIST}/digests").location == LIST
    told = select(Notification.subject).where(Notification.topic == Topic.MATCHES)
    assert session().scalars(told).all() == [tool.subject]
    send()
    assert client.get(LIST).text.count("1 thing is new for you") == 1


def test_outside_a_demonstration_there_is_no_such_button(client, app, database):
    assert client.act(f"{LIST}/digests").status_code == 404


def test_every_place_that_a_mail_leads_to_is_there(app):
    of_responses = dict.fromkeys(("response", "partnership", "conversation"), "some-key/responses/other-key")
    of_showcases = {"entry": "some-key/entries/other-key", "slot": "some-key/slots/other-key"}
    keys = {**of_responses, **of_showcases}
    places = [path_of(kind, keys.get(kind, "some-key")) for kind in PATHS]
    for path in (*places, *PAGES.values(), NOTIFICATIONS, CHOICES, UNSUBSCRIBE):
        assert app.url_map.bind("localhost").match(urlsplit(path).path)[0] != "static"
