"""The form of due date and expiry: days as they are stored, the time of day, and what both mean in a time zone."""

import re
from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from hub.collaboration.closing.dates import EXPIRES_AFTER
from hub.collaboration.models import CollaborationRequest
from hub.web.fields import HubForm, filled, iso_date, text_field
from hub.web.i18n import translate
from hub.web.zones import typed_moment, typed_parts

DAY_LENGTH, TIME_LENGTH = 10, 5

LAST_MINUTE = "23:59"
"""The minute that counts where nobody says another."""

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def dates_of(request: CollaborationRequest) -> dict[str, str]:
    """Return the dates of a request as the fields of the form show them, in the requester's time zone.

    An expiry that nobody chose stays empty, so that it follows the due date when that is moved.
    """
    due_on, due_time = typed_parts(request.due_at, request.time_zone)
    is_usual = request.due_at is not None and request.expires_at == request.due_at + EXPIRES_AFTER
    expires_on, _ = typed_parts(None if is_usual else request.expires_at, request.time_zone)
    return {"due_on": due_on, "due_time": due_time or LAST_MINUTE, "expires_on": expires_on}


class DatesForm(HubForm):
    """Until when responses are taken, and when a request expires."""

    due_on = text_field(
        _l("Last day for responses"), DAY_LENGTH, filled(_l("Enter the last day for responses.")), iso_date
    )
    due_time = text_field(_l("Until which time that day"), TIME_LENGTH)
    expires_on = text_field(_l("Day on which it expires"), DAY_LENGTH, iso_date)

    def validate_due_time(self, field: StringField) -> None:
        """Ask for a time of day; none stands for the last minute."""
        if not TIME.fullmatch(field.data or LAST_MINUTE):
            raise ValidationError(translate("Enter the time as hours and minutes, such as 17:00."))

    def moments(self, zone: str) -> tuple[datetime, datetime | None]:
        """Return due date and expiry, if one was typed, as they are stored; only after the form was found valid.

        Args:
            zone: the requester's time zone, in which both are meant.
        """
        at = time.fromisoformat(self.due_time.data or LAST_MINUTE)
        due_at = typed_moment(date.fromisoformat(self.due_on.data), at, zone)
        if not self.expires_on.data:
            return due_at, None
        expiry = date.fromisoformat(self.expires_on.data)
        last = at if expiry == date.fromisoformat(self.due_on.data) else time.fromisoformat(LAST_MINUTE)
        return due_at, typed_moment(expiry, last, zone)
