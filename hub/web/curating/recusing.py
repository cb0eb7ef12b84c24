"""Recusing oneself from an entry for a reason of one's own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.showcases.review.queries import judged_entry, names_of
from hub.showcases.review.recusing import recuse_from_entry
from hub.web.access import role
from hub.web.asking import ask
from hub.web.curating.blueprint import curating
from hub.web.curating.review_forms import RecusalForm
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer


@curating.route("/<slug>/entries/<entry_id>/recuse", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def recuse(slug: str, entry_id: str) -> ResponseReturnValue:
    """Ask whether the viewer wants to recuse themselves from an entry, or do it."""
    judged, form = judged_entry(slug, entry_id, viewer()), RecusalForm()

    def act() -> ResponseReturnValue:
        with transaction():
            recuse_from_entry(actor(), judged, form.words.data or "")
        flash(translate("You recused yourself. You find nothing of this entry any more."))
        return redirect(url_for("curating.entries", slug=slug), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "curating/recuse.html",
            form=form,
            showcase=judged.showcase,
            entry=judged,
            names=names_of([judged], viewer(), language().code),
        ),
    )
