"""Entering a commitment and changing what its record says; two windows that save lose nothing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.commitments.keeping.details import details_of
from hub.commitments.keeping.service import change_commitment, enter_commitment
from hub.commitments.models import Commitment, CommitmentStatus
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, StaleVersionError
from hub.web.access import members_only, role
from hub.web.asking import ask
from hub.web.catalogue.parts import shown_value
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.commitments.acting import kept
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.forms import NAMES, CommitmentForm, stored
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@commitments.route("/new", methods=["GET", "POST"])
@role(Role.COORDINATOR, Role.FOCAL_POINT)
def new() -> ResponseReturnValue:
    """Ask what a government promised, and enter it as a draft."""
    countries = sorted(viewer().focal_countries)
    form = CommitmentForm(data={"country": countries[0] if len(countries) == 1 else ""})

    def act() -> ResponseReturnValue:
        with transaction():
            code = enter_commitment(actor(), form.details()).code
        flash(translate("Saved as a draft. Only those who keep commitments of this country see it."))
        return redirect(url_for("commitments.keep", code=code), code=303)

    return ask(form, act, lambda: render_template("commitments/new.html", form=form), also=(ConflictError,))


@commitments.route("/<code>/edit", methods=["GET", "POST"])
@members_only
def edit(code: str) -> ResponseReturnValue:
    """Show what is said about a commitment in a form, and save it."""
    commitment = kept(code)
    known = details_of(commitment)
    if request.method == "GET":
        return _page(commitment, _form(commitment, formdata=None, data=stored(known)))
    form = _form(commitment, chosen_fields(stored(known)))
    if form.validate():
        try:
            with transaction():
                is_changed = change_commitment(
                    actor(), commitment, form.details(known), version=sent_version()
                )
        except StaleVersionError:
            return _stale_page(commitment)
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(translate("Saved.") if is_changed else translate("Nothing was changed."))
            return redirect(url_for("commitments.keep", code=commitment.code), code=303)
    return _page(commitment, form), HTTP_INVALID


def _form(commitment: Commitment, *given: object, **settings: object) -> CommitmentForm:
    """Return the form without what cannot be changed: the country, and the code of what was published."""
    form = CommitmentForm(*given, **settings)
    del form.country
    if commitment.status is not CommitmentStatus.DRAFT:
        del form.code
    return form


def _page(commitment: Commitment, form: CommitmentForm) -> str:
    return render_template(
        "commitments/edit.html",
        commitment=commitment,
        form=form,
        version=opened_version(commitment.version),
    )


def _stale_page(commitment: Commitment) -> ResponseReturnValue:
    """Show what was typed beside what was saved meanwhile, and let the person choose field by field."""
    saved = stored(details_of(commitment))
    typed = _form(commitment)
    names = tuple(name for name in NAMES if name in typed)
    page = render_template(
        "commitments/stale.html",
        commitment=commitment,
        address=url_for("commitments.edit", code=commitment.code),
        texts=two_texts(names, typed, _form(commitment, formdata=None, data=saved), shown_value),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=commitment.version,
    )
    return page, HTTP_CONFLICT
