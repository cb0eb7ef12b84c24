"""Writes what was said about a showcase, each where it is kept."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from hub.access.audience import Readership
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.organisations.models import Organisation, OrganisationStatus
from hub.showcases.making.changing import are_weights_fixed
from hub.showcases.making.details import (
    Call,
    Days,
    Measure,
    Place,
    Registering,
    ShowcaseDetails,
    Source,
    Sponsors,
)
from hub.showcases.making.moving import keep_clock_times
from hub.showcases.making.origins import check_within_origin
from hub.showcases.making.windows import check_call, check_days, check_registering
from hub.showcases.models import (
    Attendance,
    Criterion,
    Registration,
    Showcase,
    ShowcaseLanguage,
    ShowcaseSource,
    ShowcaseSponsor,
    ShowcaseStatus,
)
from hub.showcases.models.registration import STANDING

PLAIN = ("language", "name", "host_event", "summary", "description", "accessibility", "unknowns")
"""Fields that are columns of the same name."""

SOMEBODY_COMES = N_("People have registered to take part in this way, so it stays on offer.")
WEIGHTS_STAY = N_(
    "The criteria were published with the call: their words can change until it opens, their number and weights stay."
)


def write(showcase: Showcase, details: ShowcaseDetails) -> None:
    """Write what was said; the showcase is held, and what was said may be changed in its state.

    Raises:
        InvalidError: it does not go with what stands already; names the field.
    """
    said = dict(details.said())
    for name in PLAIN:
        if name in said:
            setattr(showcase, name, said[name])
    for name, write_one in WRITES.items():
        if name in said:
            write_one(showcase, said[name])


def _write_place(showcase: Showcase, place: Place) -> None:
    _require_nobody_lost(showcase, place.attendance)
    if showcase.status is ShowcaseStatus.DRAFT and place.time_zone != showcase.time_zone:
        keep_clock_times(showcase, place.time_zone)
    showcase.attendance = place.attendance
    showcase.time_zone = place.time_zone
    showcase.country = place.country
    showcase.city = place.city
    showcase.venue = place.venue
    showcase.online_url = place.online_url


def _require_nobody_lost(showcase: Showcase, attendance: Attendance) -> None:
    """Refuse to take back a way of taking part that somebody has registered for."""
    if attendance is Attendance.HYBRID:
        return
    lost = session().scalar(
        select(func.count(Registration.id)).where(
            Registration.showcase_id == showcase.id,
            Registration.status.in_(STANDING),
            Registration.attendance != attendance,
        )
    )
    if lost:
        raise InvalidError(SOMEBODY_COMES, field="attendance")


def _write_days(showcase: Showcase, days: Days) -> None:
    check_days(showcase, days)
    showcase.starts_at, showcase.ends_at = days.starts_at, days.ends_at
    showcase.is_all_day = days.is_all_day


def _write_languages(showcase: Showcase, codes: tuple[str, ...]) -> None:
    own = {each.code: each for each in showcase.language_rows}
    rows = []
    for place, code in enumerate(codes):
        row = own.get(code) or ShowcaseLanguage(code=code)
        row.position = place
        rows.append(row)
    showcase.language_rows = rows


def _write_sponsors(showcase: Showcase, sponsors: Sponsors) -> None:
    known = _organisations_named({each.name for each in sponsors.rows})
    showcase.has_no_sponsors = sponsors.are_none
    showcase.sponsors = [
        ShowcaseSponsor(
            position=place,
            name=each.name,
            gives=each.gives,
            organisation_id=known.get(each.name.casefold()),
        )
        for place, each in enumerate(sponsors.rows)
    ]


def _organisations_named(names: set[str]) -> dict[str, int]:
    """Return the ids of verified organisations by their names, as far as only one has the name."""
    folded = {name.casefold() for name in names}
    found: dict[str, list[int]] = {}
    for number, name in session().execute(
        select(Organisation.id, Organisation.name).where(
            Organisation.status == OrganisationStatus.VERIFIED,
            func.lower(Organisation.name).in_({name.lower() for name in names}),
        )
    ):
        found.setdefault(name.casefold(), []).append(number)
    return {name: numbers[0] for name, numbers in found.items() if name in folded and len(numbers) == 1}


def _write_readership(showcase: Showcase, readership: Readership) -> None:
    check_within_origin(showcase, readership)
    if showcase.labels != readership.labels or showcase.tlp is not readership.tlp:
        # the rows go first: a label that stays would otherwise be stored twice
        showcase.label_rows = []
        session().flush()
    showcase.set_readership(readership)


def _write_call(showcase: Showcase, call: Call) -> None:
    check_call(showcase, call)
    showcase.call_words = call.words
    showcase.call_opens_at, showcase.call_closes_at = call.opens_at, call.closes_at


def _write_criteria(showcase: Showcase, criteria: tuple[Measure, ...]) -> None:
    if are_weights_fixed(showcase):
        if [each.weight for each in criteria] != [each.weight for each in showcase.criteria]:
            raise InvalidError(WEIGHTS_STAY, field="criteria")
        for row, each in zip(showcase.criteria, criteria, strict=True):
            row.name, row.explanation = each.name, each.explanation
        return
    # positions are unique among the rows of a showcase: the former ones go first
    showcase.criteria = []
    session().flush()
    showcase.criteria = [
        Criterion(position=place, name=each.name, explanation=each.explanation, weight=each.weight)
        for place, each in enumerate(criteria)
    ]


def _write_registering(showcase: Showcase, terms: Registering) -> None:
    check_registering(showcase, terms)
    showcase.registration_opens_at, showcase.registration_closes_at = terms.opens_at, terms.closes_at
    showcase.capacity = terms.capacity
    showcase.needs_approval = terms.needs_approval
    showcase.asks_access_needs = terms.asks_access_needs


def _write_sources(showcase: Showcase, sources: tuple[Source, ...]) -> None:
    showcase.sources = [
        ShowcaseSource(url=each.url, title=each.title, retrieved_on=each.retrieved_on) for each in sources
    ]


WRITES: Mapping[str, Callable[[Showcase, Any], None]] = MappingProxyType(
    {
        "place": _write_place,
        "days": _write_days,
        "languages": _write_languages,
        "sponsors": _write_sponsors,
        "readership": _write_readership,
        "call": _write_call,
        "criteria": _write_criteria,
        "registering": _write_registering,
        "sources": _write_sources,
    }
)
"""How the fields are written that are more than columns, in order: windows are checked against the days."""
