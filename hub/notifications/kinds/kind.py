"""What one kind of notification has: a topic and its words."""

from dataclasses import dataclass

from hub.notifications.models import Topic


@dataclass(frozen=True)
class Kind:
    """One kind of notification.

    Args:
        topic: under which people choose how often it is mailed.
        words: message id; `%(thing)s` stands for what it is about, and nothing else is put into it.
        veiled: message id where the thing may not be named: above TLP:GREEN in mails, or hidden by now.
        has_mail: whether a mail of its own tells of it, so that the bell is enough.
    """

    topic: Topic
    words: str
    veiled: str
    has_mail: bool = False
