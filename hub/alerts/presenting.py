"""How much of entries for showcases waits on one person, for the start page."""

from collections.abc import Iterator

from sqlalchemy import String, func, literal, select

from hub.access.viewer import Viewer
from hub.alerts.piles import Counted
from hub.core.database import UtcDateTime
from hub.showcases.own import matters_of


def presenting_piles(viewer: Viewer) -> Iterator[Counted]:
    """Yield one pile for each kind of `hub.showcases.own.matters_of`."""
    for kind, rows in matters_of(viewer):
        of = rows.subquery()
        yield select(
            literal(kind, String).label("kind"),
            func.count(of.c.since).label("number"),
            func.min(of.c.since, type_=UtcDateTime()).label("since"),
        )
