"""Registering for a showcase, as a member or as a guest, and changing or cancelling one's own registration."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.showcases.models import Registration, RegistrationStatus, Showcase
from hub.showcases.models.registration import STANDING
from hub.showcases.queries import showcase_by_slug
from hub.showcases.registrations.guests import ask_as_guest, takes_guests
from hub.showcases.registrations.queries import own_registration
from hub.showcases.registrations.registering import (
    cancel_registration as cancel,
    change_registration as change,
    holding_own,
    register as register_member,
)
from hub.web.access import members_only, public
from hub.web.asking import ask
from hub.web.i18n import language, translate
from hub.web.limits import COMING, GUESTS, GUESTS_ADDRESS, GUESTS_MAILBOX, has_room, mailbox, network, spend
from hub.web.sessions import actor, viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.registering_forms import GuestForm, RegisterForm, SaidForm, said
from hub.web.showcases.ticket import Links, ticket_page

CAME = {
    RegistrationStatus.REGISTERED: N_("You have a place. This page has the code for the entrance."),
    RegistrationStatus.WAITING: N_(
        "All places are taken. You are on the waiting list and move up by yourself."
    ),
    RegistrationStatus.ASKED: N_("Sent. The team approves each registration and answers you here."),
}


@showcases.route("/<slug>/register", methods=["GET", "POST"])
@public
def register(slug: str) -> ResponseReturnValue:
    """Ask how somebody takes part; a visitor of a public showcase also for name and address."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    if not somebody.is_member and not takes_guests(showcase):
        raise NotFoundError
    if somebody.is_member and own_registration(showcase, somebody) is not None:
        return redirect(url_for("showcases.ticket", slug=slug))
    if request.method == "GET" and not showcase.takes_registrations:
        # the page of the showcase says why; what was typed in time is refused with its words above the form
        return redirect(url_for("showcases.show", slug=slug))
    if not somebody.is_member:
        return _as_guest(showcase)
    form = RegisterForm()
    form.fit(showcase)

    def act() -> ResponseReturnValue:
        with transaction():
            made = register_member(actor(), showcase, form.details())
        flash(translate(CAME[made.status]))
        return redirect(url_for("showcases.ticket", slug=slug), code=303)

    return ask(form, act, lambda: _page(showcase, form, is_guest=False), also=(ConflictError,))


def _as_guest(showcase: Showcase) -> ResponseReturnValue:
    form = GuestForm()
    form.fit(showcase)

    def act() -> ResponseReturnValue:
        spend(GUESTS, key=f"{network()} {showcase.public_id}")
        # a refusal would tell that somebody registered with this address, and when
        theirs = mailbox(form.email.data)
        is_mailed = has_room(GUESTS_ADDRESS, key=f"{theirs} {network()}") and has_room(
            GUESTS_MAILBOX, key=theirs
        )
        with transaction():
            ask_as_guest(
                showcase,
                name=form.name.data,
                email=form.email.data,
                language=language().code,
                details=form.details(),
                is_mailed=is_mailed,
            )
        return redirect(url_for("showcases.register_sent", slug=showcase.slug), code=303)

    return ask(form, act, lambda: _page(showcase, form, is_guest=True), also=(ConflictError,))


@showcases.get("/<slug>/register/sent")
@public
def register_sent(slug: str) -> ResponseReturnValue:
    """Say what happens next, to every guest alike."""
    showcase = showcase_by_slug(slug, viewer())
    if not takes_guests(showcase):
        raise NotFoundError
    return render_template("showcases/register_sent.html", showcase=showcase)


@showcases.get("/<slug>/registration")
@members_only
def ticket(slug: str) -> ResponseReturnValue:
    """Show somebody their registration: the code for the entrance, their place in the queue, their seats."""
    showcase, registration = _own(slug)
    links = Links(
        change=url_for("showcases.change_registration", slug=slug),
        cancel=url_for("showcases.cancel_registration", slug=slug),
        attendees=url_for("showcases.attendees", slug=slug),
        seats="showcases.seat",
        leave="showcases.leave_seat",
    )
    return ticket_page(showcase, registration, viewer(), links)


@showcases.route("/<slug>/registration/change", methods=["GET", "POST"])
@members_only
def change_registration(slug: str) -> ResponseReturnValue:
    """Ask for other access needs or consent, and take them over."""
    showcase, registration = _own(slug)
    if registration.status not in STANDING:
        raise ConflictError
    form = SaidForm(data=said(registration))
    form.fit(showcase)

    def act() -> ResponseReturnValue:
        spend(COMING, key=registration.subject)
        with transaction():
            somebody = holding_own(actor(), registration)
            change(somebody, registration, access_needs=form.needs, is_listed=form.is_listed)
        flash(translate("Saved."))
        return redirect(url_for("showcases.ticket", slug=slug), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "showcases/change_registration.html",
            showcase=showcase,
            form=form,
            back=url_for("showcases.ticket", slug=slug),
            token="",
        ),
    )


@showcases.route("/<slug>/registration/cancel", methods=["GET", "POST"])
@members_only
def cancel_registration(slug: str) -> ResponseReturnValue:
    """Say what follows, and cancel."""
    showcase, registration = _own(slug)
    if registration.status not in STANDING:
        raise ConflictError
    if request.method == "POST":
        with transaction():
            cancel(holding_own(actor(), registration), registration)
        flash(translate("Cancelled. Thank you for saying so: whoever waits longest has the place."))
        return redirect(url_for("showcases.show", slug=slug), code=303)
    return render_template(
        "showcases/cancel_registration.html",
        showcase=showcase,
        registration=registration,
        back=url_for("showcases.ticket", slug=slug),
        token="",
    )


def _own(slug: str) -> tuple[Showcase, Registration]:
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    found = own_registration(showcase, somebody)
    if found is None:
        raise NotFoundError
    return showcase, found


def _page(showcase: Showcase, form: RegisterForm, *, is_guest: bool) -> str:
    return render_template("showcases/register.html", showcase=showcase, form=form, is_guest=is_guest)
