"""The showcases that somebody's audience sees: the directory with its filters, the next ones, those of a country."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.pagination import Page, PageRequest
from hub.showcases.models import Attendance, Showcase, ShowcaseLanguage, ShowcaseStatus
from hub.showcases.models.showcase import OVER, TAKES_REGISTRATIONS
from hub.showcases.permissions import in_audience_of

MOST_WORDS = 10
"""Words of a search that are looked for."""

FIRST_YEAR, LAST_YEAR = 1990, 2200


class ListedState(StrEnum):
    """What one may ask the directory for."""

    CALL = "call"
    REGISTRATION = "registration"
    UPCOMING = "upcoming"
    PAST = "past"
    HELD = "held"
    """Over, and shown by the hub itself: what was written down from public sources is left out."""


@dataclass(frozen=True)
class ShowcaseFilters:
    """What the directory is narrowed to; what is empty narrows nothing.

    Args:
        words: each must stand in the name, the host event, the city or the venue.
        state: where they stand now.
        country: ISO code.
        attendance: on site or online; what offers both is found by either.
        language: BCP 47 tag of a language spoken or interpreted.
        year: in which they begin.
    """

    words: str = ""
    state: ListedState | None = None
    country: str = ""
    attendance: Attendance | None = None
    language: str = ""
    year: int | None = None


@dataclass(frozen=True)
class FilterChoices:
    """The values that narrow the directory to something, for one viewer."""

    countries: tuple[str, ...]
    languages: tuple[str, ...]
    years: tuple[int, ...]


def listed_showcases(viewer: Viewer, filters: ShowcaseFilters, page: PageRequest) -> Page[Showcase]:
    """Return a page of the showcases shown to `viewer`: the next first, then past ones, the latest first.

    Args:
        viewer: who reads.
        filters: what it is narrowed to.
        page: which page.
    """
    conditions = (in_audience_of(viewer), *_conditions(filters))
    total = session().scalar(select(func.count(Showcase.id)).where(*conditions)) or 0
    page = page.within(total)
    past = is_past()
    found = session().scalars(
        select(Showcase)
        .where(*conditions)
        .order_by(
            case((past, 1), else_=0),
            case((past, None), else_=Showcase.starts_at),
            Showcase.starts_at.desc(),
            Showcase.id,
        )
        .limit(page.per_page)
        .offset(page.offset)
    )
    return Page(found.all(), total, page)


def filter_choices(viewer: Viewer) -> FilterChoices:
    """Return the countries, languages and years of all showcases shown to `viewer`."""
    shown = in_audience_of(viewer)
    countries = session().scalars(
        select(Showcase.country).where(shown, Showcase.country.is_not(None)).distinct()
    )
    languages = session().scalars(
        select(ShowcaseLanguage.code)
        .join(Showcase, Showcase.id == ShowcaseLanguage.showcase_id)
        .where(shown)
        .distinct()
    )
    moments = session().scalars(
        select(Showcase.starts_at).where(shown, Showcase.starts_at.is_not(None)).distinct()
    )
    return FilterChoices(
        countries=tuple(sorted(each for each in countries if each)),
        languages=tuple(sorted(languages)),
        years=tuple(sorted({each.year for each in moments if each}, reverse=True)),
    )


def next_showcases(viewer: Viewer, number: int, *conditions: ColumnElement[bool]) -> Sequence[Showcase]:
    """Return a few showcases shown to `viewer` that are not over, the next first; cancelled ones are left out.

    Args:
        viewer: who reads.
        number: the most there are.
        conditions: what else must hold of them.
    """
    found = session().scalars(
        select(Showcase)
        .where(in_audience_of(viewer), ~is_past(), Showcase.status != ShowcaseStatus.CANCELLED, *conditions)
        .order_by(Showcase.starts_at, Showcase.id)
        .limit(number)
    )
    return found.all()


def showcases_in(country: str, viewer: Viewer, number: int) -> Sequence[Showcase]:
    """Return the latest showcases that take place in a country and are shown to `viewer`.

    Args:
        country: ISO code.
        viewer: who reads.
        number: the most there are.
    """
    found = session().scalars(
        select(Showcase)
        .where(in_audience_of(viewer), Showcase.country == country)
        .order_by(Showcase.starts_at.desc(), Showcase.id)
        .limit(number)
    )
    return found.all()


def is_past() -> ColumnElement[bool]:
    """Return the SQL condition for showcases that are over; never unknown for those that are shown."""
    return or_(Showcase.status.in_(OVER), Showcase.ends_at <= clock.now())


def _conditions(filters: ShowcaseFilters) -> list[ColumnElement[bool]]:
    found = [_named(word) for word in filters.words.split()[:MOST_WORDS]]
    if filters.state is not None:
        found.append(_state(filters.state))
    if filters.country:
        found.append(Showcase.country == filters.country)
    if filters.attendance is not None:
        found.append(Showcase.attendance.in_((filters.attendance, Attendance.HYBRID)))
    if filters.language:
        found.append(Showcase.language_rows.any(ShowcaseLanguage.code == filters.language))
    if filters.year is not None and FIRST_YEAR <= filters.year <= LAST_YEAR:
        first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (filters.year, filters.year + 1))
        found.append(and_(Showcase.starts_at >= first, Showcase.starts_at < last))
    return found


def _named(word: str) -> ColumnElement[bool]:
    columns = (Showcase.name, Showcase.host_event, Showcase.city, Showcase.venue)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _state(state: ListedState) -> ColumnElement[bool]:
    moment = clock.now()
    if state is ListedState.CALL:
        return and_(
            Showcase.status == ShowcaseStatus.CALL_OPEN,
            Showcase.call_opens_at <= moment,
            Showcase.call_closes_at > moment,
        )
    if state is ListedState.REGISTRATION:
        return and_(
            Showcase.status.in_(TAKES_REGISTRATIONS),
            Showcase.registration_opens_at <= moment,
            Showcase.registration_closes_at > moment,
        )
    if state is ListedState.HELD:
        return and_(Showcase.status.in_(OVER), Showcase.is_compiled.is_(False))
    return is_past() if state is ListedState.PAST else ~is_past()
