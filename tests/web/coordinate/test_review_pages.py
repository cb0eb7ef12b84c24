"""The coordinator's desk: the queue, one review, and the decisions, as they stand on the pages."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.viewer import Role
from hub.audit.queries import history_of
from hub.catalogue.models import PrerequisiteDetails, RevisionStatus, RevisionText
from hub.catalogue.service import submit_revision
from hub.core.clock import now
from hub.core.database import transaction
from tests.catalogue.records import (
    GEORGIAN_POLICE,
    OPINION,
    draft,
    named_organisations,
    published,
    returned,
    revised,
    save,
    submitted,
    taken,
)
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words


def address_of(revision):
    return f"/innovations/{revision.innovation.slug}"


def review_of(revision):
    return f"/coordinate/{revision.innovation.slug}"


DECISIONS = ("publish", "release", "request-changes", "decline")

SAID = {"reasons": "no_source", "words": "Please name a source."}


def test_an_empty_queue_says_so(coordinator):
    assert "Nothing waits for a decision" in coordinator.get("/coordinate").text


def test_the_queue_tells_name_country_and_age(scene, coordinator):
    submitted(scene)
    with time_machine.travel(now() + timedelta(days=3, minutes=-2), tick=False):
        coordinator.become(scene.coordinator)
        page = words(parse(coordinator.get("/coordinate").text).find(".//main"))
    assert "Ledger of gifts" in page
    assert "Georgia" in page
    assert "2 days ago" in page


def test_a_record_is_taken_read_whole_and_published(scene, coordinator):
    revision = submitted(scene, description="Read **all** of it.", problem="A problem.")
    slug = revision.innovation.slug
    answer = coordinator.submit("/coordinate", action=f"/innovations/{slug}/take")
    assert answer.location == f"/coordinate/{slug}"
    page = coordinator.get(answer.location).text
    for told in ("A problem.", "<strong>all</strong>", "https://example.org/ledger", "Georgia"):
        assert told in page
    assert coordinator.act(f"/innovations/{slug}/publish").location == "/coordinate"
    assert revision.status is RevisionStatus.APPROVED
    assert "Published." in coordinator.get("/coordinate").text


def test_the_owner_reads_reasons_and_words_at_the_field(scene, coordinator, partner):
    revision = taken(scene)
    said = {**SAID, "reasons": ["no_source", "unclear"], "comment-name": "Say what it counts."}
    assert coordinator.submit(review_of(revision), said).status_code == 303
    tasks = partner.get(f"{address_of(revision)}/edit").text
    assert "Please name a source." in tasks
    assert "A source is missing" in tasks
    assert "Say what it counts." in partner.get(f"{address_of(revision)}/edit/name").text
    assert "Say what it counts." in partner.get(f"{address_of(revision)}/check").text


@pytest.mark.parametrize("decision", ["request-changes", "decline"])
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"words": "My own words."}, "reasons"),
        ({"reasons": "other"}, "words"),
        ({"reasons": "unknown", "words": "My own words."}, "reasons"),
        ({"reasons": "other", "words": "My own words." * 200}, "words"),
    ],
)
def test_a_decision_that_lacks_something_keeps_the_words(scene, coordinator, decision, typed, field):
    revision = taken(scene)
    typed = {**typed, "comment-name": "About the name."}
    answer = coordinator.act(f"{address_of(revision)}/{decision}", typed)
    assert answer.status_code == 422
    group = "decline" if field == "reasons" and decision == "decline" else field
    assert f'href="#{group}"' in answer.text
    assert typed.get("words", "") in answer.text
    assert "About the name." in answer.text
    assert revision.status is RevisionStatus.IN_REVIEW


def test_declining_tells_the_owner_why(scene, coordinator, partner):
    revision = taken(scene)
    said = {"reasons": "out_of_scope", "words": "This is about parking."}
    assert coordinator.act(f"{address_of(revision)}/decline", said).status_code == 303
    page = partner.get(address_of(revision)).text
    assert "This is about parking." in page
    assert "Declined" in page


def revised_and_taken(scene, browser, translation=None, **changes):
    """Publish a record, change it, and have the change taken; return the revision."""
    innovation = published(scene, problem="It was hard before.", stage="beta").innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, **changes)
    if translation:
        with transaction():
            revision.texts.append(RevisionText(language="ka", **translation))
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    browser.act(f"/innovations/{innovation.slug}/take")
    return revision


def test_a_revision_is_compared_word_by_word_with_the_one_before(scene, coordinator):
    revision = revised_and_taken(scene, coordinator, problem="It was easy before.", stage="stable")
    page = coordinator.get(review_of(revision))
    main = parse(page.text).find(".//main")
    assert "2 fields changed" in words(main)
    assert "fields are the same as in revision 1" in words(main)
    assert [words(each) for each in main.iter("del")] == ["[taken out: hard]"]
    assert [words(each) for each in main.iter("ins")] == ["[put in: easy]"]
    (short,) = (words(each) for each in main.iter("dl") if "was-now" in each.get("class", ""))
    assert short == "WasPilot or beta NowIn regular use"


def test_every_language_is_reviewed(scene, coordinator):
    said = {"name": "საჩუქრების წიგნი", "lessons": "დრო სჭირდება."}
    revision = revised_and_taken(scene, coordinator, said)
    main = parse(coordinator.get(review_of(revision)).text).find(".//main")
    assert "2 fields changed" in words(main)
    assert "Georgian" in words(main)
    assert any("საჩუქრების წიგნი" in words(each) for each in main.iter("ins"))
    names = [each.get("name") for each in main.iter("textarea")]
    assert names.count("comment-name") == names.count("comment-lessons") == 1
    ids = {each.get("id") for each in main.iter("details")}
    links = [each.get("href") for each in main.iter("a") if "in all its languages" in words(each)]
    assert "#on-lessons" in links
    assert {each.removeprefix("#") for each in links} <= ids


def test_a_comment_on_what_did_not_change_comes_back_open(scene, coordinator):
    revision = revised_and_taken(scene, coordinator, problem="After.")
    typed = {"reasons": "other", "words": "", "comment-kind": "Is it software?"}
    answer = coordinator.act(f"{address_of(revision)}/request-changes", typed)
    assert answer.status_code == 422
    assert "Is it software?" in answer.text
    main = parse(answer.text).find(".//main")
    folded = next(each for each in main.iter("details") if "review__same" in each.get("class", ""))
    assert folded.get("open") is not None


def test_a_new_record_shows_every_field(scene, coordinator):
    revision = taken(scene, do_no_harm="No names.", prerequisites=(PrerequisiteDetails("law", "A duty."),))
    page = words(parse(coordinator.get(review_of(revision)).text).find(".//main"))
    for told in ("No names.", "Law · A duty.", scene.owner.name, "Who may read it", "Everybody", "TLP:CLEAR"):
        assert told in page
    assert "fields changed" not in page


def test_the_hub_tells_what_it_checked(scene, coordinator):
    published(scene, name="Twin ledger", website_url="https://example.org/gifts")
    told = "Ask Mr. Smith at smith@agency.example."
    revision = taken(scene, website_url="http://www.example.org/gifts/", description=told)
    page = words(parse(coordinator.get(review_of(revision)).text).find(".//main"))
    assert "What the hub checked by itself" in page
    for told in (
        "It holds an email address: “smith@agency.example” (in: Description)",
        "It may name a person: “Mr. Smith” (in: Description)",
        "Another record has the same website: Twin ledger",
        "Links that are not encrypted (http without s): “http://www.example.org/gifts/” (in: Website)",
        "The licence is not stated.",
        "It names where its facts can be read.",
    ):
        assert told in page


def test_the_names_of_an_audience_are_compared(scene, coordinator):
    first, second = make_organisation("First bureau"), make_organisation("Second bureau")
    innovation = published(scene, readership=named_organisations(first, second)).innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, readership=named_organisations(second))
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    coordinator.act(f"/innovations/{innovation.public_id}/take")
    page = words(parse(coordinator.get(f"/coordinate/{innovation.public_id}").text).find(".//main"))
    assert "WasFirst bureauSecond bureau NowSecond bureau" in page


def test_what_is_given_back_is_in_the_queue_again(scene, coordinator, colleague):
    revision = taken(scene)
    assert coordinator.act(f"{address_of(revision)}/release").location == "/coordinate"
    assert colleague.act(f"{address_of(revision)}/take").status_code == 303


def test_the_second_coordinator_is_told_that_another_was_faster(scene, colleague):
    revision = taken(scene)
    answer = colleague.act(f"{address_of(revision)}/take")
    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.text


@pytest.mark.parametrize("decision", DECISIONS)
def test_only_who_holds_it_decides(scene, colleague, decision):
    revision = taken(scene)
    answer = colleague.act(f"{address_of(revision)}/{decision}", SAID)
    assert answer.status_code == 409
    assert revision.status is RevisionStatus.IN_REVIEW


@pytest.mark.parametrize("decision", DECISIONS)
def test_deciding_twice_gets_a_conflict_and_one_entry(scene, coordinator, decision):
    revision = taken(scene)
    address = f"{address_of(revision)}/{decision}"
    said = {"reasons": "other", "words": "Words."}
    assert coordinator.act(address, said).status_code == 303
    entries = len(history_of(revision.innovation.subject))
    assert coordinator.act(address, said).status_code == 409
    assert len(history_of(revision.innovation.subject)) == entries


def test_a_conflict_of_interest_is_named_and_there_is_no_button(scene, new_client):
    own = make_member(roles=[Role.COORDINATOR], belongs_to=[scene.owner])
    revision = submitted(scene)
    browser = new_client().become(own)
    page = browser.get("/coordinate").text
    assert "You belong to an organisation that takes part in this." in page
    assert f"{address_of(revision)}/take" not in page
    answer = browser.act(f"{address_of(revision)}/take")
    assert answer.status_code == 403
    assert "You belong to an organisation that takes part in this." in answer.text


def test_an_untaken_restricted_item_shows_no_title(scene, coordinator):
    submitted(scene, name="Secret thresholds", readership=GEORGIAN_POLICE)
    page = coordinator.get("/coordinate").text
    assert "Restricted record" in page
    assert "TLP:AMBER" in page
    assert "Secret thresholds" not in page
    assert "Georgia" not in words(parse(page).find(".//main"))


def test_a_restricted_item_is_read_from_taking_until_decided(scene, coordinator):
    revision = submitted(scene, name="Secret thresholds", readership=GEORGIAN_POLICE)
    assert coordinator.get(address_of(revision)).status_code == 404
    coordinator.act(f"{address_of(revision)}/take")
    assert "Secret thresholds" in coordinator.get(review_of(revision)).text
    assert "Secret thresholds" in coordinator.get(address_of(revision)).text
    coordinator.act(f"{address_of(revision)}/publish")
    assert coordinator.get(review_of(revision)).status_code == 404
    assert coordinator.get(address_of(revision)).status_code == 404


def test_a_review_that_one_does_not_hold_leads_to_the_queue(scene, colleague, coordinator):
    revision = taken(scene)
    answer = colleague.get(review_of(revision), follow_redirects=True)
    assert answer.request.path == "/coordinate"
    assert "You do not hold this review." in answer.text
    assert coordinator.get("/coordinate/never-was").status_code == 404
    waiting = submitted(scene)
    assert coordinator.get(review_of(waiting)).location == "/coordinate"


def test_a_restricted_review_that_one_does_not_hold_is_not_there(scene, colleague):
    revision = taken(scene, readership=GEORGIAN_POLICE)
    assert colleague.get(review_of(revision)).status_code == 404


def test_publishing_what_was_withdrawn_meanwhile_says_so(scene, coordinator, partner):
    revision = taken(scene)
    partner.act(f"{address_of(revision)}/withdraw")
    answer = coordinator.act(f"{address_of(revision)}/publish")
    assert answer.status_code == 409
    assert "withdrawn" in answer.text
    assert "Back to the review queue" in answer.text


def test_all_that_a_refusal_lacks_is_said_at_once(scene, coordinator):
    revision = taken(scene)
    answer = coordinator.act(f"{address_of(revision)}/decline", {"reasons": "unclear", "words": ""})
    page = words(parse(answer.text).find(".//main"))
    assert "Choose at least one reason that fits this decision." in page
    assert "Say in your own words what the submitter should know." in page


@pytest.mark.parametrize("action", ["take", *DECISIONS])
def test_what_was_never_submitted_cannot_be_acted_upon(scene, coordinator, action):
    revision = draft(scene)
    assert coordinator.act(f"{address_of(revision)}/{action}", SAID).status_code == 404


@pytest.mark.parametrize("action", ["take", *DECISIONS])
def test_others_do_not_learn_that_a_review_exists(scene, partner, new_client, action):
    revision = taken(scene)
    for browser in (partner, new_client().become(make_member(roles=[Role.ADMINISTRATOR]))):
        assert browser.act(f"{address_of(revision)}/{action}", SAID).status_code == 404


def test_after_changes_the_same_record_comes_back(scene, partner, coordinator):
    revision = returned(scene)
    address = address_of(revision)
    assert partner.submit(f"{address}/check", action=f"{address}/submit").status_code == 303
    assert "Ledger of gifts" in coordinator.get("/coordinate").text
    assert OPINION["request_changes"].words in partner.get(address).text
