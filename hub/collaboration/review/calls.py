"""What coordinators answer when somebody in a conversation calls for them."""

from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.conversations.permissions import label_of
from hub.collaboration.lifecycle import CALLS
from hub.collaboration.models import CoordinatorCall
from hub.collaboration.review.items import request_of
from hub.collaboration.review.taking import check_words, decider
from hub.core import clock
from hub.members.models import Member
from hub.notifications.service import notify


def answer_call(actor: Member, call: CoordinatorCall, *, words: str) -> None:
    """Answer a call. From then on the actor reads neither the conversation nor what it is about.

    Args:
        actor: the coordinator who took it.
        call: what somebody asked for.
        words: the answer, which only who called reads.

    Raises:
        NotFoundError: the actor decides nothing here, or may not hear of it.
        InvalidError: no words.
        ConflictError: the actor did not take it, or it was answered or withdrawn meanwhile.
    """
    viewer = decider(actor, call)
    words = check_words(words)
    CALLS.move(
        call,
        "answer",
        CoordinatorCall.taken_by_id == viewer.member_id,
        answer=words,
        answered_at=clock.now(),
    )
    record(viewer, Event.CALL_ANSWER, call.subject, after={"answer": words})
    notify({call.called_by_id}, "call_answered", request_of(call).subject, tlp=label_of(call.conversation))
