"""A draft that moves to another time zone keeps what clocks show: 10:00 stays 10:00."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from hub.core.database import session
from hub.showcases.models import Room, Showcase, Slot

SPANS = (
    ("starts_at", "ends_at"),
    ("call_opens_at", "call_closes_at"),
    ("registration_opens_at", "registration_closes_at"),
)


def keep_clock_times(showcase: Showcase, zone: str) -> None:
    """Let each moment of a draft be the one at which clocks in another zone show what they show in the present one.

    Args:
        showcase: a draft; once it is shown people rely on its moments.
        zone: the other zone, as IANA names it. A time that clocks skip there becomes the one after; what would
            end before it begins, on such a night, lasts as long as before.
    """
    former, other = ZoneInfo(showcase.time_zone), ZoneInfo(zone)

    def moved(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        return moment.astimezone(former).replace(tzinfo=other, fold=0).astimezone(UTC)

    def move(thing: Showcase | Room | Slot, first: str, last: str) -> None:
        begin, end = getattr(thing, first), getattr(thing, last)
        since, until = moved(begin), moved(end)
        if since is not None and until is not None and until <= since:
            until = since + (end - begin)
        setattr(thing, first, since)
        setattr(thing, last, until)

    for names in SPANS:
        move(showcase, *names)
    for room in session().scalars(select(Room).where(Room.showcase_id == showcase.id)):
        move(room, "free_from", "free_until")
    for slot in session().scalars(select(Slot).where(Slot.showcase_id == showcase.id)):
        move(slot, "starts_at", "ends_at")
