"""The page of one registration: the code for the entrance as QR, the place in the queue, and seats in slots."""

from dataclasses import dataclass

import segno
from flask import render_template, url_for
from markupsafe import Markup

from hub.access.viewer import Viewer
from hub.core import clock
from hub.showcases.models import Registration, RegistrationStatus, Seat, SeatStatus, Showcase, Slot
from hub.showcases.registrations.queries import (
    innovations_in,
    may_read_attendees,
    seat_position,
    seated_slots,
    seats_of,
    waiting_position,
)
from hub.showcases.registrations.seats import gives_seats
from hub.showcases.registrations.waiting import moves_up
from hub.web.catalogue.named import NamedRecord, named
from hub.web.runtime import runtime

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


@dataclass(frozen=True)
class Links:
    """Where the buttons of the page lead.

    Args:
        change: to what somebody said of themselves.
        cancel: to cancelling.
        attendees: to the list of attendees.
        seats: the endpoint that takes a seat.
        leave: the endpoint that gives one up.
        token: what opens a guest's page; empty for a member's.
    """

    change: str
    cancel: str
    attendees: str
    seats: str
    leave: str
    token: str = ""


@dataclass(frozen=True)
class SeatLine:
    """A slot of limited room, as somebody with a place reads it.

    Args:
        slot: the slot.
        innovation: what it is about; None where it is a plenary.
        seat: the reader's, or None.
        position: where they stand on its waiting list; 0 where they do not.
        may_take: whether seats are still given.
    """

    slot: Slot
    innovation: NamedRecord | None
    seat: Seat | None
    position: int
    may_take: bool


def ticket_page(showcase: Showcase, registration: Registration, somebody: Viewer, links: Links) -> str:
    """Return the page of a registration.

    Args:
        showcase: for which.
        registration: whose; the caller made sure that it is the reader's.
        somebody: who reads it; a visitor for a guest.
        links: where its buttons lead.
    """
    has_place = registration.status is RegistrationStatus.REGISTERED
    is_here = registration.has_place_on_site
    return render_template(
        "showcases/ticket.html",
        showcase=showcase,
        registration=registration,
        links=links,
        has_place=has_place,
        is_here=is_here,
        is_over=showcase.ends_at is not None and clock.now() >= showcase.ends_at,
        position=waiting_position(registration) if registration.status is RegistrationStatus.WAITING else 0,
        moves_up=moves_up(showcase),
        drawing=code_drawing(registration) if is_here else "",
        lines=_lines(showcase, registration, somebody) if is_here else [],
        may_read_attendees=may_read_attendees(somebody, showcase, registration),
    )


def code_drawing(registration: Registration) -> Markup:
    """Return the QR code that the entrance reads: the address of the page that checks this registration in."""
    address = runtime().settings.base_url.rstrip("/") + url_for(
        "curating.check_in_code", slug=registration.showcase.public_id, code=registration.check_in_code
    )
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=QUIET_ZONE, omitsize=True, svgclass=None
    )
    return Markup(drawn)  # noqa: S704 - drawn by us from black squares; the address is in none of its text


def _lines(showcase: Showcase, registration: Registration, somebody: Viewer) -> list[SeatLine]:
    slots = seated_slots(showcase, somebody)
    innovations, seats = innovations_in(slots), seats_of(registration)
    return [
        SeatLine(
            slot=slot,
            innovation=named(innovations[slot.id]) if slot.id in innovations else None,
            seat=seats.get(slot.id),
            position=_position(seats.get(slot.id)),
            may_take=gives_seats(slot),
        )
        for slot in slots
    ]


def _position(seat: Seat | None) -> int:
    return seat_position(seat) if seat is not None and seat.status is SeatStatus.WAITING else 0
