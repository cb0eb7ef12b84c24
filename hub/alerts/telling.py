"""Tells followers what is new, each once and only of what they may see at this moment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select

from hub.access.audience import Tlp
from hub.access.viewer import VISITOR, Viewer
from hub.alerts.models import Follow, FollowedKind, ReadMark
from hub.alerts.news import Key, News, entries_between, newest_entry, news_of
from hub.alerts.things import Thing, describe
from hub.core.database import session
from hub.integrity.viewers import viewers_of
from hub.members.models import Member
from hub.notifications.models import Notification, Topic
from hub.notifications.service import NO_CAUSES, Cause, hasten, notify

FOLLOWERS = "followers"
"""The mark of how far the log was read for those who follow things."""

BATCH = 500
"""Entries of the log that one transaction reads."""

ONCE = frozenset({"innovation_published", "followed_published", "request_opened", "request_found"})
"""Kinds of which one person is told at most one about one innovation or request."""


class Sight:
    """Who may see which of some things; asks for people's rights only where not everybody may, and for all at once.

    Args:
        subjects: the things, as the audit log names them.
        members: who may be asked about, by id.
    """

    def __init__(self, subjects: Collection[str], members: Mapping[int, Member]) -> None:
        self._members = members
        self._public = describe(subjects, VISITOR)
        self._restricted = frozenset(subjects) - self._public.keys()
        self._viewers: dict[int, Viewer] = {}
        self._seen: dict[int, dict[str, Thing]] = {}

    def of(self, subject: str, member_id: int) -> Thing | None:
        """Return the thing as a member may know it now, or None."""
        if subject in self._public:
            return self._public[subject]
        if member_id not in self._seen:
            self._viewers = self._viewers or viewers_of(list(self._members.values()))
            self._seen[member_id] = describe(self._restricted, self._viewers[member_id])
        return self._seen[member_id].get(subject)


def tell_followers() -> bool:
    """Tell what one batch of the log holds; belongs into a transaction, in which the mark moves with what is told.

    Returns:
        whether more of the log may be waiting.
    """
    mark = read_mark(FOLLOWERS)
    upto = min(newest_entry(), mark.number + BATCH)
    if upto <= mark.number:
        return False
    news = news_of(entries_between(mark.number, upto))
    followers = _followers(news)
    tell(news, {each: _receivers(each, followers) for each in news})
    mark.number = upto
    session().flush()
    return upto < newest_entry()


def read_mark(name: str) -> ReadMark:
    """Return how far the log was read under `name`, held by this transaction until it ends."""
    mark = session().scalar(select(ReadMark).where(ReadMark.name == name).with_for_update())
    if mark is None:
        mark = ReadMark(name=name, number=0)
        session().add(mark)
        session().flush()
    return mark


def tell(
    news: Sequence[News],
    receivers: Mapping[News, Collection[int]],
    causes: Mapping[News, Mapping[int, Cause]] | None = None,
) -> int:
    """Notify each receiver of each piece of news that they may see; nobody twice of the same.

    Who was told just now for something else, such as the country that they follow, is not told again; a cause that
    wants it mailed sooner has its way.

    Args:
        news: what is new, the oldest first.
        receivers: the ids of those who follow it, by news.
        causes: which of their saved searches found it, by news and receiver.

    Returns:
        how many notifications were made.
    """
    found_by = causes or {}
    members = _members({number for each in news for number in receivers[each]})
    sight = Sight({each.subject for each in news}, members)
    told = _told_before(news, members)
    sooner: dict[tuple[int, str], tuple[Cause, datetime]] = {}
    count = 0
    for each in news:
        by_label: dict[Tlp, list[int]] = {}
        own = found_by.get(each, NO_CAUSES)
        for number in sorted(receivers[each]):
            member = members.get(number)
            key = (number, "once" if each.kind in ONCE else each.kind, each.subject)
            if member is None or member.public_id == each.actor:
                continue
            if key in told:
                if number in own:
                    sooner[number, each.subject] = (own[number], each.at)
                continue
            if (thing := sight.of(each.subject, number)) is not None:
                told.add(key)
                by_label.setdefault(thing.tlp, []).append(number)
        for tlp, numbers in by_label.items():
            notify(numbers, each.kind, each.subject, tlp=tlp, causes=own)
            count += len(numbers)
    hasten(sooner, ONCE, Topic.FOLLOWING)
    return count


def _followers(news: Sequence[News]) -> dict[Key, list[Follow]]:
    """Return the follows of everything that some news concern, by what is followed."""
    wanted: dict[FollowedKind, set[str]] = {}
    for kind, key in {key for each in news for key in each.keys}:
        wanted.setdefault(kind, set()).add(key)
    if not wanted:
        return {}
    rows = session().scalars(
        select(Follow).where(
            or_(*(and_(Follow.kind == kind, Follow.key.in_(sorted(keys))) for kind, keys in wanted.items()))
        )
    )
    found: dict[Key, list[Follow]] = {}
    for each in rows:
        found.setdefault((each.kind, each.key), []).append(each)
    return found


def _receivers(news: News, followers: Mapping[Key, Iterable[Follow]]) -> frozenset[int]:
    """Return the ids of those who followed something that `news` concern before they happened."""
    return frozenset(
        follow.member_id
        for key in news.keys
        for follow in followers.get(key, ())
        if follow.followed_at <= news.at
    )


def _members(ids: Collection[int]) -> dict[int, Member]:
    return {each.id: each for each in session().scalars(select(Member).where(Member.id.in_(sorted(ids))))}


def _told_before(news: Sequence[News], members: Mapping[int, Member]) -> set[tuple[int, str, str]]:
    """Return who was told already that something was published, by whatever they follow."""
    subjects = {each.subject for each in news if each.kind in ONCE}
    if not subjects or not members:
        return set()
    rows = session().execute(
        select(Notification.member_id, Notification.subject).where(
            Notification.subject.in_(sorted(subjects)),
            Notification.kind.in_(sorted(ONCE)),
            Notification.member_id.in_(sorted(members)),
        )
    )
    return {(number, "once", subject) for number, subject in rows}
