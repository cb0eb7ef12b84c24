"""What is counted of innovations, their evidence, replications and reviews."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Integer, and_, case, extract, func, or_, select, type_coerce

from hub.access.viewer import VISITOR
from hub.catalogue.models import (
    Innovation,
    InnovationRevision,
    InnovationStatus,
    Replication,
    ReplicationStatus,
    RevisionLabel,
    RevisionStatus,
    RevisionTerm,
    TermScheme,
)
from hub.catalogue.permissions import in_audience_of
from hub.core import clock
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.metrics.counting import counted_by, grouped, median_days, percent, total, whole
from hub.insights.metrics.metric import Better, Dimension, Metric, Unit, Values

CAUSE_SHOWN = 3
"""The evidence level from which on a comparison shows cause (Nesta level 3)."""

CONFIRMED = (ReplicationStatus.CONFIRMED, ReplicationStatus.EVIDENCED, ReplicationStatus.VERIFIED)
"""States of a replication that both sides stand by."""

DECIDED_WITHIN = timedelta(days=365)


def is_published() -> ColumnElement[bool]:
    """Return the SQL condition for innovations that visitors see: archived ones among them, as in the catalogue."""
    return in_audience_of(VISITOR)


def innovations_published() -> Values:
    """Count published innovations."""
    by_function = (
        select(RevisionTerm.code, func.count(Innovation.id))
        .join(Innovation, Innovation.published_revision_id == RevisionTerm.revision_id)
        .where(RevisionTerm.scheme == TermScheme.FUNCTIONS, is_published())
        .group_by(RevisionTerm.code)
    )
    return {**_by_country(is_published()), **grouped(Dimension.FUNCTION, by_function)}


def countries_with_innovation() -> Values:
    """Count the countries that published innovations come from."""
    return whole(total(select(func.count(Innovation.origin_country.distinct())).where(is_published())))


def innovations_level_3() -> Values:
    """Count published innovations whose evidence shows cause."""
    return _by_country(and_(is_published(), Innovation.evidence_level >= CAUSE_SHOWN))


def innovations_unconfirmed() -> Values:
    """Return the share of published innovations that their owner should have confirmed meanwhile."""
    is_due = and_(Innovation.review_due_at.is_not(None), Innovation.review_due_at <= clock.now())
    due, of_all = (
        session()
        .execute(
            select(func.coalesce(func.sum(case((is_due, 1), else_=0)), 0), func.count(Innovation.id)).where(
                is_published(),
                Innovation.status == InnovationStatus.PUBLISHED,
                Innovation.is_compiled.is_(False),
            )
        )
        .one()
    )
    return whole(percent(due, of_all, fewest=1))


def replications_confirmed() -> Values:
    """Count replications that both sides stand by."""
    return counted_by(
        Dimension.COUNTRY,
        Replication.country,
        func.count(Replication.id),
        Replication.status.in_(CONFIRMED),
        Replication.innovation.has(in_audience_of(VISITOR)),
    )


def decision_days() -> Values:
    """Return how long approved revisions of the last year waited for their decision."""
    seconds = extract("epoch", InnovationRevision.decided_at) - extract(
        "epoch", InnovationRevision.submitted_at
    )
    is_public = or_(
        Innovation.published_revision_id == InnovationRevision.id,
        InnovationRevision.id.in_(
            select(RevisionLabel.revision_id).where(RevisionLabel.label.in_(sorted(VISITOR.labels)))
        ),
    )
    return whole(
        median_days(
            select(type_coerce(seconds, Integer).label("seconds"))
            .join(Innovation, Innovation.id == InnovationRevision.innovation_id)
            .where(
                InnovationRevision.status == RevisionStatus.APPROVED,
                InnovationRevision.submitted_at.is_not(None),
                InnovationRevision.decided_at >= clock.now() - DECIDED_WITHIN,
                is_public,
                in_audience_of(VISITOR),
            )
        )
    )


def _by_country(condition: ColumnElement[bool]) -> Values:
    return counted_by(
        Dimension.COUNTRY,
        Innovation.origin_country,
        func.count(Innovation.id),
        condition,
    )


METRICS = (
    Metric(
        "innovations_published",
        N_("Published innovations"),
        N_(
            "Records that everybody may read, archived ones among them, by the country they come from. "
            "One that does several things counts under each of them."
        ),
        Unit.COUNT,
        innovations_published,
        by=(Dimension.COUNTRY, Dimension.FUNCTION),
    ),
    Metric(
        "countries_with_innovation",
        N_("Countries with a published innovation"),
        N_("Countries that at least one published innovation comes from."),
        Unit.COUNT,
        countries_with_innovation,
    ),
    Metric(
        "innovations_level_3",
        N_("Innovations at evidence level 3 or above"),
        N_("Published innovations for which accepted evidence shows that they caused the change."),
        Unit.COUNT,
        innovations_level_3,
        by=(Dimension.COUNTRY,),
    ),
    Metric(
        "innovations_unconfirmed",
        N_("Innovations not confirmed within the year"),
        N_(
            "Of the innovations that their owners registered and that are not archived, the part whose yearly "
            "confirmation is due. "
            "Records that others compiled are not counted."
        ),
        Unit.PERCENT,
        innovations_unconfirmed,
        better=Better.LESS,
    ),
    Metric(
        "replications_confirmed",
        N_("Confirmed replications"),
        N_(
            "Uses of an innovation by another organisation that both sides confirmed, by the country of use. "
            "Disputed, failed and withdrawn ones are not counted."
        ),
        Unit.COUNT,
        replications_confirmed,
        by=(Dimension.COUNTRY,),
    ),
    Metric(
        "decision_days",
        N_("Days until a record is decided"),
        N_(
            "The median time from sending a revision to its approval, over the last 365 days, "
            "for revisions that everybody may read. Fewer than three say nothing."
        ),
        Unit.DAYS,
        decision_days,
        better=Better.LESS,
    ),
)
"""Metrics of the catalogue."""
