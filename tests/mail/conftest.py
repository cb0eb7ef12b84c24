"""A hub's settings, and a mail server on this machine that keeps what it is given."""

import pytest

from hub.config import Settings
from tests.mail.server import Mailbox


@pytest.fixture
def settings(tmp_path):
    """Settings of a hub that people reach over https."""
    return Settings(
        instance=tmp_path,
        base_url="https://hub.test.example",
        mail_from="hub@test.example",
        contact="help@test.example",
    )


@pytest.fixture
def mailbox():
    """A mail server that runs until the test ends."""
    with Mailbox() as box:
        yield box
