"""Recording: gapless numbers, chained hashes, private part beside the link, all in one commit."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hub.access.viewer import VISITOR, Role, Viewer
from hub.audit.encoding import START, snapshot_hash
from hub.audit.events import LABELS, Event
from hub.audit.models import AuditChain, AuditEntry
from hub.audit.queries import HistoryItem, history_of, stored_entries
from hub.audit.service import SYSTEM, record
from hub.audit.verify import verify_stored
from hub.core.database import transaction
from tests.audit.conftest import COORDINATOR, NOON, SUBJECT

pytestmark = pytest.mark.db


def test_links_are_numbered_stamped_and_chained(log):
    chain = log.scalars(select(AuditChain).order_by(AuditChain.number)).all()
    assert [link.number for link in chain] == [1, 2, 3]
    assert [link.recorded_at for link in chain] == [NOON + timedelta(minutes=n) for n in range(3)]
    before = START
    for link in chain:
        assert link.link.has_hash_after(before)
        before = link.hash


def test_the_private_part_has_the_number_of_its_link(log):
    entry = log.get(AuditEntry, 2)
    assert (entry.actor, entry.actor_roles, entry.subject) == ("coordinator22", "coordinator", SUBJECT)
    assert (entry.tag, entry.reason) == ("innovation:request_changes", "reason 1")
    assert (entry.before_hash, entry.after_hash) == (snapshot_hash({"n": 1}), None)


def test_several_decisions_of_one_transaction_keep_their_order(log):
    with transaction():
        for _ in range(3):
            record(COORDINATOR, Event.INNOVATION_TAKE, "innovation:many")
    assert [item.number for item in history_of("innovation:many")] == [4, 5, 6]
    assert verify_stored(stored_entries()).entries == 6


def test_a_failed_change_leaves_no_entry_and_no_gap(log):
    def fail():
        with transaction():
            record(COORDINATOR, Event.INNOVATION_TAKE, SUBJECT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with transaction():
        record(COORDINATOR, Event.INNOVATION_TAKE, "innovation:next")
    assert [item.number for item in history_of("innovation:next")] == [4]
    assert log.scalar(select(func.count()).select_from(AuditEntry)) == 4


def test_time_does_not_run_back_with_the_clock(log):
    with time_machine.travel(NOON - timedelta(days=1), tick=False), transaction():
        record(COORDINATOR, Event.INNOVATION_TAKE, SUBJECT)
    assert log.get(AuditChain, 4).recorded_at == log.get(AuditChain, 3).recorded_at
    assert verify_stored(stored_entries()).is_whole


def test_two_like_decisions_have_different_commitments(log):
    with transaction():
        record(COORDINATOR, Event.INNOVATION_TAKE, SUBJECT)
        record(COORDINATOR, Event.INNOVATION_TAKE, SUBJECT)
    assert log.get(AuditChain, 4).commitment != log.get(AuditChain, 5).commitment


def test_what_no_member_does_is_done_by_the_system(log):
    with transaction():
        record(VISITOR, Event.MEMBER_CREATE, "member:x")
    (item,) = history_of("member:x")
    assert (item.actor, item.roles) == (SYSTEM, ())


def test_an_unknown_tag_is_refused(database):
    with pytest.raises(ValueError, match="innovation:praise"), transaction():
        record(COORDINATOR, "innovation:praise", SUBJECT)


def test_history_tells_one_subject_in_order(log):
    two_roles = Viewer(member_id=2, public_id="p", roles=frozenset({Role.FOCAL_POINT, Role.ADMINISTRATOR}))
    with time_machine.travel(NOON + timedelta(hours=1), tick=False), transaction():
        record(two_roles, Event.INNOVATION_SUBMIT, "innovation:other", reason="ready")
    assert history_of("innovation:other") == [
        HistoryItem(
            number=4,
            recorded_at=NOON + timedelta(hours=1),
            event=Event.INNOVATION_SUBMIT,
            actor="p",
            roles=("administrator", "focal_point"),
            reason="ready",
        )
    ]
    assert [item.number for item in history_of(SUBJECT)] == [1, 2, 3]


def test_a_long_history_is_cut_at_its_beginning(log):
    assert [item.number for item in history_of(SUBJECT, limit=2)] == [2, 3]


def test_every_event_has_words():
    assert set(LABELS) == set(Event)
    assert Event.INNOVATION_PUBLISH.label == "Approved and published"
