"""Leaving an organisation that one belongs to."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.organisations.models import OrganisationMembership
from hub.organisations.queries import law_enforcement_status, memberships_of
from hub.vetting.standing import leave_organisation
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.i18n import translate
from hub.web.sessions import actor


@account.route("/account/organisations/<slug>/leave", methods=["GET", "POST"])
@members_only
def leave(slug: str) -> ResponseReturnValue:
    """Say what ends with a membership, and end it."""
    membership = _own(slug)
    if request.method == "POST":
        name, organisation_id = membership.organisation.name, membership.organisation_id
        with transaction():
            leave_organisation(actor(), organisation_id)
        flash(translate("You no longer belong to %(organisation)s.", organisation=name))
        return redirect(url_for("account.show"), code=303)
    status = law_enforcement_status(actor().id, now())
    rests = status is not None and status.organisation_id == membership.organisation_id
    return render_template("account/leave.html", membership=membership, ends_status=rests)


def _own(slug: str) -> OrganisationMembership:
    for each in memberships_of(actor().id):
        if each.organisation.slug == slug:
            return each
    raise NotFoundError
