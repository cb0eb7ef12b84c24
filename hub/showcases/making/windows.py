"""Which days and windows a showcase can have, beside one another and beside its programme."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from hub.core import clock
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.making.details import Call, Days, Registering
from hub.showcases.models import Showcase, ShowcaseStatus, Slot
from hub.showcases.programme.days import span_of

LONGEST = timedelta(days=60)
"""How long a showcase lasts at most."""

END_FIRST = N_("It ends before it begins. Choose a later end.")
TOO_LONG = N_("A showcase lasts at most %(limit)s days.")
NOT_OVER = N_("A past showcase is over. Choose an end that has passed.")
HAS_PASSED = N_("Choose a beginning that is still to come.")
END_PASSED = N_("Choose an end that is still to come.")
ALREADY_BEGAN = N_("It has begun, so its beginning stays as it is.")
ONLY_PAST = N_("Times of day are left out only where a past showcase is known by its days alone.")
CALL_AFTER_START = N_("The call must close before the showcase begins.")
CALL_BEFORE_NOW = N_("Choose a closing of the call that is still to come.")
CALL_EARLIER = N_("The call is open, and people rely on its closing: choose a later one.")
CALL_OPENED = N_("The call has opened already, so that stays as it is.")
REGISTERING_AFTER_END = N_("Registration must close before the showcase ends.")
SLOTS_OUTSIDE = N_(
    "The programme has slots on other days. Leave room for both, move the slots, then change the days."
)


def check_days(showcase: Showcase, days: Days) -> None:
    """Refuse a beginning and an end that a showcase cannot have.

    Raises:
        InvalidError: names the field.
    """
    if days.ends_at <= days.starts_at:
        raise InvalidError(END_FIRST, field="ends_on")
    if days.ends_at - days.starts_at > LONGEST:
        raise InvalidError(TOO_LONG, field="ends_on", limit=LONGEST.days)
    if showcase.is_compiled:
        if days.ends_at > clock.now():
            raise InvalidError(NOT_OVER, field="ends_on")
        return
    if days.is_all_day:
        raise InvalidError(ONLY_PAST, field="is_all_day")
    if showcase.status is ShowcaseStatus.LIVE:
        if days.starts_at != showcase.starts_at:
            raise InvalidError(ALREADY_BEGAN, field="starts_on")
        if days.ends_at <= clock.now():
            raise InvalidError(END_PASSED, field="ends_on")
    elif days.starts_at <= clock.now():
        raise InvalidError(HAS_PASSED, field="starts_on")
    _check_beside(showcase, days)


def _check_beside(showcase: Showcase, days: Days) -> None:
    is_call_to_close = showcase.status in (ShowcaseStatus.DRAFT, ShowcaseStatus.CALL_OPEN)
    if is_call_to_close and showcase.call_closes_at and showcase.call_closes_at > days.starts_at:
        raise InvalidError(CALL_AFTER_START, field="starts_on")
    if showcase.registration_closes_at and showcase.registration_closes_at > days.ends_at:
        raise InvalidError(REGISTERING_AFTER_END, field="ends_on")
    # slots before the doors open are planned too, so it is the days that count
    begin, end = span_of(days.starts_at, days.ends_at, showcase.time_zone)
    outside = session().scalar(
        select(func.count(Slot.id)).where(
            Slot.showcase_id == showcase.id,
            or_(Slot.starts_at < begin, Slot.ends_at > end),
        )
    )
    if outside:
        raise InvalidError(SLOTS_OUTSIDE, field="starts_on")


def check_call(showcase: Showcase, call: Call) -> None:
    """Refuse a window for entries that a showcase cannot have; one that people rely on only grows.

    Raises:
        InvalidError: names the field.
    """
    if showcase.status is ShowcaseStatus.CALL_OPEN:
        has_opened = showcase.call_opens_at is not None and showcase.call_opens_at <= clock.now()
        if has_opened and call.opens_at != showcase.call_opens_at:
            raise InvalidError(CALL_OPENED, field="opens_on")
        if showcase.call_closes_at and call.closes_at < showcase.call_closes_at:
            raise InvalidError(CALL_EARLIER, field="closes_on")
    check_closing(showcase, call.closes_at)


def check_closing(showcase: Showcase, closes_at: datetime) -> None:
    """Refuse a closing of the call that has passed, or comes after the showcase has begun.

    Raises:
        InvalidError: names the field.
    """
    if closes_at <= clock.now():
        raise InvalidError(CALL_BEFORE_NOW, field="closes_on")
    if showcase.starts_at and closes_at > showcase.starts_at:
        raise InvalidError(CALL_AFTER_START, field="closes_on")


def check_registering(showcase: Showcase, terms: Registering) -> None:
    """Refuse a window for registration, or a number of places, that a showcase cannot have.

    Raises:
        InvalidError: names the field.
    """
    if showcase.ends_at and terms.closes_at and terms.closes_at > showcase.ends_at:
        raise InvalidError(REGISTERING_AFTER_END, field="closes_on")
    if terms.capacity is not None and terms.capacity < showcase.places_taken:
        raise InvalidError(
            N_("%(number)s places are taken, so there cannot be fewer than that."),
            field="capacity",
            number=showcase.places_taken,
        )
    if terms.opens_at is None and showcase.last_number:
        raise InvalidError(
            N_("People have registered already. Let registration close at an earlier moment instead."),
            field="is_on",
        )
