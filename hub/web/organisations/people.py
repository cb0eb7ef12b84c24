"""Who belongs to an organisation: inviting, roles, ending a membership, and being named on its page."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.members.models import EMAIL_LENGTH
from hub.members.profiles.queries import visible_member_ids
from hub.organisations.directory import organisation_by_slug
from hub.organisations.models import MembershipRole, Organisation, OrganisationMembership
from hub.organisations.people import membership_of, memberships_in, own_membership
from hub.organisations.permissions import can_describe, oversees
from hub.vetting.invitations import A_DAY, invite
from hub.vetting.organisations.memberships import change_role as give_role, remove_member, show_membership
from hub.vetting.permissions import can_invite_to, is_open
from hub.vetting.queries import invitations_by
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.fields import CodeField, HubForm, email_address, filled, text_field
from hub.web.i18n import translate
from hub.web.organisations.blueprint import organisations
from hub.web.organisations.changing import described
from hub.web.sessions import actor, viewer

ROLE_LABELS = {
    MembershipRole.MEMBER: _l("Member"),
    MembershipRole.REPRESENTATIVE: _l("Representative"),
}


class ColleagueForm(HubForm):
    """Whom a representative invites, and as what."""

    email = text_field(
        _l("Email address"), EMAIL_LENGTH, filled(_l("Enter the address of the person.")), email_address
    )
    role = CodeField(
        _l("As what?"),
        choices=lambda: [(each.value, label) for each, label in ROLE_LABELS.items()],
        default=MembershipRole.MEMBER.value,
    )


@organisations.route("/<slug>/people", methods=["GET", "POST"])
@members_only
def people(slug: str) -> ResponseReturnValue:
    """List who belongs to an organisation; a representative invites colleagues here."""
    organisation = organisation_by_slug(slug, viewer())
    memberships = memberships_in(organisation, viewer())
    may_change = can_describe(viewer(), organisation)
    # an organisation without people is listed to who oversees it
    may_invite = can_invite_to(viewer(), organisation)
    if (request.method == "POST" and not may_invite) or not (memberships or oversees(viewer(), organisation)):
        raise NotFoundError
    form = ColleagueForm()

    def act() -> ResponseReturnValue:
        role = MembershipRole(form.role.data or MembershipRole.MEMBER)
        with transaction():
            invite(actor(), form.email.data, organisation=organisation, role=role)
        flash(
            translate(
                "The invitation is on its way to %(address)s. It holds for seven days.",
                address=form.email.data,
            )
        )
        return redirect(url_for("organisations.people", slug=slug), code=303)

    return ask(
        form,
        act,
        lambda: _page(organisation, memberships, form, may_change=may_change, may_invite=may_invite),
    )


@organisations.post("/<slug>/people/<public_id>/change-role")
@members_only
def change_role(slug: str, public_id: str) -> ResponseReturnValue:
    """Make a member a representative, or a representative a mere member."""
    membership = _membership(slug, public_id)
    wanted = request.form.get("role", "")
    if wanted not in set(MembershipRole):
        raise NotFoundError
    role = MembershipRole(wanted)
    try:
        with transaction():
            give_role(actor(), membership, role)
    except (InvalidError, ConflictError) as error:
        flash(translate(error.message, **error.parameters), "error")
    else:
        flash(
            translate(
                "%(name)s is now: %(role)s.",
                name=membership.member.display_name,
                role=str(ROLE_LABELS[role]),
            )
        )
    return _back(slug)


@organisations.route("/<slug>/people/<public_id>/end", methods=["GET", "POST"])
@members_only
def end_membership(slug: str, public_id: str) -> ResponseReturnValue:
    """Say what ends with the membership of somebody else, and end it."""
    membership = _membership(slug, public_id)
    if membership.member_id == viewer().member_id:
        return redirect(url_for("organisations.leave", slug=slug), code=303)
    if request.method == "GET":
        return render_template(
            "organisations/end_membership.html",
            organisation=membership.organisation,
            membership=membership,
        )
    name = membership.member.display_name
    with transaction():
        remove_member(actor(), membership)
    flash(translate("%(name)s no longer belongs to the organisation.", name=name))
    return _back(slug)


@organisations.post("/<slug>/show-me")
@members_only
def show_me(slug: str) -> ResponseReturnValue:
    """Say whether the organisation's page names who is signed in."""
    membership = own_membership(organisation_by_slug(slug, viewer()), viewer())
    if membership is None:
        raise NotFoundError
    is_shown = request.form.get("shown") == "yes"
    with transaction():
        show_membership(actor(), membership, is_shown=is_shown)
    flash(
        translate("The page names you now.")
        if is_shown
        else translate("The page does not name you any more.")
    )
    return _back(slug)


def _page(
    organisation: Organisation,
    memberships: list[OrganisationMembership],
    form: ColleagueForm,
    *,
    may_change: bool,
    may_invite: bool,
) -> str:
    sent = invitations_by(viewer()) if may_change else ()
    return render_template(
        "organisations/people.html",
        organisation=organisation,
        memberships=memberships,
        seen=visible_member_ids([each.member_id for each in memberships], viewer()),
        own=own_membership(organisation, viewer()),
        may_change=may_change,
        may_invite=may_invite,
        role_labels=ROLE_LABELS,
        form=form,
        most=A_DAY,
        invited=[each for each in sent if each.organisation_id == organisation.id and is_open(each)],
    )


def _membership(slug: str, public_id: str) -> OrganisationMembership:
    return membership_of(described(slug), public_id)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("organisations.people", slug=slug), code=303)
