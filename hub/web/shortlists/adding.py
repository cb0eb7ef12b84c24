"""Putting innovations on a shortlist from a search, a record or a comparison."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from markupsafe import Markup

from hub.catalogue.models import Innovation
from hub.catalogue.side_by_side import innovations_by_key
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.shortlists.queries import holding, own_shortlists
from hub.shortlists.service import Added, add_innovations, make_shortlist
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.hits import hit_of
from hub.web.redirects import back_to
from hub.web.sessions import actor, viewer
from hub.web.shortlists.blueprint import shortlists
from hub.web.shortlists.forms import AddForm
from hub.web.shortlists.views import shortlist_address

THERE_ALREADY = N_("It stands on this shortlist already. You can change its note there.")


@shortlists.route("/add", methods=["GET", "POST"])
@members_only
def add() -> ResponseReturnValue:
    """Ask on which list to put what the address names, put it there, and lead back to the results it came from."""
    somebody = viewer()
    found = innovations_by_key(request.args.getlist("slug"), somebody)
    if not found:
        raise NotFoundError
    lists = own_shortlists(somebody)
    form = AddForm()
    form.offer(lists)
    results = back_to("catalogue.search", request.args.get("back"))

    def act() -> ResponseReturnValue:
        note = form.note.data if len(found) == 1 else ""
        with transaction():
            shortlist = form.chosen(lists) or make_shortlist(actor(), name=form.name.data)
            added = add_innovations(actor(), shortlist, found, note=note)
            if note and not added.added:
                raise InvalidError(THERE_ALREADY, field="note")
        address = shortlist_address(shortlist)
        if not results:
            flash(said(added))
            return redirect(address, code=303)
        flash(Markup('{} <a href="{}"><bdi>{}</bdi></a>').format(said(added), address, shortlist.name))
        return redirect(results, code=303)

    return ask(form, act, lambda: _page(form, found, results))


def _page(form: AddForm, found: list[Innovation], results: str) -> str:
    return render_template(
        "shortlists/add.html",
        form=form,
        hits=[hit_of(each) for each in found],
        action=url_for("shortlists.add", slug=[each.slug for each in found], back=results or None),
        results=results,
        held=holding([each.id for each in found], viewer()),
        lists=own_shortlists(viewer()),
    )


def said(added: Added) -> str:
    """Return in words what came of it."""
    words = []
    if added.added:
        words.append(
            ngettext("%(num)s innovation was added.", "%(num)s innovations were added.", added.added)
        )
    if added.present:
        words.append(
            ngettext(
                "%(num)s innovation stood there already.",
                "%(num)s innovations stood there already.",
                added.present,
            )
        )
    return " ".join(str(each) for each in words)
