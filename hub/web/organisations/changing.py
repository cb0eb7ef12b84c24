"""Changing what is said about an organisation: what ends its verification, and what two windows save."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.documents import queue_requests_of
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.organisations.details import KnownOrganisationError, changes_identity
from hub.organisations.directory import organisation_by_slug
from hub.organisations.models import Organisation
from hub.organisations.permissions import PUBLIC_STATES, can_describe
from hub.vetting.organisations.registration import change_organisation
from hub.web.access import members_only
from hub.web.catalogue.parts import shown_value
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import translate
from hub.web.organisations.blueprint import organisations
from hub.web.organisations.forms import NAMES, ChangeForm, stored
from hub.web.organisations.registering import Known, known_of
from hub.web.sessions import actor, viewer

ENDS_VERIFICATION = N_("What you changed ends the verification. Say whether to save it all the same.")

SAVED = N_("Saved.")
BEGUN_ANEW = N_("Saved. It is not verified any more; the hub was asked to verify it anew.")


@organisations.route("/<slug>/edit", methods=["GET", "POST"])
@members_only
def edit(slug: str) -> ResponseReturnValue:
    """Show what is said about an organisation in a form, and save it."""
    organisation = described(slug)
    kept = stored(organisation)
    if request.method == "GET":
        return _page(organisation, ChangeForm(formdata=None, data=kept))
    form = ChangeForm(chosen_fields(kept))
    known, status = None, HTTP_INVALID
    if form.validate():
        details = form.details()
        begins_anew = organisation.status in PUBLIC_STATES and changes_identity(organisation, details)
        try:
            if begins_anew:
                require_agreement(form)
            with transaction():
                change_organisation(actor(), organisation, details, version=sent_version())
                queue_requests_of(organisation)
        except StaleVersionError:
            return _stale_page(organisation)
        except KnownOrganisationError as error:
            known, status = known_of(error), HTTP_CONFLICT
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(translate(BEGUN_ANEW if begins_anew else SAVED), "warning" if begins_anew else "message")
            return redirect(url_for("organisations.show", slug=slug), code=303)
    return _page(organisation, form, known), status


def require_agreement(form: ChangeForm) -> None:
    """Make sure that the person knows that the verification ends.

    Raises:
        InvalidError: the box is not ticked; names it.
    """
    if not form.agreed.data:
        raise InvalidError(ENDS_VERIFICATION, field="agreed")


def described(slug: str) -> Organisation:
    """Return an organisation that the viewer represents.

    Raises:
        NotFoundError: there is none, or they do not.
    """
    organisation = organisation_by_slug(slug, viewer())
    if not can_describe(viewer(), organisation):
        raise NotFoundError
    return organisation


def _page(organisation: Organisation, form: ChangeForm, known: Known | None = None) -> str:
    return render_template(
        "organisations/edit.html",
        organisation=organisation,
        form=form,
        known=known,
        is_public=organisation.status in PUBLIC_STATES,
        version=opened_version(organisation.version),
    )


def _stale_page(organisation: Organisation) -> ResponseReturnValue:
    """Show what was typed beside what was saved meanwhile, and let the person choose field by field."""
    typed, saved = ChangeForm(), ChangeForm(formdata=None, data=stored(organisation))
    return (
        render_template(
            "organisations/stale.html",
            organisation=organisation,
            texts=two_texts(NAMES, typed, saved, shown_value),
            pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
            version=organisation.version,
        ),
        HTTP_CONFLICT,
    )
