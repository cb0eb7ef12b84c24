"""What can never be true of a request: lengths, codes, too many rows, labels that do not go with the readers."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import available_timezones

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models.checking import CHOOSE, check_text
from hub.collaboration.closing.dates import LONGEST, checked_expiry
from hub.collaboration.models.request import SUMMARY_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from hub.collaboration.posting.details import ByName, Dates, RequestDetails, Requirements
from hub.collaboration.requirements.service import checked_rows
from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.members.profiles.languages import is_language
from hub.vocabularies.loader import vocabulary

MOST_RECEIVERS = 20
"""Members and organisations that one request is sent to."""

MOST_CODES = 60

LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "title": TITLE_LENGTH,
        "summary": SUMMARY_LENGTH,
        "background": TEXT_LENGTH,
        "outcome_wanted": TEXT_LENGTH,
        "brings": TEXT_LENGTH,
    }
)
"""The most characters of each text."""

VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {
        "functions": "functions",
        "offences": "offences",
        "sectors": "sectors",
        "countries": "countries",
        "member_types": "member_types",
    }
)
"""Which vocabulary each scheme of codes is checked against; languages are those of the CLDR."""

SCHEMES = (*VOCABULARIES, "languages")
"""The schemes of codes that a request has."""

CALL_AUDIENCES = (Audience.PUBLIC, Audience.MEMBERS, Audience.LAW_ENFORCEMENT)
"""The audiences that an open call may have."""

CALL_LABELS = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER)

BY_NAME_LABELS = (Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED)
"""The labels of what is sent to named receivers; TLP:RED where they are people only."""


@cache
def zone_names() -> frozenset[str]:
    """Return the names of the time zones that this machine knows."""
    return frozenset(available_timezones())


def check_details(details: RequestDetails) -> None:
    """Refuse what can never be true of a request.

    Raises:
        InvalidError: the first field at fault, named.
    """
    for fault in faults_in(details):
        raise fault


def faults_in(details: RequestDetails) -> Iterator[InvalidError]:
    """Yield what can never be true of a request, each with its field."""
    for name, value in details.said():
        check = CHECKS.get(name)
        if check is None:
            continue
        try:
            check(name, value)
        except InvalidError as fault:
            yield fault


def _check_title(field: str, value: str) -> None:
    if not any(sign.isalnum() for sign in value):
        raise InvalidError(N_("Enter a title."), field=field)
    if "\n" in value or "\r" in value:
        raise InvalidError(N_("Write this on one line."), field=field)
    _check_text(field, value)


def _check_text(field: str, value: str) -> None:
    check_text(field, value, LENGTHS[field])


def _check_codes(field: str, codes: tuple[str, ...]) -> None:
    known = vocabulary(VOCABULARIES[field]).codes
    if len(set(codes)) != len(codes) or len(codes) > MOST_CODES or not set(codes) <= known:
        raise InvalidError(CHOOSE, field=field)


def _check_languages(field: str, codes: tuple[str, ...]) -> None:
    is_known = all(is_language(code.partition("-")[0]) for code in codes)
    if len(set(codes)) != len(codes) or len(codes) > MOST_CODES or not is_known:
        raise InvalidError(CHOOSE, field=field)


def _check_language(field: str, code: str) -> None:
    _check_languages(field, (code,))


def _check_type(field: str, code: str) -> None:
    if code not in vocabulary("request_types"):
        raise InvalidError(N_("Choose what you look for."), field=field)


def _check_readers(field: str, readers: Readership | ByName) -> None:
    if isinstance(readers, ByName):
        _check_by_name(readers)
        return
    if readers.audience not in CALL_AUDIENCES or not readers.is_allowed:
        raise InvalidError(N_("This label does not allow this audience."), field="tlp")
    if not readers.countries <= vocabulary("countries").codes:
        raise InvalidError(CHOOSE, field=field)


def _check_by_name(readers: ByName) -> None:
    number = len(readers.member_ids) + len(readers.organisation_ids)
    if not number:
        raise InvalidError(N_("Name at least one member or organisation."), field="receivers")
    if number > MOST_RECEIVERS:
        raise InvalidError(
            N_("Name at most %(limit)s members and organisations."), field="receivers", limit=MOST_RECEIVERS
        )
    if readers.tlp not in BY_NAME_LABELS:
        raise InvalidError(N_("What named receivers read is at least TLP:AMBER."), field="named_tlp")
    if readers.tlp is Tlp.RED and readers.organisation_ids:
        raise InvalidError(
            N_("TLP:RED is for people only. Leave the organisations out, or choose another label."),
            field="named_tlp",
        )


def _check_requirements(_field: str, requirements: Requirements) -> None:
    checked_rows(requirements.essential, requirements.nice_to_have)


def _check_dates(_field: str, dates: Dates) -> None:
    if dates.time_zone not in zone_names():
        raise InvalidError(CHOOSE, field="time_zone")
    checked_expiry(dates.due_at, dates.expires_at, clock.now() + LONGEST)


CHECKS: Mapping[str, Callable[[str, Any], None]] = MappingProxyType(
    {
        **dict.fromkeys(LENGTHS, _check_text),
        **dict.fromkeys(VOCABULARIES, _check_codes),
        "title": _check_title,
        "type": _check_type,
        "language": _check_language,
        "languages": _check_languages,
        "requirements": _check_requirements,
        "readers": _check_readers,
        "dates": _check_dates,
    }
)
