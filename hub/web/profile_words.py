"""How the values of profiles' lists read: of a vocabulary, of the CLDR, or as somebody added them."""

from hub.members.models import ProfileScheme
from hub.members.profiles.queries import ShownTerm
from hub.web.i18n import language_name, term


def term_words(shown: ShownTerm) -> str:
    """Return one value of a list in words; those of an addition stay in their own language."""
    if shown.added:
        return shown.added
    if shown.scheme is ProfileScheme.LANGUAGES:
        return language_name(shown.code)
    return term(shown.scheme.value, shown.code)
