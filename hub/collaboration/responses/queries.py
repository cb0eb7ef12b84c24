"""What pages read of responses: always what the viewer may read, with what is offered and answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, RevisionText
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
from hub.collaboration.permissions import is_requester, responses_visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError


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
                or_(
                    Response.responder_id == viewer.member_id,
                    Response.organisation_id.in_(sorted(viewer.represents)),
                ),
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


def accepted_responses(request: CollaborationRequest) -> Sequence[Response]:
    """Return the accepted responses to a request, in the order in which they were accepted; for services."""
    return (
        session()
        .scalars(
            select(Response)
            .where(Response.request_id == request.id, Response.status == ResponseStatus.ACCEPTED)
            .order_by(Response.decided_at, Response.id)
        )
        .all()
    )


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


def versions_of(request: CollaborationRequest, numbers: Collection[int]) -> dict[int, RequirementsVersion]:
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


def innovations_called(words: str, viewer: Viewer, *, slug: str = "") -> Sequence[Innovation]:
    """Return the innovations shown to `viewer` that have this name in one of their languages, or this address.

    Args:
        words: the name, in small or capital letters.
        viewer: who names it.
        slug: the last part of the address of its page, or empty where a name is meant.
    """
    if slug:
        wanted = or_(Innovation.slug == slug, Innovation.public_id == slug)
    else:
        named = select(RevisionText.revision_id).where(
            or_(RevisionText.name == words, func.lower(RevisionText.name) == words.lower())
        )
        wanted = or_(Innovation.published_revision_id.in_(named), Innovation.slug == words)
    return session().scalars(select(Innovation).where(wanted, in_audience_of(viewer)).limit(2)).all()


def _loaded(wanted: Select[Response]) -> Select[Response]:
    return wanted.options(
        joinedload(Response.responder),
        joinedload(Response.organisation),
        selectinload(Response.answers).joinedload(ResponseAnswer.requirement),
    )
