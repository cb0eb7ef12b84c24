"""What the doctor says of signed checkpoints: none yet, lately, long ago, key lost, key of another address."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.viewer import VISITOR
from hub.audit.checkpoints.making import make_checkpoint
from hub.audit.events import Event
from hub.audit.service import record
from hub.cli.doctor import checkpoints, files
from hub.cli.doctor.findings import Level
from hub.core.clock import now
from hub.core.database import transaction
from tests.cli.findings import PUBLIC, worst


@pytest.fixture
def signed(situation, database):
    with transaction():
        record(VISITOR, Event.INNOVATION_TAKE, "innovation:1")
        return make_checkpoint(situation().settings)


def test_an_empty_log_needs_none(situation, database):
    assert worst([*checkpoints.pause(situation()), *checkpoints.key(situation())])[0] is None


def test_a_log_that_was_never_signed_is_named(situation, database):
    with transaction():
        record(VISITOR, Event.INNOVATION_TAKE, "innovation:1")
    assert worst(checkpoints.pause(situation()))[0] is Level.WARNING


def test_a_late_checkpoint_is_a_problem(situation, signed):
    assert worst(checkpoints.pause(situation()))[0] is Level.OK
    with time_machine.travel(now() + timedelta(hours=2, minutes=1)):
        assert worst(checkpoints.pause(situation()))[0] is Level.PROBLEM


def test_a_lost_key_is_a_problem(situation, signed):
    assert worst(checkpoints.key(situation()))[0] is Level.OK
    (situation().settings.instance / "checkpoint-key").unlink()
    level, words = worst(checkpoints.key(situation()))
    assert level is Level.PROBLEM
    assert "hub audit rotate-key" in words


def test_a_key_that_others_may_read_is_a_problem(situation, signed):
    list(checkpoints.key(situation()))
    (situation().settings.instance / "checkpoint-key").chmod(0o640)
    assert "checkpoint-key" in worst(files.modes(situation()))[1]


def test_a_hub_that_moved_is_told_so(situation, signed):
    level, words = worst(checkpoints.key(situation(base_url=PUBLIC.replace("hub.", "new."))))
    assert level is Level.WARNING
    assert "new.example.org/audit" in words
