"""What a published programme shows: its slots as plain rows, one slot, who presents, and what changed since."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.content import RevisionText
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.members.models import Member
from hub.members.profiles.queries import visible_member_ids
from hub.showcases.models import (
    ChangeKind,
    Entry,
    EntryFormat,
    EntryPresenter,
    EntryStatus,
    PresenterStatus,
    ProgrammeChange,
    Showcase,
    Slot,
    SlotKind,
)
from hub.showcases.permissions import in_programme_for, may_see_innovation


class ShownPresenter(NamedTuple):
    """Who presents: a name, and the random id of the profile where the viewer may read that."""

    name: str
    profile: str = ""


class ShownEntry(NamedTuple):
    """What is presented in a slot."""

    public_id: str
    name: str
    language: str
    innovation: str
    """Slug of the innovation."""
    format: EntryFormat
    status: EntryStatus
    is_featured: bool
    tlp: Tlp
    """The stricter label of the innovation and of its published revision."""
    materials: int
    presenters: tuple[ShownPresenter, ...]


class ShownSlot(NamedTuple):
    """One slot of the programme; `entry` is None for breaks and plenaries."""

    public_id: str
    kind: SlotKind
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str
    track: str
    capacity: int | None
    seats_taken: int
    version: int
    entry: ShownEntry | None

    @property
    def name(self) -> str:
        """What it is called: its innovation's name, or its own title."""
        return self.entry.name if self.entry else self.title


class ShownChange(NamedTuple):
    """One change since the programme was published."""

    kind: ChangeKind
    name: str
    slot: str
    """Random id of the slot where it is still shown to the viewer, else empty."""
    room_before: str
    room_after: str
    started_before: datetime | None
    ended_before: datetime | None
    starts_after: datetime | None
    ends_after: datetime | None
    changed_at: datetime


MOST_CHANGES = 100
"""Changes that a page lists, the latest first."""


def slot_of(showcase: Showcase, public_id: str, viewer: Viewer) -> Slot:
    """Return a slot of a published programme that `viewer` may see.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    shown = select(Entry.id).where(Entry.showcase_id == showcase.id, in_programme_for(viewer))
    found = session().scalar(
        select(Slot).where(
            Slot.showcase_id == showcase.id,
            Slot.public_id == public_id,
            or_(Slot.kind != SlotKind.ENTRY, Slot.entry_id.in_(shown.correlate(None))),
        )
    )
    if found is None or not showcase.is_programme_public:
        raise NotFoundError
    return found


def changes_of(showcase: Showcase, viewer: Viewer, language: str) -> list[ShownChange]:
    """Return what changed since the programme was published, the latest first, as far as `viewer` may know.

    Args:
        showcase: which the viewer may see.
        viewer: who reads.
        language: BCP 47 tag in which names are read.
    """
    known = select(Entry.id).where(
        Entry.showcase_id == showcase.id,
        may_see_innovation(viewer),
        or_(Entry.embargo_until.is_(None), Entry.embargo_until <= clock.now()),
    )
    here = select(Entry.id).where(Entry.showcase_id == showcase.id, in_programme_for(viewer))
    rows = (
        session()
        .execute(
            select(
                ProgrammeChange,
                Slot.public_id,
                or_(Slot.kind != SlotKind.ENTRY, Slot.entry_id.in_(here.correlate(None))),
                Entry.innovation_id,
            )
            .outerjoin(Slot, Slot.id == ProgrammeChange.slot_id)
            .outerjoin(Entry, Entry.id == ProgrammeChange.entry_id)
            .where(
                ProgrammeChange.showcase_id == showcase.id,
                or_(
                    ProgrammeChange.entry_id.is_(None),
                    ProgrammeChange.entry_id.in_(known.correlate(None)),
                ),
            )
            .order_by(ProgrammeChange.changed_at.desc(), ProgrammeChange.id.desc())
            .limit(MOST_CHANGES)
        )
        .all()
    )
    names = _names({number for *_, number in rows if number}, language)
    return [
        _change(change, slot if is_here else "", names.get(number, ""))
        for change, slot, is_here, number in rows
    ]


def _change(change: ProgrammeChange, slot: str | None, name: str) -> ShownChange:
    return ShownChange(
        change.kind,
        name or change.title,
        slot or "",
        change.room_before,
        change.room_after,
        change.started_before,
        change.ended_before,
        change.starts_after,
        change.ends_after,
        change.changed_at,
    )


def is_announced() -> ColumnElement[bool]:
    """Return the condition for presenters whom the audience reads: members by their own word only.

    For somebody without an account the side that names them answers.
    """
    is_guest = EntryPresenter.member_id.is_(None)
    return or_(
        EntryPresenter.status == PresenterStatus.CONFIRMED,
        and_(is_guest, EntryPresenter.status == PresenterStatus.ASKED),
    )


def presenters_of(entry_ids: Collection[int], viewer: Viewer) -> dict[int, tuple[ShownPresenter, ...]]:
    """Return who presents some entries, as far as they are announced, by the ids of the entries.

    Args:
        entry_ids: of entries that the viewer may see.
        viewer: who reads; profiles are named where they may read them.
    """
    rows = (
        session()
        .execute(
            select(
                EntryPresenter.entry_id,
                EntryPresenter.member_id,
                EntryPresenter.name,
                Member.display_name,
                Member.public_id,
            )
            .outerjoin(Member, Member.id == EntryPresenter.member_id)
            .where(EntryPresenter.entry_id.in_(sorted(entry_ids)), is_announced())
            .order_by(EntryPresenter.entry_id, EntryPresenter.position)
        )
        .all()
    )
    seen = visible_member_ids({row[1] for row in rows if row[1]}, viewer)
    found: defaultdict[int, list[ShownPresenter]] = defaultdict(list)
    for entry_id, member_id, name, display_name, public_id in rows:
        profile = public_id if member_id in seen and public_id else ""
        found[entry_id].append(ShownPresenter(display_name or name, profile))
    return {number: tuple(each for each in people if each.name) for number, people in found.items()}


def name_in(names: Mapping[str, str], source: str, language: str) -> tuple[str, str]:
    """Return a name and its language, as `InnovationRevision.text_in` chooses them.

    Args:
        names: by the BCP 47 tags of their languages.
        source: in which it was first written.
        language: of the reader.
    """
    family = language.partition("-")[0]
    related = (each for each in sorted(names) if each.partition("-")[0] == family)
    chosen = language if language in names else next(related, source)
    return names.get(chosen, ""), chosen


def _names(innovation_ids: Collection[int], language: str) -> dict[int, str]:
    rows = session().execute(
        select(Innovation.id, InnovationRevision.source_language, RevisionText.language, RevisionText.name)
        .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
        .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
        .where(Innovation.id.in_(sorted(innovation_ids)))
    )
    found: defaultdict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for number, source, spoken, name in rows:
        found[number, source][spoken] = name
    return {number: name_in(names, source, language)[0] for (number, source), names in found.items()}
