"""Mails about hidden things go to nobody who must not see them, and say no more than their table allows."""

import pytest
from sqlalchemy import select

from hub.config import Settings
from hub.core.outbox import OutboxMessage
from hub.mail.kinds import KINDS
from hub.mail.receivers import receiver_of
from hub.mail.rendering import render
from tests.web.leaks.seen import MAILED
from tests.web.leaks.words import COLUMNS, MARK


def told(mail):
    """Return all that a mail says: its headers, the text and the HTML."""
    bodies = (part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
    headers = (f"{name}: {value}" for name, value in mail.items() if name != "To")
    return "\n".join((*headers, *bodies)).lower()


@pytest.mark.db
def test_mails_say_what_their_table_allows_and_go_to_whom_it_concerns(hub, database, tmp_path):
    viewers = {member.id for member in hub.people.values() if member}
    settings = Settings(instance=tmp_path)
    said = {}
    for message in database.scalars(select(OutboxMessage)):
        receiver = receiver_of(message, KINDS[message.kind])
        if receiver is None:
            continue
        words = MARK.findall(told(render(message, receiver, settings)))
        columns = {COLUMNS[each] for each in words if each in COLUMNS}
        assert not (columns and message.member_id in viewers), message.kind
        said.setdefault(message.kind, set()).update(columns)
    assert {kind: columns for kind, columns in said.items() if columns} == MAILED
    assert len(said) > len(MAILED)
