"""Lost second factors: reporting it after the password, and stopping a report that was not one's own."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerDay

from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError, TooManyError
from hub.members.models import Member, SignInSession
from hub.vetting.factor_resets import request_reset, stop_reset
from hub.vetting.queries import open_reset_of
from hub.web.access import public
from hub.web.account.blueprint import account
from hub.web.account.code import too_late, wanted
from hub.web.account.factor_forms import LossForm
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.limits import spend
from hub.web.sessions import pending_session
from hub.web.waiting import wait_time

LOSSES = RateLimitItemPerDay(3, namespace="losses")
"""Reports of one person: each writes to them and to coordinators."""


@account.route("/sign-in/lost", methods=["GET", "POST"])
@public
def lose_factors() -> ResponseReturnValue:
    """Say what happens when every second factor is lost, and take the report."""
    target = wanted()
    pending = pending_session()
    if pending is None:
        return too_late(target)
    form = LossForm()
    if request.method == "GET":
        return _page(pending, target, form)
    if not form.validate():
        return _page(pending, target, form, HTTP_INVALID)
    try:
        spend(LOSSES, key=f"member:{pending.member.public_id}")
        with transaction():
            request_reset(pending.member, form.words.data)
    except InvalidError as error:
        form.refuse(error)
        return _page(pending, target, form, error.status)
    except TooManyError as error:
        form.form_errors.append(
            translate(
                "You reported this three times within a day, which is the most. Wait %(wait)s.",
                wait=wait_time(error.retry_after),
            )
        )
        answer = make_response(_page(pending, target, form, error.status))
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    flash(translate("Your report has reached the coordinators."))
    return redirect(url_for("account.lose_factors", next=target), code=303)


@account.post("/sign-in/lost/stop")
@public
def stop_loss() -> ResponseReturnValue:
    """Stop the report as who knows the password."""
    target = wanted()
    pending = pending_session()
    if pending is None:
        return too_late(target)
    with transaction():
        stop_own_reset(pending.member)
    flash(translate("The report was stopped. Your second factors stay as they are."))
    return redirect(url_for("account.code", next=target), code=303)


def stop_own_reset(member: Member) -> None:
    """Stop the report about `member`.

    Raises:
        NotFoundError: there is none; ConflictError: it has just ended.
    """
    reset = open_reset_of(member.id)
    if reset is None:
        raise NotFoundError
    stop_reset(member, reset)


def _page(pending: SignInSession, target: str, form: LossForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "account/lost.html", form=form, target=target, reset=open_reset_of(pending.member_id)
    )
    return make_response(page, status)
