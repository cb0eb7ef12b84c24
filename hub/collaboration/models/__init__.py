"""The tables of collaboration."""

from hub.collaboration.models.conversation import (
    CallStatus,
    Conversation,
    ConversationMessage,
    CoordinatorCall,
    MessageFile,
    Participation,
)
from hub.collaboration.models.invitation import RequestInvitation
from hub.collaboration.models.level import LevelStep, ServiceLevelStep
from hub.collaboration.models.partnership import Outcome, OutcomeMoment, OutcomeStatus, PlanStep, Side
from hub.collaboration.models.question import QuestionStatus, RequestQuestion
from hub.collaboration.models.request import (
    CollaborationRequest,
    ReceiverStatus,
    RequestLabel,
    RequestReceiver,
    RequestStatus,
    RequestTerm,
)
from hub.collaboration.models.requirement import Requirement, RequirementsVersion, VersionStatus
from hub.collaboration.models.response import Fit, Response, ResponseAnswer, ResponseStatus

__all__ = [
    "CallStatus",
    "CollaborationRequest",
    "Conversation",
    "ConversationMessage",
    "CoordinatorCall",
    "Fit",
    "LevelStep",
    "MessageFile",
    "Outcome",
    "OutcomeMoment",
    "OutcomeStatus",
    "Participation",
    "PlanStep",
    "QuestionStatus",
    "ReceiverStatus",
    "RequestInvitation",
    "RequestLabel",
    "RequestQuestion",
    "RequestReceiver",
    "RequestStatus",
    "RequestTerm",
    "Requirement",
    "RequirementsVersion",
    "Response",
    "ResponseAnswer",
    "ResponseStatus",
    "ServiceLevelStep",
    "Side",
    "VersionStatus",
]
