"""What the tests of the register share: decisions made up, and the register as pairs of tag and record."""

from datetime import UTC, datetime, timedelta

from hub.audit.events import Event
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.reading import Decision, read_register
from hub.insights.register.sources import SOURCES

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

PUBLISHED = Kind(Event.INNOVATION_PUBLISH, "Published", Hands.ONE)
FEATURED = Kind(Event.INNOVATION_FEATURE, "Featured", Hands.TWO)


def made_up(number=1, kind=PUBLISHED, *, days=None, recusals=0, later=timedelta()):
    """Return a decision without a log behind it."""
    return Decision(number, NOON + later, kind, "innovation:abc", (), days, recusals)


def register():
    """Return what visitors find in the register now, the newest first."""
    return read_register(SOURCES)


def events():
    """Return the tags of the register, the oldest first."""
    return [str(each.kind.event) for each in reversed(register())]


def only(event):
    """Return the one decision of a kind that stands in the register."""
    (found,) = [each for each in register() if each.kind.event is event]
    return found
