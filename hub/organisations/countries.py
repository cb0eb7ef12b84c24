"""The verified organisations of one country, which everybody may know of."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, select

from hub.core.database import session
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.permissions import is_not_merged


def verified_in(country: str, limit: int) -> Sequence[Organisation]:
    """Return the verified organisations of a country (ISO code), by name."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(_is_verified_in(country))
            .order_by(Organisation.name, Organisation.id)
            .limit(limit)
        )
        .all()
    )


def verified_count_in(country: str) -> int:
    """Return how many organisations of a country are verified."""
    return session().scalar(select(func.count(Organisation.id)).where(_is_verified_in(country))) or 0


def _is_verified_in(country: str) -> ColumnElement[bool]:
    return and_(
        Organisation.country == country,
        Organisation.status == OrganisationStatus.VERIFIED,
        is_not_merged(),
    )
