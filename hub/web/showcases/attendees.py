"""The list of attendees: who agreed to be read by the others who have a place."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.core.errors import NotFoundError
from hub.core.pagination import PageRequest
from hub.members.profiles.queries import visible_member_ids
from hub.showcases.queries import showcase_by_slug
from hub.showcases.registrations.queries import attendees_of, may_read_attendees, own_registration
from hub.web.access import members_only
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases

A_PAGE = 100


@showcases.get("/<slug>/attendees")
@members_only
def attendees(slug: str) -> ResponseReturnValue:
    """Show who else comes, to the team and to those who have a place."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    own = own_registration(showcase, somebody)
    if not may_read_attendees(somebody, showcase, own):
        raise NotFoundError
    page = attendees_of(showcase, PageRequest(request.args.get("page", 1, type=int), A_PAGE))
    members = {each.member_id for each in page.items if each.member_id is not None}
    return render_template(
        "showcases/attendees.html",
        showcase=showcase,
        page=page,
        profiles=visible_member_ids(members, somebody),
        back=url_for("showcases.ticket", slug=slug) if own else url_for("showcases.show", slug=slug),
        endpoint="showcases.attendees",
        args={"slug": slug},
    )
