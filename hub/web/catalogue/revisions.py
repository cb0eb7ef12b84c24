"""The history of a record: its revisions, and one of them as it was with what it changed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.catalogue.permissions import is_on_owner_side
from hub.catalogue.queries import innovation_by_slug
from hub.catalogue.review.differences import differences_between
from hub.catalogue.revisions.queries import approved_before, last_revision, revision_by_number, revisions_of
from hub.core.errors import NotFoundError
from hub.core.pagination import PageRequest
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.comparing import shown_differences, shown_fields
from hub.web.i18n import language
from hub.web.sessions import viewer

PER_PAGE = 50

BETWEEN_COORDINATORS = frozenset(
    {
        Event.INNOVATION_PROPOSE,
        Event.INNOVATION_DECLINE_PROPOSAL,
        Event.INNOVATION_WITHDRAW_PROPOSAL,
        Event.RECUSAL_RECORD,
    }
)
"""Steps with reasons that coordinators give one another; the owner's side reads what came of them."""

LARGEST_NUMBER = 2**31 - 1
"""The largest number that the column of revisions holds."""


@catalogue.get("/<slug>/revisions")
@public
def revisions(slug: str) -> ResponseReturnValue:
    """List the revisions that this person may read, and for the owner's side every step as well."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    page = revisions_of(innovation, somebody, PageRequest(request.args.get("page", 1, type=int), PER_PAGE))
    if not page.total:
        raise NotFoundError
    is_own = is_on_owner_side(somebody, innovation)
    named = innovation.published_revision or last_revision(innovation)
    return render_template(
        "catalogue/revisions.html",
        innovation=innovation,
        page=page,
        words=named.text_in(language().code),
        is_own=is_own,
        steps=history_of(innovation.subject, events=frozenset(Event) - BETWEEN_COORDINATORS)
        if is_own
        else (),
    )


@catalogue.get("/<slug>/revisions/<int:number>")
@public
def revision(slug: str, number: int) -> ResponseReturnValue:
    """Show one revision: what it changed since the approved one before, and all that it said."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    if number > LARGEST_NUMBER:
        raise NotFoundError
    found = revision_by_number(innovation, number, somebody)
    before = approved_before(found, somebody)
    return render_template(
        "catalogue/revision.html",
        innovation=innovation,
        revision=found,
        words=found.text_in(language().code),
        before=before,
        differences=shown_differences(differences_between(before, found)) if before else (),
        fields=shown_fields(found),
    )
