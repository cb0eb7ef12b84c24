"""Registering an organisation: what is said, then those that may be the same, then its page."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, TooManyError
from hub.core.i18n import N_
from hub.organisations.details import KnownOrganisationError, OrganisationDetails, checked
from hub.organisations.models import NAME_LENGTH, Organisation
from hub.organisations.similar import Resembling, Similar, seen_similar
from hub.vetting.organisations.registration import register_organisation
from hub.web.access import members_only
from hub.web.catalogue.choices import page_language
from hub.web.catalogue.stale import sent_pairs
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import translate
from hub.web.limits import COMPARISONS, spend
from hub.web.organisations.blueprint import organisations
from hub.web.organisations.forms import OrganisationForm
from hub.web.organisations.search import kind_and_country
from hub.web.sessions import actor, viewer

COMPARED_TOO_MANY = N_(
    "You looked for organisations %(number)s times within an hour, which is the most. Wait a little."
)

REGISTER, CHANGE = "register", "change"
"""What somebody chooses who was shown similar organisations."""


@dataclass(frozen=True)
class Known:
    """That the organisation is on the hub already.

    Args:
        name: its name.
        href: of its page.
        ask: where they may ask to speak for it, as nobody does; or empty.
    """

    name: str
    href: str
    ask: str


@dataclass(frozen=True)
class SimilarLine:
    """An organisation that may be the one described, and why."""

    name: str
    href: str
    by: str
    reasons: tuple[str, ...]


@organisations.route("/new", methods=["GET", "POST"])
@members_only
def new() -> ResponseReturnValue:
    """Ask what somebody says about an organisation, show similar ones, and register it."""
    if request.method == "GET":
        beginning = {"language": page_language(), "name": request.args.get("name", "")[:NAME_LENGTH]}
        return _page(OrganisationForm(formdata=None, data=beginning))
    form, known, status = OrganisationForm(), None, HTTP_INVALID
    choice = request.form.get("then", "")
    if form.validate():
        if choice == CHANGE:
            return _page(form)
        try:
            details = checked(form.details())
            # what is typed is compared with all that is known, which takes time
            spend(COMPARISONS, COMPARED_TOO_MANY)
            similar = None if choice == REGISTER else unsettled(details)
            if similar:
                return _similar_page(details, similar)
            with transaction():
                organisation = register_organisation(actor(), details)
        except KnownOrganisationError as error:
            known, status = known_of(error), HTTP_CONFLICT
        except InvalidError as error:
            form.refuse(error)
        except TooManyError as error:
            form.form_errors.append(translate(error.message, **error.parameters))
            status = HTTPStatus.TOO_MANY_REQUESTS
        except ConflictError as error:
            form.form_errors.append(translate(error.message, **error.parameters))
            status = HTTP_CONFLICT
        else:
            flash(translate("Registered. You speak for it. Others see it once it is verified."))
            return redirect(url_for("organisations.verification", slug=organisation.slug), code=303)
    return _page(form, known), status


def unsettled(details: OrganisationDetails) -> Resembling | None:
    """Return the similar organisations that somebody must know of; None where one is certainly the same."""
    similar = seen_similar(details, viewer())
    return None if any(each.is_same for each in similar.seen) else similar


def known_of(error: KnownOrganisationError) -> Known:
    """Return the organisation that is on the hub already, as the page shows it."""
    slug = error.organisation.slug
    return Known(
        name=error.organisation.name,
        href=url_for("organisations.show", slug=slug),
        ask=url_for("organisations.verification", slug=slug) if error.may_ask else "",
    )


def similar_line(similar: Similar) -> SimilarLine:
    """Return a similar organisation with the reasons in words."""
    organisation: Organisation = similar.organisation
    return SimilarLine(
        name=organisation.name,
        href=url_for("organisations.show", slug=organisation.slug),
        by=kind_and_country(organisation),
        reasons=tuple(translate(each.message, **each.parameters) for each in similar.reasons),
    )


def _page(form: OrganisationForm, known: Known | None = None) -> str:
    return render_template("organisations/new.html", form=form, known=known)


def _similar_page(details: OrganisationDetails, similar: Resembling) -> str:
    return render_template(
        "organisations/similar.html",
        name=details.name,
        similar=[similar_line(each) for each in similar.seen],
        has_hidden=similar.has_hidden,
        pairs=list(sent_pairs()),
        register=REGISTER,
        change=CHANGE,
    )
