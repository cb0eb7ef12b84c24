"""Sign-in, sign-out, and the page about one's own account."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import InvalidError, TooManyError, UnavailableError
from hub.core.i18n import N_
from hub.members import signing_in
from hub.members.queries import law_enforcement_country, roles_in_force
from hub.organisations.queries import memberships_of
from hub.web.access import public, signed_in
from hub.web.account.forms import SignInForm
from hub.web.i18n import country_name, translate
from hub.web.redirects import safe_next
from hub.web.runtime import runtime
from hub.web.sessions import actor, drop_token, keep_token, renew_form_secret, sign_in_token

account = Blueprint("account", __name__)

A_MINUTE = 60

ROLE_NAMES = {
    Role.FOCAL_POINT: N_("Focal point"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.INTEGRITY_OFFICER: N_("Integrity officer"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


@account.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password; open a session and go on to where the person wanted to be."""
    target = safe_next(request.values.get("next"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(target)
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
    """Check the pair and open a session; hashing stands outside both transactions."""
    email, password = form.email.data, form.password.data
    network = request.remote_addr or ""
    with transaction():
        attempt_id = signing_in.begin_attempt(email, network, is_limited=runtime().settings.limits == "on")
    checked = signing_in.check_password(email, password if form.is_plausible else "")
    old = sign_in_token()
    with transaction():
        token = signing_in.open_session(checked, attempt_id, request.user_agent.string)
        if old:
            signing_in.end_session(old)
    renew_form_secret()
    answer = make_response(redirect(target, code=303))
    keep_token(answer, token)
    return answer


def wait_words(seconds: int) -> str:
    """Return how long to wait before the next try, in words."""
    minutes = -(-seconds // A_MINUTE)
    if seconds <= A_MINUTE:
        wait = ngettext("%(num)s second", "%(num)s seconds", seconds)
    else:
        wait = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return translate(
        "Too many tries with this address or from this network. Wait %(wait)s, then try again.", wait=wait
    )


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


@account.get("/account")
@signed_in
def show() -> ResponseReturnValue:
    """Show who is signed in, with which roles and status."""
    member = actor()
    moment = now()
    roles = [
        f"{translate(ROLE_NAMES[grant.role])}, {country_name(grant.country)}"
        if grant.country
        else translate(ROLE_NAMES[grant.role])
        for grant in roles_in_force(member, moment)
    ]
    return render_template(
        "account/show.html",
        member=member,
        roles=roles,
        represents=[each.organisation.name for each in memberships_of(member.id)],
        law_enforcement=law_enforcement_country(member, moment),
    )
