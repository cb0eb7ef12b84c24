"""How search finds requests: one document for each that is shown, what queues it, and what changes as time passes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from babel import Locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from hub.collaboration.models import CollaborationRequest, RequestStatus, RequirementsVersion
from hub.collaboration.models.request import SHOWN, TAKES_RESPONSES
from hub.core.database import session
from hub.organisations.models import Organisation
from hub.search.documents import LANGUAGE, Collection, Document, texts_by_language
from hub.search.plan import And, FacetIs, Node, Not, Or, Within
from hub.search.service import queue_document, queue_removal
from hub.vocabularies.loader import vocabulary

BATCH = 500
"""How many requests are read at once for a rebuild."""

MOST_COUNTRIES_IN_WORDS = 40
"""A request for more countries is not about any of them: their names would only find it for everything."""

ANYBODY = "anybody"
"""Stands in the facet `member_type` for requests that are open to members of every type."""

DUE = "due"
STATE = "state"
STATUS = "status"

WORDED = {
    "functions": "functions",
    "offences": "offences",
    "sectors": "sectors",
    "member_types": "member_types",
}
"""The schemes whose terms are found by their English names, with the vocabulary of each."""

PREFIX = "request:"


class DueClass(StrEnum):
    """How soon a request is due, as of the moment that somebody asks."""

    WEEK = "week"
    MONTH = "month"
    LATER = "later"
    PAST = "past"


class StateClass(StrEnum):
    """How far a request is, as of the moment that somebody asks."""

    TAKES = "takes"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    EXPIRED = "expired"


def document_id(request: CollaborationRequest) -> str:
    """Return the id under which search knows a request."""
    return f"{PREFIX}{request.public_id}"


def public_ids_of(document_ids: Iterable[str]) -> list[str]:
    """Return the public ids of the requests that search knows under some ids, in their order."""
    return [each.removeprefix(PREFIX) for each in document_ids]


def request_document(request: CollaborationRequest) -> Document:
    """Return a request that is shown as search knows it; only its audience finds it.

    Who posted it is not in it, nor the innovation that it is about: both may be shown to fewer people. As number it has
    `due` while responses may still come, so that the moment of asking decides whether they may.
    """
    organisation = request.organisation
    chosen = {
        "classification": " ".join(_words_of(request)),
        "organisation": " ".join(filter(None, (organisation.name, organisation.short_name)))
        if organisation
        else "",
    }
    written = {
        "name": request.title,
        "short_description": request.summary,
        "background": request.background,
        "outcome_wanted": request.outcome_wanted,
        "brings": request.brings,
        "requirements": "\n".join(_requirements(request)),
    }
    sort = {"published": request.opened_at.timestamp() if request.opened_at else 0.0}
    if request.status in TAKES_RESPONSES and request.due_at:
        sort[DUE] = request.due_at.timestamp()
    return Document(
        id=document_id(request),
        labels=request.labels,
        texts=texts_by_language((LANGUAGE, chosen), (request.language, written)),
        facets={
            "type": (request.type,),
            "function": request.codes("functions"),
            "offence": request.codes("offences"),
            "sector": request.codes("sectors"),
            "country": tuple(sorted({*request.codes("countries"), *filter(None, (request.country,))})),
            "language": request.codes("languages"),
            "member_type": request.codes("member_types") or (ANYBODY,),
            STATUS: (request.status.value,),
        },
        sort=sort,
        collection=Collection.REQUESTS,
    )


def request_documents() -> Iterator[Document]:
    """Yield every request that is shown as search knows it, in a fixed number of queries for each 500."""
    shown = session().scalars(
        select(CollaborationRequest)
        .where(CollaborationRequest.status.in_(SHOWN))
        .order_by(CollaborationRequest.id)
        .options(*_loaded())
        .execution_options(yield_per=BATCH)
    )
    for request in shown:
        yield request_document(request)


def _loaded() -> tuple[ORMOption, ...]:
    """Return the options that load all that a document holds, in a fixed number of queries."""
    return (
        joinedload(CollaborationRequest.organisation),
        selectinload(CollaborationRequest.label_rows),
        selectinload(CollaborationRequest.term_rows),
        selectinload(CollaborationRequest.requirement_versions).selectinload(
            RequirementsVersion.requirements
        ),
    )


def queue_request(request: CollaborationRequest) -> None:
    """Have the index take in a request as it is now, or forget it where its audience sees it no more."""
    if request.status in SHOWN:
        queue_document(request_document(request), narrows=False)
    elif request.opened_at is not None:
        queue_removal(document_id(request))


def queue_requests_of(organisation: Organisation) -> None:
    """Have the index take in the requests that were posted for an organisation, whose name they are found by."""
    shown = CollaborationRequest.organisation_id == organisation.id, CollaborationRequest.status.in_(SHOWN)
    for request in session().scalars(select(CollaborationRequest).where(*shown).options(*_loaded())):
        queue_document(request_document(request), narrows=False)


def open_to(member_type: str) -> frozenset[str]:
    """Return the values of the facet `member_type` of requests to which members of a type may respond."""
    return frozenset({member_type, ANYBODY})


def classes_at(moment: datetime) -> Mapping[str, Mapping[str, Node]]:
    """Return what the values of the facets `due` and `state` mean to an engine at one moment.

    No document holds them: what is due this week today is not next week. What is due within a week is due within 30
    days too; what is past is undecided, and takes responses no longer.

    Args:
        moment: when somebody asks; due dates are whole minutes, so the minute counts.
    """
    minute = moment.replace(second=0, microsecond=0)
    takes = Within(DUE, after=minute.timestamp())
    week, month = (minute + timedelta(days=days) for days in (7, 30))
    undecided = FacetIs(STATUS, frozenset(TAKES_RESPONSES))
    waiting = And((undecided, Not(takes)))
    decided = FacetIs(STATUS, frozenset({RequestStatus.AGREED, RequestStatus.ACTIVE}))
    return {
        DUE: {
            DueClass.WEEK: Within(DUE, minute.timestamp(), week.timestamp()),
            DueClass.MONTH: Within(DUE, minute.timestamp(), month.timestamp()),
            DueClass.LATER: Within(DUE, month.timestamp()),
            DueClass.PAST: waiting,
        },
        STATE: {
            StateClass.TAKES: takes,
            StateClass.UNDER_WAY: Or((waiting, decided)),
            StateClass.COMPLETED: FacetIs(STATUS, frozenset({RequestStatus.COMPLETED})),
            StateClass.EXPIRED: FacetIs(STATUS, frozenset({RequestStatus.EXPIRED})),
        },
    }


def _requirements(request: CollaborationRequest) -> Iterator[str]:
    """Yield the words of the requirements in force."""
    for version in request.requirement_versions:
        if version.number == request.requirements_number:
            yield from (each.words for each in version.requirements)


def _words_of(request: CollaborationRequest) -> Iterator[str]:
    """Yield the words of what was chosen from lists, so that people find it by them too; in English, as records."""
    found = vocabulary("request_types").find(request.type)
    if found is not None:
        yield found.label
        yield from found.aliases
    for scheme, name in WORDED.items():
        for code in request.codes(scheme):
            yield vocabulary(name).label(code)
    countries = request.codes("countries")
    if len(countries) <= MOST_COUNTRIES_IN_WORDS:
        names = Locale("en").territories
        yield from (str(names.get(code, code)) for code in countries)
