"""What countries have stated; it is public."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.catalogue.models import CountryStatement
from hub.core.database import session


def statements_of(country: str) -> dict[str, CountryStatement]:
    """Return what `country` (ISO code) states, by topic."""
    rows = session().scalars(
        select(CountryStatement)
        .where(CountryStatement.country == country)
        .options(joinedload(CountryStatement.stated_by))
    )
    return {row.topic: row for row in rows}
