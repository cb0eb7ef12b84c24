"""A forgotten password, without telling who has an account, and a new one in place of a known one."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Viewer
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.i18n import N_
from hub.members import credentials
from hub.members.links import is_valid
from hub.members.models import EMAIL_LENGTH, MAY_SIGN_IN, MailToken, TokenPurpose
from hub.members.queries import is_confirmed
from hub.web.access import confirmed, public, signed_in
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.confirming import FIELD
from hub.web.fields import HubForm, email_address, filled, text_field
from hub.web.i18n import translate
from hub.web.limits import RESETS, RESETS_ADDRESS, address, network, spend
from hub.web.links import sent_token, token_for, void_page
from hub.web.new_passwords import NewPasswordForm
from hub.web.sessions import actor, current_session, keep_token

ASKED_TOO_OFTEN = N_(
    "For this address %(number)s links were asked for within an hour, which is the most. Look for the latest mail,"
    " or wait a little."
)


class ResetForm(HubForm):
    """With which address somebody signs in."""

    email = text_field(
        _l("Email address"), EMAIL_LENGTH, filled(_l("Enter your email address")), email_address
    )


@account.route("/reset", methods=["GET", "POST"])
@public
def ask_reset() -> ResponseReturnValue:
    """Ask for the address and send a link there if it has an account; the answer is the same if not."""
    form = ResetForm()
    is_sent = request.method == "GET" and "sent" in request.args
    return ask(
        form,
        lambda: _send_reset(form),
        lambda: render_template("account/reset_sent.html" if is_sent else "account/reset.html", form=form),
    )


def _send_reset(form: ResetForm) -> ResponseReturnValue:
    spend(RESETS, key=network())
    spend(RESETS_ADDRESS, ASKED_TOO_OFTEN, key=address(form.email.data))
    with transaction():
        credentials.ask_reset(form.email.data)
    return redirect(url_for("account.ask_reset", sent=1), code=303)


@account.route("/reset/choose", methods=["GET", "POST"])
@public
def choose_password() -> ResponseReturnValue:
    """Let who has the link choose a new password; a second factor is still asked for at the next sign-in."""
    token = token_for(TokenPurpose.RESET)
    if token is None or not _opens(token):
        return _void()
    form = NewPasswordForm()

    def act() -> ResponseReturnValue:
        member = token.member
        password_hash = form.hashed(*((member.email, member.display_name) if member else ()))
        with transaction():
            credentials.reset_password(token, password_hash)
        flash(
            translate(
                "Your password is changed, and you are signed out everywhere. Sign in with the new one."
            )
        )
        return redirect(url_for("account.sign_in"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "account/choose_password.html", form=form, token=sent_token(), member=token.member
        ),
        void=_void,
    )


def _opens(token: MailToken) -> bool:
    return is_valid(token) and token.member is not None and token.member.status in MAY_SIGN_IN


def _void() -> ResponseReturnValue:
    return void_page(translate("Ask for a new link"), url_for("account.ask_reset"))


@account.route("/account/password", methods=["GET", "POST"])
@signed_in
@confirmed
def change_password() -> ResponseReturnValue:
    """Set a new password; the present one is asked for beside it unless it was entered lately."""
    form = NewPasswordForm()
    return ask(
        form,
        lambda: _change(form),
        lambda: render_template(
            "account/password.html",
            form=form,
            present=None if is_confirmed(current_session(), now()) else FIELD,
        ),
    )


def _change(form: NewPasswordForm) -> ResponseReturnValue:
    member = actor()
    password_hash = form.hashed(member.email, member.display_name)
    with transaction():
        token = credentials.change_password(
            Viewer(public_id=member.public_id), member, password_hash, current_session()
        )
    flash(translate("Your password is changed. You were signed out everywhere else."))
    answer = make_response(redirect(url_for("account.security"), code=303))
    keep_token(answer, token)
    return answer
