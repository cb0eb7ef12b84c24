"""Rooms and tracks of a programme: listed, added, changed and removed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.showcases.programme.queries import room_by_id, rooms_of, track_by_id, tracks_of
from hub.showcases.programme.rooms import add_room, remove_room, save_room
from hub.showcases.programme.tracks import add_track, remove_track, save_track
from hub.web.access import role
from hub.web.asking import ask
from hub.web.curating.blueprint import curating
from hub.web.curating.clash_words import in_venue_time
from hub.web.curating.programme_forms import RoomForm, TrackForm, kept_room
from hub.web.curating.team import team_showcase
from hub.web.i18n import translate
from hub.web.sessions import actor

ROOMS, TRACKS = "/<slug>/programme/rooms", "/<slug>/programme/tracks"


@curating.route(ROOMS, methods=["GET", "POST"])
@role(Role.COORDINATOR)
def rooms(slug: str) -> ResponseReturnValue:
    """List the rooms of a showcase, and add one."""
    showcase = team_showcase(slug)
    form = RoomForm()
    form.offer(showcase)

    def act() -> ResponseReturnValue:
        with in_venue_time(showcase), transaction():
            added = add_room(actor(), showcase, form.details(showcase.time_zone))
            name = added.name
        flash(translate("%(name)s was added.", name=name))
        return redirect(url_for("curating.rooms", slug=showcase.slug), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "curating/rooms.html", showcase=showcase, form=form, rooms=rooms_of(showcase)
        ),
        also=(ConflictError,),
    )


@curating.route(f"{ROOMS}/<room_id>", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def room(slug: str, room_id: str) -> ResponseReturnValue:
    """Show a room in a form, and save it."""
    showcase = team_showcase(slug)
    found = room_by_id(showcase, room_id)
    form = RoomForm() if request.method == "POST" else RoomForm(data=kept_room(found, showcase.time_zone))
    form.offer(showcase)

    def act() -> ResponseReturnValue:
        with in_venue_time(showcase), transaction():
            save_room(actor(), showcase, found, form.details(showcase.time_zone, found))
        flash(translate("Saved."))
        return redirect(url_for("curating.rooms", slug=showcase.slug), code=303)

    return ask(
        form,
        act,
        lambda: render_template("curating/room.html", showcase=showcase, form=form, room=found),
        also=(ConflictError,),
    )


@curating.post(f"{ROOMS}/<room_id>/remove")
@role(Role.COORDINATOR)
def room_remove(slug: str, room_id: str) -> ResponseReturnValue:
    """Remove a room that no slot is in."""
    showcase = team_showcase(slug)
    with transaction():
        remove_room(actor(), showcase, room_by_id(showcase, room_id))
    flash(translate("The room was removed."))
    return redirect(url_for("curating.rooms", slug=showcase.slug), code=303)


@curating.route(TRACKS, methods=["GET", "POST"])
@role(Role.COORDINATOR)
def tracks(slug: str) -> ResponseReturnValue:
    """List the tracks of a programme, and add one."""
    showcase = team_showcase(slug)
    form = TrackForm()

    def act() -> ResponseReturnValue:
        with transaction():
            name = add_track(actor(), showcase, form.name.data).name
        flash(translate("%(name)s was added.", name=name))
        return redirect(url_for("curating.tracks", slug=showcase.slug), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "curating/tracks.html", showcase=showcase, form=form, tracks=tracks_of(showcase)
        ),
        also=(ConflictError,),
    )


@curating.route(f"{TRACKS}/<track_id>", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def track(slug: str, track_id: str) -> ResponseReturnValue:
    """Show a track in a form, and save it."""
    showcase = team_showcase(slug)
    found = track_by_id(showcase, track_id)
    form = TrackForm() if request.method == "POST" else TrackForm(data={"name": found.name})

    def act() -> ResponseReturnValue:
        with transaction():
            save_track(actor(), showcase, found, form.name.data)
        flash(translate("Saved."))
        return redirect(url_for("curating.tracks", slug=showcase.slug), code=303)

    return ask(
        form,
        act,
        lambda: render_template("curating/track.html", showcase=showcase, form=form, track=found),
        also=(ConflictError,),
    )


@curating.post(f"{TRACKS}/<track_id>/remove")
@role(Role.COORDINATOR)
def track_remove(slug: str, track_id: str) -> ResponseReturnValue:
    """Remove a track that no slot is in."""
    showcase = team_showcase(slug)
    with transaction():
        remove_track(actor(), showcase, track_by_id(showcase, track_id))
    flash(translate("The track was removed."))
    return redirect(url_for("curating.tracks", slug=showcase.slug), code=303)
