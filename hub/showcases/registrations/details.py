"""What somebody says of themselves when they register, and what can never be true of it."""

from dataclasses import dataclass

from hub.catalogue.models.checking import check_text
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.models import Attendance, Showcase
from hub.showcases.models.registration import ACCESS_NEEDS_LENGTH

LISTING_VERSION = "2026-11"
"""Version of the words by which people agree to the list of attendees; another wording is another version."""


@dataclass(frozen=True)
class RegistrationDetails:
    """How somebody takes part.

    Args:
        attendance: on site or online.
        access_needs: what they need to take part, for the team alone.
        is_listed: whether the other attendees may read their name.
    """

    attendance: Attendance = Attendance.ON_SITE
    access_needs: str = ""
    is_listed: bool = False


def ways_of(showcase: Showcase) -> tuple[Attendance, ...]:
    """Return the ways of taking part that a showcase offers."""
    if showcase.attendance is Attendance.HYBRID:
        return (Attendance.ON_SITE, Attendance.ONLINE)
    return (showcase.attendance,)


def check_details(showcase: Showcase, details: RegistrationDetails) -> None:
    """Refuse what the showcase does not offer, and texts that cannot be stored.

    Raises:
        InvalidError: with the field at fault.
    """
    if details.attendance not in ways_of(showcase):
        raise InvalidError(N_("Choose how you take part."), field="attendance")
    if details.access_needs and not showcase.asks_access_needs:
        raise InvalidError(N_("This showcase does not ask for access needs."), field="access_needs")
    check_text("access_needs", details.access_needs, ACCESS_NEEDS_LENGTH)
