"""Saying as a named receiver that one will not respond."""

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.collaboration.acting import holding_as_reader
from hub.collaboration.answering import mark_answered
from hub.collaboration.lifecycle import RECEIVERS
from hub.collaboration.models import CollaborationRequest, ReceiverStatus, RequestReceiver
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import speaks_for
from hub.collaboration.telling import tell_requester
from hub.core import clock
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.vocabularies.loader import vocabulary

REASONS = "pass_reasons"

WORDS_LENGTH = 1_000


def refusable(viewer: Viewer, request: CollaborationRequest) -> list[RequestReceiver]:
    """Return the receivers that `viewer` may still refuse for, while responses are taken."""
    if request.status not in TAKES_RESPONSES:
        return []
    asked = (each for each in request.receivers if each.status is ReceiverStatus.ASKED)
    return [each for each in asked if speaks_for(viewer, each)]


def refuse_request(actor: Member, request: CollaborationRequest, *, reason: str, words: str = "") -> None:
    """Say that one will not respond to a request to named receivers; the requester is told, with the reason.

    Args:
        actor: a receiver, or a representative of one.
        request: what they were asked for.
        reason: code of `pass_reasons`.
        words: further words to the requester; needed for reasons that are not on the list.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor was not asked by name, and represents nobody who was.
        ConflictError: they have responded or refused already, or it takes no responses any more.
        InvalidError: no reason from the list, or words that cannot be stored.
    """
    viewer = holding_as_reader(actor, request)
    if not any(speaks_for(viewer, each) for each in request.receivers):
        raise ForbiddenError
    receivers = refusable(viewer, request)
    if not receivers:
        raise ConflictError(N_("You have answered this request already, or it takes no responses any more."))
    words = words.strip()
    if reason not in vocabulary(REASONS):
        raise InvalidError(N_("Choose from the list."), field="reason")
    if reason == "other" and not words:
        raise InvalidError(N_("Say what the reason is."), field="words")
    check_text("words", words, WORDS_LENGTH)
    for receiver in receivers:
        RECEIVERS.move(
            receiver,
            "pass",
            answered_at=clock.now(),
            answered_by_id=actor.id,
            reason=reason,
            words=words,
        )
    mark_answered(request)
    after = {"receivers": [each.public_id for each in receivers], "words": words}
    record(viewer, Event.RECEIVER_REFUSE, request.subject, reason=reason, after=after)
    tell_requester("receiver_passed", request)
