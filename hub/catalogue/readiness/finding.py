"""What "works in a country" means for search: a condition on facets of the catalogue's documents."""

from sqlalchemy import bindparam, select

from hub.catalogue.documents import OTHER_NEED
from hub.catalogue.models import CountryStatement, ReadinessState
from hub.core.database import session
from hub.search.plan import And, FacetIs, Node, Not, Or
from hub.vocabularies.loader import vocabulary

STATES = select(CountryStatement.topic, CountryStatement.state).where(
    CountryStatement.country == bindparam("country")
)


def works_in(country: str) -> Node:
    """Return the condition that an innovation works in `country`.

    It is in use there, or it says what it needs and all of it is known to be there; where its owner says that it
    cannot be used there, it does not.

    Args:
        country: ISO code.
    """
    ready = topics_ready_in(country)
    topics = vocabulary("prerequisites").codes | {OTHER_NEED}
    is_ready = And((FacetIs("requires", ready), Not(FacetIs("requires", topics - ready))))
    in_use = FacetIs("deployed", frozenset({country}))
    return And((Or((in_use, is_ready)), Not(FacetIs("unsuitable", frozenset({country})))))


def topics_ready_in(country: str) -> frozenset[str]:
    """Return the common prerequisites that a country states to have."""
    stated = select(CountryStatement.topic).where(
        CountryStatement.country == country, CountryStatement.state == ReadinessState.READY
    )
    return frozenset(session().scalars(stated))


def states_of(country: str) -> dict[str, ReadinessState]:
    """Return what a country states about the common prerequisites, by topic, without its notes."""
    return {each.topic: each.state for each in session().execute(STATES, {"country": country})}
