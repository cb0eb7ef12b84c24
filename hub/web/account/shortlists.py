"""The shortlists that one keeps, and those that others share with one."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.core.pagination import PageRequest
from hub.shortlists.permissions import MOST_SHORTLISTS
from hub.shortlists.queries import lists_shared_with, own_shortlists
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.sessions import viewer

PER_PAGE = 50
"""Lists of others on one page."""


@account.get("/account/shortlists")
@members_only
def shortlists() -> ResponseReturnValue:
    """List the shortlists that this person keeps, and those that are shared with them."""
    somebody = viewer()
    return render_template(
        "account/shortlists.html",
        own=own_shortlists(somebody),
        shared=lists_shared_with(somebody, PageRequest(request.args.get("page", 1, type=int), PER_PAGE)),
        most=MOST_SHORTLISTS,
    )
