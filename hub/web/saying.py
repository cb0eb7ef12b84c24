"""Message catalogues, one for each language of the pages, kept with the words that templates say: a page says hundreds.

Flask-Babel looks for the language and its catalogue anew at each word, which took a sixth of the time of a page.
"""

from babel.support import NullTranslations
from markupsafe import Markup

MOST_READY = 10_000
"""Words of templates that are kept in each language; there are fewer in all templates."""


class Messages:
    """The words of one language.

    Args:
        translations: where they come from.
    """

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations
        self._ready: dict[str, Markup] = {}

    def text(self, message: str, parameters: dict[str, object]) -> str:
        """Return the words for a message id, with each `%(name)s` filled in where there are parameters."""
        said = str(self._translations.ugettext(message))
        return said % parameters if parameters else said

    def say(self, message: str, parameters: dict[str, object]) -> Markup:
        """Return the words for a message id of a template; what fills them in is escaped."""
        said = self._ready.get(message)
        if said is None:
            said = Markup(self._translations.ugettext(message))  # noqa: S704 - the hub's own words
            if len(self._ready) < MOST_READY:
                self._ready[message] = said
        return said % parameters if parameters or "%" in said else said

    def say_number(self, singular: str, plural: str, number: int, parameters: dict[str, object]) -> Markup:
        """Return the words for a number of things, with `%(num)s` for the number."""
        parameters.setdefault("num", number)
        return Markup(self._translations.ungettext(singular, plural, number)) % parameters  # noqa: S704 - as above

    def say_in(self, context: str, message: str, parameters: dict[str, object]) -> Markup:
        """Return the words for a message id that means something else elsewhere."""
        parameters.setdefault("context", context)
        return Markup(self._translations.upgettext(context, message)) % parameters  # noqa: S704 - as above
