"""What a revision says and what changed in it, in words: labels, values of lists, readers, and folded prose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask_babel import ngettext

from hub.access.audience import Audience, Readership
from hub.catalogue.models import InnovationRevision
from hub.catalogue.models.checking import CODE_VOCABULARIES, SCHEME_VOCABULARIES
from hub.catalogue.review.differences import PROSE, Change, Difference, Value, said_in
from hub.catalogue.review.prose import Part, PartKind, folded, word_count
from hub.core.i18n import N_
from hub.web.catalogue.choices import ROLE_LABELS
from hub.web.catalogue.labels import LABELS
from hub.web.catalogue.parts import PARTS
from hub.web.i18n import by_name, country_name, direction_of, language_name, listed, term, translate

NOBODY: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True)
class ShownField:
    """One field as people read it, changed or not; `field_diff` and `said` of `catalogue/differences.html` draw it.

    Args:
        field: its name.
        label: what the form calls it.
        language: BCP 47 code of its text, or None where it is not written in a language.
        change: what became of it, or None where it stayed the same or nothing is compared.
        parts: changed prose with long unchanged stretches folded.
        was, now: all other values in words; prose that did not change stands whole in `now`.
        rows: sources, to be drawn as links: those of `now`.
    """

    field: str
    label: str
    language: str | None = None
    change: Change | None = None
    parts: Sequence[Part] = ()
    was: str | list[str] = ""
    now: str | list[str] = ""
    rows: Sequence[Any] = ()

    @property
    def language_label(self) -> str:
        """The name of the language, or nothing."""
        return language_name(self.language) if self.language else ""

    @property
    def direction(self) -> str:
        """The writing direction of its text."""
        return direction_of(self.language) if self.language else "auto"


def shown_differences(
    differences: Iterable[Difference], organisations: Mapping[int, str] = NOBODY
) -> list[ShownField]:
    """Return the changed fields as people read them, in the order in which the forms ask.

    Args:
        differences: the fields that changed.
        organisations: names, by id, of organisations that an audience names and that this reader may know.
    """
    shown = [
        ShownField(
            each.field,
            label_of(each.field),
            each.language,
            each.change,
            parts=said_parts(each.parts),
            was=value_in_words(each.field, each.was, organisations),
            now=value_in_words(each.field, each.now, organisations),
        )
        for each in differences
    ]
    return in_order(shown)


def shown_fields(revision: InnovationRevision, organisations: Mapping[int, str] = NOBODY) -> list[ShownField]:
    """Return everything that a revision says, empty translations left out, in the order in which the forms ask.

    Args:
        revision: the revision.
        organisations: as for `shown_differences`.
    """
    shown = [
        ShownField(
            field,
            label_of(field),
            language,
            now=str(value or "") if field in PROSE else value_in_words(field, value, organisations),
            rows=value if field == "sources" and isinstance(value, tuple) else (),
        )
        for (field, language), value in said_in(revision).items()
        if value or language in (None, revision.source_language)
    ]
    return in_order(shown)


def in_order(fields: Iterable[ShownField]) -> list[ShownField]:
    """Return fields in the order in which the forms ask; those of no form first."""
    names = [name for part in PARTS for name in part.form.names()]
    places = {name: place for place, name in enumerate(names)}
    return sorted(fields, key=lambda each: places.get(each.field, -1))


def said_parts(parts: Iterable[Part]) -> list[Part]:
    """Return changed prose with its gaps in words, as `prose_diff` draws it."""
    return [
        (kind, ngettext("%(num)s word unchanged", "%(num)s words unchanged", word_count(text)))
        if kind is PartKind.GAP
        else (kind, text)
        for kind, text in folded(parts)
    ]


def label_of(field: str) -> str:
    """Return what the form calls a field."""
    return str(LABELS.get(field, field))


def value_in_words(field: str, value: Value, organisations: Mapping[int, str] = NOBODY) -> str | list[str]:
    """Return a raw value of a revision in words; nothing is an empty text."""
    if not value:
        return ""
    if isinstance(value, Readership):
        return readers_in_words(value, organisations)
    if field in CODE_VOCABULARIES:
        return term(CODE_VOCABULARIES[field], str(value))
    if field in WORDS:
        words: str | list[str] = WORDS[field](value)
        return words
    return str(value)


def readers_in_words(readership: Readership, organisations: Mapping[int, str]) -> str | list[str]:
    """Return who may read a record; of named organisations, those whose names `organisations` gives."""
    if readership.audience is Audience.LAW_ENFORCEMENT and readership.countries:
        names = by_name(country_name(code) for code in readership.countries)
        return translate("Verified law enforcement of %(countries)s", countries=listed(names))
    if readership.audience is Audience.ORGANISATIONS and organisations:
        return by_name(
            organisations[number] for number in readership.organisations if number in organisations
        )
    return translate(READERS[readership.audience])


READERS = {
    Audience.PUBLIC: N_("Everybody"),
    Audience.MEMBERS: N_("Members of the hub"),
    Audience.LAW_ENFORCEMENT: N_("Verified law enforcement of every country"),
    Audience.ORGANISATIONS: N_("Organisations that its owner named"),
    Audience.PEOPLE: N_("People who were named"),
}
"""Who may read a record, where the audience names nobody."""


def _terms(scheme: str) -> Callable[[Iterable[str]], list[str]]:
    return lambda codes: [term(scheme, code) for code in codes]


def _countries(codes: Iterable[str]) -> list[str]:
    return by_name(country_name(code) for code in codes)


def _languages(codes: Iterable[str]) -> list[str]:
    return by_name(language_name(code) for code in codes)


def _unsuitable(rows: Iterable[Any]) -> list[str]:
    return [
        translate("%(country)s: %(reason)s", country=country_name(row.country), reason=row.reason)
        for row in rows
    ]


def _organisations(rows: Iterable[Any]) -> list[str]:
    return [translate("%(name)s (%(role)s)", name=row.name, role=str(ROLE_LABELS[row.role])) for row in rows]


def _prerequisites(rows: Iterable[Any]) -> list[str]:
    return [
        " · ".join(
            filter(
                None,
                (
                    term("prerequisite_areas", row.area),
                    term("prerequisites", row.topic) if row.topic else "",
                    row.need,
                ),
            )
        )
        for row in rows
    ]


def _sources(rows: Iterable[Any]) -> list[str]:
    return [
        " · ".join(
            filter(None, (row.title, row.url, row.retrieved_on.isoformat() if row.retrieved_on else ""))
        )
        for row in rows
    ]


WORDS: dict[str, Callable[[Any], str | list[str]]] = {
    **{scheme.value: _terms(name) for scheme, name in SCHEME_VOCABULARIES.items()},
    "source_language": language_name,
    "languages": _languages,
    "countries": _countries,
    "unsuitable": _unsuitable,
    "organisations": _organisations,
    "prerequisites": _prerequisites,
    "sources": _sources,
    "tlp": lambda label: f"TLP:{label}",
}
"""How the values of fields are said that are neither plain nor one code of a list."""
