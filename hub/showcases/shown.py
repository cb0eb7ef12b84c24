"""Where an innovation was or will be on stage: its entries in published programmes."""

from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.showcases.models import Entry, EntryStatus, Showcase, Slot
from hub.showcases.permissions import in_programme_for


@dataclass(frozen=True)
class Appearance:
    """One innovation on one stage.

    Args:
        showcase: where.
        slot: random id of its slot.
        status: whether it was presented.
        is_featured: whether two curators featured it.
    """

    showcase: Showcase
    slot: str
    status: EntryStatus
    is_featured: bool


def appearances_of(innovation_id: int, viewer: Viewer, number: int) -> list[Appearance]:
    """Return where an innovation stands in a programme that `viewer` may see, the latest first.

    Args:
        innovation_id: of the innovation.
        viewer: who reads.
        number: the most there are.
    """
    shown = select(Entry.id).where(Entry.innovation_id == innovation_id, in_programme_for(viewer))
    rows = session().execute(
        select(Showcase, Slot.public_id, Entry.status, Entry.is_featured)
        .select_from(Entry)
        .join(Slot, Slot.entry_id == Entry.id)
        .join(Showcase, Showcase.id == Entry.showcase_id)
        .where(Entry.id.in_(shown.correlate(None)))
        .order_by(Showcase.starts_at.desc(), Entry.id)
        .limit(number)
    )
    return [Appearance(*row) for row in rows]
