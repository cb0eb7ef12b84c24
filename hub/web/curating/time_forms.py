"""The parts that are windows: the days, the call, and registration."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, ValidationError

from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.making.details import Call, Days, Registering, ShowcaseDetails
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.models.showcase import TEXT_LENGTH
from hub.web.curating.moments import (
    LAST_MINUTE,
    Names,
    closing,
    day_field,
    exact,
    parts_of,
    say_what_comes_twice,
    time_field,
)
from hub.web.curating.part_form import YES, PartForm, Stored, TickField, ticked
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.zones import typed_parts

NO = "no"
CAPACITY_LENGTH = 7
STARTS: Names = ("starts_on", "starts_time")
ENDS: Names = ("ends_on", "ends_time")
OPENS: Names = ("opens_on", "opens_time")
CLOSES: Names = ("closes_on", "closes_time")


def now_to_the_minute() -> datetime:
    """Return the present minute: from when on something is open that opens at once."""
    return clock.now().replace(second=0, microsecond=0)


class DaysForm(PartForm):
    """When it begins and ends."""

    starts_on = day_field(_l("First day"), filled(_l("Enter the day on which it begins.")))
    starts_time = time_field(_l("Begins at"))
    ends_on = day_field(_l("Last day"), filled(_l("Enter the day on which it ends.")))
    ends_time = time_field(_l("Ends at"))
    is_all_day = TickField(_l("Times of day"), choices=lambda: [(YES, translate("Only the days are known"))])

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored days in the venue's zone."""
        starts_on, starts_time = parts_of(showcase.starts_at, showcase.time_zone)
        # a last day without a time ends with the midnight after it, which is what closings do
        read_end = typed_parts if showcase.is_all_day else parts_of
        ends_on, ends_time = read_end(showcase.ends_at, showcase.time_zone)
        return {
            "starts_on": starts_on,
            "starts_time": "" if showcase.is_all_day else starts_time,
            "ends_on": ends_on,
            "ends_time": "" if showcase.is_all_day else ends_time,
            "is_all_day": ticked(showcase.is_all_day),
        }

    def _validate_time(self, field: StringField) -> None:
        if not field.data and not self.is_all_day.is_ticked:
            raise ValidationError(translate("Enter the time as hours and minutes, such as 17:00."))

    validate_starts_time = validate_ends_time = _validate_time

    def details(self) -> ShowcaseDetails:
        """Return beginning and end; without times the first midnight and the one after the last day."""
        zone, is_all_day = self.showcase.time_zone, self.is_all_day.is_ticked
        if is_all_day:
            self.starts_time.data, self.ends_time.data = "00:00", LAST_MINUTE
        starts_at = exact(self, STARTS, zone, self.showcase.starts_at)
        ends_at = (closing if is_all_day else exact)(self, ENDS, zone, self.showcase.ends_at)
        if starts_at is None or ends_at is None:
            raise InvalidError(N_("Enter the day on which it begins."), field="starts_on")
        return ShowcaseDetails(days=Days(starts_at, ends_at, is_all_day=is_all_day))

    def after_saving(self) -> None:
        """Say which times come twice."""
        if not self.is_all_day.is_ticked:
            say_what_comes_twice(self, (STARTS, ENDS), self.showcase.time_zone)


class CallForm(PartForm):
    """What the team looks for, and from when to when entries are taken."""

    call_words = text_field(_l("What you look for"), TEXT_LENGTH, area=True)
    opens_on = day_field(_l("Opens on"))
    opens_time = time_field()
    closes_on = day_field(_l("Last day for entries"), filled(_l("Enter the last day for entries.")))
    closes_time = time_field(_l("Until which time that day"))

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored call in the venue's zone."""
        opens_on, opens_time = parts_of(showcase.call_opens_at, showcase.time_zone)
        closes_on, closes_time = typed_parts(showcase.call_closes_at, showcase.time_zone)
        return {
            "call_words": showcase.call_words,
            "opens_on": opens_on,
            "opens_time": opens_time,
            "closes_on": closes_on,
            "closes_time": closes_time or LAST_MINUTE,
        }

    @property
    def has_opened(self) -> bool:
        """Whether people may have proposed entries already, so that its opening stays."""
        opens_at = self.showcase.call_opens_at
        return (
            self.showcase.status is not ShowcaseStatus.DRAFT
            and opens_at is not None
            and opens_at <= clock.now()
        )

    def details(self) -> ShowcaseDetails:
        """Return the call; without a day it opens at once."""
        zone, stored = self.showcase.time_zone, self.showcase.call_opens_at
        opens_at = stored if self.has_opened else exact(self, OPENS, zone, stored)
        closes_at = closing(self, CLOSES, zone, self.showcase.call_closes_at)
        if closes_at is None:
            raise InvalidError(N_("Enter the last day for entries."), field="closes_on")
        return ShowcaseDetails(call=Call(self.call_words.data, opens_at or now_to_the_minute(), closes_at))

    def after_saving(self) -> None:
        """Say which times come twice."""
        if not self.has_opened:
            say_what_comes_twice(self, (OPENS,), self.showcase.time_zone)


class ReopenForm(HubForm):
    """Until when entries are taken again."""

    closes_on = day_field(_l("Last day for entries"), filled(_l("Enter the last day for entries.")))
    closes_time = time_field(_l("Until which time that day"))

    def closes_at(self, zone: str) -> datetime:
        """Return the closing; only after the form was found valid.

        Raises:
            InvalidError: there is no such time on that day.
        """
        found = closing(self, CLOSES, zone)
        if found is None:
            raise InvalidError(N_("Enter the last day for entries."), field="closes_on")
        return found


class RegistrationForm(PartForm):
    """Whether and how people register."""

    is_on = RadioField(_l("Do people register through the hub?"), validate_choice=False)
    opens_on = day_field(_l("Opens on"))
    opens_time = time_field()
    closes_on = day_field(_l("Last day for registration"))
    closes_time = time_field(_l("Until which time that day"))
    capacity = text_field(_l("Places on site"), CAPACITY_LENGTH)
    needs_approval = TickField(
        _l("Approval"), choices=lambda: [(YES, translate("The team approves each registration"))]
    )
    asks_access_needs = TickField(
        _l("Access needs"), choices=lambda: [(YES, translate("Ask people what they need to take part"))]
    )

    def offer(self) -> None:
        """Offer the two answers."""
        self.is_on.choices = [(YES, translate("Yes")), (NO, translate("No"))]

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the stored terms in the venue's zone."""
        opens_on, opens_time = parts_of(showcase.registration_opens_at, showcase.time_zone)
        closes_on, closes_time = typed_parts(showcase.registration_closes_at, showcase.time_zone)
        return {
            "is_on": YES if showcase.registration_opens_at else NO,
            "opens_on": opens_on,
            "opens_time": opens_time,
            "closes_on": closes_on,
            "closes_time": closes_time or LAST_MINUTE,
            "capacity": str(showcase.capacity or ""),
            "needs_approval": ticked(showcase.needs_approval),
            "asks_access_needs": ticked(showcase.asks_access_needs),
        }

    def validate_is_on(self, field: RadioField) -> None:
        """Ask for an answer."""
        if field.data not in (YES, NO):
            raise ValidationError(translate("Say whether people register through the hub."))

    def validate_closes_on(self, field: StringField) -> None:
        """Ask for the last day where people register."""
        if self.is_on.data == YES and not field.data:
            raise ValidationError(translate("Enter the last day for registration."))

    def validate_capacity(self, field: StringField) -> None:
        """Ask for a number, if for anything."""
        if field.data and not (field.data.isascii() and field.data.isdecimal()):
            raise ValidationError(translate("Enter a number, or leave it empty for no limit."))

    def details(self) -> ShowcaseDetails:
        """Return the terms; without a day registration opens at once, with the call."""
        zone, showcase = self.showcase.time_zone, self.showcase
        capacity = int(self.capacity.data) if self.capacity.data else None
        opens_at = closes_at = None
        if self.is_on.data == YES:
            opens_at = exact(self, OPENS, zone, showcase.registration_opens_at) or now_to_the_minute()
            closes_at = closing(self, CLOSES, zone, showcase.registration_closes_at)
        return ShowcaseDetails(
            registering=Registering(
                opens_at=opens_at,
                closes_at=closes_at,
                capacity=capacity,
                needs_approval=self.needs_approval.is_ticked,
                asks_access_needs=self.asks_access_needs.is_ticked,
            )
        )

    def after_saving(self) -> None:
        """Say which times come twice."""
        if self.is_on.data == YES:
            say_what_comes_twice(self, (OPENS,), self.showcase.time_zone)
