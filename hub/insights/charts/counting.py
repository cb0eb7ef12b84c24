"""The queries behind the insights page; each counts for visitors, as the catalogue's own filters do."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, func, select
from sqlalchemy.orm import aliased

from hub.access.viewer import VISITOR
from hub.catalogue.documents import MOST_COUNTRIES_IN_WORDS
from hub.catalogue.models import (
    CountryRelation,
    Innovation,
    InnovationRevision,
    Replication,
    RevisionCountry,
    RevisionTerm,
    TermScheme,
)
from hub.catalogue.permissions import in_audience_of
from hub.core.database import session
from hub.insights.map import world
from hub.insights.metrics.catalogue import CONFIRMED
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import listed_for
from hub.vocabularies.loader import vocabulary

FUNCTIONS, OFFENCES = TermScheme.FUNCTIONS, TermScheme.OFFENCES


@dataclass(frozen=True)
class Places:
    """Where innovations come from and are in use.

    Args:
        by_country: how many, by ISO code.
        widespread: how many are in use in more than `MOST_COUNTRIES_IN_WORDS` countries.
        placeless: how many stand in no country of the map.
    """

    by_country: dict[str, int]
    widespread: int
    placeless: int


def innovation_total() -> int:
    """Count innovations."""
    return session().scalar(select(func.count(Innovation.id)).where(_is_seen())) or 0


def by_term(scheme: TermScheme) -> dict[str, int]:
    """Count innovations by the codes chosen in one vocabulary."""
    return _numbers(
        select(RevisionTerm.code, func.count())
        .where(RevisionTerm.scheme == scheme, RevisionTerm.revision_id.in_(_revisions()))
        .group_by(RevisionTerm.code)
    )


def without_offence() -> int:
    """Count innovations that name no offence."""
    named = select(RevisionTerm.revision_id).where(RevisionTerm.scheme == OFFENCES)
    counted = session().scalar(
        select(func.count(Innovation.id)).where(_is_seen(), Innovation.published_revision_id.not_in(named))
    )
    return counted or 0


def by_level() -> dict[str, int]:
    """Count innovations by their level of evidence; those without one stand under "0"."""
    rows = session().execute(
        select(Innovation.evidence_level, func.count()).where(_is_seen()).group_by(Innovation.evidence_level)
    )
    counted: Counter[str] = Counter()
    for level, number in rows:
        counted[str(level or 0)] += number
    return dict(counted)


def by_stage() -> dict[str, int]:
    """Count innovations by stage; those that state none stand under an empty code."""
    rows = session().execute(
        select(InnovationRevision.stage, func.count())
        .where(InnovationRevision.id.in_(_revisions()))
        .group_by(InnovationRevision.stage)
    )
    counted: Counter[str] = Counter()
    for stage, number in rows:
        counted[stage or ""] += number
    return dict(counted)


def by_offence_and_function() -> dict[tuple[str, str], int]:
    """Count innovations by offence and by what they help with, where they name both."""
    about, helping = aliased(RevisionTerm), aliased(RevisionTerm)
    rows = session().execute(
        select(about.code, helping.code, func.count())
        .join(helping, and_(helping.revision_id == about.revision_id, helping.scheme == FUNCTIONS))
        .where(about.scheme == OFFENCES, about.revision_id.in_(_revisions()))
        .group_by(about.code, helping.code)
    )
    return {(offence, function): number for offence, function, number in rows}


def innovations_by_country() -> Places:
    """Count innovations by the countries that they come from or are in use in.

    One in use in very many countries is about none of them: it counts for the country it comes from alone.
    """
    deployed = RevisionCountry.relation == CountryRelation.DEPLOYED
    widespread = (
        select(RevisionCountry.revision_id)
        .where(deployed)
        .group_by(RevisionCountry.revision_id)
        .having(func.count() > MOST_COUNTRIES_IN_WORDS)
    )
    origins = select(Innovation.id, Innovation.origin_country.label("country")).where(
        _is_seen(), Innovation.origin_country.is_not(None)
    )
    uses = (
        select(Innovation.id, RevisionCountry.country)
        .join(RevisionCountry, RevisionCountry.revision_id == Innovation.published_revision_id)
        .where(_is_seen(), deployed, Innovation.published_revision_id.not_in(widespread))
    )
    named = origins.union(uses).subquery()
    # what is off the map is the shorter list
    is_on_map = named.c.country.not_in(sorted(vocabulary("countries").codes - world().places.keys()))
    placed = session().scalar(select(func.count(named.c.id.distinct())).where(is_on_map)) or 0
    return Places(
        by_country=_numbers(select(named.c.country, func.count()).where(is_on_map).group_by(named.c.country)),
        widespread=session().scalar(
            select(func.count(Innovation.id)).where(
                _is_seen(), Innovation.published_revision_id.in_(widespread)
            )
        )
        or 0,
        placeless=innovation_total() - placed,
    )


def replications_by_country() -> dict[str, int]:
    """Count replications that both sides confirmed, of innovations that visitors see, by the country of use."""
    return _numbers(
        select(Replication.country, func.count())
        .where(
            Replication.status.in_(CONFIRMED),
            Replication.innovation_id.in_(select(Innovation.id).where(_is_seen())),
        )
        .group_by(Replication.country)
    )


def members_by_country() -> dict[str, int]:
    """Count members whose profile visitors find, by country; who names none is left out."""
    return _numbers(
        select(Member.country, func.count())
        .join(Profile, Profile.member_id == Member.id)
        .where(listed_for(VISITOR), Member.country.is_not(None))
        .group_by(Member.country)
    )


def by_month() -> dict[tuple[int, int], int]:
    """Count innovations by year and month of their publication."""
    year, month = extract("year", Innovation.published_at), extract("month", Innovation.published_at)
    rows = session().execute(
        select(year, month, func.count())
        .where(_is_seen(), Innovation.published_at.is_not(None))
        .group_by(year, month)
    )
    return {(int(in_year), int(in_month)): number for in_year, in_month, number in rows}


def by_year() -> dict[int, int]:
    """Count innovations by the year in which they began, where they say it."""
    rows = session().execute(
        select(InnovationRevision.year_started, func.count())
        .where(InnovationRevision.id.in_(_revisions()), InnovationRevision.year_started.is_not(None))
        .group_by(InnovationRevision.year_started)
    )
    return {int(year): number for year, number in rows if year is not None}


def _is_seen() -> ColumnElement[bool]:
    return in_audience_of(VISITOR)


def _revisions() -> Select[int | None]:
    return select(Innovation.published_revision_id).where(_is_seen())


def _numbers(counted: Select[*tuple[Any, ...]]) -> dict[str, int]:
    return {code: int(number) for code, number in session().execute(counted)}
