"""What pages read of registrations: one's own, the list of attendees, and what the team alone may read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.queries import loaded_for_lists
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.core.transliteration import romanised
from hub.members.models import Member
from hub.showcases.models import (
    Attendance,
    Entry,
    Registration,
    RegistrationStatus,
    Seat,
    SeatStatus,
    Showcase,
    Slot,
    SlotKind,
)
from hub.showcases.permissions import in_programme_for, is_on_team, visible_to

NAME = func.coalesce(Member.display_name, Registration.guest_name)
"""What somebody who registered is called."""


@dataclass(frozen=True)
class Counts:
    """How many registrations a showcase has.

    Args:
        on_site: with a place there.
        online: who take part online.
        waiting: on the waiting list.
        asked: who wait for approval.
        checked_in: who were there.
    """

    on_site: int = 0
    online: int = 0
    waiting: int = 0
    asked: int = 0
    checked_in: int = 0


def counts_of(showcase: Showcase) -> Counts:
    """Return how many registrations a showcase has."""
    rows = session().execute(
        select(
            Registration.status,
            Registration.attendance,
            func.count(Registration.id),
            func.count(Registration.checked_in_at),
        )
        .where(Registration.showcase_id == showcase.id)
        .group_by(Registration.status, Registration.attendance)
    )
    found: dict[tuple[RegistrationStatus, Attendance], int] = {}
    checked_in = 0
    for status, attendance, number, there in rows:
        found[status, attendance] = number
        checked_in += there
    return Counts(
        on_site=found.get((RegistrationStatus.REGISTERED, Attendance.ON_SITE), 0),
        online=found.get((RegistrationStatus.REGISTERED, Attendance.ONLINE), 0),
        waiting=sum(number for key, number in found.items() if key[0] is RegistrationStatus.WAITING),
        asked=sum(number for key, number in found.items() if key[0] is RegistrationStatus.ASKED),
        checked_in=checked_in,
    )


def own_registration(showcase: Showcase, viewer: Viewer) -> Registration | None:
    """Return how the viewer registered, or was declined; None where they did not, or cancelled."""
    if viewer.member_id is None:
        return None
    return session().scalar(
        select(Registration)
        .where(
            Registration.showcase_id == showcase.id,
            Registration.member_id == viewer.member_id,
            Registration.status != RegistrationStatus.CANCELLED,
        )
        .order_by(Registration.id.desc())
        .limit(1)
    )


def own_registrations(viewer: Viewer) -> Sequence[Registration]:
    """Return the viewer's registrations that were not cancelled, with their showcases, the latest showcase first."""
    if viewer.member_id is None:
        return ()
    return (
        session()
        .scalars(
            select(Registration)
            .join(Showcase, Showcase.id == Registration.showcase_id)
            .where(
                Registration.member_id == viewer.member_id,
                Registration.status != RegistrationStatus.CANCELLED,
                visible_to(viewer),
            )
            .order_by(Showcase.starts_at.desc(), Registration.id.desc())
            .options(joinedload(Registration.showcase))
        )
        .all()
    )


def waiting_position(registration: Registration) -> int:
    """Return how many wait up to and with somebody on the waiting list."""
    return (
        session().scalar(
            select(func.count(Registration.id)).where(
                Registration.showcase_id == registration.showcase_id,
                Registration.status == RegistrationStatus.WAITING,
                Registration.number <= registration.number,
            )
        )
        or 0
    )


def seated_slots(showcase: Showcase, viewer: Viewer) -> Sequence[Slot]:
    """Return the slots in which people take seats, as far as the programme shows them to `viewer`, by time."""
    if not showcase.is_programme_public:
        return ()
    shown = select(Entry.id).where(in_programme_for(viewer))
    return (
        session()
        .scalars(
            select(Slot)
            .where(
                Slot.showcase_id == showcase.id,
                Slot.capacity.is_not(None),
                Slot.kind != SlotKind.BREAK,
                Slot.entry_id.is_(None) | Slot.entry_id.in_(shown),
            )
            .order_by(Slot.starts_at, Slot.position, Slot.id)
            .options(joinedload(Slot.room), joinedload(Slot.entry))
        )
        .all()
    )


def slot_of(showcase: Showcase, public_id: str) -> Slot:
    """Return a slot of a showcase by its public id; whether it is shown, `take_seat` asks.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(select(Slot).where(Slot.showcase_id == showcase.id, Slot.public_id == public_id))
    if found is None:
        raise NotFoundError
    return found


def innovations_in(slots: Collection[Slot]) -> dict[int, Innovation]:
    """Return the innovations that slots are about, by id of the slot; of slots that the reader may see."""
    numbers = {each.id: each.entry.innovation_id for each in slots if each.entry is not None}
    if not numbers:
        return {}
    found = {
        each.id: each
        for each in session().scalars(
            select(Innovation)
            .where(Innovation.id.in_(sorted(set(numbers.values()))))
            .options(*loaded_for_lists())
        )
    }
    return {slot: found[number] for slot, number in numbers.items()}


def seats_of(registration: Registration) -> dict[int, Seat]:
    """Return the seats of a registration by id of the slot."""
    found = session().scalars(select(Seat).where(Seat.registration_id == registration.id))
    return {each.slot_id: each for each in found}


def seat_position(seat: Seat) -> int:
    """Return how many wait up to and with somebody on the waiting list of a slot."""
    return (
        session().scalar(
            select(func.count(Seat.id)).where(
                Seat.slot_id == seat.slot_id, Seat.status == SeatStatus.WAITING, Seat.number <= seat.number
            )
        )
        or 0
    )


def may_read_attendees(viewer: Viewer, showcase: Showcase, registration: Registration | None) -> bool:
    """Whether somebody reads the list of attendees: the team, and who has a place."""
    has_place = registration is not None and registration.status is RegistrationStatus.REGISTERED
    return has_place or is_on_team(viewer, showcase)


def attendees_of(showcase: Showcase, asked: PageRequest) -> Page[Registration]:
    """Return a page of who agreed to be listed and has a place, by name. The caller asks who may read it."""
    listed = (
        Registration.showcase_id == showcase.id,
        Registration.status == RegistrationStatus.REGISTERED,
        Registration.is_listed,
    )
    found = session().scalars(
        select(Registration)
        .outerjoin(Member, Member.id == Registration.member_id)
        .where(*listed)
        .order_by(NAME, Registration.id)
        .offset(asked.offset)
        .limit(asked.per_page)
        .options(joinedload(Registration.member))
    )
    total = session().scalar(select(func.count(Registration.id)).where(*listed)) or 0
    return Page(found.all(), total, asked)


def registrations_of(
    showcase: Showcase, statuses: Collection[RegistrationStatus], words: str, asked: PageRequest
) -> Page[Registration]:
    """Return a page of the registrations of some states, for the team, which the caller asks for.

    Args:
        showcase: of the viewer's team.
        statuses: which; guests who have not opened their link are in no list.
        words: parts of a name, in whatever case and alphabet; empty for all.
        asked: which page.
    """
    listed = (
        Registration.showcase_id == showcase.id,
        Registration.status.in_([each for each in statuses if each is not RegistrationStatus.UNCONFIRMED]),
    )
    by_arrival = (Registration.number.is_(None), Registration.number, Registration.id)
    whole = select(Registration).where(*listed).order_by(*by_arrival).options(joinedload(Registration.member))
    wanted = romanised(words).split()
    if not wanted:
        total = session().scalar(select(func.count(Registration.id)).where(*listed)) or 0
        page = session().scalars(whole.offset(asked.offset).limit(asked.per_page))
        return Page(page.all(), total, asked)
    rows = session().execute(
        select(Registration.id, NAME.label("name"))
        .outerjoin(Member, Member.id == Registration.member_id)
        .where(*listed)
        .order_by(*by_arrival)
    )
    # compared here, so that accents, case and alphabets need not be typed as they are written
    numbers = [row.id for row in rows if all(each in romanised(row.name) for each in wanted)]
    shown = numbers[asked.offset : asked.offset + asked.per_page]
    return Page(session().scalars(whole.where(Registration.id.in_(shown))).all(), len(numbers), asked)


def admitted(showcase: Showcase) -> Sequence[Registration]:
    """Return everybody who has a place on site, by name, for the list at the entrance."""
    return (
        session()
        .scalars(
            select(Registration)
            .outerjoin(Member, Member.id == Registration.member_id)
            .where(
                Registration.showcase_id == showcase.id,
                Registration.status == RegistrationStatus.REGISTERED,
                Registration.attendance == Attendance.ON_SITE,
            )
            .order_by(func.lower(NAME), Registration.id)
            .options(joinedload(Registration.member))
        )
        .all()
    )


def registration_of(showcase: Showcase, public_id: str) -> Registration:
    """Return a registration for a showcase of the viewer's team, which the caller asks for.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(
        select(Registration).where(
            Registration.showcase_id == showcase.id,
            Registration.public_id == public_id,
            Registration.status != RegistrationStatus.UNCONFIRMED,
        )
    )
    if found is None:
        raise NotFoundError
    return found
