"""With whom a shortlist is shared: members and organisations that its keeper may know, until one of them ends it."""

from sqlalchemy import delete, select, update

from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Block, Member
from hub.notifications.models import Notification
from hub.notifications.service import notify
from hub.organisations.models import Organisation
from hub.organisations.permissions import can_view
from hub.shortlists.models import Shortlist, ShortlistShare
from hub.shortlists.permissions import MOST_SHARES
from hub.shortlists.queries import known_member_ids
from hub.shortlists.service import hold, require_keeper

TOLD = "shortlist_shared"

TOO_MANY_SHARES = N_("You share this with %(number)s, which is the most. End a share first.")
WITH_ONESELF = N_("This is you. Choose somebody else.")


def share_with_member(actor: Member, shortlist: Shortlist, member: Member) -> None:
    """Let one member read a list; twice does no harm, and tells them once.

    Whether they blocked the actor is told to nobody.

    Raises:
        NotFoundError: the list is not the actor's, or they may not know the member.
        InvalidError: it is the actor, or the list is shared with too many already.
    """
    viewer = require_keeper(actor, shortlist)
    if member.id == actor.id:
        raise InvalidError(WITH_ONESELF)
    if member.id not in known_member_ids({member.id}, viewer):
        raise NotFoundError
    is_new = _share(shortlist, member_id=member.id)
    if is_new and session().get(Block, (member.id, actor.id)) is None and not _was_told(member, shortlist):
        notify([member.id], TOLD, shortlist.subject)


def share_with_organisation(actor: Member, shortlist: Shortlist, organisation: Organisation) -> None:
    """Let everybody read a list who belongs to an organisation, now and as long as they do.

    Raises:
        NotFoundError: the list is not the actor's, or they may not see the organisation.
        InvalidError: the list is shared with too many already.
    """
    viewer = require_keeper(actor, shortlist)
    if not can_view(viewer, organisation):
        raise NotFoundError
    _share(shortlist, organisation_id=organisation.id)


def end_share(actor: Member, share: ShortlistShare) -> None:
    """Share a list no longer with one member or organisation.

    Raises:
        NotFoundError: the list is not the actor's.
    """
    require_keeper(actor, share.shortlist)
    shortlist = share.shortlist
    session().delete(share)
    session().flush()
    session().expire(shortlist)


def leave_shortlist(actor: Member, shortlist: Shortlist) -> None:
    """End the share with oneself; where there is none, nothing happens.

    One with an organisation is for the keeper of the list to end.
    """
    session().execute(
        delete(ShortlistShare).where(
            ShortlistShare.shortlist_id == shortlist.id, ShortlistShare.member_id == actor.id
        ),
        execution_options={"synchronize_session": False},
    )
    session().expire(shortlist)


def share_merged(former_id: int, present_id: int) -> None:
    """Let lists that are shared with an organisation that was merged be shared with what it became.

    Belongs into the merge.

    Args:
        former_id: the organisation that was merged.
        present_id: the one that it was merged into; a list shared with both is shared with it once.
    """
    of_former = ShortlistShare.organisation_id == former_id
    already = select(ShortlistShare.shortlist_id).where(ShortlistShare.organisation_id == present_id)
    for statement in (
        delete(ShortlistShare).where(of_former, ShortlistShare.shortlist_id.in_(already)),
        update(ShortlistShare).where(of_former).values(organisation_id=present_id),
    ):
        session().execute(statement, execution_options={"synchronize_session": False})
    session().expire_all()


def _was_told(member: Member, shortlist: Shortlist) -> bool:
    """Whether somebody was told of this list before: who ends a share and begins it again tells them once."""
    told = select(Notification.id).where(
        Notification.member_id == member.id,
        Notification.kind == TOLD,
        Notification.subject == shortlist.subject,
    )
    return session().scalar(told.limit(1)) is not None


def _share(shortlist: Shortlist, *, member_id: int | None = None, organisation_id: int | None = None) -> bool:
    """Share a list; return whether it was not shared so before."""
    # those who share a list at once wait for one another, so that neither number nor pairs are overrun
    hold(shortlist, is_change=False)
    session().expire(shortlist)
    if any(
        each.member_id == member_id and each.organisation_id == organisation_id for each in shortlist.shares
    ):
        return False
    if len(shortlist.shares) >= MOST_SHARES:
        raise InvalidError(TOO_MANY_SHARES, number=MOST_SHARES)
    session().add(
        ShortlistShare(shortlist_id=shortlist.id, member_id=member_id, organisation_id=organisation_id)
    )
    session().flush()
    session().expire(shortlist)
    return True
