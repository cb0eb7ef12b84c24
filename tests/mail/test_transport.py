"""The ways out: a real mail server on this machine, and the folder of a demonstration."""

import smtplib
import stat

import pytest

from hub.config import Settings
from hub.mail.reading import kept_mail, kept_mails
from hub.mail.rendering import render
from hub.mail.transport import FolderTransport, RefusedError, SmtpTransport, folder_of, make_transport
from tests.mail.samples import RECEIVER, message_of, parts_of


@pytest.fixture
def mail(settings):
    return render(message_of("application_declined"), RECEIVER, settings)


def test_a_mail_arrives_as_it_was_written(mailbox, mail):
    SmtpTransport(mailbox.url).send(mail)
    (arrived,) = mailbox.messages
    assert mailbox.receivers == [["ana@test.example"]]
    assert arrived["Message-ID"] == mail["Message-ID"]
    assert parts_of(arrived) == parts_of(mail)


def test_a_server_that_is_away_is_an_error_that_another_try_may_mend(mailbox, mail):
    mailbox.stop()
    with pytest.raises(ConnectionRefusedError):
        SmtpTransport(mailbox.url).send(mail)


@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 No such user", RefusedError), ("451 Try again later", smtplib.SMTPRecipientsRefused)],
)
def test_a_refused_receiver_is_final_only_if_the_server_says_so(mailbox, mail, answer, error):
    mailbox.answer = answer
    with pytest.raises(error):
        SmtpTransport(mailbox.url).send(mail)
    assert mailbox.messages == []


def test_a_mail_that_was_taken_counts_as_sent_whatever_follows(mailbox, mail):
    mailbox.farewell = "421 Something broke"
    SmtpTransport(mailbox.url).send(mail)
    assert len(mailbox.messages) == 1


def test_away_from_this_machine_mail_goes_over_tls_or_not_at_all(mailbox, mail, monkeypatch):
    monkeypatch.setattr("hub.mail.transport.LOOPBACK", frozenset())
    with pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpTransport(mailbox.url).send(mail)
    assert mailbox.messages == []


def test_the_settings_choose_the_way_out(tmp_path):
    assert make_transport(Settings(instance=tmp_path)) is None
    assert isinstance(make_transport(Settings(smtp_url="smtp://localhost:25")), SmtpTransport)
    demo = Settings(instance=tmp_path, demo=True, smtp_url="smtp://localhost:25")
    assert isinstance(make_transport(demo), FolderTransport)


def test_a_demonstration_keeps_each_mail_once_for_its_own_user_only(tmp_path, mail):
    transport = FolderTransport(folder_of(tmp_path))
    transport.send(mail)
    transport.send(mail)
    (path,) = folder_of(tmp_path).iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    (kept,) = kept_mails(tmp_path)
    assert (kept.subject, kept.receiver) == ("Your application was declined", "ana@test.example")
    assert kept.text == parts_of(mail)[0]
    assert kept_mail(tmp_path, kept.name) == kept


@pytest.mark.parametrize("name", ["", "..", "../secret-key", "20261121T101500000000-" + "a" * 22])
def test_no_other_file_is_read_as_a_mail(tmp_path, mail, name):
    FolderTransport(folder_of(tmp_path)).send(mail)
    (tmp_path / "secret-key").write_text("secret", encoding="ascii")
    kept = kept_mail(tmp_path, name)
    assert kept is None or kept.subject == mail["Subject"]
    assert kept_mail(tmp_path, "20261121T101500000001-" + "a" * 22) is None


def test_without_a_folder_there_are_no_mails(tmp_path):
    assert kept_mails(tmp_path) == []
