"""What is counted of requests, their answers and partnerships."""

from sqlalchemy import and_, case, func, select

from hub.access.viewer import VISITOR
from hub.collaboration.board.medians import answer_time_in_all
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import visible_to
from hub.core import clock
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.metrics.counting import counted_by, percent, whole
from hub.insights.metrics.metric import Better, Dimension, Metric, Unit, Values


def requests_opened() -> Values:
    """Count requests that everybody may read."""
    return counted_by(
        Dimension.COUNTRY,
        CollaborationRequest.country,
        func.count(CollaborationRequest.id),
        visible_to(VISITOR),
    )


def requests_answered_in_time() -> Values:
    """Return the share of requests past their due date that got a first answer before it."""
    is_in_time = and_(
        CollaborationRequest.first_answered_at.is_not(None),
        CollaborationRequest.first_answered_at <= CollaborationRequest.due_at,
    )
    in_time, of_all = (
        session()
        .execute(
            select(
                func.coalesce(func.sum(case((is_in_time, 1), else_=0)), 0),
                func.count(CollaborationRequest.id),
            ).where(
                visible_to(VISITOR),
                CollaborationRequest.due_at <= clock.now(),
                # while responses are taken, nobody learns from a number whether there are any
                CollaborationRequest.status.not_in(TAKES_RESPONSES),
            )
        )
        .one()
    )
    return whole(percent(in_time, of_all))


def first_answer_days() -> Values:
    """Return the median time to a first answer."""
    time = answer_time_in_all(VISITOR)
    return whole(None if time is None else round(time.days, 2))


def partnerships_completed() -> Values:
    """Count requests whose partnership both sides completed."""
    return counted_by(
        Dimension.COUNTRY,
        CollaborationRequest.country,
        func.count(CollaborationRequest.id),
        CollaborationRequest.status == RequestStatus.COMPLETED,
        visible_to(VISITOR),
    )


METRICS = (
    Metric(
        "requests_opened",
        N_("Requests opened"),
        N_(
            "Requests for a partner that everybody may read, by the country of who asked. "
            "What was withdrawn or cancelled is not counted."
        ),
        Unit.COUNT,
        requests_opened,
        by=(Dimension.COUNTRY,),
    ),
    Metric(
        "requests_answered_in_time",
        N_("Requests answered within due time"),
        N_(
            "Of the requests that everybody may read, that are past their due date and take no responses any more, "
            "the part with a first response before that date. Fewer than three say nothing."
        ),
        Unit.PERCENT,
        requests_answered_in_time,
    ),
    Metric(
        "first_answer_days",
        N_("Days to the first answer"),
        N_(
            "The median time that receivers and requesters take to a first answer, over the last 365 days, "
            "on requests that everybody may read. Answers about fewer than three requests say nothing."
        ),
        Unit.DAYS,
        first_answer_days,
        better=Better.LESS,
    ),
    Metric(
        "partnerships_completed",
        N_("Completed partnerships"),
        N_("Requests that everybody may read and whose partnership was carried through to its end."),
        Unit.COUNT,
        partnerships_completed,
        by=(Dimension.COUNTRY,),
    ),
)
"""Metrics of collaboration. What the parties record of an outcome is theirs, so none counts outcomes."""
