"""What people enter about rooms, tracks and slots, brought into the form in which it is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.catalogue.models.checking import check_text
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.models import SlotKind
from hub.showcases.models.showcase import MOST_CAPACITY, NAME_LENGTH, SUMMARY_LENGTH

LONGEST_SLOT = 24 * 60
"""Minutes of the longest slot."""

MOST_IN_SERIES = 60
"""Slots that are added together at most."""

NO_NAME = N_("Enter a name.")
NO_TITLE = N_("Say what happens in this slot.")
BAD_SEATS = N_("Enter a number from 1 to %(most)s, or leave it empty.")
BAD_MINUTES = N_("Enter a number of minutes from 1 to %(most)s.")
BAD_SERIES = N_("Enter a number from 1 to %(most)s.")
FREE_BACKWARDS = N_("The room must be free until later than from when it is free.")
NO_SEATS_IN_BREAKS = N_("Nobody needs a seat in a break. Leave this empty.")


@dataclass(frozen=True, kw_only=True)
class RoomDetails:
    """What is said about a room.

    Args:
        name: what people find on its door.
        seats: how many it has; None where nobody counted.
        access_words: how it is reached, hearing loops and the like.
        free_from: from when it can be used; None for as long as the showcase lasts.
        free_until: until when.
    """

    name: str
    seats: int | None = None
    access_words: str = ""
    free_from: datetime | None = None
    free_until: datetime | None = None

    def checked(self) -> "RoomDetails":
        """Return it as it is stored.

        Raises:
            InvalidError: it has no name, or something in it cannot be.
        """
        if self.free_from is not None and self.free_until is not None and self.free_from >= self.free_until:
            raise InvalidError(FREE_BACKWARDS, field="free_until")
        return RoomDetails(
            name=checked_line(self.name, NO_NAME, field="name"),
            seats=checked_seats(self.seats, field="seats"),
            access_words=checked_line(self.access_words, limit=SUMMARY_LENGTH, field="access_words"),
            free_from=self.free_from,
            free_until=self.free_until,
        )


@dataclass(frozen=True, kw_only=True)
class SlotDetails:
    """What is said about a slot.

    Args:
        kind: what it is for.
        title: of a break or plenary.
        room_id: public id of its room; empty for none.
        track_id: public id of its track; empty for none.
        starts_at: when it begins.
        minutes: how long it lasts.
        capacity: seats that people take one by one; None where nobody needs to.
        position: its order among slots that begin together.
    """

    kind: SlotKind
    starts_at: datetime
    minutes: int
    title: str = ""
    room_id: str = ""
    track_id: str = ""
    capacity: int | None = None
    position: int = 0

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def checked_title(self) -> str:
        """Return the title as it is stored; an entry's slot is called as its innovation.

        Raises:
            InvalidError: a break or plenary has none, or it is too long.
        """
        if self.kind is SlotKind.ENTRY:
            return ""
        return checked_line(self.title, NO_TITLE, field="title")

    def check_numbers(self) -> None:
        """Find nothing wrong with its numbers.

        Raises:
            InvalidError: it lasts no time or too long, or its seats cannot be.
        """
        if not 1 <= self.minutes <= LONGEST_SLOT:
            raise InvalidError(BAD_MINUTES, field="minutes", most=LONGEST_SLOT)
        if self.capacity is not None and self.kind is SlotKind.BREAK:
            raise InvalidError(NO_SEATS_IN_BREAKS, field="capacity")
        checked_seats(self.capacity, field="capacity")


@dataclass(frozen=True, kw_only=True)
class SeriesDetails:
    """Slots for entries that follow one another.

    Args:
        starts_at: when the first begins.
        minutes: how long each lasts.
        pause: minutes between two.
        number: how many there are.
        room_id: public id of their room; empty for none.
        track_id: public id of their track; empty for none.
    """

    starts_at: datetime
    minutes: int
    number: int
    pause: int = 0
    room_id: str = ""
    track_id: str = ""

    def slots(self) -> tuple[SlotDetails, ...]:
        """Return each of them.

        Raises:
            InvalidError: there would be none or too many, or a number cannot be.
        """
        if not 1 <= self.number <= MOST_IN_SERIES:
            raise InvalidError(BAD_SERIES, field="number", most=MOST_IN_SERIES)
        if not 1 <= self.minutes <= LONGEST_SLOT:
            raise InvalidError(BAD_MINUTES, field="minutes", most=LONGEST_SLOT)
        if not 0 <= self.pause <= LONGEST_SLOT:
            raise InvalidError(BAD_MINUTES, field="pause", most=LONGEST_SLOT)
        step = timedelta(minutes=self.minutes + self.pause)
        return tuple(
            SlotDetails(
                kind=SlotKind.ENTRY,
                starts_at=self.starts_at + place * step,
                minutes=self.minutes,
                room_id=self.room_id,
                track_id=self.track_id,
            )
            for place in range(self.number)
        )


def checked_line(text: str, empty: str = "", *, limit: int = NAME_LENGTH, field: str) -> str:
    """Return a line of text as it is stored.

    Args:
        text: what was typed.
        empty: the message for no text; none where it may be empty.
        limit: the most characters.
        field: where it was typed.

    Raises:
        InvalidError: it is empty or too long, or holds signs that nobody sees.
    """
    line = " ".join(text.split())
    if not line and empty:
        raise InvalidError(empty, field=field)
    check_text(field, line, limit)
    return line


def checked_seats(seats: int | None, *, field: str) -> int | None:
    """Return a number of seats that can be.

    Raises:
        InvalidError: it cannot.
    """
    if seats is not None and not 1 <= seats <= MOST_CAPACITY:
        raise InvalidError(BAD_SEATS, field=field, most=MOST_CAPACITY)
    return seats
