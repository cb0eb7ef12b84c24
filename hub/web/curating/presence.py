"""What was presented: the team marks it while the showcase runs or afterwards, each entry by who may judge it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l, ngettext

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.showcases.aftermath.presence import (
    MARKED_IN,
    SAY_WHY,
    mark_missed,
    mark_presented,
    mark_rest_presented,
    marked_entries,
)
from hub.showcases.models import Entry, EntryStatus, Showcase
from hub.showcases.models.entry import WORDS_LENGTH
from hub.showcases.review.queries import judged_entry, names_of
from hub.web.access import role
from hub.web.asking import ask
from hub.web.curating.blueprint import curating
from hub.web.curating.team import team_showcase
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer


class MissForm(HubForm):
    """Why something was not presented."""

    words = text_field(_l("Why was it not presented?"), WORDS_LENGTH, filled(_l(SAY_WHY)), area=True)


@curating.get("/<slug>/presence")
@role(Role.COORDINATOR)
def presence(slug: str) -> ResponseReturnValue:
    """Show the accepted entries in the order of the programme, to be marked."""
    showcase = _running(slug)
    marked = marked_entries(showcase, viewer())
    return render_template(
        "curating/presence.html",
        showcase=showcase,
        rows=marked,
        names=names_of([each.entry for each in marked], viewer(), language().code),
        open=sum(each.has_begun and each.entry.status is EntryStatus.CONFIRMED for each in marked),
    )


@curating.post("/<slug>/presence")
@role(Role.COORDINATOR)
def present_all(slug: str) -> ResponseReturnValue:
    """Note that all the rest was presented."""
    showcase = _running(slug)
    with transaction():
        number = mark_rest_presented(actor(), showcase)
    flash(
        ngettext(
            "%(num)s entry was marked as presented.", "%(num)s entries were marked as presented.", number
        )
    )
    return redirect(url_for("curating.presence", slug=slug), code=303)


@curating.post("/<slug>/presence/<entry_id>/present")
@role(Role.COORDINATOR)
def present(slug: str, entry_id: str) -> ResponseReturnValue:
    """Note that an entry was presented."""
    entry = _judged(slug, entry_id)
    with transaction():
        mark_presented(actor(), entry)
    flash(translate("Marked as presented."))
    return redirect(url_for("curating.presence", slug=slug, _anchor=f"entry-{entry_id}"), code=303)


@curating.route("/<slug>/presence/<entry_id>/miss", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def miss(slug: str, entry_id: str) -> ResponseReturnValue:
    """Ask why an entry was not presented, and note it."""
    entry = _judged(slug, entry_id)
    form = MissForm(data={"words": entry.presence_words})

    def act() -> ResponseReturnValue:
        with transaction():
            mark_missed(actor(), entry, words=form.words.data)
        flash(translate("Marked as not presented."))
        return redirect(url_for("curating.presence", slug=slug, _anchor=f"entry-{entry_id}"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "curating/miss.html",
            showcase=entry.showcase,
            entry=entry,
            names=names_of([entry], viewer(), language().code),
            form=form,
        ),
    )


def _running(slug: str) -> Showcase:
    """Return a showcase of the viewer's team that has begun.

    Raises:
        NotFoundError: there is none, or it has not.
    """
    showcase = team_showcase(slug)
    if showcase.status not in MARKED_IN:
        raise NotFoundError
    return showcase


def _judged(slug: str, entry_id: str) -> Entry:
    _running(slug)
    return judged_entry(slug, entry_id, viewer())
