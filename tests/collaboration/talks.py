"""Conversations for tests: two sides, those who belong to them, and everybody else."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from hub.audit.models import AuditEntry
from hub.collaboration.conversations.permissions import conversations_visible_to
from hub.collaboration.conversations.queries import conversation_about
from hub.collaboration.conversations.service import send_message
from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    CoordinatorCall,
    Response,
    ResponseStatus,
)
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.viewers import viewer_of
from hub.members.models import Block, Member
from hub.notifications.models import Notification
from tests.collaboration.requests import make_coordinator, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

GREETING = "Can you read **notices** of 2019 too?"


@dataclass(frozen=True)
class Scene:
    """A request posted for an organisation, and a response to it by a member of their own.

    `poster` and `colleague` act for the requester, `responder` for the responder; `rival` responds to the same request.
    """

    request: CollaborationRequest
    response: Response
    poster: Member
    colleague: Member
    responder: Member
    rival: Member
    stranger: Member

    @property
    def conversation(self) -> Conversation | None:
        """The conversation, once somebody wrote."""
        return conversation_about(self.response)


def make_scene(*, status=ResponseStatus.SUBMITTED, tlp=None, **request):
    """Store both sides and everybody else; `request` goes to `opened_request`."""
    organisation = make_organisation()
    poster, colleague = make_member(represents=[organisation]), make_member(represents=[organisation])
    posted = opened_request(poster, organisation_id=organisation.id, **request)
    responder, rival = make_member(), make_member()
    response = responded(posted, responder, status=status, tlp=tlp or posted.tlp)
    responded(posted, rival)
    return Scene(posted, response, poster, colleague, responder, rival, make_member())


def wrote(scene, who, words=GREETING, **more):
    """Have somebody write; return the message."""
    with transaction():
        return send_message(getattr(scene, who), scene.response, words=words, **more)


def begun(**more):
    """Store both sides and a first message of the poster."""
    scene = make_scene(**more)
    wrote(scene, "poster")
    return scene


def called(scene, *, by="poster", taken_by=None):
    """Store a call for a coordinator, taken or not."""
    call = CoordinatorCall(
        conversation_id=scene.conversation.id,
        called_by_id=getattr(scene, by).id,
        words="Who decides?",
        taken_by_id=taken_by and taken_by.id,
        taken_at=now() if taken_by else None,
    )
    session().add(call)
    session().commit()
    return call


def helper():
    """Store a coordinator who may take calls."""
    return make_coordinator()


def sees(who):
    """Return what permissions know of somebody."""
    return viewer_of(who)


def told(kind):
    """Return who was told something of a kind."""
    return {
        each.member_id for each in session().scalars(select(Notification).where(Notification.kind == kind))
    }


def forget_told():
    """Forget what anybody was told until now."""
    session().execute(delete(Notification))
    session().commit()


def tags():
    """Return what the audit log holds."""
    return set(session().scalars(select(AuditEntry.tag)))


def rows_for(who):
    """Return how many conversations the SQL condition gives somebody."""
    return len(session().scalars(select(Conversation).where(conversations_visible_to(sees(who)))).all())


def block(one, other):
    """Have one member block another."""
    session().add(Block(member_id=one.id, blocked_id=other.id, blocked_at=now()))
    session().commit()
