"""How much each part of a match counts for one member: theirs alone to know and to change."""

from collections.abc import Mapping

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.integrity.viewers import viewer_of
from hub.matching.models import PartWeight
from hub.matching.parts import Emphasis, Part
from hub.members.holding import hold_member
from hub.members.models import Member


def weights_of(viewer: Viewer) -> dict[Part, Emphasis]:
    """Return how much each part counts for `viewer`, all parts in their order; as usual for who chose nothing."""
    return dict.fromkeys(Part, Emphasis.USUAL) | _chosen(viewer)


def _chosen(viewer: Viewer) -> dict[Part, Emphasis]:
    if viewer.member_id is None:
        return {}
    rows = session().execute(
        select(PartWeight.part, PartWeight.emphasis).where(PartWeight.member_id == viewer.member_id)
    )
    return {part: Emphasis(emphasis) for part, emphasis in rows}


def save_weights(actor: Member, chosen: Mapping[Part, Emphasis]) -> None:
    """Keep how much parts count for `actor`. Parts that are not named, or named as usual, count as usual.

    Args:
        actor: an approved member, for whose suggestions alone it counts.
        chosen: emphasis by part.

    Raises:
        ForbiddenError: the actor is not approved.
    """
    viewer = viewer_of(actor)
    if not viewer.is_member:
        raise ForbiddenError
    hold_member(actor.id)
    kept = {each.part: each for each in _rows(actor)}
    wanted = {part: each for part, each in chosen.items() if each is not Emphasis.USUAL}
    if {part: Emphasis(each.emphasis) for part, each in kept.items()} == wanted:
        return
    for part, row in kept.items():
        if part not in wanted:
            session().delete(row)
    for part, emphasis in wanted.items():
        row = kept.get(part) or PartWeight(member_id=actor.id, part=part)
        if row.emphasis != emphasis:
            row.emphasis = int(emphasis)
            row.chosen_at = clock.now()
            session().add(row)
    session().flush()
    # which parts somebody cares for is theirs alone: that it was changed is logged, and nothing else
    record(viewer, Event.MATCHING_WEIGHT, f"member:{actor.public_id}")


def _rows(actor: Member) -> list[PartWeight]:
    found = session().scalars(
        select(PartWeight).where(PartWeight.member_id == actor.id).execution_options(populate_existing=True)
    )
    return list(found)
