"""Writes what was said about a commitment, each where it is kept, and the words by which search finds it."""

from collections.abc import Iterable

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError

from hub.commitments.keeping.details import (
    CommitmentDetails,
    PartyDetails,
    PlanDetails,
    first_of_month,
    last_of_month,
    parties_in_order,
)
from hub.commitments.models import (
    ActionPlan,
    Commitment,
    CommitmentParty,
    CommitmentTerm,
    Milestone,
    TermScheme,
)
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.core.transliteration import romanised
from hub.organisations.models import Organisation, OrganisationStatus

PLAIN = (
    "code",
    "title",
    "language",
    "title_in_source",
    "objective",
    "status_quo",
    "ambition",
    "source_url",
    "source_title",
    "retrieved_on",
    "source_notes",
)
"""Fields that are columns of the same name."""

OTHER_YEARS = N_(
    "The hub knows this plan with other years: %(years)s. Enter these, or give the plan its own name."
)
MILESTONE_BEFORE = N_("A milestone is due before this month. Move the milestone first.")


def write(commitment: Commitment, details: CommitmentDetails) -> None:
    """Write what was said and checked; the commitment is held, or new and in the session.

    Raises:
        InvalidError: it does not go with what is stored of the plan or the milestones; names the field.
    """
    for name in PLAIN:
        setattr(commitment, name, getattr(details, name))
    commitment.starts_on = first_of_month(details.starts_on) if details.starts_on else None
    commitment.ends_on = last_of_month(details.ends_on) if details.ends_on else None
    _check_milestones(commitment)
    _write_terms(commitment, details)
    _write_parties(commitment, details.parties)
    commitment.words = search_words(commitment)


def plan_for(country: str, details: PlanDetails, *, but: Commitment | None = None) -> ActionPlan:
    """Return the action plan of a country with this name, stored if it is new.

    Args:
        country: ISO code.
        details: what is said of it.
        but: the commitment that says so; a plan with no other takes its years from it.

    Raises:
        InvalidError: it is known with other years.
        ConflictError: somebody stores it at this moment.
    """
    plans = session().scalars(select(ActionPlan).where(ActionPlan.country == country))
    found = next((each for each in plans if each.name.casefold() == details.name.casefold()), None)
    if found is None:
        found = ActionPlan(
            country=country,
            name=details.name,
            number=details.number,
            cycle_year=details.cycle_year,
            ends_year=details.ends_year,
        )
        session().add(found)
        try:
            session().flush()
        except IntegrityError:
            # somebody stored the same plan at this moment; the transaction is over
            raise ConflictError from None
        return found
    said = (details.cycle_year, details.ends_year or found.ends_year, details.number or found.number)
    known = (found.cycle_year, found.ends_year or details.ends_year, found.number or details.number)
    if said != known and _has_others(found, but):
        years = f"{found.cycle_year}–{found.ends_year or ''}"
        raise InvalidError(OTHER_YEARS, field="plan_year", years=years)
    found.cycle_year, found.ends_year, found.number = said
    return found


def _has_others(plan: ActionPlan, but: Commitment | None) -> bool:
    others = exists().where(Commitment.plan_id == plan.id)
    if but is not None:
        others = others.where(Commitment.id != but.id)
    return bool(session().scalar(select(others)))


def _check_milestones(commitment: Commitment) -> None:
    if commitment.starts_on is None:
        return
    with session().no_autoflush:
        first = session().scalar(
            select(func.min(Milestone.due_on)).where(Milestone.commitment_id == commitment.id)
        )
    if first is not None and first < commitment.starts_on:
        raise InvalidError(MILESTONE_BEFORE, field="starts_on")


def _write_terms(commitment: Commitment, details: CommitmentDetails) -> None:
    own = {(each.scheme, each.code): each for each in commitment.terms}
    said = [
        *((TermScheme.POLICY_AREA, code) for code in details.policy_areas),
        *((TermScheme.OGP_VALUE, code) for code in details.ogp_values),
    ]
    rows = []
    for position, (scheme, code) in enumerate(said):
        row = own.get((scheme, code)) or CommitmentTerm(scheme=scheme, code=code)
        row.position = position
        row.is_doubtful = scheme is TermScheme.POLICY_AREA and code in details.doubtful_policy_areas
        rows.append(row)
    commitment.terms = rows


def _write_parties(commitment: Commitment, parties: Iterable[PartyDetails]) -> None:
    own = {(each.role, each.name, each.country): each for each in commitment.parties}
    said = parties_in_order(parties)
    known = _organisations_named({each.name for each in said if each.name})
    rows = []
    for position, each in enumerate(said):
        row = own.get((each.role, each.name, each.country))
        if row is None:
            row = CommitmentParty(
                role=each.role,
                name=each.name,
                country=each.country,
                organisation_id=known.get(each.name.casefold()),
            )
        row.position = position
        rows.append(row)
    commitment.parties = rows


def _organisations_named(names: set[str]) -> dict[str, int]:
    """Return the ids of verified organisations by their folded names, as far as only one has the name."""
    if not names:
        return {}
    found: dict[str, list[int]] = {}
    with session().no_autoflush:
        rows = session().execute(
            select(Organisation.id, Organisation.name).where(
                Organisation.status == OrganisationStatus.VERIFIED,
                func.lower(Organisation.name).in_({name.lower() for name in names}),
            )
        )
    for number, name in rows:
        found.setdefault(name.casefold(), []).append(number)
    return {name: numbers[0] for name, numbers in found.items() if len(numbers) == 1}


def search_words(commitment: Commitment) -> str:
    """Return what search looks in: code, titles, texts, plan and actors, in small Latin letters."""
    parts = [
        commitment.code,
        commitment.title,
        commitment.title_in_source,
        commitment.objective,
        commitment.status_quo,
        commitment.ambition,
        commitment.plan.name,
        *(each.name for each in commitment.parties),
    ]
    return " ".join(romanised(part) for part in parts if part)
