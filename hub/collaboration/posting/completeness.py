"""What a request must say before it is sent off."""

from hub.collaboration.models import CollaborationRequest
from hub.collaboration.queries import requirements_of
from hub.core import clock

NEEDED = ("summary", "background", "outcome_wanted", "requirements", "functions", "readers", "due_on")
"""The fields that every request needs besides its title and type."""


def missing_parts(request: CollaborationRequest) -> list[str]:
    """Return the fields that a request still needs before it is sent off, in the order of the page."""
    is_said = {
        "summary": bool(request.summary),
        "background": bool(request.background),
        "outcome_wanted": bool(request.outcome_wanted),
        "requirements": bool(requirements_of(request).essential),
        "functions": bool(request.codes("functions")),
        "readers": are_readers_chosen(request),
        "due_on": request.due_at is not None and request.due_at > clock.now(),
    }
    return [name for name in NEEDED if not is_said[name]]


def are_readers_chosen(request: CollaborationRequest) -> bool:
    """Whether somebody chose who reads it; a draft has no labels before."""
    return bool(request.labels)
