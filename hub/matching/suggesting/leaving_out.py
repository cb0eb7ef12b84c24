"""What is not suggested although it would fit: own things, what was answered, sent or invited, who is blocked."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, and_, or_, select

from hub.access.viewer import Role, Viewer
from hub.catalogue.models import CountryRelation, Innovation, RevisionCountry
from hub.catalogue.permissions import registered_by
from hub.collaboration.inviting.queries import UNKNOWN
from hub.collaboration.models import (
    CollaborationRequest,
    RequestInvitation,
    RequestReceiver,
    Response,
    ResponseStatus,
)
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import requested_by, responded_by
from hub.core.database import session
from hub.matching.facts import Kind
from hub.matching.models import Dismissal
from hub.matching.suggesting.suggestion import LeftOut
from hub.members.models import Block, Member, Profile
from hub.members.profiles.permissions import visible_to
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership

Keys = frozenset[str]


def _keys(statement: Select[str]) -> Keys:
    return frozenset(session().scalars(statement))


def dismissed(viewer: Viewer, purpose: str, kind: Kind) -> Keys:
    """Return the keys of what `viewer` set aside for one purpose."""
    rows = session().scalars(
        select(Dismissal.subject).where(
            Dismissal.member_id == viewer.member_id,
            Dismissal.purpose == purpose,
            Dismissal.subject.startswith(f"{kind}:", autoescape=True),
        )
    )
    return frozenset(each.partition(":")[2] for each in rows)


def blocked_members(viewer: Viewer) -> Keys:
    """Return the public ids of the members whom `viewer` blocked."""
    return _keys(
        select(Member.public_id)
        .join(Block, Block.blocked_id == Member.id)
        .where(Block.member_id == viewer.member_id)
    )


def own_innovations(viewer: Viewer, *also: ColumnElement[bool]) -> Keys:
    """Return the public ids of what `viewer` registered or an organisation of theirs owns, and what `also` names."""
    return _keys(
        select(Innovation.public_id).where(
            or_(registered_by(viewer), Innovation.owner_id.in_(sorted(viewer.organisations)), *also)
        )
    )


def innovations_of_country(country: str) -> Keys:
    """Return the public ids of innovations that come from a country or are in use there already."""
    in_use = select(RevisionCountry.revision_id).where(
        RevisionCountry.country == country, RevisionCountry.relation == CountryRelation.DEPLOYED
    )
    return _keys(
        select(Innovation.public_id).where(
            or_(Innovation.origin_country == country, Innovation.published_revision_id.in_(in_use))
        )
    )


def requests_of_no_use(viewer: Viewer, *own: ColumnElement[bool]) -> Mapping[LeftOut, Keys]:
    """Return the public ids of requests that `viewer` posted, answered, got by name or was invited to, by why.

    Args:
        viewer: who looks for requests.
        own: conditions of further requests that belong to their side.
    """
    request = CollaborationRequest
    theirs = or_(
        requested_by(viewer),
        request.posted_by_id == viewer.member_id,
        and_(request.organisation_id.is_not(None), request.organisation_id.in_(sorted(viewer.organisations))),
        *own,
    )
    answered = request.id.in_(
        select(Response.request_id).where(responded_by(viewer), Response.status != ResponseStatus.WITHDRAWN)
    )
    received = request.id.in_(
        select(RequestReceiver.request_id).where(
            or_(
                RequestReceiver.member_id == viewer.member_id,
                RequestReceiver.organisation_id.in_(sorted(viewer.organisations)),
            )
        )
    )
    invited = request.id.in_(
        select(RequestInvitation.request_id).where(
            or_(
                RequestInvitation.member_id == viewer.member_id,
                RequestInvitation.organisation_id.in_(sorted(viewer.represents)),
            )
        )
    )
    # who posted a request is told only where their page is shown: of others that they are blocked would tell it
    blocked = request.posted_by_id.in_(
        select(Block.blocked_id)
        .join(Member, Member.id == Block.blocked_id)
        .join(Profile, Profile.member_id == Member.id)
        .where(Block.member_id == viewer.member_id, visible_to(viewer))
    )
    ways = {
        LeftOut.OWN: theirs,
        LeftOut.ANSWERED: answered,
        LeftOut.RECEIVED: received,
        LeftOut.INVITED: invited,
        LeftOut.BLOCKED: blocked,
    }
    return {why: _requests(condition) for why, condition in ways.items()}


def _requests(condition: ColumnElement[bool]) -> Keys:
    return _keys(
        select(CollaborationRequest.public_id).where(
            CollaborationRequest.status.in_(TAKES_RESPONSES), condition
        )
    )


def members_of_side(
    viewer: Viewer, organisation_ids: frozenset[int | None], member_ids: frozenset[int | None]
) -> Keys:
    """Return the public ids of `viewer`, some members, and of those whom they know to belong to some organisations.

    Who belongs to an organisation is known to its own people and to coordinators, and to others of who agreed to be
    named on its page: that somebody is left out tells nobody more.
    """
    belongs = select(OrganisationMembership.member_id).where(
        OrganisationMembership.organisation_id.in_(_known(organisation_ids)),
        OrganisationMembership.status == MembershipStatus.ACTIVE,
    )
    if not viewer.has_role(Role.COORDINATOR):
        belongs = belongs.where(
            or_(
                OrganisationMembership.is_shown.is_(True),
                OrganisationMembership.organisation_id.in_(sorted(viewer.organisations)),
            )
        )
    return _keys(
        select(Member.public_id).where(
            or_(Member.id.in_(_known(member_ids | {viewer.member_id})), Member.id.in_(belongs))
        )
    )


def _known(numbers: frozenset[int | None]) -> list[int]:
    return sorted(number for number in numbers if number is not None)


READ_BY_REQUESTER = Response.status.not_in(UNKNOWN)
"""A draft is its responder's secret, and so is that they took a response back: neither changes a list."""


def members_asked(request: CollaborationRequest) -> Mapping[LeftOut, Keys]:
    """Return the public ids of members who responded to a request, got it by name or were invited, by why."""
    answered = select(Response.responder_id).where(Response.request_id == request.id, READ_BY_REQUESTER)
    received = select(RequestReceiver.member_id).where(
        RequestReceiver.request_id == request.id, RequestReceiver.member_id.is_not(None)
    )
    invited = select(RequestInvitation.member_id).where(
        RequestInvitation.request_id == request.id, RequestInvitation.member_id.is_not(None)
    )
    return {
        why: _keys(select(Member.public_id).where(Member.id.in_(of)))
        for why, of in (
            (LeftOut.ANSWERED, answered),
            (LeftOut.RECEIVED, received),
            (LeftOut.INVITED, invited),
        )
    }


def organisations_asked(request: CollaborationRequest) -> Mapping[LeftOut, Keys]:
    """Return the slugs of organisations for which a request was answered, got by name or invited, by why."""
    answered = select(Response.organisation_id).where(
        Response.request_id == request.id, READ_BY_REQUESTER, Response.organisation_id.is_not(None)
    )
    received = select(RequestReceiver.organisation_id).where(
        RequestReceiver.request_id == request.id, RequestReceiver.organisation_id.is_not(None)
    )
    invited = select(RequestInvitation.organisation_id).where(
        RequestInvitation.request_id == request.id, RequestInvitation.organisation_id.is_not(None)
    )
    return {
        why: organisations_among(Organisation.id.in_(of))
        for why, of in (
            (LeftOut.ANSWERED, answered),
            (LeftOut.RECEIVED, received),
            (LeftOut.INVITED, invited),
        )
    }


def organisations_among(condition: ColumnElement[bool]) -> Keys:
    """Return the slugs of the organisations that meet an SQL condition."""
    return _keys(select(Organisation.slug).where(condition))


def innovations_offered(request: CollaborationRequest) -> Keys:
    """Return the public ids of the innovations that responses to a request offer."""
    offered = select(Response.innovation_id).where(
        Response.request_id == request.id, READ_BY_REQUESTER, Response.innovation_id.is_not(None)
    )
    return _keys(select(Innovation.public_id).where(Innovation.id.in_(offered)))
