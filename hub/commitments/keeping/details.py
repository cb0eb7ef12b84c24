"""What somebody says about a commitment, whole, before it is stored."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hub.commitments.models import ActionPlan, Commitment, PartyRole, Precision, TermScheme


@dataclass(frozen=True)
class PlanDetails:
    """The action plan that a commitment belongs to.

    Args:
        name: as the government calls it.
        cycle_year: the year in which it began.
        ends_year: the year in which it ended or ends, if known.
        number: its place among the plans of the country, from 1, if known.
    """

    name: str
    cycle_year: int
    ends_year: int | None = None
    number: int | None = None


@dataclass(frozen=True)
class PartyDetails:
    """An institution, or a country as such.

    Args:
        role: what it has to do with the commitment.
        name: its name; may be empty where a country is named.
        country: ISO code of the country, where that is said.
    """

    role: PartyRole
    name: str = ""
    country: str | None = None


@dataclass(frozen=True, kw_only=True)
class CommitmentDetails:
    """All that a record says but for its timeline; days are brought to the first or the last of their month.

    Args:
        code: as the Open Government Partnership writes it, such as UK0066.
        country: ISO code.
        plan: the action plan.
        title: in `language`.
        language: BCP 47 tag of the texts.
        title_in_source: where the source writes the title oddly, exactly as it does.
        objective: what it was to achieve.
        status_quo: what was wrong.
        ambition: what was to be different.
        policy_areas: codes of `ogp_policy_areas`, in their order.
        doubtful_policy_areas: those of them that the source says and that hardly fit.
        ogp_values: codes of `ogp_values`.
        parties: who leads, supports, is interested.
        starts_on: the month in which it began.
        ends_on: the month in which it was due.
        source_url: where the promise can be read.
        source_title: what the source is called.
        retrieved_on: on which day it was read there.
        source_notes: what is odd, uncertain or derived.
    """

    code: str
    country: str
    plan: PlanDetails
    title: str
    language: str = "en-GB"
    title_in_source: str = ""
    objective: str = ""
    status_quo: str = ""
    ambition: str = ""
    policy_areas: tuple[str, ...] = ()
    doubtful_policy_areas: tuple[str, ...] = ()
    ogp_values: tuple[str, ...] = ()
    parties: tuple[PartyDetails, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    source_url: str = ""
    source_title: str = ""
    retrieved_on: date | None = None
    source_notes: str = ""


@dataclass(frozen=True)
class EventDetails:
    """Something that happened to a commitment.

    Args:
        happened_on: the day, or any day of the month or year.
        words: what happened, in own words.
        precision: how exactly the day is known.
        source_url: where that can be read.
        retrieved_on: when it was read there.
    """

    happened_on: date
    words: str
    precision: Precision = Precision.DAY
    source_url: str = ""
    retrieved_on: date | None = None


def first_of_month(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def details_of(commitment: Commitment) -> CommitmentDetails:
    """Return what a stored record says."""
    return CommitmentDetails(
        code=commitment.code,
        country=commitment.country,
        plan=plan_details_of(commitment.plan),
        title=commitment.title,
        language=commitment.language,
        title_in_source=commitment.title_in_source,
        objective=commitment.objective,
        status_quo=commitment.status_quo,
        ambition=commitment.ambition,
        policy_areas=tuple(term.code for term in commitment.terms if term.scheme is TermScheme.POLICY_AREA),
        doubtful_policy_areas=tuple(
            term.code
            for term in commitment.terms
            if term.scheme is TermScheme.POLICY_AREA and term.is_doubtful
        ),
        ogp_values=tuple(term.code for term in commitment.terms if term.scheme is TermScheme.OGP_VALUE),
        parties=parties_in_order(
            PartyDetails(each.role, each.name, each.country) for each in commitment.parties
        ),
        starts_on=commitment.starts_on,
        ends_on=commitment.ends_on,
        source_url=commitment.source_url,
        source_title=commitment.source_title,
        retrieved_on=commitment.retrieved_on,
        source_notes=commitment.source_notes,
    )


def plan_details_of(plan: ActionPlan) -> PlanDetails:
    """Return what a stored plan says."""
    return PlanDetails(plan.name, plan.cycle_year, plan.ends_year, plan.number)


def parties_in_order(parties: Iterable[PartyDetails]) -> tuple[PartyDetails, ...]:
    """Return parties role by role, in their order within each role."""
    roles = list(PartyRole)
    return tuple(sorted(parties, key=lambda each: roles.index(each.role)))
