"""What pages read of responses: always what the viewer may read, with what is offered and answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import in_audience_of
from hub.catalogue.queries import loaded_for_lists
from hub.collaboration.models import (
    CollaborationRequest,
    RequirementsVersion,
    Response,
    ResponseAnswer,
    ResponseStatus,
)
from hub.collaboration.models.response import WAITS
from hub.collaboration.permissions import is_requester, responded_by, responses_visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.organisations.people import unspoken_ids
from hub.organisations.queries import present_ids


@dataclass(frozen=True)
class Counts:
    """How many responses a request has, for its requester alone."""

    waiting: int = 0
    accepted: int = 0
    in_all: int = 0


def own_live_response(request: CollaborationRequest, viewer: Viewer) -> Response | None:
    """Return the viewer's own response to a request, a draft too, unless they withdrew it."""
    if viewer.member_id is None:
        return None
    return session().scalar(
        select(Response).where(
            Response.request_id == request.id,
            Response.responder_id == viewer.member_id,
            responded_by(viewer),
            Response.status != ResponseStatus.WITHDRAWN,
        )
    )


def own_responses(request: CollaborationRequest, viewer: Viewer) -> Sequence[Response]:
    """Return the responses to a request for which `viewer` acts, drafts too, withdrawn ones last."""
    if viewer.member_id is None:
        return ()
    return (
        session()
        .scalars(
            select(Response)
            .where(
                Response.request_id == request.id,
                responded_by(viewer),
                responses_visible_to(viewer),
            )
            .order_by(Response.status == ResponseStatus.WITHDRAWN, Response.id)
            .options(joinedload(Response.responder), joinedload(Response.organisation))
        )
        .all()
    )


def responses_to(request: CollaborationRequest, viewer: Viewer) -> Sequence[Response]:
    """Return what was submitted to a request and not withdrawn, by arrival, to the requester's side; else nothing.

    Answers and who responded are loaded with them.
    """
    if not is_requester(viewer, request):
        return ()
    wanted = (
        select(Response)
        .where(
            Response.request_id == request.id,
            Response.status.not_in((ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN)),
        )
        .order_by(Response.submitted_at, Response.id)
    )
    return session().scalars(_loaded(wanted)).all()


def response_in_full(request: CollaborationRequest, public_id: str, viewer: Viewer) -> Response:
    """Return a response that `viewer` may read, with its answers.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    wanted = select(Response).where(
        Response.request_id == request.id, Response.public_id == public_id, responses_visible_to(viewer)
    )
    found = session().scalar(_loaded(wanted))
    if found is None:
        raise NotFoundError
    return found


def response_to_decide(request: CollaborationRequest, public_id: str, viewer: Viewer) -> Response:
    """Return a response that the requester decides about, or that was withdrawn under their eyes.

    Raises:
        NotFoundError: there is none, it is a draft, or the viewer does not act for the requester.
    """
    found = session().scalar(
        select(Response).where(
            Response.request_id == request.id,
            Response.public_id == public_id,
            Response.status != ResponseStatus.DRAFT,
        )
    )
    if found is None or not is_requester(viewer, request):
        raise NotFoundError
    return found


def counted(request: CollaborationRequest, viewer: Viewer) -> Counts:
    """Return how many responses a request has, to its requester's side; to everybody else none."""
    if not is_requester(viewer, request):
        return Counts()
    rows = session().execute(
        select(Response.status, func.count().label("number"))
        .where(
            Response.request_id == request.id,
            Response.status.not_in((ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN)),
        )
        .group_by(Response.status)
    )
    numbers: dict[ResponseStatus, int] = {row.status: row.number for row in rows}
    return Counts(
        waiting=sum(numbers.get(status, 0) for status in WAITS),
        accepted=numbers.get(ResponseStatus.ACCEPTED, 0),
        in_all=sum(numbers.values()),
    )


def unable_ids(responses: Collection[Response]) -> frozenset[int]:
    """Return the ids of those responses for whose side nobody can act on the hub at present."""
    for_themselves = [each for each in responses if each.organisation_id is None]
    found = {each.id for each in for_themselves if not each.responder.is_approved}
    spoken_by = {each.id: each.organisation_id for each in responses if each.organisation_id is not None}
    if spoken_by:
        present = present_ids(set(spoken_by.values()))
        unspoken = unspoken_ids(set(present.values()))
        found |= {number for number, organisation in spoken_by.items() if present[organisation] in unspoken}
    return frozenset(found)


def requirements_by_number(
    request: CollaborationRequest, numbers: Collection[int]
) -> dict[int, RequirementsVersion]:
    """Return versions of the requirements of a request by their numbers, each with its requirements."""
    found = session().scalars(
        select(RequirementsVersion)
        .where(RequirementsVersion.request_id == request.id, RequirementsVersion.number.in_(sorted(numbers)))
        .options(selectinload(RequirementsVersion.requirements))
    )
    return {each.number: each for each in found}


def innovations_named(responses: Collection[Response], viewer: Viewer) -> dict[int, Innovation]:
    """Return those of the innovations that responses name which are shown to `viewer`, by id; the rest is left out."""
    named = {each.innovation_id for each in responses}
    named |= {answer.innovation_id for each in responses for answer in each.answers}
    wanted = sorted(number for number in named if number is not None)
    if not wanted:
        return {}
    found = session().scalars(
        select(Innovation)
        .where(Innovation.id.in_(wanted), in_audience_of(viewer))
        .options(*loaded_for_lists())
    )
    return {each.id: each for each in found}


def _loaded(wanted: Select[Response]) -> Select[Response]:
    return wanted.options(
        joinedload(Response.responder),
        joinedload(Response.organisation),
        selectinload(Response.answers).joinedload(ResponseAnswer.requirement),
    )
