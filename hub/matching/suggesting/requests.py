"""Which open requests are suggested to a member, and for an innovation that may answer them."""

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import is_inside
from hub.collaboration.models import CollaborationRequest
from hub.core.pagination import Page, PageRequest
from hub.matching.facts import Kind
from hub.matching.index.index import MatchIndex
from hub.matching.parts import Pairing
from hub.matching.subjects.innovations import record_facts
from hub.matching.subjects.people import own_facts
from hub.matching.suggesting.leaving_out import dismissed, requests_of_no_use
from hub.matching.suggesting.membership import member_id_of
from hub.matching.suggesting.ordering import Emphases, suggested
from hub.matching.suggesting.suggestion import FIRST_TEN, Aim, LeftOut, Suggestion


def aim_for_me(viewer: Viewer) -> Aim:
    """Return for what requests are suggested to a member: their profile.

    Raises:
        ForbiddenError: the viewer is no member.
    """
    return Aim(
        Pairing.MEMBER_REQUEST,
        own_facts(member_id_of(viewer)),
        left_out={
            **requests_of_no_use(viewer),
            LeftOut.DISMISSED: dismissed(viewer, "", Kind.REQUEST),
        },
    )


def aim_for_innovation(viewer: Viewer, innovation: Innovation) -> Aim:
    """Return for what requests are suggested that an innovation may answer; none to who is not its audience or side.

    Raises:
        ForbiddenError: the viewer is no member.
    """
    member_id_of(viewer)
    is_theirs = innovation.published_revision is not None and is_inside(viewer, innovation)
    about_it = CollaborationRequest.innovation_id == innovation.id
    of_owner = CollaborationRequest.organisation_id == innovation.owner_id
    return Aim(
        Pairing.INNOVATION_REQUEST,
        record_facts(innovation) if is_theirs else None,
        innovation.subject,
        {
            **requests_of_no_use(viewer, about_it, of_owner),
            LeftOut.DISMISSED: dismissed(viewer, innovation.subject, Kind.REQUEST),
        },
    )


def requests_for_me(
    index: MatchIndex, viewer: Viewer, page: PageRequest = FIRST_TEN, *, emphases: Emphases | None = None
) -> Page[Suggestion]:
    """Return a page of the requests that `viewer` could answer.

    Raises:
        ForbiddenError: the viewer is no member.
        UnavailableError: the index is being prepared.
    """
    return suggested(index, viewer, aim_for_me(viewer), page, emphases)
