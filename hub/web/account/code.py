"""The second step of signing in: a security code, a recovery code or a passkey, after the password was right."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError, TooManyError
from hub.members.models import SignInSession
from hub.members.passkeys import authentication_options, check_passkey, passkeys_of
from hub.members.recovery_codes import codes_left, use_recovery_code
from hub.members.second_factor import begin_factor_attempt, complete_session
from hub.members.totp import check_totp, totp_device_of
from hub.vetting.factor_resets import stop_reset
from hub.vetting.queries import open_reset_of
from hub.web.access import public
from hub.web.account.blueprint import account
from hub.web.account.factor_forms import CodeForm, RecoveryForm
from hub.web.account.party import party, passkey_obstacle
from hub.web.fields import HTTP_INVALID, HubForm
from hub.web.i18n import translate
from hub.web.redirects import safe_next
from hub.web.runtime import runtime
from hub.web.sessions import keep_token, pending_session, renew_form_secret
from hub.web.waiting import wait_time

Check = Callable[[SignInSession], None]


@dataclass
class _Forms:
    """The two forms of the page."""

    code: CodeForm = field(default_factory=CodeForm)
    recovery: RecoveryForm = field(default_factory=RecoveryForm)


@account.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Ask for the second factor and sign in with it."""
    target = wanted()
    pending = pending_session()
    if pending is None:
        return too_late(target)
    forms = _Forms()
    if request.method == "GET":
        return _page(pending, target, forms, forms.code)
    form: HubForm = forms.recovery if forms.recovery.recovery_code.name in request.form else forms.code
    if not form.validate():
        return _page(pending, target, forms, form, HTTP_INVALID)
    return _try(pending, target, forms, form, _check_recovery if form is forms.recovery else _check_code)


@account.post("/sign-in/passkey/challenge")
@public
def passkey_challenge() -> ResponseReturnValue:
    """Return, as JSON for the browser, what a passkey of the person must sign."""
    with transaction():
        pending = pending_session()
        if pending is None or not passkeys_of(pending.member_id):
            raise NotFoundError
        options = authentication_options(pending, party())
    return Response(options, mimetype="application/json")


@account.post("/sign-in/passkey")
@public
def sign_in_with_passkey() -> ResponseReturnValue:
    """Sign in with what a passkey signed."""
    target = wanted()
    pending = pending_session()
    if pending is None:
        return too_late(target)
    forms = _Forms()
    return _try(pending, target, forms, forms.code, _check_passkey)


def wanted() -> str:
    """Return where the person wants to go after signing in, if that is safe."""
    return safe_next(request.values.get("next"))


def too_late(target: str) -> ResponseReturnValue:
    """Send somebody whose password is not known (any more) to the page that asks for it."""
    if current_user.is_authenticated:
        return redirect(target, code=303)
    flash(
        translate(
            "Enter your email address and password first. You then have ten minutes for the second step."
        ),
        "warning",
    )
    return redirect(url_for("account.sign_in", next=target), code=303)


def _check_code(pending: SignInSession) -> None:
    check_totp(pending.member, request.form["code"], key=runtime().settings.secret_key())


def _check_recovery(pending: SignInSession) -> None:
    use_recovery_code(pending.member, request.form["recovery_code"])


def _check_passkey(pending: SignInSession) -> None:
    check_passkey(pending, request.form.get("credential", ""), party())


def _try(
    pending: SignInSession, target: str, forms: _Forms, form: HubForm, check: Check
) -> ResponseReturnValue:
    """Count the try, check it, and complete the session; each try stands in the database before it is judged."""
    try:
        with transaction():
            is_limited = runtime().settings.limits == "on"
            attempt = begin_factor_attempt(pending.member, is_limited=is_limited)
        with transaction():
            found = pending_session()
            if found is None:
                return too_late(target)
            check(found)
            token = complete_session(found, attempt, request.user_agent.string)
            reset = open_reset_of(found.member_id)
            if reset is not None:  # nothing is lost: who reported it was mistaken, or somebody else
                stop_reset(found.member, reset)
    except TooManyError as error:
        wait = wait_time(error.retry_after)
        form.form_errors.append(translate("Too many wrong tries. Wait %(wait)s, then try again.", wait=wait))
        answer = make_response(_page(pending, target, forms, form, error.status))
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    except InvalidError as error:
        _refuse(form, error)
        return _page(pending, target, forms, form, HTTP_INVALID)
    renew_form_secret()
    if check is _check_recovery:
        _tell_left(codes_left(found.member_id))
    answer = make_response(redirect(target, code=303))
    keep_token(answer, token)
    return answer


def _refuse(form: HubForm, error: InvalidError) -> None:
    """Show the words of `error` at the form's only field of codes."""
    words = translate(error.message, **error.parameters)
    name = "recovery_code" if isinstance(form, RecoveryForm) else error.field
    if name in form:
        form[name].errors = [words]
    else:
        form.form_errors.append(words)


def _tell_left(left: int) -> None:
    words = ngettext(
        "You have %(num)s recovery code left. Make new ones under Security.",
        "You have %(num)s recovery codes left. Make new ones under Security before they run out.",
        left,
    )
    flash(words, "warning")


def _page(
    pending: SignInSession, target: str, forms: _Forms, form: HubForm, status: int = 200
) -> ResponseReturnValue:
    """Show the ways that this person has; `form` is the one that was sent."""
    page = render_template(
        "account/code.html",
        form=form,
        code_form=forms.code,
        recovery_form=forms.recovery,
        target=target,
        has_totp=totp_device_of(pending.member_id) is not None,
        has_passkeys=bool(passkeys_of(pending.member_id)),
        has_codes=codes_left(pending.member_id) > 0,
        obstacle=passkey_obstacle(),
    )
    return make_response(page, status)
