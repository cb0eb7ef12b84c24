"""The showcase that a request is about, and the slot where its entry was shown, where whoever looks may see them."""

from dataclasses import dataclass

from sqlalchemy import select

from hub.collaboration.models import CollaborationRequest
from hub.core.database import session
from hub.showcases.models import Entry, Showcase, Slot
from hub.showcases.permissions import can_view, in_programme_for
from hub.web.catalogue.named import NamedRecord, named
from hub.web.i18n import translate
from hub.web.sessions import viewer

COUNT, LEAVE_OUT = "yes", "no"
"""Answers to whether the report of a showcase may count a request."""


@dataclass(frozen=True)
class Staged:
    """Where a request comes from, for its page.

    Args:
        showcase: the showcase that it is about.
        slot: where its entry stands in the programme, or None.
        shown: what was shown there, as this reader knows it, or None.
    """

    showcase: Showcase
    slot: Slot | None
    shown: NamedRecord | None


def shown_showcase(request: CollaborationRequest) -> Showcase | None:
    """Return the showcase that a request is about, or None where there is none or none for this reader."""
    found = request.showcase
    return found if found is not None and can_view(viewer(), found) else None


def staged(request: CollaborationRequest) -> Staged | None:
    """Return where a request comes from, or None where it is about no showcase, or none for this reader."""
    showcase = shown_showcase(request)
    if showcase is None:
        return None
    slot = None
    if request.entry_id is not None:
        slot = session().scalar(
            select(Slot)
            .join(Entry, Entry.id == Slot.entry_id)
            .where(Entry.id == request.entry_id, in_programme_for(viewer()))
        )
    shown = named(slot.entry.innovation) if slot is not None and slot.entry is not None else None
    return Staged(showcase, slot, shown)


def counting_options() -> list[tuple[str, str]]:
    """Return the answers to whether the report of a showcase may count a request."""
    return [(COUNT, translate("Yes, count it")), (LEAVE_OUT, translate("No, leave it out"))]
