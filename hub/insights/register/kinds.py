"""What a kind of decision is, and how decisions are made; which kinds there are, each source says."""

from dataclasses import dataclass
from enum import StrEnum

from hub.audit.events import Event


class Hands(StrEnum):
    """Whose decision it is."""

    ONE = "one"
    """One person, free of conflict."""
    TWO = "two"
    """One proposed and another decided; the database refuses that both are one."""
    OWN = "own"
    """Those who answer for the thing."""
    OTHER = "other"
    """The side that did not make the claim."""


@dataclass(frozen=True)
class Kind:
    """One kind of decision.

    Args:
        event: the tag of its entries in the audit log.
        label: message id of what was decided, about which thing.
        hands: whose decision it is.
        begun: tags of what such a decision waits for from then on, about the same thing; none where it answers nothing.
        is_based: whether only decisions with a `Basis` are shown.
        reasons: the vocabulary of its reasons, or nothing.
    """

    event: Event
    label: str
    hands: Hands
    begun: tuple[Event, ...] = ()
    is_based: bool = False
    reasons: str = ""
