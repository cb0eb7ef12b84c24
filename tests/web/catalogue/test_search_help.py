"""What a page of results says about the search itself: other words, spelling, reasons, languages, comparing."""

import pytest

from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import submit_revision
from hub.catalogue.texts.service import save_text
from hub.core.database import transaction
from hub.search.documents import Results
from hub.web.finding.also import also_searched
from tests.catalogue.records import MEMBERS, draft, make_scene, published
from tests.factories import make_member
from tests.web.catalogue.test_searching import names_on, page_of, total_on
from tests.web.client import words


@pytest.fixture
def catalogue(database, index):
    scene = make_scene()
    published(scene, name="Gift ledger", description="Officials register every kickback that was offered.")
    published(scene, name="Tender watch", description="Finds procurement that went wrong.")
    published(scene, name="Secret spectroscope", readership=MEMBERS)
    index()
    return scene


def test_synonyms_are_named_and_can_be_left_out(client, catalogue):
    page = page_of(client, "/innovations?q=bribe")
    assert names_on(page) == ["Gift ledger"]
    assert "Also searched:" in words(page)
    assert "Search exactly as typed" in words(page)
    exact = page_of(client, "/innovations?q=bribe&exact=1")
    assert total_on(exact) == "0 innovations"


def test_other_words_are_told_once_those_of_the_page_first(app):
    found = Results(
        (), 0, {}, frozenset(), False, 0, also=("Bestechung", "pot-de-vin", "bestechung", "kickback")
    )
    with app.test_request_context():
        assert also_searched(found) == ["kickback", "Bestechung", "pot-de-vin"]


def link_saying(page, said):
    return next(link.get("href") for link in page.iter("a") if words(link) == said)


def test_filters_keep_what_else_is_asked(client, catalogue):
    page = page_of(client, "/innovations?q=kickback&country=GE&exact=1&why=1&sort=newest")
    form = next(each for each in page.iter("form") if each.get("id") == "filters")
    kept = {
        each.get("name"): each.get("value") for each in form.iter("input") if each.get("type") == "hidden"
    }
    assert kept == {"q": "kickback", "sort": "newest", "exact": "1", "why": "1"}
    assert link_saying(page, "Clear all") == "/innovations?q=kickback&sort=newest&exact=1&why=1"


def test_without_any_filter_the_same_is_searched_that_was_counted(client, catalogue):
    page = page_of(client, "/innovations?q=kickback&country=NO&works_in=ID&exact=1")
    assert "Without any filter there is 1." in words(page)
    everywhere = link_saying(page, "1")
    assert everywhere == "/innovations?q=kickback&exact=1"
    assert total_on(page_of(client, everywhere)) == "1 innovation"


def test_other_spelling_is_searched_as_typed_too(client, catalogue):
    page = page_of(client, "/innovations?q=procuremnt&country=NO&exact=1")
    assert link_saying(page, "procurement") == "/innovations?q=procurement&exact=1"


def test_a_slip_is_noticed(client, catalogue):
    page = page_of(client, "/innovations?q=procuremnt")
    assert "Did you mean procurement?" in words(page)


def test_a_slip_is_noticed_where_filters_leave_nothing(client, catalogue):
    page = page_of(client, "/innovations?q=procuremnt&country=NO")
    assert "Did you mean procurement?" in words(page)


def test_words_of_hidden_records_are_not_guessed(client, catalogue, new_client):
    assert "Did you mean" not in words(page_of(client, "/innovations?q=spectroscop"))
    assert "Did you mean" not in words(page_of(client, "/innovations?q=spektroscope"))
    member = new_client().become(make_member())
    assert "Did you mean spectroscope?" in words(page_of(member, "/innovations?q=spektroscope"))


def test_a_word_in_capitals_is_told_once(client, catalogue, index):
    published(catalogue, name="Gift desk", description="Every kickback. Kickback by kickback, KICKBACK.")
    index()
    page = page_of(client, "/innovations?q=kickback&why=1")
    assert "“kickback”" in words(page)
    assert "“Kickback”" not in words(page)
    assert "“KICKBACK”" not in words(page)


def test_each_result_says_why_it_was_found_when_asked(client, catalogue):
    page = page_of(client, "/innovations?q=bribe&why=1")
    assert "Found because of" in words(page)
    assert "kickback" in words(page)
    assert "Description" in words(page)
    assert "Found because of" not in words(page_of(client, "/innovations?q=bribe"))


def test_without_words_nothing_is_explained(client, catalogue):
    assert "Found because of" not in words(page_of(client, "/innovations?why=1"))


def test_without_a_record_that_holds_all_words_the_page_says_so(client, catalogue):
    page = page_of(client, "/innovations?q=procurement+kickback+tender")
    assert total_on(page) == "No innovation holds all of these words"
    assert "2 innovations. These hold some of them." in words(page)
    assert set(names_on(page)) == {"Gift ledger", "Tender watch"}
    assert "These hold some of your words" not in words(page)


def test_records_that_hold_some_of_the_words_stand_below_those_with_all(client, catalogue, index):
    published(catalogue, name="Gift cabinet", description="Keeps what was handed over.")
    published(catalogue, name="Gift secret", readership=MEMBERS)
    index()
    page = page_of(client, "/innovations?q=gift+ledger")
    assert total_on(page) == "1 innovation"
    below = next(each for each in page.iter("section") if each.get("class") == "near")
    assert words(below.find("h2")) == "These hold some of your words"
    assert names_on(page) == ["Gift ledger", *names_on(below)]
    assert "Gift cabinet" in names_on(below)
    assert "Gift secret" not in words(page)


def test_a_text_in_another_language_is_marked(client, catalogue):
    page = client.get("/innovations", headers={"Accept-Language": "fr"}).text
    assert "anglais" in page
    assert "anglais" not in client.get("/innovations").text


def test_results_can_be_ticked_to_compare(client, catalogue):
    page = page_of(client, "/innovations?q=ledger")
    box = next(each for each in page.iter("input") if each.get("name") == "slug")
    assert (box.get("form"), box.get("value")) == ("compare", "gift-ledger")
    form = next(each for each in page.iter("form") if each.get("id") == "compare")
    assert form.get("action") == "/innovations/compare"


def test_only_members_are_offered_a_shortlist(client, catalogue, new_client):
    assert "Shortlist" not in words(page_of(client, "/innovations?q=ledger"))
    member = new_client().become(make_member())
    assert "Shortlist" in words(page_of(member, "/innovations?q=ledger"))


def test_a_visitor_is_told_what_signing_in_brings(client, catalogue, new_client):
    said = "Sign in to save this search or keep a list"
    assert (
        link_saying(page_of(client, "/innovations?q=kickback"), said)
        == "/sign-in?next=/innovations?q%3Dkickback"
    )
    member = new_client().become(make_member())
    assert said not in words(page_of(member, "/innovations?q=kickback"))


def test_the_page_on_search_says_what_the_engines_do(client, catalogue):
    page = words(page_of(client, "/innovations/how-search-works"))
    assert "counts 4 times" in page
    assert "level 5 by 20%" in page


def test_the_passage_is_in_the_language_that_holds_the_words(client, database, index):
    scene = make_scene()
    revision = draft(scene)
    french = dict.fromkeys(TEXT_FIELDS, "") | {
        "name": "Registre",
        "short_description": "Les agents inscrivent les cadeaux.",
    }
    with transaction():
        save_text(scene.partner, revision, "fr", french, version=revision.version)
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)
    index()
    page = page_of(client, "/innovations?q=inscrivent")
    said = next(each for each in page.iter("p") if each.get("class") == "hit__say")
    assert said.get("lang") == "fr"
    assert [words(each) for each in said.iter("mark")] == ["inscrivent"]


def test_similar_records_stand_on_the_page_of_one(client, database, index):
    scene = make_scene()
    for name in ("Tender watch", "Tender guard"):
        published(scene, name=name, description="Compares tenders and contracts for signs of bid rigging.")
    published(scene, name="Tender secret", description="Compares tenders and contracts.", readership=MEMBERS)
    index()
    page = words(page_of(client, "/innovations/tender-watch"))
    assert "More like this" in page
    assert "Tender guard" in page
    assert "Tender secret" not in page
