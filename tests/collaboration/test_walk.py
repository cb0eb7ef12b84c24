"""A table of outcomes, written by hand, walked through the services: every request × state × action × person."""

from datetime import timedelta

import pytest

from hub.access.viewer import Role
from hub.collaboration.closing.service import cancel_request, reopen_request, withdraw_request
from hub.collaboration.lifecycle import REQUESTS
from hub.collaboration.models import RequestStatus, ResponseStatus
from hub.collaboration.partnerships.service import start_partnership
from hub.collaboration.posting.service import send_request, submit_request
from hub.collaboration.review.service import decline_request, publish_request, request_changes
from hub.collaboration.review.taking import release_item, take_item
from hub.core.clock import now
from hub.core.database import session
from tests.catalogue.walking import read_table, states_of, walk
from tests.collaboration.partners import planned
from tests.collaboration.requests import drafted_request, make_coordinator, opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation, make_profile

# `colleague` represents the organisation it was posted for, `conflicted` is a coordinator who belongs to it;
# `holder` has taken what is submitted, and nobody what is waiting
TABLE = read_table("""
:poster colleague responder stranger holder free conflicted
submit          |draft changes_requested                                |ok ok   404x5
submit          |submitted                                              |409x2   404x2 403 404x2
submit          |waiting declined                                       |409x2   404x5
submit          |open in_discussion agreed active completed expired     |409x2   403x5
submit          |withdrawn cancelled                                    |409x2   403 404x4
take            |waiting                                                |404x4   ok ok 403
take            |draft changes_requested submitted declined             |404x4   409x2 403
take            |open in_discussion agreed active completed expired     |404x4   409x2 403
take            |withdrawn cancelled                                    |404x4   409x2 403
release         |submitted                                              |404x4   ok 409x2
release         |draft changes_requested waiting declined               |404x4   409x3
release         |open in_discussion agreed active completed expired     |404x4   409x3
release         |withdrawn cancelled                                    |404x4   409x3
publish         |submitted                                              |404x4   ok 409 403
publish         |draft changes_requested waiting declined               |404x4   409x2 403
publish         |open in_discussion agreed active completed expired     |404x4   409x2 403
publish         |withdrawn cancelled                                    |404x4   409x2 403
request_changes |submitted                                              |404x4   ok 409 403
request_changes |draft changes_requested waiting declined               |404x4   409x2 403
request_changes |open in_discussion agreed active completed expired     |404x4   409x2 403
request_changes |withdrawn cancelled                                    |404x4   409x2 403
decline         |submitted                                              |404x4   ok 409 403
decline         |draft changes_requested waiting declined               |404x4   409x2 403
decline         |open in_discussion agreed active completed expired     |404x4   409x2 403
decline         |withdrawn cancelled                                    |404x4   409x2 403
withdraw        |draft declined                                         |409x2   404x5
withdraw        |submitted                                              |ok ok   404x2 403 404x2
withdraw        |waiting changes_requested                              |ok ok   404x5
withdraw        |open in_discussion expired                             |ok ok   403x5
withdraw        |agreed active completed                                |409x2   403x5
withdraw        |withdrawn cancelled                                    |409x2   403 404x4
cancel          |draft waiting changes_requested declined               |409x2   404x5
cancel          |submitted                                              |409x2   404x2 403 404x2
cancel          |agreed active                                          |ok ok   403x5
cancel          |open in_discussion completed expired                   |409x2   403x5
cancel          |withdrawn cancelled                                    |409x2   403 404x4
start           |draft waiting changes_requested declined               |409x2   404x5
start           |submitted                                              |409x2   404x2 403 404x2
start           |agreed                                                 |ok ok   403x5
start           |open in_discussion active completed expired            |409x2   403x5
start           |withdrawn cancelled                                    |409x2   403 404x4
reopen          |draft waiting changes_requested declined               |409x2   404x5
reopen          |submitted                                              |409x2   404x2 403 404x2
reopen          |expired                                                |ok ok   403x5
reopen          |open in_discussion agreed active completed             |409x2   403x5
reopen          |withdrawn cancelled                                    |409x2   403 404x4
""")

# the same, where the stranger and the responder were asked by name and nobody reviews it
BY_NAME = read_table("""
:poster colleague responder stranger holder free conflicted
send            |draft                                                  |ok ok   404x5
send            |open agreed expired                                    |409x2   403x2 404x3
submit          |draft                                                  |409x2   404x5
withdraw        |open expired                                           |ok ok   403x2 404x3
withdraw        |draft                                                  |409x2   404x5
publish         |open                                                   |404x4   409x2 403
cancel          |agreed                                                 |ok ok   403x2 404x3
""")

LEADS = {
    "submit": "submitted",
    "send": "open",
    "take": "submitted",
    "release": "submitted",
    "publish": "open",
    "request_changes": "changes_requested",
    "decline": "declined",
    "withdraw": "withdrawn",
    "cancel": "cancelled",
    "start": "active",
    "reopen": "open",
}
"""Where each action leads, written by hand."""

BY_ITSELF = {"discuss", "agree", "complete", "expire"}
"""What follows from another step, or from the clock: nobody does it."""

SERVICES = {
    "submit": lambda actor, request: submit_request(actor, request, version=request.version),
    "send": lambda actor, request: send_request(actor, request, version=request.version),
    "take": take_item,
    "release": release_item,
    "publish": publish_request,
    "request_changes": lambda actor, request: request_changes(
        actor, request, reason="unclear", words="Say more."
    ),
    "decline": lambda actor, request: decline_request(actor, request, reason="other", words="Not here."),
    "withdraw": withdraw_request,
    "cancel": lambda actor, request: cancel_request(actor, request, words="It is over."),
    "start": start_partnership,
    "reopen": lambda actor, request: reopen_request(actor, request, due_at=now() + timedelta(days=9)),
}

PARTNERED = ("agreed", "active", "completed", "cancelled")


@pytest.fixture
def cast(database):
    """Everybody by name, and the organisation that asks."""
    agency = make_organisation()
    return {
        "agency": agency,
        "poster": make_member(represents=[agency]),
        "colleague": make_member(represents=[agency]),
        "responder": make_member(),
        "stranger": make_member(),
        "holder": make_coordinator(),
        "free": make_coordinator(),
        "conflicted": make_member(roles=[Role.COORDINATOR], belongs_to=[agency]),
    }


def a_request(cast, state, **columns):
    """Store a request in a state, with a response of the responder once it was open."""
    poster, asking = cast["poster"], {"organisation_id": cast["agency"].id, **columns}
    if state in {"submitted", "waiting"}:
        return submitted_request(poster, taken_by=cast["holder"] if state == "submitted" else None, **asking)
    if state in {"draft", "changes_requested", "declined"}:
        return drafted_request(poster, status=RequestStatus(state), **asking)
    if state == "expired":
        asking["closed_at"] = now()
    request = opened_request(poster, status=RequestStatus(state), **asking)
    reached = ResponseStatus.ACCEPTED if state in PARTNERED else ResponseStatus.SUBMITTED
    session().add(planned(responded(request, cast["responder"], status=reached)))
    session().commit()
    return request


def named(cast, state):
    """Store a request to the responder and the stranger by name, whose profiles members see."""
    for who in ("responder", "stranger"):
        make_profile(cast[who])
    return a_request(cast, state, receivers=[cast["responder"], cast["stranger"]])


def test_the_table_holds_every_action_state_and_person():
    states = {*RequestStatus, "waiting"}
    actions = {row.action for row in REQUESTS} - BY_ITSELF | {"take", "release"}
    people = {person for _action, _state, person in TABLE}
    wanted = {(action, state, who) for action in actions - {"send"} for state in states for who in people}
    assert wanted == TABLE.keys()
    assert actions == LEADS.keys()


@pytest.mark.db(state=frozenset({"submitted", "agreed", "expired"}))
@pytest.mark.parametrize("state", states_of(TABLE))
def test_each_person_gets_what_the_table_says(cast, state):
    assert walk(TABLE, state, SERVICES, cast, lambda _cast: a_request(cast, state), LEADS) == {}


@pytest.mark.parametrize("state", states_of(BY_NAME))
def test_each_person_gets_what_the_table_says_of_one_that_is_sent_by_name(cast, state):
    assert walk(BY_NAME, state, SERVICES, cast, lambda _cast: named(cast, state), LEADS) == {}
