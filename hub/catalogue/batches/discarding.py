"""Throwing drafts away that were never sent to anybody: one, or those of an import that went wrong."""

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.annexes.service import remove_annexes
from hub.catalogue.batches.queries import imported_drafts
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import can_speak_for
from hub.catalogue.queries import snapshot
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

MOST_DISCARDED = 300
"""The most drafts that are discarded in one go: nobody else can write meanwhile."""


def discard_innovation(actor: Member, innovation: Innovation) -> None:
    """Delete a record that was never sent to anybody, with all that belongs to it; the log keeps that it was there.

    Raises:
        NotFoundError: the actor does not speak for the owner.
        ConflictError: it was sent once, so that others know of it.
    """
    viewer = viewer_of(actor)
    if not can_speak_for(viewer, innovation):
        raise NotFoundError
    if not innovation.was_never_sent:
        raise ConflictError(N_("Only what was never submitted can be discarded. Withdraw it instead."))
    delete_draft(viewer, innovation)


def discard_collection(actor: Member, import_source: str) -> int:
    """Delete the drafts of one collection that the actor imported and nobody was sent, at most `MOST_DISCARDED`.

    Args:
        actor: who imported them.
        import_source: scope and name of the collection.

    Returns:
        How many were discarded.
    """
    viewer = viewer_of(actor)
    drafts = (each.innovation for each in imported_drafts(viewer, import_source, limit=MOST_DISCARDED))
    unsent = [each for each in drafts if each.was_never_sent]
    for innovation in unsent:
        delete_draft(viewer, innovation)
    return len(unsent)


def delete_draft(viewer: Viewer, innovation: Innovation) -> None:
    """Delete a record that nobody was sent, with all that belongs to it; the caller made sure that this is right.

    Args:
        viewer: who did it, for the audit log.
        innovation: the record.
    """
    record(viewer, Event.INNOVATION_DISCARD, innovation.subject, before=snapshot(innovation.latest_revision))
    remove_annexes(innovation)
    for revision in innovation.revisions:
        session().delete(revision)
    session().flush()
    session().expire(innovation, ["revisions"])
    session().delete(innovation)
    session().flush()
