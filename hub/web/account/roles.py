"""One's own roles: being named publicly or not, resigning, and handing the focal point's role over."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.ids import PUBLIC_ID_LENGTH
from hub.members.models import Member, RoleGrant
from hub.members.queries import roles_in_force
from hub.vetting.models import WORDS_LENGTH, RoleProposal
from hub.vetting.queries import approved_member, grant_by_id, offer_by_id, offers_by, offers_to
from hub.vetting.roles import accept_offer, offer_role, resign_role, set_named, withdraw_proposal
from hub.web.access import confirmed, members_only
from hub.web.account.blueprint import account
from hub.web.appointments.forms import ReasonForm
from hub.web.appointments.words import role_words
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


class OfferForm(HubForm):
    """To whom a focal point offers the role, and why."""

    member = text_field(_l("To whom?"), PUBLIC_ID_LENGTH * 2, filled(_l("Enter a member id.")))
    reason = text_field(
        _l("Why this person?"), WORDS_LENGTH, filled(_l("Say it in your own words.")), area=True
    )

    def found(self) -> Member:
        """Return the approved member that was named; never by address, which not everybody may try out.

        Raises:
            InvalidError: there is none.
        """
        handle = self.member.data or ""
        member = None if "@" in handle else approved_member(handle)
        if member is None:
            raise InvalidError(N_("No approved member has this member id."), field="member")
        return member


@account.get("/account/roles")
@members_only
def roles() -> ResponseReturnValue:
    """Show one's own roles and what is offered to and by oneself."""
    member = actor()
    return render_template(
        "account/roles.html",
        grants=[(each, role_words(each.role, each.country)) for each in roles_in_force(member, now())],
        offers=[(each, role_words(each.role, each.country)) for each in offers_to(member.id)],
        own_offers=[(each, role_words(each.role, each.country)) for each in offers_by(member.id)],
    )


@account.post("/account/roles/<public_id>/name")
@members_only
def name_role(public_id: str) -> ResponseReturnValue:
    """Say whether the public list names one."""
    grant = own_grant(public_id)
    is_named = request.form.get("named") == "yes"
    with transaction():
        set_named(actor(), grant, is_named=is_named)
    flash(
        translate("The public list names you now.")
        if is_named
        else translate("The public list no longer names you.")
    )
    return redirect(url_for("account.roles"), code=303)


@account.route("/account/roles/<public_id>/resign", methods=["GET", "POST"], endpoint="resign_role")
@members_only
@confirmed
def resign(public_id: str) -> ResponseReturnValue:
    """Give up a role, with a reason."""
    grant = own_grant(public_id)
    form = ReasonForm()

    def act() -> ResponseReturnValue:
        with transaction():
            resign_role(actor(), grant, reason=form.reason.data or "")
        flash(translate("You gave up this role."))
        return redirect(url_for("account.roles"), code=303)

    said = role_words(grant.role, grant.country)
    return ask(
        form,
        act,
        lambda: render_template("account/resign.html", form=form, said=said),
        also=(ConflictError,),
    )


@account.route("/account/roles/<public_id>/hand-over", methods=["GET", "POST"], endpoint="offer_role")
@members_only
@confirmed
def hand_over(public_id: str) -> ResponseReturnValue:
    """Offer one's own focal point's role to another approved member."""
    grant = own_grant(public_id)
    if grant.role is not Role.FOCAL_POINT:
        raise NotFoundError
    form = OfferForm()

    def act() -> ResponseReturnValue:
        with transaction():
            offer_role(actor(), grant, form.found(), reason=form.reason.data or "")
        flash(translate("Offered. If they accept, a second person decides; until then you keep the role."))
        return redirect(url_for("account.roles"), code=303)

    said = role_words(grant.role, grant.country)
    return ask(
        form,
        act,
        lambda: render_template("account/hand_over_role.html", form=form, said=said),
        also=(ConflictError,),
    )


@account.post("/account/roles/offers/<public_id>/accept", endpoint="accept_offer")
@members_only
@confirmed
def accept(public_id: str) -> ResponseReturnValue:
    """Agree to take a focal point's role over."""
    offer = own_offer(public_id)
    with transaction():
        accept_offer(actor(), offer)
    flash(translate("Accepted. The role is yours once a second person has approved it."))
    return redirect(url_for("account.roles"), code=303)


@account.post("/account/roles/offers/<public_id>/refuse", endpoint="refuse_offer")
@members_only
def refuse_offered(public_id: str) -> ResponseReturnValue:
    """Refuse a role that was offered."""
    offer = own_offer(public_id)
    if offer.member_id != viewer().member_id:
        raise NotFoundError
    with transaction():
        withdraw_proposal(actor(), offer)
    flash(translate("Refused. Who offered it is told."))
    return redirect(url_for("account.roles"), code=303)


@account.post("/account/roles/offers/<public_id>/withdraw", endpoint="withdraw_offer")
@members_only
def withdraw_offered(public_id: str) -> ResponseReturnValue:
    """Take back one's own offer."""
    offer = own_offer(public_id)
    if offer.proposed_by_id != viewer().member_id:
        raise NotFoundError
    with transaction():
        withdraw_proposal(actor(), offer)
    flash(translate("Withdrawn. The role stays yours."))
    return redirect(url_for("account.roles"), code=303)


def own_grant(public_id: str) -> RoleGrant:
    """Return a role of one's own.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    grant = grant_by_id(public_id)
    if grant.member_id != viewer().member_id:
        raise NotFoundError
    return grant


def own_offer(public_id: str) -> RoleProposal:
    """Return a hand-over in which one is giver or receiver.

    Raises:
        NotFoundError: there is none.
    """
    return offer_by_id(public_id, viewer())
