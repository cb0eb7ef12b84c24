"""Questions about a request, as each reader may see them."""

from sqlalchemy import ColumnElement, and_, func, or_, select

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, QuestionStatus, RequestQuestion
from hub.collaboration.permissions import is_requester
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest


def question_by_id(request: CollaborationRequest, public_id: str, viewer: Viewer) -> RequestQuestion:
    """Return a question about a request that `viewer` may know of.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(
        select(RequestQuestion).where(
            RequestQuestion.request_id == request.id,
            RequestQuestion.public_id == public_id,
            _shown_to(viewer, request),
        )
    )
    if found is None:
        raise NotFoundError
    return found


def questions_of(request: CollaborationRequest, viewer: Viewer, page: PageRequest) -> Page[RequestQuestion]:
    """Return the questions that `viewer` may read, those without an answer first, then the latest answers first.

    All readers see what was answered; what waits or was set aside only the requester and who asked.

    Args:
        request: which `viewer` may see.
        viewer: who reads.
        page: which page of them.
    """
    shown = (RequestQuestion.request_id == request.id, _shown_to(viewer, request))
    total = session().scalar(select(func.count()).select_from(RequestQuestion).where(*shown)) or 0
    found = session().scalars(
        select(RequestQuestion)
        .where(*shown)
        .order_by(
            RequestQuestion.status != QuestionStatus.ASKED,
            RequestQuestion.answered_at.desc(),
            RequestQuestion.id.desc(),
        )
        .offset(page.offset)
        .limit(page.per_page)
    )
    return Page(found.all(), total, page)


def _shown_to(viewer: Viewer, request: CollaborationRequest) -> ColumnElement[bool]:
    answered = RequestQuestion.status == QuestionStatus.ANSWERED
    if is_requester(viewer, request):
        return RequestQuestion.status != QuestionStatus.WITHDRAWN
    if viewer.member_id is None:
        return answered
    own = and_(
        RequestQuestion.asked_by_id == viewer.member_id, RequestQuestion.status != QuestionStatus.WITHDRAWN
    )
    return or_(answered, own)
