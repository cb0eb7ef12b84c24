"""Tables of outcomes, written by hand, walked through the services: responses, questions, requirements and the rest."""

import pytest

from hub.access.viewer import Role
from hub.collaboration.conversations.calling import withdraw_call
from hub.collaboration.conversations.service import send_message
from hub.collaboration.lifecycle import CALLS, OUTCOMES, QUESTIONS, RECEIVERS, RESPONSES, VERSIONS
from hub.collaboration.models import (
    CallStatus,
    CoordinatorCall,
    Outcome,
    OutcomeMoment,
    OutcomeStatus,
    QuestionStatus,
    ReceiverStatus,
    RequestQuestion,
    RequestStatus,
    Requirement,
    RequirementsVersion,
    ResponseStatus,
    Side,
    VersionStatus,
)
from hub.collaboration.partnerships.outcomes import (
    OutcomeDetails,
    agree_outcome,
    dispute_outcome,
    revise_outcome,
)
from hub.collaboration.questions.service import answer_question, set_aside_question, withdraw_question
from hub.collaboration.receiving.service import refuse_request
from hub.collaboration.requirements.service import withdraw_requirements
from hub.collaboration.responses.deciding import (
    accept_response,
    decline_response,
    shortlist_response,
    unshortlist_response,
)
from hub.collaboration.responses.service import submit_response, withdraw_response
from hub.collaboration.review.calls import answer_call
from hub.collaboration.review.items import request_of
from hub.collaboration.review.taking import release_item, take_item
from hub.collaboration.review.versions import approve_version, decline_version
from hub.core.clock import now
from hub.core.database import session
from tests.catalogue.walking import read_table, states_of, walk
from tests.collaboration.acts import did
from tests.collaboration.requests import make_coordinator, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

TABLES = {}
SERVICES = {}
LEADS = {}
MAKES = {}
LIFECYCLES = {
    "response": RESPONSES,
    "question": QUESTIONS,
    "version": VERSIONS,
    "call": CALLS,
    "outcome": OUTCOMES,
    "receiver": RECEIVERS,
}
BY_ITSELF = {"close", "supersede", "go"}
"""What follows from the closing of a request, from what came into force, or from the clock."""

# `colleague` speaks for who asks, `partner` for who responds; `rival` responds as well
TABLES["response"] = read_table("""
:poster colleague responder partner rival stranger free
submit     |draft                            |404x2  ok ok    404x3
submit     |submitted shortlisted accepted   |404x2  409x2    404x3
submit     |declined withdrawn               |404x2  409x2    404x3
withdraw   |submitted shortlisted            |404x2  ok ok    404x3
withdraw   |draft accepted declined withdrawn|404x2  409x2    404x3
shortlist  |submitted                        |ok ok  403x2    404x3
shortlist  |draft                            |404x2  403x2    404x3
shortlist  |shortlisted accepted             |409x2  403x2    404x3
shortlist  |declined withdrawn               |409x2  403x2    404x3
unshortlist|shortlisted                      |ok ok  403x2    404x3
unshortlist|draft                            |404x2  403x2    404x3
unshortlist|submitted accepted               |409x2  403x2    404x3
unshortlist|declined withdrawn               |409x2  403x2    404x3
accept     |submitted shortlisted            |ok ok  403x2    404x3
accept     |draft                            |404x2  403x2    404x3
accept     |accepted declined withdrawn      |409x2  403x2    404x3
decline    |submitted shortlisted            |ok ok  403x2    404x3
decline    |draft                            |404x2  403x2    404x3
decline    |accepted declined withdrawn      |409x2  403x2    404x3
""")
LEADS["response"] = {
    "submit": "submitted",
    "withdraw": "withdrawn",
    "shortlist": "shortlisted",
    "unshortlist": "submitted",
    "accept": "accepted",
    "decline": "declined",
}
SERVICES["response"] = {
    "submit": lambda actor, each: submit_response(actor, each, version=each.version),
    "withdraw": withdraw_response,
    "shortlist": shortlist_response,
    "unshortlist": unshortlist_response,
    # nothing else was accepted beside it
    "accept": lambda actor, each: accept_response(actor, each, version=each.version),
    "decline": lambda actor, each: decline_response(actor, each, reason="other", words="Too late."),
}

# the rival asked
TABLES["question"] = read_table("""
:poster colleague responder rival stranger
answer     |asked                            |ok ok  403x3
answer     |answered set_aside withdrawn     |409x2  403x3
set_aside  |asked                            |ok ok  403x3
set_aside  |answered set_aside withdrawn     |409x2  403x3
withdraw   |asked                            |404x3  ok 404
withdraw   |answered set_aside withdrawn     |404x3  409 404
""")
LEADS["question"] = {"answer": "answered", "set_aside": "set_aside", "withdraw": "withdrawn"}
SERVICES["question"] = {
    "answer": lambda actor, each: answer_question(actor, each, answer="In May."),
    "set_aside": set_aside_question,
    "withdraw": withdraw_question,
}

# `conflicted` belongs to who asks, `tied` to who responds: of the latter conflict nothing is said
TABLES["version"] = read_table("""
:poster colleague responder stranger holder free conflicted tied
take       |waiting                          |404x4  ok ok   403 404
take       |proposed in_force superseded     |404x4  409x2   403 404
take       |declined withdrawn               |404x4  409x2   403 404
release    |proposed                         |404x4  ok 409  409x2
release    |waiting in_force superseded      |404x4  409x2   409x2
release    |declined withdrawn               |404x4  409x2   409x2
approve    |proposed                         |404x4  ok 409  403 404
approve    |waiting in_force superseded      |404x4  409x2   403 404
approve    |declined withdrawn               |404x4  409x2   403 404
decline    |proposed                         |404x4  ok 409  403 404
decline    |waiting in_force superseded      |404x4  409x2   403 404
decline    |declined withdrawn               |404x4  409x2   403 404
withdraw   |proposed waiting                 |ok ok  403x6
withdraw   |in_force superseded              |404x2  403x6
withdraw   |declined withdrawn               |404x2  403x6
""")
LEADS["version"] = {"approve": "in_force", "decline": "declined", "withdraw": "withdrawn"}
SERVICES["version"] = {
    "take": take_item,
    "release": release_item,
    "approve": approve_version,
    "decline": lambda actor, each: decline_version(actor, each, words="Too hard."),
    "withdraw": lambda actor, each: withdraw_requirements(actor, request_of(each)),
}

# the poster called
TABLES["call"] = read_table("""
:poster colleague responder stranger holder free conflicted tied
take       |waiting                          |404x4  ok ok   404x2
take       |asked answered withdrawn         |404x4  409x2   404x2
release    |asked                            |404x4  ok 409  409x2
release    |waiting answered withdrawn       |404x4  409x2   409x2
answer     |asked                            |404x4  ok 409  404x2
answer     |waiting answered withdrawn       |404x4  409x2   404x2
withdraw   |asked waiting                    |ok     404x7
withdraw   |answered withdrawn               |409    404x7
""")
LEADS["call"] = {"answer": "answered", "withdraw": "withdrawn"}
SERVICES["call"] = {
    "take": take_item,
    "release": release_item,
    "answer": lambda actor, each: answer_call(actor, each, words="The head of office."),
    "withdraw": withdraw_call,
}

# the poster recorded it
TABLES["outcome"] = read_table("""
:poster colleague responder partner rival stranger
agree      |recorded                         |403x2  ok ok   404x2
agree      |agreed disputed                  |403x2  409x2   404x2
dispute    |recorded                         |403x2  ok ok   404x2
dispute    |agreed disputed                  |403x2  409x2   404x2
revise     |disputed                         |ok ok  403x2   404x2
revise     |recorded agreed                  |409x2  403x2   404x2
""")
LEADS["outcome"] = {"agree": "agreed", "dispute": "disputed", "revise": "recorded"}
SERVICES["outcome"] = {
    "agree": lambda actor, each: agree_outcome(actor, each, version=each.version),
    "dispute": lambda actor, each: dispute_outcome(actor, each, words="It did not.", version=each.version),
    "revise": lambda actor, each: revise_outcome(
        actor,
        each,
        OutcomeDetails(kind="piloted", words="It ran for a week.", language="en-GB"),
        version=each.version,
    ),
}

# the rival was asked by name, and so was the agency that `partner` speaks for
TABLES["receiver"] = read_table("""
:poster colleague rival stranger
pass       |asked                            |403x2  ok  404
pass       |answered passed gone             |403x2  409 404
""")
LEADS["receiver"] = {"pass": "passed"}
SERVICES["receiver"] = {"pass": lambda actor, each: refuse_request(actor, each.request, reason="no_time")}


@pytest.fixture
def cast(database):
    """Everybody by name, and the organisations of both sides."""
    asking, offering = make_organisation(), make_organisation()
    return {
        "asking": asking,
        "offering": offering,
        "poster": make_member(represents=[asking]),
        "colleague": make_member(represents=[asking]),
        "responder": make_member(represents=[offering]),
        "partner": make_member(represents=[offering]),
        "rival": make_member(),
        "stranger": make_member(),
        "holder": make_coordinator(),
        "free": make_coordinator(),
        "conflicted": make_member(roles=[Role.COORDINATOR], belongs_to=[asking]),
        "tied": make_member(roles=[Role.COORDINATOR], belongs_to=[offering]),
    }


def a_response(cast, status, request_status=RequestStatus.OPEN):
    request = opened_request(cast["poster"], organisation_id=cast["asking"].id, status=request_status)
    responded(request, cast["rival"])
    return responded(request, cast["responder"], organisation=cast["offering"], status=ResponseStatus(status))


def a_question(cast, status):
    request = opened_request(cast["poster"], organisation_id=cast["asking"].id)
    said = {} if status in {"asked", "withdrawn"} else {"answer": "In May.", "answered_at": now()}
    question = RequestQuestion(
        request=request, asked_by_id=cast["rival"].id, language="en-GB", words="When?",
        status=QuestionStatus(status), **said,
    )  # fmt: skip
    session().add(question)
    session().commit()
    return question


def a_version(cast, state):
    request = a_response(cast, "submitted").request
    version = RequirementsVersion(
        number=2, why="It is harder.", proposed_by_id=cast["poster"].id, status=_status(VersionStatus, state),
        requirements=[Requirement(position=0, is_essential=True, words="Reads it")],
    )  # fmt: skip
    if state == "in_force":
        request.requirement_versions[0].status = VersionStatus.SUPERSEDED
        request.requirements_number = 2
    request.requirement_versions.append(version)
    return _held(cast, version, state == "proposed")


def a_call(cast, state):
    response = a_response(cast, "submitted")
    conversation = did(send_message, cast["poster"], response, words="Can you?").conversation
    call = CoordinatorCall(
        conversation=conversation, called_by_id=cast["poster"].id, words="Help.",
        status=_status(CallStatus, state), answer="Done." if state == "answered" else "",
    )  # fmt: skip
    return _held(cast, call, state == "asked")


def _status(kind, state):
    return next(iter(kind)) if state == "waiting" else kind(state)


def _held(cast, item, is_held):
    """Store a matter, in the holder's hands or nobody's."""
    session().add(item)
    if is_held:
        item.taken_by_id, item.taken_at = cast["holder"].id, now()
    session().commit()
    return item


def an_outcome(cast, status):
    response = a_response(cast, "accepted", RequestStatus.ACTIVE)
    answered = status != "recorded"
    outcome = Outcome(
        response=response, moment=OutcomeMoment.COMPLETION, kind="piloted", words="It ran.", language="en-GB",
        side=Side.REQUESTER, recorded_by_id=cast["poster"].id, status=OutcomeStatus(status),
        answered_at=now() if answered else None, answer_words="No." if answered else "",
        answered_by_id=cast["responder"].id if answered else None,
    )  # fmt: skip
    session().add(outcome)
    session().commit()
    return outcome


def a_receiver(cast, status):
    request = opened_request(
        cast["poster"], organisation_id=cast["asking"].id, receivers=[cast["rival"], cast["offering"]]
    )
    receiver = request.receivers[0]
    receiver.status, receiver.answered_at = ReceiverStatus(status), None if status == "asked" else now()
    session().commit()
    return receiver


MAKES |= {
    "response": a_response,
    "question": a_question,
    "version": a_version,
    "call": a_call,
    "outcome": an_outcome,
    "receiver": a_receiver,
}


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_the_tables_hold_every_action_state_and_person(kind):
    table = TABLES[kind]
    states = {each for row in LIFECYCLES[kind] for each in (*row.sources, row.target)} | set(states_of(table))
    actions = (
        {row.action for row in LIFECYCLES[kind]} - BY_ITSELF - ({"answer"} if kind == "receiver" else set())
    )
    assert actions == LEADS[kind].keys()
    people = {person for _action, _state, person in table}
    wanted = {(action, state, who) for action in SERVICES[kind] for state in states for who in people}
    assert wanted == table.keys()


@pytest.mark.db(kind=frozenset({"response", "outcome"}))
@pytest.mark.parametrize("kind", LIFECYCLES)
def test_each_person_gets_what_the_table_says(cast, kind):
    wrong = {}
    for state in states_of(TABLES[kind]):
        found = walk(
            TABLES[kind],
            state,
            SERVICES[kind],
            cast,
            lambda each, state=state: MAKES[kind](each, state),
            LEADS[kind],
        )
        wrong |= {(state, *key): what for key, what in found.items()}
    assert wrong == {}
