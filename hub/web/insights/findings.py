"""What each chart of the insights page found, in whole sentences: a title, and what stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_skeleton
from flask_babel import format_decimal, ngettext

from hub.core import clock
from hub.insights.charts.figures import NOT_STATED, Figures
from hub.insights.charts.missing import Region, unanswered
from hub.insights.charts.ranking import Lead, lead_of, median_of
from hub.insights.metrics.catalogue import CAUSE_SHOWN
from hub.vocabularies.loader import vocabulary
from hub.web.i18n import by_name, country_name, language, listed, term, translate

MOST_NAMED = 3
"""The most equals that a sentence names."""

IN_USE = "stable"
"""The stage of what is in regular use."""

A_YEAR = 12


@dataclass(frozen=True)
class Finding:
    """What a chart shows.

    Args:
        title: a sentence without its stop.
        more: further sentences, or empty.
    """

    title: str
    more: str = ""


def number(value: int) -> str:
    """Return a number as the reader's language writes it."""
    return str(format_decimal(value))


def innovations_by_country(figures: Figures) -> Finding:
    """Say where innovations come from or are in use."""
    counts = figures.innovations_in
    if not counts:
        return Finding(translate("No innovation names a country yet"))
    lead = lead_of(counts)
    names = _countries(lead)
    if len(counts) == 1:
        return Finding(
            translate("Innovations come from or are in use in one country, %(country)s", country=names)
        )
    if len(lead.codes) == 1:
        title = translate(
            "Innovations come from or are in use in %(countries)s countries; most in one: %(country)s, %(most)s",
            countries=number(len(counts)),
            country=names,
            most=number(lead.number),
        )
    elif len(lead.codes) <= MOST_NAMED:
        title = translate(
            "Innovations come from or are in use in %(countries)s countries; most in one: %(leaders)s, %(most)s each",
            countries=number(len(counts)),
            leaders=names,
            most=number(lead.number),
        )
    else:
        title = translate(
            "Innovations come from or are in use in %(countries)s countries; none has more than %(most)s",
            countries=number(len(counts)),
            most=number(lead.number),
        )
    single = sum(1 for each in counts.values() if each == 1)
    if single * 2 > len(counts) and lead.number > 1:
        return Finding(title, translate("More than half of these countries have only one."))
    return Finding(title)


def replications_by_country(figures: Figures) -> Finding:
    """Say where replications are confirmed."""
    counts = figures.replications_in
    total = sum(counts.values())
    if not total:
        return Finding(translate("No replication is confirmed yet"))
    lead = lead_of(counts)
    if len(counts) == 1:
        told = ngettext(
            "%(num)s replication is confirmed, in %(country)s",
            "%(num)s replications are confirmed, all in %(country)s",
            total,
            country=_countries(lead),
        )
        return Finding(str(told))
    return Finding(
        translate(
            "%(total)s replications are confirmed in %(countries)s countries",
            total=number(total),
            countries=number(len(counts)),
        ),
        _most_in(lead),
    )


def members_by_country(figures: Figures) -> Finding:
    """Say where members with a public profile are from."""
    counts = figures.members_in
    total = sum(counts.values())
    if not total:
        return Finding(translate("No member shows a country in public yet"))
    lead = lead_of(counts)
    if len(counts) == 1:
        told = ngettext(
            "%(num)s member with a public profile is from %(country)s",
            "%(num)s members with a public profile are all from %(country)s",
            total,
            country=_countries(lead),
        )
        return Finding(str(told))
    return Finding(
        translate(
            "%(total)s members with a public profile are from %(countries)s countries",
            total=number(total),
            countries=number(len(counts)),
        ),
        _most_in(lead),
    )


def functions(figures: Figures) -> Finding:
    """Say what most innovations help with, and what none does."""
    codes = [each.code for each in vocabulary("functions").terms]
    lead = lead_of({code: figures.functions.get(code, 0) for code in codes})
    if not lead.number:
        return Finding(translate("No innovation is in the catalogue yet"))
    names = listed(_quoted("functions", lead.codes))
    title = (
        translate(
            "%(name)s comes first: %(most)s of %(total)s innovations help with it",
            name=names,
            most=number(lead.number),
            total=number(figures.innovations),
        )
        if len(lead.codes) == 1
        else translate(
            "%(names)s come first: %(most)s of %(total)s innovations help with each",
            names=names,
            most=number(lead.number),
            total=number(figures.innovations),
        )
    )
    none = [code for code in codes if not figures.functions.get(code)]
    more = translate("None helps with %(names)s.", names=listed(_quoted("functions", none))) if none else ""
    return Finding(title, more)


def offences(figures: Figures) -> Finding:
    """Say how many offences no innovation names."""
    codes = [each.code for each in vocabulary("offences").terms]
    none = [code for code in codes if not figures.offences.get(code)]
    if len(none) == len(codes):
        return Finding(translate("No innovation names an offence yet"))
    if not none:
        return Finding(translate("Every offence is named by at least one innovation"))
    return Finding(
        str(
            ngettext(
                "%(num)s of %(all)s offences is named by no innovation",
                "%(num)s of %(all)s offences are named by no innovation",
                len(none),
                all=number(len(codes)),
            )
        ),
        "",
    )


def combinations(figures: Figures) -> Finding:
    """Say for which offences no innovation helps to detect them."""
    codes = [each.code for each in vocabulary("offences").terms]
    none = unanswered(figures, "detect")
    if len(none) == len(codes):
        return Finding(translate("No offence has an innovation that helps to detect it"))
    if not none:
        return Finding(translate("Every offence has an innovation that helps to detect it"))
    return Finding(
        str(
            ngettext(
                "%(num)s of %(all)s offences has no innovation that helps to detect it",
                "%(num)s of %(all)s offences have no innovation that helps to detect them",
                len(none),
                all=number(len(codes)),
            )
        ),
        translate("Without one: %(names)s.", names=listed(term("offences", code) for code in none)),
    )


def evidence(figures: Figures) -> Finding:
    """Say how many innovations have a level of evidence, and which level none has reached."""
    levels = {int(code): count for code, count in figures.levels.items() if int(code)}
    assessed = sum(levels.values())
    if not assessed:
        return Finding(translate("No innovation has a level of evidence yet"))
    title = ngettext(
        "%(num)s of %(total)s innovations has a level of evidence",
        "%(num)s of %(total)s innovations have a level of evidence",
        assessed,
        total=number(figures.innovations),
    )
    highest = max(level for level, count in levels.items() if count)
    proven = sum(count for level, count in levels.items() if level >= CAUSE_SHOWN)
    told = [
        str(
            ngettext(
                "%(num)s has reached level %(level)s or more, where cause is shown.",
                "%(num)s have reached level %(level)s or more, where cause is shown.",
                proven,
                level=CAUSE_SHOWN,
            )
        )
        if proven
        else "",
        translate("None has yet reached level %(level)s.", level=highest + 1) if highest < 5 else "",  # noqa: PLR2004
    ]
    return Finding(str(title), " ".join(filter(None, told)))


def stages(figures: Figures) -> Finding:
    """Say how many innovations are in regular use, and of how many nobody says it."""
    if not figures.innovations:
        return Finding(translate("No innovation is in the catalogue yet"))
    in_use, unknown = figures.stages.get(IN_USE, 0), figures.stages.get(NOT_STATED, 0)
    title = ngettext(
        "%(num)s of %(total)s innovations is in regular use",
        "%(num)s of %(total)s innovations are in regular use",
        in_use,
        total=number(figures.innovations),
    )
    more = ngettext(
        "Of %(num)s, no source says in which stage it is.",
        "Of %(num)s, no source says in which stage they are.",
        unknown,
    )
    return Finding(str(title), str(more) if unknown else "")


def growth(figures: Figures) -> Finding:
    """Say how many innovations were published within the last year."""
    total = sum(count for _, count in figures.months)
    if not total:
        return Finding(translate("Nothing is published yet"))
    if len(figures.months) == 1:
        ((year, month), _) = figures.months[0]
        told = ngettext(
            "The only innovation was published in %(month)s",
            "All %(num)s innovations were published in %(month)s",
            total,
            month=month_name(year, month),
        )
        return Finding(str(told))
    now = clock.now()
    since = (now.year * A_YEAR + now.month) - A_YEAR
    recent = sum(count for (year, month), count in figures.months if year * A_YEAR + month > since)
    return Finding(
        str(
            ngettext(
                "%(num)s of %(total)s innovations was published in the last 12 months",
                "%(num)s of %(total)s innovations were published in the last 12 months",
                recent,
                total=number(total),
            )
        )
    )


def years(figures: Figures) -> Finding:
    """Say since when half of the innovations exist."""
    stated = sum(count for _, count in figures.years)
    middle = median_of(figures.years)
    if middle is None:
        return Finding(translate("No innovation says in which year it began"))
    unknown = figures.innovations - stated
    more = ngettext(
        "%(num)s other does not say when it began.", "%(num)s others do not say when they began.", unknown
    )
    title = ngettext(
        "The one innovation that names its year began in %(year)s",
        "Half of the %(num)s innovations that name their year began in %(year)s or later",
        stated,
        year=middle,
    )
    return Finding(str(title), str(more) if unknown else "")


def regions(shown: Sequence[Region]) -> Finding:
    """Say how many countries have no innovation, and which regions have none at all."""
    countries = sum(each.countries for each in shown)
    without = sum(len(each.without) for each in shown)
    if not without:
        return Finding(translate("Every country and territory has an innovation"))
    title = ngettext(
        "%(num)s of %(all)s countries and territories has no innovation",
        "%(num)s of %(all)s countries and territories have no innovation",
        without,
        all=number(countries),
    )
    empty = [country_name(each.code) for each in shown if not each.innovations]
    if not empty or len(empty) == len(shown):
        return Finding(str(title))
    return Finding(
        str(title),
        translate("In these regions there is none at all: %(names)s.", names=listed(by_name(empty))),
    )


def month_name(year: int, month: int, *, is_short: bool = False) -> str:
    """Return a month with its year, such as "November 2026", or "Nov 2026"."""
    first = clock.now().date().replace(year=year, month=month, day=1)
    return str(format_skeleton("yMMM" if is_short else "yMMMM", first, locale=language().locale))


def _most_in(lead: Lead) -> str:
    if len(lead.codes) > MOST_NAMED:
        return translate("No country has more than %(most)s.", most=number(lead.number))
    if len(lead.codes) == 1:
        return translate(
            "Most in one: %(country)s, %(most)s.", country=_countries(lead), most=number(lead.number)
        )
    return translate(
        "Most in one: %(countries)s, %(most)s each.", countries=_countries(lead), most=number(lead.number)
    )


def _countries(lead: Lead) -> str:
    return listed(by_name(country_name(code) for code in lead.codes))


def _quoted(scheme: str, codes: Sequence[str]) -> list[str]:
    return [translate("“%(name)s”", name=term(scheme, code)) for code in codes]
