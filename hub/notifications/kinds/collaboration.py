"""What members are told about requests, responses, conversations and partnerships."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.core.i18n import N_
from hub.notifications.kinds.kind import Kind
from hub.notifications.models import Topic

COLLABORATION: Mapping[str, Kind] = MappingProxyType(
    {
        # one's own requests
        "request_opened": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s is open: members can respond"),
            N_("A request of yours is open"),
        ),
        "request_changes": Kind(
            Topic.COLLABORATION,
            N_("Changes were requested for %(thing)s"),
            N_("Changes were requested for a request of yours"),
        ),
        "request_declined": Kind(
            Topic.COLLABORATION, N_("%(thing)s was declined"), N_("A request of yours was declined")
        ),
        "requirements_decided": Kind(
            Topic.COLLABORATION,
            N_("A coordinator decided about the new requirements of %(thing)s"),
            N_("A coordinator decided about the new requirements of a request of yours"),
        ),
        "response_received": Kind(
            Topic.COLLABORATION,
            N_("Somebody responded to %(thing)s"),
            N_("Somebody responded to a request of yours"),
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
        ),
        "receiver_passed": Kind(
            Topic.COLLABORATION,
            N_("A receiver of %(thing)s will not respond"),
            N_("A receiver of a request of yours will not respond"),
        ),
        "receiver_gone": Kind(
            Topic.COLLABORATION,
            N_("A receiver of %(thing)s can no longer be reached"),
            N_("A receiver of a request of yours can no longer be reached"),
        ),
        "question_asked": Kind(
            Topic.COLLABORATION,
            N_("Somebody asked a question about %(thing)s"),
            N_("Somebody asked a question about a request of yours"),
        ),
        "request_expiring": Kind(
            Topic.COLLABORATION, N_("%(thing)s expires soon"), N_("A request of yours expires soon")
        ),
        "request_expired": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s has expired. You can open it again"),
            N_("A request of yours has expired. You can open it again"),
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
        ),
        "request_due": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s takes responses for a few more days"),
            N_("A request that concerns you takes responses for a few more days"),
        ),
        "requirements_changed": Kind(
            Topic.COLLABORATION,
            N_("The requirements of %(thing)s have changed. Look at your response"),
            N_("The requirements of a request have changed. Look at your response"),
        ),
        "due_date_moved": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s takes responses until another date"),
            N_("A request that concerns you takes responses until another date"),
        ),
        "question_answered": Kind(
            Topic.COLLABORATION,
            N_("A question about %(thing)s was answered"),
            N_("A question about a request was answered"),
        ),
        "question_set_aside": Kind(
            Topic.COLLABORATION,
            N_("Your question about %(thing)s was set aside"),
            N_("Your question about a request was set aside"),
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
        ),
        "response_declined": Kind(
            Topic.COLLABORATION,
            N_("Your response to %(thing)s was declined"),
            N_("Your response to a request was declined"),
        ),
        "request_closed": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s was closed. Thank you for your response"),
            N_("A request to which you responded was closed. Thank you for your response"),
        ),
        "response_waits": Kind(
            Topic.COLLABORATION,
            N_("%(thing)s has expired. Your response waits in case it is opened again"),
            N_(
                "A request to which you responded has expired. Your response waits in case it is opened again"
            ),
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
        ),
        # partnerships
        "plan_changed": Kind(
            Topic.COLLABORATION,
            N_("The plan for %(thing)s was changed"),
            N_("The plan of a partnership was changed"),
        ),
        "step_due": Kind(
            Topic.COLLABORATION,
            N_("A step of the plan for %(thing)s is overdue"),
            N_("A step of a plan is overdue"),
        ),
        "partnership_started": Kind(
            Topic.COLLABORATION, N_("Work on %(thing)s has started"), N_("Work on a partnership has started")
        ),
        "outcome_recorded": Kind(
            Topic.COLLABORATION,
            N_("The outcome of %(thing)s was recorded: agree to it or dispute it"),
            N_("The outcome of a partnership was recorded: agree to it or dispute it"),
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
        ),
        "follow_up_due": Kind(
            Topic.COLLABORATION, N_("Tell what became of %(thing)s"), N_("Tell what became of a partnership")
        ),
        "partnership_cancelled": Kind(
            Topic.COLLABORATION, N_("%(thing)s was cancelled"), N_("A partnership was cancelled")
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
            N_("Something has waited for an answer in your country for five working days"),
            N_("Something has waited for an answer in your country for five working days"),
        ),
        "unanswered_long": Kind(
            Topic.DESK,
            N_("Something has waited for an answer for ten working days"),
            N_("Something has waited for an answer for ten working days"),
        ),
    }
)
"""Kinds by name; `request` is what each is about, and the thing that it is called after."""
