"""Where corruption can be reported, because it cannot be reported here."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.vocabularies.loader import vocabulary
from hub.vocabularies.reporting import (
    UNION,
    channels_of,
    covered_countries,
    gap_of,
    international_channels,
)
from hub.web.access import public
from hub.web.countries.views import known_country
from hub.web.i18n import by_name, country_name
from hub.web.joining.blueprint import joining


@joining.get("/report")
@public
def report() -> ResponseReturnValue:
    """Show the reporting channels of a country, if one was chosen, and those of several countries."""
    asked = request.args.get("country", "").strip()
    country = known_country(asked) if asked else ""
    found = channels_of(country)
    covered = covered_countries() - {UNION}
    named = [(code, name) for code, name in _countries() if code != UNION]
    return render_template(
        "joining/report.html",
        country=country,
        countries=named,
        found=found,
        gap=gap_of(country),
        international=[each for each in international_channels() if each not in found],
        with_channel=[each for each in named if each[0] in covered],
        without_channel=[each for each in named if each[0] not in covered],
    )


def _countries() -> list[tuple[str, str]]:
    """Return code and name of every country, by name in this request's language."""
    codes = {country_name(each.code): each.code for each in vocabulary("countries").terms}
    return [(codes[name], name) for name in by_name(codes)]
