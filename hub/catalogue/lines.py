"""What a list shows of innovations, in few narrow queries: their state, and their words.

An approved revision never changes, so callers may remember its content; whether it is shown is asked each time.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.catalogue.models import (
    CountryRelation,
    Innovation,
    InnovationLabel,
    InnovationRevision,
    InnovationStatus,
    RevisionCountry,
    RevisionLabel,
    RevisionPrerequisite,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.models.innovation import SHOWN, year_if_stale
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.organisations.models import Organisation


@dataclass(frozen=True)
class Line:
    """How an innovation stands now, for one line of a list.

    Args:
        revision_id: of the approved revision, whose content it is.
    """

    public_id: str
    slug: str
    status: InnovationStatus
    tlp: Tlp
    evidence_level: int | None
    evidence_year: int | None
    owner: str
    revision_id: int

    @property
    def stale_year(self) -> int | None:
        """The newest year of the evidence that the level rests on, where that is long ago."""
        return year_if_stale(self.evidence_year)


@dataclass(frozen=True)
class Words:
    """The prose of a revision in one language, by field."""

    language: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """What an approved revision says, as far as lists show it.

    Args:
        words: the source first, then the translations by language.
        needs: topics of what must be there first; None for what is no common prerequisite.
    """

    kind: str | None
    year_started: int | None
    words: tuple[Words, ...]
    deployed: tuple[str, ...]
    unsuitable: frozenset[str]
    standards_read: tuple[str, ...]
    needs: tuple[str | None, ...]

    def words_for(self, language: str) -> Words:
        """Return the text for a reader of `language` (BCP 47): the same, one of its family, else the source."""
        family = language.partition("-")[0]
        same = (each for each in self.words if each.language == language)
        related = (each for each in self.words if each.language.partition("-")[0] == family)
        return next(same, None) or next(related, None) or self.words[0]


LINE_COLUMNS = (
    Innovation.public_id,
    Innovation.slug,
    Innovation.status,
    Innovation.tlp,
    Innovation.evidence_level,
    Innovation.evidence_year,
    Organisation.name,
    Innovation.published_revision_id,
)


SHOWN_LINES = (
    select(*LINE_COLUMNS)
    .outerjoin(Organisation, Organisation.id == Innovation.owner_id)
    .where(
        Innovation.public_id.in_(bindparam("public_ids", expanding=True)),
        exists().where(
            InnovationLabel.innovation_id == Innovation.id,
            InnovationLabel.label.in_(bindparam("labels", expanding=True)),
        ),
        exists().where(
            RevisionLabel.revision_id == Innovation.published_revision_id,
            RevisionLabel.label.in_(bindparam("labels", expanding=True)),
        ),
    )
)
"""The condition of `permissions.in_audience_of` for a few rows instead of all, which a test proves. The state is looked
at when they are there: SQLite would take its index, in which nearly all records are."""


def shown_lines(public_ids: Sequence[str], viewer: Viewer) -> list[Line]:
    """Return how those of the innovations stand that are shown to `viewer`, in the order of `public_ids`."""
    if not public_ids:
        return []
    rows = session().execute(SHOWN_LINES, {"public_ids": list(public_ids), "labels": sorted(viewer.labels)})
    found = {
        row[0]: Line(*row[:6], owner=row[6] or "", revision_id=row[7] or 0) for row in rows if row[2] in SHOWN
    }
    return [found[each] for each in public_ids if each in found]


def contents_of(revision_ids: Collection[int]) -> dict[int, Content]:
    """Return what revisions say, by id; for lines that `shown_lines` gave."""
    if not revision_ids:
        return {}
    ids = sorted(revision_ids)
    countries = _rows(RevisionCountry.revision_id, ids, RevisionCountry.relation, RevisionCountry.country)
    standards = _rows(RevisionTerm.revision_id, ids, RevisionTerm.scheme, RevisionTerm.code)
    needs = _rows(RevisionPrerequisite.revision_id, ids, RevisionPrerequisite.topic)
    texts = _rows(
        RevisionText.revision_id,
        ids,
        RevisionText.language,
        *(getattr(RevisionText, name) for name in TEXT_FIELDS),
    )
    revisions = session().execute(
        select(
            InnovationRevision.id,
            InnovationRevision.kind,
            InnovationRevision.year_started,
            InnovationRevision.source_language,
        ).where(InnovationRevision.id.in_(ids))
    )
    return {
        number: Content(
            kind=kind,
            year_started=year,
            words=_words(texts[number], source),
            deployed=tuple(
                sorted(code for relation, code in countries[number] if relation is CountryRelation.DEPLOYED)
            ),
            unsuitable=frozenset(
                code for relation, code in countries[number] if relation is CountryRelation.UNSUITABLE
            ),
            standards_read=tuple(
                sorted(code for scheme, code in standards[number] if scheme is TermScheme.STANDARDS_READ)
            ),
            needs=tuple(topic for (topic,) in needs[number]),
        )
        for number, kind, year, source in revisions
    }


def content_of(revision: InnovationRevision) -> Content:
    """Return what a revision says that was loaded with `queries.loaded_for_lists`, without what it needs."""
    words = [
        Words(each.language, {name: getattr(each, name) for name in TEXT_FIELDS}) for each in revision.texts
    ]
    return Content(
        kind=revision.kind,
        year_started=revision.year_started,
        words=_source_first(words, revision.source_language),
        deployed=revision.deployed_in,
        unsuitable=frozenset(each.country for each in revision.unsuitable_in),
        standards_read=tuple(sorted(revision.codes(TermScheme.STANDARDS_READ))),
        needs=(),
    )


def line_of(innovation: Innovation) -> Line:
    """Return how an innovation stands that was loaded with `queries.loaded_for_lists`.

    Raises:
        NotFoundError: it has no approved revision.
    """
    if innovation.published_revision_id is None:
        raise NotFoundError
    return Line(
        public_id=innovation.public_id,
        slug=innovation.slug,
        status=innovation.status,
        tlp=innovation.tlp,
        evidence_level=innovation.evidence_level,
        evidence_year=innovation.evidence_year,
        owner=innovation.owner.name if innovation.owner else "",
        revision_id=innovation.published_revision_id,
    )


def _rows(
    owner: InstrumentedAttribute[int], ids: Sequence[int], *columns: InstrumentedAttribute[Any]
) -> Mapping[int, list[tuple[Any, ...]]]:
    """Return some columns of the rows of each revision."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for number, *values in session().execute(select(owner, *columns).where(owner.in_(ids))):
        found[number].append(tuple(values))
    return found


def _words(rows: Sequence[tuple[Any, ...]], source: str) -> tuple[Words, ...]:
    words = [Words(language, dict(zip(TEXT_FIELDS, texts, strict=True))) for language, *texts in rows]
    return _source_first(words, source)


def _source_first(words: Sequence[Words], source: str) -> tuple[Words, ...]:
    return tuple(sorted(words, key=lambda each: (each.language != source, each.language)))
