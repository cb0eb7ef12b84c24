"""Sharing a shortlist with members and organisations, ending that, and leaving a list that somebody shared."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.organisations.directory import MovedError, organisation_by_slug
from hub.organisations.models import Organisation
from hub.organisations.people import colleagues_of
from hub.organisations.queries import organisations_of
from hub.shortlists.models import Shortlist
from hub.shortlists.queries import known_member, own_shortlist, share_of, shares_of, shortlist_by_public_id
from hub.shortlists.sharing import end_share, leave_shortlist, share_with_member, share_with_organisation
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.i18n import translate
from hub.web.limits import SHARES, spend
from hub.web.sessions import actor, viewer
from hub.web.shortlists.blueprint import shortlists
from hub.web.shortlists.forms import Receiver, ShareForm

NOBODY_THERE = N_("There is no such page that you can see.")


@shortlists.route("/<public_id>/share", methods=["GET", "POST"])
@members_only
def share(public_id: str) -> ResponseReturnValue:
    """Say with whom a list is shared, and share it with one more."""
    shortlist = own_shortlist(public_id, viewer())
    form = ShareForm()
    form.offer(
        [(each.slug, each.name) for each in organisations_of(viewer())],
        [(each.public_id, each.display_name) for each in colleagues_of(viewer())],
    )

    def act() -> ResponseReturnValue:
        spend(SHARES)
        with transaction():
            for receiver in form.receivers:
                _share_with(shortlist, receiver)
        flash(
            translate(
                "Shared. They read the list and your notes, and of its innovations those that they may see."
            )
        )
        return redirect(url_for("shortlists.share", public_id=public_id), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "shortlists/share.html", form=form, shortlist=shortlist, shares=shares_of(shortlist, viewer())
        ),
    )


def _share_with(shortlist: Shortlist, receiver: Receiver) -> None:
    """Share a list with whom an address names; whether somebody is there who may not be seen is not told."""
    try:
        if receiver.kind == "members":
            share_with_member(actor(), shortlist, known_member(receiver.key, viewer()))
        else:
            share_with_organisation(actor(), shortlist, _organisation(receiver.key))
    except NotFoundError:
        raise InvalidError(NOBODY_THERE, field="address") from None


def _organisation(slug: str) -> Organisation:
    try:
        return organisation_by_slug(slug, viewer())
    except MovedError as moved:
        return moved.organisation


@shortlists.post("/<public_id>/shares/<share_id>/end")
@members_only
def end(public_id: str, share_id: str) -> ResponseReturnValue:
    """Share a list no longer with one member or organisation."""
    shortlist = own_shortlist(public_id, viewer())
    found = share_of(shortlist, share_id)
    with transaction():
        end_share(actor(), found)
    flash(translate("Ended. They no longer read this shortlist."))
    return redirect(url_for("shortlists.share", public_id=public_id), code=303)


@shortlists.post("/<public_id>/leave")
@members_only
def leave(public_id: str) -> ResponseReturnValue:
    """Take oneself out of a list that somebody shared."""
    shortlist = shortlist_by_public_id(public_id, viewer())
    with transaction():
        leave_shortlist(actor(), shortlist)
    flash(translate("You no longer see this shortlist."))
    return redirect(url_for("account.shortlists"), code=303)
