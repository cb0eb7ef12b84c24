"""The page about one's own account."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.access.viewer import ROLE_NAMES
from hub.core.clock import now
from hub.members.queries import roles_in_force
from hub.organisations.queries import law_enforcement_country, memberships_of
from hub.web.access import signed_in
from hub.web.account.blueprint import account
from hub.web.i18n import country_name, translate
from hub.web.sessions import actor


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
        law_enforcement=law_enforcement_country(member.id, moment),
    )
