"""Making, reading, renaming and deleting a shortlist."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import StaleVersionError, TooManyError
from hub.shortlists.models import Shortlist
from hub.shortlists.permissions import is_kept_by
from hub.shortlists.queries import (
    is_named_in,
    own_shortlist,
    shares_of,
    shortlist_by_public_id,
    shown_entries,
)
from hub.shortlists.service import delete_shortlist, make_shortlist, save_shortlist
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.hits import hit_of
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.fields import HTTP_CONFLICT
from hub.web.i18n import translate
from hub.web.limits import SEARCHES, browser, spend
from hub.web.sessions import actor, viewer
from hub.web.shortlists.blueprint import shortlists
from hub.web.shortlists.forms import ShortlistForm


def shortlist_address(shortlist: Shortlist) -> str:
    """Return where a list is read."""
    return url_for("shortlists.show", public_id=shortlist.public_id)


@shortlists.get("")
@members_only
def index() -> ResponseReturnValue:
    """Lead to all lists, for who types the address by heart."""
    return redirect(url_for("account.shortlists"))


@shortlists.get("/<public_id>")
@members_only
def show(public_id: str) -> ResponseReturnValue:
    """Show a list to its keeper, or to whom it is shared with: of each only what they may see."""
    somebody = viewer()
    spend(SEARCHES, TooManyError.default, key=browser())
    shortlist = shortlist_by_public_id(public_id, somebody)
    entries = shown_entries(shortlist, somebody)
    is_own = is_kept_by(somebody, shortlist)
    return render_template(
        "shortlists/show.html",
        shortlist=shortlist,
        entries=[(each, hit_of(each.innovation) if each.innovation else None) for each in entries],
        number=sum(each.innovation is not None for each in entries),
        is_own=is_own,
        shares=shares_of(shortlist, somebody),
        may_leave=not is_own and is_named_in(shortlist, somebody),
    )


@shortlists.route("/new", methods=["GET", "POST"])
@members_only
def new() -> ResponseReturnValue:
    """Ask for a name, and begin a list."""
    form = ShortlistForm()

    def act() -> ResponseReturnValue:
        with transaction():
            shortlist = make_shortlist(actor(), name=form.name.data, note=form.note.data)
        flash(translate("The shortlist is made. Put innovations on it from their pages or from a search."))
        return redirect(shortlist_address(shortlist), code=303)

    return ask(form, act, lambda: render_template("shortlists/form.html", form=form, shortlist=None))


@shortlists.route("/<public_id>/edit", methods=["GET", "POST"])
@members_only
def edit(public_id: str) -> ResponseReturnValue:
    """Show name and note in a form, and save them."""
    shortlist = own_shortlist(public_id, viewer())
    kept = {"name": shortlist.name, "note": shortlist.note}
    form = ShortlistForm(chosen_fields(kept)) if request.method == "POST" else ShortlistForm(data=kept)

    def act() -> ResponseReturnValue:
        with transaction():
            save_shortlist(
                actor(), shortlist, name=form.name.data, note=form.note.data, version=sent_version()
            )
        flash(translate("Saved."))
        return redirect(shortlist_address(shortlist), code=303)

    try:
        return ask(
            form,
            act,
            lambda: render_template(
                "shortlists/form.html",
                form=form,
                shortlist=shortlist,
                version=opened_version(shortlist.version),
            ),
        )
    except StaleVersionError:
        saved = ShortlistForm(formdata=None, data={"name": shortlist.name, "note": shortlist.note})
        return stale_page(
            shortlist,
            address=url_for("shortlists.edit", public_id=public_id),
            form=form,
            saved=saved,
            names=("name", "note"),
            version=shortlist.version,
        )


@shortlists.route("/<public_id>/delete", methods=["GET", "POST"])
@members_only
def delete(public_id: str) -> ResponseReturnValue:
    """Ask, and delete a list with its notes."""
    shortlist = own_shortlist(public_id, viewer())
    if request.method == "GET":
        return render_template("shortlists/delete.html", shortlist=shortlist)
    with transaction():
        delete_shortlist(actor(), shortlist)
    flash(translate("Deleted."))
    return redirect(url_for("account.shortlists"), code=303)


def stale_page(
    shortlist: Shortlist,
    *,
    address: str,
    form: ShortlistForm,
    saved: ShortlistForm,
    names: tuple[str, ...],
    version: int,
) -> ResponseReturnValue:
    """Return 409 with what was typed beside what was saved from another window, to be chosen field by field.

    Args:
        shortlist: the list.
        address: where the form is sent.
        form: what was typed.
        saved: what is saved now.
        names: the fields.
        version: of what is saved now.
    """
    page = render_template(
        "shortlists/stale.html",
        shortlist=shortlist,
        address=address,
        texts=two_texts(names, form, saved, lambda field: field.data or ""),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=version,
    )
    return page, HTTP_CONFLICT
