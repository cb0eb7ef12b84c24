"""Which mail servers and senders an operator may set."""

import pytest
from pydantic import ValidationError

from hub.config import Settings


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smtp://localhost:25",
        "smtp://mail.test.example",
        "smtp://user:pass%40word@mail.test.example:587",
        "smtps://mail.test.example:465/",
        "smtp://[::1]:25",
    ],
)
def test_a_mail_server_may_be_set(url):
    assert Settings(smtp_url=url).smtp_url == url


@pytest.mark.parametrize(
    "url",
    [
        "mail.test.example:587",
        "http://mail.test.example",
        "smtp://",
        "smtp://mail.test.example:0",
        "smtp://mail.test.example:99999",
        "smtp://mail.test.example/path",
        "smtp://mail.test.example?tls=no",
        "smtp://hunter2@mail.test.example",
    ],
)
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(ValidationError) as refusal:
        Settings(smtp_url=url)
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    "address", ["hub", "hub@", "hub@test.example\nBcc: a@b.org", "Hub <hub@test.example>"]
)
def test_what_is_no_sender_is_refused(address):
    with pytest.raises(ValidationError, match="HUB_MAIL_FROM"):
        Settings(mail_from=address)


@pytest.mark.parametrize("address", ["hub", "hub@", "help@test.example\nBcc: a@b.org"])
def test_what_is_no_contact_is_refused(address):
    with pytest.raises(ValidationError, match="HUB_CONTACT"):
        Settings(contact=address)


def test_the_sender_is_the_hub_at_its_own_host():
    assert Settings(base_url="https://hub.test.example").sender == "hub@hub.test.example"
    assert Settings(base_url="http://127.0.0.1:8100").sender == "hub@localhost"
    assert Settings(mail_from="post@test.example").sender == "post@test.example"


def test_the_password_of_the_mail_server_is_not_shown():
    assert "hunter2" not in repr(Settings(smtp_url="smtp://user:hunter2@mail.test.example"))
