"""Languages of the pages: which there are, which one this request gets, and how message ids become words."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_domain
from markupsafe import Markup

from hub.vocabularies.loader import vocabulary
from hub.web.pseudo import PseudoTranslations
from hub.web.runtime import runtime
from hub.web.saying import Messages
from hub.web.sessions import LANGUAGE_KEY

TRANSLATIONS = Path(__file__).parent.parent / "translations"

DOMAIN = "messages"


@dataclass(frozen=True)
class Language:
    """A language that the pages can be read in.

    Args:
        code: its BCP 47 tag, for `lang` attributes and the language switch.
        locale: Babel's name of it.
        name: what its speakers call it.
        direction: "ltr" or "rtl".
    """

    code: str
    locale: str
    name: str
    direction: str


SOURCE = Language("en-GB", "en_GB", "English", "ltr")

PSEUDO = Language("ar-XB", "ar_001", "[Ƥšéûðö]", "rtl")
"""A made-up right-to-left language for tests and pictures; dates and numbers are those of Arabic."""


@cache
def _translated() -> tuple[Language, ...]:
    """Return the languages that have a catalogue, in the alphabetical order of their codes."""
    found = []
    for catalogue in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")):
        locale = Locale.parse(catalogue.parent.parent.name)
        code = str(locale).replace("_", "-")
        name = locale.get_display_name() or code
        found.append(Language(code, str(locale), name.capitalize(), locale.text_direction))
    return tuple(found)


def languages() -> tuple[Language, ...]:
    """Return the languages on offer, the source language first."""
    pseudo = (PSEUDO,) if runtime().settings.pseudo_language else ()
    return (SOURCE, *_translated(), *pseudo)


def language() -> Language:
    """Return this request's language: the one chosen, else the best the browser asks for, else English."""
    try:
        chosen: Language = g.language  # every word on a page asks
    except (AttributeError, RuntimeError):
        if not has_request_context():
            return SOURCE
        chosen = g.language = _choose(languages())
    return chosen


def _choose(offered: Sequence[Language]) -> Language:
    wanted = session.get(LANGUAGE_KEY)
    for candidate in offered:
        if candidate.code == wanted:
            return candidate
    return _preferred(offered)


def _preferred(offered: Sequence[Language]) -> Language:
    """Return the best that the browser asks for by itself, else English."""
    real = {candidate.code: candidate for candidate in offered if candidate is not PSEUDO}
    best = request.accept_languages.best_match(real, default=SOURCE.code)
    return real.get(best or SOURCE.code, SOURCE)


def only_of_browser() -> None:
    """Answer this request in the language that its headers ask for, whatever was chosen for this browser."""
    g.language = _preferred(languages())


def choose_language(code: str) -> bool:
    """Keep the language with `code` for this browser; return whether there is one."""
    if code not in {candidate.code for candidate in languages()}:
        return False
    session[LANGUAGE_KEY] = code
    g.pop("language", None)
    return True


_messages: dict[str, Messages] = {}


def messages() -> Messages:
    """Return the words of this request's language."""
    code = language().code
    found = _messages.get(code)
    if found is None:
        found = Messages(get_domain().get_translations())
        if has_request_context():
            _messages[code] = found
    return found


def _say(message: str, /, **parameters: object) -> Markup:
    return messages().say(message, parameters)


def _say_number(singular: str, plural: str, number: int, /, **parameters: object) -> Markup:
    return messages().say_number(singular, plural, number, parameters)


def _say_in(context: str, message: str, /, **parameters: object) -> Markup:
    return messages().say_in(context, message, parameters)


def translate(message: str, **parameters: object) -> str:
    """Return the words for a message id in this request's language.

    Args:
        message: the id, in en_GB.
        parameters: what stands for each `%(name)s`; message ids among them are the caller's to translate.
    """
    if not message:
        return ""
    return messages().text(message, parameters)


def term(scheme: str, code: str) -> str:
    """Return the translated label of a vocabulary's term, such as `term("functions", "detect")`."""
    found = vocabulary(scheme).find(code)
    if found is None:
        return code
    return translate(found.label) if found.is_translated else found.label


def term_description(scheme: str, code: str) -> str:
    """Return the translated sentence that explains a term, or nothing."""
    found = vocabulary(scheme).find(code)
    return translate(found.description) if found else ""


def country_name(code: str) -> str:
    """Return the name of a country in this request's language, from the CLDR; an unknown code stands for itself."""
    return _territory(code, language().locale)


@lru_cache(maxsize=4096)
def _territory(code: str, locale: str) -> str:
    return str(Locale.parse(locale).territories.get(code, code))


def language_name(code: str) -> str:
    """Return the name of a language in this request's language, from the CLDR."""
    return str(Locale.parse(language().locale).languages.get(code.replace("-", "_"), code))


def listed(words: Iterable[str]) -> str:
    """Return words as a list in this request's language, such as "Chile, Ghana and Peru"."""
    return format_list(list(words), locale=language().locale)


def by_name(words: Iterable[str]) -> list[str]:
    """Return words in alphabetical order, in which accents and capitals make no difference."""
    return sorted(words, key=lambda word: unicodedata.normalize("NFKD", word).casefold())


@lru_cache(maxsize=1024)
def direction_of(code: str) -> str:
    """Return the writing direction of a language by its BCP 47 code: "rtl", "ltr", or "auto" where unknown."""
    try:
        return str(Locale.parse(code, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "auto"


def configure(app: Flask) -> None:
    """Install Flask-Babel with the languages of this module."""
    babel = Babel(
        app,
        default_locale=SOURCE.locale,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: language().locale,
    )
    domain = Domain(domain=DOMAIN)
    domain.cache[PSEUDO.locale, DOMAIN] = PseudoTranslations(TRANSLATIONS / f"{DOMAIN}.pot")
    babel.domain_instance = domain
    app.jinja_env.globals.update(_=_say, gettext=_say, ngettext=_say_number, pgettext=_say_in)
