"""The desk of words that members added to the lists of skills and languages."""

import pytest

from hub.access.viewer import Role
from hub.core.database import session, transaction
from hub.members.models import ProfileScheme, TermAddition, TermStatus
from hub.members.profiles.terms import add_term
from tests.factories import make_member, make_profile
from tests.web.client import parse, words

DESK = "/coordinate/terms"


@pytest.fixture
def word(database):
    member = make_member()
    with transaction():
        code = add_term(member, ProfileScheme.SKILLS, "Beekeeping", "en-GB")
    # what no profile holds waits for nobody
    make_profile(member, terms={"skills": [code]})
    return session().query(TermAddition).one()


@pytest.fixture
def coordinator(word):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def browser(coordinator, new_client):
    return new_client().become(coordinator)


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def again(word):
    session().expire_all()
    return session().get_one(TermAddition, word.id)


def test_the_queue_leads_to_the_desk_with_its_count(browser):
    assert "Skills and languages 1 waiting" in main_of(browser.get("/coordinate"))
    told = main_of(browser.get(DESK))
    assert "1 word waits" in told
    assert "Beekeeping" in told


def test_an_empty_desk_says_so(browser, word):
    browser.act(f"{DESK}/{word.public_id}/keep")
    told = main_of(browser.get(DESK))
    assert "No word waits" in told
    assert "Kept for everybody" in told


def test_a_word_is_kept(browser, word):
    assert browser.act(f"{DESK}/{word.public_id}/keep").location == DESK
    assert again(word).status is TermStatus.KEPT


def test_a_word_is_merged_into_a_listed_one(browser, word):
    page = f"{DESK}/{word.public_id}"
    answer = browser.submit(page, {"into": "asset_tracing"})
    assert answer.location == DESK
    assert again(word).merged_into == "asset_tracing"
    assert "Asset tracing" in main_of(browser.get(page))


def test_merging_into_nothing_is_named(browser, word):
    answer = browser.submit(f"{DESK}/{word.public_id}", {"into": ""})
    assert answer.status_code == 422
    assert "Choose what stands in its place." in main_of(answer)


def test_a_word_is_removed_with_a_reason(browser, word):
    page = f"{DESK}/{word.public_id}"
    assert browser.submit(page, {"words": ""}).status_code == 422
    assert browser.submit(page, {"words": "No skill here"}).location == DESK
    assert again(word).status is TermStatus.REMOVED


def test_a_second_decision_says_what_happened_and_keeps_the_words(browser, word):
    page = browser.get(f"{DESK}/{word.public_id}")
    with transaction():
        again(word).status = TermStatus.REMOVED
    answer = browser.submit(page, {"words": "Mine"})
    assert answer.status_code == 409
    assert "Nothing was changed" in main_of(answer)
    assert "Mine" in main_of(answer)


def test_ones_own_word_is_for_another_coordinator(new_client, word):
    member = session().get_one(TermAddition, word.id).added_by_id
    own = make_member(roles=[Role.COORDINATOR])
    with transaction():
        again(word).added_by_id = own.id
    browser = new_client().become(own)
    page = browser.get(f"{DESK}/{word.public_id}")
    assert "another coordinator decides about it" in main_of(page)
    assert browser.act(f"{DESK}/{word.public_id}/keep").status_code == 403
    assert again(word).status is TermStatus.ADDED
    assert member != own.id


@pytest.mark.parametrize("roles", [[], [Role.ADMINISTRATOR], [Role.INTEGRITY_OFFICER]])
def test_nobody_else_enters(new_client, word, roles):
    browser = new_client().become(make_member(roles=roles))
    assert browser.get(DESK).status_code == 403
    assert browser.get(f"{DESK}/{word.public_id}").status_code == 404
    assert browser.act(f"{DESK}/{word.public_id}/keep").status_code == 404


def test_unknown_words_and_decisions_are_not_there(browser, word):
    assert browser.get(f"{DESK}/no-such-id").status_code == 404
    assert browser.act(f"{DESK}/{word.public_id}/burn").status_code == 404
