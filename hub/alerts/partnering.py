"""How much of requests, responses and partnerships waits on one person, for the start page."""

from collections.abc import Iterator

from sqlalchemy import String, func, literal, select

from hub.access.viewer import Viewer
from hub.alerts.piles import Counted
from hub.collaboration.own import matters_of
from hub.core.database import UtcDateTime


def collaboration_piles(viewer: Viewer) -> Iterator[Counted]:
    """Yield one pile for each kind of `hub.collaboration.own.matters_of`."""
    for kind, rows in matters_of(viewer):
        of = rows.subquery()
        yield select(
            literal(kind, String).label("kind"),
            func.count(of.c.since).label("number"),
            func.min(of.c.since, type_=UtcDateTime()).label("since"),
        )
