"""What pages read of shortlists: always what the viewer may read, of lists and of the innovations on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import in_audience_of
from hub.catalogue.side_by_side import innovations_in_full
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.members.models import Member, MemberStatus
from hub.members.profiles.queries import visible_member_ids
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership
from hub.organisations.permissions import can_view
from hub.shortlists.models import Shortlist, ShortlistEntry, ShortlistShare
from hub.shortlists.permissions import is_kept_by, is_share_with, is_shared_with, readable_by


@dataclass(frozen=True)
class ListedShortlist:
    """One line among shortlists: the list, and how many of its innovations the viewer may see."""

    shortlist: Shortlist
    count: int


@dataclass(frozen=True)
class ShownEntry:
    """One innovation of a list; None stands for what its keeper may no longer see."""

    entry: ShortlistEntry
    innovation: Innovation | None


@dataclass(frozen=True)
class ShownShare:
    """One share as the keeper of the list sees it; neither stands for whom they may no longer know."""

    share: ShortlistShare
    member: Member | None
    organisation: Organisation | None


def own_shortlists(viewer: Viewer) -> list[ListedShortlist]:
    """Return the lists that `viewer` keeps, the one changed last first."""
    own = select(Shortlist).where(Shortlist.member_id == viewer.member_id)
    return _listed(own.order_by(Shortlist.changed_at.desc(), Shortlist.id.desc()), viewer)


def lists_shared_with(viewer: Viewer, request: PageRequest) -> Page[ListedShortlist]:
    """Return a page of the lists of others that `viewer` may read, the one shared last first.

    Not the one changed last: a change may be about something that they do not see.
    """
    is_shared = is_shared_with(viewer)
    shared = (
        select(func.max(ShortlistShare.id))
        .where(ShortlistShare.shortlist_id == Shortlist.id, is_share_with(viewer))
        .scalar_subquery()
    )
    rows = select(Shortlist).where(is_shared).order_by(shared.desc())
    total = session().scalar(select(func.count(Shortlist.id)).where(is_shared)) or 0
    return Page(_listed(rows.offset(request.offset).limit(request.per_page), viewer), total, request)


def _listed(wanted: Select[Shortlist], viewer: Viewer) -> list[ListedShortlist]:
    found = session().scalars(wanted.options(joinedload(Shortlist.member))).all()
    counts = _counts([each.id for each in found], viewer)
    return [ListedShortlist(each, counts.get(each.id, 0)) for each in found]


def _counts(shortlist_ids: Sequence[int], viewer: Viewer) -> Mapping[int, int]:
    if not shortlist_ids:
        return {}
    rows = session().execute(
        select(ShortlistEntry.shortlist_id, func.count().label("number"))
        .join(ShortlistEntry.innovation)
        .where(ShortlistEntry.shortlist_id.in_(shortlist_ids), in_audience_of(viewer))
        .group_by(ShortlistEntry.shortlist_id)
    )
    return {row.shortlist_id: row.number for row in rows}


def shortlist_count(member_id: int) -> int:
    """Return how many lists a member keeps."""
    return session().scalar(select(func.count(Shortlist.id)).where(Shortlist.member_id == member_id)) or 0


def shortlist_by_public_id(public_id: str, viewer: Viewer) -> Shortlist:
    """Return a list that `viewer` may read.

    Raises:
        NotFoundError: there is none, or not for this viewer; both are one.
    """
    return _one(public_id, readable_by(viewer))


def own_shortlist(public_id: str, viewer: Viewer) -> Shortlist:
    """Return a list that `viewer` keeps, to change it.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    return _one(public_id, Shortlist.member_id == viewer.member_id)


def _one(public_id: str, wanted: ColumnElement[bool]) -> Shortlist:
    found = session().scalar(
        select(Shortlist)
        .where(Shortlist.public_id == public_id, wanted)
        .options(joinedload(Shortlist.member))
    )
    if found is None:
        raise NotFoundError
    return found


def entry_of(shortlist: Shortlist, public_id: str) -> ShortlistEntry:
    """Return one entry of a list that its keeper changes.

    Raises:
        NotFoundError: it does not stand on the list, or no longer.
    """
    found = session().scalar(
        select(ShortlistEntry).where(
            ShortlistEntry.shortlist_id == shortlist.id, ShortlistEntry.public_id == public_id
        )
    )
    if found is None:
        raise NotFoundError
    return found


def share_of(shortlist: Shortlist, public_id: str) -> ShortlistShare:
    """Return one share of a list.

    Raises:
        NotFoundError: there is none, or it was ended.
    """
    found = session().scalar(
        select(ShortlistShare).where(
            ShortlistShare.shortlist_id == shortlist.id, ShortlistShare.public_id == public_id
        )
    )
    if found is None:
        raise NotFoundError
    return found


def shown_entries(shortlist: Shortlist, viewer: Viewer) -> list[ShownEntry]:
    """Return what stands on a list that `viewer` may read, in its order.

    Readers get only what they may see themselves, without a gap or a number that tells of more. Its keeper, who knows
    what they put there, also gets what was hidden from them since, without the innovation.
    """
    entries = session().scalars(
        select(ShortlistEntry)
        .where(ShortlistEntry.shortlist_id == shortlist.id)
        .order_by(ShortlistEntry.position, ShortlistEntry.id)
    )
    listed = entries.all()
    seen = innovations_in_full([each.innovation_id for each in listed], viewer)
    shown = [ShownEntry(each, seen.get(each.innovation_id)) for each in listed]
    return shown if is_kept_by(viewer, shortlist) else [each for each in shown if each.innovation]


def holding(innovation_ids: Sequence[int], viewer: Viewer) -> frozenset[int]:
    """Return the ids of the viewer's own lists on which all of these innovations stand already."""
    wanted = set(innovation_ids)
    rows = session().execute(
        select(ShortlistEntry.shortlist_id, func.count())
        .join(ShortlistEntry.shortlist)
        .where(Shortlist.member_id == viewer.member_id, ShortlistEntry.innovation_id.in_(sorted(wanted)))
        .group_by(ShortlistEntry.shortlist_id)
    )
    return frozenset(shortlist_id for shortlist_id, number in rows if number == len(wanted))


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


def is_named_in(shortlist: Shortlist, viewer: Viewer) -> bool:
    """Whether a list is shared with `viewer` in person, so that they can leave it."""
    found = select(ShortlistShare.id).where(
        ShortlistShare.shortlist_id == shortlist.id, ShortlistShare.member_id == viewer.member_id
    )
    return session().scalar(found) is not None


def known_member(public_id: str, viewer: Viewer) -> Member:
    """Return the member with this random id, if `viewer` may know them.

    Raises:
        NotFoundError: there is none, or not for this viewer; both are one.
    """
    found = session().scalar(select(Member).where(Member.public_id == public_id))
    if found is None or found.id not in known_member_ids({found.id}, viewer):
        raise NotFoundError
    return found


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
