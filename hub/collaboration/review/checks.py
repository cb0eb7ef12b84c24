"""What the hub checks by itself in a request before a coordinator decides about it."""

from collections.abc import Iterator

from sqlalchemy import or_, select

from hub.access.viewer import Viewer
from hub.catalogue.review.checks import MAX_EXCERPTS, Finding, Level
from hub.catalogue.review.patterns import Pattern, traces_in
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import visible_to
from hub.collaboration.queries import requirements_of
from hub.collaboration.review.service import OVERDUE, is_overdue
from hub.collaboration.traces import traces_in_words
from hub.core import clock
from hub.core.database import session
from hub.core.i18n import N_

SOON = 7
"""Days before the due date in which few can respond."""

TEXTS = ("title", "summary", "background", "outcome_wanted", "brings")


def texts_of(request: CollaborationRequest) -> dict[str, str]:
    """Return what a request says in words, by field; the requirements in force together."""
    words = {name: getattr(request, name) for name in TEXTS}
    return {**words, "requirements": "\n".join(each.words for each in requirements_of(request).requirements)}


def findings_on(request: CollaborationRequest) -> list[Finding]:
    """Return what the hub checked by itself in a submitted request, in a fixed order."""
    return [*on_traces(texts_of(request)), _on_dates(request)]


def on_traces(texts: dict[str, str]) -> Iterator[Finding]:
    """Yield what looks like a number or an address of a person or a case, and the names of people; else that none does.

    Args:
        texts: words by the name of their field.
    """
    traces = {name: tuple(each.excerpt for each in traces_in_words(words)) for name, words in texts.items()}
    people = {
        name: tuple(excerpt for kind, excerpt in traces_in(words) if kind is Pattern.NAME)
        for name, words in texts.items()
    }
    if any(traces.values()):
        message = N_("It holds what looks like the number or address of a person or case: %(excerpts)s")
        yield _found(Level.WARN, message, traces)
    else:
        yield Finding(Level.OK, N_("No number or address of a person or case was found."))
    if any(people.values()):
        yield _found(Level.LOOK, N_("It may name a person: %(excerpts)s"), people)


def alike(request: CollaborationRequest, viewer: Viewer) -> list[CollaborationRequest]:
    """Return other requests of the same requester and type that take responses and that `viewer` may know of."""
    asked = [CollaborationRequest.posted_by_id == request.posted_by_id]
    if request.organisation_id is not None:
        asked.append(CollaborationRequest.organisation_id == request.organisation_id)
    return list(
        session().scalars(
            select(CollaborationRequest)
            .where(
                CollaborationRequest.id != request.id,
                CollaborationRequest.type == request.type,
                CollaborationRequest.status.in_(TAKES_RESPONSES),
                or_(*asked),
                visible_to(viewer),
            )
            .order_by(CollaborationRequest.opened_at.desc())
            .limit(MAX_EXCERPTS)
        )
    )


def _found(level: Level, message: str, excerpts: dict[str, tuple[str, ...]]) -> Finding:
    each = tuple(dict.fromkeys(excerpt for found in excerpts.values() for excerpt in found))
    fields = tuple(name for name, found in excerpts.items() if found)
    return Finding(level, message, {"excerpts": each[:MAX_EXCERPTS]}, fields=fields)


def _on_dates(request: CollaborationRequest) -> Finding:
    if request.due_at is None or is_overdue(request):
        return Finding(Level.WARN, OVERDUE)
    if (request.due_at - clock.now()).days < SOON:
        return Finding(Level.LOOK, N_("It takes responses for less than a week. Few can respond in time."))
    return Finding(Level.OK, N_("Its due date leaves a week or more to respond."))
