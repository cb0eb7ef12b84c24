"""Setting up an authenticator app, and taking it away; nothing is stored until a code shows that it works."""

import segno
from flask import flash, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.core.sealing import seal, unseal
from hub.members.models import Member
from hub.members.queries import has_factor
from hub.members.recovery_codes import make_recovery_codes
from hub.members.totp import (
    enrol_totp,
    new_secret,
    provisioning_uri,
    remove_totp as take_away,
    totp_device_of,
)
from hub.web.access import confirmed, signed_in
from hub.web.account.blueprint import account
from hub.web.account.factor_forms import TotpForm
from hub.web.account.security import back, oneself, show_codes
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.runtime import runtime
from hub.web.sessions import actor, current_session

GROUP = 4
"""Signs of the secret that stand together."""

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


@account.route("/account/security/totp", methods=["GET", "POST"])
@signed_in
@confirmed
def totp() -> ResponseReturnValue:
    """Show a new secret as QR code and text, and keep it once a code confirms it."""
    member = actor()
    form = TotpForm()
    if request.method == "GET":
        return _page(member, form, new_secret())
    secret = unseal(runtime().settings.secret_key(), _purpose(member), form.sealed.data or "")
    if secret is None:
        form.form_errors.append(
            translate("The secret got lost on the way. Here is a new one: scan it again.")
        )
        return _page(member, form, new_secret(), HTTP_INVALID)
    if not form.validate():
        return _page(member, form, secret, HTTP_INVALID)
    try:
        codes = _enrol(secret, form.code.data)
    except InvalidError as error:
        form.refuse(error)
        return _page(member, form, secret, error.status)
    g.pop("viewer", None)
    if codes:
        return show_codes(codes, are_first=True)
    flash(translate("The authenticator app is set up. All your other sessions were ended."))
    return back()


@account.post("/account/security/totp/remove")
@signed_in
@confirmed
def remove_totp() -> ResponseReturnValue:
    """Take the authenticator app away."""
    with transaction():
        member = actor()
        take_away(oneself(member), member)
    flash(translate("The authenticator app was removed."))
    return back()


def _enrol(secret: str, code: str) -> tuple[str, ...]:
    """Keep the secret; return recovery codes if this is the member's first factor."""
    with transaction():
        member = actor()
        is_first = not has_factor(member.id)
        key = runtime().settings.secret_key()
        enrol_totp(oneself(member), member, secret=secret, code=code, key=key, current=current_session())
        return make_recovery_codes(oneself(member), member) if is_first else ()


def _page(member: Member, form: TotpForm, secret: str, status: int = 200) -> ResponseReturnValue:
    uri = provisioning_uri(member, secret)
    drawing = segno.make(uri, error="m", micro=False).svg_inline(
        border=QUIET_ZONE, omitsize=True, svgclass=None
    )
    page = render_template(
        "account/totp.html",
        form=form,
        uri=uri,
        drawing=Markup(drawing),  # noqa: S704 - drawn by us from black squares; the address is in none of its text
        secret=" ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP)),
        sealed=seal(runtime().settings.secret_key(), _purpose(member), secret),
        is_replaced=totp_device_of(member.id) is not None,
    )
    return make_response(page, status)


def _purpose(member: Member) -> str:
    return f"totp-setup:{member.public_id}"
