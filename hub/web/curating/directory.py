"""The desk of showcases: those of one's teams with what waits, and those whose team one may join."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.pagination import PageRequest
from hub.showcases.making.queries import showcases_of_team, showcases_to_join
from hub.showcases.making.waiting import waiting_in
from hub.web.access import role
from hub.web.curating.blueprint import curating
from hub.web.sessions import viewer

PER_PAGE = 20


@curating.get("")
@role(Role.COORDINATOR)
def directory() -> ResponseReturnValue:
    """List one's showcases, what waits in each, and the others that one sees."""
    somebody = viewer()
    own = showcases_of_team(somebody, asked_page("page"))
    others = showcases_to_join(somebody, asked_page("others"))
    return render_template(
        "curating/directory.html",
        own=own,
        others=others,
        waiting=waiting_in(somebody, [each.id for each in own.items]),
    )


def asked_page(argument: str) -> PageRequest:
    """Return which page of a list the address asks for."""
    return PageRequest(request.args.get(argument, default=1, type=int), PER_PAGE)
