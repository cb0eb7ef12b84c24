"""The sentences of reasons, as message ids: what fits, what does not and what is missing, by who looks at what."""

from collections.abc import Mapping
from enum import StrEnum

from hub.core.i18n import N_
from hub.matching.facts import Kind
from hub.matching.parts import Pairing, Part


class Sides(StrEnum):
    """Who looks, or for what somebody looks, and what is suggested."""

    YOU_IT = "you_it"
    YOU_THEY = "you_they"
    IT_IT = "it_it"
    IT_THEY = "it_they"
    COUNTRY_IT = "country_it"


def sides_of(pairing: Pairing) -> Sides:
    """Return between whom a pairing is, as the sentences tell it."""
    if pairing is Pairing.COUNTRY_INNOVATION:
        return Sides.COUNTRY_IT
    is_person = pairing.value.endswith(Kind.MEMBER.value)
    if pairing.value.startswith(Kind.MEMBER.value):
        return Sides.YOU_THEY if is_person else Sides.YOU_IT
    return Sides.IT_THEY if is_person else Sides.IT_IT


BOTH_SAY: Mapping[Sides, str] = {
    Sides.YOU_IT: N_("You and its text both say: %(words)s"),
    Sides.YOU_THEY: N_("You both say: %(words)s"),
    Sides.IT_IT: N_("Both texts say: %(words)s"),
    Sides.IT_THEY: N_("Its text and their profile both say: %(words)s"),
}
"""Where the same words stand in both texts."""

EACH_SAYS: Mapping[Sides, str] = {
    Sides.YOU_IT: N_("You say: %(left)s — its text says: %(right)s"),
    Sides.YOU_THEY: N_("You say: %(left)s — they say: %(right)s"),
    Sides.IT_THEY: N_("Its text says: %(left)s — their profile says: %(right)s"),
}
"""Where words of the same meaning stand in both, in other forms or another language."""

EACH_THING_SAYS: Mapping[Pairing, str] = {
    Pairing.REQUEST_ORGANISATION: N_("The request says: %(left)s — the organisation says: %(right)s"),
    Pairing.REQUEST_INNOVATION: N_("The request says: %(left)s — the innovation says: %(right)s"),
    Pairing.INNOVATION_REQUEST: N_("The innovation says: %(left)s — the request says: %(right)s"),
}
"""The same between two things, each by what it is."""

NEEDED: Mapping[Pairing, tuple[str, str]] = {
    Pairing.MEMBER_INNOVATION: (
        N_("You look for this, and its text speaks of it: %(words)s"),
        N_("You look for: %(left)s — its text says: %(right)s"),
    ),
    Pairing.MEMBER_REQUEST: (
        N_("You offer this, and it asks for it: %(words)s"),
        N_("You offer: %(left)s — it asks for: %(right)s"),
    ),
    Pairing.MEMBER_MEMBER: (
        N_("What one of you looks for, the other offers: %(words)s"),
        N_("What one of you looks for, the other offers: you say %(left)s, they say %(right)s"),
    ),
    Pairing.REQUEST_MEMBER: (
        N_("It asks for this, and they offer it: %(words)s"),
        N_("It asks for: %(left)s — they offer: %(right)s"),
    ),
    Pairing.INNOVATION_MEMBER: (
        N_("They look for this, and its text speaks of it: %(words)s"),
        N_("Its text says: %(left)s — they look for: %(right)s"),
    ),
}
"""Where one side needs what the other offers: in the same words, and in others."""

NAMED: Mapping[Part, Mapping[Sides, str]] = {
    Part.SKILLS: {
        Sides.YOU_IT: N_("It names what you can do: %(names)s"),
        Sides.YOU_THEY: N_("You both can do this: %(names)s"),
        Sides.IT_THEY: N_("They can do what it names: %(names)s"),
        Sides.IT_IT: N_("Both name the skill: %(names)s"),
    },
    Part.FUNCTIONS: {
        Sides.YOU_IT: N_("It is for what you do: %(names)s"),
        Sides.YOU_THEY: N_("You both do this: %(names)s"),
        Sides.IT_THEY: N_("They do what it is for: %(names)s"),
        Sides.IT_IT: N_("Both are for this: %(names)s"),
        Sides.COUNTRY_IT: N_("It is for what requests of the country ask for: %(names)s"),
    },
    Part.OFFENCES: {
        Sides.YOU_IT: N_("It is about what you work on: %(names)s"),
        Sides.YOU_THEY: N_("You both work on this: %(names)s"),
        Sides.IT_THEY: N_("They work on what it is about: %(names)s"),
        Sides.IT_IT: N_("Both are about this: %(names)s"),
        Sides.COUNTRY_IT: N_("It is about what requests of the country name: %(names)s"),
    },
    Part.SECTORS: {
        Sides.YOU_IT: N_("It is for a sector that you know well: %(names)s"),
        Sides.YOU_THEY: N_("You both know this sector: %(names)s"),
        Sides.IT_THEY: N_("They know its sector well: %(names)s"),
        Sides.IT_IT: N_("Both are for this sector: %(names)s"),
        Sides.COUNTRY_IT: N_("It is for a sector that requests of the country name: %(names)s"),
    },
    Part.STANDARDS: {
        Sides.YOU_IT: N_("It uses a data standard of yours: %(names)s"),
        Sides.YOU_THEY: N_("You both use the data standard: %(names)s"),
        Sides.IT_THEY: N_("They know its data standard: %(names)s"),
        Sides.IT_IT: N_("Both use the data standard: %(names)s"),
    },
    Part.FOR_WHOM: {
        Sides.YOU_IT: N_("It is meant for people like you: %(names)s"),
        Sides.YOU_THEY: N_("You are of the same kind: %(names)s"),
        Sides.IT_THEY: N_("It is meant for people like them: %(names)s"),
        Sides.IT_IT: N_("Both are meant for: %(names)s"),
    },
    Part.OPEN_TO: {
        Sides.YOU_IT: N_("It looks for what you are open to: %(names)s"),
        Sides.YOU_THEY: N_("You are both open to: %(names)s"),
        Sides.IT_THEY: N_("They are open to what it looks for: %(names)s"),
        Sides.IT_IT: N_("Both look for: %(names)s"),
    },
    Part.COUNTRY: {
        Sides.YOU_IT: N_("It is at home or in use where you are: %(names)s"),
        Sides.YOU_THEY: N_("You are in the same country: %(names)s"),
        Sides.IT_THEY: N_("They are where it is: %(names)s"),
        Sides.IT_IT: N_("Both are at home or in use in: %(names)s"),
        Sides.COUNTRY_IT: N_("It is at home or in use there: %(names)s"),
    },
    Part.LANGUAGE: {
        Sides.YOU_IT: N_("It is in a language that you work in: %(names)s"),
        Sides.YOU_THEY: N_("You share a language: %(names)s"),
        Sides.IT_THEY: N_("They work in its language: %(names)s"),
        Sides.IT_IT: N_("Both are in: %(names)s"),
        Sides.COUNTRY_IT: N_("It is in a language of the country: %(names)s"),
    },
    Part.MATURITY: dict.fromkeys(Sides, N_("How far it is: %(names)s")),
}
"""What both sides name, by the part."""

NEAR: Mapping[Sides, str] = {
    Sides.YOU_IT: N_("It is at home or in use in the same region as you (%(region)s): %(names)s"),
    Sides.YOU_THEY: N_("They are in the same region as you (%(region)s): %(names)s"),
    Sides.IT_THEY: N_("They are in the same region (%(region)s): %(names)s"),
    Sides.IT_IT: N_("It is at home or in use in the same region (%(region)s): %(names)s"),
    Sides.COUNTRY_IT: N_("It is at home or in use in the same region (%(region)s): %(names)s"),
}
"""Where countries are of one sub-region of the United Nations and not the same."""

ELSEWHERE: Mapping[bool, str] = {
    False: N_("It is at home or in use elsewhere: %(names)s"),
    True: N_("They are elsewhere: %(names)s"),
}
"""Where countries differ; True of a person."""

LEFT_NAMES: Mapping[str, str] = {
    Kind.MEMBER: N_("you name %(names)s"),
    Kind.REQUEST: N_("the request names %(names)s"),
    Kind.INNOVATION: N_("the innovation names %(names)s"),
    "country": N_("requests of the country name %(names)s"),
}

LEFT_SILENT: Mapping[str, str] = {
    Kind.MEMBER: N_("your profile does not say"),
    Kind.REQUEST: N_("the request does not say"),
    Kind.INNOVATION: N_("the innovation does not say"),
    "country": N_("no request of the country says"),
}

SPOKEN_THERE = N_("the country speaks %(names)s")
"""The languages of a country, which no request names."""

RIGHT_NAMES: Mapping[bool, str] = {False: N_("it names %(names)s"), True: N_("they name %(names)s")}
"""What is suggested names something else; True where it is a person."""

RIGHT_SILENT: Mapping[bool, str] = {False: N_("it does not say"), True: N_("they do not say")}

LEFT_OUT = N_("you leave it out")
"""Of a part that the reader wants left out."""

NOTHING_ALIKE: Mapping[Part, str] = {
    Part.WORDS: N_("hardly a word in common"),
    Part.NEED: N_("hardly anything that one side needs stands in what the other says"),
}
"""Where two texts have hardly anything in common."""

NOTHING_NEEDED: Mapping[Pairing, str] = {
    Pairing.MEMBER_INNOVATION: N_("hardly anything that you look for stands in its text"),
    Pairing.MEMBER_REQUEST: N_("it asks for hardly anything that you offer"),
    Pairing.MEMBER_MEMBER: N_("what one of you looks for, the other hardly offers"),
    Pairing.REQUEST_MEMBER: N_("they offer hardly anything that it asks for"),
    Pairing.INNOVATION_MEMBER: N_("they look for hardly anything that its text says"),
}
"""The same of what one side needs, by who that is."""

NOTHING_SAID = N_("neither says anything")

UNSUITABLE = N_("Its owner says that it cannot be used in %(names)s")

OF_PART = N_("%(part)s: %(said)s")
BOTH_CLAUSES = N_("%(one)s; %(other)s")

SHORT_NAMES: Mapping[Part, str] = {
    Part.WORDS: N_("Words"),
    Part.NEED: N_("Need and offer"),
    Part.SKILLS: N_("Skills"),
    Part.FUNCTIONS: N_("What it is for"),
    Part.OFFENCES: N_("Offences"),
    Part.SECTORS: N_("Sectors"),
    Part.STANDARDS: N_("Data standards"),
    Part.FOR_WHOM: N_("For whom"),
    Part.OPEN_TO: N_("Open to"),
    Part.COUNTRY: N_("Country"),
    Part.LANGUAGE: N_("Language"),
    Part.MATURITY: N_("Stage and evidence"),
}
"""What each part is called at the head of a sentence and in a table."""

FIELDS: Mapping[Part, tuple[str, str]] = {
    Part.WORDS: ("biography", N_("Say more of your work")),
    Part.NEED: ("needs", N_("Say what you need")),
    Part.SKILLS: ("skills", N_("Add your skills")),
    Part.FUNCTIONS: ("functions", N_("Add what you help to do")),
    Part.OFFENCES: ("offences-list", N_("Add the offences that you work on")),
    Part.SECTORS: ("sectors-list", N_("Add the sectors that you know well")),
    Part.FOR_WHOM: ("member_type", N_("Say what you do")),
    Part.OPEN_TO: ("open_to", N_("Add what you are open to")),
    Part.COUNTRY: ("country", N_("Add your country")),
    Part.LANGUAGE: ("languages", N_("Add the languages that you work in")),
}
"""Where on one's own profile each part is said: the anchor of its field, and what the link to it says."""

OFFER_FIELD = ("offers", N_("Say what you offer"))
"""The same, where what one offers is compared with what a request asks for."""
