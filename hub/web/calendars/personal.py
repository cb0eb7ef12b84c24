"""One's own calendar under a secret address: what one registered for, has seats in and presents."""

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.integrity.viewers import viewer_of
from hub.showcases.calendars.dates import dates_of
from hub.showcases.calendars.feeds import member_of_feed
from hub.showcases.models import Slot
from hub.web.access import public
from hub.web.calendars.blueprint import calendars
from hub.web.calendars.events import calendar_answer, own_event, showcase_events
from hub.web.i18n import language, only_of_browser, translate
from hub.web.sessions import only_as_visitor


@calendars.get("/calendar/<secret>.ics")
@public
def personal(secret: str) -> ResponseReturnValue:
    """Return the calendar whose address holds the secret; whoever is signed in here makes no difference."""
    only_as_visitor()
    only_of_browser()
    owner = member_of_feed(secret)
    dates = dates_of(viewer_of(owner))
    presented = {each.id for each in dates.presented}
    events = [
        *showcase_events(dates.showcases),
        *(
            own_event(each, name_of(each), slot_path(each))
            for each in dates.seats
            if each.id not in presented
        ),
        *(
            own_event(each, name_of(each), entry_path(each), translate("You present this."))
            for each in dates.presented
        ),
    ]
    answer = calendar_answer(translate("My showcases"), events, "showcases")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def name_of(slot: Slot) -> str:
    """Return what a slot is called: its innovation's name, or its own title."""
    revision = slot.entry.innovation.published_revision if slot.entry else None
    return revision.text_in(language().code).name if revision else slot.title


def slot_path(slot: Slot) -> str:
    """Return the path of a slot's page."""
    return url_for("showcases.slot", slug=slot.showcase.slug, slot_id=slot.public_id)


def entry_path(slot: Slot) -> str:
    """Return the path of the page of the entry in a slot, which its presenters read before its audience does."""
    if slot.entry is None:
        return slot_path(slot)
    return url_for("showcases.entry", slug=slot.showcase.slug, entry_id=slot.entry.public_id)
