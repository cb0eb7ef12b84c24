"""Whom somebody may ask to take a commitment over: members whom they know and who take messages."""

from collections.abc import Sequence

from sqlalchemy import select

from hub.access.viewer import Role, Viewer
from hub.commitments.models import Commitment
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.ids import PUBLIC_ID_LENGTH
from hub.integrity.viewers import viewer_of
from hub.members.messages.permissions import can_write
from hub.members.messages.queries import acquaintance_of
from hub.members.models import Member
from hub.members.profiles.finding import members_called

NOT_THERE = N_("This member is not there, or not any more. Choose again.")
TAKES_NONE = N_("%(name)s takes nothing from you through the hub, so you cannot ask them.")
YOURSELF = N_("Choose somebody else. Who wants to take it over is asked by another keeper of this record.")
OWNER_ALREADY = N_("%(name)s answers for this commitment already.")


def member_to_ask(public_id: str, viewer: Viewer) -> Member:
    """Return the member with this random id, if `viewer` may ask them to take something over.

    Coordinators may ask every approved member, others those whose page they may read and who take messages.

    Raises:
        InvalidError: they may not; with field `to`.
    """
    found = session().scalar(select(Member).where(Member.public_id == public_id.strip()))
    if found is None or not viewer_of(found).is_member:
        raise InvalidError(NOT_THERE, field="to")
    if found.id == viewer.member_id:
        raise InvalidError(YOURSELF, field="to")
    if not viewer.has_role(Role.COORDINATOR):
        other = acquaintance_of(viewer, found)
        if not other.is_known:
            raise InvalidError(NOT_THERE, field="to")
        if not can_write(viewer, other):
            raise InvalidError(TAKES_NONE, field="to", name=found.display_name)
    return found


def members_to_ask(commitment: Commitment, viewer: Viewer, words: str) -> Sequence[Member]:
    """Return members whom `viewer` may ask to take a commitment over.

    Args:
        commitment: for which somebody is looked for.
        viewer: who looks.
        words: part of a name, or a whole member id.
    """
    if len(words) == PUBLIC_ID_LENGTH:
        try:
            member = member_to_ask(words, viewer)
            check_receiver(commitment, member)
        except InvalidError:
            pass
        else:
            return (member,)
    not_these = {each for each in (viewer.member_id, commitment.owner_id) if each is not None}
    return members_called(viewer, words, but=not_these)


def check_receiver(commitment: Commitment, member: Member) -> None:
    """Refuse to offer a commitment to who answers for it.

    Raises:
        InvalidError: they do; with field `to`.
    """
    if member.id == commitment.owner_id:
        raise InvalidError(OWNER_ALREADY, field="to", name=member.display_name)
