"""The forms of entries: what is proposed, who presents it, and the material that it leaves."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, ValidationError

from hub.core.errors import InvalidError
from hub.members.zones import is_ambiguous, moment_typed
from hub.showcases.entries.details import MOST_MINUTES, NO_MINUTES, EntryDetails
from hub.showcases.entries.inviting import NOT_THERE
from hub.showcases.models import Attendance, Entry, EntryFormat, MaterialKind, Showcase
from hub.showcases.models.entry import NEEDS_LENGTH, PITCH_LENGTH
from hub.showcases.models.showcase import NAME_LENGTH, URL_LENGTH
from hub.web.catalogue.choices import language_options, page_language
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import CodeField, HubForm, filled, iso_date, text_field
from hub.web.i18n import translate

DAY_LENGTH, TIME_LENGTH, MINUTES_LENGTH, LOOK_LENGTH = 10, 5, 10, 100

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

MIDNIGHT = "00:00"
"""The time of day that an embargo ends at where nobody says another."""

USUAL_MINUTES = "15"

ONESELF, OTHERS = "oneself", "others"


def format_words() -> dict[EntryFormat, str]:
    """Return how an innovation is presented, in words."""
    return {
        EntryFormat.TALK: translate("Talk"),
        EntryFormat.DEMO: translate("Demonstration"),
        EntryFormat.POSTER: translate("Poster"),
        EntryFormat.ONLINE: translate("Online"),
    }


def kind_words() -> dict[MaterialKind, str]:
    """Return what material is, in words."""
    return {
        MaterialKind.SLIDES: translate("Slides"),
        MaterialKind.POSTER: translate("Poster"),
        MaterialKind.HANDOUT: translate("Handout"),
        MaterialKind.RECORDING: translate("Recording"),
    }


def formats_at(showcase: Showcase) -> list[tuple[str, str]]:
    """Return the formats that the way of taking part in a showcase allows, with their words."""
    words = format_words()
    if showcase.attendance is Attendance.ONLINE:
        return [(EntryFormat.ONLINE.value, words[EntryFormat.ONLINE])]
    left_out = {EntryFormat.ONLINE} if showcase.attendance is Attendance.ON_SITE else set()
    return [(each.value, words[each]) for each in EntryFormat if each not in left_out]


class EntryForm(TracesForm):
    """What is proposed: how it is shown, why people should see it, and what it needs."""

    traced = ("pitch", "needs")

    format = RadioField(_l("How do you show it?"), validate_choice=False)
    minutes = text_field(
        _l("How many minutes it takes"), MINUTES_LENGTH, filled(_l("Enter how many minutes it takes."))
    )
    language = CodeField(
        _l("Language in which it is presented"),
        [filled(_l("Choose a language."))],
        choices=language_options,
        default=page_language,
    )
    pitch = text_field(_l("Why should people see it?"), PITCH_LENGTH, area=True)
    needs = text_field(_l("What you need at the venue"), NEEDS_LENGTH, area=True)
    embargo_on = text_field(_l("Not to be named before this day"), DAY_LENGTH, iso_date)
    embargo_time = text_field(_l("At which time that day"), TIME_LENGTH)

    def offer(self, showcase: Showcase) -> None:
        """Offer the formats that the showcase allows; the only one is chosen."""
        self.format.choices = formats_at(showcase)
        if len(self.format.choices) == 1 and not self.format.data:
            self.format.data = self.format.choices[0][0]

    def validate_format(self, field: RadioField) -> None:
        """Ask for one of the formats on offer."""
        if field.data not in dict(field.choices):
            raise ValidationError(translate("Choose how you show it."))

    def validate_minutes(self, field: StringField) -> None:
        """Ask for a number that is stored."""
        number = whole_number(field.data)
        if field.data and (number is None or not 1 <= number <= MOST_MINUTES):
            raise ValidationError(translate(NO_MINUTES, number=MOST_MINUTES))

    def validate_embargo_time(self, field: StringField) -> None:
        """Ask for a time of day, and for its day."""
        if field.data and not TIME.fullmatch(field.data):
            raise ValidationError(translate("Enter the time as hours and minutes, such as 17:00."))
        if field.data and not self.embargo_on.data:
            raise ValidationError(translate("Enter the day, too, or leave both empty."))

    def details(self, showcase: Showcase) -> EntryDetails:
        """Return what was entered; only after the form was found valid.

        Raises:
            InvalidError: clocks skip the moment at which the embargo ends.
        """
        return EntryDetails(
            format=EntryFormat(self.format.data),
            minutes=whole_number(self.minutes.data) or 0,
            language=self.language.data,
            pitch=self.pitch.data,
            needs=self.needs.data,
            embargo_until=self._embargo(showcase),
        )

    def is_embargo_ambiguous(self, showcase: Showcase) -> bool:
        """Whether clocks show the typed moment twice that night, so that it was taken for the first time."""
        if not self.embargo_on.data:
            return False
        at = time.fromisoformat(self.embargo_time.data or MIDNIGHT)
        return is_ambiguous(date.fromisoformat(self.embargo_on.data), at, showcase.time_zone)

    def _embargo(self, showcase: Showcase) -> datetime | None:
        if not self.embargo_on.data:
            return None
        at = time.fromisoformat(self.embargo_time.data or MIDNIGHT)
        return moment_typed(
            date.fromisoformat(self.embargo_on.data), at, showcase.time_zone, field="embargo_time"
        )


class ProposeForm(EntryForm):
    """The beginning of an entry: for which innovation, and whether who begins it presents it."""

    innovation = CodeField(_l("Which innovation?"), [filled(_l("Choose an innovation."))])
    presenter = RadioField(_l("Who presents it?"), validate_choice=False)

    def offer_innovations(self, choices: list[tuple[str, str]]) -> None:
        """Offer innovations by slug and name, and who may present."""
        self.innovation.choices = choices
        self.presenter.choices = [
            (ONESELF, translate("I do")),
            (OTHERS, translate("Somebody else. I name them in the next step.")),
        ]

    def validate_presenter(self, field: RadioField) -> None:
        """Ask for an answer."""
        if field.data not in (ONESELF, OTHERS):
            raise ValidationError(translate("Say who presents it."))


def stored_entry(entry: Entry | None, showcase: Showcase) -> dict[str, str]:
    """Return what is stored of an entry, by the names of its form; what a new one begins with where there is none."""
    if entry is None:
        return {"minutes": USUAL_MINUTES}
    day, at = _typed(entry.embargo_until, showcase.time_zone)
    return {
        "format": entry.format.value,
        "minutes": str(entry.minutes),
        "language": entry.language,
        "pitch": entry.pitch,
        "needs": entry.needs,
        "embargo_on": day,
        "embargo_time": at,
    }


class MemberPresenterForm(HubForm):
    """A member who presents an entry: looked for by name, then chosen among those found."""

    look = text_field(_l("Look for a member by name"), LOOK_LENGTH)
    member = RadioField(_l("Member"), validate_choice=False)

    def chosen(self) -> str:
        """Return the public id of who was chosen.

        Raises:
            InvalidError: nobody was.
        """
        if not self.member.data:
            raise InvalidError(NOT_THERE, field="member")
        return str(self.member.data)


class GuestPresenterForm(HubForm):
    """Somebody without an account who presents an entry."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter the name of who presents it.")))


class MaterialForm(HubForm):
    """A file or a link that an entry leaves."""

    kind = RadioField(_l("What is it?"), validate_choice=False)
    title = text_field(_l("Title"), NAME_LENGTH, filled(_l("Say what it is, such as “Slides of the talk”.")))
    url = text_field(_l("Address of a page or film"), URL_LENGTH)
    file = StringField(_l("File"))

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(*arguments, **named)
        self.kind.choices = [(kind.value, words) for kind, words in kind_words().items()]

    def validate_kind(self, field: RadioField) -> None:
        """Ask for a kind."""
        if field.data not in dict(field.choices):
            raise ValidationError(translate("Choose what it is."))


def whole_number(text: str | None) -> int | None:
    """Return a number that was typed in digits, or None."""
    return int(text) if text and text.isascii() and text.isdigit() else None


def _typed(moment: datetime | None, zone: str) -> tuple[str, str]:
    """Return day and time of a moment in a zone as the fields of a form show them; empty where there is none."""
    if moment is None:
        return "", ""
    at = moment.astimezone(ZoneInfo(zone))
    return at.date().isoformat(), at.strftime("%H:%M")
