"""What those who oversee an organisation may do beside deciding requests: end its verification, recuse themselves."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.integrity.permissions import Conflict
from hub.integrity.service import record_recusal
from hub.organisations.directory import organisation_by_slug
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.permissions import oversees
from hub.vetting.models import WORDS_LENGTH
from hub.vetting.organisations.ending import end_verification as end
from hub.vetting.organisations.permissions import involvement_of, organisation_conflict
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.coordinate.recusing import RecusalForm
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


class EndingForm(HubForm):
    """Why a verification ends before its year is over."""

    words = text_field(_l("Why it ends"), WORDS_LENGTH, filled(_l("Say why it ends.")), area=True)


@coordinate.route("/organisations/<slug>/end-verification", methods=["GET", "POST"])
@role(Role.COORDINATOR, Role.FOCAL_POINT)
@confirmed
def end_verification(slug: str) -> ResponseReturnValue:
    """Say what ends with the verification of an organisation, and end it."""
    organisation = overseen_organisation(slug)
    if organisation.status is not OrganisationStatus.VERIFIED:
        raise NotFoundError
    conflict = organisation_conflict(viewer(), organisation)
    form = EndingForm()
    if conflict is not None:
        page = stopped(organisation, conflict)
        return (page, HTTPStatus.FORBIDDEN) if form.is_submitted() else page

    def act() -> ResponseReturnValue:
        with transaction():
            end(actor(), organisation, words=form.words.data)
        flash(translate("The verification ended. Who speaks for the organisation is told."))
        return redirect(url_for("organisations.show", slug=slug), code=303)

    return ask(
        form,
        act,
        lambda: render_template("coordinate/end_verification.html", form=form, organisation=organisation),
        also=(ConflictError,),
    )


@coordinate.route("/organisations/<slug>/recuse", methods=["GET", "POST"])
@role(Role.COORDINATOR, Role.FOCAL_POINT)
def recuse_from_organisation(slug: str) -> ResponseReturnValue:
    """Ask whether somebody recuses themselves from an organisation, or do it; nobody can undo it."""
    organisation = overseen_organisation(slug)
    conflict = organisation_conflict(viewer(), organisation)
    if conflict is not None:
        return stopped(organisation, conflict)
    form = RecusalForm()

    def act() -> ResponseReturnValue:
        with transaction():
            record_recusal(viewer(), organisation.subject, Conflict.DECLARED, form.words.data or "")
        flash(translate("You recused yourself. Only somebody without a conflict may decide."))
        return redirect(url_for("coordinate.organisations"), code=303)

    return ask(
        form,
        act,
        lambda: render_template("coordinate/recuse_organisation.html", form=form, organisation=organisation),
        also=(ConflictError,),
    )


def overseen_organisation(slug: str) -> Organisation:
    """Return an organisation that the viewer oversees.

    Raises:
        NotFoundError: there is none, or they do not.
    """
    organisation = organisation_by_slug(slug, viewer())
    if not oversees(viewer(), organisation):
        raise NotFoundError
    return organisation


def stopped(organisation: Organisation, conflict: Conflict) -> str:
    """Return the page that keeps somebody from deciding about an organisation they have a conflict with."""
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_of(organisation),
            label=translate("Organisation"),
            title=organisation.name,
            back=url_for("coordinate.organisations"),
            back_text=translate("Organisations"),
            read=url_for("organisations.show", slug=organisation.slug),
            is_escalated=False,
        )
    )
