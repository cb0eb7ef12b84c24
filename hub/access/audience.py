"""Audiences, the widest of them that each TLP 2.0 label allows, and the labels that searches filter by."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PUBLIC_LABEL = "public"
MEMBER_LABEL = "member"
LAW_ENFORCEMENT_LABEL = "le"

EVERY_MEMBER = frozenset({PUBLIC_LABEL, MEMBER_LABEL})
"""What bears one of these labels, every member may read."""


class Audience(StrEnum):
    """Who may read a thing."""

    PUBLIC = "public"
    MEMBERS = "members"
    LAW_ENFORCEMENT = "law_enforcement"
    ORGANISATIONS = "organisations"
    PEOPLE = "people"


class Tlp(StrEnum):
    """How a reader may pass a thing on; TLP 2.0 of FIRST (https://www.first.org/tlp/). Never translated."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


CEILING: dict[Tlp, frozenset[Audience]] = {
    Tlp.CLEAR: frozenset({Audience.PUBLIC, Audience.MEMBERS}),
    Tlp.GREEN: frozenset({Audience.MEMBERS}),
    Tlp.AMBER: frozenset({Audience.ORGANISATIONS, Audience.LAW_ENFORCEMENT}),
    Tlp.AMBER_STRICT: frozenset({Audience.ORGANISATIONS}),
    Tlp.RED: frozenset({Audience.PEOPLE}),
}
"""The audiences that each label allows; an audience narrower than members needs at least AMBER."""


@dataclass(frozen=True)
class Readership:
    """An audience together with the countries, organisations or people it names.

    Args:
        audience: the kind of audience.
        tlp: the label.
        countries: ISO 3166-1 alpha-2 codes that limit law enforcement; none means all countries.
        organisations: ids of named organisations.
        people: ids of named members.
    """

    audience: Audience
    tlp: Tlp
    countries: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def is_allowed(self) -> bool:
        """Whether the label allows the audience and the audience names whom it must name."""
        names_somebody = {
            Audience.ORGANISATIONS: bool(self.organisations),
            Audience.PEOPLE: bool(self.people),
        }.get(self.audience, True)
        return self.audience in CEILING[self.tlp] and names_somebody

    @property
    def labels(self) -> frozenset[str]:
        """The visibility labels; who holds one of them may read the thing."""
        if self.audience is Audience.PUBLIC:
            return frozenset({PUBLIC_LABEL})
        if self.audience is Audience.MEMBERS:
            return frozenset({MEMBER_LABEL})
        if self.audience is Audience.ORGANISATIONS:
            return frozenset(organisation_label(number) for number in self.organisations)
        if self.audience is Audience.PEOPLE:
            return frozenset(person_label(number) for number in self.people)
        return frozenset(country_label(code) for code in self.countries) or frozenset({LAW_ENFORCEMENT_LABEL})


def country_label(code: str) -> str:
    """Return the label of law enforcement of one country, such as `le:GE`."""
    return f"{LAW_ENFORCEMENT_LABEL}:{code}"


def organisation_label(organisation_id: int) -> str:
    """Return the label of the active members of one organisation."""
    return f"org:{organisation_id}"


def person_label(member_id: int) -> str:
    """Return the label of one member."""
    return f"person:{member_id}"


def covers(wide: str, narrow: str) -> bool:
    """Whether everybody who holds label `narrow` also holds, or outranks, label `wide`."""
    if wide in (narrow, PUBLIC_LABEL):
        return True
    if wide == MEMBER_LABEL:
        return narrow != PUBLIC_LABEL
    return wide == LAW_ENFORCEMENT_LABEL and narrow.startswith(f"{LAW_ENFORCEMENT_LABEL}:")


def is_within(labels: Iterable[str], bounds: Iterable[str]) -> bool:
    """Whether each of `labels` is covered by one of `bounds`: the readership does not widen."""
    bounds = tuple(bounds)
    return all(any(covers(bound, label) for bound in bounds) for label in labels)


def meet(first: Iterable[str], second: Iterable[str]) -> frozenset[str]:
    """Return the labels of those who are inside both readerships, never of anybody else."""
    first, second = tuple(first), tuple(second)
    inside_second = {label for label in first if any(covers(bound, label) for bound in second)}
    inside_first = {label for label in second if any(covers(bound, label) for bound in first)}
    return frozenset(inside_first | inside_second)


def is_lowered(before: Tlp, after: Tlp) -> bool:
    """Whether readers may pass a thing on to more people under `after` than under `before`."""
    order = list(Tlp)
    return order.index(after) < order.index(before)


def stricter(first: Tlp, second: Tlp) -> Tlp:
    """Return that of two labels under which a thing may be passed on to fewer people."""
    return first if is_lowered(first, second) else second


def is_wider(before: Readership, after: Readership) -> bool:
    """Whether `after` lets somebody read a thing, or pass it on, whom `before` does not."""
    return not is_within(after.labels, before.labels) or is_lowered(before.tlp, after.tlp)


def narrowed(present: Readership, chosen: Readership) -> Readership | None:
    """Return what of `chosen` may take effect at once: who is inside both, under the stricter label.

    Returns:
        `chosen` itself where it is not wider, `present` where it is only wider; None where nobody is inside both.
    """
    labels = meet(present.labels, chosen.labels)
    if not labels:
        return None
    audience = chosen.audience if is_within(chosen.labels, present.labels) else present.audience
    return readership_of(audience, stricter(present.tlp, chosen.tlp), labels)


def readership_of(audience: Audience, tlp: Tlp, labels: Iterable[str]) -> Readership:
    """Return the readership that `labels` were made from."""
    named: dict[str, set[str]] = {"le": set(), "org": set(), "person": set()}
    for label in labels:
        kind, _, value = label.partition(":")
        if value:
            named[kind].add(value)
    return Readership(
        audience,
        tlp,
        countries=frozenset(named["le"]),
        organisations=frozenset(int(value) for value in named["org"]),
        people=frozenset(int(value) for value in named["person"]),
    )
