"""What can never be true of a showcase: lengths, codes, zones of other countries, too many rows, unfit labels."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from babel.core import get_global

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models.checking import CHOOSE, check_text
from hub.core import clock
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.written import WEB_ADDRESS
from hub.members.profiles.languages import is_language
from hub.members.zones import is_zone
from hub.showcases.making.details import Call, Measure, Place, Registering, ShowcaseDetails, Source, Sponsors
from hub.showcases.making.windows import CALL_BEFORE_NOW
from hub.showcases.models import Attendance
from hub.showcases.models.showcase import (
    MOST_CAPACITY,
    MOST_WEIGHT,
    NAME_LENGTH,
    SUMMARY_LENGTH,
    TEXT_LENGTH,
    URL_LENGTH,
)
from hub.vocabularies.loader import vocabulary

MOST_ROWS = 30
"""Sponsors or sources of one showcase."""

MOST_CRITERIA = 10
CRITERION_LENGTH = 80

LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "name": NAME_LENGTH,
        "host_event": NAME_LENGTH,
        "summary": SUMMARY_LENGTH,
        "description": TEXT_LENGTH,
        "accessibility": TEXT_LENGTH,
        "unknowns": TEXT_LENGTH,
    }
)
"""The most characters of each text."""

AUDIENCES = (Audience.PUBLIC, Audience.MEMBERS, Audience.LAW_ENFORCEMENT)
"""The audiences that a showcase may have."""

LABELS = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER)
"""The labels that a showcase may have."""

ON_ONE_LINE = N_("Write this on one line.")


def zones_of(country: str) -> tuple[str, ...]:
    """Return the time zones of a country that can be chosen, as IANA names them; UTC where the CLDR knows none."""
    return tuple(each for each in get_global("territory_zones").get(country, []) if is_zone(each)) or ("UTC",)


def check_details(details: ShowcaseDetails) -> None:
    """Refuse what can never be true of a showcase.

    Raises:
        InvalidError: the first field at fault, named.
    """
    for name, value in details.said():
        check = CHECKS.get(name)
        if check is not None:
            check(name, value)


def check_readership(field: str, readership: Readership) -> None:
    """Refuse an audience that a showcase cannot have, or a label that does not allow it.

    Raises:
        InvalidError: names the field.
    """
    if readership.audience not in AUDIENCES or readership.tlp not in LABELS or not readership.is_allowed:
        raise InvalidError(N_("This label does not allow this audience."), field="tlp")
    if not readership.countries <= vocabulary("countries").codes:
        raise InvalidError(CHOOSE, field=field)


def _check_line(field: str, value: str, limit: int) -> None:
    if "\n" in value or "\r" in value:
        raise InvalidError(ON_ONE_LINE, field=field)
    check_text(field, value, limit)


def _check_name(field: str, value: str) -> None:
    if not any(sign.isalnum() for sign in value):
        raise InvalidError(N_("Enter a name."), field=field)
    _check_line(field, value, NAME_LENGTH)


def _check_host(field: str, value: str) -> None:
    _check_line(field, value, NAME_LENGTH)


def _check_text(field: str, value: str) -> None:
    check_text(field, value, LENGTHS[field])


def _check_language(field: str, code: str) -> None:
    _check_languages(field, (code,))


def _check_languages(field: str, codes: tuple[str, ...]) -> None:
    known = all(is_language(code.partition("-")[0]) for code in codes)
    if not known or len(set(codes)) != len(codes) or len(codes) > MOST_ROWS:
        raise InvalidError(CHOOSE, field=field)


def _check_place(_field: str, place: Place) -> None:
    for name in ("city", "venue"):
        _check_line(name, getattr(place, name), NAME_LENGTH)
    check_text("online_url", place.online_url, URL_LENGTH)
    if place.online_url and not WEB_ADDRESS.fullmatch(place.online_url):
        raise InvalidError(
            N_("Enter a web address that begins with http:// or https://."), field="online_url"
        )
    if place.country is not None and place.country not in vocabulary("countries"):
        raise InvalidError(CHOOSE, field="country")
    if not is_zone(place.time_zone):
        raise InvalidError(N_("Choose a time zone."), field="time_zone")
    is_on_site = place.attendance is not Attendance.ONLINE
    if is_on_site and place.country is not None and place.time_zone not in zones_of(place.country):
        raise InvalidError(N_("This is no time zone of that country. Choose one that is."), field="time_zone")


def _check_call(_field: str, call: Call) -> None:
    check_text("call_words", call.words, TEXT_LENGTH)
    if call.closes_at <= clock.now():
        # said first: without a day for its opening the call opens now
        raise InvalidError(CALL_BEFORE_NOW, field="closes_on")
    if call.closes_at <= call.opens_at:
        raise InvalidError(N_("The call closes before it opens."), field="closes_on")


def _check_registering(_field: str, terms: Registering) -> None:
    if (terms.opens_at is None) != (terms.closes_at is None):
        field = "opens_on" if terms.opens_at is None else "closes_on"
        raise InvalidError(N_("Say when registration opens and when it closes."), field=field)
    if terms.opens_at and terms.closes_at and terms.closes_at <= terms.opens_at:
        raise InvalidError(N_("Registration closes before it opens."), field="closes_on")
    if terms.capacity is not None and not 1 <= terms.capacity <= MOST_CAPACITY:
        raise InvalidError(
            N_("Enter a number from 1 to %(limit)s, or leave it empty for no limit."),
            field="capacity",
            limit=MOST_CAPACITY,
        )


def _check_sponsors(field: str, sponsors: Sponsors) -> None:
    if sponsors.rows and sponsors.are_none:
        raise InvalidError(
            N_("You named sponsors and said that there are none. Only one can be true."), field="are_none"
        )
    if len(sponsors.rows) > MOST_ROWS:
        raise InvalidError(N_("Enter at most %(limit)s."), field=field, limit=MOST_ROWS)
    for each in sponsors.rows:
        _check_name(field, each.name)
        check_text(field, each.gives, SUMMARY_LENGTH)


def _check_criteria(field: str, criteria: tuple[Measure, ...]) -> None:
    if len(criteria) > MOST_CRITERIA:
        raise InvalidError(N_("Enter at most %(limit)s."), field=field, limit=MOST_CRITERIA)
    if len({each.name.casefold() for each in criteria}) != len(criteria):
        raise InvalidError(N_("Two criteria have the same name."), field=field)
    for each in criteria:
        if not each.name:
            raise InvalidError(N_("Enter a name."), field=field)
        _check_line(field, each.name, CRITERION_LENGTH)
        check_text(field, each.explanation, SUMMARY_LENGTH)
        if not 1 <= each.weight <= MOST_WEIGHT:
            raise InvalidError(N_("Enter a weight from 1 to %(limit)s."), field=field, limit=MOST_WEIGHT)


def _check_sources(field: str, sources: tuple[Source, ...]) -> None:
    if len(sources) > MOST_ROWS:
        raise InvalidError(N_("Enter at most %(limit)s."), field=field, limit=MOST_ROWS)
    for each in sources:
        check_text(field, each.url, URL_LENGTH)
        if not WEB_ADDRESS.fullmatch(each.url):
            raise InvalidError(N_("Enter a web address that begins with http:// or https://."), field=field)
        _check_name(field, each.title)
        if each.retrieved_on > clock.now().date():
            raise InvalidError(N_("This day is still to come."), field=field)


CHECKS: Mapping[str, Callable[[str, Any], None]] = MappingProxyType(
    {
        **dict.fromkeys(LENGTHS, _check_text),
        "name": _check_name,
        "host_event": _check_host,
        "language": _check_language,
        "languages": _check_languages,
        "place": _check_place,
        "readership": check_readership,
        "call": _check_call,
        "registering": _check_registering,
        "sponsors": _check_sponsors,
        "criteria": _check_criteria,
        "sources": _check_sources,
    }
)
