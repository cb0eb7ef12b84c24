"""What is held of the audit log: only its new end is read, and nothing that was erased or belongs to another log."""

from dataclasses import replace

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import transaction
from hub.insights.register import log
from hub.insights.register.log import lines_with

WANTED = (Event.INNOVATION_PUBLISH, Event.INNOVATION_DECLINE)


def decide(event, subject):
    with transaction():
        record(VISITOR, event, subject)


def told():
    return [subject for _, _, _, subject in lines_with(WANTED)]


def test_of_a_log_that_grew_only_the_new_end_is_read(database, monkeypatch):
    decide(Event.INNOVATION_PUBLISH, "innovation:a")
    assert told() == ["innovation:a"]
    decide(Event.MEMBER_APPLY, "member:x")
    decide(Event.INNOVATION_DECLINE, "innovation:b")
    began, read = [], log._read
    monkeypatch.setattr(log, "_read", lambda wanted, after: began.append(after) or read(wanted, after))
    assert told() == ["innovation:a", "innovation:b"]
    assert told() == ["innovation:a", "innovation:b"]
    assert began == [1, 3]


def test_an_erased_entry_is_told_no_longer_though_its_row_is_still_there(database):
    decide(Event.INNOVATION_PUBLISH, "innovation:a")
    decide(Event.INNOVATION_PUBLISH, "innovation:b")
    assert told() == ["innovation:a", "innovation:b"]
    decide(Event.AUDIT_ERASE, "audit:1")
    assert told() == ["innovation:b"]
    log._held.clear()
    assert told() == ["innovation:b"]


def test_what_was_read_of_a_log_that_is_another_now_is_forgotten(database):
    decide(Event.INNOVATION_PUBLISH, "innovation:a")
    told()
    key, held = log._held.popitem()
    log._held[key] = replace(
        held, hash="of another log", lines=((1, None, "innovation:publish", "innovation:b"),)
    )
    assert told() == ["innovation:a"]
