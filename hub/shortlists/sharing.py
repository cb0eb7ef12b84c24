"""With whom a shortlist is shared: members and organisations that its keeper may know, until one of them ends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Block, Member, MemberStatus
from hub.members.profiles.queries import visible_member_ids
from hub.notifications.service import notify
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership
from hub.organisations.permissions import can_view
from hub.shortlists.models import Shortlist, ShortlistShare
from hub.shortlists.permissions import MOST_SHARES, is_kept_by

TOO_MANY_SHARES = N_("You share this with %(number)s, which is the most. End a share first.")
WITH_ONESELF = N_("This is you. Choose somebody else.")


@dataclass(frozen=True)
class ShownShare:
    """One share as the keeper of the list sees it; neither stands for whom they may no longer know."""

    share: ShortlistShare
    member: Member | None
    organisation: Organisation | None


def shares_of(shortlist: Shortlist, viewer: Viewer) -> list[ShownShare]:
    """Return with whom a list is shared, to its keeper, the latest first; to everybody else nothing."""
    if not is_kept_by(viewer, shortlist):
        return []
    shares = sorted(shortlist.shares, key=lambda each: each.id, reverse=True)
    known = known_member_ids({each.member_id for each in shares if each.member_id is not None}, viewer)
    return [
        ShownShare(
            each,
            each.member if each.member_id in known else None,
            each.organisation if each.organisation and can_view(viewer, each.organisation) else None,
        )
        for each in shares
    ]


def known_member_ids(member_ids: set[int], viewer: Viewer) -> frozenset[int]:
    """Return those of the members whom `viewer` may know: by their profile, or from an organisation of both."""
    if not member_ids:
        return frozenset()
    colleagues = session().scalars(
        select(OrganisationMembership.member_id)
        .join(Member, Member.id == OrganisationMembership.member_id)
        .where(
            OrganisationMembership.member_id.in_(sorted(member_ids)),
            OrganisationMembership.organisation_id.in_(sorted(viewer.organisations)),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            Member.status == MemberStatus.APPROVED,
        )
    )
    return visible_member_ids(member_ids, viewer) | frozenset(colleagues)


def colleagues_of(viewer: Viewer) -> Sequence[Member]:
    """Return, by name, the other approved members of the organisations to which `viewer` belongs."""
    belongs = select(OrganisationMembership.member_id).where(
        OrganisationMembership.organisation_id.in_(sorted(viewer.organisations)),
        OrganisationMembership.status == MembershipStatus.ACTIVE,
    )
    return (
        session()
        .scalars(
            select(Member)
            .where(
                Member.id.in_(belongs), Member.id != viewer.member_id, Member.status == MemberStatus.APPROVED
            )
            .order_by(Member.display_name, Member.id)
        )
        .all()
    )


def own_organisations(viewer: Viewer) -> Sequence[Organisation]:
    """Return, by name, the organisations to which `viewer` belongs."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.id.in_(sorted(viewer.organisations)))
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def known_member(public_id: str, viewer: Viewer) -> Member:
    """Return the member with this random id, if `viewer` may know them.

    Raises:
        NotFoundError: there is none, or not for this viewer; both are one.
    """
    found = session().scalar(select(Member).where(Member.public_id == public_id))
    if found is None or found.id not in known_member_ids({found.id}, viewer):
        raise NotFoundError
    return found


def share_with_member(actor: Member, shortlist: Shortlist, member: Member) -> None:
    """Let one member read a list; twice does no harm. Whether they blocked the actor is told to nobody.

    Raises:
        NotFoundError: the list is not the actor's, or they may not know the member.
        InvalidError: it is the actor, or the list is shared with too many already.
    """
    viewer = _require_keeper(actor, shortlist)
    if member.id == actor.id:
        raise InvalidError(WITH_ONESELF)
    if member.id not in known_member_ids({member.id}, viewer):
        raise NotFoundError
    is_new = _share(shortlist, member_id=member.id)
    if is_new and session().get(Block, (member.id, actor.id)) is None:
        notify([member.id], "shortlist_shared")


def share_with_organisation(actor: Member, shortlist: Shortlist, organisation: Organisation) -> None:
    """Let everybody read a list who belongs to an organisation, now and as long as they do.

    Raises:
        NotFoundError: the list is not the actor's, or they may not see the organisation.
        InvalidError: the list is shared with too many already.
    """
    viewer = _require_keeper(actor, shortlist)
    if not can_view(viewer, organisation):
        raise NotFoundError
    _share(shortlist, organisation_id=organisation.id)


def end_share(actor: Member, share: ShortlistShare) -> None:
    """Share a list no longer with one member or organisation.

    Raises:
        NotFoundError: the list is not the actor's.
    """
    _require_keeper(actor, share.shortlist)
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


def is_named_in(shortlist: Shortlist, viewer: Viewer) -> bool:
    """Whether a list is shared with `viewer` in person, so that they can leave it."""
    found = select(ShortlistShare.id).where(
        ShortlistShare.shortlist_id == shortlist.id, ShortlistShare.member_id == viewer.member_id
    )
    return session().scalar(found) is not None


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


def _require_keeper(actor: Member, shortlist: Shortlist) -> Viewer:
    viewer = viewer_of(actor)
    if not is_kept_by(viewer, shortlist):
        raise NotFoundError
    return viewer


def _share(shortlist: Shortlist, *, member_id: int | None = None, organisation_id: int | None = None) -> bool:
    """Share a list; return whether it was not shared so before."""
    # those who share a list at once wait for one another, so that neither number nor pairs are overrun
    session().execute(
        update(Shortlist).where(Shortlist.id == shortlist.id).values(version=Shortlist.version),
        execution_options={"synchronize_session": False},
    )
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
