"""The board of what waits on whom: one line for each request, kind and side, so that nobody counts responses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from hub.access.audience import Tlp
from hub.access.viewer import Role, Viewer
from hub.collaboration.levels.matters import Party, WaitingKind, matters
from hub.collaboration.levels.working_days import working_days_between
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import visible_to
from hub.collaboration.review.parties import may_hear_of
from hub.core import clock
from hub.core.database import UtcDateTime, session
from hub.core.pagination import Page, PageRequest

ON_COORDINATORS = frozenset({WaitingKind.REVIEW, WaitingKind.REQUIREMENTS, WaitingKind.CALL})
"""What waits on coordinators; focal points do not hear of it."""

STRICTNESS = tuple(Tlp)
"""Labels from the widest to the narrowest."""


@dataclass(frozen=True)
class BoardLine:
    """What of one kind waits on one side of one request.

    Args:
        kind: what waits.
        party: on whom.
        since: since when the oldest of it waits.
        working_days: how many whole working days that is in the country.
        country: ISO code of where they are on whom it waits, or None where it is not known.
        tlp: the strictest label of it.
        is_taken: whether a coordinator has taken it.
        request: what it belongs to; None for who may not know of it.
    """

    kind: WaitingKind
    party: Party
    since: datetime
    working_days: int
    country: str | None
    tlp: Tlp
    is_taken: bool
    request: CollaborationRequest | None


def kinds_for(viewer: Viewer) -> tuple[WaitingKind, ...]:
    """Return what the board shows `viewer`: coordinators everything, focal points what waits on others."""
    if viewer.has_role(Role.COORDINATOR):
        return tuple(WaitingKind)
    if viewer.focal_countries:
        return tuple(kind for kind in WaitingKind if kind not in ON_COORDINATORS)
    return ()


def board(
    viewer: Viewer, page: PageRequest, *, kinds: Collection[WaitingKind] = (), country: str = ""
) -> Page[BoardLine]:
    """Return what waits, the longest first; two queries, however much waits.

    What belongs to requests with whose parties the viewer has a conflict is left out.

    Args:
        viewer: who asks. Coordinators get everything, focal points what is of their countries, others nothing.
        page: which part of it.
        kinds: which kinds only; empty for all that the viewer gets.
        country: ISO code of the one country wanted; empty for all.
    """
    wanted = [kind for kind in kinds_for(viewer) if not kinds or kind in kinds]
    if not wanted:
        return Page((), 0, page)
    found = matters(wanted, may_hear_of(viewer)).subquery()
    where: list[ColumnElement[bool]] = []
    if not viewer.has_role(Role.COORDINATOR):
        where.append(found.c.country.in_(sorted(viewer.focal_countries)))
    if country:
        where.append(found.c.country == country)
    key = (found.c.kind, found.c.party, found.c.country, found.c.request_id)
    strictness = case({label.value: place for place, label in enumerate(STRICTNESS)}, value=found.c.tlp)
    since = func.min(found.c.since, type_=UtcDateTime())
    lines = (
        select(
            *key,
            since.label("since"),
            func.max(strictness).label("strictness"),
            func.max(found.c.is_taken).label("is_taken"),
        )
        .where(*where)
        .group_by(*key)
        .subquery()
    )
    rows = session().execute(
        select(lines, func.count().over().label("total"))
        .order_by(lines.c.since, lines.c.kind, lines.c.request_id, lines.c.party)
        .offset(page.offset)
        .limit(page.per_page)
    )
    found_rows = rows.all()
    if found_rows or page.number == 1:
        total = found_rows[0].total if found_rows else 0
    else:
        # behind the last page there is no row that could say how many there are
        total = session().scalar(select(func.count()).select_from(lines)) or 0
    known = _known({row.request_id for row in found_rows}, viewer)
    now = clock.now()
    items = tuple(
        BoardLine(
            kind=(kind := WaitingKind(row.kind)),
            party=Party(row.party),
            since=row.since,
            working_days=working_days_between(row.since, now, row.country),
            country=row.country,
            tlp=STRICTNESS[row.strictness],
            is_taken=bool(row.is_taken),
            # a call tells that somebody responded: whose conversation it is learns who takes it
            request=None if kind is WaitingKind.CALL else known.get(row.request_id),
        )
        for row in found_rows
    )
    return Page(items, total, page)


def _known(request_ids: Iterable[int], viewer: Viewer) -> dict[int, CollaborationRequest]:
    """Return those requests that `viewer` may know of, by id."""
    wanted = sorted(request_ids)
    if not wanted:
        return {}
    rows = session().scalars(
        select(CollaborationRequest)
        .where(CollaborationRequest.id.in_(wanted), visible_to(viewer))
        .options(joinedload(CollaborationRequest.organisation), joinedload(CollaborationRequest.posted_by))
    )
    return {each.id: each for each in rows.unique()}
