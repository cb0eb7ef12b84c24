"""What stands on a shortlist: noting, moving and removing it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.catalogue.side_by_side import innovations_in_full
from hub.core.database import transaction
from hub.core.errors import StaleVersionError
from hub.shortlists.queries import entry_of, own_shortlist
from hub.shortlists.service import move_entry, remove_entry, save_note
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.hits import hit_of
from hub.web.catalogue.stale import chosen_fields, opened_version, sent_version
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer
from hub.web.shortlists.blueprint import shortlists
from hub.web.shortlists.forms import NoteForm
from hub.web.shortlists.views import shortlist_address, stale_page

PLACES = {"up": -1, "down": 1}
"""How far each button moves."""


@shortlists.route("/<public_id>/entries/<entry_id>/note", methods=["GET", "POST"])
@members_only
def note(public_id: str, entry_id: str) -> ResponseReturnValue:
    """Show the note on one innovation in a form, and save it."""
    shortlist = own_shortlist(public_id, viewer())
    entry = entry_of(shortlist, entry_id)
    kept = {"note": entry.note}
    form = NoteForm(chosen_fields(kept)) if request.method == "POST" else NoteForm(data=kept)

    def act() -> ResponseReturnValue:
        with transaction():
            save_note(actor(), entry, note=form.note.data, version=sent_version())
        flash(translate("Saved."))
        return redirect(f"{shortlist_address(shortlist)}#entry-{entry.public_id}", code=303)

    def page() -> str:
        shown = innovations_in_full([entry.innovation_id], viewer()).get(entry.innovation_id)
        return render_template(
            "shortlists/note.html",
            form=form,
            shortlist=shortlist,
            entry=entry,
            hit=hit_of(shown) if shown else None,
            version=opened_version(entry.version),
        )

    try:
        return ask(form, act, page)
    except StaleVersionError:
        return stale_page(
            shortlist,
            address=url_for("shortlists.note", public_id=public_id, entry_id=entry_id),
            form=form,
            saved=NoteForm(formdata=None, data={"note": entry.note}),
            names=("note",),
            version=entry.version,
        )


@shortlists.post("/<public_id>/entries/<entry_id>/move")
@members_only
def move(public_id: str, entry_id: str) -> ResponseReturnValue:
    """Move an innovation one place up or down."""
    shortlist = own_shortlist(public_id, viewer())
    entry = entry_of(shortlist, entry_id)
    with transaction():
        move_entry(actor(), entry, places=PLACES.get(request.form.get("to", ""), 0))
    return redirect(f"{shortlist_address(shortlist)}#entry-{entry.public_id}", code=303)


@shortlists.post("/<public_id>/entries/<entry_id>/remove")
@members_only
def remove(public_id: str, entry_id: str) -> ResponseReturnValue:
    """Take an innovation and its note from the list."""
    shortlist = own_shortlist(public_id, viewer())
    entry = entry_of(shortlist, entry_id)
    with transaction():
        remove_entry(actor(), entry)
    flash(translate("Removed from the shortlist."))
    return redirect(shortlist_address(shortlist), code=303)
