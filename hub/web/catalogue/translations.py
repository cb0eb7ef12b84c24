"""How far the texts of a record are in each further language, as its owner's pages show it."""

from dataclasses import dataclass

from hub.catalogue.models import InnovationRevision, RevisionText
from hub.catalogue.models.content import TEXT_FIELDS
from hub.web.catalogue.labels import LABELS
from hub.web.i18n import language_name


@dataclass(frozen=True)
class Translation:
    """One translation.

    Args:
        language: BCP 47 code.
        name: its name in this request's language.
        is_outdated: whether the source has changed since it was saved.
        missing: labels of the texts that the source has and this language has not.
    """

    language: str
    name: str
    is_outdated: bool
    missing: tuple[str, ...]

    @property
    def status(self) -> str:
        """How far it is, as a part of a form."""
        if self.is_outdated:
            return "fix"
        return "started" if self.missing else "done"


def translations_of(revision: InnovationRevision) -> list[Translation]:
    """Return the translations of a revision, the source left out, in the order of their codes."""
    outdated = revision.outdated_languages
    return [
        Translation(
            text.language,
            language_name(text.language),
            is_outdated=text.language in outdated,
            missing=tuple(str(LABELS[name]) for name in missing_fields(revision.source_text, text)),
        )
        for text in revision.texts
        if text.language != revision.source_language
    ]


def missing_fields(source: RevisionText, text: RevisionText) -> list[str]:
    """Return the names of the texts that the source has and `text` has not."""
    return [name for name in TEXT_FIELDS if getattr(source, name) and not getattr(text, name)]
