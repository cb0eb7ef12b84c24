"""How requests, responses and what belongs to them move from state to state; the only place that changes a status."""

from hub.collaboration.models import (
    CallStatus,
    OutcomeStatus,
    QuestionStatus,
    ReceiverStatus,
    RequestStatus,
    ResponseStatus,
    VersionStatus,
)
from hub.collaboration.permissions import (
    can_answer_outcome,
    can_answer_question,
    can_decide_call,
    can_decide_request,
    can_decide_response,
    can_decide_version,
    can_edit_response,
    can_record_outcome,
    can_withdraw_call,
    can_withdraw_question,
    is_call,
    is_requester,
    is_sent_by_name,
    speaks_for,
)
from hub.core.lifecycle import Lifecycle, Transition


def _nobody(*_: object) -> bool:
    """Return False: the step follows from another one, or from the clock."""
    return False


REQUESTS = Lifecycle(
    (
        Transition(
            "submit",
            frozenset({RequestStatus.DRAFT, RequestStatus.CHANGES_REQUESTED}),
            RequestStatus.SUBMITTED,
            is_call,
        ),
        Transition("send", frozenset({RequestStatus.DRAFT}), RequestStatus.OPEN, is_sent_by_name),
        Transition("publish", frozenset({RequestStatus.SUBMITTED}), RequestStatus.OPEN, can_decide_request),
        Transition(
            "request_changes",
            frozenset({RequestStatus.SUBMITTED}),
            RequestStatus.CHANGES_REQUESTED,
            can_decide_request,
        ),
        Transition(
            "decline", frozenset({RequestStatus.SUBMITTED}), RequestStatus.DECLINED, can_decide_request
        ),
        # follows from the first shortlisting or message
        Transition("discuss", frozenset({RequestStatus.OPEN}), RequestStatus.IN_DISCUSSION, _nobody),
        # follows from the first acceptance of a response
        Transition(
            "agree",
            frozenset({RequestStatus.OPEN, RequestStatus.IN_DISCUSSION}),
            RequestStatus.AGREED,
            _nobody,
        ),
        Transition("start", frozenset({RequestStatus.AGREED}), RequestStatus.ACTIVE, is_requester),
        # follows from the outcome recorded last
        Transition("complete", frozenset({RequestStatus.ACTIVE}), RequestStatus.COMPLETED, _nobody),
        Transition(
            "withdraw",
            frozenset(
                {
                    RequestStatus.SUBMITTED,
                    RequestStatus.CHANGES_REQUESTED,
                    RequestStatus.OPEN,
                    RequestStatus.IN_DISCUSSION,
                    RequestStatus.EXPIRED,
                }
            ),
            RequestStatus.WITHDRAWN,
            is_requester,
        ),
        Transition(
            "cancel",
            frozenset({RequestStatus.AGREED, RequestStatus.ACTIVE}),
            RequestStatus.CANCELLED,
            is_requester,
        ),
        # by the clock
        Transition(
            "expire",
            frozenset({RequestStatus.OPEN, RequestStatus.IN_DISCUSSION}),
            RequestStatus.EXPIRED,
            _nobody,
        ),
        Transition("reopen", frozenset({RequestStatus.EXPIRED}), RequestStatus.OPEN, is_requester),
    )
)
"""What may happen to a request. `may` takes the viewer and the request."""

RESPONSES = Lifecycle(
    (
        Transition("submit", frozenset({ResponseStatus.DRAFT}), ResponseStatus.SUBMITTED, can_edit_response),
        Transition(
            "shortlist",
            frozenset({ResponseStatus.SUBMITTED}),
            ResponseStatus.SHORTLISTED,
            can_decide_response,
        ),
        Transition(
            "unshortlist",
            frozenset({ResponseStatus.SHORTLISTED}),
            ResponseStatus.SUBMITTED,
            can_decide_response,
        ),
        Transition(
            "accept",
            frozenset({ResponseStatus.SUBMITTED, ResponseStatus.SHORTLISTED}),
            ResponseStatus.ACCEPTED,
            can_decide_response,
        ),
        Transition(
            "decline",
            frozenset({ResponseStatus.SUBMITTED, ResponseStatus.SHORTLISTED}),
            ResponseStatus.DECLINED,
            can_decide_response,
        ),
        # follows from the closing of the request
        Transition(
            "close",
            frozenset({ResponseStatus.SUBMITTED, ResponseStatus.SHORTLISTED}),
            ResponseStatus.DECLINED,
            _nobody,
        ),
        Transition(
            "withdraw",
            frozenset({ResponseStatus.SUBMITTED, ResponseStatus.SHORTLISTED}),
            ResponseStatus.WITHDRAWN,
            can_edit_response,
        ),
    )
)
"""What may happen to a response. `may` takes the viewer and the response."""

QUESTIONS = Lifecycle(
    (
        Transition("answer", frozenset({QuestionStatus.ASKED}), QuestionStatus.ANSWERED, can_answer_question),
        Transition(
            "set_aside", frozenset({QuestionStatus.ASKED}), QuestionStatus.SET_ASIDE, can_answer_question
        ),
        Transition(
            "withdraw", frozenset({QuestionStatus.ASKED}), QuestionStatus.WITHDRAWN, can_withdraw_question
        ),
    )
)
"""What may happen to a question. `may` takes the viewer and the question."""

RECEIVERS = Lifecycle(
    (
        Transition("pass", frozenset({ReceiverStatus.ASKED}), ReceiverStatus.PASSED, speaks_for),
        # follows from their response, also where they had said that they would not
        Transition(
            "answer",
            frozenset({ReceiverStatus.ASKED, ReceiverStatus.PASSED, ReceiverStatus.GONE}),
            ReceiverStatus.ANSWERED,
            _nobody,
        ),
        # by the clock
        Transition("go", frozenset({ReceiverStatus.ASKED}), ReceiverStatus.GONE, _nobody),
    )
)
"""What may happen to a named receiver. `may` takes the viewer and the receiver."""

VERSIONS = Lifecycle(
    (
        Transition(
            "approve", frozenset({VersionStatus.PROPOSED}), VersionStatus.IN_FORCE, can_decide_version
        ),
        Transition(
            "decline", frozenset({VersionStatus.PROPOSED}), VersionStatus.DECLINED, can_decide_version
        ),
        Transition("withdraw", frozenset({VersionStatus.PROPOSED}), VersionStatus.WITHDRAWN, _nobody),
        Transition("supersede", frozenset({VersionStatus.IN_FORCE}), VersionStatus.SUPERSEDED, _nobody),
    )
)
"""What may happen to a version of requirements. `may` takes the viewer and a pair of version and request."""

CALLS = Lifecycle(
    (
        Transition("answer", frozenset({CallStatus.ASKED}), CallStatus.ANSWERED, can_decide_call),
        Transition("withdraw", frozenset({CallStatus.ASKED}), CallStatus.WITHDRAWN, can_withdraw_call),
    )
)
"""What may happen to a call for a coordinator. `may` takes the viewer and the call."""

OUTCOMES = Lifecycle(
    (
        Transition("agree", frozenset({OutcomeStatus.RECORDED}), OutcomeStatus.AGREED, can_answer_outcome),
        Transition(
            "dispute", frozenset({OutcomeStatus.RECORDED}), OutcomeStatus.DISPUTED, can_answer_outcome
        ),
        Transition("revise", frozenset({OutcomeStatus.DISPUTED}), OutcomeStatus.RECORDED, can_record_outcome),
    )
)
"""What may happen to an outcome. `may` takes the viewer and the outcome."""
