"""Adding and removing one's own passkeys."""

from flask import Response, flash, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.passkeys import add_passkey, registration_options, remove_passkey as take_away
from hub.members.queries import has_factor
from hub.members.recovery_codes import make_recovery_codes
from hub.web.access import confirmed, signed_in
from hub.web.account.blueprint import account
from hub.web.account.factor_forms import PasskeyForm
from hub.web.account.party import party, passkey_obstacle
from hub.web.account.security import back, oneself, show_codes
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.sessions import actor, current_session

NOT_ASKED = N_("Your device has not been asked yet. Press the button; it needs a browser that runs scripts.")


@account.route("/account/security/passkeys/new", methods=["GET", "POST"])
@signed_in
@confirmed
def new_passkey() -> ResponseReturnValue:
    """Ask for a name and for what the browser answers, and keep the public key."""
    form = PasskeyForm()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form, HTTP_INVALID)
    if not form.credential.data:
        form.form_errors.append(translate(NOT_ASKED))
        return _page(form, HTTP_INVALID)
    try:
        codes = _add(form)
    except (InvalidError, ConflictError) as error:
        _refuse(form, error)
        return _page(form, error.status)
    g.pop("viewer", None)
    if codes:
        return show_codes(codes, are_first=True)
    flash(translate("The passkey was added. All your other sessions were ended."))
    return back()


@account.post("/account/security/passkeys/challenge")
@signed_in
@confirmed
def new_passkey_challenge() -> ResponseReturnValue:
    """Return, as JSON for the browser, what a new passkey must answer to."""
    with transaction():
        options = registration_options(actor(), current_session(), party())
    return Response(options, mimetype="application/json")


@account.post("/account/security/passkeys/<public_id>/remove")
@signed_in
@confirmed
def remove_passkey(public_id: str) -> ResponseReturnValue:
    """Take one passkey away."""
    with transaction():
        member = actor()
        take_away(oneself(member), member, public_id)
    flash(translate("The passkey was removed."))
    return back()


def _add(form: PasskeyForm) -> tuple[str, ...]:
    """Keep the passkey; return recovery codes if it is the member's first factor."""
    with transaction():
        member = actor()
        is_first = not has_factor(member.id)
        add_passkey(
            oneself(member),
            member,
            name=form.name.data,
            credential=form.credential.data,
            current=current_session(),
            party=party(),
        )
        return make_recovery_codes(oneself(member), member) if is_first else ()


def _refuse(form: PasskeyForm, error: InvalidError | ConflictError) -> None:
    """Show the words at the name, or on top where they are about what the browser answered."""
    words = translate(error.message, **error.parameters)
    if isinstance(error, InvalidError) and error.field == form.name.name:
        form.name.errors = [words]
    else:
        form.form_errors.append(words)


def _page(form: PasskeyForm, status: int = 200) -> ResponseReturnValue:
    page = render_template("account/new_passkey.html", form=form, obstacle=passkey_obstacle())
    return make_response(page, status)
