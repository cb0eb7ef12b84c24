"""A revision as coordinators read it before they decide: what changed, what it says, and who could read it then."""

from dataclasses import dataclass

from hub.access.audience import Readership, Tlp
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.review.differences import differences_between
from hub.catalogue.review.queries import named_organisations
from hub.web.catalogue.comparing import (
    ShownField,
    in_order,
    label_of,
    readers_in_words,
    shown_differences,
    shown_fields,
)


@dataclass(frozen=True)
class Readers:
    """Who may read a record, in words, and its label."""

    words: str | list[str]
    tlp: Tlp


@dataclass(frozen=True)
class ReadRevision:
    """A revision beside what readers see now.

    Args:
        changed: the fields that changed; empty for a new record.
        said: all else that it says.
        readers_now: who may read the record now.
        readers_then: who could read it once the revision is published.
    """

    changed: list[ShownField]
    said: list[ShownField]
    readers_now: Readers
    readers_then: Readers


def read_revision(revision: InnovationRevision) -> ReadRevision:
    """Return all that a coordinator weighs of a revision, in words."""
    innovation = revision.innovation
    published = innovation.published_revision
    names = named_organisations(revision, published, innovation)
    changed = shown_differences(differences_between(published, revision), names) if published else []
    told = {(each.field, each.language) for each in changed}
    said = [each for each in _said_by(revision, names) if (each.field, each.language) not in told]
    return ReadRevision(
        changed=changed,
        said=said,
        readers_now=_readers(innovation, names),
        readers_then=_readers(revision, names),
    )


def _said_by(revision: InnovationRevision, names: dict[int, str]) -> list[ShownField]:
    """Return all that a revision says, with the responsible organisation."""
    owner = revision.innovation.owner
    responsible = ShownField("organisation_id", label_of("organisation_id"), now=owner.name if owner else "")
    return in_order([*shown_fields(revision, names), responsible])


def _readers(thing: Innovation | InnovationRevision, names: dict[int, str]) -> Readers:
    readership: Readership = thing.readership
    return Readers(readers_in_words(readership, names), readership.tlp)
