"""Lets time pass for one request of a demonstration: everything about it becomes older, and the clock's work is done.

Nothing else of the demonstration ages, so that other tests find it as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import Table, select, update

from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    PlanStep,
    RequestQuestion,
    RequestReceiver,
    RequestStatus,
    Response,
    ResponseStatus,
    ServiceLevelStep,
)
from hub.core.database import make_engine, session, session_scope
from hub.jobs.collaboration import keep_service_levels
from hub.members.models import Member
from tests.browser.serving import Hub
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded


def asks(hub: Hub, account: str, title: str, *, drafting: str) -> str:
    """Have somebody's open call stand there, with a response that somebody else drafts; return its random id."""
    with writing(hub):
        request = opened_request(member_of(account), title=title, days=40, country="GE")
        responded(request, member_of(drafting), status=ResponseStatus.DRAFT)
        return request.public_id


def passes(hub: Hub, public_id: str, days: int) -> RequestStatus:
    """Let so many days pass for a request, and do what the worker does every few minutes; return where it stands."""
    with writing(hub):
        _age(public_id, timedelta(days=days))
    engine = make_engine(address_of(hub))
    try:
        keep_service_levels(engine)
        with session_scope(engine):
            return _request(public_id).status
    finally:
        engine.dispose()


@contextmanager
def writing(hub: Hub) -> Iterator[None]:
    """Open a session whose every commit counts at the end, so that the worker comes before or after, never between."""
    engine = make_engine(address_of(hub))
    try:
        with (
            engine.connect().execution_options(hub_write=True) as connection,
            connection.begin(),
            session_scope(connection),
        ):
            yield
    finally:
        engine.dispose()


def address_of(hub: Hub) -> str:
    """Return the address of the database."""
    return f"sqlite:///{hub.instance / 'hub.sqlite'}"


def _age(public_id: str, by: timedelta) -> None:
    request = _request(public_id)
    responses = select(Response.id).where(Response.request_id == request.id)
    own = session().scalars(select(Response).where(Response.request_id == request.id))
    subjects = [request.subject, *(each.subject for each in own)]
    for kind, which in (
        (CollaborationRequest, CollaborationRequest.id == request.id),
        (RequestReceiver, RequestReceiver.request_id == request.id),
        (RequestQuestion, RequestQuestion.request_id == request.id),
        (PlanStep, PlanStep.response_id.in_(responses)),
        (Outcome, Outcome.response_id.in_(responses)),
        (Response, Response.request_id == request.id),
        (ServiceLevelStep, ServiceLevelStep.subject.in_(subjects)),
    ):
        for row in session().scalars(select(kind).where(which)).all():
            age_row(kind.__table__, row, by)
    session().commit()


def age_row(table: Table, row: object, by: timedelta) -> None:
    """Let all moments and days of one row be earlier."""
    keys = [column == getattr(row, column.name) for column in table.primary_key]
    stored = {each.name: getattr(row, each.name) for each in table.columns}
    older = {name: value - by for name, value in stored.items() if isinstance(value, date)}
    if older:
        session().execute(update(table).where(*keys).values(older))


def _request(public_id: str) -> CollaborationRequest:
    return (
        session()
        .scalars(select(CollaborationRequest).where(CollaborationRequest.public_id == public_id))
        .one()
    )


def member_of(account: str) -> Member:
    """Return the fictional person of an account."""
    return session().scalars(select(Member).where(Member.email == f"{account}@demo.example")).one()
