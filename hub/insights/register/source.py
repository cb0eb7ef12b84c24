"""What a feature tells the register: its kinds of decisions, and the things that visitors may know of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.audit.events import Event
from hub.insights.register.kinds import Kind


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that decisions are about.

    Args:
        about: how the audit log names the record that it belongs to, which visitors may open; recusals count together.
        is_shown: whether visitors may know of the thing itself; what is not shown only ends what recusals belong to.
        since: decisions before this moment are left out, because the thing was not public then; None for all.
    """

    about: str
    is_shown: bool = True
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision was made on, where the log alone does not tell.

    Args:
        decided_at: a moment not after that of the entry in the log.
        is_shown: whether visitors may know of what was decided on.
        reasons: codes of reasons from a list.
        begun_at: since when it waited, or None where the log tells.
    """

    decided_at: datetime
    is_shown: bool
    reasons: tuple[str, ...] = ()
    begun_at: datetime | None = None


Bases = Mapping[tuple[Event, str], Sequence[Basis]]
"""By tag and subject, the earliest first."""


def no_bases() -> Bases:
    """Return nothing: the log alone tells all."""
    return {}


@dataclass(frozen=True)
class Source:
    """The decisions of one feature.

    Args:
        kinds: what it shows.
        closing: tags of further decisions, which are not shown: recusals before them belong to them.
        known: returns the things by subject, as visitors may know of them at this moment.
        bases: returns what decisions with `Kind.is_based` were made on.
    """

    kinds: tuple[Kind, ...]
    closing: frozenset[Event]
    known: Callable[[], Mapping[str, Known]]
    bases: Callable[[], Bases] = no_bases
