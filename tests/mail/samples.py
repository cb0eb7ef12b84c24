"""One mail of each kind, with everything that it can name."""

from datetime import UTC, datetime, timedelta

from hub.access.audience import Tlp
from hub.core.outbox import OutboxMessage
from hub.mail.guests import Guest
from hub.mail.kinds import KINDS
from hub.mail.receivers import Receiver
from hub.mail.telling import Line, SavedSearch, Telling
from hub.notifications.models import Topic

THEN = datetime(2026, 11, 21, 10, 15, tzinfo=UTC)

NAMED = SavedSearch("Gifts in <b>Batumi</b>", THEN, "m" * 22 + ":search:" + "s" * 22)
NAMELESS = SavedSearch("", THEN, "m" * 22 + ":search:" + "t" * 22)

TELLING = Telling(
    lines=(
        Line("followed_published", Topic.FOLLOWING, "/innovations/one", title="A register of <b>gifts</b>"),
        Line("followed_country", Topic.FOLLOWING, "/countries/GE", title="GE", is_country=True),
        Line("followed_archived", Topic.FOLLOWING, "/innovations/" + "i" * 22, Tlp.AMBER),
        Line("followed_published", Topic.FOLLOWING, "/innovations/two", title="Two", found_by=NAMED),
        Line("followed_published", Topic.FOLLOWING, "/innovations/three", title="Three", found_by=NAMELESS),
        Line(
            "milestone_due",
            Topic.COMMITMENTS,
            "/commitments/UK0066",
            title="UK0066 Anti-Corruption <i>Innovation Hub</i>",
            moment=THEN.date(),
        ),
        Line("export_ready", Topic.ACCOUNT, "/account/privacy"),
    ),
    more=3,
    unsubscribe="m" * 22 + ":daily",
    tlp=Tlp.AMBER,
)

GUEST = Guest(
    "A <b>stage</b>", THEN, "Europe/Paris", place="Palais d’Iéna, Paris", answer="We are full.\nSorry."
)

RECEIVER = Receiver("ana@test.example", THEN + timedelta(hours=24), TELLING, GUEST)

VALUES = {
    "at": "2026-11-23T08:30:00+00:00",
    "country": "GE",
    "days": 7,
    "digest": "d" * 22,
    "factor": "totp",
    "frequency": "daily",
    "is_known": False,
    "inviter": "Nino & Co",
    "left": 3,
    "member": "m" * 22,
    "name": "Ines <i>C.</i>",
    "notification": "n" * 22,
    "organisation": "Bureau",
    "reasons": ["other"],
    "registration": "r" * 22,
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
