"""Entries for those who propose and present them, open calls for an innovation, and files for who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision, InnovationStatus
from hub.catalogue.permissions import can_speak_for, registered_by
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.showcases.entries.checking import is_showable
from hub.showcases.models import Entry, EntryMaterial, EntryPresenter, EntryStatus, Showcase, ShowcaseStatus
from hub.showcases.permissions import (
    entries_visible_to,
    is_on_entry_side,
    is_presenter,
    on_entry_side_of,
    presented_by,
    visible_to,
)
from hub.showcases.queries import entry_by_id

MOST_OFFERED = 200
"""Innovations among which somebody chooses what to propose."""


@dataclass(frozen=True)
class OpenCall:
    """A showcase whose call is open, for who may speak for an innovation.

    Args:
        showcase: the showcase.
        is_showable: whether the innovation may be shown there.
        entry: what was proposed or is drafted for it already, or None.
    """

    showcase: Showcase
    is_showable: bool
    entry: Entry | None


def entry_in(slug: str, public_id: str, viewer: Viewer) -> Entry:
    """Return an entry that `viewer` may know of, by the address of its showcase and its own.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    entry = entry_by_id(public_id, viewer)
    if slug not in (entry.showcase.slug, entry.showcase.public_id):
        raise NotFoundError
    return entry


def party_entry(slug: str, public_id: str, viewer: Viewer) -> Entry:
    """Return an entry for which `viewer` acts, or which they present.

    Raises:
        NotFoundError: there is none, or they do neither.
    """
    entry = entry_in(slug, public_id, viewer)
    if not (is_on_entry_side(viewer, entry) or is_presenter(viewer, entry)):
        raise NotFoundError
    return entry


def side_entry(slug: str, public_id: str, viewer: Viewer) -> Entry:
    """Return an entry for which `viewer` acts.

    Raises:
        NotFoundError: there is none, or they do not.
    """
    entry = entry_in(slug, public_id, viewer)
    if not is_on_entry_side(viewer, entry):
        raise NotFoundError
    return entry


def own_entries(viewer: Viewer) -> Sequence[Entry]:
    """Return the entries for which `viewer` acts, the latest first, with what lists show of them loaded."""
    return session().scalars(_listed(select(Entry).where(on_entry_side_of(viewer)))).all()


def presented_entries(viewer: Viewer) -> Sequence[Entry]:
    """Return the entries that `viewer` was named to present and does not act for, the latest first."""
    return (
        session()
        .scalars(_listed(select(Entry).where(presented_by(viewer), ~on_entry_side_of(viewer))))
        .unique()
        .all()
    )


def open_calls(viewer: Viewer) -> Sequence[Showcase]:
    """Return the showcases whose call is open at this moment and that `viewer` may see, the one that closes first."""
    moment = clock.now()
    found = session().scalars(
        select(Showcase)
        .where(
            visible_to(viewer),
            Showcase.status == ShowcaseStatus.CALL_OPEN,
            Showcase.call_opens_at <= moment,
            Showcase.call_closes_at > moment,
        )
        .options(selectinload(Showcase.label_rows))
        .order_by(Showcase.call_closes_at, Showcase.id)
    )
    return found.all()


def open_calls_for(innovation: Innovation, viewer: Viewer) -> list[OpenCall]:
    """Return the open calls that `viewer` sees, with what each means for an innovation that they can speak for.

    Args:
        innovation: what is to be proposed.
        viewer: who would propose it.
    """
    if not can_speak_for(viewer, innovation) or innovation.status is not InnovationStatus.PUBLISHED:
        return []
    showcases = open_calls(viewer)
    if not showcases:
        return []
    entries = {
        each.showcase_id: each
        for each in session().scalars(
            select(Entry).where(
                Entry.innovation_id == innovation.id,
                Entry.showcase_id.in_([each.id for each in showcases]),
                Entry.status != EntryStatus.WITHDRAWN,
                entries_visible_to(viewer),
            )
        )
    }
    return [OpenCall(each, is_showable(innovation, each), entries.get(each.id)) for each in showcases]


def proposable_innovations(showcase: Showcase, viewer: Viewer) -> list[Innovation]:
    """Return what `viewer` may speak for and could propose for a showcase: shown to its audience, without an entry.

    Args:
        showcase: for which.
        viewer: who proposes.
    """
    live = select(Entry.innovation_id).where(
        Entry.showcase_id == showcase.id, Entry.status != EntryStatus.WITHDRAWN
    )
    found = session().scalars(
        select(Innovation)
        .where(
            or_(Innovation.owner_id.in_(sorted(viewer.represents)), registered_by(viewer)),
            Innovation.status == InnovationStatus.PUBLISHED,
            Innovation.id.not_in(live),
        )
        .options(
            selectinload(Innovation.label_rows),
            joinedload(Innovation.published_revision).selectinload(InnovationRevision.label_rows),
            joinedload(Innovation.published_revision).selectinload(InnovationRevision.texts),
        )
        .order_by(Innovation.id.desc())
        .limit(MOST_OFFERED)
    )
    return [each for each in found if can_speak_for(viewer, each) and is_showable(each, showcase)]


def material_by_id(entry_id: str, public_id: str, viewer: Viewer) -> EntryMaterial:
    """Return a file or link of an entry that `viewer` may know of at this moment.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(
        select(EntryMaterial)
        .join(Entry, Entry.id == EntryMaterial.entry_id)
        .where(EntryMaterial.public_id == public_id, Entry.public_id == entry_id, entries_visible_to(viewer))
        .options(joinedload(EntryMaterial.stored_file))
    )
    if found is None:
        raise NotFoundError
    return found


def presenter_of(entry: Entry, public_id: str) -> EntryPresenter:
    """Return a presenter of an entry.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in entry.presenters if each.public_id == public_id), None)
    if found is None:
        raise NotFoundError
    return found


def place_in_line(entry: Entry) -> int:
    """Return how many entries move up before this one, and it: 1 for the first on the waiting list."""
    before = (
        select(func.count())
        .select_from(Entry)
        .where(
            Entry.showcase_id == entry.showcase_id,
            Entry.status == EntryStatus.WAITLISTED,
            Entry.waitlist_position < entry.waitlist_position,
        )
    )
    return (session().scalar(before) or 0) + 1


def _listed(wanted: Select[Entry]) -> Select[Entry]:
    return wanted.options(
        joinedload(Entry.showcase).selectinload(Showcase.label_rows),
        joinedload(Entry.organisation),
        selectinload(Entry.presenters),
        joinedload(Entry.innovation)
        .joinedload(Innovation.published_revision)
        .selectinload(InnovationRevision.texts),
    ).order_by(Entry.created_at.desc(), Entry.id.desc())
