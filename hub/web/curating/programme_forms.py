"""The forms of a programme: a slot, a series of them, a room, a track. Times are those of the venue."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from flask_babel import format_date, lazy_gettext as _l
from wtforms import Field, Form, RadioField, StringField, ValidationError

from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.models import Room, Showcase, Slot, SlotKind, Track
from hub.showcases.models.showcase import NAME_LENGTH, SUMMARY_LENGTH
from hub.showcases.programme.clashes import MINUTE
from hub.showcases.programme.days import dates_of
from hub.showcases.programme.details import RoomDetails, SeriesDetails, SlotDetails
from hub.web.curating.moments import exact, parts_of, say_what_comes_twice, time_field
from hub.web.curating.planned import EntryLine
from hub.web.fields import CodeField, HubForm, Validator, filled, text_field
from hub.web.i18n import translate

NUMBER_LENGTH = 6

BEGIN = ("day", "at")
FREE_FROM = ("free_from_day", "free_from")
FREE_UNTIL = ("free_until_day", "free_until")
"""Names of the fields of a day and a time."""

KINDS = (
    (SlotKind.ENTRY, _l("For an entry")),
    (SlotKind.PLENARY, _l("For everybody, such as an opening or a panel")),
    (SlotKind.BREAK, _l("A break")),
)

NO_DAY = N_("Choose a day.")

SLOT_FIELDS = ("title", "day", "at", "minutes", "room", "track", "capacity", "position")
"""What can be changed about a slot."""


def day_words(day: date) -> str:
    """Return a day with its weekday in this request's language."""
    return str(format_date(day, "full"))


def whole_number(_form: Form, field: Field) -> None:
    """Ask for a whole number; none is fine."""
    if field.data and not field.data.isdecimal():
        raise ValidationError(translate("Enter a whole number, such as 15."))


def _number(field: StringField, otherwise: int) -> int:
    return int(field.data) if field.data else otherwise


def _number_field(label: object, *validators: Validator) -> StringField:
    return text_field(label, NUMBER_LENGTH, *validators, whole_number)


class PlaceForm(HubForm):
    """When and where: what slots and series share."""

    day = CodeField(_l("Day"), validators=[filled(_l("Choose a day."))])
    at = time_field(_l("Begins at"), filled(_l("Enter when it begins.")))
    minutes = _number_field(_l("Minutes"), filled(_l("Enter how many minutes it lasts.")))
    room = CodeField(_l("Room"))
    track = CodeField(_l("Track"))

    def offer(
        self,
        showcase: Showcase,
        rooms: Sequence[Room],
        tracks: Sequence[Track],
        also: Collection[date] = (),
    ) -> None:
        """Let the person choose among the days, rooms and tracks of a showcase.

        Args:
            showcase: whose programme.
            rooms: its rooms.
            tracks: its tracks.
            also: further days, such as that of a slot which was planned before the showcase moved.
        """
        days = sorted({*dates_of(showcase), *also})
        self.day.choices = [(each.isoformat(), day_words(each)) for each in days]
        self.room.choices = [("", translate("No room yet")), *((each.public_id, each.name) for each in rooms)]
        self.track.choices = [("", translate("No track")), *((each.public_id, each.name) for each in tracks)]

    def starts_at(self, zone: str, stored: datetime | None = None) -> datetime:
        """Return when it begins; only after the form was found valid.

        Raises:
            InvalidError: clocks skip that minute, or no day was chosen.
        """
        found = exact(self, BEGIN, zone, stored)
        if found is None:
            raise InvalidError(NO_DAY, field="day")
        return found

    def say_if_twice(self, zone: str) -> None:
        """Say, after it was stored, that the minute at which it begins comes twice, where it does."""
        say_what_comes_twice(self, [BEGIN], zone)


class SlotForm(PlaceForm):
    """One slot."""

    title = text_field(_l("What happens"), NAME_LENGTH)
    capacity = _number_field(_l("Seats that people take one by one"))
    position = _number_field(_l("Order among slots that begin together"))

    def details(self, zone: str, kind: SlotKind, stored: datetime | None = None) -> SlotDetails:
        """Return what was said; only after the form was found valid.

        Raises:
            InvalidError: clocks skip the minute at which it begins.
        """
        return SlotDetails(
            kind=kind,
            title=self.title.data,
            starts_at=self.starts_at(zone, stored),
            minutes=_number(self.minutes, 0),
            room_id=self.room.data or "",
            track_id=self.track.data or "",
            capacity=int(self.capacity.data) if self.capacity.data else None,
            position=_number(self.position, 0),
        )


class NewSlotForm(SlotForm):
    """A slot that is added: also what it is for, and the entry that comes into it."""

    kind = RadioField(
        _l("What it is for"),
        choices=lambda: [(each.value, words) for each, words in KINDS],
        default=SlotKind.ENTRY.value,
    )
    entry = CodeField(_l("Entry"))

    def offer_entries(self, lines: Iterable[EntryLine]) -> None:
        """Let the person choose among the entries that wait for a slot."""
        self.entry.choices = [
            ("", translate("None yet")),
            *((each.entry.public_id, each.name) for each in lines),
        ]


class SeriesForm(PlaceForm):
    """Slots for entries that follow one another."""

    number = _number_field(_l("How many"), filled(_l("Enter how many slots to add.")))
    pause = _number_field(_l("Minutes between two"))

    def details(self, zone: str) -> SeriesDetails:
        """Return what was said; only after the form was found valid.

        Raises:
            InvalidError: clocks skip the minute at which it begins.
        """
        return SeriesDetails(
            starts_at=self.starts_at(zone),
            minutes=_number(self.minutes, 0),
            number=_number(self.number, 0),
            pause=_number(self.pause, 0),
            room_id=self.room.data or "",
            track_id=self.track.data or "",
        )


class RoomForm(HubForm):
    """A room."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter the name that people find on the door.")))
    seats = _number_field(_l("Seats"))
    access_words = text_field(_l("How it is reached"), SUMMARY_LENGTH, area=True)
    free_from_day = CodeField(_l("Free from: day"))
    free_from = time_field(_l("Free from: time"))
    free_until_day = CodeField(_l("Free until: day"))
    free_until = time_field(_l("Free until: time"))

    def offer(self, showcase: Showcase) -> None:
        """Let the person choose among the days of a showcase."""
        days = [(each.isoformat(), day_words(each)) for each in dates_of(showcase)]
        self.free_from_day.choices = [("", translate("As long as the showcase lasts")), *days]
        self.free_until_day.choices = self.free_from_day.choices

    def validate_free_from(self, field: StringField) -> None:
        """Ask for day and time together."""
        self._check_pair(self.free_from_day, field)

    def validate_free_until(self, field: StringField) -> None:
        """Ask for day and time together."""
        self._check_pair(self.free_until_day, field)

    @staticmethod
    def _check_pair(day: CodeField, at: StringField) -> None:
        _whole, *days = day.choices
        if at.data and not day.data and len(days) == 1:
            day.data = days[0][0]  # there is no other day to mean
        if bool(day.data) != bool(at.data):
            raise ValidationError(translate("Enter both the day and the time, or neither."))

    def details(self, zone: str, stored: Room | None = None) -> RoomDetails:
        """Return what was said; only after the form was found valid.

        Raises:
            InvalidError: clocks skip one of the minutes.
        """
        return RoomDetails(
            name=self.name.data,
            seats=int(self.seats.data) if self.seats.data else None,
            access_words=self.access_words.data,
            free_from=exact(self, FREE_FROM, zone, stored.free_from if stored else None),
            free_until=exact(self, FREE_UNTIL, zone, stored.free_until if stored else None),
        )


class TrackForm(HubForm):
    """A track."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter a name.")))


def kept_slot(slot: Slot) -> dict[str, str]:
    """Return a slot as its form holds it."""
    day, at = parts_of(slot.starts_at, slot.showcase.time_zone)
    return {
        "title": slot.title,
        "day": day,
        "at": at,
        "minutes": str((slot.ends_at - slot.starts_at) // MINUTE),
        "room": slot.room.public_id if slot.room else "",
        "track": slot.track.public_id if slot.track else "",
        "capacity": str(slot.capacity or ""),
        "position": str(slot.position or ""),
    }


def kept_room(room: Room, zone: str) -> dict[str, str]:
    """Return a room as its form holds it."""
    free_from_day, free_from = parts_of(room.free_from, zone)
    free_until_day, free_until = parts_of(room.free_until, zone)
    return {
        "name": room.name,
        "seats": str(room.seats or ""),
        "access_words": room.access_words,
        "free_from_day": free_from_day,
        "free_from": free_from,
        "free_until_day": free_until_day,
        "free_until": free_until,
    }
