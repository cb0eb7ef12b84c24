"""Showcases and slots as events of a calendar, with whole addresses and in the reader's language."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from flask import Response, request, url_for

from hub.access.audience import Tlp, stricter
from hub.interchange.ical import MEDIA_TYPE, CalendarEvent, calendar
from hub.showcases.labels import label_of
from hub.showcases.models import Attendance, Showcase, ShowcaseStatus, Slot
from hub.showcases.published import ShownSlot
from hub.web.i18n import country_name, translate
from hub.web.runtime import runtime


def showcase_event(showcase: Showcase, begin: datetime, end: datetime) -> CalendarEvent:
    """Return a showcase as an event.

    Args:
        showcase: whose dates are set.
        begin: when it begins.
        end: when it ends.
    """
    return CalendarEvent(
        subject=showcase.subject,
        title=showcase.name,
        starts_at=begin,
        ends_at=end,
        zone=showcase.time_zone,
        stamp=stamp_of(showcase),
        tlp=showcase.tlp,
        url=whole(url_for("showcases.show", slug=showcase.slug)),
        sequence=showcase.version,
        place=place_of(showcase),
        words=showcase.summary,
        is_all_day=showcase.is_all_day,
        is_cancelled=showcase.status is ShowcaseStatus.CANCELLED,
    )


def showcase_events(showcases: Iterable[Showcase]) -> list[CalendarEvent]:
    """Return showcases as events; those without dates are left out."""
    return [
        showcase_event(each, each.starts_at, each.ends_at)
        for each in showcases
        if each.starts_at is not None and each.ends_at is not None
    ]


def shown_event(showcase: Showcase, slot: ShownSlot) -> CalendarEvent:
    """Return a slot of a published programme as an event."""
    presenters = ", ".join(each.name for each in slot.entry.presenters) if slot.entry else ""
    return _slot_event(
        showcase,
        f"slot:{slot.public_id}",
        slot.name,
        stricter(showcase.tlp, slot.entry.tlp) if slot.entry else showcase.tlp,
        slot.starts_at,
        slot.ends_at,
        room=slot.room,
        words=presenters,
        sequence=slot.version,
        path=url_for("showcases.slot", slug=showcase.slug, slot_id=slot.public_id),
    )


def own_event(slot: Slot, name: str, path: str, words: str = "") -> CalendarEvent:
    """Return a slot that somebody has a seat in or presents; until the programme is published it may change.

    Args:
        slot: the slot.
        name: of what is presented in it.
        path: of the page that the person may read.
        words: why it is in their calendar.
    """
    return _slot_event(
        slot.showcase,
        slot.subject,
        name,
        label_of(slot.showcase, slot.entry.innovation if slot.entry else None),
        slot.starts_at,
        slot.ends_at,
        room=slot.room.name if slot.room else "",
        words=words,
        sequence=slot.version,
        path=path,
    )


def _slot_event(
    showcase: Showcase,
    subject: str,
    title: str,
    label: Tlp,
    begin: datetime,
    end: datetime,
    *,
    room: str,
    words: str,
    sequence: int,
    path: str,
) -> CalendarEvent:
    return CalendarEvent(
        subject=subject,
        title=title,
        starts_at=begin,
        ends_at=end,
        zone=showcase.time_zone,
        stamp=stamp_of(showcase),
        tlp=label,
        url=whole(path),
        # a showcase that is cancelled changes all its slots at once
        sequence=sequence + showcase.version,
        place=", ".join(filter(None, (room, place_of(showcase)))),
        words="\n".join(filter(None, (showcase.name, words))),
        is_cancelled=showcase.status is ShowcaseStatus.CANCELLED,
        is_tentative=not showcase.is_programme_public,
    )


def stamp_of(showcase: Showcase) -> datetime:
    """Return when a showcase or its programme was changed last: calendar programs look at it beside the number."""
    return max(showcase.saved_at, showcase.cancelled_at or showcase.saved_at)


def place_of(showcase: Showcase) -> str:
    """Return where a showcase takes place, in one line."""
    if showcase.attendance is Attendance.ONLINE:
        return translate("Online")
    country = country_name(showcase.country) if showcase.country else ""
    return ", ".join(filter(None, (showcase.venue, showcase.city, country)))


def calendar_answer(name: str, events: Iterable[CalendarEvent], filename: str) -> Response:
    """Return a calendar file, or that it has not changed since the program asked last.

    Args:
        name: what the calendar is called.
        events: what stands in it.
        filename: under which browsers keep it.
    """
    body = calendar(name, events)
    answer = Response(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    answer.set_etag(hashlib.sha256(body).hexdigest())
    answer.make_conditional(request)
    return answer


def whole(path: str) -> str:
    """Return a whole address: it begins with that of the hub, whatever the request names."""
    return runtime().settings.base_url.rstrip("/") + path
