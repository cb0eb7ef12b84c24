"""The showcases of one's teams, and those whose team one may join."""

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import selectinload

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.pagination import Page, PageRequest
from hub.showcases.models import Showcase, ShowcaseCurator, ShowcaseStatus
from hub.showcases.models.showcase import OVER
from hub.showcases.permissions import can_curate, in_audience_of, on_team_of

BEHIND = (*OVER, ShowcaseStatus.CANCELLED)
"""States of showcases that stand after those to come."""


def showcases_of_team(viewer: Viewer, request: PageRequest) -> Page[Showcase]:
    """Return the showcases that `viewer` curates: those to come by their beginning, then those that are over."""
    return _page(on_team_of(viewer), request)


def showcases_to_join(viewer: Viewer, request: PageRequest) -> Page[Showcase]:
    """Return the showcases that `viewer` sees as a coordinator and does not curate, those to come first."""
    if not can_curate(viewer):
        return Page((), 0, request)
    return _page(in_audience_of(viewer) & ~on_team_of(viewer), request)


def team_of(showcase: Showcase) -> list[ShowcaseCurator]:
    """Return the curators of a showcase with their accounts, in the order in which they joined."""
    rows = session().scalars(
        select(ShowcaseCurator)
        .where(ShowcaseCurator.showcase_id == showcase.id)
        .order_by(ShowcaseCurator.id)
        .options(selectinload(ShowcaseCurator.member))
    )
    return list(rows)


def _page(condition: ColumnElement[bool], request: PageRequest) -> Page[Showcase]:
    total = session().scalar(select(func.count(Showcase.id)).where(condition)) or 0
    is_behind = case((Showcase.status.in_(BEHIND), 1), else_=0)
    is_undated = case((Showcase.starts_at.is_(None), 1), else_=0)
    found = session().scalars(
        select(Showcase)
        .where(condition)
        .order_by(
            is_behind,
            is_undated,
            # those that are over: the last one first
            case((is_behind == 1, Showcase.starts_at)).desc(),
            Showcase.starts_at,
            Showcase.id,
        )
        .limit(request.per_page)
        .offset(request.offset)
        .options(selectinload(Showcase.label_rows))
    )
    return Page(found.all(), total, request)
