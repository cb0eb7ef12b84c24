"""What matching knows of collaboration requests: their words, chosen codes, and the skills that their words name."""

from collections.abc import Collection, Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from hub.collaboration.models import CollaborationRequest, RequirementsVersion
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.core import clock
from hub.core.database import session
from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.subjects.codes import said
from hub.matching.subjects.naming import skills_in, standards_in

BATCH = 500
"""How many requests are read at once."""


def request_facts(request: CollaborationRequest) -> Facts:
    """Return the facts of a request in any state; it is suggested to others until it is due."""
    text = text_of(request, Role.ABOUT)
    owner = request.organisation
    return Facts(
        Kind.REQUEST,
        request.public_id,
        request.labels,
        (text,),
        said(
            {
                Scheme.FUNCTIONS: request.codes("functions"),
                Scheme.OFFENCES: request.codes("offences"),
                Scheme.SECTORS: request.codes("sectors"),
                Scheme.LANGUAGES: request.codes("languages"),
                Scheme.MEMBER_TYPES: request.codes("member_types"),
                Scheme.COUNTRIES: (*request.codes("countries"), request.country),
                Scheme.SKILLS: skills_in(text),
                Scheme.STANDARDS: standards_in(text),
                Scheme.TYPE: (request.type,),
                Scheme.OWNERS: (owner.slug if owner else None,),
            }
        ),
        request.due_at.timestamp() if request.due_at else None,
    )


def facts_of(public_ids: Collection[str]) -> dict[str, Facts]:
    """Return the facts of those of the requests that are shown to somebody and take responses, by public id."""
    found = session().scalars(_open().where(CollaborationRequest.public_id.in_(public_ids)))
    return {each.public_id: request_facts(each) for each in found}


def all_facts() -> Iterator[Facts]:
    """Yield the facts of every request that takes responses, in a fixed number of queries for each 500."""
    found = session().scalars(_open().order_by(CollaborationRequest.id).execution_options(yield_per=BATCH))
    for request in found:
        yield request_facts(request)


def text_of(request: CollaborationRequest, role: Role) -> Text:
    """Return the words of a request, the requirements in force among them."""
    required = (
        each.words
        for version in request.requirement_versions
        if version.number == request.requirements_number
        for each in version.requirements
    )
    body = (request.background, request.outcome_wanted, request.brings, *required)
    return Text(role, request.language, request.title, request.summary, "\n".join(filter(None, body)))


def loaded() -> Select[CollaborationRequest]:
    """Return the statement for requests with all that their facts are made of."""
    versions = selectinload(CollaborationRequest.requirement_versions)
    return select(CollaborationRequest).options(
        joinedload(CollaborationRequest.organisation),
        selectinload(CollaborationRequest.label_rows),
        selectinload(CollaborationRequest.term_rows),
        versions.selectinload(RequirementsVersion.requirements),
    )


def _open() -> Select[CollaborationRequest]:
    """Return the statement for what may be suggested; an expired one is only left out a moment sooner than a job."""
    return loaded().where(
        CollaborationRequest.status.in_(TAKES_RESPONSES), CollaborationRequest.due_at > clock.now()
    )
