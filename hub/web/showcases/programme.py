"""The programme of a showcase: by time, room or track, in the venue's zone and another one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.access.audience import stricter
from hub.core import clock
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.members.zones import is_zone
from hub.showcases.models import Showcase
from hub.showcases.published import ShownSlot
from hub.showcases.queries import showcase_by_slug
from hub.showcases.stage import Programme, staged_programme
from hub.web.access import public
from hub.web.i18n import language, translate
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.times import (
    clock_span,
    day_key,
    event_day,
    reader_zone,
    span_elsewhere,
    zone_of,
)
from hub.web.zones import zone_options

WAYS = {"time": N_("By time"), "room": N_("By room"), "track": N_("By track")}

MOST_DRAWN = 64
"""Programmes of which the drawing is kept in this process: one showcase takes a few, by language and zone."""


Name = tuple[int, str]
"""What a heading names, and before it a number that puts what belongs to no room or track last."""


@dataclass(frozen=True)
class Line:
    """One slot with its times in words."""

    slot: ShownSlot
    hours: str
    elsewhere: str


@dataclass(frozen=True)
class Block:
    """Slots under one heading: a day, or a day in one room or track."""

    anchor: str
    heading: str
    lines: list[Line]


@dataclass(frozen=True)
class Drawing:
    """A programme drawn.

    Args:
        html: all blocks.
        ways: in which it can be ordered, with their words: by rooms and tracks only where it has some.
        days: anchor and words of each.
    """

    html: Markup
    ways: list[tuple[str, str]]
    days: list[tuple[str, str]]


@showcases.get("/<slug>/programme")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Show the programme alone, to look something up in and to print."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    if not showcase.is_programme_public:
        raise NotFoundError
    found = staged_programme(showcase, somebody, language().code)
    way, other = request.args.get("by", ""), asked_zone()
    drawing = drawn_programme(showcase, found, way, other)
    return render_template(
        "showcases/programme.html",
        showcase=showcase,
        label=stricter(showcase.tlp, found.tlp),
        zone=zone_of(showcase),
        other=other,
        zones=drawn_zones(language().code),
        way=way if way in dict(drawing.ways) else "time",
        drawing=drawing,
        has_slots=bool(found.slots),
    )


def asked_zone() -> str:
    """Return the zone that the address names beside the venue's, else the signed-in reader's."""
    asked = request.args.get("zone", "")
    return asked if is_zone(asked) else reader_zone()


def now_on(slots: Iterable[ShownSlot]) -> list[ShownSlot]:
    """Return what takes place at this moment."""
    moment = clock.now()
    return [each for each in slots if each.starts_at <= moment < each.ends_at]


def drawn_programme(showcase: Showcase, programme: Programme, way: str, other: str) -> Drawing:
    """Return a programme drawn; what was drawn from the same one in this language and zone is not drawn again.

    Args:
        showcase: whose it is.
        programme: what this reader sees of it.
        way: one of `WAYS`; another one stands for time.
        other: zone in which times are told beside the venue's; may be empty.
    """
    way = way if way in WAYS else "time"
    return _drawn(showcase.slug, programme, way, zone_of(showcase), other, language().code)


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(slug: str, programme: Programme, way: str, zone: str, other: str, _spoken: str) -> Drawing:
    slots = programme.slots
    html = _macro("programme", slug, blocks_of(slots, way, zone, other), way, zone)
    has = {"time": True, "room": any(each.room for each in slots), "track": any(each.track for each in slots)}
    ways = [(code, translate(word)) for code, word in WAYS.items() if has[code]]
    days = {f"day-{day_key(each.starts_at, zone)}": event_day(each.starts_at, zone) for each in slots}
    return Drawing(html, ways, list(days.items()))


@lru_cache(maxsize=16)
def drawn_zones(_spoken: str) -> Markup:
    """Return the choices of time zones in this request's language, which is given: there are hundreds of them."""
    return _macro("zone_choices", zone_options())


def _macro(name: str, *values: object) -> Markup:
    template = current_app.jinja_env.get_template("showcases/_programme.html")
    drawing: Markup = getattr(template.make_module(), name)(*values)
    return drawing


def blocks_of(slots: Iterable[ShownSlot], way: str, zone: str, other: str) -> list[Block]:
    """Return the slots under their headings, in the order of days; by rooms or tracks first where asked for."""
    naming: Callable[[ShownSlot], Name] = {"room": _room, "track": _track}.get(way, _nothing)
    found: dict[tuple[Name, str], Block] = {}
    for each in slots:
        name, day = naming(each), day_key(each.starts_at, zone)
        block = found.get((name, day))
        if block is None:
            words = event_day(each.starts_at, zone)
            heading = translate("%(place)s, %(day)s", place=name[1], day=words) if name[1] else words
            anchor = f"part-{len(found) + 1}" if name[1] else f"day-{day}"
            block = found[name, day] = Block(anchor, heading, [])
        hours = clock_span(each.starts_at, each.ends_at, zone)
        block.lines.append(Line(each, hours, span_elsewhere(each.starts_at, each.ends_at, zone, other)))
    return [found[key] for key in sorted(found)]


def _room(slot: ShownSlot) -> Name:
    return (0, slot.room) if slot.room else (1, translate("For all rooms"))


def _track(slot: ShownSlot) -> Name:
    return (0, slot.track) if slot.track else (1, translate("For all tracks"))


def _nothing(_slot: ShownSlot) -> Name:
    return 0, ""
