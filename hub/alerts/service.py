"""Following things, and ending it. Nothing of it is logged: what somebody follows is theirs alone."""

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from hub.alerts.models import Follow, FollowedKind
from hub.alerts.permissions import MOST_FOLLOWS, can_follow
from hub.alerts.queries import follow_count
from hub.alerts.things import describe
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member

TOO_MANY = N_("You follow %(number)s things, which is the most. End some of them first.")


def follow_thing(actor: Member, kind: FollowedKind, key: str) -> Follow:
    """Follow an innovation, an organisation or a country; once is enough, and twice does no harm.

    Args:
        actor: an approved member.
        kind: what it is; searches are saved (`hub.alerts.searches`).
        key: its public id, slug or code; who names a merged organisation follows what it became.

    Raises:
        ForbiddenError: the actor is not approved.
        NotFoundError: there is no such thing, or not for the actor.
        InvalidError: they follow too many things already.
    """
    viewer = viewer_of(actor)
    if not can_follow(viewer):
        raise ForbiddenError
    thing = None if kind is FollowedKind.SEARCH else describe({f"{kind}:{key}"}, viewer).get(f"{kind}:{key}")
    if thing is None:
        raise NotFoundError
    return _follow(actor, kind, thing.key)


def _follow(actor: Member, kind: FollowedKind, key: str) -> Follow:
    hold_member(actor.id)
    same = select(Follow).where(Follow.member_id == actor.id, Follow.kind == kind, Follow.key == key)
    if found := session().scalar(same):
        return found
    if follow_count(actor.id) >= MOST_FOLLOWS:
        raise InvalidError(TOO_MANY, number=MOST_FOLLOWS)
    follow = Follow(member_id=actor.id, kind=kind, key=key)
    try:
        with session().begin_nested():
            session().add(follow)
    except IntegrityError:
        # the second of two clicks came first
        return session().scalars(same).one()
    return follow


def unfollow(actor: Member, kind: FollowedKind, key: str) -> None:
    """End a follow of one's own; where there is none, nothing happens. Nobody needs a right for that."""
    session().execute(
        delete(Follow).where(Follow.member_id == actor.id, Follow.kind == kind, Follow.key == key)
    )


def follow_merged(former: str, present: str) -> None:
    """Let the followers of an organisation that was merged follow what it became; belongs into the merge.

    Args:
        former: slug of the organisation that was merged.
        present: slug of the one that it was merged into; who follows both follows it once.
    """
    of_former = (Follow.kind == FollowedKind.ORGANISATION, Follow.key == former)
    already = select(Follow.member_id).where(Follow.kind == FollowedKind.ORGANISATION, Follow.key == present)
    for statement in (
        delete(Follow).where(*of_former, Follow.member_id.in_(already)),
        update(Follow).where(*of_former).values(key=present),
    ):
        session().execute(statement, execution_options={"synchronize_session": False})
    session().expire_all()
