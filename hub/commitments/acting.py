"""The first steps of what is done to a commitment: hold it, then see who acts."""

from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm.exc import ObjectDeletedError

from hub.access.viewer import Viewer
from hub.commitments.holding import hold_commitment
from hub.commitments.models import Commitment
from hub.commitments.permissions import answers_for, can_keep, can_view
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import Member


def holding_as_reader(actor: Member, commitment: Commitment) -> Viewer:
    """Hold a commitment and return the viewer that `actor` is, if they may know of it.

    Raises:
        NotFoundError: it is not the actor's to see.
    """
    try:
        hold_commitment(commitment)
    except (InvalidRequestError, ObjectDeletedError):
        # a draft that was discarded in another window
        raise NotFoundError from None
    viewer = viewer_of(actor)
    if not can_view(viewer, commitment):
        raise NotFoundError
    return viewer


def holding_as_keeper(actor: Member, commitment: Commitment) -> Viewer:
    """Hold a commitment and return the viewer that `actor` is, if they keep its record.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: they see it, but do not keep it.
    """
    viewer = holding_as_reader(actor, commitment)
    if not can_keep(viewer, commitment):
        raise ForbiddenError
    return viewer


def holding_as_answerer(actor: Member, commitment: Commitment) -> Viewer:
    """Hold a commitment and return the viewer that `actor` is, if they own it or keep its record.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: they see it, but do not answer for it.
    """
    viewer = holding_as_reader(actor, commitment)
    if not answers_for(viewer, commitment):
        raise ForbiddenError
    return viewer
