"""Texts in further languages: added, marked as older, missing, removed; two people at once lose no word."""

import pytest

from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.texts.service import MAX_LANGUAGES, save_text
from hub.core.database import session, transaction
from tests.catalogue.records import draft, published, save, submitted
from tests.factories import make_member
from tests.web.catalogue.pages import hidden, problems
from tests.web.client import parse, words

ODD = ["", "klingon", "EN", "en-gb", "../..", "x" * 400, "%00", "ka\u202e", "xx"]


@pytest.fixture
def revision(scene):
    return draft(scene, problem="Gifts are hidden.")


@pytest.fixture
def address(revision):
    return f"/innovations/{revision.innovation.slug}/languages"


@pytest.fixture
def other(scene, new_client):
    """The browser of a colleague at the same organisation."""
    return new_client().become(make_member(represents=[scene.owner]))


def translated(scene, revision, language="ka", **said):
    """Store a translation."""
    texts = dict.fromkeys(TEXT_FIELDS, "") | {"name": "საჩუქრების რეესტრი"} | said
    with transaction():
        save_text(scene.partner, revision, language, texts, version=revision.version)


def text_in(revision, language):
    session().expire_all()
    return next((each for each in revision.texts if each.language == language), None)


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


@pytest.mark.db
def source_of(address):
    """Return where the language of the source is changed, beside the list of languages."""
    return address.replace("/languages", "/source-language")


def test_a_language_is_added_and_translated_beside_the_source(partner, address, revision):
    answer = partner.submit(address, {"language": "ka"}, action=address)
    assert answer.location == f"{address}/ka"
    page = partner.get(answer.location)
    assert 'lang="en-GB" dir="ltr">Gifts are hidden.</div>' in page.text
    assert 'lang="ka"' in page.text
    typed = {"name": "რეესტრი", "short_description": "მოკლე", "problem": "საჩუქრები"}
    assert partner.submit(page, typed).location == address
    text = text_in(revision, "ka")
    assert (text.name, text.problem) == ("რეესტრი", "საჩუქრები")
    shown = main_of(partner.get(address))
    assert "Georgian" in shown
    assert "Up to date" in shown
    assert "Written in British English and translated into Georgian" in main_of(
        partner.get(f"/innovations/{revision.innovation.slug}/edit")
    )


def test_a_language_that_is_written_to_the_left_says_so(partner, address):
    assert 'lang="ar"' in partner.get(f"{address}/ar").text


def test_only_what_the_source_has_stands_open(partner, address):
    page = parse(partner.get(f"{address}/ka").text)
    folded = next(each for each in page.iter("details") if each.get("class") == "pairs__rest")
    names = {each.get("name") for each in folded.iter("textarea")}
    assert "results" in names
    assert not names & {"name", "problem", "short_description"}


def test_a_changed_source_marks_translations_as_older_until_they_are_saved(scene, partner, address, revision):
    translated(scene, revision, problem="x", short_description="y")
    save(scene.partner, revision, problem="Gifts stay hidden.")
    for page in (address, f"{address}/ka", f"/innovations/{revision.innovation.slug}/check"):
        assert "Older than the source" in main_of(partner.get(page))
    assert "Needs a change" in main_of(partner.get(f"/innovations/{revision.innovation.slug}/edit"))
    assert partner.submit(f"{address}/ka", {"problem": "new"}).status_code == 303
    assert "Older than the source" not in main_of(partner.get(address))


def test_what_is_missing_is_named(scene, partner, address, revision):
    translated(scene, revision)
    assert "Missing: Short description and Problem addressed" in main_of(partner.get(address))
    check = main_of(partner.get(f"/innovations/{revision.innovation.slug}/check"))
    assert "Translation: Georgian" in check
    assert "Not complete" in check


def test_a_translation_is_removed(scene, partner, address, revision):
    translated(scene, revision)
    answer = partner.submit(f"{address}/ka", action=f"{address}/ka/remove")
    assert answer.location == address
    assert text_in(revision, "ka") is None


def test_a_translation_that_somebody_just_changed_is_not_removed(scene, partner, other, address, revision):
    translated(scene, revision)
    page = partner.get(f"{address}/ka")
    other.submit(f"{address}/ka", {"problem": "Theirs"})
    assert partner.submit(page, action=f"{address}/ka/remove").status_code == 409
    assert text_in(revision, "ka").problem == "Theirs"


def test_the_language_of_the_source_is_changed(scene, partner, address, revision):
    change = source_of(address)
    assert partner.submit(address, {"source_language": "fr"}, action=change).location == address
    session().expire_all()
    assert (revision.source_language, revision.source_text.name) == ("fr", "Ledger of gifts")


def test_a_language_with_a_translation_cannot_become_the_source(scene, partner, address, revision):
    translated(scene, revision)
    answer = partner.submit(address, {"source_language": "ka"}, action=source_of(address))
    assert answer.status_code == 422
    assert "Remove it first" in problems(answer)["source_language"]


@pytest.mark.parametrize("code", ODD)
def test_what_is_no_language_is_refused(partner, address, revision, code):
    for target, field in ((address, "language"), (source_of(address), "source_language")):
        answer = partner.act(target, {field: code, "version": "1"})
        assert answer.status_code == 422, target
        assert field in problems(answer)
    assert {each.language for each in revision.texts} == {"en-GB"}


@pytest.mark.parametrize("code", [*filter(None, ODD), "en-GB"])
def test_there_is_no_page_for_what_is_no_language_or_is_the_source(partner, address, revision, code):
    partner.nags = False
    assert partner.get(f"{address}/{code}").status_code == 404
    assert partner.act(f"{address}/{code}", {"version": "1", "name": "x"}).status_code in {404, 405}
    assert partner.act(f"{address}/{code}/remove", {"version": "1"}).status_code == 404
    assert {each.language for each in revision.texts} == {"en-GB"}


def test_the_source_language_cannot_be_added(partner, address):
    answer = partner.act(address, {"language": "en-GB"})
    assert "The source is in this language" in problems(answer)["language"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": ""}, "name", "Enter a name."),
        ({"name": "…"}, "name", "Enter a name."),
        ({"name": "n" * 121}, "name", "it has 121."),
        ({"name": "x", "problem": "p" * 2_001}, "problem", "it has 2001."),
        ({"name": "x", "description": "d" * 20_001}, "description", "it has 20001."),
        ({"name": "x", "results": "a\u202eb"}, "results", "hidden sign"),
    ],
)
def test_what_cannot_be_accepted_is_named_and_kept(partner, address, revision, typed, field, said):
    answer = partner.act(f"{address}/ka", {"version": "1", **typed})
    assert answer.status_code == 422
    assert said in problems(answer)[field]
    for text in typed.values():
        assert text in answer.text
    assert text_in(revision, "ka") is None


def test_fields_that_are_folded_open_when_one_is_wrong(partner, address):
    answer = partner.act(f"{address}/ka", {"version": "1", "name": "x", "results": "r" * 2_001})
    page = parse(answer.text)
    assert any(each.get("name") == "results" for each in page.iter("textarea"))
    assert not [
        each
        for each in page.iter("details")
        if each.get("open") is None and any(area.get("name") == "results" for area in each.iter("textarea"))
    ]


def test_two_who_translate_at_once_choose_between_both_texts(scene, partner, other, address, revision):
    translated(scene, revision)
    page = partner.get(f"{address}/ka")
    assert other.submit(f"{address}/ka", {"problem": "Theirs.", "results": "Theirs too."}).status_code == 303
    answer = partner.submit(page, {"problem": "Mine.", "results": "Mine too."})
    assert answer.status_code == 409
    for text in ("Theirs.", "Mine.", "Theirs too.", "Mine too."):
        assert text in answer.text
    choice = {**hidden(answer), "choice-problem": "theirs", "choice-results": "mine"}
    assert partner.act(f"{address}/ka", choice).status_code == 303
    text = text_in(revision, "ka")
    assert (text.problem, text.results) == ("Theirs.", "Mine too.")


def test_two_who_add_the_same_language_at_once_lose_nothing(partner, other, address, revision):
    page = partner.get(f"{address}/ka")
    assert other.submit(f"{address}/ka", {"name": "Theirs"}).status_code == 303
    answer = partner.submit(page, {"name": "Mine"})
    assert answer.status_code == 409
    assert partner.act(f"{address}/ka", {**hidden(answer), "choice-name": "mine"}).status_code == 303
    assert text_in(revision, "ka").name == "Mine"


def test_saving_other_parts_meanwhile_is_no_conflict(scene, partner, address, revision):
    page = partner.get(f"{address}/ka")
    save(scene.partner, revision, kind="data")
    assert partner.submit(page, {"name": "x"}).status_code == 303
    assert revision.outdated_languages == ()


def test_who_translated_an_older_source_looks_again_before_it_counts_as_up_to_date(
    scene, partner, address, revision
):
    page = partner.get(f"{address}/ka")
    save(scene.partner, revision, problem="It is all different.")
    answer = partner.submit(page, {"name": "Mine", "problem": "My words"})
    assert answer.status_code == 409
    assert "The source was changed while you were writing" in main_of(answer)
    assert "It is all different." in answer.text
    assert "My words" in answer.text
    assert text_in(revision, "ka") is None
    assert partner.submit(answer, {"problem": "My new words"}).status_code == 303
    assert text_in(revision, "ka").problem == "My new words"


def test_a_translation_and_a_source_that_both_changed_are_both_looked_at(
    scene, partner, other, address, revision
):
    page = partner.get(f"{address}/ka")
    other.submit(f"{address}/ka", {"name": "Theirs"})
    save(scene.partner, revision, problem="It is all different.")
    first = partner.submit(page, {"name": "Mine"})
    assert "Somebody else saved this page" in first.text
    second = partner.act(f"{address}/ka", {**hidden(first), "choice-name": "mine"})
    assert second.status_code == 409
    assert "The source was changed while you were writing" in second.text
    assert partner.submit(second, {"problem": "p"}).status_code == 303
    assert text_in(revision, "ka").name == "Mine"


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_an_unreadable_version_counts_as_stale(partner, address, version):
    answer = partner.act(f"{address}/ka", {"version": version, "name": "My name"})
    assert answer.status_code == 409
    assert "My name" in answer.text


def test_what_was_submitted_meanwhile_keeps_the_words_on_the_page(scene, partner, other, address, revision):
    page = partner.get(f"{address}/ka")
    slug = revision.innovation.slug
    assert other.submit(f"/innovations/{slug}/check", action=f"/innovations/{slug}/submit").status_code == 303
    answer = partner.submit(page, {"name": "My late name"})
    assert answer.status_code == 409
    assert "My late name" in answer.text
    assert text_in(revision, "ka") is None


@pytest.mark.parametrize("way", [submitted, published])
def test_what_cannot_be_changed_now_leads_to_the_record(scene, partner, way):
    slug = way(scene).innovation.slug
    for page in ("languages", "languages/ka"):
        assert partner.get(f"/innovations/{slug}/{page}").location == f"/innovations/{slug}"


def test_the_languages_of_others_are_not_there(partner, address, coordinator, new_client, revision):
    stranger = new_client().become(make_member(focal_country="ID"))
    for browser in (coordinator, stranger):
        assert browser.get(address).status_code == 404
        assert browser.get(f"{address}/ka").status_code == 404
        for target in (address, source_of(address), f"{address}/ka", f"{address}/ka/remove"):
            assert browser.act(target, {"language": "ka", "name": "x", "version": "1"}).status_code == 404
    assert len(revision.texts) == 1


def test_thirty_languages_are_the_most(scene, partner, address, revision):
    offered = [each.get("value") for each in parse(partner.get(address).text).iter("option")]
    codes = [code for code in offered if code and code != "en-GB"][:MAX_LANGUAGES]
    for code in codes[1:]:
        translated(scene, revision, code)
    answer = partner.submit(f"{address}/{codes[0]}", {"name": "One too many"})
    assert answer.status_code == 422
    assert "One too many" in answer.text


def test_markup_in_a_source_is_shown_as_it_is_written(scene, partner, address, revision):
    save(scene.partner, revision, description="# Heading\n\n<script>alert(1)</script>")
    page = partner.get(f"{address}/ka").text
    assert "<script>alert" not in page
    assert "# Heading" in page


def test_a_record_begins_in_the_language_that_was_chosen(partner):
    answer = partner.submit("/innovations/new", {"name": "Registro de regalos", "language": "es"})
    page = main_of(partner.get(answer.location))
    assert "Written in Spanish, not translated yet" in page


def test_the_language_of_the_page_is_the_one_that_is_offered(partner):
    page = parse(partner.get("/innovations/new").text)
    (chosen,) = [each for each in page.iter("option") if each.get("selected") is not None]
    assert chosen.get("value") == "en-GB"


@pytest.mark.parametrize("code", ["klingon", "", "EN"])
def test_a_record_does_not_begin_in_what_is_no_language(partner, code):
    answer = partner.act("/innovations/new", {"name": "My name", "language": code})
    assert answer.status_code == 422
    assert "language" in problems(answer)
    assert "My name" in answer.text
