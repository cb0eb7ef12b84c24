"""Calendar files of what somebody may see: a showcase, its whole programme, one slot; and all public showcases."""

from flask import Response
from flask.typing import ResponseReturnValue

from hub.access.viewer import VISITOR
from hub.core.errors import NotFoundError
from hub.showcases.listing import next_showcases
from hub.showcases.queries import showcase_by_slug
from hub.showcases.stage import programme_of
from hub.web.access import public
from hub.web.calendars.blueprint import calendars
from hub.web.calendars.events import calendar_answer, showcase_events, shown_event
from hub.web.i18n import language, only_of_browser, translate
from hub.web.sessions import only_as_visitor, viewer

MOST_UPCOMING = 100


@calendars.get("/showcases.ics")
@public
def upcoming() -> ResponseReturnValue:
    """Return all public showcases that are not over; nothing depends on who asks."""
    only_as_visitor()
    only_of_browser()
    name = translate("Showcases of the Anti-Corruption Innovation Hub")
    answer = calendar_answer(name, showcase_events(next_showcases(VISITOR, MOST_UPCOMING)), "showcases")
    answer.vary.add("Accept-Language")
    return answer


@calendars.get("/showcases/<slug>.ics")
@public
def showcase(slug: str) -> ResponseReturnValue:
    """Return one showcase as one event."""
    found = showcase_by_slug(slug, viewer())
    events = showcase_events([found])
    if not events:
        raise NotFoundError
    return calendar_answer(found.name, events, found.slug)


@calendars.get("/showcases/<slug>/programme.ics")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Return each slot of a published programme as an event."""
    return _slots(slug)


@calendars.get("/showcases/<slug>/slots/<slot_id>.ics")
@public
def slot(slug: str, slot_id: str) -> ResponseReturnValue:
    """Return one slot as an event."""
    return _slots(slug, slot_id)


def _slots(slug: str, slot_id: str = "") -> Response:
    somebody = viewer()
    found = showcase_by_slug(slug, somebody)
    slots = programme_of(found, somebody, language().code)
    events = [shown_event(found, each) for each in slots if not slot_id or each.public_id == slot_id]
    if not found.is_programme_public or (slot_id and not events):
        raise NotFoundError
    return calendar_answer(found.name, events, slot_id or f"{found.slug}-programme")
