"""Applying to join and confirming the address. No answer tells whether an address is known."""

from contextlib import suppress

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.members.models import TokenPurpose
from hub.vetting.joining import application_behind, apply_to_join, confirm_application
from hub.web.access import public
from hub.web.asking import ask
from hub.web.i18n import translate
from hub.web.joining.blueprint import joining
from hub.web.joining.forms import ApplicationForm
from hub.web.joining.terms import version
from hub.web.limits import JOINING, JOINING_ADDRESS, address, network, spend
from hub.web.links import sent_token, token_for, void_page
from hub.web.new_passwords import NewPasswordForm
from hub.web.sessions import current_member

SENT_TO_ADDRESS = N_(
    "With this address %(number)s applications were sent within an hour, which is the most. Look for the latest mail,"
    " or wait a little. What you typed is kept."
)


@joining.route("/join", methods=["GET", "POST"])
@public
def apply() -> ResponseReturnValue:
    """Ask who somebody is and why they want to join; the mail that follows asks for a password."""
    if request.method == "GET" and current_member() is not None:
        return redirect(url_for("account.show"))
    form = ApplicationForm()
    return ask(
        form,
        lambda: _apply(form),
        lambda: render_template("joining/apply.html", form=form, version=version()),
    )


def _apply(form: ApplicationForm) -> ResponseReturnValue:
    spend(JOINING, key=network())
    spend(JOINING_ADDRESS, SENT_TO_ADDRESS, key=address(form.email.data))
    # who applied with the same address in the same moment has a link on its way: the answer is the same
    with suppress(ConflictError), transaction():
        apply_to_join(form.email.data, form.applicant())
    return redirect(url_for("joining.sent"), code=303)


@joining.get("/join/sent")
@public
def sent() -> ResponseReturnValue:
    """Say what happens next, to everybody who applied alike."""
    return render_template("joining/sent.html")


@joining.route("/join/confirm", methods=["GET", "POST"])
@public
def confirm() -> ResponseReturnValue:
    """Show what was applied for with an address, and let who reads its mails choose a password and confirm."""
    token = token_for(TokenPurpose.CONFIRM)
    application = None if token is None else application_behind(token)
    if token is None or application is None:
        return _void()
    form = NewPasswordForm()

    def act() -> ResponseReturnValue:
        password_hash = form.hashed(application.member.email, application.display_name)
        with transaction():
            confirm_application(token, password_hash)
        flash(
            translate("Your address is confirmed. You can sign in; a coordinator now reads your application.")
        )
        return redirect(url_for("account.sign_in"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "joining/confirm.html", form=form, application=application, token=sent_token()
        ),
        void=_void,
    )


def _void() -> ResponseReturnValue:
    return void_page(
        translate("Apply again"),
        url_for("joining.apply"),
        lead=N_(
            "It was used before, has expired, or was replaced by a newer one. If you confirmed your address before,"
            " sign in. Otherwise apply again: you get a new link."
        ),
    )
