"""Who may decide, with their conflicts; and what a member declared."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from hub.access.viewer import Role, Viewer
from hub.core import clock
from hub.core.database import session
from hub.integrity.models import DeclaredInterest
from hub.integrity.permissions import Involvement, conflict_of
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.queries import members_with_role


def deciders(roles: Iterable[Role] = (Role.COORDINATOR,)) -> tuple[Viewer, ...]:
    """Return everybody who decides in one of `roles` now, with second factor, as permissions know them."""
    moment = clock.now()
    wanted = frozenset(roles)
    ids = frozenset[int]().union(*(members_with_role(role, moment) for role in wanted))
    members = session().scalars(select(Member).where(Member.id.in_(sorted(ids))).order_by(Member.id))
    viewers = (viewer_of(member) for member in members)
    return tuple(viewer for viewer in viewers if viewer.roles & wanted)


def free_of_conflict(
    involvement: Involvement, candidates: Iterable[Viewer], but: Collection[int | None] = ()
) -> tuple[Viewer, ...]:
    """Return the `candidates` who may decide a thing; none left means that it is escalated.

    Args:
        involvement: who takes part in the thing.
        candidates: from `deciders`.
        but: ids of members who had their say already.
    """
    return tuple(
        each for each in candidates if each.member_id not in but and conflict_of(each, involvement) is None
    )


def interests_of(member_id: int) -> Sequence[DeclaredInterest]:
    """Return what a member declared and nobody struck, the latest first."""
    return (
        session()
        .scalars(
            select(DeclaredInterest)
            .where(DeclaredInterest.member_id == member_id, DeclaredInterest.struck_at.is_(None))
            .order_by(DeclaredInterest.id.desc())
        )
        .all()
    )
