"""What countries have stated; it is public."""

from collections.abc import Sequence

from sqlalchemy import select

from hub.catalogue.models import CountryStatement
from hub.core.database import session


def statements_of(country: str, *, is_locked: bool = False) -> dict[str, CountryStatement]:
    """Return what a country states, by topic.

    Args:
        country: ISO code.
        is_locked: keep others from changing it until this transaction ends.
    """
    query = select(CountryStatement).where(CountryStatement.country == country)
    if is_locked:
        query = query.with_for_update()
    return {row.topic: row for row in session().scalars(query)}


def countries_with_statements() -> Sequence[str]:
    """Return the ISO codes of the countries that state anything."""
    return session().scalars(select(CountryStatement.country).distinct()).all()
