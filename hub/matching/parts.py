"""The parts that a match is made of, how much each counts, and how a reader may change that. Knows no database."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType

from hub.core.i18n import N_


class Part(StrEnum):
    """One thing in which two sides may agree."""

    WORDS = "words"
    NEED = "need"
    SKILLS = "skills"
    FUNCTIONS = "functions"
    OFFENCES = "offences"
    SECTORS = "sectors"
    STANDARDS = "standards"
    FOR_WHOM = "for_whom"
    OPEN_TO = "open_to"
    COUNTRY = "country"
    LANGUAGE = "language"
    MATURITY = "maturity"


PART_NAMES: Mapping[Part, str] = MappingProxyType(
    {
        Part.WORDS: N_("Words in common"),
        Part.NEED: N_("What one needs and the other offers"),
        Part.SKILLS: N_("Skills"),
        Part.FUNCTIONS: N_("What it is for: report, detect, investigate and so on"),
        Part.OFFENCES: N_("Offences"),
        Part.SECTORS: N_("Sectors"),
        Part.STANDARDS: N_("Data standards"),
        Part.FOR_WHOM: N_("For whom it is meant"),
        Part.OPEN_TO: N_("What people are open to"),
        Part.COUNTRY: N_("Country and region"),
        Part.LANGUAGE: N_("Language"),
        Part.MATURITY: N_("Stage and evidence"),
    }
)
"""Message ids of what each part is called."""

TOPICAL = frozenset(
    {Part.WORDS, Part.NEED, Part.SKILLS, Part.FUNCTIONS, Part.OFFENCES, Part.SECTORS, Part.STANDARDS}
)
"""The parts that say what something is about: without one of them nothing is suggested."""


class Emphasis(IntEnum):
    """How much a part counts for a reader."""

    LEFT_OUT = 0
    LESS = 1
    USUAL = 2
    MORE = 3


FACTORS: Mapping[Emphasis, float] = MappingProxyType(
    {Emphasis.LEFT_OUT: 0.0, Emphasis.LESS: 0.5, Emphasis.USUAL: 1.0, Emphasis.MORE: 2.0}
)
"""By what each emphasis multiplies the weight of a part."""

EMPHASIS_NAMES: Mapping[Emphasis, str] = MappingProxyType(
    {
        Emphasis.LEFT_OUT: N_("Leave out"),
        Emphasis.LESS: N_("Count less"),
        Emphasis.USUAL: N_("As usual"),
        Emphasis.MORE: N_("Count more"),
    }
)
"""Message ids of what each emphasis is called."""


class Pairing(StrEnum):
    """What is paired with what: first who looks, or for what somebody looks, then what is suggested."""

    MEMBER_INNOVATION = "member_innovation"
    MEMBER_REQUEST = "member_request"
    MEMBER_MEMBER = "member_member"
    REQUEST_MEMBER = "request_member"
    REQUEST_ORGANISATION = "request_organisation"
    REQUEST_INNOVATION = "request_innovation"
    INNOVATION_REQUEST = "innovation_request"
    INNOVATION_MEMBER = "innovation_member"
    COUNTRY_INNOVATION = "country_innovation"


WEIGHTS: Mapping[Pairing, Mapping[Part, int]] = MappingProxyType(
    {
        Pairing.MEMBER_INNOVATION: {
            Part.WORDS: 15,
            Part.NEED: 25,
            Part.FUNCTIONS: 12,
            Part.OFFENCES: 8,
            Part.SECTORS: 10,
            Part.STANDARDS: 5,
            Part.FOR_WHOM: 8,
            Part.COUNTRY: 7,
            Part.LANGUAGE: 5,
            Part.MATURITY: 5,
        },
        Pairing.MEMBER_REQUEST: {
            Part.WORDS: 20,
            Part.NEED: 15,
            Part.SKILLS: 20,
            Part.FUNCTIONS: 10,
            Part.OFFENCES: 7,
            Part.SECTORS: 8,
            Part.FOR_WHOM: 5,
            Part.OPEN_TO: 5,
            Part.COUNTRY: 5,
            Part.LANGUAGE: 5,
        },
        Pairing.MEMBER_MEMBER: {
            Part.WORDS: 20,
            Part.NEED: 30,
            Part.SKILLS: 10,
            Part.FUNCTIONS: 12,
            Part.OFFENCES: 8,
            Part.SECTORS: 10,
            Part.COUNTRY: 5,
            Part.LANGUAGE: 5,
        },
        Pairing.REQUEST_MEMBER: {
            Part.WORDS: 20,
            Part.NEED: 15,
            Part.SKILLS: 20,
            Part.FUNCTIONS: 10,
            Part.OFFENCES: 7,
            Part.SECTORS: 8,
            Part.FOR_WHOM: 5,
            Part.OPEN_TO: 5,
            Part.COUNTRY: 5,
            Part.LANGUAGE: 5,
        },
        Pairing.REQUEST_ORGANISATION: {
            Part.WORDS: 40,
            Part.FUNCTIONS: 15,
            Part.OFFENCES: 10,
            Part.SECTORS: 15,
            Part.COUNTRY: 10,
            Part.LANGUAGE: 10,
        },
        Pairing.REQUEST_INNOVATION: {
            Part.WORDS: 34,
            Part.FUNCTIONS: 15,
            Part.OFFENCES: 10,
            Part.SECTORS: 12,
            Part.STANDARDS: 6,
            Part.COUNTRY: 8,
            Part.LANGUAGE: 8,
            Part.MATURITY: 7,
        },
        Pairing.INNOVATION_REQUEST: {
            Part.WORDS: 38,
            Part.FUNCTIONS: 16,
            Part.OFFENCES: 11,
            Part.SECTORS: 13,
            Part.STANDARDS: 6,
            Part.COUNTRY: 8,
            Part.LANGUAGE: 8,
        },
        Pairing.INNOVATION_MEMBER: {
            Part.WORDS: 20,
            Part.NEED: 25,
            Part.FUNCTIONS: 12,
            Part.OFFENCES: 8,
            Part.SECTORS: 10,
            Part.FOR_WHOM: 8,
            Part.COUNTRY: 7,
            Part.LANGUAGE: 5,
            Part.OPEN_TO: 5,
        },
        Pairing.COUNTRY_INNOVATION: {
            Part.COUNTRY: 40,
            Part.FUNCTIONS: 10,
            Part.SECTORS: 10,
            Part.LANGUAGE: 20,
            Part.MATURITY: 20,
        },
    }
)
"""The usual weight of each part by pairing; each pairing's sum to 100."""
