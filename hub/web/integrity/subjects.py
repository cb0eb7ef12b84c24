"""What entries of the audit log are about, as far as whoever reads them may know it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import url_for

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.queries import LogItem
from hub.catalogue.conflicts.queries import shown_innovations
from hub.integrity.permissions import CONFLICT_LABELS, Conflict
from hub.vetting.queries import appointed_members
from hub.web.i18n import translate

ROLE_EVENTS = frozenset(
    {
        Event.MEMBER_GRANT,
        Event.MEMBER_PROPOSE_ROLE,
        Event.MEMBER_DECLINE_ROLE,
        Event.MEMBER_WITHDRAW_ROLE,
        Event.MEMBER_END_ROLE,
        Event.MEMBER_OFFER_ROLE,
        Event.MEMBER_ACCEPT_ROLE,
        Event.MEMBER_REFUSE_ROLE,
        Event.MEMBER_STRIKE_INTEREST,
    }
)
"""What integrity officers take part in themselves, so that they may read of whom it tells and why."""


@dataclass(frozen=True)
class Subject:
    """What one entry is about.

    Args:
        words: its title, or that it is hidden.
        href: where it is, or nothing.
        language: BCP 47 code of the title, or None.
        reason: the words or code of the entry, where they may be read.
        is_hidden: whether title and reason are kept from this person.
    """

    words: str
    href: str = ""
    language: str | None = None
    reason: str = ""
    is_hidden: bool = False


def shown_subjects(items: Sequence[LogItem], viewer: Viewer) -> dict[int, Subject]:
    """Return what the entries are about, by number, as far as `viewer` may know it."""
    subjects = {each.subject for each in items}
    innovations = shown_innovations(_ids(subjects, "innovation"), viewer)
    members = appointed_members(_ids(subjects, "member"), viewer)
    hidden = Subject(translate("Hidden from you"), is_hidden=True)
    found = {}
    for item in items:
        kind, _, public_id = item.subject.partition(":")
        subject = hidden
        if kind == "innovation" and public_id in innovations:
            record = innovations[public_id]
            subject = Subject(
                record.name,
                url_for("catalogue.show", slug=record.slug),
                record.language,
                "" if record.has_conflict else reason_of(item),
            )
        elif kind == "member" and item.event in ROLE_EVENTS and public_id in members:
            member = members[public_id]
            subject = Subject(member.name, reason="" if member.has_conflict else item.reason)
        elif kind == "audit":
            subject = Subject(translate("Entry %(number)s", number=public_id), reason=item.reason)
        elif kind == "member" and public_id == viewer.public_id:
            subject = Subject(translate("Yourself"))
        found[item.number] = subject
    return found


def reason_of(item: LogItem) -> str:
    """Return the reason of an entry, in words where it is a code."""
    if item.event is Event.RECUSAL_RECORD and item.reason in frozenset(Conflict):
        return translate(CONFLICT_LABELS[Conflict(item.reason)])
    return item.reason


def _ids(subjects: Collection[str], kind: str) -> frozenset[str]:
    return frozenset(each.removeprefix(f"{kind}:") for each in subjects if each.startswith(f"{kind}:"))
