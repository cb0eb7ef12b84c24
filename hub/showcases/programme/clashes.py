"""What cannot be at one time in one programme: rules over plain facts, without a database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field as made
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NoReturn

from hub.core.errors import InvalidError
from hub.core.i18n import N_

OUTSIDE = N_("The showcase takes place from %(first)s until %(last)s. Choose a time on one of its days.")
ROOM_TAKEN = N_("%(room)s is taken from %(since)s until %(until)s. Choose another time or room.")
ROOM_NOT_YET = N_("%(room)s is free from %(since)s. Choose a later time or another room.")
ROOM_NO_LONGER = N_(
    "%(room)s is free until %(until)s. Choose an earlier time, a shorter slot or another room."
)
ROOM_TOO_SHORT = N_(
    "%(room)s is free for %(free)s minutes only, from %(since)s until %(until)s. The slot lasts %(minutes)s."
)
PRESENTER_ELSEWHERE = N_(
    "%(presenter)s is in another slot from %(since)s until %(until)s. Choose another time."
)
NOT_THEN = N_("This does not fit at this time. Choose another time, or ask another curator of the team.")
EMBARGO = N_("%(title)s is under embargo until %(until)s. Choose a later time.")
TOO_MANY_SEATS = N_("Seats in %(room)s: %(seats)s. Enter that number or less.")
SEATS_GIVEN = N_("Seats taken in this slot: %(number)s. Enter at least that number.")
SAME_NAME = N_(
    "Somebody called %(presenter)s is also in the slot from %(since)s until %(until)s."
    " Check that it is not the same person."
)
SHORTER = N_("%(title)s asked for %(wanted)s minutes, and the slot lasts %(minutes)s.")
OFF_HOURS = N_("This is outside the hours of the showcase: from %(first)s until %(last)s.")

NOBODY: Mapping[int, str] = MappingProxyType({})
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Days:
    """The days of a showcase where it takes place: from the first moment of the first until that after the last."""

    begin: datetime
    end: datetime
    first: datetime
    """When the showcase begins."""
    last: datetime
    """When it ends."""


@dataclass(frozen=True)
class RoomFacts:
    """A room as the rules see it."""

    id: int
    name: str
    seats: int | None = None
    free_from: datetime | None = None
    free_until: datetime | None = None


@dataclass(frozen=True)
class Booking:
    """A slot as the rules see it.

    Args:
        starts_at: when it begins.
        ends_at: when it ends.
        room: where.
        presenters: names of the members who present, by id.
        guests: names of presenters without an account.
        title: what its entry is called; empty without one, and where whoever asks may not see that.
        embargo_until: before when its entry is not named.
        minutes: how long its entry is meant to take, if it has one.
        capacity: seats that people take one by one.
        seats_taken: how many have one.
        is_open: whether whoever asks may hear of its entry.
        id: of the stored slot.
    """

    starts_at: datetime
    ends_at: datetime
    room: RoomFacts | None = None
    presenters: Mapping[int, str] = made(default_factory=lambda: NOBODY)
    guests: frozenset[str] = frozenset()
    title: str = ""
    embargo_until: datetime | None = None
    minutes: int | None = None
    capacity: int | None = None
    seats_taken: int = 0
    is_open: bool = True
    id: int | None = None

    @property
    def length(self) -> int:
        """How many minutes it lasts."""
        return (self.ends_at - self.starts_at) // MINUTE

    def overlaps(self, other: "Booking") -> bool:
        """Whether both take place at some moment; one that begins when the other ends does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Clash:
    """Why a slot cannot be as it is wanted; moments among the parameters are for delivery to put into words."""

    message: str
    field: str = ""
    parameters: Mapping[str, object] = made(default_factory=dict)

    def refuse(self) -> NoReturn:
        """Refuse what clashes.

        Raises:
            InvalidError: always.
        """
        raise InvalidError(self.message, field=self.field, **self.parameters)


def first_clash(wanted: Booking, others: Iterable[Booking], days: Days) -> Clash | None:
    """Return the first reason why a slot cannot be, or None.

    Args:
        wanted: as it would be stored.
        others: the other slots of the programme.
        days: those of the showcase.
    """
    return next(clashes(wanted, others, days), None)


def clashes(wanted: Booking, others: Iterable[Booking], days: Days) -> Iterator[Clash]:
    """Yield every reason why a slot cannot be, as `first_clash` takes them."""
    if wanted.starts_at < days.begin or wanted.ends_at > days.end:
        yield Clash(OUTSIDE, "day", {"first": days.first, "last": days.last})
    yield from _in_its_room(wanted)
    if wanted.embargo_until is not None and wanted.embargo_until > wanted.starts_at:
        yield Clash(EMBARGO, "day", {"title": wanted.title, "until": wanted.embargo_until})
    yield from _of_seats(wanted)
    for other in others:
        if wanted.overlaps(other):
            yield from _between(wanted, other)


def _in_its_room(wanted: Booking) -> Iterator[Clash]:
    room = wanted.room
    if room is None:
        return
    since, until = room.free_from, room.free_until
    if since is not None and until is not None and wanted.ends_at - wanted.starts_at > until - since:
        yield Clash(
            ROOM_TOO_SHORT,
            "minutes",
            {
                "room": room.name,
                "free": (until - since) // MINUTE,
                "since": since,
                "until": until,
                "minutes": wanted.length,
            },
        )
    elif since is not None and wanted.starts_at < since:
        yield Clash(ROOM_NOT_YET, "room", {"room": room.name, "since": since})
    elif until is not None and wanted.ends_at > until:
        yield Clash(ROOM_NO_LONGER, "room", {"room": room.name, "until": until})


def _of_seats(wanted: Booking) -> Iterator[Clash]:
    if wanted.seats_taken and (wanted.capacity is None or wanted.capacity < wanted.seats_taken):
        yield Clash(SEATS_GIVEN, "capacity", {"number": wanted.seats_taken})
    seats = wanted.room.seats if wanted.room else None
    if wanted.room and seats is not None and wanted.capacity is not None and wanted.capacity > seats:
        yield Clash(TOO_MANY_SEATS, "capacity", {"room": wanted.room.name, "seats": seats})


def _between(wanted: Booking, other: Booking) -> Iterator[Clash]:
    at = {"since": other.starts_at, "until": other.ends_at}
    if wanted.room and other.room and wanted.room.id == other.room.id:
        yield Clash(ROOM_TAKEN, "room", {"room": wanted.room.name, **at})
    shared = sorted(wanted.presenters.keys() & other.presenters.keys())
    if shared and not (wanted.is_open and other.is_open):
        # who has a conflict with the other entry must not learn who presents it
        yield Clash(NOT_THEN, "day")
    elif shared:
        yield Clash(PRESENTER_ELSEWHERE, "day", {"presenter": wanted.presenters[shared[0]], **at})


def doubts(wanted: Booking, others: Iterable[Booking], days: Days) -> Iterator[Clash]:
    """Yield what somebody should look at but nothing refuses: a name that stands twice, a slot too short or off hours.

    Args:
        wanted: a slot.
        others: the other slots of the programme; those that whoever asks may not hear of are passed over.
        days: those of the showcase, with its hours.
    """
    if wanted.starts_at < days.first or wanted.ends_at > days.last:
        yield Clash(OFF_HOURS, "day", {"first": days.first, "last": days.last})
    if wanted.minutes is not None and wanted.length < wanted.minutes:
        parameters = {"title": wanted.title, "wanted": wanted.minutes, "minutes": wanted.length}
        yield Clash(SHORTER, "minutes", parameters)
    mine = _names(wanted)
    for other in others:
        if not other.is_open or not wanted.overlaps(other):
            continue
        theirs = _names(other)
        # two members of one name are two members: only names without an account leave a doubt
        for key in sorted(mine.keys() & theirs.keys()):
            if _is_guest(mine[key], wanted) or _is_guest(theirs[key], other):
                at = {"since": other.starts_at, "until": other.ends_at}
                yield Clash(SAME_NAME, "day", {"presenter": mine[key], **at})


def _names(booking: Booking) -> dict[str, str]:
    return {
        " ".join(each.split()).casefold(): each for each in (*booking.presenters.values(), *booking.guests)
    }


def _is_guest(name: str, booking: Booking) -> bool:
    return name in booking.guests
