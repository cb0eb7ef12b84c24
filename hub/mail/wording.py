"""Words of one language for mails: translations, names of roles and countries, dates. Knows no mail in particular."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format, get_timezone_location
from babel.support import NullTranslations, Translations

from hub.access.viewer import ROLE_NAMES, Role
from hub.core.i18n import N_
from hub.core.lookalikes import pieces
from hub.mail.telling import Line, SavedSearch
from hub.notifications.kinds import KINDS, TOPIC_NAMES, dated
from hub.notifications.models import Topic
from hub.vocabularies.loader import names, vocabulary

TRANSLATIONS = Path(__file__).parent.parent / "translations"

FACTOR_NAMES = {
    "totp": N_("Authenticator app"),
    "passkey": N_("Passkey"),
}


NAMED = N_("New in your saved search “%(name)s”")
NAMELESS = N_("New in the search that you saved on %(day)s")

UTC_NAME = "UTC"

DAY_AND_TIME = N_("%(day)s, %(time)s")
TIME_OF_CITY = N_("%(city)s time")
"""The words of moments, as pages show them."""


class Wording:
    """One language that mails are written in.

    Args:
        locale: Babel's name of it.
        translations: its catalogue; an empty one for the source language.
    """

    def __init__(self, locale: Locale, translations: NullTranslations) -> None:
        self.locale = locale
        self.translations = translations

    @property
    def code(self) -> str:
        """The BCP 47 tag, for `lang`."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        """The direction of writing, "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    def translate(self, message: str) -> str:
        """Return the words for a message id."""
        return str(self.translations.gettext(message)) if message else ""

    def role(self, code: str, country: str = "") -> str:
        """Return the name of a role, and of its country where it has one."""
        role = self.translate(ROLE_NAMES[Role(code)])
        return f"{role}, {self.country(country)}" if country else role

    def factor(self, code: str) -> str:
        """Return the name of a kind of second factor."""
        return self.translate(FACTOR_NAMES[code])

    def country(self, code: str) -> str:
        """Return the name of a country; an unknown code stands for itself."""
        return str(self.locale.territories.get(code, code))

    def topic(self, topic: Topic) -> str:
        """Return the name of a topic of notifications."""
        return self.translate(TOPIC_NAMES[topic])

    def notification(self, line: Line, zone: str = UTC_NAME) -> str:
        """Return what a notification says; hidden signs in the title are spelt out and do nothing.

        Args:
            line: what is told.
            zone: in which its moment is named, if it has one.
        """
        kind = KINDS[line.kind]
        moment = self.moment_in(line.moment, zone)
        if not line.title:
            return dated(line.kind, self.translate(kind.veiled), moment, self.translate)
        title = (
            self.country(line.title) if line.is_country else "".join(each.text for each in pieces(line.title))
        )
        words = self.translate(kind.words) % {"thing": title}
        return dated(line.kind, words, moment, self.translate)

    def next_step(self, line: Line) -> str:
        """Return what the receiver can do about a notification; may be empty."""
        return self.translate(line.next_step)

    def quote(self, line: Line) -> str:
        """Return what a mail quotes; hidden signs are spelt out and do nothing."""
        return "\n".join("".join(each.text for each in pieces(words)) for words in line.quote.splitlines())

    def saved_search(self, search: SavedSearch) -> str:
        """Return what a mail calls a saved search: by its name, else by its day; never by what it searches for."""
        if not search.name:
            day = format_date(_utc(search.saved_at).date(), "long", locale=self.locale)
            return self.translate(NAMELESS) % {"day": day}
        return self.translate(NAMED) % {"name": "".join(each.text for each in pieces(search.name))}

    def terms(self, scheme: str, codes: Iterable[str]) -> list[str]:
        """Return the labels of codes of a vocabulary; what it does not hold stands for itself."""
        if scheme not in names():
            return list(codes)
        return [self.translate(vocabulary(scheme).label(code)) for code in codes]

    def day(self, value: str) -> str:
        """Return a day or moment in ISO 8601 as a date in words."""
        found = datetime.fromisoformat(value)
        return str(format_date(_utc(found).date() if "T" in value else found, "long", locale=self.locale))

    def moment_in(self, value: datetime | date | None, zone: str) -> str:
        """Return a day, or a moment to the minute in a zone, which is named; empty for none."""
        if value is None:
            return ""
        if not isinstance(value, datetime):
            return str(format_date(value, "long", locale=self.locale))
        at = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
        parts = {
            "day": format_date(at.date(), "long", locale=self.locale),
            "time": format_time(at.time(), "short", locale=self.locale),
        }
        return f"{self.translate(DAY_AND_TIME) % parts} ({self.zone(zone)})"

    def zone(self, name: str) -> str:
        """Return what a zone's time is called, such as "Tbilisi time"."""
        if name == UTC_NAME:
            return name
        city = str(get_timezone_location(name, locale=self.locale, return_city=True))
        return self.translate(TIME_OF_CITY) % {"city": city}

    def moment(self, value: datetime) -> str:
        """Return date and time to the minute in UTC, which is named."""
        return moment_words(value, self.locale)


SOURCE = Wording(Locale("en", "GB"), NullTranslations())
"""The language that the templates are written in."""


def moment_words(value: datetime, locale: Locale) -> str:
    """Return date and time to the minute in UTC, which is named."""
    at = _utc(value)
    time = f"{format_time(at, 'short', tzinfo=UTC, locale=locale)} UTC"
    pattern = str(get_datetime_format("long", locale=locale)).replace("'", "")
    return pattern.format(time, format_date(at.date(), "long", locale=locale))


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def wording(code: str) -> Wording:
    """Return the words of the language with this BCP 47 tag; those of the source where it has no catalogue."""
    return _wording(TRANSLATIONS, code)


@cache
def _wording(folder: Path, code: str) -> Wording:
    for catalogue in folder.glob("*/LC_MESSAGES/messages.mo"):
        name = catalogue.parent.parent.name
        if name == code.replace("-", "_"):
            return Wording(Locale.parse(name), Translations.load(folder, [name]))
    return SOURCE
