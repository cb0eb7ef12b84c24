"""Who may decide, with their conflicts; and what a member declared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Interest, Role, Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.models import DeclaredInterest, Recusal
from hub.integrity.permissions import Conflict, Involvement, interests_in
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.queries import members_with_role
from hub.organisations.models import Organisation


@dataclass(frozen=True)
class Ground:
    """What somebody's conflict comes from.

    Args:
        organisation: the organisation that both take part in, or None where a person or a recusal is the ground.
        interest: the declared interest, or None.
        since: when it was declared, or when they recused themselves; None for anything else.
        words: what they wrote when they recused themselves.
    """

    organisation: Organisation | None = None
    interest: Interest | None = None
    since: datetime | None = None
    words: str = ""


def deciders(roles: Iterable[Role] = (Role.COORDINATOR,)) -> tuple[Viewer, ...]:
    """Return everybody who decides in one of `roles` now, with second factor, as permissions know them."""
    moment = clock.now()
    wanted = frozenset(roles)
    ids = frozenset[int]().union(*(members_with_role(role, moment) for role in wanted))
    members = session().scalars(select(Member).where(Member.id.in_(sorted(ids))).order_by(Member.id))
    viewers = (viewer_of(member) for member in members)
    return tuple(viewer for viewer in viewers if viewer.roles & wanted)


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


def declared_by_others(viewer: Viewer) -> Sequence[DeclaredInterest]:
    """Return what people with a role declared, the latest first, struck ones too; not what `viewer` declared.

    The caller has made sure that the viewer handles conflicts.
    """
    moment = clock.now()
    ids = frozenset[int]().union(*(members_with_role(role, moment) for role in Role)) - {viewer.member_id}
    return (
        session()
        .scalars(
            select(DeclaredInterest)
            .options(joinedload(DeclaredInterest.member))
            .where(DeclaredInterest.member_id.in_(sorted(ids)))
            .order_by(DeclaredInterest.id.desc())
        )
        .all()
    )


def interest_by_id(public_id: str) -> DeclaredInterest:
    """Return a declared interest by its random id; the service asks who may do something with it.

    Raises:
        NotFoundError: there is none.
    """
    interest = session().scalar(select(DeclaredInterest).where(DeclaredInterest.public_id == public_id))
    if interest is None:
        raise NotFoundError
    return interest


def recusal_of(viewer: Viewer, subject: str) -> Recusal | None:
    """Return what is written down about the conflict of `viewer` with `subject`, or None."""
    return session().scalar(
        select(Recusal).where(Recusal.member_id == viewer.member_id, Recusal.subject == subject)
    )


def ground_of(viewer: Viewer, involvement: Involvement, conflict: Conflict) -> Ground:
    """Return what the conflict of `viewer` with a thing comes from, as far as there is more to tell than its kind."""
    if conflict is Conflict.OWN_ORGANISATION:
        shared = min(viewer.organisations & involvement.organisation_ids)
        return Ground(organisation=session().get(Organisation, shared))
    if conflict is Conflict.INTEREST:
        interest = interests_in(viewer, involvement)[0]
        organisation = session().get(Organisation, interest.organisation_id)
        return Ground(organisation, interest, _declared_at(viewer, interest, organisation))
    if conflict is Conflict.DECLARED and (recusal := recusal_of(viewer, involvement.subject)):
        return Ground(since=recusal.recorded_at, words=recusal.words)
    return Ground()


def _declared_at(viewer: Viewer, interest: Interest, organisation: Organisation | None) -> datetime | None:
    key = organisation.name_key if organisation else None
    return next(
        (
            each.declared_at
            for each in interests_of(viewer.member_id or 0)
            if (each.kind, each.ended_on) == (interest.kind, interest.ended_on)
            and (each.organisation_id == interest.organisation_id or each.name_key == key)
        ),
        None,
    )
