"""Inviting people: focal points for their country, representatives for a verified organisation."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Viewer
from hub.core.database import transaction
from hub.core.errors import ForbiddenError, InvalidError
from hub.members.models import EMAIL_LENGTH
from hub.organisations.models import MembershipRole, Organisation
from hub.organisations.queries import organisations_spoken_for
from hub.vetting.invitations import A_DAY, invite, revoke_invitation as revoke
from hub.vetting.permissions import can_invite_to, is_open
from hub.vetting.queries import invitations_by, own_invitation
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.fields import CodeField, HubForm, email_address, filled, text_field
from hub.web.i18n import by_name, country_name, translate
from hub.web.sessions import actor, viewer

ROLE_LABELS = {
    MembershipRole.MEMBER: _l("As a member of the organisation"),
    MembershipRole.REPRESENTATIVE: _l("As a representative, who registers records and invites others"),
}

COUNTRY = "country:"
ORGANISATION = "organisation:"


class InvitationForm(HubForm):
    """Whom somebody invites, for what, and as what."""

    email = text_field(
        _l("Email address"), EMAIL_LENGTH, filled(_l("Enter the address of the person.")), email_address
    )
    purpose = CodeField(_l("For whom do you invite?"), validators=[filled(_l("Choose for whom you invite."))])
    role = CodeField(
        _l("As what?"),
        choices=lambda: [(each.value, label) for each, label in ROLE_LABELS.items()],
        default=MembershipRole.MEMBER.value,
    )

    def __init__(self, organisations: dict[str, Organisation], countries: list[str], **values: Any) -> None:  # noqa: ANN401 - as FlaskForm's
        super().__init__(**values)
        self.organisations = organisations
        choices = [(f"{ORGANISATION}{slug}", each.name) for slug, each in organisations.items()]
        names = {country_name(code): code for code in countries}
        choices += [
            (f"{COUNTRY}{names[name]}", translate("%(country)s, as its focal point", country=name))
            for name in by_name(names)
        ]
        self.purpose.choices = choices
        if len(choices) == 1 and not self.purpose.data:
            self.purpose.data = choices[0][0]

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that was chosen, if it was one."""
        return self.organisations.get(self.purpose.data.removeprefix(ORGANISATION))

    @property
    def country(self) -> str | None:
        """The country that was chosen, if it was one."""
        chosen: str = self.purpose.data
        return chosen.removeprefix(COUNTRY) if chosen.startswith(COUNTRY) else None


@account.route("/account/invitations", methods=["GET", "POST"])
@members_only
def invitations() -> ResponseReturnValue:
    """Show who was invited, and invite another."""
    somebody = viewer()
    form = _form(somebody)
    may_invite = bool(form.purpose.choices)
    if request.method == "POST" and not may_invite:
        raise ForbiddenError
    return ask(
        form,
        lambda: _invite(form),
        lambda: render_template(
            "account/invitations.html",
            form=form,
            may_invite=may_invite,
            most=A_DAY,
            sent=[(each, is_open(each)) for each in invitations_by(somebody)],
        ),
    )


def _form(somebody: Viewer) -> InvitationForm:
    spoken_for = organisations_spoken_for(somebody)
    found = {each.slug: each for each in spoken_for if can_invite_to(somebody, each)}
    return InvitationForm(found, sorted(somebody.focal_countries))


def _invite(form: InvitationForm) -> ResponseReturnValue:
    with transaction():
        invite(
            actor(),
            form.email.data,
            organisation=form.organisation,
            role=MembershipRole(form.role.data or MembershipRole.MEMBER),
            country=form.country,
        )
    flash(
        translate(
            "The invitation is on its way to %(address)s. It holds for seven days.", address=form.email.data
        )
    )
    return redirect(url_for("account.invitations"), code=303)


@account.post("/account/invitations/<public_id>/revoke")
@members_only
def revoke_invitation(public_id: str) -> ResponseReturnValue:
    """Make the link of an invitation void."""
    invitation = own_invitation(viewer(), public_id)
    try:
        with transaction():
            revoke(actor(), invitation)
    except InvalidError:
        flash(
            translate("This invitation was accepted, was revoked before, or has expired. Nothing changed."),
            "warning",
        )
    else:
        flash(translate("Revoked. The link in the mail opens nothing any more."))
    return redirect(url_for("account.invitations"), code=303)
