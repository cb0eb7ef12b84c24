"""What can never be true of a commitment or an event: codes, lengths, addresses, days that come before others."""

from collections.abc import Iterator
from datetime import date

from hub.catalogue.models.checking import (
    check_address,
    check_code,
    check_country,
    check_language,
    check_text,
    checked_words,
)
from hub.commitments.codes import is_code
from hub.commitments.keeping.details import CommitmentDetails, EventDetails, PartyDetails, PlanDetails
from hub.commitments.models.commitment import NAME_LENGTH, TEXT_LENGTH, TITLE_LENGTH, WORDS_LENGTH
from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_

FIRST_YEAR = 2011
"""The Open Government Partnership began in this year, and so did the first action plans."""

YEARS_AHEAD = 10
"""How far ahead plans and days may lie."""

MOST_ROWS = 40
"""Parties of one commitment."""

MOST_CODES = 20
MOST_PLANS = 30

NO_CODE = N_(
    "Write the code as the Open Government Partnership does: letters, then four digits, such as UK0066."
)
NO_YEAR = N_("Enter a year from %(first)s to %(last)s.")
ON_ONE_LINE = N_("Write this on one line.")

TEXTS = ("objective", "status_quo", "ambition", "source_notes")


def check_details(details: CommitmentDetails) -> None:
    """Refuse what can never be true of a commitment.

    Raises:
        InvalidError: the first field at fault, named.
    """
    fault = next(faults_in(details), None)
    if fault is not None:
        raise fault


def faults_in(details: CommitmentDetails) -> Iterator[InvalidError]:
    """Yield everything that can never be true of a commitment, each with its field."""
    for check in (
        _check_code,
        _check_country,
        _check_title,
        _check_language,
        _check_texts,
        _check_policy_areas,
        _check_ogp_values,
        _check_days,
        _check_source,
    ):
        try:
            check(details)
        except InvalidError as fault:
            yield fault
    yield from _plan_faults(details.plan)
    yield from _party_faults(details.parties)


def check_event(event: EventDetails) -> None:
    """Refuse what can never be an event of a timeline.

    Raises:
        InvalidError: names the field.
    """
    checked_words(event.words, WORDS_LENGTH, N_("Say what happened."))
    _check_year("happened_on", event.happened_on.year)
    if event.happened_on > clock.now().date():
        raise InvalidError(N_("This day is still to come."), field="happened_on")
    _check_source_of(event.source_url, event.retrieved_on)


def _check_code(details: CommitmentDetails) -> None:
    if not is_code(details.code):
        raise InvalidError(NO_CODE, field="code")


def _check_country(details: CommitmentDetails) -> None:
    check_country("country", details.country)


def _check_title(details: CommitmentDetails) -> None:
    if not any(sign.isalnum() for sign in details.title):
        raise InvalidError(N_("Enter a title."), field="title")
    for name in ("title", "title_in_source", "source_title"):
        _check_line(name, getattr(details, name), TITLE_LENGTH)


def _check_line(name: str, value: str, limit: int) -> None:
    if "\n" in value or "\r" in value:
        raise InvalidError(ON_ONE_LINE, field=name)
    check_text(name, value, limit)


def _check_language(details: CommitmentDetails) -> None:
    check_language("language", details.language)


def _check_texts(details: CommitmentDetails) -> None:
    for name in TEXTS:
        check_text(name, getattr(details, name), TEXT_LENGTH)


def _check_policy_areas(details: CommitmentDetails) -> None:
    _check_codes("policy_areas", details.policy_areas, "ogp_policy_areas")
    if not set(details.doubtful_policy_areas) <= set(details.policy_areas):
        raise InvalidError(
            N_("Only what stands among the policy areas can be marked as doubtful."),
            field="doubtful_policy_areas",
        )


def _check_ogp_values(details: CommitmentDetails) -> None:
    _check_codes("ogp_values", details.ogp_values, "ogp_values")


def _check_codes(name: str, codes: tuple[str, ...], vocabulary_name: str) -> None:
    if len(codes) > MOST_CODES:
        raise InvalidError(N_("Choose fewer."), field=name)
    if len(set(codes)) != len(codes):
        raise InvalidError(N_("Name each once."), field=name)
    for code in codes:
        check_code(name, code, vocabulary_name)


def _check_days(details: CommitmentDetails) -> None:
    for name in ("starts_on", "ends_on"):
        day = getattr(details, name)
        if day is not None:
            _check_year(name, day.year)
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise InvalidError(N_("It ends before it begins."), field="ends_on")


def _check_year(name: str, year: int) -> None:
    last = clock.now().year + YEARS_AHEAD
    if not FIRST_YEAR <= year <= last:
        raise InvalidError(NO_YEAR, field=name, first=FIRST_YEAR, last=last)


def _check_source(details: CommitmentDetails) -> None:
    _check_source_of(details.source_url, details.retrieved_on)


def _check_source_of(url: str, retrieved_on: date | None) -> None:
    if url:
        check_address("source_url", url)
        if retrieved_on is None:
            raise InvalidError(N_("Say on which day you read the source."), field="retrieved_on")
    if retrieved_on is not None and retrieved_on > clock.now().date():
        raise InvalidError(N_("This day is still to come."), field="retrieved_on")


def _plan_faults(plan: PlanDetails) -> Iterator[InvalidError]:
    for check in (_check_plan_name, _check_plan_years, _check_plan_number):
        try:
            check(plan)
        except InvalidError as fault:
            yield fault


def _check_plan_name(plan: PlanDetails) -> None:
    if not any(sign.isalnum() for sign in plan.name):
        raise InvalidError(N_("Enter the name of the action plan."), field="plan_name")
    _check_line("plan_name", plan.name, NAME_LENGTH)


def _check_plan_years(plan: PlanDetails) -> None:
    _check_year("plan_year", plan.cycle_year)
    if plan.ends_year is not None:
        _check_year("plan_ends_year", plan.ends_year)
        if plan.ends_year < plan.cycle_year:
            raise InvalidError(N_("It ends before it begins."), field="plan_ends_year")


def _check_plan_number(plan: PlanDetails) -> None:
    if plan.number is not None and not 1 <= plan.number <= MOST_PLANS:
        raise InvalidError(
            N_("Enter a number from 1 to %(limit)s, or leave it empty."),
            field="plan_number",
            limit=MOST_PLANS,
        )


def _party_faults(parties: tuple[PartyDetails, ...]) -> Iterator[InvalidError]:
    if len(parties) > MOST_ROWS:
        yield InvalidError(N_("Give at most %(limit)s rows."), field=parties[0].role, limit=MOST_ROWS)
    seen = set()
    for each in parties:
        key = (each.role, each.name.casefold(), each.country)
        if key in seen:
            yield InvalidError(N_("Name each once."), field=each.role)
        seen.add(key)
        try:
            _check_party(each)
        except InvalidError as fault:
            yield fault


def _check_party(party: PartyDetails) -> None:
    if party.country is not None:
        check_country(party.role, party.country)
    elif not any(sign.isalnum() for sign in party.name):
        raise InvalidError(N_("Enter the name of the organisation."), field=party.role)
    _check_line(party.role, party.name, NAME_LENGTH)
