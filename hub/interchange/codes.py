"""Codes that their list does not hold: what there is instead, and which is nearest."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from hub.core.i18n import N_
from hub.interchange.columns import BY_NAME, split_name
from hub.interchange.report import shown
from hub.vocabularies.loader import vocabulary

FEW_CODES = 12
"""The most codes that a problem lists."""

NO_COUNTRY = N_("“%(value)s” is no code of a country. Use two letters, such as GE.")
NO_LANGUAGE = N_("“%(value)s” is no code of a language. Use one such as ka or en-GB (BCP 47).")
NO_LICENCE = N_(
    "“%(value)s” is no licence of the SPDX list. Use one such as MIT, or not_stated, or proprietary."
)
NEAR_LICENCE = N_("“%(value)s” is no licence of the SPDX list. Did you mean %(nearest)s?")
ONE_OF = N_("“%(value)s” is not in the list of codes for this column. Use one of these: %(codes)s.")
SEE_CODES = N_(
    "“%(value)s” is not in the list of codes for this column. See “Codes” under “Columns” on the import page."
)
NEAR_OF_FEW = N_(
    "“%(value)s” is not in the list of codes for this column. Did you mean %(nearest)s?"
    " Use one of these: %(codes)s."
)
NEAR_OF_MANY = N_(
    "“%(value)s” is not in the list of codes for this column. Did you mean %(nearest)s?"
    " See “Codes” under “Columns” on the import page."
)


def codes_in(name: str, value: Any) -> Iterator[tuple[str, Iterable[str]]]:  # noqa: ANN401 - whatever the column holds
    """Yield the codes of a value with the list that each has to be from.

    Args:
        name: the column.
        value: what its cell says.
    """
    column = BY_NAME.get(split_name(name)[0])
    if column is None or not value:
        return
    if name == "unsuitable":
        yield "countries", [row.country for row in value]
    elif name == "prerequisites":
        yield "prerequisite_areas", [row.area for row in value]
        yield "prerequisites", [row.topic for row in value if row.topic]
    elif column.vocabulary:
        yield column.vocabulary, (value,) if isinstance(value, str) else value


def unknown_codes(scheme: str, codes: Iterable[str]) -> list[tuple[str, Mapping[str, str]]]:
    """Return message and parameters for each code that the vocabulary `scheme` does not hold."""
    held = vocabulary(scheme)
    return [_no_code(scheme, code) for code in dict.fromkeys(codes) if code not in held]


@lru_cache(maxsize=1000)
def _no_code(scheme: str, code: str) -> tuple[str, Mapping[str, str]]:
    """Return message and parameters for a code that a list does not hold: what there is, and which is nearest."""
    said = {"value": shown(code)}
    if scheme == "countries":
        return NO_COUNTRY, said
    plain = {each.code.lower(): each.code for each in vocabulary(scheme).terms}
    found = get_close_matches("_".join(code.lower().split()), plain, n=1)
    if found:
        said["nearest"] = plain[found[0]]
    if scheme == "licences":
        return NEAR_LICENCE if found else NO_LICENCE, said
    if len(plain) <= FEW_CODES:
        return NEAR_OF_FEW if found else ONE_OF, {**said, "codes": ", ".join(plain.values())}
    return NEAR_OF_MANY if found else SEE_CODES, said
