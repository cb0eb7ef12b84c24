"""What the page of one record shows beside its own words: proof, who took it up, who can use it, its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.catalogue.evidence.level import EvidenceLevel, pieces_behind
from hub.catalogue.evidence.queries import evidence_count, evidence_of
from hub.catalogue.models import (
    Evidence,
    Innovation,
    InnovationRevision,
    ReadinessState,
    Replication,
    RevisionPrerequisite,
    RevisionText,
)
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.readiness.queries import countries_with_statements, statements_of
from hub.catalogue.readiness.rule import Readiness, readiness_of
from hub.catalogue.replications.queries import replication_count, replications_of
from hub.catalogue.revisions.queries import shown_revisions
from hub.vocabularies.loader import vocabulary
from hub.web.catalogue.choices import country_options
from hub.web.i18n import by_name, direction_of, language, language_name, translate
from hub.web.sessions import current_member

SHOWN_EVIDENCE, SHOWN_REPLICATIONS, SHOWN_REVISIONS, SHOWN_EVENTS = 8, 9, 5, 5
"""Rows that the page shows of each; the rest stand on pages of their own, so that a long record is as quick."""

TOLD = (
    Event.INNOVATION_CONFIRM,
    Event.INNOVATION_ARCHIVE,
    Event.INNOVATION_RESTORE,
    Event.INNOVATION_ACCEPT_CLAIM,
    Event.INNOVATION_ACCEPT_OFFER,
)
"""What readers are told of a record's history besides its approved revisions; who did it they are not told."""


@dataclass(frozen=True)
class Said:
    """One field of the prose; where a translation leaves it empty, it is what the source says there."""

    text: str
    language: str
    direction: str
    is_untranslated: bool


@dataclass(frozen=True)
class Reading:
    """The prose of a record in one language.

    Args:
        words: the text.
        said: each field of it by name.
        direction: its writing direction.
        is_asked: whether the address asks for this language.
        is_translated: whether it is not the source.
        is_outdated: whether the source was changed after it was made.
        others: BCP 47 codes of the other languages in which there is a text, by name.
    """

    words: RevisionText
    said: Mapping[str, Said]
    direction: str
    is_asked: bool
    is_translated: bool
    is_outdated: bool
    others: Sequence[str]


def reading_of(revision: InnovationRevision) -> Reading:
    """Return the text in the language that the address asks for, else in the reader's own, else the source."""
    asked = request.args.get("text", "")
    is_asked = revision.has_text_in(asked)
    words = revision.text_in(asked if is_asked else language().code)
    others = {language_name(each.language): each.language for each in revision.texts if each is not words}
    return Reading(
        words=words,
        said={name: _said(words, revision.source_text, name) for name in TEXT_FIELDS},
        direction=direction_of(words.language),
        is_asked=is_asked,
        is_translated=words.language != revision.source_language,
        is_outdated=words.language in revision.outdated_languages,
        others=[others[name] for name in by_name(others)],
    )


def _said(words: RevisionText, source: RevisionText, name: str) -> Said:
    """Return one field, in the source language where the translation is silent: nobody must miss a warning."""
    is_silent = not getattr(words, name)
    spoken = source if is_silent else words
    text = getattr(spoken, name)
    return Said(text, spoken.language, direction_of(spoken.language), bool(text) and spoken is not words)


@dataclass(frozen=True)
class Proof:
    """What is known about how well it works, and who took it up, as far as the viewer may see it.

    `behind` is what the level rests on, where all evidence is on the page, else nothing.
    """

    level: EvidenceLevel
    behind: Sequence[Evidence]
    stale_year: int | None
    evidence: Sequence[Evidence]
    evidence_count: int
    replications: Sequence[Replication]
    replication_count: int


def proof_of(innovation: Innovation, somebody: Viewer) -> Proof:
    """Return the proof of a record; its level as it was computed when evidence was decided last."""
    evidence = evidence_of(innovation, somebody, limit=SHOWN_EVIDENCE)
    count = evidence_count(innovation, somebody)
    return Proof(
        level=EvidenceLevel(innovation.evidence_level),
        behind=pieces_behind(innovation, evidence) if count == len(evidence) else (),
        stale_year=innovation.stale_year,
        evidence=evidence,
        evidence_count=count,
        replications=replications_of(innovation, somebody, limit=SHOWN_REPLICATIONS),
        replication_count=replication_count(innovation, somebody),
    )


@dataclass(frozen=True)
class Needs:
    """What must be there first, and whether a country has it.

    Args:
        prerequisites: by area, in the order of the areas.
        country: ISO code of the country that is looked at, or None.
        readiness: what it has, or None without a country or where nothing is needed.
        stated_at: when it last stated one of these, or None where it stated none.
        stating: (code, name) of the countries that stated anything, by name.
        silent: those of all others.
    """

    prerequisites: Sequence[RevisionPrerequisite]
    country: str | None
    readiness: Readiness | None
    stated_at: datetime | None
    stating: Sequence[tuple[str, str]]
    silent: Sequence[tuple[str, str]]

    @property
    def counts(self) -> dict[str, int]:
        """How many prerequisites are in each state, for the bar."""
        return counts_of(self.readiness)


def counts_of(readiness: Readiness | None) -> dict[str, int]:
    """Return how many prerequisites are in each state; nothing where no country is looked at."""
    if readiness is None:
        return {}
    known = {state.value: readiness.count(state) for state in ReadinessState}
    return {**known, "unknown": readiness.count(None)}


AREAS = [area.code for area in vocabulary("prerequisite_areas").terms]


def in_order(prerequisites: Iterable[RevisionPrerequisite]) -> list[RevisionPrerequisite]:
    """Return prerequisites in the order of their areas."""
    return sorted(prerequisites, key=lambda each: (AREAS.index(each.area), each.id))


def needs_of(revision: InnovationRevision) -> Needs:
    """Return what the innovation needs, against the country of the address or of the signed-in member."""
    prerequisites = in_order(revision.prerequisites)
    member = current_member()
    own = member.country if member else None
    asked = request.args.get("country", "")
    country = asked if asked in vocabulary("countries") else own
    statements = statements_of(country) if country else {}
    readiness = readiness_of(country, prerequisites, statements) if country and prerequisites else None
    stated = [row.statement.stated_at for row in readiness.rows if row.statement] if readiness else []
    stating = set(countries_with_statements())
    named = [(code, name) for code, name, _also in country_options()]
    return Needs(
        prerequisites=prerequisites,
        country=country,
        readiness=readiness,
        stated_at=max(stated, default=None),
        stating=[each for each in named if each[0] in stating],
        silent=[each for each in named if each[0] not in stating],
    )


@dataclass(frozen=True)
class Happened:
    """One line of a record's history; `href` leads to the revision and what changed in it."""

    at: datetime
    text: str
    href: str | None = None
    link: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Past:
    """The last that happened to a record, the newest first, and whether there are more revisions than shown."""

    entries: Sequence[Happened]
    has_more: bool


def past_of(innovation: Innovation, somebody: Viewer) -> Past:
    """Return the last approved revisions and what else readers are told."""
    revisions = shown_revisions(innovation, somebody, limit=SHOWN_REVISIONS + 1)
    entries = [
        Happened(
            each.decided_at or each.saved_at,
            translate("Revision %(number)s approved and published", number=each.number),
            url_for("catalogue.revision", slug=innovation.slug, number=each.number),
            translate("See what changed") if each.number > 1 else translate("Read it as it was"),
        )
        for each in revisions[:SHOWN_REVISIONS]
    ]
    if entries:
        told = history_of(innovation.subject, limit=SHOWN_EVENTS, events=TOLD)
        entries += [Happened(item.recorded_at, translate(item.event.label)) for item in told]
    entries.sort(key=lambda each: each.at, reverse=True)
    return Past(entries, has_more=len(revisions) > SHOWN_REVISIONS)
