"""What is counted of showcases and of what was shown there."""

from sqlalchemy import func, select

from hub.access.viewer import VISITOR
from hub.core.i18n import N_
from hub.insights.metrics.counting import counted_by, grouped, total, whole
from hub.insights.metrics.metric import Dimension, Metric, Unit, Values
from hub.showcases.models import Entry, EntryStatus, Showcase
from hub.showcases.models.showcase import OVER
from hub.showcases.permissions import entries_visible_to, visible_to


def showcases_held() -> Values:
    """Count showcases of the hub that are over."""
    return counted_by(
        Dimension.COUNTRY,
        Showcase.country,
        func.count(Showcase.id),
        Showcase.status.in_(OVER),
        Showcase.is_compiled.is_(False),
        visible_to(VISITOR),
    )


def entries_presented() -> Values:
    """Count entries that were presented at showcases of the hub."""
    is_counted = (
        Entry.status == EntryStatus.PRESENTED,
        Entry.showcase.has(Showcase.is_compiled.is_(False)),
        entries_visible_to(VISITOR),
    )
    by_country = (
        select(Showcase.country, func.count(Entry.id))
        .join(Showcase, Showcase.id == Entry.showcase_id)
        .where(*is_counted)
        .group_by(Showcase.country)
    )
    return whole(
        total(select(func.count(Entry.id)).where(*is_counted)), grouped(Dimension.COUNTRY, by_country)
    )


METRICS = (
    Metric(
        "showcases_held",
        N_("Showcases held"),
        N_(
            "Showcases of the hub that are over and that everybody may read, by the country of the venue. "
            "Events that were written down from public sources are not counted."
        ),
        Unit.COUNT,
        showcases_held,
        by=(Dimension.COUNTRY,),
    ),
    Metric(
        "entries_presented",
        N_("Innovations presented at showcases"),
        N_(
            "Entries of showcases of the hub that the report says were presented, by the country of the venue. "
            "One innovation shown twice counts twice."
        ),
        Unit.COUNT,
        entries_presented,
        by=(Dimension.COUNTRY,),
    ),
)
"""Metrics of showcases."""
