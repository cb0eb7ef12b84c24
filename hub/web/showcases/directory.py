"""The directory of showcases: those to come and past ones, with filters."""

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.showcases.listing import (
    FilterChoices,
    ListedState,
    ShowcaseFilters,
    filter_choices,
    listed_showcases,
)
from hub.showcases.models import Attendance
from hub.showcases.permissions import can_curate
from hub.web.access import public
from hub.web.i18n import by_name, country_name, language_name, translate
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases

LONGEST_WORDS = 200

STATES: Mapping[ListedState, str] = {
    ListedState.CALL: N_("Call for entries open"),
    ListedState.REGISTRATION: N_("Registration open"),
    ListedState.UPCOMING: N_("Coming up"),
    ListedState.PAST: N_("Past"),
    ListedState.HELD: N_("Past, held by the hub"),
}

ATTENDANCES: Mapping[Attendance, str] = {
    Attendance.ON_SITE: N_("On site"),
    Attendance.ONLINE: N_("Online"),
}


@showcases.get("")
@public
def directory() -> ResponseReturnValue:
    """List the showcases that this reader may see."""
    somebody = viewer()
    filters = asked_filters()
    asked = PageRequest(request.args.get("page", 1, type=int))
    return render_template(
        "showcases/directory.html",
        page=listed_showcases(somebody, filters, asked),
        filters=filters,
        selects=selects(filters, filter_choices(somebody)),
        arguments=arguments_of(filters),
        may_curate=can_curate(somebody),
    )


def asked_filters() -> ShowcaseFilters:
    """Return what the address asks for; what it cannot mean narrows nothing."""
    words = request.args.get("q", "")[:LONGEST_WORDS]
    state, attendance = request.args.get("state", ""), request.args.get("attendance", "")
    return ShowcaseFilters(
        words=" ".join(words.split()),
        state=ListedState(state) if state in STATES else None,
        country=request.args.get("country", "")[:2],
        attendance=Attendance(attendance) if attendance in ATTENDANCES else None,
        language=request.args.get("language", "")[:20],
        year=request.args.get("year", type=int),
    )


def arguments_of(filters: ShowcaseFilters) -> dict[str, str]:
    """Return filters as arguments of an address, without those that narrow nothing."""
    found = {
        "q": filters.words,
        "state": str(filters.state or ""),
        "country": filters.country,
        "attendance": str(filters.attendance or ""),
        "language": filters.language,
        "year": str(filters.year or ""),
    }
    return {name: value for name, value in found.items() if value}


def selects(
    filters: ShowcaseFilters, choices: FilterChoices
) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return the lists of the form: name, label, what is chosen, and all values with their words."""
    chosen = arguments_of(filters)
    countries = {country_name(code): code for code in choices.countries}
    languages = {language_name(code): code for code in choices.languages}
    offered = (
        ("state", translate("State"), [(str(code), translate(word)) for code, word in STATES.items()]),
        ("country", translate("Country"), [(countries[name], name) for name in by_name(countries)]),
        (
            "attendance",
            translate("How to take part"),
            [(str(code), translate(word)) for code, word in ATTENDANCES.items()],
        ),
        ("language", translate("Language"), [(languages[name], name) for name in by_name(languages)]),
        ("year", translate("Year"), [(str(year), str(year)) for year in choices.years]),
    )
    return [
        (name, label, chosen.get(name, ""), [("", translate("All")), *values])
        for name, label, values in offered
    ]
