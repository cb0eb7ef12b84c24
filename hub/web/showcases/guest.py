"""The pages behind a guest's link: confirming, the registration itself, changing, cancelling, seats, who else comes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import VISITOR
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.core.sealing import unsign
from hub.showcases.models import Registration, RegistrationStatus
from hub.showcases.models.registration import STANDING
from hub.showcases.registrations.guests import (
    GUEST_PURPOSE,
    confirm_guest as confirm,
    confirm_until,
    guest_registration,
    holding_guest,
)
from hub.showcases.registrations.queries import attendees_of, may_read_attendees, slot_of
from hub.showcases.registrations.registering import (
    cancel_registration as cancel,
    change_registration as change,
)
from hub.showcases.registrations.seats import leave_seat, take_seat
from hub.web.access import public
from hub.web.asking import ask
from hub.web.i18n import translate
from hub.web.limits import COMING, spend
from hub.web.links import sent_token, void_page
from hub.web.runtime import runtime
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.registering import CAME
from hub.web.showcases.registering_forms import SaidForm, said
from hub.web.showcases.seats import TAKEN
from hub.web.showcases.ticket import Links, ticket_page

GONE = N_(
    "It was cancelled, you confirmed another one, it was not opened within 24 hours, or the showcase has long been"
    " over."
)


@showcases.get("/guest")
@public
def guest() -> ResponseReturnValue:
    """Show a guest their registration, or ask them to confirm it."""
    found = _found()
    if found is None:
        return _void()
    if found.status is RegistrationStatus.UNCONFIRMED:
        if clock.now() >= confirm_until(found):
            return _void()
        return render_template(
            "showcases/guest_confirm.html",
            showcase=found.showcase,
            registration=found,
            token=sent_token(),
            until=confirm_until(found),
        )
    token = sent_token()
    links = Links(
        change=url_for("showcases.change_guest", token=token),
        cancel=url_for("showcases.cancel_guest", token=token),
        attendees=url_for("showcases.guest_attendees", token=token),
        seats="showcases.guest_seat",
        leave="showcases.leave_guest_seat",
        token=token,
    )
    return ticket_page(found.showcase, found, VISITOR, links)


@showcases.post("/guest/confirm")
@public
def confirm_guest() -> ResponseReturnValue:
    """Let a guest arrive: from now on they have a place, wait for one or for approval."""
    found = _found()
    if found is None:
        return _void()
    with transaction():
        confirm(found)
        status = found.status
    flash(translate(CAME[status]))
    return _back()


@showcases.route("/guest/change", methods=["GET", "POST"])
@public
def change_guest() -> ResponseReturnValue:
    """Ask a guest for other access needs or consent, and take them over."""
    found = _standing()
    if found is None:
        return _void()
    form = SaidForm(data=said(found))
    form.fit(found.showcase)

    def act() -> ResponseReturnValue:
        spend(COMING, key=found.subject)
        with transaction():
            change(holding_guest(found), found, access_needs=form.needs, is_listed=form.is_listed)
        flash(translate("Saved."))
        return _back()

    return ask(
        form,
        act,
        lambda: render_template(
            "showcases/change_registration.html",
            showcase=found.showcase,
            form=form,
            back=url_for("showcases.guest", token=sent_token()),
            token=sent_token(),
        ),
    )


@showcases.route("/guest/cancel", methods=["GET", "POST"])
@public
def cancel_guest() -> ResponseReturnValue:
    """Say what follows, and cancel a guest's registration."""
    found = _standing()
    if found is None:
        return _void()
    if request.method == "POST":
        with transaction():
            cancel(holding_guest(found), found)
        flash(translate("Cancelled. Thank you for saying so: whoever waits longest has the place."))
        return redirect(url_for("showcases.show", slug=found.showcase.slug), code=303)
    return render_template(
        "showcases/cancel_registration.html",
        showcase=found.showcase,
        registration=found,
        back=url_for("showcases.guest", token=sent_token()),
        token=sent_token(),
    )


@showcases.get("/guest/attendees")
@public
def guest_attendees() -> ResponseReturnValue:
    """Show a guest who has a place who else agreed to be listed."""
    found = _standing()
    if found is None:
        return _void()
    if not may_read_attendees(VISITOR, found.showcase, found):
        raise NotFoundError
    asked = PageRequest(request.args.get("page", 1, type=int), per_page=100)
    return render_template(
        "showcases/attendees.html",
        showcase=found.showcase,
        page=attendees_of(found.showcase, asked),
        profiles=frozenset(),
        back=url_for("showcases.guest", token=sent_token()),
        endpoint="showcases.guest_attendees",
        args={"token": sent_token()},
    )


@showcases.post("/guest/slots/<slot_id>/seat")
@public
def guest_seat(slot_id: str) -> ResponseReturnValue:
    """Give a guest a seat in a slot, or a place on its waiting list."""
    found = _standing()
    if found is None:
        return _void()
    slot = slot_of(found.showcase, slot_id)
    spend(COMING, key=found.subject)
    with transaction():
        seat = take_seat(holding_guest(found), found, slot)
        status = seat.status
    flash(translate(TAKEN[status]))
    return _back()


@showcases.post("/guest/slots/<slot_id>/leave")
@public
def leave_guest_seat(slot_id: str) -> ResponseReturnValue:
    """Give a guest's seat back."""
    found = _standing()
    if found is None:
        return _void()
    slot = slot_of(found.showcase, slot_id)
    spend(COMING, key=found.subject)
    with transaction():
        leave_seat(holding_guest(found), found, slot)
    flash(translate("Given up. Whoever waits has the seat."))
    return _back()


def _found() -> Registration | None:
    """Return the registration that the link of this request stands for; None where it is forged or gone."""
    public_id = unsign(runtime().settings.secret_key(), GUEST_PURPOSE, sent_token())
    if public_id is None:
        return None
    try:
        return guest_registration(public_id)
    except NotFoundError:
        return None


def _standing() -> Registration | None:
    """Return the same, if it still wants to come.

    Raises:
        ConflictError: it was cancelled or declined, or is not confirmed.
    """
    found = _found()
    if found is not None and found.status not in STANDING:
        raise ConflictError
    return found


def _back() -> ResponseReturnValue:
    return redirect(url_for("showcases.guest", token=sent_token()), code=303)


def _void() -> ResponseReturnValue:
    return void_page(translate("Showcases"), url_for("showcases.directory"), lead=GONE)
