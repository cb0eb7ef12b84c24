"""The labels of a vocabulary in every language that pages can be read in, for what people type."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

from hub.vocabularies.loader import vocabulary

TRANSLATIONS = Path(__file__).parent.parent / "translations"

SOURCE = "en"


def labels_in_all(scheme: str) -> Iterator[tuple[str, str, str]]:
    """Yield the labels of a vocabulary, and the other names that people type: code, language and label.

    Raises:
        KeyError: there is no such vocabulary.
    """
    for term in vocabulary(scheme).terms:
        for name in (term.label, *term.aliases):
            yield term.code, SOURCE, name
        if term.is_translated:
            for language, translations in _catalogues():
                yield term.code, language, translations.gettext(term.label)


@cache
def _catalogues() -> tuple[tuple[str, NullTranslations], ...]:
    folders = sorted(path.parent.parent for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo"))
    return tuple((each.name, Translations.load(TRANSLATIONS, [each.name])) for each in folders)
