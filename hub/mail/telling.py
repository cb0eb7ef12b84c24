"""Asks, at the moment of sending, what mails about notifications may tell; what is hidden or TLP:RED falls away."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from hub.access.audience import Tlp, is_lowered, stricter
from hub.access.viewer import Viewer
from hub.alerts.models import Follow
from hub.alerts.queries import searches_named
from hub.alerts.things import Thing
from hub.collaboration.conversations.quoting import quotes_of
from hub.collaboration.levels.dating import Detail, over
from hub.commitments.naming import describe, details_of
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.integrity.viewers import viewers_of
from hub.mail.beginnings import Beginning, beginnings_of
from hub.mail.kinds import KINDS
from hub.mail.places import path_to
from hub.members.models import Member
from hub.members.zones import zone_of
from hub.notifications.kinds import KINDS as NOTIFICATIONS, names_a_thing
from hub.notifications.models import Digest, Frequency, Notification, Topic
from hub.notifications.queries import chosen_frequencies
from hub.notifications.unsubscribing import Scope, unsubscribing

MOST_LINES = 50
"""The most notifications that one digest names; the others are counted."""

ANY_MEMBER = Viewer(member_id=0)
"""Nobody in particular: what such a member may know, every approved member may."""

TOPIC_ORDER = {topic: place for place, topic in enumerate(Topic)}


@dataclass(frozen=True)
class SavedSearch:
    """The saved search that found something, as a mail to its owner may name it: never by what it searches for.

    Args:
        name: what its owner calls it; empty where they gave it no name.
        saved_at: when they saved it.
        unsubscribe: what the link that ends mails about it alone stands for.
    """

    name: str
    saved_at: datetime
    unsubscribe: str


@dataclass(frozen=True)
class Line:
    """One notification as a mail may tell it.

    Args:
        kind: what happened, a name in `hub.notifications.kinds.KINDS`.
        topic: what it belongs to.
        path: where on the hub it leads.
        tlp: the label under which the receiver reads it.
        title: what the thing is called; empty where the mail may not say so.
        is_country: whether the title is the code of a country.
        found_by: the receiver's saved search that found it; None where none did, or a mail may not say which.
        quote: what somebody wrote, in Markdown; empty where there is nothing to quote, or a mail may not.
        moment: the moment or day that its words name, which betrays nothing; None where they name none.
        beginning: when and where begins what the receiver comes to; None where a mail does not or may not say so.
        next_step: message id of what the receiver can do now; may be empty.
        is_urgent: whether it is mailed at once though its topic usually is not.
    """

    kind: str
    topic: Topic
    path: str
    tlp: Tlp = Tlp.CLEAR
    title: str = ""
    is_country: bool = False
    found_by: SavedSearch | None = None
    quote: str = ""
    moment: datetime | date | None = None
    beginning: Beginning | None = None
    next_step: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Telling:
    """What one mail may tell.

    Args:
        lines: the notifications by topic, those that one saved search found side by side, and then the newest first.
        more: how many others there are.
        unsubscribe: what the link that ends these mails stands for.
        tlp: the strictest label among the lines.
        is_search: whether that link ends mails about one saved search, which found all of this.
        zone: in which the receiver reads moments, as IANA names it.
    """

    lines: tuple[Line, ...]
    more: int
    unsubscribe: str
    tlp: Tlp = Tlp.CLEAR
    is_search: bool = False
    zone: str = "UTC"


@dataclass(frozen=True)
class _Told:
    """A stored notification, as far as mails need it."""

    kind: str
    topic: Topic
    subject: str
    tlp: Tlp
    frequency: Frequency | None = None
    cause: str = ""


def tellings_of(messages: Collection[OutboxMessage], members: Mapping[int, Member]) -> dict[int, Telling]:
    """Return what those of `messages` that are about notifications may tell now, by id of the message.

    Those with nothing left to tell are missing: it was read meanwhile, its topic was turned off, it became TLP:RED, or
    the receiver may not know of it any more. It takes a few queries in all, and one more for each receiver who is told
    of something that not every member may know.

    Args:
        messages: mails of the outbox, of whatever kind.
        members: who gets them, by id.
    """
    about = {each.id: each for each in messages if each.kind in KINDS and KINDS[each.kind].tells}
    numbers = {each.member_id for each in about.values()}
    receivers = {number: member for number, member in members.items() if number in numbers}
    if not receivers:
        return {}
    viewers = viewers_of(receivers.values())
    chosen = chosen_frequencies(receivers.keys())
    told = {
        message_id: [
            each
            for each in some
            if (each.frequency or chosen.get((about[message_id].member_id or 0, each.topic)))
            is not Frequency.OFF
        ]
        for message_id, some in _told(about.values()).items()
        if about[message_id].member_id in receivers
    }
    told, details = _up_to_date(told)
    beginnings = beginnings_of({(each.kind, each.subject) for some in told.values() for each in some})
    known = _Known(
        (about[message_id].language, each.subject) for message_id in told for each in told[message_id]
    )
    searches = searches_named({each.cause for some in told.values() for each in some})
    found: dict[int, Telling] = {}
    for message_id, some in told.items():
        message = about[message_id]
        member = members[message.member_id or 0]
        things = known.to(
            viewers[member.id], message.language, {each.subject for each in some if each.subject}
        )
        saved = {
            cause: _saved(member, cause, each)
            for (owner, cause), each in searches.items()
            if owner == member.id
        }
        quotes = _quotes(message, some, viewers[member.id])
        more = _Details(saved, quotes, details, beginnings)
        lines = sorted(_lines(some, things, more), key=_place)
        if lines:
            only = _only_search(message, lines)
            scope = _scope(message, lines[0].topic)
            found[message_id] = Telling(
                lines=tuple(lines[:MOST_LINES]),
                more=len(lines[MOST_LINES:]),
                unsubscribe=only.unsubscribe if only else unsubscribing(member.public_id, scope),
                tlp=_strictest(lines),
                is_search=only is not None,
                zone=zone_of(member),
            )
    return found


@dataclass(frozen=True)
class _Details:
    """What the lines of one mail say besides their words.

    Args:
        saved: the receiver's saved searches, by cause.
        quotes: what may be quoted, by subject.
        told: moments and words, by kind and subject.
        beginnings: when and where something begins, by kind and subject.
    """

    saved: Mapping[str, SavedSearch]
    quotes: Mapping[str, str]
    told: Mapping[tuple[str, str], Detail]
    beginnings: Mapping[tuple[str, str], Beginning]


def _up_to_date(
    told: Mapping[int, list[_Told]],
) -> tuple[dict[int, list[_Told]], Mapping[tuple[str, str], Detail]]:
    """Return what is told by message, without what waits no more, and the details of it all."""
    named = {(each.kind, each.subject) for some in told.values() for each in some if each.subject}
    gone = over(named)
    kept = {
        message_id: [each for each in some if (each.kind, each.subject) not in gone]
        for message_id, some in told.items()
    }
    return kept, details_of(named - gone)


def _quotes(message: OutboxMessage, told: Collection[_Told], viewer: Viewer) -> Mapping[str, str]:
    """Return what a mail about one thing may quote of it, by subject; what gathers things quotes nothing."""
    if "digest" in message.parameters:
        return {}
    return quotes_of({each.subject for each in told}, viewer)


def _saved(member: Member, cause: str, search: Follow) -> SavedSearch:
    return SavedSearch(search.name, search.followed_at, unsubscribing(member.public_id, cause))


class _Known:
    """What things are called: asked once for what every member may know, then for each receiver only for the rest.

    Args:
        subjects: everything that somebody will ask for, each with the language.
    """

    def __init__(self, subjects: Iterable[tuple[str, str]]) -> None:
        asked: dict[str, set[str]] = {}
        for language, subject in subjects:
            if subject:
                asked.setdefault(language, set()).add(subject)
        self._common = {language: describe(some, ANY_MEMBER, language) for language, some in asked.items()}

    def to(self, viewer: Viewer, language: str, subjects: Collection[str]) -> Mapping[str, Thing]:
        """Return those of `subjects` that `viewer` may know of at this moment."""
        common = self._common.get(language, {}) if viewer.is_member else {}
        found = {subject: common[subject] for subject in subjects if subject in common}
        rest = [subject for subject in subjects if subject not in found]
        return {**found, **describe(rest, viewer, language)} if rest else found


def _only_search(message: OutboxMessage, lines: Collection[Line]) -> SavedSearch | None:
    """Return the saved search that a gathering mail says to have found all of it, if there is one.

    What is not said of a line does not count either, or the link would tell what found it.
    """
    causes = {line.found_by for line in lines}
    return next(iter(causes)) if "frequency" in message.parameters and len(causes) == 1 else None


def _scope(message: OutboxMessage, topic: Topic) -> Scope:
    """Return what the link in a mail turns off that is not about one saved search: its frequency, else its topic."""
    frequency = message.parameters.get("frequency")
    return Frequency(str(frequency)) if frequency else topic


def _place(line: Line) -> tuple[int, str]:
    """Return where a line stands: by topic, and what one saved search is said to have found side by side."""
    return TOPIC_ORDER[line.topic], line.found_by.unsubscribe if line.found_by else ""


def _told(messages: Iterable[OutboxMessage]) -> dict[int, list[_Told]]:
    """Return the unread notifications of each message, the newest first, in two queries at most."""
    singles: dict[str, OutboxMessage] = {}
    digests: dict[str, OutboxMessage] = {}
    for message in messages:
        if "digest" in message.parameters:
            digests[str(message.parameters["digest"])] = message
        else:
            singles[str(message.parameters.get("notification"))] = message
    found: dict[int, list[_Told]] = {}
    told = select(
        Notification.member_id,
        Notification.kind,
        Notification.topic,
        Notification.subject,
        Notification.tlp,
        Notification.frequency,
        Notification.cause,
    ).where(Notification.read_at.is_(None), Notification.tlp != Tlp.RED)
    if singles:
        rows = told.add_columns(Notification.public_id).where(Notification.public_id.in_(singles))
        _sort(session().execute(rows), singles, found)
    if digests:
        rows = told.add_columns(Digest.public_id).join(Digest).where(Digest.public_id.in_(digests))
        newest = (Notification.created_at.desc(), Notification.id.desc())
        _sort(session().execute(rows.order_by(*newest)), digests, found)
    return found


def _sort(
    rows: Iterable[tuple[object, ...]], messages: Mapping[str, OutboxMessage], found: dict[int, list[_Told]]
) -> None:
    """Give each notification to the message that names it, if both are the same member's."""
    for member_id, *columns, key in rows:
        message = messages[str(key)]
        if message.member_id == member_id:
            found.setdefault(message.id, []).append(_Told(*columns))  # type: ignore[arg-type]


def _lines(told: Collection[_Told], things: Mapping[str, Thing], details: _Details) -> Iterator[Line]:
    """Yield what may be told; the same about the same thing only once."""
    seen: set[tuple[str, str]] = set()
    for each in told:
        if each.kind not in NOTIFICATIONS:
            continue
        # what names no thing differs by its label alone
        same = (each.kind, (each.subject if names_a_thing(each.kind) else "") or each.tlp)
        if same in seen:
            continue
        seen.add(same)
        line = _line(each, things.get(each.subject), details)
        if line is not None:
            yield line


def _line(told: _Told, thing: Thing | None, details: _Details) -> Line | None:
    """Return one notification as a mail may tell it, or None if it may not."""
    kind = NOTIFICATIONS[told.kind]
    is_urgent = kind.usual is Frequency.AT_ONCE
    if not names_a_thing(told.kind) or not told.subject:
        path = path_to(told.kind)
        return Line(told.kind, told.topic, path, told.tlp, next_step=kind.next_step, is_urgent=is_urgent)
    if thing is None:
        return None
    tlp = stricter(told.tlp, thing.tlp)
    if tlp is Tlp.RED:
        return None
    is_veiled = is_lowered(tlp, Tlp.GREEN)
    detail = details.told.get((told.kind, told.subject), Detail(None))
    return Line(
        told.kind,
        told.topic,
        path_to(told.kind, thing.kind, thing.key),
        tlp,
        title="" if is_veiled else thing.title,
        is_country=thing.kind == "country",
        # by what somebody calls a search that found it, others would learn what a restricted record is about
        found_by=None if is_veiled else details.saved.get(told.cause),
        quote="" if is_veiled else details.quotes.get(told.subject, detail.words),
        moment=detail.moment,
        beginning=None if is_veiled else details.beginnings.get((told.kind, told.subject)),
        next_step=kind.next_step,
        is_urgent=is_urgent,
    )


def _strictest(lines: Iterable[Line]) -> Tlp:
    strictest = Tlp.CLEAR
    for line in lines:
        strictest = stricter(strictest, line.tlp)
    return strictest
