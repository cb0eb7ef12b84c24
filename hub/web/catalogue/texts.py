"""The texts of a record per language: which there are, writing a translation, and the language of the source."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from hub.catalogue.models import InnovationRevision
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.texts.service import change_source_language, remove_text, save_text
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError, StaleVersionError
from hub.web.access import members_only
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.choices import NOT_CHOSEN, language_codes, language_options
from hub.web.catalogue.parts import shown_value
from hub.web.catalogue.prose import TextForm
from hub.web.catalogue.stale import (
    chosen_fields,
    digest_of,
    is_choice,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.catalogue.translations import translations_of
from hub.web.catalogue.views import own_revision
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID, CodeField, HubForm, filled
from hub.web.i18n import direction_of, language_name, translate
from hub.web.sessions import actor

CHOOSE = _l("Choose a language.")


def offered() -> list[tuple[str, str]]:
    """Return the languages after an empty choice."""
    return [(NOT_CHOSEN, ""), *language_options()]


class LanguageForm(HubForm):
    """The language of a new translation."""

    language = CodeField(_l("Language"), [filled(CHOOSE)], choices=offered)

    def __init__(self, revision: InnovationRevision) -> None:
        super().__init__()
        self.revision = revision

    def validate_language(self, field: CodeField) -> None:
        """Refuse the language of the source."""
        if field.data == self.revision.source_language:
            raise ValidationError(translate("The source is in this language. Choose another one."))


class SourceLanguageForm(HubForm):
    """The language of the texts that were written first."""

    source_language = CodeField(_l("Language of the source"), [filled(CHOOSE)], choices=offered)

    def __init__(self, revision: InnovationRevision) -> None:
        super().__init__(data={"source_language": revision.source_language})
        self.revision = revision

    def validate_source_language(self, field: CodeField) -> None:
        """Refuse a language that the texts are translated into."""
        if field.data != self.revision.source_language and self.revision.has_text_in(field.data):
            raise ValidationError(translate("There is a translation into this language. Remove it first."))


@catalogue.route("/<slug>/languages", methods=["GET", "POST"])
@members_only
def texts(slug: str) -> ResponseReturnValue:
    """List the languages of a record, or go to the page of a language that was chosen."""
    innovation, revision = own_revision(slug)
    if not revision.is_editable:
        return redirect(url_for("catalogue.show", slug=innovation.slug))
    add, source = LanguageForm(revision), SourceLanguageForm(revision)
    if not add.is_submitted():
        return languages_page(revision, add, source)
    if not add.validate():
        return languages_page(revision, add, source), HTTP_INVALID
    target = url_for("catalogue.edit_text", slug=innovation.slug, language=add.language.data)
    return redirect(target, code=303)


@catalogue.post("/<slug>/source-language")
@members_only
def change_language(slug: str) -> ResponseReturnValue:
    """Say that the source is written in another language."""
    innovation, revision = own_revision(slug)
    add, source = LanguageForm(revision), SourceLanguageForm(revision)
    if not source.validate():
        return languages_page(revision, add, source), HTTP_INVALID
    with transaction():
        version = version_unless_changed(revision, revision.source_language)
        change_source_language(actor(), revision, source.source_language.data, version=version)
    flash(translate("Saved."))
    return redirect(url_for("catalogue.texts", slug=innovation.slug), code=303)


def languages_page(revision: InnovationRevision, add: LanguageForm, source: SourceLanguageForm) -> str:
    """Return the list of languages, with the form to add one and the form to change that of the source."""
    return render_template(
        "catalogue/languages.html",
        innovation=revision.innovation,
        revision=revision,
        translations=translations_of(revision),
        form=source if source.errors else add,
        add=add,
        source=source,
    )


@catalogue.route("/<slug>/languages/<language>", methods=["GET", "POST"])
@members_only
def edit_text(slug: str, language: str) -> ResponseReturnValue:
    """Show the source beside the texts in another language, and store these."""
    innovation, revision = own_revision(slug)
    if not revision.is_editable and request.method == "GET":
        return redirect(url_for("catalogue.show", slug=innovation.slug))
    stored = stored_words(revision, language)
    if request.method == "GET":
        return translation_page(revision, language, TextForm(data=stored))
    form = TextForm(chosen_fields(stored))
    if form.validate():
        try:
            store(revision, language, form)
        except StaleVersionError:
            return stale_page(revision, language, form)
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(translate("Saved. It counts as up to date with the source."))
            return redirect(url_for("catalogue.texts", slug=innovation.slug), code=303)
    return translation_page(revision, language, form), HTTP_INVALID


@catalogue.post("/<slug>/languages/<language>/remove", endpoint="remove_text")
@members_only
def remove_translation(slug: str, language: str) -> ResponseReturnValue:
    """Remove a translation."""
    innovation, revision = own_revision(slug)
    with transaction():
        version = version_unless_changed(revision, digest_of(stored_words(revision, language)))
        remove_text(actor(), revision, language, version=version)
    flash(translate("The translation was removed."))
    return redirect(url_for("catalogue.texts", slug=innovation.slug), code=303)


def stored_words(revision: InnovationRevision, language: str) -> dict[str, str]:
    """Return the texts stored in a language by field name, empty ones where there is no translation yet.

    Raises:
        NotFoundError: it is the language of the source, or none that is on offer.
    """
    text = next((each for each in revision.texts if each.language == language), None)
    if language == revision.source_language or (text is None and language not in language_codes()):
        raise NotFoundError
    return {name: getattr(text, name) if text else "" for name in TEXT_FIELDS}


def seen_of(revision: InnovationRevision, stored: dict[str, str]) -> str:
    """Return what a page shows, in short: digests of the translation and of the source beside it."""
    return f"{digest_of(stored)}.{revision.source_text.digest[:32]}"


def version_unless_changed(revision: InnovationRevision, present: str) -> int:
    """Return the version that was sent, or the present one if what the page showed is still `present`."""
    return revision.version if request.form.get("seen") == present else sent_version()


def store(revision: InnovationRevision, language: str, form: TextForm) -> None:
    """Save a translation; that somebody saved other things meanwhile is no conflict with it."""
    with transaction():
        present = seen_of(revision, stored_words(revision, language))
        version = version_unless_changed(revision, present)
        save_text(actor(), revision, language, form.words(), version=version)


def translation_page(
    revision: InnovationRevision, language: str, form: TextForm, *, is_source_newer: bool = False
) -> str:
    """Return the page of one translation.

    Args:
        revision: a revision that may be changed.
        language: BCP 47 code of the translation.
        form: what is stored or was typed.
        is_source_newer: whether the source was saved while somebody typed, so that they must look again.
    """
    sent = request.form if request.method == "POST" and not is_source_newer else {}
    stored = stored_words(revision, language)
    source = revision.source_text
    asked = [name for name in TEXT_FIELDS if getattr(source, name) or form[name].data]
    return render_template(
        "catalogue/translate.html",
        innovation=revision.innovation,
        revision=revision,
        source=source,
        source_direction=direction_of(source.language),
        language_code=language,
        direction=direction_of(language),
        form=form,
        asked=asked,
        folded=[name for name in TEXT_FIELDS if name not in asked],
        is_stored=any(stored.values()),
        stored_digest=digest_of(stored),
        is_outdated=language in revision.outdated_languages,
        is_source_newer=is_source_newer,
        version=sent.get("version") or revision.version,
        seen=sent.get("seen") or seen_of(revision, stored),
    )


def stale_page(revision: InnovationRevision, language: str, form: TextForm) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved; where only the source moved on, the page again."""
    stored = stored_words(revision, language)
    words, _dot, source = request.form.get("seen", "").partition(".")
    if words == digest_of(stored):
        return translation_page(revision, language, form, is_source_newer=True), HTTP_CONFLICT
    slug = revision.innovation.slug
    page = render_template(
        "catalogue/stale.html",
        title=translate("Translation: %(language)s", language=language_name(language)),
        address=url_for("catalogue.edit_text", slug=slug, language=language),
        innovation=revision.innovation,
        texts=two_texts(TEXT_FIELDS, TextForm(), TextForm(formdata=None, data=stored), shown_value),
        then="",
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=sent_version(),
        # the digest of the source that they saw is kept: if it moved on too, they are told so next
        seen=f"{digest_of(stored)}.{source}",
    )
    return page, HTTP_CONFLICT
