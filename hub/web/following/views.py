"""Following an innovation, an organisation or a country from its page, and ending it there."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.alerts.models import FollowedKind
from hub.alerts.queries import is_followed
from hub.alerts.service import follow_thing, unfollow
from hub.alerts.things import describe
from hub.catalogue.queries import innovation_by_slug
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.web.access import members_only
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

following = Blueprint("following", __name__)


@following.app_context_processor
def buttons() -> dict[str, object]:
    """Give templates the question whether who looks follows a thing."""
    return {"follows": follows}


def follows(kind: str, key: str) -> bool:
    """Whether the member who looks follows this thing; asked by pages that show the button."""
    number = viewer().member_id
    return number is not None and is_followed(number, FollowedKind(kind), key)


@following.post("/innovations/<slug>/follow")
@members_only
def follow_innovation(slug: str) -> ResponseReturnValue:
    """Follow an innovation."""
    innovation = innovation_by_slug(slug, viewer())
    here = url_for("catalogue.show", slug=innovation.slug)
    return _follow(FollowedKind.INNOVATION, innovation.public_id, here)


@following.post("/innovations/<slug>/unfollow")
@members_only
def unfollow_innovation(slug: str) -> ResponseReturnValue:
    """Follow it no longer."""
    innovation = innovation_by_slug(slug, viewer())
    here = url_for("catalogue.show", slug=innovation.slug)
    return _unfollow(FollowedKind.INNOVATION, innovation.public_id, here)


@following.post("/organisations/<slug>/follow")
@members_only
def follow_organisation(slug: str) -> ResponseReturnValue:
    """Follow an organisation."""
    key = _organisation(slug)
    return _follow(FollowedKind.ORGANISATION, key, url_for("organisations.show", slug=key))


@following.post("/organisations/<slug>/unfollow")
@members_only
def unfollow_organisation(slug: str) -> ResponseReturnValue:
    """Follow it no longer."""
    key = _organisation(slug)
    return _unfollow(FollowedKind.ORGANISATION, key, url_for("organisations.show", slug=key))


@following.post("/countries/<code>/follow")
@members_only
def follow_country(code: str) -> ResponseReturnValue:
    """Follow a country."""
    return _follow(FollowedKind.COUNTRY, code.upper(), url_for("countries.show", code=code.upper()))


@following.post("/countries/<code>/unfollow")
@members_only
def unfollow_country(code: str) -> ResponseReturnValue:
    """Follow it no longer."""
    return _unfollow(FollowedKind.COUNTRY, code.upper(), url_for("countries.show", code=code.upper()))


def _organisation(slug: str) -> str:
    """Return the slug of an organisation, or of what it was merged into.

    Raises:
        NotFoundError: there is none, or not for who asks.
    """
    thing = describe({f"organisation:{slug}"}, viewer()).get(f"organisation:{slug}")
    if thing is None:
        raise NotFoundError
    return thing.key


def _follow(kind: FollowedKind, key: str, here: str) -> ResponseReturnValue:
    try:
        with transaction():
            follow_thing(actor(), kind, key)
    except InvalidError as error:
        flash(translate(error.message, **error.parameters), "error")
    else:
        flash(translate("You follow this now: what is new comes to your notifications."))
    return redirect(here, code=303)


def _unfollow(kind: FollowedKind, key: str, here: str) -> ResponseReturnValue:
    with transaction():
        unfollow(actor(), kind, key)
    flash(translate("You no longer follow this."))
    return redirect(here, code=303)
