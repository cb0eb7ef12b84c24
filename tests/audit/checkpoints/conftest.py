"""A log with signed checkpoints: three entries under two of them, one entry after."""

import pytest

from hub.audit.checkpoints.making import make_checkpoint
from hub.audit.events import Event
from hub.audit.service import record
from hub.config import Settings
from hub.core.database import transaction
from tests.audit.conftest import COORDINATOR, SUBJECT


@pytest.fixture
def settings(tmp_path):
    return Settings(instance=tmp_path / "instance", base_url="https://Hub.Example.org:8443/")


@pytest.fixture
def decide():
    """Log one more decision."""

    def act(reason=""):
        with transaction():
            record(COORDINATOR, Event.INNOVATION_TAKE, SUBJECT, reason=reason)

    return act


@pytest.fixture
def sign_now(database, settings):
    """Make a checkpoint, whatever the hour."""

    def act():
        with transaction():
            return make_checkpoint(settings, even_if_fresh=True).note

    return act
