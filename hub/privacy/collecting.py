"""Collects what a member's own file holds: by the inventory what the person may see, and no more."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import and_, or_, select

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.alerts.things import Thing
from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.commitments.naming import describe
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, Profile
from hub.members.service import subject_of
from hub.privacy.inventory import INVENTORY, PERSON, Link

TOLD = frozenset(
    {
        Event.MEMBER_APPROVE,
        Event.MEMBER_DECLINE,
        Event.MEMBER_SUSPEND,
        Event.MEMBER_REINSTATE,
        Event.MEMBER_LAPSE,
        Event.MEMBER_VET,
        Event.MEMBER_GRANT,
        Event.MEMBER_END_ROLE,
        Event.MEMBER_VERIFY,
        Event.MEMBER_DECLINE_STATUS,
        Event.MEMBER_REVOKE_STATUS,
        Event.MEMBER_APPROVE_RESET,
        Event.MEMBER_DECLINE_RESET,
        Event.MEMBER_COMPLETE_RESET,
        Event.MEMBERSHIP_START,
        Event.MEMBERSHIP_END,
        Event.MEMBERSHIP_CHANGE,
    }
)
"""What others did about a member and told them: the export gives that and when, not the words in the log."""

OWN_WORDS = frozenset(
    {
        Event.INNOVATION_ARCHIVE,
        Event.INNOVATION_CLAIM,
        Event.INNOVATION_OFFER,
        Event.REPLICATION_VERIFY,
        Event.REPLICATION_DISPUTE,
        Event.REPLICATION_ANSWER,
        Event.REPLICATION_SETTLE,
        Event.ORGANISATION_ASK_VERIFICATION,
        Event.MEMBER_ADD_FACTOR,
        Event.MEMBER_REMOVE_FACTOR,
    }
)
"""Acts whose reason is the actor's own and meant for who sees the thing.

Other reasons repeat what somebody else proposed, or are notes of reviews and decisions, which stay inside.
"""

NAMING = (
    ("notifications", "notifications.member_id"),
    ("suggestions", "match_dismissals.member_id"),
    ("suggestions", "suggestions_told.member_id"),
)
"""The lists whose rows name things by their subject: what the person was told, what was suggested to them."""

SUBJECTS = ("subject", "purpose")
"""What names a thing in these rows: what it is about, and for which thing of theirs."""

NAMED_BY_TITLE = frozenset({"innovation", "organisation"})
"""What the file calls by its name; others are people, or named by a person."""

AT_ONCE = 500
"""Subjects that are looked up together."""

Values = dict[str, Any]


def own_data(member: Member) -> dict[str, Any]:
    """Return what the files hold, by name without ending, in plain values for JSON.

    What is about things that the person may not see any more is a date only; of what is TLP:RED, date and label.
    What holds nothing is left out.
    """
    viewer = viewer_of(member)
    files: dict[str, Any] = {}
    for part, links in INVENTORY.items():
        found = {link.name: list(_rows(link, member, viewer)) for link in links if link.gives}
        files[part] = {name: rows for name, rows in found.items() if rows}
    files["account"] = {"account": _values(member, PERSON), **files["account"]}
    profile = session().get(Profile, member.id)
    if profile is not None:
        terms = [_values(each, ("scheme", "code")) for each in profile.terms]
        addresses = [_values(each, ("url", "title")) for each in profile.links]
        files["profile"] |= {
            name: rows for name, rows in (("profile_terms", terms), ("profile_links", addresses)) if rows
        }
    _name_subjects([row for part, name in NAMING for row in files[part].get(name, [])], viewer)
    files["log"] = list(_log(member, viewer))
    return {part: held for part, held in files.items() if held}


def _name_subjects(told: list[Values], viewer: Viewer) -> None:
    """Leave what rows are about only where the person may see it now and may take it in a file.

    What they wrote about something goes with it.
    """
    named = {each[name] for each in told for name in SUBJECTS if each.get(name)}
    things = _things(named, viewer)
    for each in told:
        for name in SUBJECTS:
            thing = things.get(each.get(name) or "")
            if thing is None or thing.tlp is Tlp.RED:
                each.pop(name, None)
        thing = things.get(each.get("subject", ""))
        if thing is None:
            each.pop("words", None)
        elif thing.kind in NAMED_BY_TITLE:
            each["title"] = thing.title


def _rows(link: Link, member: Member, viewer: Viewer) -> Iterator[Values]:
    """Yield what one reference gives, the oldest row first."""
    model = link.model
    order = tuple(link.table.primary_key.columns)
    seen = link.seen(viewer) if link.seen is not None else None
    theirs = link.is_of(member) if link.known is None else and_(link.is_of(member), link.known(viewer))
    condition = theirs if seen is None else and_(theirs, seen)
    rows = session().scalars(select(model).where(condition).order_by(*order)).all()
    yield from (_values(row, link.gives) for row in rows)
    if seen is not None:
        hidden = session().scalars(select(model).where(theirs, ~seen).order_by(*order))
        yield from (_values(row, link.dates) for row in hidden)


def _values(row: object, names: tuple[str, ...]) -> Values:
    return {name: _plain(_value(row, name)) for name in names}


def _value(row: object, path: str) -> object:
    found: object = row
    for name in path.split("."):
        found = getattr(found, name, None)
    return found


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _log(member: Member, viewer: Viewer) -> Iterator[Values]:
    """Yield what the log holds of the member: what they did, and what they were told.

    Their own words are given where they may see now what these are about.
    """
    told = and_(
        AuditEntry.subject == subject_of(member), AuditEntry.tag.in_(sorted(each.value for each in TOLD))
    )
    rows = (
        session()
        .execute(
            select(
                AuditEntry.number,
                AuditChain.recorded_at,
                AuditEntry.tag,
                AuditEntry.actor,
                AuditEntry.subject,
                AuditEntry.reason,
            )
            .join(AuditChain, AuditChain.number == AuditEntry.number)
            .where(or_(AuditEntry.actor == member.public_id, told))
            .order_by(AuditEntry.number)
        )
        .all()
    )
    said = {each.number for each in rows if each.actor == member.public_id and each.tag in OWN_WORDS}
    shown = _shown({each.subject for each in rows if each.number in said}, member, viewer)
    for number, recorded_at, tag, actor, subject, reason in rows:
        has_words = number in said and subject in shown and reason
        yield {
            "number": number,
            "recorded_at": recorded_at.isoformat(),
            "action": tag,
            "by": "yourself" if actor == member.public_id else "another",
            **({"reason": reason} if has_words else {}),
        }


def _shown(subjects: Collection[str], member: Member, viewer: Viewer) -> frozenset[str]:
    """Return those of the subjects that the member may see now."""
    return frozenset({subject_of(member), *_things(subjects, viewer)})


def _things(subjects: Collection[str], viewer: Viewer) -> dict[str, Thing]:
    """Return what those of the subjects are that the viewer may see now."""
    found: dict[str, Thing] = {}
    asked = sorted(subjects)
    for start in range(0, len(asked), AT_ONCE):
        found |= describe(asked[start : start + AT_ONCE], viewer)
    return found
