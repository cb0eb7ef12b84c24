"""What coordinators decide in collaboration: the three kinds, how one is opened, taken, given back and recused from."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext as _l, ngettext

from hub.access.viewer import Role
from hub.collaboration.models import CollaborationRequest, CoordinatorCall, RequirementsVersion
from hub.collaboration.permissions import involvement_in
from hub.collaboration.review.conflicts import recuse_from, release_conflicted
from hub.collaboration.review.items import Item, is_waiting, request_of
from hub.collaboration.review.parties import conflict_with, told_conflict
from hub.collaboration.review.queries import can_decide_item, can_see_title, holder_of, item_by_id
from hub.collaboration.review.taking import release_item, take_item
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.integrity.permissions import Conflict
from hub.web.access import role
from hub.web.asking import ask
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.coordinate.recusing import RecusalForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class Matter:
    """One kind of what coordinators decide in collaboration.

    Args:
        kind: its place in addresses.
        name: the last word of its endpoints.
        model: its table.
        title: heading of its list and small line above its page's title.
        counted: how many, in words.
    """

    kind: str
    name: str
    model: type[Item]
    title: LazyString
    counted: Callable[[int], str]

    @property
    def table(self) -> str:
        """The name of its table, as `DeskLine.kind`."""
        return self.model.__tablename__

    def address(self, public_id: str, verb: str = "") -> str:
        """Return the address of one, or of what is done with it."""
        name = f"{verb}_{self.name}" if verb else self.name
        return url_for(f"coordinate.{name}", public_id=public_id)


MATTERS = {
    matter.kind: matter
    for matter in (
        Matter(
            "requests",
            "request",
            CollaborationRequest,
            _l("Requests for a partner"),
            lambda number: ngettext(
                "%(num)s request for a partner", "%(num)s requests for a partner", number
            ),
        ),
        Matter(
            "requirements",
            "requirements",
            RequirementsVersion,
            _l("New requirements of open requests"),
            lambda number: ngettext(
                "%(num)s change of requirements", "%(num)s changes of requirements", number
            ),
        ),
        Matter(
            "calls",
            "call",
            CoordinatorCall,
            _l("Calls from conversations"),
            lambda number: ngettext(
                "%(num)s call from a conversation", "%(num)s calls from conversations", number
            ),
        ),
    )
}
"""Every kind by its place in addresses, in the order of the queue."""


def opened(matter: Matter, item: Item, page: Callable[[], str]) -> ResponseReturnValue:
    """Show the page of a matter to who may decide it; send everybody else back, with why.

    Args:
        matter: which kind it is.
        item: what was opened.
        page: renders the page.

    Raises:
        NotFoundError: the viewer neither holds it nor may know what it is about.
    """
    somebody = viewer()
    if can_decide_item(somebody, item):
        return page()
    is_mine = item.taken_by_id == somebody.member_id
    if not (is_mine or can_see_title(somebody, item)):
        raise NotFoundError
    if not is_waiting(item):
        flash(translate("This is decided already, or was taken back."), "warning")
    elif (conflict := told_conflict(somebody, item)) is not None:
        return stopped(matter, item, conflict)
    elif is_mine:
        with transaction():
            release_conflicted(actor())
        flash(
            translate(
                "You have a conflict of interest with somebody who takes part. It went back to the others."
            ),
            "warning",
        )
    else:
        flash(translate("You do not hold this review. Take it first, or choose another."), "warning")
    return redirect(url_for("coordinate.queue"))


def stopped(matter: Matter, item: Item, conflict: Conflict) -> str:
    """Return the page in place of a matter that the viewer may not decide because of who asks."""
    request, holder = request_of(item), holder_of(item)
    is_own = holder is not None and holder.id == viewer().member_id
    is_shown = request.opened_at is not None
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_in(request),
            label=str(matter.title),
            title=request.title,
            language=request.language,
            tlp=request.tlp,
            back=url_for("coordinate.queue"),
            back_text=translate("Review"),
            holder=None if is_own else holder,
            taken_at=item.taken_at,
            read=url_for("collaboration.show", public_id=request.public_id) if is_shown else "",
            release=(lambda: release_item(actor(), item)) if is_own else None,
        )
    )


@coordinate.post(
    "/coordinate/requests/<public_id>/take", endpoint="take_request", defaults={"kind": "requests"}
)
@coordinate.post(
    "/coordinate/requirements/<public_id>/take",
    endpoint="take_requirements",
    defaults={"kind": "requirements"},
)
@coordinate.post("/coordinate/calls/<public_id>/take", endpoint="take_call", defaults={"kind": "calls"})
@role(Role.COORDINATOR)
def take(kind: str, public_id: str) -> ResponseReturnValue:
    """Take a matter."""
    matter = MATTERS[kind]
    item = item_by_id(matter.model, public_id, viewer())
    with transaction():
        take_item(actor(), item)
    return redirect(matter.address(public_id), code=303)


@coordinate.post(
    "/coordinate/requests/<public_id>/release", endpoint="release_request", defaults={"kind": "requests"}
)
@coordinate.post(
    "/coordinate/requirements/<public_id>/release",
    endpoint="release_requirements",
    defaults={"kind": "requirements"},
)
@coordinate.post("/coordinate/calls/<public_id>/release", endpoint="release_call", defaults={"kind": "calls"})
@role(Role.COORDINATOR)
def release(kind: str, public_id: str) -> ResponseReturnValue:
    """Give a matter back."""
    item = item_by_id(MATTERS[kind].model, public_id, viewer())
    with transaction():
        release_item(actor(), item)
    flash(translate("Given back. Another coordinator can take it."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.route(
    "/coordinate/requests/<public_id>/recuse",
    methods=["GET", "POST"],
    endpoint="recuse_request",
    defaults={"kind": "requests"},
)
@coordinate.route(
    "/coordinate/requirements/<public_id>/recuse",
    methods=["GET", "POST"],
    endpoint="recuse_requirements",
    defaults={"kind": "requirements"},
)
@coordinate.route(
    "/coordinate/calls/<public_id>/recuse",
    methods=["GET", "POST"],
    endpoint="recuse_call",
    defaults={"kind": "calls"},
)
@role(Role.COORDINATOR)
def recuse(kind: str, public_id: str) -> ResponseReturnValue:
    """Recuse oneself from a matter, and so from its request."""
    matter = MATTERS[kind]
    item = item_by_id(matter.model, public_id, viewer())
    somebody = viewer()
    if not (item.taken_by_id == somebody.member_id or can_see_title(somebody, item)):
        raise NotFoundError
    form = RecusalForm()
    if not form.is_submitted() and conflict_with(somebody, item) is not None:
        return opened(matter, item, lambda: "")

    def act() -> ResponseReturnValue:
        with transaction():
            recuse_from(actor(), item, form.words.data or "")
        flash(translate("You recused yourself. Only somebody without a conflict may decide."))
        return redirect(url_for("coordinate.queue"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "coordinate/recuse_request.html", form=form, matter=matter, item=item, about=request_of(item)
        ),
    )
