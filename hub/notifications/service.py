"""Tells members things, in the transaction that made them true, and keeps how often they want mail."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import and_, delete, literal, select, update

from hub.access.audience import Tlp
from hub.core.clock import now
from hub.core.database import session
from hub.core.ids import new_public_id
from hub.core.outbox import queue_mails
from hub.members.models import Member, MemberStatus
from hub.notifications.kinds import KINDS, USUAL, usual_frequency
from hub.notifications.models import Frequency, Notification, NotificationPreference, Topic
from hub.notifications.queries import frequencies_of, preferences_of
from hub.notifications.unsubscribing import Scope

TOLD = frozenset({MemberStatus.APPROVED, MemberStatus.CONFIRMED, MemberStatus.LAPSED})
"""Who is told anything: people whose account stands open."""

GATHERED = frozenset({Frequency.DAILY, Frequency.WEEKLY})

EAGERNESS = list(Frequency)
"""Frequencies from the soonest to none."""


@dataclass(frozen=True)
class Cause:
    """What of their own a member is told something for, with a frequency of its own instead of the topic's.

    Args:
        name: as notifications name it, such as `search:<public id>`.
        frequency: how often its owner wants mailed what it finds.
    """

    name: str
    frequency: Frequency


NO_CAUSES: Mapping[int, Cause] = MappingProxyType({})


def notify(
    member_ids: Collection[int],
    kind: str,
    subject: str = "",
    *,
    tlp: Tlp = Tlp.CLEAR,
    causes: Mapping[int, Cause] = NO_CAUSES,
) -> None:
    """Tell members that something happened; mail to them waits in the outbox or for the next digest.

    Args:
        member_ids: who is told; those whose account does not stand open are left out.
        kind: a name in `hub.notifications.kinds.KINDS`.
        subject: what it is about, as the audit log names it; empty where it is nothing in particular.
        tlp: the label of the thing. What is TLP:RED is told by the bell only.
        causes: what of theirs they are told for, by member; most things happen without.

    Raises:
        KeyError: there is no such kind.
    """
    topic, is_quiet = KINDS[kind].topic, KINDS[kind].has_mail or tlp is Tlp.RED
    people = (
        session()
        .execute(
            select(Member.id, Member.language)
            .where(Member.id.in_(sorted(member_ids)), Member.status.in_(TOLD))
            .order_by(Member.id)
        )
        .all()
    )
    chosen = frequencies_of([each.id for each in people], topic)
    by_mail = []
    for person in people:
        cause = causes.get(person.id)
        wanted = cause.frequency if cause else chosen.get(person.id, usual_frequency(kind))
        frequency = Frequency.OFF if is_quiet else wanted
        told = Notification(
            public_id=new_public_id(),
            member_id=person.id,
            kind=kind,
            topic=topic,
            subject=subject,
            tlp=tlp,
            waits=frequency in GATHERED,
            frequency=cause.frequency if cause else None,
            cause=cause.name if cause else "",
        )
        session().add(told)
        if frequency is Frequency.AT_ONCE:
            by_mail.append((person.id, person.language, {"notification": told.public_id}))
    session().flush()
    queue_mails("notification", by_mail)


def mark_read(member: Member, public_ids: Collection[str] | None = None) -> int:
    """Mark notifications of a member as read; what was read goes into no digest.

    Args:
        member: whose they are; others stay as they are.
        public_ids: which ones; None for all.

    Returns:
        How many were unread.
    """
    conditions = [Notification.member_id == member.id, Notification.read_at.is_(None)]
    if public_ids is not None:
        conditions.append(Notification.public_id.in_(sorted(public_ids)))
    marked = session().execute(
        update(Notification).where(*conditions).values(read_at=now(), waits=False),
        execution_options={"synchronize_session": False},
    )
    return int(marked.rowcount)  # type: ignore[attr-defined]


def settle(kind: str, subject: str) -> None:
    """Mark as read what was told of something that waits no more; it goes into no mail."""
    session().execute(
        update(Notification)
        .where(Notification.kind == kind, Notification.subject == subject, Notification.read_at.is_(None))
        .values(read_at=now(), waits=False),
        execution_options={"synchronize_session": False},
    )


def take_back(kind: str, subject: str) -> None:
    """Delete what was told of something that its author took back."""
    session().execute(
        delete(Notification).where(Notification.kind == kind, Notification.subject == subject),
        execution_options={"synchronize_session": False},
    )


def hasten(
    wanted: Mapping[tuple[int, str], tuple[Cause, datetime]], kinds: Collection[str], topic: Topic
) -> None:
    """Have what members were told already mailed as soon as a cause of theirs wants it.

    What was read, mailed or gathered, and what is TLP:RED, stays as it is.

    Args:
        wanted: the cause by member and subject, and since when they can have been told.
        kinds: of the notifications; all of one `topic`.
        topic: the topic whose choice counts where a notification has none of its own.
    """
    members = {number for number, _subject in wanted}
    if not members:
        return
    told = session().scalars(
        select(Notification).where(
            Notification.member_id.in_(sorted(members)),
            Notification.subject.in_(sorted({subject for _number, subject in wanted})),
            Notification.kind.in_(sorted(kinds)),
            Notification.read_at.is_(None),
            Notification.digest_id.is_(None),
            Notification.tlp != Tlp.RED,
        )
    )
    chosen = frequencies_of(members, topic)
    for each in told:
        found = wanted.get((each.member_id, each.subject))
        if found is None or each.created_at < found[1]:
            continue
        cause, present = found[0], each.frequency or chosen.get(each.member_id, USUAL[topic])
        if EAGERNESS.index(cause.frequency) < EAGERNESS.index(present):
            each.cause, each.frequency, each.waits = cause.name, cause.frequency, True
    session().flush()


def choose_frequency_of(member: Member, cause: Cause) -> None:
    """Keep how often a member wants mailed what one cause of theirs finds; what waits follows the new choice."""
    session().execute(
        update(Notification)
        .where(
            Notification.member_id == member.id,
            Notification.cause == cause.name,
            Notification.read_at.is_(None),
        )
        .values(
            frequency=cause.frequency, waits=and_(Notification.waits, literal(cause.frequency in GATHERED))
        ),
        execution_options={"synchronize_session": False},
    )


def choose_frequency(member: Member, topic: Topic, frequency: Frequency) -> None:
    """Keep how often a member wants one topic mailed; what waits for a digest follows the new choice."""
    preference = session().get(NotificationPreference, (member.id, topic))
    if preference is None:
        preference = NotificationPreference(member_id=member.id, topic=topic)
        session().add(preference)
    preference.frequency, preference.chosen_at = frequency, now()
    session().flush()
    if frequency not in GATHERED:
        session().execute(
            update(Notification)
            .where(
                Notification.member_id == member.id,
                Notification.topic == topic,
                Notification.frequency.is_(None),
                Notification.waits,
            )
            .values(waits=False),
            execution_options={"synchronize_session": False},
        )


def choose_language(member: Member, language: str) -> None:
    """Keep in which language, a BCP 47 tag, the hub writes to a member; the caller knows which there are."""
    member.language = language
    session().flush()


def unsubscribe(member: Member, scope: Scope) -> None:
    """Turn mails off: those about one topic, or all digests of one frequency. Doing it twice changes nothing.

    What has a frequency of its own is turned off by the feature that owns the cause (`hub.alerts.searches`).

    Args:
        member: who wants no more of them; that they hold the link is enough, they need not be signed in.
        scope: a topic, or daily or weekly; the name of a cause turns nothing off here.
    """
    for topic, frequency in preferences_of(member.id).items():
        if scope in (topic, frequency) and frequency is not Frequency.OFF:
            choose_frequency(member, topic, Frequency.OFF)
