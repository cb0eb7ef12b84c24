"""Taking a matter, giving it back, and the first steps of every decision on one."""

from sqlalchemy import ColumnElement, or_, update

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.collaboration.holding import hold_request
from hub.collaboration.models import CollaborationRequest, CoordinatorCall, RequirementsVersion
from hub.collaboration.permissions import can_review_requests
from hub.collaboration.review.items import Item, is_waiting, request_of, waiting_among
from hub.collaboration.review.parties import conflict_with, told_conflict
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import CONFLICT_WORDS
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.queries import members_with_role

WORDS_LENGTH = 2_000
"""The most characters of what a coordinator writes on deciding."""

NOT_HELD = N_("You do not hold this: somebody else took it, it was withdrawn, or it is already decided.")

TAKE: dict[type[Item], Event] = {
    CollaborationRequest: Event.REQUEST_TAKE,
    RequirementsVersion: Event.REQUIREMENTS_TAKE,
    CoordinatorCall: Event.CALL_TAKE,
}
RELEASE: dict[type[Item], Event] = {
    CollaborationRequest: Event.REQUEST_RELEASE,
    RequirementsVersion: Event.REQUIREMENTS_RELEASE,
    CoordinatorCall: Event.CALL_RELEASE,
}
"""What the audit log calls each."""


def take_item(actor: Member, item: Item) -> None:
    """Take a matter, so that nobody else decides it meanwhile; what a former coordinator holds may be taken over.

    Raises:
        NotFoundError: the actor decides nothing here, or may not hear of it.
        ForbiddenError: the actor has a conflict of interest; the message says which.
        ConflictError: somebody else holds it, or it waits no more.
    """
    viewer = _holding(actor, item)
    _require_free(viewer, item)
    now, kind = clock.now(), type(item)
    coordinators = sorted(members_with_role(Role.COORDINATOR, now))
    _update(
        item,
        or_(kind.taken_by_id.is_(None), kind.taken_by_id.not_in(coordinators)),
        taken_by_id=viewer.member_id,
        taken_at=now,
    )
    record(viewer, TAKE[kind], item.subject, after=named(item))


def release_item(actor: Member, item: Item) -> None:
    """Give a matter back to the others, also where a conflict of interest arose since it was taken.

    Raises:
        NotFoundError: the actor decides nothing here.
        ConflictError: the actor does not hold it, or it waits no more.
    """
    give_back(_holding(actor, item), item, actor)


def give_back(viewer: Viewer, item: Item, holder: Member, *, reason: str = "") -> None:
    """Give back what somebody holds, who may not decide any more; its request is held.

    Args:
        viewer: who does it, for the audit log.
        item: the matter.
        holder: who took it.
        reason: why, for the audit log.

    Raises:
        ConflictError: they do not hold it, or it waits no more.
    """
    kind = type(item)
    _update(item, kind.taken_by_id == holder.id, taken_by_id=None, taken_at=None)
    record(viewer, RELEASE[kind], item.subject, reason=reason, after=named(item))


def decider(actor: Member, item: Item) -> Viewer:
    """Hold the request and return the viewer of somebody who took a matter of it and may decide it.

    Raises:
        NotFoundError: the actor decides nothing here.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor does not hold it.
    """
    viewer = _holding(actor, item)
    _require_free(viewer, item)
    if item.taken_by_id != viewer.member_id or not is_waiting(item):
        raise ConflictError(NOT_HELD)
    return viewer


def check_words(words: str) -> str:
    """Return the words of a decision without white space around them.

    Raises:
        InvalidError: there are none, or too many.
    """
    return checked_words(words, WORDS_LENGTH, N_("Give your reason in your own words."))


def named(item: Item) -> dict[str, object]:
    """Return which matter it is, for the audit log."""
    return {"matter": item.__tablename__, "id": item.public_id}


def _holding(actor: Member, item: Item) -> Viewer:
    request = request_of(item)
    hold_request(request)
    if item is not request:
        session().refresh(item)
    viewer = viewer_of(actor)
    if not can_review_requests(viewer):
        raise NotFoundError
    return viewer


def _require_free(viewer: Viewer, item: Item) -> None:
    said = told_conflict(viewer, item)
    if said is not None:
        raise ForbiddenError(CONFLICT_WORDS[said])
    if conflict_with(viewer, item) is not None:
        raise NotFoundError


def _update(item: Item, condition: ColumnElement[bool], **changes: object) -> None:
    """Change a waiting matter by one guarded statement, or refuse where a rival was faster."""
    kind = type(item)
    changed = session().execute(
        update(kind).where(kind.id == item.id, waiting_among(kind), condition).values(**changes),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError
    session().refresh(item)
