"""Changing one's e-mail address: a link goes to the new one, and only opening it there makes it one's own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Viewer
from hub.core.database import transaction
from hub.members import credentials
from hub.members.links import is_valid
from hub.members.models import EMAIL_LENGTH, TokenPurpose
from hub.web.access import confirmed, signed_in
from hub.web.account.blueprint import account
from hub.web.account.passwords import ASKED_TOO_OFTEN
from hub.web.asking import ask
from hub.web.fields import HubForm, email_address, filled, text_field
from hub.web.i18n import translate
from hub.web.limits import RESETS, RESETS_ADDRESS, address, sender, spend
from hub.web.links import sent_token, token_for, void_page
from hub.web.sessions import actor


class AddressForm(HubForm):
    """The address that somebody wants to use from now on."""

    email = text_field(
        _l("New email address"), EMAIL_LENGTH, filled(_l("Enter your new email address.")), email_address
    )


class ConfirmAddressForm(HubForm):
    """Nothing but the button."""


@account.route("/account/email", methods=["GET", "POST"])
@signed_in
@confirmed
def change_address() -> ResponseReturnValue:
    """Ask for the new address and send a link there; whether it has an account already is not told."""
    form = AddressForm()
    return ask(
        form,
        lambda: _send(form),
        lambda: render_template("account/email.html", form=form, present=actor().email),
    )


def _send(form: AddressForm) -> ResponseReturnValue:
    new = form.email.data
    spend(RESETS, key=sender())
    spend(RESETS_ADDRESS, ASKED_TOO_OFTEN, key=address(new))
    with transaction():
        credentials.ask_address_change(actor(), new)
    flash(
        translate(
            "A link is on its way to %(address)s. Until you open it there, your present address stays.",
            address=new,
        )
    )
    return redirect(url_for("account.change_address"), code=303)


@account.route("/account/email/confirm", methods=["GET", "POST"])
@signed_in
def confirm_address() -> ResponseReturnValue:
    """Make the address that the link proves one's own; for the member who asked, and by a button only."""
    token = token_for(TokenPurpose.ADDRESS)
    member = actor()
    if token is None or not is_valid(token) or token.member_id != member.id:
        return _void()

    def act() -> ResponseReturnValue:
        with transaction():
            credentials.change_address(Viewer(public_id=member.public_id), member, token)
        flash(
            translate("Your address is now %(address)s. Sign in with it from now on.", address=member.email)
        )
        return redirect(url_for("account.show"), code=303)

    return ask(
        ConfirmAddressForm(),
        act,
        lambda: render_template(
            "account/email_confirm.html", token=sent_token(), new=token.address, present=member.email
        ),
        void=_void,
    )


def _void() -> ResponseReturnValue:
    return void_page(translate("Ask for a new link"), url_for("account.change_address"))
