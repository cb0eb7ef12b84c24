"""What members are told about requests, responses, conversations and partnerships."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.core.i18n import N_
from hub.notifications.kinds.kind import Dated, Kind
from hub.notifications.models import Frequency, Topic

COLLABORATION: Mapping[str, Kind] = MappingProxyType(
    {
        # one's own requests
        "request_opened": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s is open: members can respond"),
            N_("A request of yours is open"),
            next_step=N_(
                "Questions and responses will reach you here. You can name a later due date, or withdraw it."
            ),
        ),
        "request_changes": Kind(
            Topic.COLLABORATION,
            N_("Changes were requested for %(thing)s"),
            N_("Changes were requested for a request of yours"),
            next_step=N_("Read what the coordinator asks for, change the draft, and submit it again."),
        ),
        "request_declined": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s was declined"),
            N_("A request of yours was declined"),
            next_step=N_("The page of the request gives the reason."),
        ),
        "requirements_decided": Kind(
            Topic.COLLABORATION,
            N_("A coordinator decided about the new requirements of %(thing)s"),
            N_("A coordinator decided about the new requirements of a request of yours"),
            next_step=N_("The page of the request shows which requirements are in force, and why."),
        ),
        "response_received": Kind(
            Topic.COLLABORATION,
            N_("Somebody responded to %(thing)s"),
            N_("Somebody responded to a request of yours"),
            next_step=N_("Read it, and answer: shortlist it, ask in the conversation, accept or decline it."),
        ),
        "response_withdrawn": Kind(
            Topic.COLLABORATION,
            N_("A response to %(thing)s was withdrawn"),
            N_("A response to a request of yours was withdrawn"),
        ),
        "response_changed": Kind(
            Topic.COLLABORATION,
            N_("A response to %(thing)s was changed"),
            N_("A response to a request of yours was changed"),
            next_step=N_("Look at what it says now."),
        ),
        "receiver_passed": Kind(
            Topic.COLLABORATION,
            N_("A receiver of %(thing)s will not respond"),
            N_("A receiver of a request of yours will not respond"),
            next_step=N_("The page of the request gives the reason, and shows who has not answered yet."),
        ),
        "receiver_gone": Kind(
            Topic.COLLABORATION,
            N_("A receiver of %(thing)s can no longer be reached"),
            N_("A receiver of a request of yours can no longer be reached"),
            next_step=N_("The page of the request shows who has not answered yet."),
        ),
        "question_asked": Kind(
            Topic.COLLABORATION,
            N_("Somebody asked a question about %(thing)s"),
            N_("Somebody asked a question about a request of yours"),
            next_step=N_("Answer it for everybody who reads the request, or set it aside."),
        ),
        "own_request_due": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s takes responses for less than a week"),
            N_("A request of yours takes responses for less than a week"),
            next_step=N_("Answer open questions; if people need more time, choose a later due date."),
            dated=Dated.UNTIL,
        ),
        "own_request_due_soon": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s takes responses for less than two days"),
            N_("A request of yours takes responses for less than two days"),
            next_step=N_("Answer open questions; if people need more time, choose a later due date."),
            dated=Dated.UNTIL,
        ),
        "request_expiring": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s expires soon"),
            N_("A request of yours expires soon"),
            next_step=N_("Decide about the responses, or choose a later date."),
            dated=Dated.EXPIRY,
        ),
        "request_expired": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s has expired. You can open it again"),
            N_("A request of yours has expired. You can open it again"),
            next_step=N_(
                "Choose new dates to open it again. After that, the responses that wait are declined with thanks."
            ),
            dated=Dated.REOPENING,
        ),
        "request_lapsed": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s was closed, since nobody is left to act on it"),
            N_("A request was closed, since nobody is left to act on it"),
        ),
        # requests of others
        "request_received": Kind(
            Topic.COLLABORATION,
            N_("You are asked to respond to %(thing)s"),
            N_("You are asked to respond to a request"),
            next_step=N_("Read what is asked for, then respond, or say that you will not."),
            dated=Dated.UNTIL,
        ),
        "request_due": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s takes responses for less than a week"),
            N_("A request that concerns you takes responses for less than a week"),
            next_step=N_("You have not answered yet: respond, or say that you will not."),
            dated=Dated.UNTIL,
        ),
        "request_due_soon": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s takes responses for less than two days"),
            N_("A request that concerns you takes responses for less than two days"),
            next_step=N_("You have not answered yet: respond, or say that you will not."),
            dated=Dated.UNTIL,
        ),
        "requirements_changed": Kind(
            Topic.COLLABORATION,
            N_("The requirements of %(thing)s have changed. Look at your response"),
            N_("The requirements of a request have changed. Look at your response"),
            next_step=N_("What you answered stays until you answer the new requirements."),
        ),
        "due_date_moved": Kind(
            Topic.COLLABORATION,
            N_("The due date of %(thing)s was moved"),
            N_("The due date of a request that concerns you was moved"),
            dated=Dated.UNTIL,
        ),
        "question_answered": Kind(
            Topic.COLLABORATION,
            N_("A question about %(thing)s was answered"),
            N_("A question about a request was answered"),
            next_step=N_("The page of the request shows question and answer."),
        ),
        "question_set_aside": Kind(
            Topic.COLLABORATION,
            N_("Your question about %(thing)s was set aside"),
            N_("Your question about a request was set aside"),
            next_step=N_("The page of the request gives the reason."),
        ),
        "response_shortlisted": Kind(
            Topic.COLLABORATION,
            N_("Your response to %(thing)s was shortlisted"),
            N_("Your response to a request was shortlisted"),
        ),
        "response_accepted": Kind(
            Topic.COLLABORATION,
            N_("Your response to %(thing)s was accepted"),
            N_("Your response to a request was accepted"),
            next_step=N_("Plan your first steps together."),
        ),
        "response_declined": Kind(
            Topic.COLLABORATION,
            N_("Your response to %(thing)s was declined"),
            N_("Your response to a request was declined"),
            next_step=N_("The page of your response gives the reason."),
        ),
        "request_closed": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s takes no further response. Thank you for yours"),
            N_("A request to which you responded takes no further response. Thank you for yours"),
        ),
        "response_waits": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s has expired. Your response waits in case it is opened again"),
            N_(
                "A request to which you responded has expired. Your response waits in case it is opened again"
            ),
            next_step=N_("There is nothing that you must do."),
            dated=Dated.REOPENING,
        ),
        "request_withdrawn": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s was withdrawn: no response is needed"),
            N_("A request to you was withdrawn: no response is needed"),
        ),
        "response_returned": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s is open again: your response counts"),
            N_("A request to which you responded is open again: your response counts"),
            next_step=N_("You can change your response until the new due date."),
            dated=Dated.UNTIL,
        ),
        # conversations
        "conversation_message": Kind(
            Topic.MESSAGES,
            N_("A message waits in the conversation about %(thing)s"),
            N_("A message waits in a conversation"),
        ),
        "participant_left": Kind(
            Topic.MESSAGES,
            N_("Somebody left the conversation about %(thing)s"),
            N_("Somebody left a conversation"),
        ),
        "call_answered": Kind(
            Topic.MESSAGES,
            N_("A coordinator answered your call about %(thing)s"),
            N_("A coordinator answered your call for help"),
            next_step=N_("The answer stands in the conversation."),
        ),
        # partnerships
        "plan_changed": Kind(
            Topic.COLLABORATION,
            N_("The plan for %(thing)s was changed"),
            N_("The plan of a partnership was changed"),
            next_step=N_("Look at the steps and dates as they stand now."),
        ),
        "step_due": Kind(
            Topic.COLLABORATION,
            N_("A step of the plan for %(thing)s is overdue"),
            N_("A step of a plan is overdue"),
            next_step=N_("Mark it as done, or agree on another day."),
            dated=Dated.DAY,
        ),
        "partnership_started": Kind(
            Topic.COLLABORATION,
            N_("Work on %(thing)s has started"),
            N_("Work on a partnership has started"),
        ),
        "outcome_recorded": Kind(
            Topic.COLLABORATION,
            N_("The outcome of %(thing)s was recorded: agree to it or dispute it"),
            N_("The outcome of a partnership was recorded: agree to it or dispute it"),
            next_step=N_("Read it, then agree to it, or say what is wrong."),
        ),
        "outcome_agreed": Kind(
            Topic.COLLABORATION,
            N_("The other side agreed to the outcome of %(thing)s"),
            N_("The other side agreed to an outcome"),
        ),
        "outcome_disputed": Kind(
            Topic.COLLABORATION,
            N_("The other side disputes the outcome of %(thing)s"),
            N_("The other side disputes an outcome"),
            next_step=N_("Read what is said to be wrong, and put the outcome differently, or talk about it."),
        ),
        "follow_up_due": Kind(
            Topic.COLLABORATION,
            N_("Tell what became of %(thing)s"),
            N_("Tell what became of a partnership"),
            next_step=N_("A few words are enough: did it stay in use, and what did it change?"),
        ),
        "partner_left": Kind(
            Topic.COLLABORATION,
            N_("A partner of %(thing)s left the hub"),
            N_("A partner left the hub"),
        ),
        "partnership_cancelled": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s was cancelled"),
            N_("A partnership was cancelled"),
        ),
        # desks
        "request_submitted": Kind(
            Topic.DESK,
            N_("A request for a partner waits for review"),
            N_("A request for a partner waits for review"),
        ),
        "requirements_proposed": Kind(
            Topic.DESK,
            N_("New requirements of a request wait for review"),
            N_("New requirements of a request wait for review"),
        ),
        "coordinator_called": Kind(
            Topic.DESK,
            N_("Somebody in a conversation calls for a coordinator"),
            N_("Somebody in a conversation calls for a coordinator"),
        ),
        "unanswered_in_country": Kind(
            Topic.DESK,
            N_("%(thing)s has waited for an answer in your country for five working days"),
            N_("Something has waited for an answer in your country for five working days"),
            next_step=N_(
                "The list shows what waits, and since when. A word to those who can answer often helps."
            ),
            usual=Frequency.AT_ONCE,
        ),
        "unanswered_long": Kind(
            Topic.DESK,
            N_("%(thing)s has waited for an answer for ten working days"),
            N_("Something has waited for an answer for ten working days"),
            next_step=N_(
                "The list shows what waits, and since when. A word to those who can answer often helps."
            ),
            usual=Frequency.AT_ONCE,
        ),
    }
)
"""Kinds by name; each is about a request or what belongs to it, and called after the request."""
