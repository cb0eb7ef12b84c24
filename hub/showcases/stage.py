"""The published programme as one viewer sees it, put together anew only when a row of it has changed.

A hall full of phones asks for the same few hundred rows. The database joins them into one text, quickly; only where
that text is new are they read one by one. Pages keep what they drew for as long as they get
the same `Programme`.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from threading import Lock
from typing import Any

from sqlalchemy import (
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    select,
)

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.content import RevisionText
from hub.catalogue.permissions import visible_to as innovations_visible_to
from hub.core import clock
from hub.core.database import session
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import visible_to as profiles_visible_to
from hub.showcases.models import (
    Entry,
    EntryMaterial,
    EntryPresenter,
    Room,
    Showcase,
    Slot,
    SlotKind,
    Track,
)
from hub.showcases.models.entry import IN_PROGRAMME
from hub.showcases.permissions import may_be_named
from hub.showcases.published import ShownEntry, ShownPresenter, ShownSlot, is_announced, name_in

MOST_KEPT = 64
"""Programmes that are kept in this process, the longest unused are forgotten first."""

BETWEEN, AFTER = "\x1f", "\x1e"
"""Stand between columns and after rows in the joined text; what people type never holds them."""


@dataclass(frozen=True, eq=False)
class Programme:
    """What one viewer sees of a programme in one language; two are the same only if they are one object.

    Args:
        slots: in the order in which they begin.
    """

    slots: tuple[ShownSlot, ...] = ()

    @cached_property
    def tlp(self) -> Tlp:
        """The strictest label of what is shown."""
        return reduce(stricter, {each.entry.tlp for each in self.slots if each.entry}, Tlp.CLEAR)


NOTHING = Programme()

_kept: OrderedDict[tuple[str, ...], Programme] = OrderedDict()

_lock = Lock()
"""Held while the kept programmes are looked up or exchanged: several threads answer at once."""

Rows = Select[*tuple[Any, ...]]

Given = Mapping[str, object]

SHOWCASE_ID, MOMENT = (
    bindparam("showcase_id", type_=Integer),
    bindparam("moment", type_=Showcase.saved_at.type),
)


@dataclass(frozen=True)
class Reading:
    """The queries by which one viewer reads a programme: for its parts, and for the text of them all."""

    slots: Rows
    entries: Rows
    people: Rows
    content: Select[*tuple[str, ...]]


def staged_programme(showcase: Showcase, viewer: Viewer, language: str) -> Programme:
    """Return the slots of a published programme that `viewer` may see.

    A slot whose innovation the viewer may not see, or that has no entry, is not there.

    Args:
        showcase: which the viewer may see.
        viewer: who reads.
        language: BCP 47 tag in which names are read where the innovation has them.
    """
    if not showcase.is_programme_public:
        return NOTHING
    reading = _reading(viewer)
    given = {"showcase_id": showcase.id, "moment": clock.now()}
    content = _content(reading, given)
    key = (showcase.public_id, language, *content)
    found = _looked_up(key)
    if found is None:
        found = Programme(_put_together(reading, given, language))
        if _content(reading, given) == content:  # nobody changed it between the two readings
            return _keep(key, found)
    return found


def _looked_up(key: tuple[str, ...]) -> Programme | None:
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
        return found


def _keep(key: tuple[str, ...], found: Programme) -> Programme:
    """Keep a programme, and return what another thread has kept for the same rows meanwhile, if it was faster."""
    with _lock:
        kept = _kept.setdefault(key, found)
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return kept


def programme_of(showcase: Showcase, viewer: Viewer, language: str) -> tuple[ShownSlot, ...]:
    """Return the slots of `staged_programme`."""
    return staged_programme(showcase, viewer, language).slots


def _content(reading: Reading, given: Given) -> tuple[str, ...]:
    """Return all columns of all rows of each part as one text."""
    # plain text needs nothing of what the session does with rows
    return tuple(each or "" for each in session().connection().execute(reading.content, given).one())


@lru_cache(maxsize=MOST_KEPT)
def _reading(viewer: Viewer) -> Reading:
    """Return the queries for one viewer; to build them takes longer than to run them."""
    parts = (_slots(), _entries(viewer), _people(viewer))
    return Reading(*parts, select(*(_joined(each) for each in parts)))


def _joined(rows: Rows) -> ScalarSelect[str]:
    inner = rows.subquery()
    # one call for a row, which both databases know: to join its columns one by one takes twice as long
    line = func.format(BETWEEN.join(["%s"] * len(inner.columns)), *inner.columns, type_=String)
    return select(func.aggregate_strings(line, AFTER)).scalar_subquery()


def _slots() -> Rows:
    return (
        select(
            Slot.public_id,
            Slot.kind,
            Slot.title,
            Slot.starts_at,
            Slot.ends_at,
            Room.name.label("room"),
            Track.name.label("track"),
            Slot.capacity,
            Slot.seats_taken,
            Slot.version,
            Slot.entry_id,
            Slot.position,
            Room.position.label("room_position"),
        )
        .outerjoin(Room, Room.id == Slot.room_id)
        .outerjoin(Track, Track.id == Slot.track_id)
        .where(Slot.showcase_id == SHOWCASE_ID)
    )


def _entries(viewer: Viewer) -> Rows:
    """Return the query for the entries that the programme names to the viewer, a row for each name of each.

    It says what `in_programme_for` says of the entries of a published showcase that the viewer may see; whether one
    has a slot is asked of the slots.
    """
    materials = select(func.count()).where(EntryMaterial.entry_id == Entry.id).scalar_subquery()
    return (
        select(
            Entry.id,
            Entry.public_id,
            Innovation.slug,
            Entry.format,
            Entry.status,
            Entry.is_featured,
            Innovation.tlp,
            InnovationRevision.tlp.label("revision_tlp"),
            materials.label("materials"),
            InnovationRevision.source_language,
            RevisionText.language,
            RevisionText.name,
        )
        .join(Innovation, Innovation.id == Entry.innovation_id)
        .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
        .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
        .where(Entry.showcase_id == SHOWCASE_ID, may_be_named(MOMENT), innovations_visible_to(viewer))
    )


def _people(viewer: Viewer) -> Rows:
    """Return the query for all who are announced, with the ids of profiles that the viewer may read."""
    return (
        select(
            EntryPresenter.entry_id,
            EntryPresenter.position,
            func.coalesce(Member.display_name, EntryPresenter.name).label("name"),
            case((Profile.member_id.is_not(None), Member.public_id), else_="").label("profile"),
        )
        .join(Entry, Entry.id == EntryPresenter.entry_id)
        .outerjoin(Member, Member.id == EntryPresenter.member_id)
        .outerjoin(Profile, and_(Profile.member_id == Member.id, profiles_visible_to(viewer, MOMENT)))
        .where(
            Entry.showcase_id == SHOWCASE_ID,
            Entry.status.in_(IN_PROGRAMME),
            is_announced(),
        )
    )


def _put_together(reading: Reading, given: Given, language: str) -> tuple[ShownSlot, ...]:
    people = session().execute(reading.people, given)
    presenters: defaultdict[int, list[ShownPresenter]] = defaultdict(list)
    for number, _position, name, profile in sorted(people, key=lambda row: row[:2]):
        if name:
            presenters[number].append(ShownPresenter(name, profile or ""))
    facts, names = {}, defaultdict[int, dict[str, str]](dict)
    for number, *about, spoken, name in session().execute(reading.entries, given):
        facts[number], names[number][spoken] = about, name
    shown = {}
    for number, (public_id, slug, way, status, is_featured, *labels, materials, source) in facts.items():
        name, spoken = name_in(names[number], source, language)
        people_of = tuple(presenters[number])
        shown[number] = ShownEntry(
            public_id, name, spoken, slug, way, status, is_featured, stricter(*labels), materials, people_of
        )
    in_order = reading.slots.order_by(
        Slot.starts_at, Slot.position, func.coalesce(Room.position, -1), Slot.id
    )
    found = []
    for public_id, kind, title, begin, end, room, track, *seats, number, _, _ in session().execute(
        in_order, given
    ):
        capacity, taken, version = seats
        if number in shown or kind is not SlotKind.ENTRY:
            found.append(
                ShownSlot(
                    public_id,
                    kind,
                    title,
                    begin,
                    end,
                    room or "",
                    track or "",
                    capacity,
                    taken,
                    version,
                    shown.get(number),
                )
            )
    return tuple(found)
