"""From a row to what it says: identity, readers, content, texts, and a problem for each cell that says nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hub.access.audience import CEILING, Audience, Readership, Tlp
from hub.catalogue.models.batches import COLLECTION_LENGTH
from hub.catalogue.models.checking import LANGUAGE_CODE, check_text, faults_in
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.interchange.codes import NO_LANGUAGE, codes_in, unknown_codes
from hub.interchange.columns import BY_NAME, CONTENT_COLUMNS, DEFAULT_COLLECTION, is_known, split_name
from hub.interchange.reading import Row
from hub.interchange.report import Problem
from hub.interchange.shapes import RowsError, rearm
from hub.organisations.models import NAME_LENGTH as ORGANISATION_NAME_LENGTH

EXTERNAL_ID_LENGTH = 80

AUDIENCES = (Audience.PUBLIC, Audience.MEMBERS, Audience.LAW_ENFORCEMENT)
"""The audiences that a row may choose; named organisations are chosen on the page of the record."""


@dataclass(frozen=True)
class OwnerName:
    """The responsible organisation as a row names it; empty country and type are not said."""

    name: str
    country: str = ""
    type: str = ""


@dataclass(frozen=True)
class Record:
    """What a row says.

    Args:
        row: where it stands.
        id: the hub's own id, or empty.
        collection: the collection's name.
        external_id: the id in the collection, or empty.
        version: number of the revision that was exported, if the row says so.
        language: of the texts in the source language, or empty.
        said: content by the names of `InnovationDetails`; columns that are not there are not said.
        texts: translations by language; what is not there is not said.
        owner: the responsible organisation, or None if not said.
        readership: who may read it, or None if not said.
        problems: what cannot be read.
    """

    row: Row
    id: str
    collection: str
    external_id: str
    version: int | None
    language: str
    said: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]
    owner: OwnerName | None
    readership: Readership | None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """What makes two rows of a file the same record."""
        if self.id:
            return (("id", self.id.lower()),)
        return (("external_id", self.collection, self.external_id),) if self.external_id else ()

    def with_problem(self, problem: Problem) -> "Record":
        """Return the record with one more problem."""
        return replace(self, problems=(*self.problems, problem))

    def problem(self, fault: InvalidError, name: str = "") -> Problem:
        """Return a fault as a problem of this record."""
        return Problem.of(fault, record=self.row.record, line=self.row.line, name=name)


def record_of(row: Row) -> Record:
    """Return what a row says, with the problems of reading it."""
    return _Reader(row).record()


class _Reader:
    """Reads the cells of one row, and collects what cannot be read."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._problems: list[Problem] = []
        if row.fault:
            self._note(row.fault, row.fault.field)

    def record(self) -> Record:
        identity = {name: self._line(name) for name in ("id", "source", "external_id", "language")}
        collection = identity["source"] or DEFAULT_COLLECTION
        self._check(check_text, "id", identity["id"], EXTERNAL_ID_LENGTH)
        self._check(check_text, "source", collection, COLLECTION_LENGTH)
        self._check(check_text, "external_id", identity["external_id"], EXTERNAL_ID_LENGTH)
        self._check_language("language", identity["language"])
        return Record(
            row=self._row,
            id=identity["id"],
            collection=collection,
            external_id=identity["external_id"],
            version=self._version(),
            language=identity["language"],
            said={
                column.name: value
                for column in CONTENT_COLUMNS
                if column.name in self._row.values and (value := self._value(column.name)) is not _UNREAD
            },
            texts=self._texts(),
            owner=self._owner(),
            readership=self._readership(),
            problems=tuple(self._problems),
        )

    def _note(self, fault: InvalidError, name: str) -> None:
        problem = Problem.of(fault, record=self._row.record, line=self._row.line, name=name)
        if problem not in self._problems:
            self._problems.append(problem)

    def _check(self, check: Any, name: str, *values: Any) -> None:  # noqa: ANN401 - any rule of the catalogue
        try:
            check(name, *values)
        except InvalidError as fault:
            self._note(fault, name)

    def _check_language(self, name: str, code: str) -> None:
        if code and not LANGUAGE_CODE.fullmatch(code):
            self._note(InvalidError(NO_LANGUAGE, value=code), name)

    def _value(self, name: str) -> Any:  # noqa: ANN401 - whatever the column holds
        """Return the value of a column, or of a column of prose in a language; `_UNREAD` after noting a problem."""
        shape = BY_NAME[split_name(name)[0]].shape
        raw = self._row.values[name]
        try:
            return shape.from_json(raw) if self._row.is_json else shape.from_cell(rearm(raw))
        except RowsError as error:
            # what could be read of the cell is judged too, so that everything is named at once
            for fault in (*error.faults, *faults_in({name: error.rows})):
                self._note(fault, name)
            return _UNREAD
        except InvalidError as fault:
            self._note(fault, name)
            return _UNREAD

    def _line(self, name: str) -> str:
        value = self._value(name) if name in self._row.values else ""
        return "" if value is _UNREAD or not value else str(value)

    def _version(self) -> int | None:
        """Return the number of the revision; spreadsheets and people may have made it a text."""
        raw = self._row.values.get("version")
        if raw in (None, ""):
            return None
        text = str(raw).strip()
        if not (text.isascii() and text.isdigit()):
            self._note(InvalidError(N_("Leave the version as it was exported, or empty.")), "version")
            return None
        return int(text[:9])

    def _texts(self) -> dict[str, dict[str, str]]:
        texts: dict[str, dict[str, str]] = {}
        for name in self._row.values:
            words, language = split_name(name)
            if language and is_known(name):
                value = self._value(name)
                if value is not _UNREAD:
                    texts.setdefault(language, {})[words] = value
        for language in texts:
            self._check_language("language", language)
        return texts

    def _owner(self) -> OwnerName | None:
        owner = OwnerName(
            self._line("organisation"), self._line("organisation_country"), self._line("organisation_type")
        )
        if not owner.name:
            return None
        self._check(check_text, "organisation", owner.name, ORGANISATION_NAME_LENGTH)
        for name, code in (("organisation_country", owner.country), ("organisation_type", owner.type)):
            if code:
                self._problems += _code_problems(self._row, name, (code,))
        return owner

    def _readership(self) -> Readership | None:
        audience, label = self._line("audience"), self._line("tlp").removeprefix("TLP:")
        countries = self._value("audience_countries") if "audience_countries" in self._row.values else ()
        if not audience:
            if label or (countries and countries is not _UNREAD):
                self._note(
                    InvalidError(N_("Say who may read it: public, members or law_enforcement.")), "audience"
                )
            return None
        if audience not in AUDIENCES:
            message = N_("“%(value)s” cannot be imported. Write public, members or law_enforcement.")
            self._note(InvalidError(message, value=audience), "audience")
            return None
        chosen = Audience(audience)
        allowed = [tlp for tlp in Tlp if chosen in CEILING[tlp]]
        if label and label not in allowed:
            message = N_("This audience takes one of these labels: %(labels)s.")
            self._note(InvalidError(message, labels=", ".join(f"TLP:{tlp}" for tlp in allowed)), "tlp")
            return None
        named: tuple[str, ...] = countries if countries is not _UNREAD else ()
        if named and chosen is not Audience.LAW_ENFORCEMENT:
            self._note(
                InvalidError(N_("Only law enforcement can be limited to countries.")), "audience_countries"
            )
        self._problems += _code_problems(self._row, "audience_countries", named)
        return Readership(chosen, Tlp(label) if label else allowed[-1], countries=frozenset(named))


_UNREAD = object()
"""Stands for a value that could not be read."""

PLACEHOLDERS = frozenset(
    ("n/a", "n.a.", "-", "--", "–", "—", "none", "null", "nil", "tbd", "unknown", "?", "…", "...")
)
"""What people write where they know nothing; the hub leaves it empty."""


def faults_of(record: Record, changed: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what a row cannot change fields to: unknown codes by name, and words that only fill a gap.

    Args:
        record: the row.
        changed: by column (of prose in a language too), as `Record.said` has them.
    """
    for name, value in changed.items():
        for scheme, codes in codes_in(name, value):
            yield from _code_problems(record.row, name, codes, scheme)
        if name == "languages":
            yield from (
                record.problem(InvalidError(NO_LANGUAGE, value=code), name)
                for code in value
                if not LANGUAGE_CODE.fullmatch(code)
            )
        if isinstance(value, str) and value.lower() in PLACEHOLDERS:
            message = N_("Leave this empty where you do not know it, instead of “%(value)s”.")
            yield record.problem(InvalidError(message, value=value), name)


def _code_problems(row: Row, name: str, codes: Iterable[str], scheme: str = "") -> list[Problem]:
    unknown = unknown_codes(scheme or BY_NAME[name].vocabulary, codes)
    return [Problem(row.record, row.line, name, *words) for words in unknown]


def said_keys(said: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return content and translations by the names of their columns."""
    named = {f"{name}:{language}": text for language, words in texts.items() for name, text in words.items()}
    return {**said, **named}
