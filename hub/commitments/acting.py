"""The first steps of what is done to a commitment: hold it, then see who acts."""

from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm.exc import ObjectDeletedError

from hub.access.viewer import Viewer
from hub.commitments.holding import hold_commitment
from hub.commitments.models import Commitment
from hub.commitments.permissions import answers_for, can_keep, can_view, is_owner
from hub.core.errors import ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

OWNER_KEEPS_NOT = N_(
    "You answer for this commitment. So another focal point or coordinator changes what its record says, by what it"
    " is measured, and what reports said of it."
)


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
    check_keeps(viewer, commitment)
    return viewer


def check_keeps(viewer: Viewer, commitment: Commitment) -> None:
    """Refuse whoever does not keep the record of a commitment that they see.

    Raises:
        ForbiddenError: they do not keep it; says why not to its owner.
    """
    if is_owner(viewer, commitment):
        raise ForbiddenError(OWNER_KEEPS_NOT)
    if not can_keep(viewer, commitment):
        raise ForbiddenError


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
