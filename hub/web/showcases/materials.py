"""Slides, posters and handouts of an entry: adding, removing, and sending files to who may see the entry."""

from typing import BinaryIO, cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.uploads import AcceptedFile, accept_file
from hub.showcases.entries.materials import MOST, NOT_NOW, WITH_MATERIAL, add_file, add_link, remove_material
from hub.showcases.entries.queries import material_by_id, party_entry
from hub.showcases.models import Entry, MaterialKind
from hub.web.access import members_only, public
from hub.web.asking import ask
from hub.web.catalogue.named import named_as_approved
from hub.web.files import send_stored, sent_file, takes_file
from hub.web.i18n import translate
from hub.web.limits import UPLOADS, spend
from hub.web.runtime import runtime
from hub.web.sessions import actor, viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.entry import address_of
from hub.web.showcases.entry_forms import MaterialForm, kind_words

PATH = "/<slug>/entries/<entry_id>/materials"
ONE_OF_BOTH = N_("Choose a file or enter an address: one of the two.")
CHOOSE_AGAIN = N_("Choose the file again when you have mended the rest: browsers do not keep it.")


@showcases.route(PATH, methods=["GET", "POST"])
@members_only
@takes_file
def entry_materials(slug: str, entry_id: str) -> ResponseReturnValue:
    """Show the material of an entry and add to it."""
    entry = party_entry(slug, entry_id, viewer())
    if entry.status not in WITH_MATERIAL:
        flash(translate(NOT_NOW), "info")
        return redirect(address_of(entry))
    form = MaterialForm()

    def act() -> ResponseReturnValue:
        file, url = sent_file("file"), form.url.data or ""
        if (file is None) == (not url):
            raise InvalidError(ONE_OF_BOTH, field="url")
        kind, title = MaterialKind(form.kind.data), form.title.data or ""
        accepted = _accepted() if file is not None else None
        with transaction():
            if accepted is not None:
                add_file(actor(), entry, accepted, kind=kind, title=title)
            else:
                add_link(actor(), entry, url, kind=kind, title=title)
        flash(translate("Added."))
        return redirect(_place(entry), code=303)

    def page() -> str:
        if form.is_submitted() and sent_file("file") is not None and not form.file.errors:
            form.file.errors = [translate(CHOOSE_AGAIN)]
        return render_template(
            "showcases/materials.html",
            form=form,
            entry=entry,
            record=named_as_approved(entry.innovation),
            kinds=kind_words(),
            most=MOST,
        )

    return ask(form, act, page, also=(ConflictError,))


@showcases.post(f"{PATH}/<material_id>/remove")
@members_only
def material_remove(slug: str, entry_id: str, material_id: str) -> ResponseReturnValue:
    """Remove a file or link."""
    entry = party_entry(slug, entry_id, viewer())
    found = next((each for each in entry.materials if each.public_id == material_id), None)
    if found is None:
        raise NotFoundError
    with transaction():
        remove_material(actor(), found)
    flash(translate("Removed."))
    return redirect(_place(entry), code=303)


@showcases.get("/entries/<entry_id>/materials/<material_id>")
@public
def material(entry_id: str, material_id: str) -> ResponseReturnValue:
    """Send a file to who may see its entry at this moment."""
    found = material_by_id(entry_id, material_id, viewer())
    if found.stored_file is None:
        raise NotFoundError
    return send_stored(found.stored_file)


def _accepted() -> AcceptedFile:
    """Check and keep the file that was sent; called before the transaction begins."""
    sent = sent_file("file")
    if sent is None:
        raise InvalidError(ONE_OF_BOTH, field="file")
    spend(UPLOADS)
    return accept_file(
        runtime().settings.instance.absolute(), sent.filename or "", cast("BinaryIO", sent.stream)
    )


def _place(entry: Entry) -> str:
    return url_for("showcases.entry_materials", slug=entry.showcase.slug, entry_id=entry.public_id)
