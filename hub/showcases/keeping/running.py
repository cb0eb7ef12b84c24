"""Showcases begin and close at their time, and those are told who have something to do afterwards."""

from sqlalchemy import ColumnElement, and_, select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.showcases.keeping.holding import held_if, numbers_of
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.models import Entry, EntryStatus, RegistrationStatus, Showcase, ShowcaseStatus
from hub.showcases.registrations.telling import tell_registrants
from hub.showcases.telling import tell_side, tell_team

ON_STAGE = (EntryStatus.CONFIRMED, EntryStatus.PRESENTED)
"""States in which an entry was meant to be presented when the showcase closes."""


def begun() -> list[int]:
    """Return the ids of showcases with a published programme whose time has come."""
    return numbers_of(_has_begun())


def go_live(number: int) -> bool:
    """Let a showcase begin; return whether it did. Belongs into a transaction."""
    showcase = held_if(number, _has_begun())
    if showcase is None:
        return False
    _move(showcase, "go_live", Event.SHOWCASE_GO_LIVE)
    return True


def over() -> list[int]:
    """Return the ids of live showcases whose end has come."""
    return numbers_of(_is_over())


def close(number: int) -> bool:
    """Close a showcase that is over; return whether it was live. Belongs into a transaction.

    Who had a place hears where the material is, the sides of entries without material are asked for it, and the team
    is told that its report waits.
    """
    showcase = held_if(number, _is_over())
    if showcase is None:
        return False
    _move(showcase, "close", Event.SHOWCASE_CLOSE, closed_at=clock.now())
    tell_registrants("showcase_over", showcase, RegistrationStatus.REGISTERED)
    for entry in _without_material(showcase):
        tell_side("materials_wanted", entry)
    tell_team("report_due", showcase)
    return True


def _move(showcase: Showcase, action: str, event: Event, **changes: object) -> None:
    before = {"status": showcase.status.value}
    SHOWCASES.move(showcase, action, **changes)
    record(VISITOR, event, showcase.subject, before=before, after={"status": showcase.status.value})


def _without_material(showcase: Showcase) -> list[Entry]:
    found = session().scalars(
        select(Entry)
        .where(Entry.showcase_id == showcase.id, Entry.status.in_(ON_STAGE), ~Entry.materials.any())
        .order_by(Entry.id)
    )
    return list(found)


def _has_begun() -> ColumnElement[bool]:
    return and_(Showcase.status == ShowcaseStatus.PROGRAMME_PUBLISHED, Showcase.starts_at <= clock.now())


def _is_over() -> ColumnElement[bool]:
    return and_(Showcase.status == ShowcaseStatus.LIVE, Showcase.ends_at <= clock.now())
