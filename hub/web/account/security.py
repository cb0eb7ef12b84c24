"""The page about one's own second factors and sessions, and ending sessions."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.access.viewer import Viewer
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.members.passkeys import passkeys_of
from hub.members.queries import has_factor, sessions_of
from hub.members.recovery_codes import codes_left, make_recovery_codes as renew_codes
from hub.members.signing_in import end_own_session, end_sessions_of
from hub.members.totp import totp_device_of
from hub.web.access import confirmed, signed_in
from hub.web.account.blueprint import account
from hub.web.account.devices import device_words
from hub.web.account.loss import stop_own_reset
from hub.web.i18n import translate
from hub.web.sessions import actor, current_session, viewer

NO_FACTOR = N_("Set up an authenticator app or a passkey first.")


@account.get("/account/security")
@signed_in
def security() -> ResponseReturnValue:
    """Show what protects the account, and where it is in use."""
    member = actor()
    device = totp_device_of(member.id)
    passkeys = passkeys_of(member.id)
    sessions = [(each, device_words(each.user_agent)) for each in sessions_of(member.id, now())]
    return render_template(
        "account/security.html",
        device=device,
        passkeys=passkeys,
        has_factors=bool(device or passkeys),
        is_last=len(passkeys) + bool(device) == 1,
        codes_left=codes_left(member.id),
        sessions=sessions,
        here_id=current_session().id,
    )


@account.post("/account/security/recovery-codes")
@signed_in
@confirmed
def make_recovery_codes() -> ResponseReturnValue:
    """Replace the recovery codes and show the new ones, this once."""
    with transaction():
        member = actor()
        if not has_factor(member.id):
            raise ConflictError(NO_FACTOR)
        codes = renew_codes(oneself(member), member)
    return show_codes(codes, are_first=False)


@account.post("/account/security/sessions/<public_id>/end")
@signed_in
def end_session(public_id: str) -> ResponseReturnValue:
    """Sign out one place."""
    with transaction():
        end_own_session(actor().id, public_id)
    flash(translate("The session was ended."))
    return back()


@account.post("/account/security/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    with transaction():
        ended = end_sessions_of(actor().id, but=current_session().id)
    flash(ngettext("%(num)s other session was ended.", "%(num)s other sessions were ended.", ended))
    return back()


@account.post("/account/security/reset/stop")
@signed_in
def stop_reset() -> ResponseReturnValue:
    """Stop a report that says that one's second factors are lost."""
    with transaction():
        stop_own_reset(actor())
    flash(translate("The report was stopped. Your second factors stay as they are."))
    return back()


def oneself(member: Member) -> Viewer:
    """Return the person as the audit log names them, approved as a member or not."""
    somebody = viewer()
    return somebody if somebody.is_member else Viewer(public_id=member.public_id)


def back() -> ResponseReturnValue:
    """Go to the page about security."""
    return redirect(url_for("account.security"), code=303)


def show_codes(codes: tuple[str, ...], *, are_first: bool) -> ResponseReturnValue:
    """Show recovery codes; no later request can show them again. First ones take the place of none."""
    page = render_template("account/recovery_codes.html", codes=codes, are_first=are_first)
    return make_response(page)
