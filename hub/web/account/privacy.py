"""One's own data: what is kept, the file of it, and erasing the account."""

from flask import flash, make_response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from hub.core.i18n import N_
from hub.members.models import EMAIL_LENGTH, normal_email
from hub.privacy.archive import path_of, unlink
from hub.privacy.erasure import erase_account, open_matters
from hub.privacy.exports import (
    KEPT_FOR,
    ask_export as ask_for,
    exports_of,
    file_names,
    is_ready,
    ready_export,
)
from hub.web.access import confirmed, public, signed_in
from hub.web.account.blueprint import account
from hub.web.account.erasing.fates import fates_of
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import language, translate
from hub.web.limits import OWN_DATA, spend
from hub.web.runtime import runtime
from hub.web.sessions import actor, drop_token, renew_form_secret

OFTEN = N_("You have asked for files %(number)s times within an hour, which is the most. Wait a little.")


class EraseForm(HubForm):
    """The address of the account, so that nobody erases one by a slip."""

    address = text_field(
        _l("Your email address"), EMAIL_LENGTH, filled(_l("Enter the email address of your account."))
    )


@account.get("/account/privacy")
@signed_in
def privacy() -> ResponseReturnValue:
    """Say what is kept, list the files of own data, and lead to erasing the account."""
    return render_template(
        "account/privacy.html",
        exports=[(each, is_ready(each)) for each in exports_of(actor())],
        is_waiting=any(each.made_at is None and each.failed_at is None for each in exports_of(actor())),
        days=KEPT_FOR.days,
    )


@account.post("/account/privacy/export")
@signed_in
@confirmed
def ask_export() -> ResponseReturnValue:
    """Have the worker make the file of one's own data."""
    try:
        spend(OWN_DATA, OFTEN)
        with transaction():
            ask_for(actor(), language().code)
    except (ConflictError, TooManyError) as error:
        flash(translate(error.message, **error.parameters), "warning")
    else:
        flash(translate("Your file is being made. It takes a minute or two; you are told when it is ready."))
    return redirect(url_for("account.privacy"), code=303)


@account.post("/account/privacy/exports/<public_id>/download")
@signed_in
@confirmed
def download_export(public_id: str) -> ResponseReturnValue:
    """Send the file to its owner, and to nobody else."""
    export = ready_export(actor(), public_id)
    path = path_of(runtime().settings.instance.absolute(), export.file_name or "")
    if not path.is_file():
        raise NotFoundError(N_("This file is missing on our side. Ask for a new one."))
    day = (export.made_at or now()).date().isoformat()
    answer = send_file(
        path, mimetype="application/zip", as_attachment=True, download_name=f"my-data-{day}.zip"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@account.route("/account/privacy/erase", methods=["GET", "POST"])
@signed_in
@confirmed
def erase() -> ResponseReturnValue:
    """Say what becomes of everything, and erase the account for good."""
    form = EraseForm()
    return ask(form, lambda: _erased(form), lambda: _erase_page(form), also=(ConflictError,))


@account.get("/erased")
@public
def erased() -> ResponseReturnValue:
    """Say that an account is erased; the same for everybody."""
    return render_template("account/erased.html")


def _erase_page(form: EraseForm) -> str:
    matters = open_matters(actor())
    return render_template(
        "account/erase.html",
        form=form,
        outcomes=fates_of(matters),
        is_needed=matters.is_needed,
        member=actor(),
    )


def _erased(form: EraseForm) -> ResponseReturnValue:
    member = actor()
    if normal_email(form.address.data or "") != member.email:
        raise InvalidError(N_("This is not the email address of your account."), field="address")
    public_id, files = member.public_id, file_names(member.id)
    with transaction():
        erase_account(member)
    unlink(runtime().settings.instance.absolute(), files)
    renew_form_secret()
    flash(
        translate("Your member id was %(id)s. Keep it if you may want to ask for more later.", id=public_id)
    )
    answer = make_response(redirect(url_for("account.erased"), code=303))
    drop_token(answer)
    return answer
