"""The board of what waits on whom: one line for each request, kind and side, so that nobody counts responses."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from hub.access.audience import Tlp
from hub.access.viewer import Role, Viewer
from hub.collaboration.hearing import may_hear_of
from hub.collaboration.levels.matters import Party, WaitingKind, selects
from hub.collaboration.levels.matters.matter import Matters
from hub.collaboration.levels.working_days import working_days_between
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.permissions import labelled_for, visible_to
from hub.core import clock
from hub.core.database import UtcDateTime, session
from hub.core.pagination import Page, PageRequest

ON_COORDINATORS = frozenset({WaitingKind.REVIEW, WaitingKind.REQUIREMENTS, WaitingKind.CALL})
"""What waits on coordinators; focal points do not hear of it."""

STRICTNESS = tuple(Tlp)
"""Labels from the widest to the narrowest."""


@dataclass(frozen=True)
class LineDetails:
    """What a line tells those who may know of the request; of what coordinators can take, what their desk tells.

    Args:
        kind: what waits.
        party: on whom.
        country: ISO code of where they are on whom it waits; None where it is not known, or the request is not told.
        is_taken: whether a coordinator has taken it.
        request: what it belongs to; None of a call, and where the viewer cannot open it before they take it.
    """

    kind: WaitingKind
    party: Party
    country: str | None
    is_taken: bool
    request: CollaborationRequest | None


@dataclass(frozen=True)
class BoardLine:
    """What of one kind waits on one side of one request.

    Args:
        since: since when the oldest of it waits.
        working_days: how many whole working days that is in the country, where the viewer is told which it is.
        tlp: the strictest label of it.
        details: what it is; None for who is outside the audience of the request: they learn label and age alone.
    """

    since: datetime
    working_days: int
    tlp: Tlp
    details: LineDetails | None


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

    What belongs to requests with whose parties the viewer has a conflict is left out. So is, where kind or country is
    chosen, what has none for the viewer, as they are outside its audience.

    Args:
        viewer: who asks. Coordinators get everything, focal points what is of their countries, others nothing.
        page: which part of it.
        kinds: which kinds only; empty for all that the viewer gets.
        country: ISO code of the one country wanted; empty for all.
    """
    wanted = [kind for kind in kinds_for(viewer) if not kinds or kind in kinds]
    if not wanted:
        return Page((), 0, page)
    every = union_all(*(_lines(one, viewer, country) for one in selects(wanted))).subquery()
    heard_of = select(CollaborationRequest.id).where(may_hear_of(viewer))
    lines = (
        select(every)
        .where(every.c.request_id.in_(heard_of), *_chosen(every, viewer, kinds, country))
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
    return Page(tuple(_line(row, known) for row in found_rows), total, page)


def _chosen(
    every: Subquery, viewer: Viewer, kinds: Collection[WaitingKind], country: str
) -> Iterable[ColumnElement[bool]]:
    """Return the conditions for lines that tell the viewer what was chosen by, as `_line` says it."""
    shown = every.c.request_id.in_(select(CollaborationRequest.id).where(_named_for(viewer)))
    is_call = every.c.kind == WaitingKind.CALL
    if country:
        return (shown, ~is_call)
    on_desk = and_(every.c.kind.in_(ON_COORDINATORS), every.c.is_taken == 0)
    return (or_(shown, is_call, on_desk),) if kinds else ()


def _line(row: Row[Any], known: Mapping[int, tuple[CollaborationRequest, bool]]) -> BoardLine:
    kind, is_taken = WaitingKind(row.kind), bool(row.is_taken)
    # a call tells that somebody responded: whose conversation it is learns who takes it
    is_call = kind is WaitingKind.CALL
    request, is_open = known.get(row.request_id, (None, False))
    details = None
    if request is not None or is_call or (kind in ON_COORDINATORS and not is_taken):
        country = row.country if request is not None and not is_call else None
        shown = request if is_open and not is_call else None
        details = LineDetails(kind, Party(row.party), country, is_taken, shown)
    # counted without the holidays of a country that is not told, which the number would tell
    days = working_days_between(row.since, clock.now(), details.country if details else None)
    return BoardLine(row.since, days, STRICTNESS[row.strictness], details)


def _lines(matters: Matters, viewer: Viewer, country: str) -> Select[*tuple[Any, ...]]:
    """Return the select of the lines of one kind; gathered kind by kind, so that an index holds all that it reads."""
    of = matters.subquery().c
    where: list[ColumnElement[bool]] = []
    if not viewer.has_role(Role.COORDINATOR):
        where.append(of.country.in_(sorted(viewer.focal_countries)))
    if country:
        where.append(of.country == country)
    key = (of.kind, of.party, of.country, of.request_id)
    strictness = case({label.value: place for place, label in enumerate(STRICTNESS)}, value=of.tlp)
    return (
        select(
            *key,
            func.min(of.since, type_=UtcDateTime()).label("since"),
            func.max(strictness).label("strictness"),
            func.max(of.is_taken).label("is_taken"),
        )
        .where(*where)
        .group_by(*key)
    )


def _named_for(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for requests of which the board tells more than label and age: as pages and desk do."""
    awaited = and_(CollaborationRequest.status == RequestStatus.SUBMITTED, labelled_for(viewer))
    return or_(visible_to(viewer), awaited)


def _known(request_ids: Iterable[int], viewer: Viewer) -> dict[int, tuple[CollaborationRequest, bool]]:
    """Return those requests of which `viewer` may hear, by id, and whether each can be opened."""
    wanted = sorted(request_ids)
    if not wanted:
        return {}
    rows = session().execute(
        select(CollaborationRequest, visible_to(viewer).label("is_open"))
        .where(CollaborationRequest.id.in_(wanted), _named_for(viewer))
        .options(joinedload(CollaborationRequest.organisation), joinedload(CollaborationRequest.posted_by))
    )
    return {each.id: (each, bool(is_open)) for each, is_open in rows}
