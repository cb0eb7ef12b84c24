"""The directory of commitments for a viewer: filters, search, order, counts each filter leaves, plans in time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, Subquery, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.access.viewer import Viewer
from hub.commitments.models import (
    ActionPlan,
    Assessment,
    AssessmentRating,
    Commitment,
    CommitmentStatus,
    CommitmentTerm,
    Maker,
    TermScheme,
)
from hub.commitments.permissions import visible_to
from hub.core.database import session
from hub.core.pagination import MAX_DEPTH, Page, PageRequest
from hub.core.transliteration import romanised

MOST_WORDS = 10
"""Words of a search that are looked for."""

FIRST_YEAR, LAST_YEAR = 1990, 2200

COMPLETION = "completion"
"""The scale of an assessment that says how far a commitment was completed."""

NOT_ASSESSED = "not_assessed"
"""Stands for commitments whose completion nobody has assessed."""

LONG_AGO = date(1, 1, 1)
"""Where an assessment of unknown day stands among the others."""

Rows = Select[*tuple[Any, ...]]


class CommitmentSort(StrEnum):
    """In which order commitments are listed."""

    NEWEST = "newest"
    """Those of the latest action plan first."""
    CODE = "code"
    TITLE = "title"
    SAVED = "saved"


@dataclass(frozen=True)
class CommitmentFilters:
    """What the directory is narrowed to; what is empty narrows nothing.

    Args:
        words: each must stand in code, title, texts, plan or actors.
        country: ISO code.
        plan: random id of an action plan.
        policy_area: code of `ogp_policy_areas`.
        status: where the record stands.
        completion: code of `irm_completion` that the latest assessment says, or `NOT_ASSESSED`.
        has_owner: whether a member answers for it here.
        year: in which its action plan began; none before `FIRST_YEAR` or after `LAST_YEAR` narrows.
    """

    words: str = ""
    country: str = ""
    plan: str = ""
    policy_area: str = ""
    status: CommitmentStatus | None = None
    completion: str = ""
    has_owner: bool | None = None
    year: int | None = None


@dataclass(frozen=True)
class Facet:
    """One value that narrows the directory, and how many commitments it leaves.

    Args:
        value: as `CommitmentFilters` takes it.
        count: how many there are with it and all other filters.
        name: of an action plan; all other values have labels of their own.
    """

    value: Any
    count: int
    name: str = ""


@dataclass(frozen=True)
class Facets:
    """The values of every filter, the most frequent first; years and plans the latest first."""

    countries: tuple[Facet, ...]
    plans: tuple[Facet, ...]
    policy_areas: tuple[Facet, ...]
    statuses: tuple[Facet, ...]
    completions: tuple[Facet, ...]
    owners: tuple[Facet, ...]
    years: tuple[Facet, ...]


@dataclass(frozen=True)
class PlanGroup:
    """The commitments of one action plan, by their codes."""

    plan: ActionPlan
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True)
class Completion:
    """What the latest assessment says about completion.

    Args:
        maker: who assessed.
        scheme: code of the generation of scales.
        value: code of `irm_completion`.
        report: name of the published report, if it is one.
        assessed_on: when, if known.
    """

    maker: Maker
    scheme: str
    value: str
    report: str
    assessed_on: date | None


def listed_commitments(
    viewer: Viewer,
    filters: CommitmentFilters,
    page: PageRequest,
    sort: CommitmentSort = CommitmentSort.NEWEST,
) -> Page[Commitment]:
    """Return a page of the commitments that `viewer` may know of, with plan, terms and owner.

    Args:
        viewer: who reads.
        filters: what it is narrowed to.
        page: which page.
        sort: in which order.
    """
    conditions = _conditions(viewer, filters)
    total = session().scalar(_from_plans(select(func.count(Commitment.id))).where(*conditions)) or 0
    page = page.within(total)
    found = session().scalars(
        _from_plans(select(Commitment))
        .where(*conditions)
        .order_by(*_order(sort))
        .limit(page.per_page)
        .offset(page.offset)
        .options(
            contains_eager(Commitment.plan), joinedload(Commitment.owner), selectinload(Commitment.terms)
        )
    )
    return Page(found.all(), total, page)


def plan_groups(viewer: Viewer, filters: CommitmentFilters) -> list[PlanGroup]:
    """Return all that the filters leave, plan by plan, the latest plan first.

    Args:
        viewer: who reads.
        filters: what it is narrowed to.
    """
    found = session().scalars(
        _from_plans(select(Commitment))
        .where(*_conditions(viewer, filters))
        .order_by(*_order(CommitmentSort.NEWEST))
        .options(contains_eager(Commitment.plan))
    )
    return [
        PlanGroup(plan, tuple(commitments)) for plan, commitments in groupby(found, lambda each: each.plan)
    ]


def found_commitments(
    viewer: Viewer, filters: CommitmentFilters, sort: CommitmentSort = CommitmentSort.NEWEST
) -> Sequence[Commitment]:
    """Return all that the filters leave, with plan, terms and actors; for files.

    Args:
        viewer: who reads.
        filters: what it is narrowed to.
        sort: in which order.
    """
    found = session().scalars(
        _from_plans(select(Commitment))
        .where(*_conditions(viewer, filters))
        .order_by(*_order(sort))
        .limit(MAX_DEPTH)
        .options(
            contains_eager(Commitment.plan),
            selectinload(Commitment.terms),
            selectinload(Commitment.parties),
        )
    )
    return found.all()


def facets(viewer: Viewer, filters: CommitmentFilters) -> Facets:
    """Return the values of every filter with how many commitments each leaves.

    Args:
        viewer: who reads.
        filters: what is chosen; each filter is counted as if it were not.
    """
    latest = _latest_completions()
    has_owner = Commitment.owner_id.is_not(None)
    completion = func.coalesce(latest.c.value, NOT_ASSESSED)
    areas = (
        _from_plans(select(CommitmentTerm.code, func.count(Commitment.id)))
        .join(CommitmentTerm, CommitmentTerm.commitment_id == Commitment.id)
        .where(CommitmentTerm.scheme == TermScheme.POLICY_AREA)
        .group_by(CommitmentTerm.code)
    )
    plans = (
        _from_plans(
            select(ActionPlan.public_id, func.count(Commitment.id), ActionPlan.name, ActionPlan.cycle_year)
        )
        .group_by(ActionPlan.public_id, ActionPlan.name, ActionPlan.cycle_year)
        .order_by(ActionPlan.cycle_year.desc(), ActionPlan.name)
    )
    completions_of = (
        _from_plans(select(completion, func.count(Commitment.id)))
        .outerjoin(latest, latest.c.commitment_id == Commitment.id)
        .group_by(completion)
    )

    def counted(query: Rows, others: CommitmentFilters) -> tuple[Facet, ...]:
        rows = session().execute(query.where(*_conditions(viewer, others))).all()
        return tuple(
            sorted((Facet(row[0], row[1]) for row in rows), key=lambda each: (-each.count, str(each.value)))
        )

    def by(column: SQLColumnExpression[Any]) -> Rows:
        return _from_plans(select(column, func.count(Commitment.id))).group_by(column)

    known_plans = session().execute(plans.where(*_conditions(viewer, replace(filters, plan=""))))
    return Facets(
        countries=counted(by(Commitment.country), replace(filters, country="")),
        plans=tuple(Facet(row[0], row[1], row[2]) for row in known_plans),
        policy_areas=counted(areas, replace(filters, policy_area="")),
        statuses=counted(by(Commitment.status), replace(filters, status=None)),
        completions=counted(completions_of, replace(filters, completion="")),
        owners=tuple(
            Facet(bool(each.value), each.count)
            for each in counted(by(case((has_owner, 1), else_=0)), replace(filters, has_owner=None))
        ),
        years=tuple(
            sorted(
                counted(by(ActionPlan.cycle_year), replace(filters, year=None)),
                key=lambda each: each.value,
                reverse=True,
            )
        ),
    )


def completions(commitment_ids: Collection[int]) -> Mapping[int, Completion]:
    """Return what the latest assessment of each commitment says about completion; of those that have one.

    Args:
        commitment_ids: ids of commitments that the reader may know of.
    """
    latest = _latest_completions()
    rows = session().execute(
        select(latest.c.commitment_id, latest.c.value, Assessment)
        .join(Assessment, Assessment.id == latest.c.assessment_id)
        .where(latest.c.commitment_id.in_(commitment_ids))
    )
    return {
        number: Completion(each.maker, each.scheme, value, each.report, each.assessed_on)
        for number, value, each in rows
    }


def _from_plans(query: Rows) -> Rows:
    return query.select_from(Commitment).join(ActionPlan, ActionPlan.id == Commitment.plan_id)


def _order(sort: CommitmentSort) -> Sequence[ColumnElement[Any]]:
    orders: Mapping[CommitmentSort, Sequence[ColumnElement[Any]]] = {
        CommitmentSort.NEWEST: (
            ActionPlan.cycle_year.desc(),
            Commitment.country.asc(),
            ActionPlan.name.asc(),
            Commitment.code.asc(),
        ),
        CommitmentSort.CODE: (Commitment.code.asc(),),
        CommitmentSort.TITLE: (func.lower(Commitment.title).asc(), Commitment.code.asc()),
        CommitmentSort.SAVED: (Commitment.saved_at.desc(), Commitment.code.asc()),
    }
    return orders[sort]


def _conditions(viewer: Viewer, filters: CommitmentFilters) -> list[ColumnElement[bool]]:
    found = [visible_to(viewer)]
    found += [
        Commitment.words.contains(word, autoescape=True)
        for word in romanised(filters.words).split()[:MOST_WORDS]
    ]
    if filters.country:
        found.append(Commitment.country == filters.country)
    if filters.plan:
        found.append(ActionPlan.public_id == filters.plan)
    if filters.policy_area:
        found.append(
            Commitment.terms.any(
                (CommitmentTerm.scheme == TermScheme.POLICY_AREA)
                & (CommitmentTerm.code == filters.policy_area)
            )
        )
    if filters.status is not None:
        found.append(Commitment.status == filters.status)
    if filters.has_owner is not None:
        has_owner = Commitment.owner_id.is_not(None)
        found.append(has_owner if filters.has_owner else ~has_owner)
    if filters.year is not None and FIRST_YEAR <= filters.year <= LAST_YEAR:
        found.append(ActionPlan.cycle_year == filters.year)
    if filters.completion:
        found.append(_completed(filters.completion))
    return found


def _completed(value: str) -> ColumnElement[bool]:
    latest = _latest_completions()
    if value == NOT_ASSESSED:
        return Commitment.id.not_in(select(latest.c.commitment_id))
    return Commitment.id.in_(select(latest.c.commitment_id).where(latest.c.value == value))


def _latest_completions() -> Subquery:
    """Return commitment, assessment and value of the latest assessment that says something about completion."""
    place = func.row_number().over(
        partition_by=Assessment.commitment_id,
        order_by=(func.coalesce(Assessment.assessed_on, LONG_AGO).desc(), Assessment.id.desc()),
    )
    said = (
        select(
            Assessment.commitment_id,
            Assessment.id.label("assessment_id"),
            AssessmentRating.value,
            place.label("place"),
        )
        .join(AssessmentRating, AssessmentRating.assessment_id == Assessment.id)
        .where(Assessment.withdrawn_at.is_(None), AssessmentRating.scale == COMPLETION)
        .subquery()
    )
    return (
        select(said.c.commitment_id, said.c.assessment_id, said.c.value).where(said.c.place == 1).subquery()
    )
