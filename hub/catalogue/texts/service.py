"""Writing translations of a revision's texts, and saying in which language the source is."""

from collections.abc import Iterator, Mapping

from hub.catalogue.models import InnovationRevision, RevisionText
from hub.catalogue.models.checking import LENGTHS, check_language, check_text
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.permissions import can_edit
from hub.catalogue.service import claim_version
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

MAX_LANGUAGES = 30
"""The most languages of one record."""


def save_text(
    actor: Member, revision: InnovationRevision, language: str, words: Mapping[str, str], *, version: int
) -> None:
    """Store a translation, made from the source as it is now, if nobody saved since `version` was read.

    Args:
        actor: who speaks for the owner.
        revision: a revision that may be changed.
        language: BCP 47 code, other than that of the source.
        words: text by field name; a name at least.
        version: the revision's version that the actor saw.

    Raises:
        NotFoundError: the revision is not the actor's to see.
        InvalidError: something said cannot be accepted.
        ConflictError: its state allows no change, or somebody saved it meanwhile.
    """
    _check_editor(actor, revision)
    for fault in text_faults(language, words, revision.source_language):
        raise fault
    if not revision.has_text_in(language) and len(revision.texts) >= MAX_LANGUAGES:
        raise InvalidError(N_("Give at most %(limit)s rows."), field="language", limit=MAX_LANGUAGES)
    claim_version(revision, version)
    _write_text(revision, language, words)
    session().flush()


def save_texts(
    actor: Member, revision: InnovationRevision, texts: Mapping[str, Mapping[str, str]], *, version: int
) -> None:
    """Store several translations at once, as `save_text` stores one; remove those that hold no words.

    Raises:
        NotFoundError: the revision is not the actor's to see.
        InvalidError: something said cannot be accepted.
        ConflictError: its state allows no change, or somebody saved it meanwhile.
    """
    _check_editor(actor, revision)
    written = {language: words for language, words in texts.items() if any(words.values())}
    for language, words in written.items():
        for fault in text_faults(language, words, revision.source_language):
            raise fault
    languages = {each.language for each in revision.texts} - texts.keys() | written.keys()
    if len(languages) > MAX_LANGUAGES:
        raise InvalidError(N_("Give at most %(limit)s rows."), field="language", limit=MAX_LANGUAGES)
    claim_version(revision, version)
    for text in [each for each in revision.texts if each.language in texts.keys() - written.keys()]:
        revision.texts.remove(text)
    for language, words in written.items():
        _write_text(revision, language, words)
    session().flush()


def text_faults(language: str, words: Mapping[str, str], source_language: str) -> Iterator[InvalidError]:
    """Yield what can never be true of a translation, each with its field.

    Args:
        language: BCP 47 code.
        words: text by field name; a name at least.
        source_language: the language of the texts that it translates.
    """
    if language == source_language:
        yield InvalidError(N_("The source is in this language. Choose another one."), field="language")
    try:
        check_language("language", language)
    except InvalidError as fault:
        yield fault
    for name in TEXT_FIELDS:
        try:
            check_text(name, words.get(name, ""), LENGTHS[name])
        except InvalidError as fault:
            yield fault
    if not any(sign.isalnum() for sign in words.get("name", "")):
        yield InvalidError(N_("Enter a name."), field="name")


def remove_text(actor: Member, revision: InnovationRevision, language: str, *, version: int) -> None:
    """Remove a translation.

    Raises:
        NotFoundError: the revision is not the actor's to see, or has no such translation.
        ConflictError: its state allows no change, or somebody saved it meanwhile.
    """
    _check_editor(actor, revision)
    text = next((each for each in revision.texts if each.language == language), None)
    if text is None or language == revision.source_language:
        raise NotFoundError
    claim_version(revision, version)
    revision.texts.remove(next(each for each in revision.texts if each.language == language))
    session().flush()


def change_source_language(
    actor: Member, revision: InnovationRevision, language: str, *, version: int
) -> None:
    """Say that the texts that count as the source are in `language`.

    Raises:
        NotFoundError: the revision is not the actor's to see.
        InvalidError: no language.
        ConflictError: there is a translation into it, its state allows no change, or somebody saved it meanwhile.
    """
    _check_editor(actor, revision)
    check_language("language", language)
    if language == revision.source_language:
        return
    if revision.has_text_in(language):
        raise ConflictError(N_("There is a translation into this language. Remove it first."))
    claim_version(revision, version)
    revision.source_text.language = language
    revision.source_language = language
    session().flush()


def _check_editor(actor: Member, revision: InnovationRevision) -> None:
    if not can_edit(viewer_of(actor), revision):
        raise NotFoundError


def _write_text(revision: InnovationRevision, language: str, words: Mapping[str, str]) -> None:
    text = next((each for each in revision.texts if each.language == language), None)
    if text is None:
        text = RevisionText(language=language)
        revision.texts.append(text)
    for name in TEXT_FIELDS:
        setattr(text, name, words.get(name, ""))
    text.source_digest = revision.source_text.digest
