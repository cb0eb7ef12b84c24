"""Leaving an organisation, also as the last one who speaks for it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.organisations.directory import organisation_by_slug
from hub.organisations.models import OrganisationMembership
from hub.organisations.people import is_last_representative, member_ids_of, own_membership
from hub.organisations.queries import law_enforcement_status
from hub.vetting.organisations.memberships import leave_organisation
from hub.web.access import members_only
from hub.web.fields import HTTP_CONFLICT
from hub.web.i18n import translate
from hub.web.organisations.blueprint import organisations
from hub.web.sessions import actor, viewer

LAST = "last"


@organisations.route("/<slug>/leave", methods=["GET", "POST"])
@members_only
def leave(slug: str) -> ResponseReturnValue:
    """Say what ends with a membership, and end it.

    Who became the last representative after opening the page reads first what that ends.
    """
    membership = _own(slug)
    is_last = is_last_representative(membership)
    if request.method == "POST":
        if is_last and request.form.get("seen") != LAST:
            return _page(membership, is_last=True, is_news=True), HTTP_CONFLICT
        name = membership.organisation.name
        with transaction():
            leave_organisation(actor(), membership.organisation)
        flash(translate("You no longer belong to %(organisation)s.", organisation=name))
        return redirect(url_for("account.organisations"), code=303)
    return _page(membership, is_last=is_last)


def _page(membership: OrganisationMembership, *, is_last: bool, is_news: bool = False) -> str:
    organisation = membership.organisation
    status = law_enforcement_status(actor().id, now())
    return render_template(
        "organisations/leave.html",
        organisation=organisation,
        membership=membership,
        is_last=is_last,
        is_news=is_news,
        others=len(member_ids_of(organisation)) - 1,
        ends_status=status is not None and status.organisation_id == organisation.id,
        last=LAST,
    )


def _own(slug: str) -> OrganisationMembership:
    organisation = organisation_by_slug(slug, viewer())
    membership = own_membership(organisation, viewer())
    if membership is None:
        raise NotFoundError
    return membership
