"""Searches that somebody saved: the list, saving one, what it is called and how often it is mailed, deleting it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField, ValidationError

from hub.alerts.models import NAME_LENGTH, Follow
from hub.alerts.queries import search_by_id, searches_of
from hub.alerts.searches import (
    OFFERED,
    delete_search as forget,
    edit_search as change,
    query_of,
    save_search as save,
)
from hub.core.database import transaction
from hub.core.i18n import N_
from hub.notifications.models import Frequency
from hub.search.documents import Collection
from hub.web.access import members_only, signed_in
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.fields import HubForm, text_field
from hub.web.finding import asked
from hub.web.i18n import translate
from hub.web.saved_searches import directory_named, saved_query, saving_arguments, search_address, words_of
from hub.web.sessions import actor

HOW_OFTEN = {
    Frequency.DAILY: N_("Once a day"),
    Frequency.WEEKLY: N_("Once a week"),
    Frequency.OFF: N_("Only on the hub"),
}
"""What the choices are called; whichever it is, the bell tells within a minute or two."""

SAVED = {
    Collection.INNOVATIONS: N_("Saved. You are told of new innovations that it finds."),
    Collection.REQUESTS: N_("Saved. You are told of new requests that it finds."),
}


@dataclass(frozen=True)
class SavedLine:
    """One saved search in words.

    Args:
        follow: what was stored.
        name: what its owner calls it; else what it searches for.
        asks: what it searches for.
        href: where it is run again.
        how_often: how often it is mailed.
    """

    follow: Follow
    name: str
    asks: str
    href: str
    how_often: str


def _is_offered(_form: Form, field: Field) -> None:
    if field.data not in {each.value for each in OFFERED}:
        raise ValidationError(translate("Choose how often."))


class SearchForm(HubForm):
    """What a saved search is called, and how often it is mailed."""

    name = text_field(_l("Name"), NAME_LENGTH)
    frequency = RadioField(
        _l("Mail me what is new"),
        choices=lambda: [(each.value, translate(HOW_OFTEN[each])) for each in OFFERED],
        validators=[_is_offered],
        validate_choice=False,
    )


@account.get("/account/searches")
@signed_in
def searches() -> ResponseReturnValue:
    """List the searches that this person saved."""
    lines = [saved_line(each) for each in searches_of(actor().id)]
    return render_template("account/searches.html", lines=lines)


@account.route("/account/searches/new", methods=["GET", "POST"])
@members_only
def save_search() -> ResponseReturnValue:
    """Save the search that the address asks, as the address of the catalogue would, or of the directory in `in`."""
    directory = directory_named(request.args.get("in", ""))
    query = saved_query(asked(directory))
    is_everything = not (query.text or query.filters or query.works_in)
    if is_everything and query.collection is Collection.INNOVATIONS:
        flash(translate("Type words or choose a filter first: this would save the whole catalogue."), "error")
        return redirect(url_for("catalogue.search"), code=303)
    same = next((each for each in searches_of(actor().id) if each.key == query.key), None)
    form = SearchForm(**_chosen(same))

    def act() -> ResponseReturnValue:
        with transaction():
            save(actor(), query, name=form.name.data, frequency=Frequency(form.frequency.data))
        flash(translate(SAVED[query.collection]))
        return redirect(url_for("account.searches"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "account/save_search.html",
            form=form,
            action=url_for("account.save_search", **saving_arguments(query)),
            asks=words_of(query),
            back=search_address(query),
            is_new=not same,
            is_of_requests=query.collection is Collection.REQUESTS,
        ),
    )


@account.route("/account/searches/<public_id>/edit", methods=["GET", "POST"])
@signed_in
def edit_search(public_id: str) -> ResponseReturnValue:
    """Change name and frequency of a saved search of one's own."""
    follow = search_by_id(actor().id, public_id)
    form = SearchForm(**_chosen(follow))

    def act() -> ResponseReturnValue:
        with transaction():
            change(
                actor(),
                search_by_id(actor().id, public_id),
                name=form.name.data,
                frequency=Frequency(form.frequency.data),
            )
        flash(translate("Saved. It counts from now on."))
        return redirect(url_for("account.searches"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "account/edit_search.html",
            form=form,
            action=url_for("account.edit_search", public_id=public_id),
            asks=words_of(query_of(follow)),
            href=saved_line(follow).href,
        ),
    )


@account.post("/account/searches/<public_id>/delete")
@signed_in
def delete_search(public_id: str) -> ResponseReturnValue:
    """Forget a saved search of one's own."""
    with transaction():
        forget(actor(), search_by_id(actor().id, public_id))
    flash(translate("Deleted. You are no longer told what it would find."))
    return redirect(url_for("account.searches"), code=303)


def saved_line(follow: Follow) -> SavedLine:
    """Return a saved search in words, for its owner."""
    query = query_of(follow)
    asks = words_of(query)
    how_often = translate(HOW_OFTEN[follow.frequency or Frequency.OFF])
    return SavedLine(
        follow, follow.name or asks, asks, search_address(query, is_newest_first=True), how_often
    )


def _chosen(follow: Follow | None) -> Mapping[str, str]:
    """Return what the form shows before anything was typed."""
    if follow is None:
        return {"name": "", "frequency": Frequency.DAILY.value}
    return {"name": follow.name, "frequency": (follow.frequency or Frequency.OFF).value}
