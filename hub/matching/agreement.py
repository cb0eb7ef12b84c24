"""How the chosen codes of two sides agree. Knows no database; every rule is a row of a table or a pure function."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import sqrt
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from hub.matching.facts import Facts, Scheme
from hub.matching.parts import Pairing, Part
from hub.vocabularies import loader

Codes = Mapping[Scheme, frozenset[str]]


class Way(StrEnum):
    """How codes agree."""

    SHARE = "share"
    """By what both lists hold against how long they are: who ticks everything fits nothing well."""
    ANY = "any"
    """Wholly, where one code is in both."""


class Compared(NamedTuple):
    """What of the right side is compared for a part.

    Args:
        left: schemes of the left side that the wanted codes come from; without any of them it is silent.
        right: scheme of the right side.
        way: how they agree.
        wanted: gives the codes looked for on the right from those of the left; as they are where None.
    """

    left: tuple[Scheme, ...]
    right: Scheme
    way: Way = Way.SHARE
    wanted: Callable[[Codes], frozenset[str]] | None = None


@dataclass(frozen=True)
class Agreement:
    """How the codes of two sides agree in one part.

    Args:
        value: 0 to 1.
        matched: codes of the right side that fit.
        left, right: the codes of either side.
        is_against: whether the right side says that it is not for the left.
    """

    value: float
    matched: frozenset[str]
    left: frozenset[str]
    right: frozenset[str]
    is_against: bool = False


LIKELY_USERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "innovator": frozenset({"developers", "data_publishers"}),
        "technologist": frozenset({"developers", "data_publishers"}),
        "data_scientist": frozenset({"developers", "researchers", "data_publishers"}),
        "law_enforcement": frozenset({"law_enforcement", "prosecutors", "anti_corruption_agencies"}),
        "business": frozenset({"businesses", "suppliers", "compliance_officers"}),
        "civil_society": frozenset({"civil_society", "journalists", "citizens", "people_who_report"}),
        "government": frozenset(
            {
                "anti_corruption_agencies",
                "auditors",
                "civil_servants",
                "competition_authorities",
                "data_publishers",
                "members_of_parliament",
                "policy_makers",
                "procurement_officers",
            }
        ),
        "academia": frozenset({"researchers", "students_and_teachers"}),
        "funder": frozenset({"funders"}),
    }
)
"""Which intended users the members of a type are likely to be."""

ASKED_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "pilot_partner": frozenset({"pilot"}),
        "evaluation": frozenset({"evaluate"}),
        "mentoring": frozenset({"mentor"}),
        "showcase_speaker": frozenset({"speak"}),
    }
)
"""What people must be open to for a request of a type; for all other types, to collaborate."""

COLLABORATE = frozenset({"collaborate"})
EARLY = frozenset({"concept", "development", "beta"})
"""Stages in which an innovation needs somebody to try it."""

LITTLE_EVIDENCE = frozenset({"0", "1"})

STAGES: Mapping[str, float] = MappingProxyType(
    {
        "stable": 1.0,
        "beta": 0.7,
        "development": 0.4,
        "on_hold": 0.3,
        "concept": 0.2,
        "obsolete": 0.0,
        "abandoned": 0.0,
    }
)
MOST_EVIDENCE = 5
MATURE = 0.5
"""Stage and evidence speak for an innovation from here."""

SAME_REGION = 0.5


def users_like(codes: Codes) -> frozenset[str]:
    """Return the intended users that a member of a type is likely one of."""
    types = codes.get(Scheme.MEMBER_TYPES, frozenset())
    return frozenset().union(*(LIKELY_USERS.get(each, frozenset()) for each in types))


def types_like(codes: Codes) -> frozenset[str]:
    """Return the member types that are likely among the intended users of an innovation."""
    users = codes.get(Scheme.INTENDED_USERS, frozenset())
    return frozenset(each for each, theirs in LIKELY_USERS.items() if theirs & users)


def asked_by_request(codes: Codes) -> frozenset[str]:
    """Return what people must be open to for a request."""
    types = codes.get(Scheme.TYPE, frozenset())
    return frozenset().union(*(ASKED_OF.get(each, COLLABORATE) for each in types))


def asked_by_innovation(codes: Codes) -> frozenset[str]:
    """Return what people must be open to for an innovation: to try what is young, to evaluate what is unproven."""
    pilot = {"pilot"} if codes.get(Scheme.STAGE, frozenset()) & EARLY else set()
    evaluate = {"evaluate"} if codes.get(Scheme.EVIDENCE, frozenset()) & LITTLE_EVIDENCE else set()
    return frozenset(pilot | evaluate) or COLLABORATE


def requests_open_to(codes: Codes) -> frozenset[str]:
    """Return the types of request for which a member is open to what they ask."""
    open_to = codes.get(Scheme.OPEN_TO, frozenset())
    types = loader.vocabulary("request_types").codes
    return frozenset(each for each in types if ASKED_OF.get(each, COLLABORATE) & open_to)


_SAME: Mapping[Part, Compared] = MappingProxyType(
    {
        Part.SKILLS: Compared((Scheme.SKILLS,), Scheme.SKILLS),
        Part.FUNCTIONS: Compared((Scheme.FUNCTIONS,), Scheme.FUNCTIONS),
        Part.OFFENCES: Compared((Scheme.OFFENCES,), Scheme.OFFENCES),
        Part.SECTORS: Compared((Scheme.SECTORS,), Scheme.SECTORS),
        Part.STANDARDS: Compared((Scheme.STANDARDS,), Scheme.STANDARDS),
        Part.LANGUAGE: Compared((Scheme.LANGUAGES,), Scheme.LANGUAGES, Way.ANY),
    }
)
_SAME_TYPE = Compared((Scheme.MEMBER_TYPES,), Scheme.MEMBER_TYPES, Way.ANY)
_OF_PAIRING: Mapping[tuple[Pairing, Part], Compared] = MappingProxyType(
    {
        (Pairing.MEMBER_INNOVATION, Part.FOR_WHOM): Compared(
            (Scheme.MEMBER_TYPES,), Scheme.INTENDED_USERS, Way.ANY, users_like
        ),
        (Pairing.INNOVATION_MEMBER, Part.FOR_WHOM): Compared(
            (Scheme.INTENDED_USERS,), Scheme.MEMBER_TYPES, Way.ANY, types_like
        ),
        (Pairing.MEMBER_REQUEST, Part.FOR_WHOM): _SAME_TYPE,
        (Pairing.REQUEST_MEMBER, Part.FOR_WHOM): _SAME_TYPE,
        (Pairing.MEMBER_REQUEST, Part.OPEN_TO): Compared(
            (Scheme.OPEN_TO,), Scheme.TYPE, Way.ANY, requests_open_to
        ),
        (Pairing.REQUEST_MEMBER, Part.OPEN_TO): Compared(
            (Scheme.TYPE,), Scheme.OPEN_TO, Way.ANY, asked_by_request
        ),
        (Pairing.INNOVATION_MEMBER, Part.OPEN_TO): Compared(
            (Scheme.STAGE, Scheme.EVIDENCE), Scheme.OPEN_TO, Way.ANY, asked_by_innovation
        ),
    }
)


def compared(pairing: Pairing, part: Part) -> Compared | None:
    """Return how the codes of a part are compared; None for texts, countries and maturity."""
    return _OF_PAIRING.get((pairing, part)) or _SAME.get(part)


def wanted_on_the_right(how: Compared, left: Codes) -> frozenset[str]:
    """Return the codes that the left side looks for on the right; empty where it is silent."""
    if how.wanted:
        return how.wanted(left) if any(left.get(scheme) for scheme in how.left) else frozenset()
    return frozenset(normal(scheme, code) for scheme in how.left for code in left.get(scheme, ()))


def normal(scheme: Scheme, code: str) -> str:
    """Return a code as it is compared: a language without its country or script, all others as they are."""
    return code.replace("_", "-").partition("-")[0].lower() if scheme is Scheme.LANGUAGES else code


def agreement(pairing: Pairing, part: Part, left: Facts, right: Facts) -> Agreement:
    """Compare the codes of two sides in one part.

    Raises:
        KeyError: the part compares texts.
    """
    if part is Part.COUNTRY:
        return _in_country(left.codes, right.codes)
    if part is Part.MATURITY:
        return _mature(right.codes)
    how = compared(pairing, part)
    if how is None:
        raise KeyError(part)
    ours = frozenset(code for scheme in how.left for code in left.codes.get(scheme, ()))
    theirs = right.codes.get(how.right, frozenset())
    wanted = wanted_on_the_right(how, left.codes)
    fits = frozenset(code for code in theirs if normal(how.right, code) in wanted)
    met = {normal(how.right, code) for code in fits}
    held = {normal(how.right, code) for code in theirs}
    return Agreement(share(len(met), len(wanted), len(held), how.way), fits, ours, theirs)


def share(met: int, wanted: int, held: int, way: Way) -> float:
    """Return how far lists agree that have `met` codes in common, of `wanted` on the left and `held` on the right.

    That is the cosine of the two: 1 for equal lists, and little for one code among many.
    """
    if not met:
        return 0.0
    return 1.0 if way is Way.ANY else met / sqrt(wanted * held)


def _in_country(left: Codes, right: Codes) -> Agreement:
    ours, theirs = left.get(Scheme.COUNTRIES, frozenset()), right.get(Scheme.COUNTRIES, frozenset())
    same = ours & theirs
    if ours and ours <= right.get(Scheme.UNSUITABLE, frozenset()):
        return Agreement(0.0, frozenset(), ours, theirs, is_against=True)
    if same:
        return Agreement(1.0, same, ours, theirs)
    near = bool(neighbours(ours) & theirs)
    return Agreement(SAME_REGION if near else 0.0, frozenset(), ours, theirs)


def _mature(right: Codes) -> Agreement:
    stages, levels = right.get(Scheme.STAGE, frozenset()), right.get(Scheme.EVIDENCE, frozenset())
    values = [*sorted(map(stage_value, stages)), *sorted(map(evidence_value, levels))]
    value = sum(values) / len(values) if values else 0.0
    said = stages | levels
    return Agreement(value, said if value >= MATURE else frozenset(), frozenset(), said)


def stage_value(code: str) -> float:
    """Return how far a stage speaks for an innovation, 0 to 1."""
    return STAGES.get(code, 0.0)


def evidence_value(code: str) -> float:
    """Return how far a level of evidence speaks for an innovation, 0 to 1."""
    return int(code) / MOST_EVIDENCE


def neighbours(countries: frozenset[str]) -> frozenset[str]:
    """Return all countries of the sub-regions (UN M49) that some countries are in, themselves among them."""
    return frozenset().union(*(_region_of().get(country, frozenset()) for country in countries))


def regions_of(countries: frozenset[str]) -> frozenset[str]:
    """Return the codes of the sub-regions (UN M49) that some countries are in, as the CLDR names them."""
    return frozenset(code for code, together in _regions().items() if together & countries)


@cache
def _region_of() -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for together in _regions().values():
        found.update(dict.fromkeys(together, together))
    return dict(found)


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    data = json.loads((Path(loader.DATA) / "lists" / "regions.json").read_text(encoding="utf-8"))
    return {each["code"]: frozenset(each["countries"]) for each in data["regions"]}
