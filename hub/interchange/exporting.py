"""Exporting the public records, such that importing what was exported changes nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import VISITOR
from hub.catalogue.models import Innovation, InnovationRevision, RevisionText
from hub.catalogue.permissions import in_audience_of
from hub.catalogue.queries import loaded_content
from hub.core.database import session
from hub.interchange.columns import COLUMNS
from hub.interchange.stored import content_of, translations_of
from hub.interchange.writing import csv_pieces, json_pieces

CHUNK = 200
"""Records that are in the memory at a time."""


def export_pieces(kind: str, base_url: str, public_ids: Sequence[str] | None = None) -> Iterator[str]:
    """Yield an export of what everybody may read, whoever asks; needs an open session until it ends.

    Args:
        kind: `csv` or `json`.
        base_url: begins the addresses of the records.
        public_ids: the records, in their order; all, in the order of registration, where none are named.
    """
    rows = _rows(base_url, public_ids)
    if kind == "json":
        return json_pieces(rows)
    return csv_pieces(rows, _languages(public_ids))


def _languages(public_ids: Sequence[str] | None) -> list[str]:
    """Return the languages of the translations, in alphabetical order."""
    wanted = (
        select(RevisionText.language)
        .join(Innovation, Innovation.published_revision_id == RevisionText.revision_id)
        .join(InnovationRevision, InnovationRevision.id == RevisionText.revision_id)
        .where(in_audience_of(VISITOR), RevisionText.language != InnovationRevision.source_language)
        .distinct()
    )
    if public_ids is None:
        return sorted(session().scalars(wanted))
    return sorted(
        {
            language
            for part in _parts(public_ids)
            for language in session().scalars(wanted.where(Innovation.public_id.in_(part)))
        }
    )


def _rows(base_url: str, public_ids: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    if public_ids is None:
        found = session().scalars(_wanted().order_by(Innovation.id).execution_options(yield_per=CHUNK))
        for innovation in found:
            yield _row(innovation, base_url)
        return
    for part in _parts(public_ids):
        by_id = {
            each.public_id: each
            for each in session().scalars(_wanted().where(Innovation.public_id.in_(part)))
        }
        for public_id in part:
            if public_id in by_id:
                yield _row(by_id[public_id], base_url)
        session().expunge_all()


def _parts(public_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(public_ids), CHUNK):
        yield public_ids[start : start + CHUNK]


def _wanted() -> Select[Innovation]:
    return (
        select(Innovation)
        .where(in_audience_of(VISITOR))
        .options(
            joinedload(Innovation.owner),
            joinedload(Innovation.published_revision).options(*loaded_content()),
        )
    )


def _row(innovation: Innovation, base_url: str) -> dict[str, Any]:
    """Return a record by headings."""
    revision = innovation.published_revision
    if revision is None:
        message = "only published records are exported"
        raise ValueError(message)
    owner = innovation.owner
    readership = revision.readership
    values = {
        **content_of(revision),
        "id": innovation.public_id,
        "source": innovation.collection if innovation.external_id else None,
        "external_id": innovation.external_id,
        "version": revision.number,
        "tlp": f"TLP:{readership.tlp}",
        "audience": readership.audience.value,
        "audience_countries": sorted(readership.countries),
        "language": revision.source_language,
        "organisation": owner.name if owner else None,
        "organisation_country": owner.country if owner else None,
        "organisation_type": owner.type if owner else None,
        "address": f"{base_url}/innovations/{innovation.slug}",
    }
    ordered = {column.name: values[column.name] for column in COLUMNS}
    for language, words in sorted(translations_of(revision).items()):
        ordered |= {f"{name}:{language}": text for name, text in words.items()}
    return ordered
