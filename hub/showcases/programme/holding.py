"""The first steps of every change to a programme: hold the showcase, see who acts, and whether it can still change."""

from sqlalchemy import select
from sqlalchemy.orm.attributes import instance_state

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.models import Room, Showcase, ShowcaseStatus, Slot, Track
from hub.showcases.permissions import can_judge

CHANGEABLE = (
    ShowcaseStatus.DRAFT,
    ShowcaseStatus.CALL_OPEN,
    ShowcaseStatus.REVIEW,
    ShowcaseStatus.PROGRAMME_PUBLISHED,
    ShowcaseStatus.LIVE,
)
"""States in which a programme is made or changed."""

OVER = N_("The showcase is over. Its programme stays as it was.")


def holding_programme(actor: Member, showcase: Showcase) -> Viewer:
    """Hold a showcase and return the viewer that `actor` is, if they may change its programme now.

    Raises:
        NotFoundError: they are not on its team.
        ConflictError: it is over or was cancelled.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.status not in CHANGEABLE:
        raise ConflictError(OVER)
    return viewer


def holding_slot(actor: Member, slot: Slot, *, version: int) -> Viewer:
    """Hold the showcase of a slot, read the slot anew and return the viewer that `actor` is, if they may change it.

    Args:
        actor: a curator.
        slot: what they want to change.
        version: that of the slot which they saw.

    Raises:
        NotFoundError: they are not on the team, the slot is gone, or they have a conflict with its entry.
        ConflictError: the showcase is over.
        StaleVersionError: somebody changed the slot meanwhile.
    """
    require_still_there(slot)
    viewer = holding_programme(actor, slot.showcase)
    read_anew(slot)
    if slot.entry is not None and not can_judge(viewer, slot.entry):
        raise NotFoundError
    if slot.version != version:
        raise StaleVersionError
    return viewer


def read_anew(thing: Slot | Room | Track) -> None:
    """Read a part of a programme that is held.

    Raises:
        NotFoundError: it was removed meanwhile.
    """
    require_still_there(thing)
    session().refresh(thing)


def require_still_there(thing: Slot | Room | Track) -> None:
    """Find that a part of a programme is stored; to be asked before any of its columns, which may have gone with it.

    Raises:
        NotFoundError: it was removed meanwhile.
    """
    table = type(thing)
    identity = instance_state(thing).identity
    if identity is None or session().scalar(select(table.id).where(table.id == identity[0])) is None:
        raise NotFoundError
