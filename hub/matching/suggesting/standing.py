"""Asks the features' own tables, just before anything is shown, whether it still stands and the viewer may see it."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from sqlalchemy import ColumnElement, Select, select

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationStatus
from hub.catalogue.permissions import in_audience_of
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import in_audience_of as request_in_audience_of
from hub.core import clock
from hub.core.database import session
from hub.matching.facts import Kind
from hub.matching.suggesting.audiences import Audiences, members_inside, organisations_inside
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import listed_for
from hub.organisations.models import Organisation
from hub.organisations.permissions import PUBLIC_STATES, is_not_merged


def _innovations(keys: list[str], viewer: Viewer) -> Select[str]:
    return select(Innovation.public_id).where(
        Innovation.public_id.in_(keys),
        Innovation.status == InnovationStatus.PUBLISHED,
        in_audience_of(viewer),
    )


def _requests(keys: list[str], viewer: Viewer) -> Select[str]:
    is_open: ColumnElement[bool] = CollaborationRequest.status.in_(TAKES_RESPONSES)
    return select(CollaborationRequest.public_id).where(
        CollaborationRequest.public_id.in_(keys),
        is_open,
        CollaborationRequest.due_at > clock.now(),
        request_in_audience_of(viewer),
    )


def _members(keys: list[str], viewer: Viewer) -> Select[str]:
    return (
        select(Member.public_id)
        .join(Profile, Profile.member_id == Member.id)
        .where(Member.public_id.in_(keys), listed_for(viewer))
    )


def _organisations(keys: list[str], _viewer: Viewer) -> Select[str]:
    return select(Organisation.slug).where(
        Organisation.slug.in_(keys), Organisation.status.in_(sorted(PUBLIC_STATES)), is_not_merged()
    )


SELECTS: Mapping[Kind, Callable[[list[str], Viewer], Select[str]]] = MappingProxyType(
    {
        Kind.INNOVATION: _innovations,
        Kind.REQUEST: _requests,
        Kind.MEMBER: _members,
        Kind.ORGANISATION: _organisations,
    }
)


def still_standing(
    kind: Kind, keys: Collection[str], viewer: Viewer, audiences: Audiences = ()
) -> frozenset[str]:
    """Return those of the things that may be suggested to `viewer` at this moment.

    They are shown to the viewer as part of their audience, and neither archived, closed nor past due. Of people and
    organisations only those inside `audiences`, of what they are suggested for, as far as the viewer may know it.
    """
    found = frozenset(session().scalars(SELECTS[kind](sorted(keys), viewer)))
    if kind is Kind.MEMBER:
        return members_inside(found, audiences)
    if kind is Kind.ORGANISATION:
        return organisations_inside(found, viewer, audiences)
    return found
