"""What the link that ends mails stands for: a member, and a topic, a kind of digest, or one cause of mails."""

from hub.notifications.models import Frequency, Topic

Scope = Topic | Frequency | str
"""What is turned off: one topic, all that is gathered daily or weekly, or one cause as notifications name it."""

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
    return f"{public_id}:{scope}"


def read_unsubscribing(value: str) -> tuple[str, Scope] | None:
    """Return public id and scope of a value that `unsubscribing` made, or None where it names none."""
    public_id, _, scope = value.partition(":")
    if not public_id:
        return None
    if scope in SCOPES:
        return public_id, SCOPES[scope]
    kind, _, key = scope.partition(":")
    return (public_id, scope) if kind and key and kind not in SCOPES else None
