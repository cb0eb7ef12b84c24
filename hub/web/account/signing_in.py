"""Signing in with address and password, and signing out; a second factor is asked for in `code`."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hub.core.database import session, transaction
from hub.core.errors import InvalidError, TooManyError, UnavailableError
from hub.members import signing_in
from hub.members.models import Member
from hub.vetting.factor_resets import complete_due_resets
from hub.web.access import public
from hub.web.account.blueprint import account
from hub.web.account.forms import SignInForm
from hub.web.i18n import translate
from hub.web.redirects import safe_next
from hub.web.runtime import runtime
from hub.web.sessions import drop_token, keep_token, renew_form_secret, sign_in_token
from hub.web.waiting import wait_words


@account.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password; open a session and go on to where the person wanted to be."""
    target = safe_next(request.values.get("next"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_from_home(target))
    form = SignInForm()
    status = 200
    retry_after = 0
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                return _open_session(form, target)
            except TooManyError as error:
                status, retry_after = error.status, error.retry_after
                form.form_errors.append(wait_words(error.retry_after))
            except (InvalidError, UnavailableError) as error:
                status = error.status
                form.form_errors.append(translate(error.message, **error.parameters))
    answer = make_response(render_template("account/sign_in.html", form=form, target=target), status)
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def _open_session(form: SignInForm, target: str) -> ResponseReturnValue:
    """Check the pair and open a session; hashing stands outside both transactions.

    Who has a second factor goes on to the page that asks for it, signed in nowhere yet.
    """
    email, password = form.email.data, form.password.data
    network = request.remote_addr or ""
    with transaction():
        attempt_id = signing_in.begin_attempt(email, network, is_limited=runtime().settings.limits == "on")
    checked = signing_in.check_password(email, password if form.is_plausible else "")
    old = sign_in_token()
    with transaction():
        member = session().get_one(Member, checked.member_id)
        complete_due_resets(member)
        target = _from_home(target)
        opened = signing_in.open_session(checked, attempt_id, request.user_agent.string)
        if old:
            signing_in.end_session(old)
    renew_form_secret()
    following = url_for("account.code", next=target) if opened.is_pending else target
    answer = make_response(redirect(following, code=303))
    keep_token(answer, opened.token)
    return answer


def _from_home(target: str) -> str:
    """Return where somebody goes on: who wanted nothing in particular, to what waits on them."""
    return url_for("start.show") if target == url_for("home.index") else target


@account.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session, on the server too; nobody needs to be signed in for that."""
    token = sign_in_token()
    if token:
        with transaction():
            signing_in.end_session(token)
    renew_form_secret()
    answer = make_response(redirect(safe_next(None), code=303))
    drop_token(answer)
    return answer
