"""People who write to one another."""

import pytest

from hub.core.database import session, transaction
from hub.integrity.viewers import viewer_of
from hub.members.messages.service import block_member, send_message
from tests.factories import make_member as stored_member, make_profile


class People:
    """Nino and Dana, who are shown to members, and what they do."""

    def __init__(self):
        self.nino = stored_member(display_name="Nino")
        self.dana = stored_member(display_name="Dana")
        make_profile(self.nino)
        make_profile(self.dana)

    @staticmethod
    def write(sender, receiver, words="What do you read?", *, subject="Tenders", answers=None, **options):
        """Send a message as `sender` stands now."""
        with transaction():
            return send_message(
                viewer_of(sender), receiver, subject=subject, words=words, answers=answers, **options
            )

    @staticmethod
    def block(member, other):
        """Block `other`."""
        with transaction():
            block_member(viewer_of(member), other)

    @staticmethod
    def change(thing, **columns):
        """Set columns of a stored thing."""
        for name, value in columns.items():
            setattr(thing, name, value)
        session().commit()


@pytest.fixture
def people(database):
    return People()
