"""Joining and leaving the team of a showcase."""

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator, holding_as_reader
from hub.showcases.models import Showcase, ShowcaseCurator
from hub.showcases.permissions import can_join, is_on_team

LAST_ONE = N_("You are the last of the team. Leave once another coordinator has joined.")


def join_team(actor: Member, showcase: Showcase) -> None:
    """Make a coordinator who sees a showcase one of its curators; who is one already stays one.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: they are no coordinator, or outside its audience.
    """
    viewer = holding_as_reader(actor, showcase)
    if is_on_team(viewer, showcase):
        return
    if not can_join(viewer, showcase) or viewer.member_id is None:
        raise ForbiddenError
    if all(each.member_id != viewer.member_id for each in showcase.curators):
        showcase.curators.append(ShowcaseCurator(member_id=viewer.member_id))
    session().flush()
    record(viewer, Event.SHOWCASE_JOIN, showcase.subject)


def leave_team(actor: Member, showcase: Showcase) -> None:
    """Take a curator off the team; what they scored and decided stays theirs.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: nobody else is.
    """
    viewer = holding_as_curator(actor, showcase)
    others = [each for each in showcase.curators if each.member_id != viewer.member_id]
    if not others:
        raise ConflictError(LAST_ONE)
    showcase.curators = others
    session().flush()
    record(viewer, Event.SHOWCASE_LEAVE, showcase.subject)
