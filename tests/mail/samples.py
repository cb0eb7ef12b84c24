"""One mail of each kind, with everything that it can name."""

from datetime import UTC, datetime, timedelta

from hub.core.outbox import OutboxMessage
from hub.mail.kinds import KINDS
from hub.mail.receivers import Receiver

THEN = datetime(2026, 11, 21, 10, 15, tzinfo=UTC)

RECEIVER = Receiver("ana@test.example", THEN + timedelta(hours=24))

VALUES = {
    "at": "2026-11-23T08:30:00+00:00",
    "country": "GE",
    "days": 7,
    "factor": "totp",
    "inviter": "Nino & Co",
    "left": 3,
    "name": "Ines <i>C.</i>",
    "organisation": "Bureau",
    "reasons": ["other"],
    "role": "focal_point",
    "token": "t" * 22,
    "until": "2027-11-21",
    "words": "First line.\nSecond <b>line</b>.",
}


def message_of(kind, *, language="en-GB", without=(), **parameters):
    """Return an outbox row of this kind that is not stored."""
    named = (KINDS[kind].needs | KINDS[kind].takes) - set(without)
    return OutboxMessage(
        public_id="a" * 22,
        kind=kind,
        address=RECEIVER.address,
        language=language,
        parameters={name: VALUES[name] for name in sorted(named)} | parameters,
        created_at=THEN,
    )


def parts_of(mail):
    """Return the text and the HTML of a mail."""
    return tuple(mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
