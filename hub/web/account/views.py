"""The page about one's own account."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.access.viewer import ROLE_NAMES
from hub.alerts.queries import searches_of
from hub.core.clock import now
from hub.members.models import Member
from hub.members.queries import roles_in_force
from hub.organisations.queries import law_enforcement_status, memberships_of
from hub.shortlists.queries import own_shortlists
from hub.vetting.queries import applications_of, offers_to, open_status_of
from hub.web.access import signed_in
from hub.web.account.blueprint import account
from hub.web.account.organisations import own_invitations
from hub.web.appointments.words import role_words
from hub.web.i18n import country_name, translate
from hub.web.sessions import actor, viewer


@account.get("/account")
@signed_in
def show() -> ResponseReturnValue:
    """Show who is signed in, how they stand, and with which roles and status."""
    member = actor()
    moment = now()
    applications = [] if member.is_approved else applications_of(member.id)
    return render_template(
        "account/show.html",
        member=member,
        application=applications[0] if applications else None,
        roles=_roles(member),
        memberships=memberships_of(member.id),
        invitations=own_invitations(member),
        status=law_enforcement_status(member.id, moment),
        asked=open_status_of(member.id),
        shortlists=len(own_shortlists(viewer())) if member.is_approved else 0,
        searches=len(searches_of(member.id)),
        offers=[role_words(each.role, each.country) for each in offers_to(member.id)],
    )


def _roles(member: Member) -> list[str]:
    """Return the roles in force in words, a focal point's with the country."""
    return [
        f"{translate(ROLE_NAMES[grant.role])}, {country_name(grant.country)}"
        if grant.country
        else translate(ROLE_NAMES[grant.role])
        for grant in roles_in_force(member, now())
    ]
