"""The outbox: rows of the running transaction, claimed by one, tried again, and forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from hub.core import outbox
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.outbox import OutboxMessage, queue_mail
from tests.factories import make_member

pytestmark = pytest.mark.db

ADDRESS = "ana@test.example"


def queue(**parameters):
    with transaction():
        return queue_mail("has_account", address=ADDRESS, language="en-GB", **parameters)


def claim(message):
    """Take one mail, as if it were the only one."""
    with transaction():
        claims = outbox.claim_due(100)
        outbox.release([each for each in claims if each.message_id != message.id])
    return next((each for each in claims if each.message_id == message.id), None)


def do(act, *arguments, **options):
    with transaction():
        return act(*arguments, **options)


def stored():
    session().rollback()
    return session().query(OutboxMessage).order_by(OutboxMessage.id).all()


def test_a_mail_waits_with_its_receiver_and_what_it_names(database):
    member = make_member()
    until = datetime(2027, 11, 21, 10, tzinfo=UTC)
    with transaction():
        queue_mail("vetting_due", member_id=member.id, language="es", until=until, codes=("a", "b"), left=3)
    (message,) = stored()
    assert (message.kind, message.member_id, message.address, message.language) == (
        "vetting_due",
        member.id,
        None,
        "es",
    )
    assert message.parameters == {"until": "2027-11-21T10:00:00+00:00", "codes": ["a", "b"], "left": 3}
    assert len(message.public_id) == 22
    assert outbox.due_message_id() == message.id


def test_what_is_undone_sends_no_mail(database):
    def act():
        with transaction():
            queue_mail("has_account", address=ADDRESS, language="en-GB")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert stored() == []


@pytest.mark.parametrize("receivers", [{}, {"member_id": 1, "address": ADDRESS}])
def test_a_mail_has_exactly_one_receiver(database, receivers):
    with pytest.raises(ValueError, match="to a member or to an address"), transaction():
        queue_mail("has_account", language="en-GB", **receivers)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@test.example\r\nBcc: all@test.example",
        "a b@test.example",
        "a\x00@b",
        f"{'a' * 250}@b.org",
    ],
)
def test_what_is_no_address_is_refused(database, address):
    with pytest.raises(ValueError, match="no e-mail address"), transaction():
        queue_mail("has_account", address=address, language="en-GB")


@pytest.mark.parametrize("value", [1.5, {"a": 1}, [1, 2], object()])
def test_what_cannot_be_stored_is_refused(database, value):
    with pytest.raises(TypeError), transaction():
        queue_mail("has_account", address=ADDRESS, language="en-GB", thing=value)


def test_the_database_refuses_a_mail_to_nobody(database):
    with pytest.raises(IntegrityError), transaction():
        session().add(OutboxMessage(kind="has_account", language="en-GB", parameters={}))


def test_only_one_takes_a_mail(database):
    message = queue()
    assert claim(message) is not None
    assert claim(message) is None
    assert outbox.due_message_id() is None


def test_a_claim_runs_out_after_five_minutes(database):
    message = queue()
    begun = now()
    first = claim(message)
    with time_machine.travel(begun + timedelta(minutes=4), tick=False):
        assert claim(message) is None
    with time_machine.travel(begun + timedelta(minutes=6), tick=False):
        second = claim(message)
        assert second is not None
        assert not do(outbox.mark_sent, first)
        assert not do(outbox.mark_failed, first, "TimeoutError")
        assert do(outbox.mark_sent, second)
    assert not do(outbox.mark_sent, second)
    assert stored()[0].attempts == 2


def test_a_failed_try_is_put_off_for_longer_and_longer(database):
    message = queue()
    moment = now()
    waits = []
    for _ in range(12):
        with time_machine.travel(moment, tick=False):
            do(outbox.mark_failed, claim(message), "ConnectionRefusedError")
            (row,) = stored()
            waits.append((row.due_at - moment).total_seconds() / 60)
            assert outbox.due_message_id() is None
        moment = row.due_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert row.last_error == "ConnectionRefusedError"


def test_after_five_days_a_mail_is_given_up(database):
    message = queue()
    with time_machine.travel(message.created_at + timedelta(days=5, seconds=1), tick=False):
        do(outbox.mark_failed, claim(message), "x" * 300)
        (row,) = stored()
        assert row.failed_at is not None
        assert row.last_error == "x" * 200
        assert outbox.due_message_id() is None


def test_a_final_refusal_is_not_tried_again(database):
    do(outbox.mark_failed, claim(queue()), "RefusedError", is_final=True)
    assert stored()[0].failed_at is not None


def test_a_withdrawn_mail_never_goes_out(database):
    do(outbox.mark_withdrawn, claim(queue()))
    (row,) = stored()
    assert (row.sent_at, row.last_error) == (None, outbox.WITHDRAWN)
    assert row.failed_at is not None
    assert outbox.due_message_id() is None


def test_the_oldest_due_mail_has_its_turn_first(database):
    first, second = queue(), queue()
    assert outbox.due_message_id() == first.id
    do(outbox.mark_failed, claim(first), "TimeoutError")
    assert outbox.due_message_id() == second.id


def test_mails_that_wait_long_are_counted(database):
    waiting, sent = queue(), queue()
    do(outbox.mark_sent, claim(sent))
    assert outbox.count_waiting(timedelta(minutes=10)) == 0
    with time_machine.travel(waiting.created_at + timedelta(minutes=11), tick=False):
        assert outbox.count_waiting(timedelta(minutes=10)) == 1


def test_sent_mails_are_forgotten_after_thirty_days(database):
    sent, failed, waiting = queue(), queue(), queue()
    do(outbox.mark_sent, claim(sent))
    do(outbox.mark_withdrawn, claim(failed))
    moment = now()
    for days, kept in ((29, 3), (31, 1)):
        with time_machine.travel(moment + timedelta(days=days), tick=False):
            do(outbox.forget_sent)
            assert len(stored()) == kept
    assert stored()[0].id == waiting.id
