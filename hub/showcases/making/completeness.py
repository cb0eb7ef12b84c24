"""What a showcase must say before its call opens, or before a past one is recorded."""

from hub.core import clock
from hub.showcases.models import Attendance, Showcase, ShowcaseStatus
from hub.showcases.models.showcase import OVER

NEEDED = (
    "summary",
    "description",
    "place",
    "days",
    "accessibility",
    "languages",
    "sponsors",
    "readership",
    "call",
    "criteria",
)
"""What every showcase needs besides its name, in the order of the parts; registration is optional."""

NEEDED_OF_PAST = ("summary", "place", "days", "readership", "sources")
"""What one that was compiled from public sources needs; what else is not known is said to be unknown."""


def missing_parts(showcase: Showcase) -> list[str]:
    """Return what a showcase still needs, as fields of `ShowcaseDetails`, in the order of the parts."""
    needed = NEEDED_OF_PAST if showcase.is_compiled else NEEDED
    is_said = {
        "summary": bool(showcase.summary),
        "description": bool(showcase.description),
        "place": is_place_said(showcase),
        "days": _are_days_said(showcase),
        "accessibility": bool(showcase.accessibility),
        "languages": bool(showcase.language_rows),
        "sponsors": showcase.has_no_sponsors or bool(showcase.sponsors),
        "readership": is_audience_chosen(showcase),
        "call": _is_call_said(showcase),
        "criteria": bool(showcase.criteria),
        "sources": bool(showcase.sources),
    }
    return [name for name in needed if not is_said[name]]


def is_audience_chosen(showcase: Showcase) -> bool:
    """Whether somebody chose for whom it is; a draft has no labels before."""
    return bool(showcase.label_rows)


def is_place_said(showcase: Showcase) -> bool:
    """Whether people know where to go: city and country, unless it takes place online only."""
    return showcase.attendance is Attendance.ONLINE or bool(showcase.country and showcase.city)


def lacks_address(showcase: Showcase) -> bool:
    """Whether people register to take part online and cannot be told where; only until it ends."""
    is_to_come = showcase.status not in (*OVER, ShowcaseStatus.CANCELLED)
    registers = showcase.registration_opens_at is not None
    is_online = showcase.attendance is not Attendance.ON_SITE
    return is_to_come and registers and is_online and not showcase.online_url


def _are_days_said(showcase: Showcase) -> bool:
    if showcase.starts_at is None or showcase.ends_at is None:
        return False
    if showcase.is_compiled:
        return showcase.ends_at <= clock.now()
    return showcase.starts_at > clock.now()


def _is_call_said(showcase: Showcase) -> bool:
    return showcase.call_closes_at is not None and showcase.call_closes_at > clock.now()
