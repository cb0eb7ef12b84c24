"""What the page of a showcase or slot says of places and seats to whoever reads it."""

from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.core import clock
from hub.showcases.models import Registration, Seat, SeatStatus, Showcase, Slot
from hub.showcases.models.showcase import TAKES_REGISTRATIONS
from hub.showcases.registrations.guests import takes_guests
from hub.showcases.registrations.queries import own_registration, seat_position, seats_of
from hub.showcases.registrations.seats import gives_seats, is_seated_slot
from hub.web.showcases.blueprint import showcases


@dataclass(frozen=True)
class Places:
    """Places at a showcase, as one reader sees them.

    Args:
        is_asked: whether people register for it here at all.
        is_open: whether they register at this moment.
        is_early: whether registration opens later.
        own: how the reader registered, or None.
        may_register: whether the button stands: open, not registered yet, and theirs to press.
    """

    is_asked: bool
    is_open: bool
    is_early: bool
    own: Registration | None
    may_register: bool


@dataclass(frozen=True)
class SeatStanding:
    """Seats in a slot, as one reader sees them.

    Args:
        own: the reader's seat, or None.
        position: where they stand on the waiting list; 0 where they do not.
        may_take: whether the button stands.
        registration: how they registered for the showcase, or None.
    """

    own: Seat | None
    position: int
    may_take: bool
    registration: Registration | None


@showcases.app_template_global("places_of")
def places_of(showcase: Showcase, somebody: Viewer) -> Places:
    """Return what the box on the page of a showcase says of places."""
    own = own_registration(showcase, somebody)
    is_open = showcase.takes_registrations
    opens_at = showcase.registration_opens_at
    return Places(
        is_asked=opens_at is not None,
        is_open=is_open,
        is_early=opens_at is not None and showcase.status in TAKES_REGISTRATIONS and clock.now() < opens_at,
        own=own,
        may_register=is_open and own is None and (somebody.is_member or takes_guests(showcase)),
    )


@showcases.app_template_global("seat_of")
def seat_of(slot: Slot, somebody: Viewer) -> SeatStanding | None:
    """Return what the page of a slot says of its seats; None where nobody takes them one by one."""
    if not is_seated_slot(slot):
        return None
    registration = own_registration(slot.showcase, somebody)
    own = seats_of(registration).get(slot.id) if registration else None
    is_waiting = own is not None and own.status is SeatStatus.WAITING
    return SeatStanding(
        own=own,
        position=seat_position(own) if own is not None and is_waiting else 0,
        may_take=own is None
        and registration is not None
        and registration.has_place_on_site
        and gives_seats(slot),
        registration=registration,
    )
