"""Makes a member or an organisation aware of an open call that they may read; it opens nothing to anybody."""

from datetime import timedelta

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.acting import holding_as_requester
from hub.collaboration.inviting.queries import answered, invited, may_learn_readers, readers_told
from hub.collaboration.models import CollaborationRequest, RequestInvitation
from hub.collaboration.permissions import can_respond
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.readers import known_inside, known_speakers
from hub.integrity.viewers import viewers_of
from hub.members.holding import hold_member
from hub.members.messages.queries import acquaintance_of
from hub.members.messages.service import YOU_BLOCKED
from hub.members.models import Block, Member
from hub.members.quotas import require_quota
from hub.notifications.models import Notification
from hub.notifications.service import notify
from hub.organisations.models import Organisation, OrganisationMembership
from hub.organisations.people import speakers
from hub.organisations.permissions import can_view

KIND = "request_invited"

DAY = timedelta(days=1)

MOST_A_DAY = 20
"""Invitations that one member may send within `DAY`."""

MOST_IN_ALL = 60
"""Invitations to one request."""

BY_NAME = N_("Only those whom you named read this request, so nobody else can be invited.")
CLOSED = N_("This request takes no responses any more, so nobody can be invited.")
OUTSIDE = N_("You are outside the audience of this request, so the hub cannot tell you who is inside it.")
CANNOT = N_("%(name)s cannot be invited to this request.")
"""Said alike of who may not read it or is not known to, whose account rests, for whom nobody acts, and who is on its
own side."""
ALREADY = N_("%(name)s is invited already.")
RESPONDED = N_("%(name)s has responded already.")
TOO_MANY = N_("You have invited %(number)s within a day, which is the most. Go on tomorrow.")
TOO_MANY_IN_ALL = N_("%(number)s are invited to this request, which is the most.")


def invite_to_respond(actor: Member, request: CollaborationRequest, invitee: Member | Organisation) -> None:
    """Invite somebody inside the audience of an open call to respond to it, once; they are told under its label.

    Who blocked the actor is not told, which the actor does not learn. Whom an organisation's invitation reaches are its
    representatives who may respond. Only who is inside as far as the actor may know it can be invited: that it worked
    tells that they are.

    Args:
        actor: who acts for the requester.
        request: an open call that takes responses.
        invitee: a member or an organisation that the actor may know of.

    Raises:
        NotFoundError: the request or the invitee is not the actor's to see.
        ForbiddenError: the actor does not act for the requester.
        ConflictError: the request takes no invitations, or the invitee cannot be invited, is invited already, has
            responded, or is blocked by the actor.
        TooManyError: as many were invited as a day allows.
    """
    hold_member(actor.id)
    viewer = holding_as_requester(actor, request)
    if not request.is_open_call:
        raise ConflictError(BY_NAME)
    if not request.takes_responses:
        raise ConflictError(CLOSED)
    if not may_learn_readers(viewer, request):
        raise ConflictError(OUTSIDE)
    name = invitee.display_name if isinstance(invitee, Member) else invitee.name
    _require_known(viewer, invitee)
    reached = _reached(request, invitee)
    _require_new(request, invitee, name)
    if not _is_known_inside(viewer, request, invitee, reached):
        raise ConflictError(CANNOT, name=name)
    require_quota(
        (RequestInvitation.invited_at, RequestInvitation.invited_by_id == actor.id),
        most=MOST_A_DAY,
        period=DAY,
        words=TOO_MANY,
    )
    is_member = isinstance(invitee, Member)
    invitation = RequestInvitation(
        request_id=request.id,
        member_id=invitee.id if is_member else None,
        organisation_id=None if is_member else invitee.id,
        invited_by_id=actor.id,
    )
    session().add(invitation)
    session().flush()
    record(viewer, Event.REQUEST_INVITE, request.subject, after=_named(invitee))
    notify(reached - _deaf_to(actor) - _told_of(request), KIND, request.subject, tlp=request.tlp)


def _require_known(viewer: Viewer, invitee: Member | Organisation) -> None:
    if isinstance(invitee, Organisation):
        if not can_view(viewer, invitee):
            raise NotFoundError
        return
    other = acquaintance_of(viewer, invitee)
    if not other.is_visible:
        raise NotFoundError
    if other.is_blocked:
        raise ConflictError(YOU_BLOCKED)


def _reached(request: CollaborationRequest, invitee: Member | Organisation) -> frozenset[int]:
    """Return the ids of who would be told: those who may respond at this moment, so nobody of the requester's side."""
    if isinstance(invitee, Member):
        people = [invitee]
    elif invitee.id == request.organisation_id:
        return frozenset()
    else:
        ids = sorted(speakers(invitee))
        people = list(session().scalars(select(Member).where(Member.id.in_(ids))))
    return frozenset(number for number, viewer in viewers_of(people).items() if can_respond(viewer, request))


def _is_known_inside(
    viewer: Viewer, request: CollaborationRequest, invitee: Member | Organisation, reached: frozenset[int]
) -> bool:
    """Whether `viewer` may know of one of those who would be reached that they read the request."""
    told = (readers_told(viewer, request),)
    known = select(Member.id).where(Member.id.in_(sorted(reached)))
    if isinstance(invitee, Member):
        known = known.where(known_inside(viewer, told))
    else:
        known = known.join(OrganisationMembership, OrganisationMembership.member_id == Member.id).where(
            OrganisationMembership.organisation_id == invitee.id, known_speakers(viewer, told)
        )
    return session().scalar(known.limit(1)) is not None


def _require_new(request: CollaborationRequest, invitee: Member | Organisation, name: str) -> None:
    before, heard = invited(request), answered(request)
    if isinstance(invitee, Member):
        is_invited, has_answered = invitee.id in before.member_ids, invitee.id in heard.member_ids
    else:
        is_invited = invitee.id in before.organisation_ids
        has_answered = invitee.id in heard.organisation_ids
    if is_invited:
        raise ConflictError(ALREADY, name=name)
    if has_answered:
        raise ConflictError(RESPONDED, name=name)
    if len(before.member_ids) + len(before.organisation_ids) >= MOST_IN_ALL:
        raise ConflictError(TOO_MANY_IN_ALL, number=MOST_IN_ALL)


def _deaf_to(actor: Member) -> frozenset[int]:
    """Return the ids of who blocked the actor."""
    return frozenset(session().scalars(select(Block.member_id).where(Block.blocked_id == actor.id)))


def _told_of(request: CollaborationRequest) -> frozenset[int]:
    """Return the ids of who was told already that they are invited, as themselves or for an organisation."""
    told = select(Notification.member_id).where(
        Notification.kind == KIND, Notification.subject == request.subject
    )
    return frozenset(session().scalars(told))


def _named(invitee: Member | Organisation) -> dict[str, str]:
    if isinstance(invitee, Member):
        return {"member": invitee.public_id}
    return {"organisation": invitee.slug}
