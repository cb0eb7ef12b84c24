"""What a suggestion is, what it is made for, and why something is not suggested."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from hub.access.telling import Told
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.matching.facts import Facts, Kind
from hub.matching.parts import Pairing
from hub.matching.scoring import Match

FIRST_TEN = PageRequest(1, 10)

BLOCK = 60
"""How many places are arranged at once: a list is as varied, and its floor as high, in each block as in the first."""


class LeftOut(StrEnum):
    """Why something that somebody may see is not suggested."""

    DISMISSED = "dismissed"
    OWN = "own"
    ANSWERED = "answered"
    RECEIVED = "received"
    INVITED = "invited"
    BLOCKED = "blocked"
    ASKED = "asked"
    ENDED = "ended"
    HERE = "here"
    OUTSIDE = "outside"
    SILENT = "silent"
    AGAINST = "against"
    NO_TOPIC = "no_topic"
    TOO_LITTLE = "too_little"


LEFT_OUT_WORDS: Mapping[LeftOut, str] = MappingProxyType(
    {
        LeftOut.DISMISSED: N_("You set it aside."),
        LeftOut.OWN: N_("It belongs to the side for which we look."),
        LeftOut.ANSWERED: N_("There is a response already."),
        LeftOut.RECEIVED: N_("It was sent by name already."),
        LeftOut.INVITED: N_("There is an invitation already."),
        LeftOut.BLOCKED: N_("You blocked this person."),
        LeftOut.ASKED: N_("You asked for an introduction lately, or are introduced already."),
        LeftOut.ENDED: N_("It is closed, past its date, archived or not listed, and so never suggested."),
        LeftOut.HERE: N_("It comes from this country or is in use there already."),
        LeftOut.OUTSIDE: N_(
            "Outside the audience of what it would be suggested for, or the hub does not tell who is inside."
        ),
        LeftOut.SILENT: N_("Nothing is said yet that could be compared."),
        LeftOut.AGAINST: N_("It says that it cannot be used in this country."),
        LeftOut.NO_TOPIC: N_("Nothing of what the two are about agrees."),
        LeftOut.TOO_LITTLE: N_("Too little agrees: it has too few points to be suggested."),
    }
)
"""Message ids of what is said to the reader."""


@dataclass(frozen=True)
class Suggestion:
    """One thing that is suggested, and why.

    Args:
        kind: what it is.
        key: its public id, or an organisation's slug.
        match: how far it fits, part by part.
        is_from_floor: whether it stands where it does because things of its country are seldom suggested.
    """

    kind: Kind
    key: str
    match: Match
    is_from_floor: bool = False

    @property
    def subject(self) -> str:
        """How dismissals, notifications and the audit log name it."""
        return f"{self.kind}:{self.key}"

    @property
    def score(self) -> float:
        """Points, 0 to 100."""
        return self.match.score


SUGGESTED: Mapping[Pairing, Kind] = MappingProxyType(
    {
        Pairing.MEMBER_INNOVATION: Kind.INNOVATION,
        Pairing.MEMBER_REQUEST: Kind.REQUEST,
        Pairing.MEMBER_MEMBER: Kind.MEMBER,
        Pairing.REQUEST_MEMBER: Kind.MEMBER,
        Pairing.REQUEST_ORGANISATION: Kind.ORGANISATION,
        Pairing.REQUEST_INNOVATION: Kind.INNOVATION,
        Pairing.INNOVATION_REQUEST: Kind.REQUEST,
        Pairing.INNOVATION_MEMBER: Kind.MEMBER,
        Pairing.COUNTRY_INNOVATION: Kind.INNOVATION,
    }
)
"""What each pairing suggests."""


@dataclass(frozen=True)
class Aim:
    """For what suggestions are made: who or what somebody looks for, and what is left out.

    Args:
        pairing: what is paired with what.
        left: who or what somebody looks for; None where it says nothing that could be compared.
        purpose: how dismissals name it: empty for the reader themselves, else such as `request:<public id>`.
        left_out: keys that are not suggested, by why; the first of several reasons is the one told.
        audiences: each a set of visibility labels by which the reader may be told who is inside: only people who hold
            one of each are suggested.
    """

    pairing: Pairing
    left: Facts | None
    purpose: str = ""
    left_out: Mapping[LeftOut, frozenset[str]] = field(default_factory=dict)
    audiences: tuple[Told, ...] = ()

    @property
    def kind(self) -> Kind:
        """What is suggested."""
        return SUGGESTED[self.pairing]
