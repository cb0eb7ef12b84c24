"""What one member follows and searches for; nobody reads that of others, or learns how many follow a thing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.alerts.models import Follow, FollowedKind
from hub.alerts.permissions import can_unfollow
from hub.alerts.things import Thing, describe
from hub.core.database import session
from hub.core.errors import NotFoundError


@dataclass(frozen=True)
class Followed:
    """One line of what a member follows; `thing` is None for what they may no longer see."""

    follow: Follow
    thing: Thing | None


def follows_of(member_id: int, viewer: Viewer, language: str = "") -> list[Followed]:
    """Return what a member follows, apart from searches, the latest first, in two queries.

    Args:
        member_id: who follows.
        viewer: what permissions know of the same person.
        language: BCP 47 tag of the reader's language, for names.
    """
    follows = _follows(member_id)
    things = describe({subject_of(each) for each in follows}, viewer, language)
    return [Followed(each, things.get(subject_of(each))) for each in follows]


def _follows(member_id: int) -> Sequence[Follow]:
    return (
        session()
        .scalars(
            select(Follow)
            .where(Follow.member_id == member_id, Follow.kind != FollowedKind.SEARCH)
            .order_by(Follow.id.desc())
        )
        .all()
    )


def searches_of(member_id: int) -> Sequence[Follow]:
    """Return the searches that a member saved, the latest first."""
    return (
        session()
        .scalars(
            select(Follow)
            .where(Follow.member_id == member_id, Follow.kind == FollowedKind.SEARCH)
            .order_by(Follow.id.desc())
        )
        .all()
    )


def searches_named(causes: Collection[str]) -> dict[tuple[int, str], Follow]:
    """Return the saved searches that notifications name as their causes, by owner and cause, without deleted ones."""
    prefix = f"{FollowedKind.SEARCH}:"
    wanted = {each.removeprefix(prefix) for each in causes if each.startswith(prefix)}
    if not wanted:
        return {}
    found = session().scalars(
        select(Follow).where(Follow.public_id.in_(sorted(wanted)), Follow.kind == FollowedKind.SEARCH)
    )
    return {(each.member_id, f"{prefix}{each.public_id}"): each for each in found}


def search_by_id(member_id: int, public_id: str) -> Follow:
    """Return one of a member's own saved searches by its random id.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    found = follow_by_id(member_id, public_id)
    if found.kind is not FollowedKind.SEARCH:
        raise NotFoundError
    return found


def subject_of(follow: Follow) -> str:
    """Return how the audit log names what is followed."""
    return f"{follow.kind}:{follow.key}"


def is_followed(member_id: int, kind: FollowedKind, key: str) -> bool:
    """Whether a member follows this thing."""
    found = select(Follow.id).where(Follow.member_id == member_id, Follow.kind == kind, Follow.key == key)
    return session().scalar(found) is not None


def follow_count(member_id: int) -> int:
    """Return how many things a member follows."""
    return session().scalar(select(func.count(Follow.id)).where(Follow.member_id == member_id)) or 0


def follow_by_id(member_id: int, public_id: str) -> Follow:
    """Return one of a member's own follows by its random id.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    found = session().scalar(select(Follow).where(Follow.public_id == public_id))
    if found is None or not can_unfollow(member_id, found):
        raise NotFoundError
    return found
