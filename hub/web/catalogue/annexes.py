"""Annexes: showing one, adding, changing and removing it, its file. Nothing here counts or lists them."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.catalogue.annexes.permissions import can_write_annexes
from hub.catalogue.annexes.queries import annex_by_id
from hub.catalogue.annexes.service import add_annex, remove_annex, save_annex
from hub.catalogue.models import Annex, Innovation
from hub.catalogue.queries import innovation_by_slug
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError, StaleVersionError, UnavailableError
from hub.core.uploads import stored_file
from hub.web.access import members_only, public
from hub.web.catalogue.annex_forms import NAMES, AnnexForm, stored
from hub.web.catalogue.attaching import FILE, accepted_file, show_refusal
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.named import named
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
from hub.web.files import send_stored, sent_file, takes_file
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer


@catalogue.get("/<slug>/annexes/<public_id>")
@public
def annex(slug: str, public_id: str) -> ResponseReturnValue:
    """Show one annex to its readers."""
    innovation, found = _found(slug, public_id)
    return render_template(
        "catalogue/annexes.html",
        innovation=innovation,
        record=named(innovation),
        annex=found,
        may_write=can_write_annexes(viewer(), innovation),
    )


@catalogue.get("/<slug>/annexes/<public_id>/file")
@public
def annex_file(slug: str, public_id: str) -> Response:
    """Send the file of an annex to its readers."""
    _innovation, found = _found(slug, public_id)
    if found.file is None:
        raise NotFoundError
    return send_stored(found.file)


@catalogue.route("/<slug>/annexes/new", methods=["GET", "POST"], endpoint="add_annex")
@members_only
@takes_file
def add(slug: str) -> ResponseReturnValue:
    """Ask for an annex and who may read it."""
    innovation = innovation_by_slug(slug, viewer())
    if not can_write_annexes(viewer(), innovation):
        raise NotFoundError
    form = AnnexForm()
    form.offer(innovation)
    if not form.is_submitted():
        return _form_page(innovation, form)
    if _is_preview():
        form.ask_for_file()
        return _form_page(innovation, form)
    status = HTTP_INVALID
    if form.validate():
        try:
            sent = accepted_file()
            details = form.details(language().code)
            with transaction():
                made = add_annex(actor(), innovation, details, file=stored_file(sent) if sent else None)
        except (InvalidError, UnavailableError) as error:
            status = error.status
            show_refusal(form, error)
        else:
            flash(translate("Added. Its readers see it from now on."))
            return redirect(_address(innovation, made), code=303)
    form.ask_for_file()
    return _form_page(innovation, form), status


@catalogue.route("/<slug>/annexes/<public_id>/edit", methods=["GET", "POST"], endpoint="edit_annex")
@members_only
@takes_file
def edit(slug: str, public_id: str) -> ResponseReturnValue:
    """Change an annex; readers can be taken away, not added."""
    innovation, found = _own(slug, public_id)
    if request.method == "GET":
        form = AnnexForm(formdata=None, data=stored(found))
        form.offer(innovation)
        return _form_page(innovation, form, found)
    form = AnnexForm(chosen_fields(stored(found)))
    form.offer(innovation)
    if _is_preview():
        form.ask_for_file()
        return _form_page(innovation, form, found)
    status = HTTP_INVALID
    if form.validate():
        try:
            sent = accepted_file()
            details = form.details(found.language)
            with transaction():
                file = stored_file(sent) if sent else None
                save_annex(actor(), found, details, version=sent_version(), file=file)
        except StaleVersionError:
            return _stale_page(innovation, found)
        except (InvalidError, UnavailableError) as error:
            status = error.status
            show_refusal(form, error)
        else:
            flash(translate("Saved."))
            return redirect(_address(innovation, found), code=303)
    form.ask_for_file()
    return _form_page(innovation, form, found), status


@catalogue.post("/<slug>/annexes/<public_id>/remove", endpoint="remove_annex")
@members_only
def remove(slug: str, public_id: str) -> ResponseReturnValue:
    """Remove an annex with its file."""
    innovation, found = _own(slug, public_id)
    with transaction():
        remove_annex(actor(), found)
    flash(translate("Removed. Nobody can read it any more."))
    return redirect(url_for("catalogue.show", slug=innovation.slug), code=303)


def _found(slug: str, public_id: str) -> tuple[Innovation, Annex]:
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    return innovation, annex_by_id(innovation, public_id, somebody)


def _own(slug: str, public_id: str) -> tuple[Innovation, Annex]:
    innovation, found = _found(slug, public_id)
    if not can_write_annexes(viewer(), innovation):
        raise NotFoundError
    return innovation, found


def _address(innovation: Innovation, found: Annex) -> str:
    return url_for("catalogue.annex", slug=innovation.slug, public_id=found.public_id)


def _is_preview() -> bool:
    return request.form.get("then") == "preview"


def _form_page(innovation: Innovation, form: AnnexForm, found: Annex | None = None) -> str:
    """Return the page that asks for an annex, a new one where `found` is None."""
    return render_template(
        "catalogue/annexes_form.html",
        innovation=innovation,
        record=named(innovation),
        annex=found,
        form=form,
        version=opened_version(found.version if found else 0),
        is_preview=_is_preview(),
    )


def _stale_page(innovation: Innovation, found: Annex) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved, and let the person choose field by field."""
    typed, saved = AnnexForm(), AnnexForm(formdata=None, data=stored(found))
    typed.offer(innovation)
    saved.offer(innovation)
    return (
        render_template(
            "catalogue/annexes_stale.html",
            innovation=innovation,
            annex=found,
            texts=two_texts(NAMES, typed, saved, shown_value),
            pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
            version=found.version,
            lost_file=sent_file(FILE),
        ),
        HTTP_CONFLICT,
    )
