"""What a row would do to the catalogue, and everything that keeps it from doing so. Writes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationDetails, InnovationRevision, InnovationStatus
from hub.catalogue.models.checking import CHOOSE, ROW_CHECKS
from hub.catalogue.permissions import can_speak_for
from hub.catalogue.texts.service import text_faults
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.interchange.known import NOT_YOURS
from hub.interchange.owners import Owners
from hub.interchange.records import OwnerName, Record, faults_of, said_keys
from hub.interchange.report import Problem
from hub.interchange.stored import (
    changed_content,
    changed_texts,
    is_same_owner,
    is_same_readership,
    says_the_same,
)

IN_REVIEW = N_("This record waits for a coordinator or is in review. Withdraw it, or wait for the decision.")
TAKEN_DOWN = N_("This record was taken down.")
GONE_ON = N_(
    "This record has gone on since version %(version)s. Export it again, or empty this cell to overwrite it."
)
OTHER_LANGUAGE = N_("The record is written in another language. Change that on its page, under “Languages”.")


@dataclass(frozen=True)
class Change:
    """What a row changes.

    Args:
        said: content by the names of `InnovationDetails`.
        texts: translations by language; an empty one is to go.
        owner: the responsible organisation, if it changes.
        problems: what keeps it from being written.
    """

    said: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]
    owner: OwnerName | None = None
    problems: Sequence[Problem] = field(default=())

    def details(self, owner_id: int | None) -> InnovationDetails:
        """Return the content with the id of its responsible organisation, if that changes."""
        owner: dict[str, Any] = {"organisation_id": owner_id} if owner_id is not None else {}
        return InnovationDetails(**self.said, **owner)


def judge_new(record: Record, owners: Owners, language: str) -> Change:
    """Return what a new record would say.

    Args:
        record: the row.
        owners: the organisations known by name.
        language: of the texts, where the row names none.
    """
    texts = {key: words for key, words in record.texts.items() if any(words.values())}
    said: dict[str, Any] = {"name": "", **record.said}
    if record.readership is not None:
        said["readership"] = record.readership
    return _checked(record, Change(said, texts, record.owner), owners, record.language or language)


def judge_change(
    record: Record,
    innovation: Innovation,
    revisions: Sequence[InnovationRevision],
    viewer: Viewer,
    owners: Owners,
) -> Change | None:
    """Return what a row would change of a record, or None if it says the same.

    Args:
        record: the row.
        innovation: the record.
        revisions: those that the viewer may compare with, the latest first.
        viewer: who imports.
        owners: the organisations known by name.
    """
    if any(says_the_same(record, each) for each in revisions):
        return None
    fault = _obstacle(record, innovation, viewer)
    if fault is not None or not revisions:
        return Change({}, {}, problems=[record.problem(fault or InvalidError(NOT_YOURS))])
    base = _base(innovation)
    said = changed_content(record, base)
    if not is_same_readership(record, base):
        said["readership"] = record.readership
    owner = None if is_same_owner(record.owner, base) else record.owner
    return _checked(record, Change(said, changed_texts(record, base), owner), owners, base.source_language)


def _base(innovation: Innovation) -> InnovationRevision:
    """Return the revision that a change would begin from: the open one, else the approved, else the last."""
    latest = innovation.latest_revision
    return latest if latest.is_open else innovation.published_revision or latest


def _obstacle(record: Record, innovation: Innovation, viewer: Viewer) -> InvalidError | None:
    """Return what keeps the record as a whole from being changed."""
    latest = innovation.latest_revision
    if not can_speak_for(viewer, innovation):
        return InvalidError(NOT_YOURS)
    if innovation.status is InnovationStatus.TAKEN_DOWN:
        return InvalidError(TAKEN_DOWN)
    if latest.is_open and not latest.is_editable:
        return InvalidError(IN_REVIEW)
    base = _base(innovation)
    if record.version is not None and record.version != base.number:
        return InvalidError(GONE_ON, field="version", version=record.version)
    if record.language and record.language != base.source_language:
        return InvalidError(OTHER_LANGUAGE, field="language")
    return None


def _checked(record: Record, change: Change, owners: Owners, source_language: str) -> Change:
    """Return the change with everything that is wrong with it."""
    named = list(faults_of(record, said_keys(change.said, change.texts)))
    problems = _together(named, _rule_faults(record, change, owners, source_language))
    return Change(change.said, change.texts, change.owner, problems)


def faults_beside(record: Record) -> list[Problem]:
    """Return what else is wrong with a row that cannot be read whole, so that all of it is mended at once.

    A row with too few or too many cells has no more to say: nobody knows which cell belongs to which column.
    """
    if record.row.fault is not None:
        return []
    unread = {each.field for each in record.problems}
    named = faults_of(record, said_keys(record.said, record.texts))
    refused = (record.problem(fault) for fault in InnovationDetails(**record.said).faults())
    return [each for each in _together(list(named), refused) if each.field not in unread]


def _together(named: list[Problem], refused: Iterable[Problem]) -> list[Problem]:
    """Return problems without those that say the same again: of a cell of several rows, all that differ."""
    fields = {each.field for each in named}
    problems = list(named)
    for each in refused:
        is_more = each.field not in fields or (each.field in ROW_CHECKS and each.message != CHOOSE)
        if is_more and each not in problems:
            problems.append(each)
    return problems


def _rule_faults(record: Record, change: Change, owners: Owners, source_language: str) -> Iterator[Problem]:
    """Yield what the rules of the catalogue refuse."""
    for fault in InnovationDetails(**change.said).faults():
        yield record.problem(fault)
    for language, words in change.texts.items():
        if words:
            for fault in text_faults(language, words, source_language):
                yield record.problem(fault, f"{fault.field}:{language}")
    if change.owner is not None:
        try:
            owners.find(change.owner)
        except InvalidError as fault:
            yield record.problem(fault)
