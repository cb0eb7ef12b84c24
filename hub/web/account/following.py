"""What one follows: the list, and ending each. Saved searches have pages of their own."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.alerts.models import Follow, FollowedKind
from hub.alerts.queries import Followed, follow_by_id, follows_of
from hub.alerts.service import unfollow
from hub.alerts.things import Thing
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.mail.places import path_of
from hub.web.access import signed_in
from hub.web.account.blueprint import account
from hub.web.i18n import country_name, language, translate
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class Line:
    """One line of the list; without name and address where the thing is hidden from who follows it."""

    follow: Follow
    name: str
    href: str
    language: str | None = None


@account.get("/account/following")
@signed_in
def following() -> ResponseReturnValue:
    """List what this person follows."""
    found = follows_of(actor().id, viewer(), language().code)
    lines = [line_of(each) for each in found]
    kinds = [kind for kind in FollowedKind if kind is not FollowedKind.SEARCH]
    groups = [(kind, [each for each in lines if each.follow.kind is kind]) for kind in kinds]
    return render_template("account/following.html", groups=groups, number=len(lines))


def line_of(followed: Followed) -> Line:
    """Return one line in words."""
    follow, thing = followed.follow, followed.thing
    if thing is None:
        return Line(follow, "", "")
    return Line(follow, name_of(thing), path_of(thing.kind, thing.key), thing.language)


def name_of(thing: Thing) -> str:
    """Return what a thing is called; countries in the reader's language."""
    return country_name(thing.key) if thing.kind == "country" else thing.title


@account.post("/account/following/<public_id>/unfollow")
@signed_in
def unfollow_one(public_id: str) -> ResponseReturnValue:
    """Follow something no longer, also what one may no longer see."""
    follow = follow_by_id(actor().id, public_id)
    if follow.kind is FollowedKind.SEARCH:
        raise NotFoundError
    with transaction():
        unfollow(actor(), follow.kind, follow.key)
    flash(translate("You no longer follow this."))
    return redirect(url_for("account.following"), code=303)
