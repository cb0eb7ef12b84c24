"""Throwing drafts away that were never sent: one, or those of an import that went wrong."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.catalogue.batches.discarding import discard_collection, discard_innovation
from hub.catalogue.batches.queries import own_collections
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.web.access import members_only
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.views import own_revision
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@catalogue.route("/<slug>/discard", methods=["GET", "POST"])
@members_only
def discard(slug: str) -> ResponseReturnValue:
    """Ask, and throw the draft away."""
    innovation, revision = own_revision(slug)
    if request.method == "GET":
        if not innovation.was_never_sent:
            return redirect(url_for("catalogue.show", slug=innovation.slug))
        return render_template("catalogue/discard.html", innovation=innovation, name=revision.source_text)
    with transaction():
        discard_innovation(actor(), innovation)
    flash(translate("Discarded."))
    return redirect(url_for("catalogue.mine"), code=303)


@catalogue.post("/import/drafts/discard")
@members_only
def discard_imported() -> ResponseReturnValue:
    """Throw the drafts of one collection away that were never sent."""
    source = request.form.get("source", "")
    if source not in dict(own_collections(viewer())):
        raise NotFoundError
    with transaction():
        count = discard_collection(actor(), source)
    flash(ngettext("%(num)s draft discarded.", "%(num)s drafts discarded.", count))
    return redirect(url_for("catalogue.mine"), code=303)
