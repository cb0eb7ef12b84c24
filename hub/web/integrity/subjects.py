"""What entries of the audit log are about, as far as whoever reads them may know it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import url_for

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.queries import LogItem
from hub.catalogue.conflicts.queries import ShownInnovation, shown_innovations, shown_proofs
from hub.catalogue.models import Evidence, Replication
from hub.core.i18n import N_
from hub.integrity.permissions import CONFLICT_LABELS, Conflict
from hub.vetting.queries import appointed_members
from hub.web.i18n import translate

ROLE_EVENTS = frozenset(
    {
        Event.MEMBER_GRANT,
        Event.MEMBER_PROPOSE_ROLE,
        Event.MEMBER_DECLINE_ROLE,
        Event.MEMBER_END_ROLE,
        Event.MEMBER_STRIKE_INTEREST,
    }
)
"""What integrity officers take part in, so that they may read of whom it tells and why; offers are for the two."""

KINDS = {
    "abuse": N_("A report of abuse"),
    "annex": N_("An annex"),
    "assessment": N_("An assessment of a commitment"),
    "commitment": N_("A commitment"),
    "commitment_evidence": N_("Evidence for a commitment"),
    "country": N_("What is said of a country"),
    "erasure": N_("A proposal to erase logged matter"),
    "evidence": N_("Evidence"),
    "handover": N_("An offer to take a commitment over"),
    "innovation": N_("A record"),
    "invitation": N_("An invitation"),
    "member": N_("A person"),
    "milestone": N_("A milestone of a commitment"),
    "organisation": N_("An organisation"),
    "replication": N_("A replication"),
}
"""What each kind of thing is called where nothing else is told of it."""


@dataclass(frozen=True)
class Subject:
    """What one entry is about.

    Args:
        words: its title, or that it is hidden.
        href: where it is, or nothing.
        language: BCP 47 code of the title, or None.
        reason: the words or code of the entry, where they may be read.
        is_hidden: whether title and reason are kept from this person.
        kind: what kind of thing it is, in words, where that is all that is told.
    """

    words: str
    href: str = ""
    language: str | None = None
    reason: str = ""
    is_hidden: bool = False
    kind: str = ""


def shown_subjects(items: Sequence[LogItem], viewer: Viewer) -> dict[int, Subject]:
    """Return what the entries are about, by number, as far as `viewer` may know it."""
    subjects = {each.subject for each in items}
    records = {
        **_records("innovation", "catalogue.show", shown_innovations(_ids(subjects, "innovation"), viewer)),
        **_records(
            "evidence", "catalogue.evidence", shown_proofs(Evidence, _ids(subjects, "evidence"), viewer)
        ),
        **_records(
            "replication",
            "catalogue.replications",
            shown_proofs(Replication, _ids(subjects, "replication"), viewer),
        ),
    }
    members = appointed_members(_ids(subjects, "member"), viewer)
    found = {}
    for item in items:
        kind, _, public_id = item.subject.partition(":")
        if item.subject in records:
            record, href = records[item.subject]
            reason = "" if record.has_conflict else reason_of(item)
            subject = Subject(record.name, href, record.language, reason)
        elif kind == "member" and item.event in ROLE_EVENTS and public_id in members:
            member = members[public_id]
            subject = Subject(member.name, reason="" if member.has_conflict else item.reason)
        elif kind == "audit":
            subject = Subject(translate("Entry %(number)s", number=public_id), reason=item.reason)
        elif kind == "key":
            # the public name of a key that signs checkpoints
            subject = Subject(translate("Key %(key)s", key=public_id))
        elif kind == "erasure":
            href = url_for("integrity.erasure", public_id=public_id)
            subject = Subject(translate(KINDS[kind]), href, reason=item.reason)
        elif kind == "member" and public_id == viewer.public_id:
            subject = Subject(translate("Yourself"))
        else:
            subject = Subject(
                translate("Hidden from you"), is_hidden=True, kind=translate(KINDS.get(kind, ""))
            )
        found[item.number] = subject
    return found


def shown_actors(items: Sequence[LogItem], viewer: Viewer) -> dict[str, str]:
    """Return the names of those who acted with a role, by member id, for who may know who holds which."""
    acted = frozenset(each.actor for each in items if each.roles)
    return {public_id: member.name for public_id, member in appointed_members(acted, viewer).items()}


def _records(
    kind: str, endpoint: str, found: dict[str, ShownInnovation]
) -> dict[str, tuple[ShownInnovation, str]]:
    """Return records with their addresses, by what the log calls them."""
    return {
        f"{kind}:{public_id}": (record, url_for(endpoint, slug=record.slug))
        for public_id, record in found.items()
    }


def reason_of(item: LogItem) -> str:
    """Return the reason of an entry, in words where it is a code."""
    if item.event is Event.RECUSAL_RECORD and item.reason in frozenset(Conflict):
        return translate(CONFLICT_LABELS[Conflict(item.reason)])
    return item.reason


def _ids(subjects: Collection[str], kind: str) -> frozenset[str]:
    return frozenset(each.removeprefix(f"{kind}:") for each in subjects if each.startswith(f"{kind}:"))
