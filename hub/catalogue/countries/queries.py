"""The innovations and replications of one country, as a viewer may read them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.documents import MOST_COUNTRIES_IN_WORDS
from hub.catalogue.models import (
    CountryRelation,
    Innovation,
    InnovationRevision,
    Replication,
    RevisionCountry,
)
from hub.catalogue.permissions import in_audience_of
from hub.catalogue.queries import loaded_for_lists
from hub.catalogue.replications.permissions import is_shown_replication
from hub.core.database import session


def innovations_in(country: str, viewer: Viewer, limit: int) -> Sequence[Innovation]:
    """Return the innovations that come from a country (ISO code) or are in use there, published last first.

    Those of very many countries, which are about none of them, follow the others.
    """
    return (
        session()
        .scalars(
            select(Innovation)
            .where(in_audience_of(viewer), _belongs_to(country))
            .order_by(_is_of_many_countries(), Innovation.published_at.desc(), Innovation.id.desc())
            .limit(limit)
            .options(*loaded_for_lists())
        )
        .all()
    )


def innovation_count(country: str, viewer: Viewer) -> int:
    """Return how many innovations come from a country or are in use there, as search counts them."""
    counted = session().scalar(
        select(func.count()).select_from(Innovation).where(in_audience_of(viewer), _belongs_to(country))
    )
    return counted or 0


def replications_in(country: str, viewer: Viewer, limit: int) -> Sequence[Replication]:
    """Return the replications in a country that readers of their innovations see, the latest first."""
    return (
        session()
        .scalars(
            select(Replication)
            .where(_is_seen_in(country), Replication.innovation_id.in_(_shown_to(viewer)))
            .order_by(Replication.claimed_at.desc(), Replication.id.desc())
            .limit(limit)
            .options(
                joinedload(Replication.adopter),
                joinedload(Replication.innovation)
                .joinedload(Innovation.published_revision)
                .options(selectinload(InnovationRevision.texts)),
            )
        )
        .all()
    )


def replication_count_in(country: str, viewer: Viewer) -> int:
    """Return how many replications in a country readers of their innovations see."""
    counted = session().scalar(
        select(func.count())
        .select_from(Replication)
        .where(_is_seen_in(country), Replication.innovation_id.in_(_shown_to(viewer)))
    )
    return counted or 0


def _belongs_to(country: str) -> ColumnElement[bool]:
    in_use = select(RevisionCountry.revision_id).where(
        RevisionCountry.country == country, RevisionCountry.relation == CountryRelation.DEPLOYED
    )
    return or_(Innovation.origin_country == country, Innovation.published_revision_id.in_(in_use))


def _is_of_many_countries() -> ColumnElement[bool]:
    counted = (
        select(func.count())
        .select_from(RevisionCountry)
        .where(
            RevisionCountry.revision_id == Innovation.published_revision_id,
            RevisionCountry.relation == CountryRelation.DEPLOYED,
        )
        .scalar_subquery()
    )
    return counted > MOST_COUNTRIES_IN_WORDS


def _is_seen_in(country: str) -> ColumnElement[bool]:
    return and_(Replication.country == country, is_shown_replication())


def _shown_to(viewer: Viewer) -> Select[int]:
    return select(Innovation.id).where(in_audience_of(viewer))
