"""How long organisations take to a first answer: the median over a year, told so that nobody counts responses from it.

Counted is what an organisation answered: as a named receiver, as a requester the responses it got and the questions
it was asked. Answers to responses and those of receivers count once the request takes no responses any more, and how
many there are is told in bands: otherwise a responder could watch the others come in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Subquery,
    extract,
    func,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import Viewer
from hub.collaboration.models import (
    CollaborationRequest,
    QuestionStatus,
    ReceiverStatus,
    RequestQuestion,
    RequestReceiver,
    Response,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import visible_to
from hub.core import clock
from hub.core.database import session
from hub.core.pagination import Page, PageRequest
from hub.organisations.models import MergedOrganisation, Organisation, OrganisationStatus
from hub.organisations.queries import same_as

KNOWN = (OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED)
"""Organisations that everybody may know of."""

MEASURED_OVER = timedelta(days=365)

FEWEST = 3
"""With fewer answers, or answers about fewer requests, nothing is said: of one request it would count the responses."""

SECONDS_A_DAY = 86_400


class Band(StrEnum):
    """How many answers stand behind a median, said roughly."""

    FEW = "few"
    SOME = "some"
    MANY = "many"


BANDS = ((50, Band.MANY), (10, Band.SOME), (FEWEST, Band.FEW))
"""From how many answers on each band is said."""


@dataclass(frozen=True)
class AnswerTime:
    """How long first answers took.

    Args:
        days: the median.
        band: roughly how many answers stand behind it.
    """

    days: float
    band: Band


@dataclass(frozen=True)
class OrganisationAnswerTime:
    """How long first answers of one organisation took."""

    organisation: Organisation
    time: AnswerTime


def answer_time_of(organisation: Organisation, viewer: Viewer) -> AnswerTime | None:
    """Return how long an organisation takes to a first answer; None where too few answers say anything.

    Args:
        organisation: whose; what was merged into it is theirs.
        viewer: who asks; what they may not know of does not count.
    """
    return _overall(_answers(viewer, same_as([organisation.id])[organisation.id]))


def answer_time_in_all(viewer: Viewer) -> AnswerTime | None:
    """Return how long first answers take in all, those of members who act for themselves too."""
    return _overall(_answers(viewer))


def answer_times(viewer: Viewer, page: PageRequest) -> Page[OrganisationAnswerTime]:
    """Return how long verified organisations take to a first answer, the slowest first; one query.

    Those of which too few answers say anything are left out.
    """
    answers = _answers(viewer).subquery()
    owner = func.coalesce(MergedOrganisation.into_id, answers.c.organisation_id).label("owner")
    owned = (
        select(owner, answers.c.seconds, answers.c.request_id)
        .join(
            MergedOrganisation, MergedOrganisation.organisation_id == answers.c.organisation_id, isouter=True
        )
        .where(answers.c.organisation_id.is_not(None))
        .subquery()
    )
    medians = _medians(owned, owned.c.owner).subquery()
    found = (
        select(Organisation, medians.c.median, medians.c.number, func.count().over().label("total"))
        .join(medians, medians.c.owner == Organisation.id)
        .where(Organisation.status.in_(KNOWN))
    )
    rows = (
        session()
        .execute(
            found.order_by(medians.c.median.desc(), Organisation.name, Organisation.id)
            .offset(page.offset)
            .limit(page.per_page)
        )
        .all()
    )
    if rows or page.number == 1:
        total = rows[0].total if rows else 0
    else:
        # behind the last page there is no row that could say how many there are
        total = session().scalar(select(func.count()).select_from(found.subquery())) or 0
    items = tuple(OrganisationAnswerTime(row[0], _time(row.median, row.number)) for row in rows)
    return Page(items, total, page)


def _overall(answers: CompoundSelect[*tuple[Any, ...]]) -> AnswerTime | None:
    row = session().execute(_medians(answers.subquery())).one_or_none()
    return None if row is None else _time(row.median, row.number)


def _medians(answers: Subquery, *by: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """Return the select of the median of some seconds, and how many they are, for each group by further columns."""
    group = by or None
    ranked = select(
        *by,
        answers.c.seconds,
        func.row_number().over(partition_by=group, order_by=answers.c.seconds).label("place"),
        func.count().over(partition_by=group).label("number"),
        func.dense_rank().over(partition_by=group, order_by=answers.c.request_id).label("nth_request"),
    ).subquery()
    groups = [ranked.c[column.name] for column in by]
    number = ranked.c.number
    # the one in the middle, or the two, whose mean it is
    middle = ranked.c.place.in_(((number + 1) // 2, (number + 2) // 2))
    return (
        select(*groups, number, func.avg(ranked.c.seconds).filter(middle).label("median"))
        .where(number >= FEWEST)
        .group_by(*groups, number)
        .having(func.max(ranked.c.nth_request) >= FEWEST)
    )


def _answers(
    viewer: Viewer, organisation_ids: Collection[int] | None = None
) -> CompoundSelect[*tuple[Any, ...]]:
    """Return the select of first answers of the last year: whose, after how many seconds, and about which request.

    Args:
        viewer: who may know of the requests.
        organisation_ids: whose only; None for everybody's.
    """
    is_closed = CollaborationRequest.status.not_in(TAKES_RESPONSES)
    of_receiver, of_requester = RequestReceiver.organisation_id, CollaborationRequest.organisation_id
    kinds = (
        _answered(of_receiver, CollaborationRequest.opened_at, RequestReceiver.answered_at)
        .join(RequestReceiver, RequestReceiver.request_id == CollaborationRequest.id)
        .where(RequestReceiver.status.in_((ReceiverStatus.ANSWERED, ReceiverStatus.PASSED)), is_closed),
        _answered(of_requester, Response.submitted_at, Response.first_answered_at)
        .join(Response, Response.request_id == CollaborationRequest.id)
        .where(is_closed),
        _answered(of_requester, RequestQuestion.asked_at, RequestQuestion.answered_at)
        .join(RequestQuestion, RequestQuestion.request_id == CollaborationRequest.id)
        .where(RequestQuestion.status == QuestionStatus.ANSWERED),
    )
    may_know = visible_to(viewer)
    if organisation_ids is None:
        return union_all(*(each.where(may_know) for each in kinds))
    ids = sorted(organisation_ids)
    owners = (of_receiver, of_requester, of_requester)
    return union_all(
        *(each.where(may_know, owner.in_(ids)) for each, owner in zip(kinds, owners, strict=True))
    )


def _answered(
    owner: InstrumentedAttribute[int | None],
    asked: InstrumentedAttribute[Any],
    answered: InstrumentedAttribute[Any],
) -> Select[*tuple[Any, ...]]:
    seconds = extract("epoch", answered) - extract("epoch", asked)
    return (
        select(
            owner.label("organisation_id"),
            type_coerce(seconds, Integer).label("seconds"),
            CollaborationRequest.id.label("request_id"),
        )
        .select_from(CollaborationRequest)
        .where(answered >= clock.now() - MEASURED_OVER)
    )


def _time(seconds: float | Decimal, number: int) -> AnswerTime:
    band = next(band for fewest, band in BANDS if number >= fewest)
    return AnswerTime(float(seconds) / SECONDS_A_DAY, band)
