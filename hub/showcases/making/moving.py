"""A draft that moves to another time zone keeps what clocks show: 10:00 stays 10:00."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from hub.core.database import session
from hub.showcases.models import Room, Showcase, Slot

MOMENTS = (
    "starts_at",
    "ends_at",
    "call_opens_at",
    "call_closes_at",
    "registration_opens_at",
    "registration_closes_at",
)


def keep_clock_times(showcase: Showcase, zone: str) -> None:
    """Let each moment of a draft be the one at which clocks in another zone show what they show in the present one.

    Args:
        showcase: a draft; once it is shown people rely on its moments.
        zone: the other zone, as IANA names it. A time that clocks skip there becomes the one after.
    """
    former, other = ZoneInfo(showcase.time_zone), ZoneInfo(zone)

    def moved(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        return moment.astimezone(former).replace(tzinfo=other, fold=0).astimezone(UTC)

    for name in MOMENTS:
        setattr(showcase, name, moved(getattr(showcase, name)))
    for room in session().scalars(select(Room).where(Room.showcase_id == showcase.id)):
        room.free_from, room.free_until = moved(room.free_from), moved(room.free_until)
    for slot in session().scalars(select(Slot).where(Slot.showcase_id == showcase.id)):
        slot.starts_at = moved(slot.starts_at) or slot.starts_at
        slot.ends_at = moved(slot.ends_at) or slot.ends_at
