"""What one kind of notification has: a topic and its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hub.core.i18n import N_
from hub.notifications.models import Frequency, Topic


class Dated(StrEnum):
    """What the moment is that a notification names, as it stands when it is read."""

    UNTIL = "until"
    """Until when responses are taken."""
    EXPIRY = "expiry"
    """When a request expires."""
    REOPENING = "reopening"
    """Until when an expired request can be opened again."""
    DAY = "day"
    """The day on which a step was due."""
    COMING = "coming"
    """The day on which a step will be due."""


MOMENTS: Mapping[Dated, str] = MappingProxyType(
    {
        Dated.UNTIL: N_("%(words)s: until %(moment)s"),
        Dated.EXPIRY: N_("%(words)s: on %(moment)s"),
        Dated.REOPENING: N_("%(words)s until %(moment)s"),
        Dated.DAY: N_("%(words)s: it was due on %(moment)s"),
        Dated.COMING: N_("%(words)s: on %(moment)s"),
    }
)
"""Message ids of the words of a notification together with its moment, where that is known."""


@dataclass(frozen=True)
class Kind:
    """One kind of notification.

    Args:
        topic: under which people choose how often it is mailed.
        words: message id; `%(thing)s` stands for what it is about, and nothing else is put into it.
        veiled: message id where the thing may not be named: above TLP:GREEN in mails, or hidden by now.
        has_mail: whether a mail of its own tells of it, so that the bell is enough.
        next_step: message id of what the receiver can do now, for mails about it alone; may be empty.
        dated: the moment that stands after its words, if any.
        usual: how often it is mailed to those who chose nothing for its topic; None for as often as its topic.
    """

    topic: Topic
    words: str
    veiled: str
    has_mail: bool = False
    next_step: str = ""
    dated: Dated | None = None
    usual: Frequency | None = None
