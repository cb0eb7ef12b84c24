"""Until when a call takes entries and when one came, in words: in the time zone of the showcase, to the second."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time

from hub.core import clock
from hub.core.i18n import N_
from hub.showcases.entries.checking import CallClosedError
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.web.i18n import language, translate
from hub.web.zones import in_zone, last_minute, zone_words

OPENS = N_("The call opens on %(moment)s.")
CLOSED = N_("The call has closed: entries were taken until the end of %(until)s.")
TAKES_NONE = N_("This showcase takes no entries.")
LATE = N_(
    "The call has closed: entries were taken until the end of %(until)s. Yours arrived at %(arrived)s (%(zone)s). "
    "Your draft is kept."
)


def closed_words(showcase: Showcase) -> str:
    """Return why a showcase takes no entries at this moment."""
    opens, closes = showcase.call_opens_at, showcase.call_closes_at
    is_open = showcase.status is ShowcaseStatus.CALL_OPEN
    if is_open and opens is not None and clock.now() < opens:
        return translate(OPENS, moment=in_zone(opens, showcase.time_zone))
    if closes is None or showcase.is_compiled or closes > clock.now():
        return translate(TAKES_NONE)
    return translate(CLOSED, until=in_zone(last_minute(closes), showcase.time_zone))


def late_words(showcase: Showcase, arrived_at: datetime) -> str:
    """Return until when entries were taken, and when this one came."""
    closes = showcase.call_closes_at
    if closes is None or arrived_at < closes:
        # the team closed the call before its time
        return translate(CallClosedError.default)
    zone = showcase.time_zone
    return translate(
        LATE,
        until=in_zone(last_minute(closes), zone),
        arrived=_to_the_second(arrived_at, zone),
        zone=zone_words(zone),
    )


def _to_the_second(moment: datetime, zone: str) -> str:
    at = moment.astimezone(ZoneInfo(zone)).time()
    return format_time(at, "medium", locale=Locale.parse(language().locale))
