"""Joining the team of a showcase that one sees, and leaving it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.showcases.making.team import join_team, leave_team
from hub.showcases.queries import showcase_by_slug
from hub.web.access import role
from hub.web.curating.blueprint import curating
from hub.web.curating.team import team_showcase
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@curating.post("/<slug>/join")
@role(Role.COORDINATOR)
def join(slug: str) -> ResponseReturnValue:
    """Make whoever is signed in a curator of a showcase."""
    showcase = showcase_by_slug(slug, viewer())
    with transaction():
        join_team(actor(), showcase)
    flash(translate("You are on the team. What you have a conflict of interest with stays hidden from you."))
    return redirect(url_for("curating.show", slug=showcase.slug), code=303)


@curating.route("/<slug>/leave", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def leave(slug: str) -> ResponseReturnValue:
    """Ask, and take whoever is signed in off the team."""
    showcase = team_showcase(slug)
    if len(showcase.curators) == 1:
        raise ConflictError
    if request.method == "GET":
        return render_template("curating/leave.html", showcase=showcase)
    with transaction():
        leave_team(actor(), showcase)
    flash(translate("You left the team."))
    return redirect(url_for("curating.directory"), code=303)
