"""Who sees requests, responses and conversations, said once more in plain Python: in generated worlds SQL agrees."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role, Viewer
from hub.collaboration.conversations.permissions import (
    can_read,
    can_return,
    conversations_attended_by,
    conversations_visible_to,
    is_party,
    responses_party_to,
    responses_talked_about_with,
)
from hub.collaboration.models import (
    CallStatus,
    CollaborationRequest,
    Conversation,
    CoordinatorCall,
    Participation,
    RequestStatus,
    Requirement,
    RequirementsVersion,
    Response,
    ResponseStatus,
    Side,
    VersionStatus,
)
from hub.collaboration.permissions import (
    in_audience_of,
    is_in_audience,
    is_receiver,
    is_requester,
    is_responder,
    requested_by,
    responses_visible_to,
    visible_to,
)
from hub.core.clock import now
from hub.core.database import session
from tests.collaboration.requests import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    drafted_request,
)
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.undoing import undone

pytestmark = pytest.mark.db

PEOPLE = ("poster", "responder", "rival", "receiver", "reader", "coordinator")
TAKERS = ("reader", "coordinator")
"""Who takes tasks: people without a part in the request, as everybody else has a conflict."""

AGENCIES = ("asking", "offering", "asked")
AUDIENCES = {"public": EVERYBODY, "members": MEMBERS, "police": POLICE, "Georgian police": GEORGIAN_POLICE}
SHOWN = {"open", "in_discussion", "agreed", "active", "completed", "expired"}
ENDED = {"withdrawn", "cancelled"}
TIMED = SHOWN | {"cancelled"}
"""States that no request reaches unopened."""

people = st.sampled_from(PEOPLE)
takers = st.none() | st.sampled_from(TAKERS)
agencies = st.frozensets(st.sampled_from(AGENCIES))
statuses = st.sampled_from(ResponseStatus)


@dataclass(frozen=True)
class Seen:
    """A viewer by names; numbers follow once there is a database."""

    person: str | None
    represents: frozenset[str]
    belongs: frozenset[str]
    country: str | None
    is_coordinator: bool


@dataclass(frozen=True)
class World:
    """One request with two responses, each with a conversation from which a coordinator is called."""

    audience: str
    status: RequestStatus
    was_open: bool
    agency: str | None
    taker: str | None
    version: tuple[VersionStatus, str | None]
    responses: tuple[tuple[str, str | None, ResponseStatus], ...]
    calls: tuple[tuple[CallStatus, str | None], ...]
    leavers: tuple[str, ...]


viewers = st.builds(
    Seen,
    person=st.none() | people,
    represents=agencies,
    belongs=agencies,
    country=st.none() | st.sampled_from(["GE", "ID"]),
    is_coordinator=st.booleans(),
)

worlds = st.builds(
    World,
    audience=st.sampled_from([*AUDIENCES, "by name"]),
    # who sees what has ended is the hardest to say, so that it comes about more often
    status=st.sampled_from([RequestStatus.WITHDRAWN, RequestStatus.CANCELLED, *RequestStatus]),
    was_open=st.booleans(),
    agency=st.none() | st.sampled_from(AGENCIES),
    taker=takers,
    version=st.tuples(st.sampled_from(VersionStatus), takers),
    responses=st.tuples(
        st.tuples(st.just("responder"), st.none() | st.sampled_from(AGENCIES), statuses),
        st.tuples(st.just("rival"), st.none() | st.sampled_from(AGENCIES), statuses),
    ),
    calls=st.tuples(
        st.tuples(st.sampled_from(CallStatus), takers),
        st.tuples(st.sampled_from(CallStatus), takers),
    ),
    leavers=st.lists(people, max_size=2, unique=True).map(tuple),
)


@pytest.fixture
def cast(database):
    """People and organisations by name."""
    return {name: make_member() for name in PEOPLE} | {name: make_organisation() for name in AGENCIES}


def viewer_from(cast, seen):
    """Return the Viewer; a visitor has nothing."""
    if seen.person is None:
        return VISITOR
    is_taker = seen.person in TAKERS
    represents = frozenset() if is_taker else frozenset(cast[each].id for each in seen.represents)
    belongs = frozenset() if is_taker else frozenset(cast[each].id for each in seen.belongs)
    return Viewer(
        member_id=cast[seen.person].id,
        public_id=cast[seen.person].public_id,
        roles=frozenset({Role.COORDINATOR} if seen.is_coordinator else ()),
        represents=represents,
        organisations=represents | belongs,
        law_enforcement_country=seen.country,
    )


def build(cast, world):
    """Store the world past the services; return the request."""
    is_by_name = world.audience == "by name"
    status = world.status
    if is_by_name and status is RequestStatus.SUBMITTED:
        status = RequestStatus.OPEN  # nobody reviews what is sent by name
    request = drafted_request(
        cast["poster"],
        readership=AUDIENCES.get(world.audience, EVERYBODY),
        receivers=[cast["receiver"], cast["asked"]] if is_by_name else (),
        status=status,
        opened_at=now() if world.was_open or status in TIMED else None,
        organisation_id=world.agency and cast[world.agency].id,
        taken_by_id=world.taker and cast[world.taker].id,
    )
    kind, taker = world.version
    request.requirement_versions.append(
        RequirementsVersion(
            number=2, status=kind, why="It is harder.", proposed_by_id=cast["poster"].id,
            taken_by_id=taker and cast[taker].id,
            requirements=[Requirement(position=0, is_essential=True, words="Reads it")],
        )
    )  # fmt: skip
    for (name, agency, reached), call in zip(world.responses, world.calls, strict=True):
        response = responded(request, cast[name], organisation=agency and cast[agency], status=reached)
        _talk(cast, response, call, world.leavers)
    session().commit()
    return request


def _talk(cast, response, call, leavers):
    status, taker = call
    conversation = Conversation(response=response, tlp=response.tlp)
    conversation.participations = [
        Participation(member_id=cast[each].id, side=Side.RESPONDER, left_at=now()) for each in leavers
    ]
    conversation.calls = [
        CoordinatorCall(
            called_by_id=cast["poster"].id, words="Help.", status=status,
            answer="Done." if status is CallStatus.ANSWERED else "",
            taken_by_id=cast[taker].id if taker else None,
        )
    ]  # fmt: skip
    session().add(conversation)


def may_know(viewer, request):
    """Say by hand who may know of a request."""
    if is_in_audience(viewer, request) or is_requester(viewer, request):
        return True
    responses = list(session().scalars(select(Response).where(Response.request_id == request.id)))
    if request.status in ENDED and request.opened_at and request.labels & viewer.labels:
        # who prepared a response keeps what they wrote
        if any(is_responder(viewer, each) for each in responses):
            return True
        if any(is_receiver(viewer, each) for each in request.receivers):
            return True
    return Role.COORDINATOR in viewer.roles and _took_something(viewer.member_id, request)


def _took_something(number, request):
    if request.taken_by_id == number and request.status is RequestStatus.SUBMITTED:
        return True
    if any(
        each.taken_by_id == number and each.status is VersionStatus.PROPOSED
        for each in request.requirement_versions
    ):
        return True
    calls = session().scalars(select(CoordinatorCall))
    return any(each.taken_by_id == number and each.status is CallStatus.ASKED for each in calls)


def may_read(viewer, response):
    """Say by hand who may read a response."""
    hidden = (ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN)
    asks = is_requester(viewer, response.request) and response.status not in hidden
    return asks or (is_responder(viewer, response) and may_know(viewer, response.request))


def may_open(viewer, response):
    """Say by hand who may open the conversation about a response: who may read it or come back to it."""
    begun = session().scalars(select(Conversation).where(Conversation.response_id == response.id)).one()
    return can_read(viewer, begun) or can_return(viewer, begun)


RULES = (
    (CollaborationRequest, may_know, visible_to),
    (CollaborationRequest, is_in_audience, in_audience_of),
    (CollaborationRequest, is_requester, requested_by),
    (Response, may_read, responses_visible_to),
    (Response, is_party, responses_party_to),
    (Conversation, can_read, conversations_visible_to),
    (Response, may_open, responses_talked_about_with),
)


def differences(viewer):
    """Return the table and id of what a function and a condition disagree about."""
    found = []
    for kind, may, condition in RULES:
        things = session().scalars(select(kind)).all()
        in_sql = set(session().scalars(select(kind.id).where(condition(viewer))))
        by_hand = {each.id for each in things if may(viewer, each)}
        found += [(condition.__name__, each) for each in in_sql ^ by_hand]
    return found


def involved(world):
    """Return those with a part in it alone, and coordinators who took something: chance would seldom meet them."""
    nobody = frozenset()
    names = {world.taker, world.version[1], *(taker for _status, taker in world.calls)} - {None}
    return [
        *(Seen(name, nobody, nobody, None, is_coordinator=False) for name in PEOPLE[:4]),
        *(Seen(name, nobody, nobody, None, is_coordinator=True) for name in sorted(names)),
    ]


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds, seen=st.lists(viewers, min_size=3, max_size=6))
def test_functions_and_conditions_agree_in_generated_worlds(database, cast, world, seen):
    with undone(database):
        build(cast, world)
        for each in (*seen, *involved(world)):
            assert differences(viewer_from(cast, each)) == [], each


def test_who_left_attends_no_more(database, cast):
    request = drafted_request(cast["poster"], status=RequestStatus.OPEN, opened_at=now())
    _talk(cast, responded(request, cast["responder"]), (CallStatus.WITHDRAWN, None), ["responder"])
    session().commit()
    attended = select(Conversation.id).where(
        conversations_attended_by(viewer_from(cast, Seen("responder", frozenset(), frozenset(), None, False)))
    )
    assert session().scalars(attended).all() == []
