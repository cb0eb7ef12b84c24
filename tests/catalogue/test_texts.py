"""Texts in further languages: made from a source, marked when it has moved on, fixed once approved."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from hub.catalogue.documents import search_document
from hub.catalogue.models import InnovationDetails, RevisionText
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.service import revise_innovation, save_details, submit_revision
from hub.catalogue.texts.service import MAX_LANGUAGES, change_source_language, remove_text, save_text
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from tests.catalogue.cast import did, make_cast, publish
from tests.catalogue.records import draft, published, submitted

pytestmark = pytest.mark.db

GEORGIAN = {"name": "საჩუქრების რეესტრი", "short_description": "თანამდებობის პირები აღრიცხავენ საჩუქრებს."}


@pytest.fixture
def cast(database):
    return make_cast()


@pytest.fixture
def revision(cast):
    return draft(cast.scene)


def translate(cast, revision, language="ka", *, by="partner", version=None, **words):
    did(
        save_text,
        cast[by],
        revision,
        language,
        words or GEORGIAN,
        version=version or revision.version,
    )


def languages(revision):
    session().expire_all()
    return {each.language for each in revision.texts}


def test_a_translation_is_stored_beside_its_source(cast, revision):
    translate(cast, revision)
    assert languages(revision) == {"en-GB", "ka"}
    assert revision.text_in("ka").name == GEORGIAN["name"]
    assert revision.text_in("ka").description == ""
    assert revision.text_in("fr") == revision.source_text
    assert revision.text_in("en") == revision.source_text
    assert revision.outdated_languages == ()
    assert revision.version == 2


def test_saving_again_replaces_every_field(cast, revision):
    translate(cast, revision, **GEORGIAN, results="მეტი.")
    translate(cast, revision, name="რეესტრი")
    text = revision.text_in("ka")
    assert {name: getattr(text, name) for name in TEXT_FIELDS if getattr(text, name)} == {"name": "რეესტრი"}
    assert languages(revision) == {"en-GB", "ka"}


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_a_translation_is_outdated_when_any_word_of_the_source_changes(cast, revision, field):
    translate(cast, revision)
    digest = revision.source_text.digest
    did(save_details, cast["partner"], revision, InnovationDetails(**{field: "Other words"}), version=2)
    assert revision.source_text.digest != digest
    assert revision.outdated_languages == ("ka",)
    translate(cast, revision)
    assert revision.outdated_languages == ()


def test_what_is_no_text_outdates_nothing(cast, revision):
    translate(cast, revision)
    did(save_details, cast["partner"], revision, InnovationDetails(kind="data"), version=2)
    assert revision.outdated_languages == ()


def test_words_that_come_back_are_up_to_date_again(cast, revision):
    translate(cast, revision)
    former = revision.source_text.name
    for version, name in ((2, "Other"), (3, former)):
        did(save_details, cast["partner"], revision, InnovationDetails(name=name), version=version)
    assert revision.outdated_languages == ()


def test_the_digest_keeps_fields_apart():
    one = RevisionText(name="ab", short_description="c")
    other = RevisionText(name="a", short_description="bc")
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("language", "words", "field"),
    [
        ("en-GB", GEORGIAN, "language"),
        ("", GEORGIAN, "language"),
        ("not a language", GEORGIAN, "language"),
        ("x" * 30, GEORGIAN, "language"),
        ("ka", {"name": ""}, "name"),
        ("ka", {"name": "…"}, "name"),
        ("ka", {"name": "x" * 121}, "name"),
        ("ka", {"name": "ა", "short_description": "x" * 151}, "short_description"),
        ("ka", {"name": "ა", "description": "x" * 20_001}, "description"),
        ("ka", {"name": "ა", "privacy": "a\x00b"}, "privacy"),
        ("ka", {"name": "ა", "privacy": "a\u202eb"}, "privacy"),
    ],
)
def test_what_cannot_be_stored_is_refused_at_its_field(cast, revision, language, words, field):
    with pytest.raises(InvalidError) as caught:
        translate(cast, revision, language, **words)
    assert caught.value.field == field
    assert languages(revision) == {"en-GB"}
    assert revision.version == 1


def test_languages_have_an_end(cast, revision):
    for number in range(MAX_LANGUAGES - 1):
        translate(cast, revision, f"x{chr(97 + number // 26)}{chr(97 + number % 26)}", name="Name")
    with pytest.raises(InvalidError):
        translate(cast, revision)
    translate(cast, revision, "xaa", name="Another name")


@pytest.mark.parametrize("by", ["visitor", "member", "mere", "adopter", "focal", "free", "admin"])
def test_only_who_speaks_for_the_owner_translates(cast, revision, by):
    with pytest.raises(NotFoundError):
        translate(cast, revision, by=by)
    with pytest.raises(NotFoundError):
        did(change_source_language, cast[by], revision, "fr", version=1)
    with pytest.raises(NotFoundError):
        did(remove_text, cast[by], revision, "ka", version=1)
    assert languages(revision) == {"en-GB"}


def test_two_pages_do_not_overwrite_each_other(cast, revision):
    translate(cast, revision)
    for act in (
        lambda: translate(cast, revision, "fr", version=1, name="Registre"),
        lambda: did(remove_text, cast["partner"], revision, "ka", version=1),
        lambda: did(change_source_language, cast["partner"], revision, "fr", version=1),
    ):
        with pytest.raises(StaleVersionError):
            act()
    assert languages(revision) == {"en-GB", "ka"}


def test_a_translation_is_removed_the_source_never(cast, revision):
    translate(cast, revision)
    with pytest.raises(NotFoundError):
        did(remove_text, cast["partner"], revision, "en-GB", version=2)
    with pytest.raises(NotFoundError):
        did(remove_text, cast["partner"], revision, "fr", version=2)
    did(remove_text, cast["partner"], revision, "ka", version=2)
    assert languages(revision) == {"en-GB"}


def test_the_language_of_the_source_may_have_been_chosen_wrongly(cast, revision):
    translate(cast, revision)
    with pytest.raises(ConflictError):
        did(change_source_language, cast["partner"], revision, "ka", version=2)
    did(change_source_language, cast["partner"], revision, "fr", version=2)
    assert languages(revision) == {"fr", "ka"}
    assert (revision.source_language, revision.source_text.language) == ("fr", "fr")
    assert revision.outdated_languages == ()
    did(change_source_language, cast["partner"], revision, "fr", version=3)
    assert revision.version == 3
    with pytest.raises(InvalidError):
        did(change_source_language, cast["partner"], revision, "no language", version=3)


def test_an_approved_revision_carries_its_languages_into_the_next(cast):
    revision = published_in_two(cast)
    following = did(revise_innovation, cast["partner"], revision.innovation)
    assert languages(following) == {"en-GB", "ka"}
    assert following.text_in("ka").source_digest == revision.source_text.digest
    did(save_details, cast["partner"], following, InnovationDetails(results="New."), version=1)
    assert following.outdated_languages == ("ka",)
    assert revision.outdated_languages == ()


def published_in_two(cast):
    """Return an approved revision with a Georgian translation."""
    former = published(cast.scene)
    revision = did(revise_innovation, cast["partner"], former.innovation)
    translate(cast, revision)
    did(submit_revision, cast["partner"], revision, version=revision.version)
    publish(cast, revision)
    return revision


def test_search_knows_every_language(cast):
    revision = published_in_two(cast)
    document = search_document(revision.innovation)
    assert GEORGIAN["name"] in document.text_of("name")
    assert "Ledger of gifts" in document.text_of("name")


def test_what_was_sent_or_approved_is_fixed(cast):
    sent, approved = submitted(cast.scene), published_in_two(cast)
    for revision in (sent, approved):
        with pytest.raises(ConflictError):
            translate(cast, revision)
        with pytest.raises(ConflictError):
            did(change_source_language, cast["partner"], revision, "fr", version=revision.version)
    with pytest.raises(ConflictError):
        did(remove_text, cast["partner"], approved, "ka", version=approved.version)
    for values in ({"name": "x"}, {"source_digest": "x" * 64}, {"language": "fr"}):
        mine = update(RevisionText).where(
            RevisionText.revision_id == approved.id, RevisionText.language == "ka"
        )
        with pytest.raises(DBAPIError), session().begin_nested():
            session().execute(mine.values(**values))
