"""Opening an invitation: joining by it, or accepting it with the account that one has."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.members.links import VOID
from hub.members.models import MailToken, Member, TokenPurpose
from hub.members.queries import member_by_email
from hub.organisations.queries import memberships_of
from hub.vetting.invitations import (
    accept_invitation,
    invitation_of,
    note_acceptance,
    use_invitation,
)
from hub.vetting.joining import MAY_APPLY, join_by_invitation
from hub.vetting.models import Invitation
from hub.vetting.permissions import is_open
from hub.web.access import public
from hub.web.asking import ask
from hub.web.i18n import translate
from hub.web.joining.blueprint import joining
from hub.web.joining.forms import InvitedForm
from hub.web.joining.terms import version
from hub.web.links import sent_token, token_for, void_page
from hub.web.sessions import current_member

NO_LONGER = N_(
    "Accepted. Whoever invited you no longer speaks for the organisation, so nothing else has changed."
)


@joining.route("/join/invitation", methods=["GET", "POST"])
@public
def invitation() -> ResponseReturnValue:
    """Show from whom the invitation is and for what; take it up in the way that fits who opens it."""
    token = token_for(TokenPurpose.INVITATION)
    invited = None if token is None else invitation_of(token)
    if token is None or invited is None or not is_open(invited):
        return _void()
    somebody = current_member()
    if somebody is not None and not (somebody.email == invited.email and somebody.status in MAY_APPLY):
        return _answer_as(somebody, token, invited)
    known = member_by_email(invited.email)
    if known is not None and known.status not in MAY_APPLY:
        return _page("joining/invitation_known.html", invited)
    return _join(token, invited)


def _join(token: MailToken, invited: Invitation) -> ResponseReturnValue:
    """Ask what /join asks and for a password; the address counts as confirmed, because the link came by mail."""
    organisation = invited.organisation
    form = InvitedForm(
        country=invited.country or (organisation.country if organisation else None),
        organisation_name=organisation.name if organisation else "",
    )

    def act() -> ResponseReturnValue:
        password_hash = form.hashed(invited.email, form.display_name.data)
        with transaction():
            used = use_invitation(token)
            member = join_by_invitation(used, form.applicant(), password_hash)
            note_acceptance(used, member)
        flash(translate("Your account is made. You can sign in; a coordinator now reads your application."))
        return redirect(url_for("account.sign_in"), code=303)

    return ask(
        form,
        act,
        lambda: _page("joining/invitation.html", invited, form=form, version=version()),
        void=_void,
    )


def _answer_as(somebody: Member, token: MailToken, invited: Invitation) -> ResponseReturnValue:
    """Show the invitation to who is signed in, and accept it for the account that it is for."""
    if request.method == "GET":
        return _page("joining/invitation_accept.html", invited, fits=somebody.email == invited.email)
    try:
        with transaction():
            accept_invitation(somebody, token)
    except InvalidError as error:
        if error.message == VOID:
            return _void()
        raise
    flash(*_accepted(somebody, invited))
    return redirect(url_for("account.show"), code=303)


def _accepted(somebody: Member, invited: Invitation) -> tuple[str, str]:
    """Return what came of accepting, and how it is shown."""
    if not somebody.is_approved:
        return translate("Accepted. It takes effect once a coordinator approves your application."), "message"
    if invited.organisation is None:
        return translate("Accepted. You are a member already, so nothing else changes."), "message"
    if invited.organisation_id in {each.organisation_id for each in memberships_of(somebody.id)}:
        name = invited.organisation.name
        return translate("Accepted. You now belong to %(organisation)s.", organisation=name), "message"
    return translate(NO_LONGER), "warning"


def _page(template: str, invited: Invitation, **values: object) -> str:
    return render_template(template, invitation=invited, token=sent_token(), **values)


def _void() -> ResponseReturnValue:
    return void_page(
        translate("Apply without an invitation"),
        url_for("joining.apply"),
        lead=N_(
            "The invitation was accepted or revoked, or is older than seven days. Whoever invited you can send another."
            " You can also apply without one."
        ),
    )
