"""The page of one slot: what is presented, by whom, when and where, and what it leaves."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.showcases.labels import label_of
from hub.showcases.published import presenters_of, slot_of
from hub.showcases.queries import showcase_by_slug
from hub.web.access import public
from hub.web.i18n import direction_of, language
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.times import clock_span, event_day, reader_zone, span_elsewhere, zone_of


@showcases.get("/<slug>/slots/<slot_id>")
@public
def slot(slug: str, slot_id: str) -> ResponseReturnValue:
    """Show one slot of a published programme."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    found = slot_of(showcase, slot_id, somebody)
    entry = found.entry
    zone, other = zone_of(showcase), reader_zone()
    words = (
        entry.innovation.published_revision.text_in(language().code)
        if entry and entry.innovation.published_revision
        else None
    )
    return render_template(
        "showcases/slot.html",
        showcase=showcase,
        label=label_of(showcase, entry.innovation if entry else None),
        slot=found,
        entry=entry,
        words=words,
        direction=direction_of(entry.language) if entry else "auto",
        presenters=presenters_of({entry.id}, somebody).get(entry.id, ()) if entry else (),
        day=event_day(found.starts_at, zone),
        hours=clock_span(found.starts_at, found.ends_at, zone),
        elsewhere=span_elsewhere(found.starts_at, found.ends_at, zone, other),
        zone=zone,
        other=other,
    )
