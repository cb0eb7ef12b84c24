"""What can never be true of an innovation: lengths, addresses, codes, and rows of several values."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hub.catalogue.models.content import (
    DESCRIPTION_LENGTH,
    LINE_LENGTH,
    NAME_LENGTH,
    PARAGRAPH_LENGTH,
    SHORT_DESCRIPTION_LENGTH,
    SOURCE_TITLE_LENGTH,
    TEXT_FIELDS,
    URL_LENGTH,
    TermScheme,
)
from hub.catalogue.models.revision import FIRST_YEAR
from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.lookalikes import HIDDEN_FOUND, sign_name
from hub.core.written import INVISIBLE, WEB_ADDRESS
from hub.organisations.models import NAME_LENGTH as ORGANISATION_NAME_LENGTH
from hub.vocabularies.loader import vocabulary

MAX_ROWS = 30
MAX_CODES = 60
EMAIL_ADDRESS = re.compile(r"[^\s@<>\"(),:;]+@[^\s@<>\"(),:;.]+(\.[^\s@<>\"(),:;.]+)+")
LANGUAGE_CODE = re.compile(r"(?=.{2,20}$)[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag, as long as the columns take it."""

LENGTHS = {
    **dict.fromkeys(TEXT_FIELDS, PARAGRAPH_LENGTH),
    "name": NAME_LENGTH,
    "short_description": SHORT_DESCRIPTION_LENGTH,
    "description": DESCRIPTION_LENGTH,
    "organisation_name": ORGANISATION_NAME_LENGTH,
    "website_url": URL_LENGTH,
    "code_url": URL_LENGTH,
    "documentation_url": URL_LENGTH,
    "demo_url": URL_LENGTH,
    "based_on": URL_LENGTH,
    "staffing": PARAGRAPH_LENGTH,
    "time_to_deploy": LINE_LENGTH,
    "contact_name": LINE_LENGTH,
    "contact_address": URL_LENGTH,
}
"""The most characters of each text."""

SCHEME_VOCABULARIES = {
    TermScheme.FUNCTIONS: "functions",
    TermScheme.OFFENCES: "offences",
    TermScheme.SECTORS: "sectors",
    TermScheme.POLICY_AREAS: "policy_areas",
    TermScheme.INTENDED_USERS: "intended_users",
    TermScheme.STANDARDS_READ: "standards",
    TermScheme.STANDARDS_WRITTEN: "standards",
}
"""Which vocabulary each group of codes is checked against."""

CODE_VOCABULARIES = {"kind": "kinds", "stage": "stages", "licence": "licences", "cost_band": "cost_bands"}

UNNAMED_LICENCES = frozenset({"not_stated", "proprietary"})
"""Codes of the list of licences that are no licences of the SPDX list."""

CHOOSE = N_("Choose from the list.")


def faults_in(said: Mapping[str, Any]) -> Iterator[InvalidError]:
    """Yield what can never be true of an innovation, each with its field.

    Args:
        said: values by the names of `InnovationDetails`.
    """
    for name, value in said.items():
        if name in ROW_CHECKS:
            yield from _tried(_limit_rows, name, value)
            yield from ROW_CHECKS[name](name, value)
        else:
            yield from _tried(CHECKS.get(name, _check_plain), name, value)


def _tried(check: Callable[..., None], *values: Any) -> Iterator[InvalidError]:  # noqa: ANN401 - any field's value
    try:
        check(*values)
    except InvalidError as fault:
        yield fault


def check_text(name: str, value: str, limit: int | None) -> None:
    """Refuse a text that is too long or holds characters that nobody sees.

    Args:
        name: the field's name.
        value: the text.
        limit: the most characters, where the field has a limit.

    Raises:
        InvalidError: it cannot be stored so.
    """
    if hidden := INVISIBLE.search(value):
        raise InvalidError(HIDDEN_FOUND, field=name, sign=sign_name(hidden[0]))
    if limit is not None and len(value) > limit:
        raise InvalidError(
            N_("Shorten this to %(limit)s characters or fewer; it has %(length)s."),
            field=name,
            limit=limit,
            length=len(value),
        )


def checked_words(words: str, limit: int, missing: str, field: str = "words") -> str:
    """Return typed words without white space around them.

    Args:
        words: what was typed.
        limit: the most characters.
        missing: what is said where there are none.
        field: at which field.

    Raises:
        InvalidError: there are none, too many, or signs among them that nobody sees.
    """
    words = words.strip()
    if not words:
        raise InvalidError(missing, field=field)
    check_text(field, words, limit)
    return words


def check_address(name: str, value: str) -> None:
    """Refuse what is no http or https address of at most `URL_LENGTH` characters.

    Raises:
        InvalidError: it is none.
    """
    check_text(name, value, URL_LENGTH)
    if not WEB_ADDRESS.fullmatch(value):
        raise InvalidError(N_("Enter a web address that begins with http:// or https://."), field=name)


def check_code(name: str, code: str, vocabulary_name: str) -> None:
    """Refuse a code that the vocabulary does not hold.

    Raises:
        InvalidError: it does not.
    """
    if code not in vocabulary(vocabulary_name):
        raise InvalidError(CHOOSE, field=name)


def check_country(name: str, code: str) -> None:
    """Refuse what is no code of a country.

    Raises:
        InvalidError: it is none.
    """
    check_code(name, code, "countries")


def check_language(name: str, code: str) -> None:
    """Refuse what has not the form of a BCP 47 tag.

    Raises:
        InvalidError: it has not.
    """
    if not LANGUAGE_CODE.fullmatch(code):
        raise InvalidError(CHOOSE, field=name)


def _check_plain(name: str, value: Any) -> None:  # noqa: ANN401 - any field's value
    if isinstance(value, str):
        check_text(name, value, LENGTHS.get(name))


def _check_name(name: str, value: str) -> None:
    if not any(sign.isalnum() for sign in value):
        raise InvalidError(N_("Enter a name."), field=name)
    _check_plain(name, value)


def _check_optional_address(name: str, value: str | None) -> None:
    if value:
        check_address(name, value)


def _check_contact(name: str, value: str | None) -> None:
    _check_plain(name, value)
    if value and not (WEB_ADDRESS.fullmatch(value) or EMAIL_ADDRESS.fullmatch(value)):
        raise InvalidError(
            N_("Enter an email address, or a web address that begins with https://."), field=name
        )


def _check_one_code(name: str, value: str | None) -> None:
    if value is not None:
        check_code(name, value, CODE_VOCABULARIES[name])


def _check_terms(name: str, codes: tuple[str, ...]) -> None:
    if len(codes) > MAX_CODES:
        raise InvalidError(N_("Choose fewer."), field=name)
    _check_codes(name, codes, SCHEME_VOCABULARIES[TermScheme(name)])


def _check_codes(name: str, codes: tuple[str, ...], vocabulary_name: str) -> None:
    if len(set(codes)) != len(codes) or not set(codes) <= vocabulary(vocabulary_name).codes:
        raise InvalidError(CHOOSE, field=name)


def _check_countries(name: str, codes: tuple[str, ...]) -> None:
    _check_codes(name, codes, "countries")


def _check_languages(name: str, codes: tuple[str, ...]) -> None:
    if len(set(codes)) != len(codes) or len(codes) > MAX_CODES:
        raise InvalidError(CHOOSE, field=name)
    for code in codes:
        check_language(name, code)


def _check_year(name: str, value: int | None) -> None:
    last = clock.now().year + 1
    if value is not None and not FIRST_YEAR <= value <= last:
        raise InvalidError(
            N_("Enter a year from %(first)s to %(last)s, such as 2019."),
            field=name,
            first=FIRST_YEAR,
            last=last,
        )


def _check_readership(_name: str, value: Any) -> None:  # noqa: ANN401 - a Readership
    if not value.is_allowed:
        raise InvalidError(N_("This label does not allow this audience."), field="audience")


def _limit_rows(name: str, rows: Iterable[object]) -> None:
    if len(tuple(rows)) > MAX_ROWS:
        raise InvalidError(N_("Give at most %(limit)s rows."), field=name, limit=MAX_ROWS)


def _source_faults(name: str, rows: Iterable[Any]) -> Iterator[InvalidError]:
    for row in rows:
        yield from _tried(check_address, name, row.url)
        yield from _tried(check_text, name, row.title, SOURCE_TITLE_LENGTH)


def _unsuitable_faults(name: str, rows: Iterable[Any]) -> Iterator[InvalidError]:
    countries = [row.country for row in rows]
    if len(set(countries)) != len(countries):
        yield InvalidError(N_("Name each country once."), field=name)
    for row in rows:
        yield from _tried(check_country, name, row.country)
        yield from _tried(check_text, name, row.reason, PARAGRAPH_LENGTH)
        if not row.reason.strip():
            yield InvalidError(N_("Say why it cannot be used there."), field=name)


def _organisation_faults(name: str, rows: Iterable[Any]) -> Iterator[InvalidError]:
    named = [(row.role, row.name.casefold()) for row in rows]
    if len(set(named)) != len(named):
        yield InvalidError(N_("Name each organisation once in each role."), field=name)
    for row in rows:
        yield from _tried(check_text, name, row.name, ORGANISATION_NAME_LENGTH)
        if not row.name.strip():
            yield InvalidError(N_("Enter the name of the organisation."), field=name)


def _prerequisite_faults(name: str, rows: Iterable[Any]) -> Iterator[InvalidError]:
    for row in rows:
        yield from _tried(check_code, name, row.area, "prerequisite_areas")
        yield from _tried(check_text, name, row.need, PARAGRAPH_LENGTH)
        if not row.need.strip():
            yield InvalidError(N_("Say what is needed."), field=name)
        if row.topic is not None:
            yield from _tried(check_code, name, row.topic, "prerequisites")
            if row.topic.partition(".")[0] != row.area:
                yield InvalidError(N_("Choose a common prerequisite of the same area."), field=name)


CHECKS: dict[str, Callable[[str, Any], None]] = {
    "name": _check_name,
    "year_started": _check_year,
    "languages": _check_languages,
    "countries": _check_countries,
    "readership": _check_readership,
    "contact_address": _check_contact,
    **dict.fromkeys(
        ("website_url", "code_url", "documentation_url", "demo_url", "based_on"), _check_optional_address
    ),
    **dict.fromkeys(CODE_VOCABULARIES, _check_one_code),
    **dict.fromkeys((scheme.value for scheme in SCHEME_VOCABULARIES), _check_terms),
}
"""How each field is checked; all others are plain texts, or rows."""

ROW_CHECKS: dict[str, Callable[[str, Iterable[Any]], Iterator[InvalidError]]] = {
    "sources": _source_faults,
    "unsuitable": _unsuitable_faults,
    "organisations": _organisation_faults,
    "prerequisites": _prerequisite_faults,
}
"""Every fault of fields of several rows."""
