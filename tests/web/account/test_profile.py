"""Filling in one's own profile in a browser: what is kept, what comes back, and what two windows do."""

import pytest

from hub.access.viewer import Role
from hub.core.database import session, transaction
from hub.members.models import FieldAudience, MemberStatus, TermAddition, TermStatus
from hub.members.profiles.queries import profile_of
from tests.factories import make_member
from tests.web.client import parse, words

PLACE = "/account/profile"


@pytest.fixture
def browser(nino, new_client):
    return new_client().become(nino)


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def summary_of(answer):
    """Return the links of the error summary, by target."""
    found = [
        each for each in parse(answer.text).iter("div") if each.get("class", "") == "govuk-error-summary"
    ]
    return {link.get("href"): words(link) for box in found for link in box.iter("a")}


def stored(nino):
    session().expire_all()
    return profile_of(nino.id)


def test_the_page_advises_people_at_risk_and_names_what_is_missing(browser):
    told = main_of(browser.get(PLACE))
    assert "Use any name. Nobody needs a real one here" in told
    assert "0 of 12 parts filled in" in told
    assert "With your skills you are found by those who look for them." in told
    assert "How others see you" not in told


def test_what_was_filled_in_is_saved_and_stands_in_the_form_again(browser, nino):
    answer = browser.submit(
        PLACE,
        {
            "audience": "members",
            "headline": "Reads tenders",
            "skills": ["data_journalism"],
            "added_skills": "Beekeeping\r\n\r\n  Apiculture ",
            "languages": ["fr", "ka"],
            "functions": ["detect"],
            "open_to": ["mentor"],
            "links-0-url": "https://example.org/nino",
            "links-0-title": "At work",
        },
    )
    assert (answer.status_code, answer.location) == (303, PLACE)
    profile = stored(nino)
    assert (profile.audience, profile.version) == (FieldAudience.MEMBERS, 1)
    assert [each.label for each in session().query(TermAddition).order_by(TermAddition.id)] == [
        "Beekeeping",
        "Apiculture",
    ]
    shown = browser.get(PLACE)
    assert "Members of the hub can read your page and find it." in shown.text
    assert "Beekeeping" in main_of(shown)
    assert 'value="https://example.org/nino"' in shown.text
    again = browser.submit(shown)
    assert again.status_code == 303
    assert len(stored(nino).terms) == 7


def test_a_word_typed_in_the_language_of_the_page_is_the_listed_one(browser, nino):
    browser.submit(PLACE, {"added_languages": "FRENCH", "added_skills": "data journalism"})
    assert {each.code for each in stored(nino).terms} == {"fr", "data_journalism"}


def test_a_skill_of_300_characters_is_named_and_kept(browser, nino):
    answer = browser.submit(PLACE, {"added_skills": "Short\n" + "x" * 300, "headline": "Kept too"})
    assert answer.status_code == 422
    assert "has 300 characters. Use at most 60" in summary_of(answer)["#added_skills"]
    assert "x" * 300 in answer.text
    assert 'value="Kept too"' in answer.text
    assert stored(nino) is None


def test_a_text_of_nearly_two_megabytes_comes_back_whole(browser, nino):
    text = "a" * 1_900_000
    answer = browser.submit(PLACE, {"biography": text})
    assert answer.status_code == 422
    assert text in answer.text
    assert "it has 1900000" in summary_of(answer)["#biography"]
    assert stored(nino) is None


def test_a_larger_text_is_refused_and_the_last_save_stays(browser, nino):
    browser.submit(PLACE, {"biography": "Short"})
    answer = browser.submit(PLACE, {"biography": "a" * 2_200_000})
    assert answer.status_code == 413
    assert stored(nino).biography == "Short"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"display_name": ""}, "#display_name"),
        ({"display_name": "Nino\u202egnp"}, "#display_name"),
        ({"contact_email": "nobody"}, "#contact_email"),
        ({"links-0-url": "ftp://example.org"}, "#links-0-url"),
        ({"links-0-title": "Only a title"}, "#links-0-url"),
    ],
)
def test_each_error_leads_to_its_field(browser, nino, typed, field):
    answer = browser.submit(PLACE, typed)
    assert answer.status_code == 422
    assert field in summary_of(answer)
    assert stored(nino) is None


@pytest.mark.parametrize("typed", [{"skills": ["juggling"]}, {"audience": "world"}, {"country": "XX"}])
def test_what_no_page_of_ours_sends_is_refused(browser, nino, typed):
    assert (
        browser.act(PLACE, {"display_name": "Nino", "member_type": "innovator", **typed}).status_code == 422
    )
    assert stored(nino) is None


def test_a_second_window_gets_both_texts_and_loses_nothing(browser, nino):
    browser.submit(PLACE, {"headline": "At first"})
    opened = browser.get(PLACE)
    browser.submit(PLACE, {"headline": "First window", "needs": "A partner"})
    answer = browser.submit(opened, {"headline": "Second window", "offers": "Advice"})
    assert answer.status_code == 409
    told = main_of(answer)
    for text in ("First window", "Second window", "Advice", "A partner"):
        assert text in told
    done = browser.submit(answer, {"choice-headline": "theirs", "choice-needs": "theirs"})
    assert done.status_code == 303
    profile = stored(nino)
    assert (profile.headline, profile.offers, profile.needs) == ("First window", "Advice", "A partner")


def test_a_word_merged_while_the_page_was_open_is_saved_as_what_it_became(browser, nino):
    browser.submit(PLACE, {"added_skills": "Beekeeping"})
    opened = browser.get(PLACE)
    with transaction():
        word = session().query(TermAddition).one()
        word.status, word.merged_into = TermStatus.MERGED, "asset_tracing"
    assert browser.submit(opened).status_code == 303
    assert [each.code for each in stored(nino).terms] == ["asset_tracing"]


def test_law_enforcement_keeps_its_type_and_nobody_else_is_offered_it(browser, new_client):
    assert "law_enforcement" not in _types(browser.get(PLACE))
    officer = new_client().become(make_member(member_type="law_enforcement"))
    assert _types(officer.get(PLACE)) == ["law_enforcement"]


def _types(answer):
    field = next(each for each in parse(answer.text).iter("select") if each.get("name") == "member_type")
    return [each.get("value") for each in field.iter("option")]


@pytest.mark.parametrize("status", [MemberStatus.CONFIRMED, MemberStatus.LAPSED])
def test_who_is_no_member_has_no_profile_page(new_client, database, status):
    assert new_client().become(make_member(status=status)).get(PLACE).status_code == 403


def test_the_preview_is_offered_once_there_is_something_to_see(browser, nino):
    browser.submit(PLACE, {"audience": "public"})
    shown = browser.get(PLACE)
    for audience in ("public", "members", "law_enforcement"):
        assert f"/members/{nino.public_id}?as={audience}" in shown.text


def test_roles_need_no_profile_and_can_have_one(new_client, database):
    coordinator = new_client().become(make_member(roles=[Role.COORDINATOR]))
    assert coordinator.submit(PLACE, {"audience": "public"}).status_code == 303
