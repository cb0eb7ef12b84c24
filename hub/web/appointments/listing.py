"""Who holds which role: for everybody, with names only of those who agreed."""

from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.access.viewer import ROLE_NAMES, Role
from hub.vetting.permissions import can_appoint_some
from hub.vetting.queries import grants_in_force
from hub.web.access import public
from hub.web.appointments.blueprint import appointments
from hub.web.appointments.words import ROLE_TASKS
from hub.web.i18n import translate
from hub.web.sessions import viewer


@appointments.get("")
@public
def roles() -> ResponseReturnValue:
    """List the roles in force, each with its country, since when, and how it was granted."""
    held = {role: list(grants) for role, grants in groupby(grants_in_force(), key=lambda each: each.role)}
    return render_template(
        "appointments/roles.html",
        kinds=[
            (role, translate(ROLE_NAMES[role]), translate(ROLE_TASKS[role]), held.get(role, []))
            for role in Role
        ],
        may_appoint=can_appoint_some(viewer()),
    )
