"""How metrics are told: values with their unit, parts by name, which way is better."""

from datetime import date

from babel.dates import format_skeleton
from babel.units import format_unit
from flask_babel import LazyString, format_decimal, format_percent, lazy_gettext as _l

from hub.insights.metrics.metric import Better, Dimension, Unit, dimension_of
from hub.web.i18n import country_name, language, term, translate

UNITS: dict[Unit, LazyString] = {
    Unit.COUNT: _l("Number"),
    Unit.PERCENT: _l("Percent"),
    Unit.DAYS: _l("Days"),
}
"""What values are counted in."""

BETTER: dict[Better, LazyString] = {
    Better.MORE: _l("The more, the better"),
    Better.LESS: _l("The less, the better"),
}
"""Which way a metric gets better."""

BY: dict[Dimension, LazyString] = {
    Dimension.COUNTRY: _l("By country"),
    Dimension.MEMBER_TYPE: _l("By member type"),
    Dimension.FUNCTION: _l("By what it does"),
}
"""Headings of breakdowns."""

HOURS_A_DAY = 24

SCHEMES = {
    Dimension.COUNTRY: "countries",
    Dimension.MEMBER_TYPE: "member_types",
    Dimension.FUNCTION: "functions",
}
"""The vocabularies that the codes of a dimension are of."""


def value_words(unit: Unit, value: float | None) -> str:
    """Return a value with its unit in this request's language; words where there was nothing to count from."""
    if value is None:
        return translate("Too little to say")
    if unit is Unit.PERCENT:
        return str(format_percent(value / 100))
    if unit is Unit.DAYS:
        return _time_words(value)
    return number_words(value)


def number_words(value: float) -> str:
    """Return a number without its unit in this request's language."""
    return str(format_decimal(int(value) if value == int(value) else value))


def breakdown_name(breakdown: str) -> str:
    """Return what a part of a metric is called, such as "Indonesia"; what is no part stands for itself."""
    found = dimension_of(breakdown)
    if found is None:
        return breakdown
    dimension, code = found
    return country_name(code) if dimension is Dimension.COUNTRY else term(SCHEMES[dimension], code)


def short_day(day: date, *, with_year: bool = False) -> str:
    """Return a date as an axis tells it, such as "21 Nov", or "21 Nov 2026" where several years are shown."""
    locale = language().locale
    return str(format_skeleton("yMMMd" if with_year else "MMMd", day, locale=locale))


def _time_words(days: float) -> str:
    locale = language().locale
    hours = round(days * HOURS_A_DAY)
    if hours < 1:
        return translate("less than an hour")
    if days < 1:
        return format_unit(hours, "duration-hour", length="long", locale=locale)
    return format_unit(round(days, 1), "duration-day", length="long", locale=locale)
