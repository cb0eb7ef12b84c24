"""The worker's mails: sent once each, later when the server is away, again when a sender was killed."""

import smtplib
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy.exc import OperationalError

from hub.config import Settings
from hub.core.clock import now
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.outbox import OutboxMessage, queue_mail
from hub.jobs.housekeeping import tidy
from hub.jobs.mailing import Mailer
from hub.mail import sending
from hub.mail.transport import folder_of
from hub.members.models import MemberStatus
from hub.migrations import upgrade
from tests.factories import make_member
from tests.journeys.live import database_address
from tests.mail.server import Mailbox
from tests.postgres import POSTGRES_URL

pytestmark = pytest.mark.db

ADDRESS = "ana@test.example"


class SteppedMailer(Mailer):
    """A mailer on the test's own connection, which only one session can use at a time."""

    def step(self):
        session().commit()
        return super().step()


@pytest.fixture
def mailbox():
    with Mailbox() as box:
        yield box


@pytest.fixture
def mailer(database, tmp_path, mailbox):
    return SteppedMailer(database.get_bind(), Settings(instance=tmp_path, smtp_url=mailbox.url))


def queue(kind="has_account", **parameters):
    receiver = {} if "member_id" in parameters else {"address": ADDRESS}
    with transaction():
        return queue_mail(kind, language="en-GB", **receiver, **parameters)


def stored():
    session().rollback()
    (message,) = session().query(OutboxMessage)
    session().refresh(message)
    return message


def test_a_mail_is_sent_once(mailer, mailbox):
    message = queue()
    assert mailer.step()
    assert not mailer.step()
    (arrived,) = mailbox.messages
    assert arrived["To"] == ADDRESS
    assert arrived["Message-ID"] == f"<{message.public_id}@localhost>"
    assert (stored().attempts, stored().last_error) == (1, "")
    assert stored().sent_at is not None


def test_while_the_server_is_away_mails_wait_and_arrive_once_later(mailer, mailbox):
    queue()
    mailbox.stop()
    assert mailer.step()
    assert not mailer.step()
    assert (stored().last_error, stored().sent_at) == ("ConnectionRefusedError", None)
    mailbox.start()
    assert not mailer.step()
    with time_machine.travel(now() + timedelta(minutes=1, seconds=1), tick=False):
        assert mailer.step()
        assert not mailer.step()
    assert len(mailbox.messages) == 1
    assert stored().attempts == 2


def test_who_is_killed_after_the_claim_leaves_a_mail_that_goes_out_under_the_same_id(
    mailer, mailbox, monkeypatch
):
    message = queue()

    def die(*_):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sending, "mark_sent", die)
        with pytest.raises(SystemExit):
            mailer.step()
    assert not mailer.step()  # whoever has it may still be at it
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1), tick=False):
        assert mailer.step()
        assert not mailer.step()
    assert [each["Message-ID"] for each in mailbox.messages] == [f"<{message.public_id}@localhost>"] * 2
    assert stored().sent_at is not None


def test_who_is_killed_before_the_server_was_asked_loses_nothing(mailer, mailbox, monkeypatch):
    queue()

    def die(*_, **__):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(smtplib, "SMTP", die)
        with pytest.raises(SystemExit):
            mailer.step()
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1), tick=False):
        mailer.step()
    assert len(mailbox.messages) == 1


def test_the_receiver_is_asked_for_again_at_the_last_moment(mailer, mailbox):
    member = make_member()
    queue("role_granted", member_id=member.id, role="coordinator")
    with transaction():
        member.status = MemberStatus.SUSPENDED
    assert mailer.step()
    assert mailbox.messages == []
    assert (stored().last_error, stored().sent_at) == ("withdrawn", None)
    assert not mailer.step()


def test_a_mail_that_cannot_be_rendered_keeps_no_other_from_going_out(mailer, mailbox):
    broken = queue("role_granted", role="no such role")
    unknown = queue("no_such_kind")
    queue()
    while mailer.step():
        pass
    assert len(mailbox.messages) == 1
    session().rollback()
    assert (broken.last_error, unknown.last_error) == ("ValueError", "KeyError")
    assert broken.due_at > now()


def test_an_address_that_does_not_exist_is_not_tried_again(mailer, mailbox):
    mailbox.answer = "550 No such user"
    queue()
    mailer.step()
    assert stored().failed_at is not None
    assert stored().last_error == "RefusedError"


def test_what_the_server_says_is_not_kept(mailer, mailbox):
    mailbox.answer = "451 ana@test.example is busy"
    queue()
    mailer.step()
    assert stored().last_error == "SMTPRecipientsRefused"


def test_without_a_mail_server_mails_wait_untouched(database, tmp_path):
    queue()
    mailer = SteppedMailer(database.get_bind(), Settings(instance=tmp_path))
    assert not mailer.step()
    assert (stored().attempts, stored().claimed_at) == (0, None)


def test_in_a_demonstration_mails_lie_in_the_instance(database, tmp_path):
    queue()
    mailer = SteppedMailer(database.get_bind(), Settings(instance=tmp_path, demo=True))
    assert mailer.step()
    (path,) = folder_of(tmp_path).iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stored().sent_at is not None


def test_housekeeping_forgets_old_mails(mailer, database, tmp_path):
    queue()
    mailer.step()
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        session().commit()
        tidy(database.get_bind(), tmp_path)
    assert session().query(OutboxMessage).count() == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_mailers_at_once_send_each_mail_once(tmp_path, mailbox, kind):
    if kind == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, kind) as address:
        engine = make_engine(address)
        try:
            upgrade(engine)
            with session_scope(engine):
                for _ in range(12):
                    queue()
            settings = Settings(instance=tmp_path, smtp_url=mailbox.url)
            begin = Barrier(2)

            def work(_):
                mailer = Mailer(engine, settings)
                begin.wait()
                while mailer.step():
                    pass

            with ThreadPoolExecutor(2) as pool:
                list(pool.map(work, range(2)))
        finally:
            engine.dispose()
    assert len(mailbox.messages) == 12
    assert len({each["Message-ID"] for each in mailbox.messages}) == 12


def test_the_mailer_works_by_itself_and_outlives_a_database_that_is_away(tmp_path, mailbox, monkeypatch):
    engine = make_engine(f"sqlite:///{tmp_path / 'hub.sqlite'}")
    upgrade(engine)
    with session_scope(engine):
        queue()
    mailer = Mailer(engine, Settings(instance=tmp_path, smtp_url=mailbox.url))
    send_due, failures = sending.send_due, []

    def fail_once(*arguments):
        if not failures:
            failures.append(1)
            raise OperationalError("SELECT", {}, Exception("away"))
        return send_due(*arguments)

    monkeypatch.setattr("hub.jobs.mailing.send_due", fail_once)
    monkeypatch.setattr("hub.jobs.mailing.POLL", 0.01)
    mailer.start()
    try:
        for _ in range(1_000):
            if mailbox.messages:
                break
            mailer._stopping.wait(0.01)
    finally:
        mailer.stop()
        engine.dispose()
    assert failures
    assert len(mailbox.messages) == 1
