"""What matching knows of a country: its languages, and what open requests of it or for it look for."""

from collections import defaultdict

from babel.languages import get_official_languages
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from hub.collaboration.models import CollaborationRequest, RequestLabel, RequestTerm
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.core import clock
from hub.core.database import session
from hub.matching.facts import Facts, Kind, Scheme
from hub.matching.subjects.codes import said

TOPICS = {
    "functions": Scheme.FUNCTIONS,
    "offences": Scheme.OFFENCES,
    "sectors": Scheme.SECTORS,
}

MOST = 50
"""Of so many requests, the newest, what is looked for in a country is taken."""


def country_facts(country: str, *, labels: frozenset[str]) -> Facts:
    """Return the facts of a country, as somebody who looks for it.

    Args:
        country: ISO 3166-1 alpha-2 code.
        labels: of the viewer; requests that they may not read take no part.
    """
    topics: defaultdict[Scheme, set[str]] = defaultdict(set)
    for request in session().scalars(
        select(CollaborationRequest)
        .where(
            CollaborationRequest.status.in_(TAKES_RESPONSES),
            CollaborationRequest.due_at > clock.now(),
            CollaborationRequest.label_rows.any(RequestLabel.label.in_(sorted(labels))),
            or_(
                CollaborationRequest.country == country,
                CollaborationRequest.term_rows.any(
                    (RequestTerm.scheme == "countries") & (RequestTerm.code == country)
                ),
            ),
        )
        .order_by(CollaborationRequest.opened_at.desc(), CollaborationRequest.id.desc())
        .limit(MOST)
        .options(selectinload(CollaborationRequest.term_rows))
    ):
        for name, scheme in TOPICS.items():
            topics[scheme] |= set(request.codes(name))
    return Facts(
        Kind.MEMBER,
        f"country:{country}",
        labels,
        (),
        said(
            {
                **topics,
                Scheme.COUNTRIES: (country,),
                Scheme.LANGUAGES: get_official_languages(country, de_facto=True),
            }
        ),
    )
