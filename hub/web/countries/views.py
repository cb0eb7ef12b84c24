"""The page of one country, and the one on which its focal point says what it has."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.access.viewer import Role
from hub.catalogue.countries.queries import (
    innovation_count,
    innovations_in,
    replication_count_in,
    replications_in,
)
from hub.catalogue.documents import MOST_COUNTRIES_IN_WORDS
from hub.catalogue.models import CountryStatement, Innovation, ReadinessState
from hub.catalogue.readiness.permissions import can_state
from hub.catalogue.readiness.queries import statements_of
from hub.catalogue.readiness.service import details_of, state_prerequisites
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError, StaleVersionError
from hub.organisations.countries import verified_count_in, verified_in
from hub.vetting.queries import focal_points_of
from hub.vocabularies.loader import vocabulary
from hub.web.access import public, role
from hub.web.catalogue.hits import Hit, hit_of
from hub.web.countries.forms import StatementsForm, statements_form
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import country_name, language, translate
from hub.web.sessions import actor, viewer

countries = Blueprint("countries", __name__, url_prefix="/countries")

LISTED = 12
"""The most innovations, replications and organisations that the page of a country lists."""


@countries.get("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Show who speaks for a country, what it states, its organisations and innovations, and what was taken up there."""
    country = known_country(code)
    if code != country:
        return redirect(url_for("countries.show", code=country), code=301)
    somebody = viewer()
    statements = statements_of(country)
    return render_template(
        "countries/show.html",
        country=country,
        name=country_name(country),
        areas=topics_by_area(),
        statements=statements,
        counts=counts_of(statements),
        latest=max((each.stated_at for each in statements.values()), default=None),
        hits=[country_hit(each) for each in innovations_in(country, somebody, LISTED)],
        total=innovation_count(country, somebody),
        replications=replications_in(country, somebody, LISTED),
        replication_total=replication_count_in(country, somebody),
        may_state=can_state(somebody, country),
        focal_points=focal_points_of(country),
        organisations=verified_in(country, LISTED),
        organisation_total=verified_count_in(country),
    )


def country_hit(innovation: Innovation) -> Hit:
    """Return an innovation as a line of the country's list, which says of one in very many countries that it is."""
    hit = hit_of(innovation)
    revision = innovation.published_revision
    if revision is None or len(revision.deployed_in) <= MOST_COUNTRIES_IN_WORDS:
        return hit
    return replace(hit, facts=[*hit.facts, translate("in use in many countries")])


@countries.get("/<code>/edit")
@role(Role.FOCAL_POINT)
def edit(code: str) -> ResponseReturnValue:
    """Ask the focal point for all statements at once."""
    country = own_country(code)
    if code != country:
        return redirect(url_for("countries.edit", code=country), code=301)
    stored = {topic: details_of(row) for topic, row in statements_of(country).items()}
    return edit_page(country, statements_form(stored))


@countries.post("/<code>/edit")
@role(Role.FOCAL_POINT)
def save(code: str) -> ResponseReturnValue:
    """Store what was changed on the page; what others changed meanwhile stays, or both are shown."""
    country = own_country(code)
    form = statements_form({})
    if not form.validate():
        return edit_page(country, form), HTTP_INVALID
    try:
        with transaction():
            number = state_prerequisites(
                actor(), country, form.changed(), language=language().code, seen=form.seen()
            )
    except InvalidError as error:
        form.refuse(error)
        return edit_page(country, form), HTTP_INVALID
    except StaleVersionError:
        return stale_page(country, form)
    if number:
        flash(ngettext("%(num)s statement saved.", "%(num)s statements saved.", number))
    else:
        flash(translate("Nothing was changed."), "info")
    return redirect(url_for("countries.show", code=country), code=303)


def stale_page(country: str, form: StatementsForm) -> ResponseReturnValue:
    """Show the form again: what was typed on top of what is stored now, which is named where the two differ."""
    present = statements_of(country)
    stored = {topic: details_of(row) for topic, row in present.items()}
    seen = form.seen()
    nothing = details_of(None)
    typed = form.changed()
    theirs = {
        topic: present.get(topic)
        for topic, details in typed.items()
        if stored.get(topic, nothing) != details and stored.get(topic, nothing).digest != seen[topic]
    }
    merged = statements_form(stored, formdata=None)
    for topic, row in merged.rows():
        if topic in typed:
            row.state.data, row.note.data = form[topic].form.state.data, form[topic].form.note.data
    return edit_page(country, merged, theirs), HTTP_CONFLICT


def edit_page(
    country: str, form: StatementsForm, theirs: dict[str, CountryStatement | None] | None = None
) -> str:
    """Return the form; `theirs` is what others stated since the page was opened, by topic."""
    return render_template(
        "countries/edit.html",
        country=country,
        name=country_name(country),
        areas=topics_by_area(),
        stated={topic for topic, row in form.rows() if row.state.data},
        form=form,
        theirs=theirs or {},
    )


def known_country(code: str) -> str:
    """Return the ISO code in capitals.

    Raises:
        NotFoundError: there is no such country.
    """
    if not code.isascii() or code.upper() not in vocabulary("countries"):
        raise NotFoundError
    return code.upper()


def own_country(code: str) -> str:
    """Return the ISO code in capitals, if this member is focal point of the country.

    Raises:
        NotFoundError: they are not, or there is no such country.
    """
    country = known_country(code)
    if not can_state(viewer(), country):
        raise NotFoundError
    return country


def topics_by_area() -> list[tuple[str, list[str]]]:
    """Return the codes of the common prerequisites by area, both in the order of their vocabularies."""
    topics = [each.code for each in vocabulary("prerequisites").terms]
    return [
        (area.code, [topic for topic in topics if topic.partition(".")[0] == area.code])
        for area in vocabulary("prerequisite_areas").terms
    ]


def counts_of(statements: dict[str, CountryStatement]) -> dict[str, int]:
    """Return how many prerequisites are in each state; `unknown` counts those that nothing is stated about."""
    known = vocabulary("prerequisites").codes
    stated = [row.state for topic, row in statements.items() if topic in known]
    counts = {state.value: stated.count(state) for state in ReadinessState}
    return {**counts, "unknown": len(known) - len(stated)}
