"""What waits in collaboration and no coordinator free of conflict can decide."""

from hub.access.viewer import Viewer
from hub.collaboration.review.items import Item, request_of, waiting_since
from hub.collaboration.review.parties import involvements_with
from hub.collaboration.review.queries import can_see_title, waiting
from hub.integrity.escalation import COORDINATORS, Bench, Escalated
from hub.integrity.permissions import Involvement, can_handle_conflicts, conflict_of


def undecidable(viewer: Viewer, bench: Bench) -> list[Escalated]:
    """Return the waiting matters that no coordinator free of conflict can decide, the oldest first.

    Nothing for anybody but integrity officers; titles only of requests that the officer may read.

    Args:
        viewer: who asks.
        bench: whoever decides; coordinators are on it.
    """
    if not can_handle_conflicts(viewer):
        return []
    items = list(waiting())
    involvements = involvements_with(items)
    found = (_escalated(viewer, *pair, bench) for pair in zip(items, involvements, strict=True))
    return sorted((each for each in found if each is not None), key=lambda each: each.waiting_since)


def _escalated(viewer: Viewer, item: Item, involvement: Involvement, bench: Bench) -> Escalated | None:
    short = bench.shortage(involvement, among=COORDINATORS)
    if short is None:
        return None
    request = request_of(item)
    is_shown = can_see_title(viewer, item) and conflict_of(viewer, involvement) is None
    return Escalated(
        kind=item.__tablename__,
        waiting_since=waiting_since(item),
        candidates=short.candidates,
        free=short.free,
        title=request.title if is_shown else None,
        language=request.language if is_shown else None,
        address=request.public_id if is_shown and request.opened_at is not None else None,
        tlp=request.tlp,
    )
