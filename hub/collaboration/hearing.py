"""Of which requests somebody may hear who decides about others: none with whose parties they have a conflict."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.collaboration.models import CollaborationRequest, RequestReceiver, Response, ResponseStatus


def may_hear_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for requests with whose parties `viewer` has no conflict, as `parties_of` names them."""
    tied = _tied_to(viewer)
    recused = [subject.removeprefix("request:") for subject in sorted(viewer.recusals)]
    conflicted = select(CollaborationRequest.id).where(
        or_(
            CollaborationRequest.posted_by_id == viewer.member_id,
            CollaborationRequest.organisation_id.in_(tied),
            CollaborationRequest.innovation_id.in_(_owned_by(tied)),
            CollaborationRequest.public_id.in_(recused),
        )
    )
    return and_(CollaborationRequest.id.not_in(conflicted), has_no_part_in(viewer))


def has_no_part_in(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for requests that neither `viewer` nor who they are tied to answers or was asked by."""
    tied = _tied_to(viewer)
    responded = select(Response.request_id).where(
        Response.status != ResponseStatus.WITHDRAWN,
        or_(
            Response.responder_id == viewer.member_id,
            Response.organisation_id.in_(tied),
            Response.innovation_id.in_(_owned_by(tied)),
        ),
    )
    asked = select(RequestReceiver.request_id).where(
        or_(RequestReceiver.member_id == viewer.member_id, RequestReceiver.organisation_id.in_(tied))
    )
    return and_(CollaborationRequest.id.not_in(responded), CollaborationRequest.id.not_in(asked))


def is_not_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for responses that are neither `viewer`'s nor of an organisation they are tied to."""
    organisation = Response.organisation_id
    return and_(
        Response.responder_id != viewer.member_id,
        or_(organisation.is_(None), organisation.not_in(_tied_to(viewer))),
    )


def _tied_to(viewer: Viewer) -> list[int]:
    return sorted(viewer.organisations | {each.organisation_id for each in viewer.interests})


def _owned_by(organisation_ids: list[int]) -> Select[int]:
    return select(Innovation.id).where(Innovation.owner_id.in_(organisation_ids))
