"""Seats in slots: taking one and giving it up, for members who have a place."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.showcases.models import SeatStatus
from hub.showcases.queries import showcase_by_slug
from hub.showcases.registrations.queries import own_registration, slot_of
from hub.showcases.registrations.registering import holding_own
from hub.showcases.registrations.seats import PLACE_FIRST, leave_seat as leave, take_seat as take
from hub.web.access import members_only
from hub.web.i18n import translate
from hub.web.limits import COMING, spend
from hub.web.sessions import actor, viewer
from hub.web.showcases.blueprint import showcases

TAKEN = {
    SeatStatus.TAKEN: N_("The seat is yours."),
    SeatStatus.WAITING: N_("All seats are taken. You are on the waiting list and move up by yourself."),
}


@showcases.post("/<slug>/slots/<slot_id>/seat")
@members_only
def seat(slug: str, slot_id: str) -> ResponseReturnValue:
    """Take a seat in a slot, or a place on its waiting list."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    slot, registration = slot_of(showcase, slot_id), own_registration(showcase, somebody)
    if registration is None:
        raise ConflictError(PLACE_FIRST)
    spend(COMING, key=registration.subject)
    with transaction():
        status = take(holding_own(actor(), registration), registration, slot).status
    flash(translate(TAKEN[status]))
    return redirect(url_for("showcases.ticket", slug=slug, _anchor="seats"), code=303)


@showcases.post("/<slug>/slots/<slot_id>/seat/leave")
@members_only
def leave_seat(slug: str, slot_id: str) -> ResponseReturnValue:
    """Give up a seat, or the place on the waiting list of a slot."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    slot, registration = slot_of(showcase, slot_id), own_registration(showcase, somebody)
    if registration is None:
        raise NotFoundError
    spend(COMING, key=registration.subject)
    with transaction():
        leave(holding_own(actor(), registration), registration, slot)
    flash(translate("Given up. Whoever waits has the seat."))
    return redirect(url_for("showcases.ticket", slug=slug, _anchor="seats"), code=303)
