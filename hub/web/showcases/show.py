"""The page of one showcase: when, where, for whom, how to take part, the programme, and what came of it."""

from dataclasses import dataclass
from functools import lru_cache

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.audience import Audience, Tlp, stricter
from hub.access.viewer import VISITOR, Viewer
from hub.core import clock
from hub.interchange.event_jsonld import event_json_ld, slot_json_ld
from hub.showcases.models import Showcase
from hub.showcases.models.showcase import OVER
from hub.showcases.permissions import is_on_team
from hub.showcases.published import ShownChange, ShownSlot, changes_of
from hub.showcases.queries import showcase_by_slug
from hub.showcases.stage import Programme, staged_programme
from hub.web.access import public
from hub.web.calendars.events import whole
from hub.web.i18n import language, language_name
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.programme import MOST_DRAWN, Drawing, drawn_programme, now_on
from hub.web.showcases.times import differs, reader_zone, zone_of


@dataclass(frozen=True)
class ShowcasePage:
    """One showcase as one reader sees it.

    Args:
        showcase: the showcase itself.
        zone: IANA name of the venue's zone.
        other: the zone of a reader whose clock shows another time while it takes place; empty for all others.
        programme: what the reader sees of it.
        drawing: the programme drawn.
        changes: since the programme was published, the latest first.
        languages: names of the languages spoken or interpreted.
        is_team: whether the reader prepares it.
        is_past: whether it is over.
    """

    showcase: Showcase
    zone: str
    other: str
    programme: Programme
    drawing: Drawing
    changes: list[ShownChange]
    languages: list[str]
    is_team: bool
    is_past: bool

    @property
    def tlp(self) -> Tlp:
        """The label of the page: the strictest of what is on it."""
        return stricter(self.showcase.tlp, self.programme.tlp)

    @property
    def slots(self) -> tuple[ShownSlot, ...]:
        """The slots of the programme, in the order in which they begin."""
        return self.programme.slots

    @property
    def featured(self) -> list[ShownSlot]:
        """The slots whose entries two curators featured."""
        return [each for each in self.slots if each.entry and each.entry.is_featured]

    @property
    def now_on(self) -> list[ShownSlot]:
        """What takes place at this moment."""
        return now_on(self.slots)

    @property
    def takes_entries_soon(self) -> bool:
        """Whether the call is announced and opens later."""
        opens_at = self.showcase.call_opens_at
        return self.showcase.status == "call_open" and opens_at is not None and opens_at > clock.now()


@showcases.app_template_test("past_event")
def is_past_event(showcase: Showcase) -> bool:
    """Whether a showcase is over."""
    return showcase.status in OVER or (showcase.ends_at is not None and showcase.ends_at <= clock.now())


@showcases.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one showcase."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    if slug != showcase.slug:
        return redirect(url_for("showcases.show", slug=showcase.slug), code=302)
    page = page_of(showcase, somebody)
    return render_template("showcases/show.html", page=page, linked_data=linked_data(page, somebody))


def page_of(showcase: Showcase, somebody: Viewer) -> ShowcasePage:
    """Return a showcase as `somebody` sees it, in a number of queries that does not grow with its programme."""
    programme = staged_programme(showcase, somebody, language().code)
    zone, other = zone_of(showcase), reader_zone()
    return ShowcasePage(
        showcase=showcase,
        zone=zone,
        other=other if showcase.starts_at and differs(showcase.starts_at, zone, other) else "",
        programme=programme,
        drawing=drawn_programme(showcase, programme, "time", other),
        changes=changes_of(showcase, somebody, language().code) if showcase.is_programme_public else [],
        languages=[language_name(code) for code in showcase.languages],
        is_team=is_on_team(somebody, showcase),
        is_past=is_past_event(showcase),
    )


def linked_data(page: ShowcasePage, somebody: Viewer) -> dict[str, object] | None:
    """Return a public showcase as schema.org describes it, for machines, which come as visitors."""
    showcase = page.showcase
    if somebody != VISITOR or showcase.audience is not Audience.PUBLIC:
        return None
    url = showcase_address(showcase)
    event = event_json_ld(showcase, url)
    return {**event, "subEvent": _sub_events(page.programme, page.zone, url)} if page.slots else event


@lru_cache(maxsize=MOST_DRAWN)
def _sub_events(programme: Programme, zone: str, url: str) -> list[dict[str, object]]:
    """Return the slots of a programme as schema.org describes them; kept as what is drawn is."""
    return [slot_json_ld(each, zone, url) for each in programme.slots]


def showcase_address(showcase: Showcase) -> str:
    """Return the whole address of a showcase, for paper, calendars and machines."""
    return whole(url_for("showcases.show", slug=showcase.slug))
