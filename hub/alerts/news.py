"""What the log of decisions holds that followers may want to know, and which follows it concerns; tells nobody yet."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from hub.alerts.models import FollowedKind
from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.catalogue.documents import MOST_COUNTRIES_IN_WORDS
from hub.catalogue.models import (
    CountryRelation,
    Evidence,
    EvidenceStatus,
    Innovation,
    Replication,
    ReplicationStatus,
    RevisionCountry,
)
from hub.core.database import session
from hub.organisations.models import Organisation
from hub.vetting.models import OrganisationVerification

Key = tuple[FollowedKind, str]

TOLD = frozenset(
    {
        Event.INNOVATION_PUBLISH,
        Event.INNOVATION_ARCHIVE,
        Event.EVIDENCE_ACCEPT,
        Event.REPLICATION_CONFIRM,
        Event.ORGANISATION_VERIFY,
        Event.COUNTRY_STATE,
    }
)
"""The decisions that followers are told of."""

CONFIRMED = frozenset({ReplicationStatus.CONFIRMED, ReplicationStatus.EVIDENCED, ReplicationStatus.VERIFIED})
"""Replications in dispute, or given up since, are no news."""


@dataclass(frozen=True)
class Entry:
    """One entry of the log, as far as following needs it."""

    number: int
    at: datetime
    event: Event
    actor: str
    kind: str
    key: str


@dataclass(frozen=True)
class News:
    """Something that followers are told once the viewer of each was asked.

    Args:
        number: of the entry in the log.
        at: when it was decided; who followed later is not told.
        kind: of the notification.
        subject: what it is about; who may not see that is not told.
        actor: public id of who decided it, who knows.
        keys: what somebody follows who is told.
    """

    number: int
    at: datetime
    kind: str
    subject: str
    actor: str
    keys: frozenset[Key]


def newest_entry() -> int:
    """Return the number of the newest entry of the log, 0 when there is none."""
    return session().scalar(select(func.max(AuditChain.number))) or 0


def entries_between(after: int, upto: int, events: Collection[Event] = TOLD) -> list[Entry]:
    """Return the entries of the log with numbers above `after` up to `upto` that tell of `events`, the oldest first."""
    rows = session().execute(
        select(
            AuditChain.number, AuditChain.recorded_at, AuditEntry.tag, AuditEntry.actor, AuditEntry.subject
        )
        .join(AuditEntry, AuditEntry.number == AuditChain.number)
        .where(
            AuditChain.number > after,
            AuditChain.number <= upto,
            AuditEntry.tag.in_(sorted(each.value for each in events)),
        )
        .order_by(AuditChain.number)
    )
    return [_entry(*row) for row in rows]


def _entry(number: int, at: datetime, tag: str, actor: str, subject: str) -> Entry:
    kind, _, key = subject.partition(":")
    return Entry(number, at, Event(tag), actor, kind, key)


def first_publications(entries: Sequence[Entry]) -> list[Entry]:
    """Return those of `entries` with which an innovation was published for the first time."""
    published = [each for each in entries if each.event is Event.INNOVATION_PUBLISH]
    subjects = {f"{each.kind}:{each.key}" for each in published}
    first = dict(
        session()
        .execute(
            select(AuditEntry.subject, func.min(AuditEntry.number))
            .where(AuditEntry.tag == Event.INNOVATION_PUBLISH.value, AuditEntry.subject.in_(sorted(subjects)))
            .group_by(AuditEntry.subject)
        )
        .all()
    )
    return [each for each in published if first[f"{each.kind}:{each.key}"] == each.number]


def news_of(entries: Sequence[Entry]) -> list[News]:
    """Return what `entries` tell followers, in a fixed number of queries; what no longer holds is left out."""
    if not entries:
        return []
    first = frozenset(each.number for each in first_publications(entries))
    proofs = {**_accepted_evidence(entries), **_confirmed_replications(entries)}
    innovations = {each.key for each in entries if each.kind == "innovation"}
    places = _places({*innovations, *(proof.innovation for proof in proofs.values())})
    organisations = _organisations(entries)
    return [
        news
        for entry in entries
        for news in (
            _of_record(entry, places, is_first=entry.number in first),
            _of_proof(entry, proofs),
            _of_organisation(entry, organisations),
            _of_country(entry),
        )
        if news is not None
    ]


@dataclass(frozen=True)
class _Proof:
    """Evidence or a replication: its innovation's public id, and what else its followers follow."""

    innovation: str
    keys: frozenset[Key] = frozenset()


def _news(entry: Entry, kind: str, subject: str, keys: Collection[Key]) -> News:
    return News(entry.number, entry.at, kind, subject, entry.actor, frozenset(keys))


def _of_record(entry: Entry, places: Mapping[str, Collection[Key]], *, is_first: bool) -> News | None:
    itself = (FollowedKind.INNOVATION, entry.key)
    subject = f"innovation:{entry.key}"
    if entry.event is Event.INNOVATION_ARCHIVE:
        return _news(entry, "followed_archived", subject, {itself})
    if entry.event is not Event.INNOVATION_PUBLISH:
        return None
    if is_first:
        return _news(entry, "followed_published", subject, {itself, *places.get(entry.key, ())})
    return _news(entry, "followed_revised", subject, {itself})


def _of_proof(entry: Entry, proofs: Mapping[str, _Proof]) -> News | None:
    kinds = {
        Event.EVIDENCE_ACCEPT: "followed_evidence",
        Event.REPLICATION_CONFIRM: "followed_replication",
    }
    proof = proofs.get(f"{entry.kind}:{entry.key}")
    if entry.event not in kinds or proof is None:
        return None
    keys = {(FollowedKind.INNOVATION, proof.innovation), *proof.keys}
    return _news(entry, kinds[entry.event], f"innovation:{proof.innovation}", keys)


def _of_organisation(entry: Entry, slugs: Mapping[str, str]) -> News | None:
    if entry.event is not Event.ORGANISATION_VERIFY or not (slug := slugs.get(f"{entry.kind}:{entry.key}")):
        return None
    return _news(entry, "followed_organisation", f"organisation:{slug}", {(FollowedKind.ORGANISATION, slug)})


def _of_country(entry: Entry) -> News | None:
    if entry.event is not Event.COUNTRY_STATE:
        return None
    code = entry.key.partition(":")[0]
    return _news(entry, "followed_country", f"country:{code}", {(FollowedKind.COUNTRY, code)})


def _keys_of(entries: Sequence[Entry], kind: str) -> list[str]:
    return sorted({each.key for each in entries if each.kind == kind})


def _accepted_evidence(entries: Sequence[Entry]) -> dict[str, _Proof]:
    rows = session().execute(
        select(Evidence.public_id, Innovation.public_id)
        .join(Innovation, Innovation.id == Evidence.innovation_id)
        .where(
            Evidence.public_id.in_(_keys_of(entries, "evidence")), Evidence.status == EvidenceStatus.ACCEPTED
        )
    )
    return {f"evidence:{key}": _Proof(innovation) for key, innovation in rows}


def _confirmed_replications(entries: Sequence[Entry]) -> dict[str, _Proof]:
    """Return the replications that both sides stand by, with where and by whom the innovations were taken up."""
    rows = session().execute(
        select(Replication.public_id, Innovation.public_id, Replication.country, Organisation.slug)
        .join(Innovation, Innovation.id == Replication.innovation_id)
        .join(Organisation, Organisation.id == Replication.adopter_id)
        .where(
            Replication.public_id.in_(_keys_of(entries, "replication")),
            Replication.status.in_(sorted(CONFIRMED)),
        )
    )
    return {
        f"replication:{key}": _Proof(
            innovation,
            frozenset({(FollowedKind.COUNTRY, country), (FollowedKind.ORGANISATION, slug)}),
        )
        for key, innovation, country, slug in rows
    }


def _places(public_ids: Collection[str]) -> dict[str, set[Key]]:
    """Return the owners and countries of innovations; one in very many countries is news of none but its own."""
    found: dict[str, set[Key]] = defaultdict(set)
    ids = sorted(public_ids)
    owners = session().execute(
        select(Innovation.public_id, Innovation.origin_country, Organisation.slug)
        .join(Organisation, Organisation.id == Innovation.owner_id, isouter=True)
        .where(Innovation.public_id.in_(ids))
    )
    for key, country, slug in owners:
        if slug:
            found[key].add((FollowedKind.ORGANISATION, slug))
        if country:
            found[key].add((FollowedKind.COUNTRY, country))
    used: dict[str, set[str]] = defaultdict(set)
    for key, country in _countries_of(ids):
        used[key].add(country)
    for key, countries in used.items():
        if len(countries) <= MOST_COUNTRIES_IN_WORDS:
            found[key] |= {(FollowedKind.COUNTRY, country) for country in countries}
    return found


def _countries_of(public_ids: list[str]) -> Iterator[tuple[str, str]]:
    rows = session().execute(
        select(Innovation.public_id, RevisionCountry.country)
        .join(RevisionCountry, RevisionCountry.revision_id == Innovation.published_revision_id)
        .where(Innovation.public_id.in_(public_ids), RevisionCountry.relation == CountryRelation.DEPLOYED)
    )
    return ((key, country) for key, country in rows)


def _organisations(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the slugs of verified organisations, by subject."""
    verified = [each for each in entries if each.event is Event.ORGANISATION_VERIFY]
    asked = session().execute(
        select(OrganisationVerification.public_id, Organisation.slug)
        .join(Organisation, Organisation.id == OrganisationVerification.organisation_id)
        .where(OrganisationVerification.public_id.in_(_keys_of(verified, "verification")))
    )
    own = {f"organisation:{key}": key for key in _keys_of(verified, "organisation")}
    return own | {f"verification:{key}": slug for key, slug in asked}
