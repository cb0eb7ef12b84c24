"""What the link that ends mails stands for: a member, and a topic or a kind of digest."""

from hub.notifications.models import Frequency, Topic

Scope = Topic | Frequency
"""What is turned off: one topic, or every topic that is gathered daily or weekly."""

PURPOSE = "unsubscribe"
"""What the signature of such links is bound to."""

SCOPES: dict[str, Scope] = {
    **{topic.value: topic for topic in Topic},
    Frequency.DAILY.value: Frequency.DAILY,
    Frequency.WEEKLY.value: Frequency.WEEKLY,
}


def unsubscribing(public_id: str, scope: Scope) -> str:
    """Return what a link stands for, to be signed.

    Args:
        public_id: of the member.
        scope: what the link turns off.
    """
    return f"{public_id}:{scope.value}"


def read_unsubscribing(value: str) -> tuple[str, Scope] | None:
    """Return public id and scope of a value that `unsubscribing` made, or None where it names none."""
    public_id, _, scope = value.partition(":")
    return (public_id, SCOPES[scope]) if public_id and scope in SCOPES else None
