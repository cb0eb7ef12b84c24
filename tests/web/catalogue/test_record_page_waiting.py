"""What waits between a reader and the hub stands on the record's page for them, and for nobody else."""

import pytest

from hub.catalogue.curation.service import answer_problem, approve_proposal, propose, report_problem
from hub.catalogue.models import ProposedAction
from hub.catalogue.ownership.service import claim_record, decline_claim, offer_record
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import ImportOrigin, register_innovation, submit_revision
from hub.catalogue.tasks.service import take_task
from hub.core.database import transaction
from tests.catalogue.records import complete, published
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

ADDRESS = "/innovations/ledger-of-gifts"


@pytest.fixture
def compiled(scene):
    """A record that a coordinator compiled about the partner's organisation."""
    with transaction():
        innovation = register_innovation(
            scene.colleague, complete(scene.owner), language="en-GB", origin=ImportOrigin("x", "inn001")
        )
    (revision,) = innovation.revisions
    with transaction():
        submit_revision(scene.colleague, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)
    return innovation


def test_a_claim_is_told_to_the_organisation_that_made_it(scene, compiled, client, partner):
    assert "Claim this record" in partner.get(ADDRESS).text
    with transaction():
        claim = claim_record(scene.partner, compiled, words="We run it.")
    page = partner.get(ADDRESS).text
    assert "Your organisation claims this record" in page
    assert "Withdraw the claim" in page
    assert "Your organisation claims" not in client.get(ADDRESS).text
    with transaction():
        take_task(scene.coordinator, claim)
    with transaction():
        decline_claim(scene.coordinator, claim, words="Write from the office.")
    page = partner.get(ADDRESS).text
    assert "Write from the office." in page
    assert "Claim this record" in page


def test_an_offer_is_told_to_both_organisations(scene, client, partner, new_client):
    innovation = published(scene).innovation
    receiver = make_organisation("Bureau of Ledgers")
    with transaction():
        offer_record(scene.partner, innovation, organisation_id=receiver.id, words="Yours now.")
    other = new_client().become(make_member(represents=[receiver]))
    assert "Answer the offer" in other.get(ADDRESS).text
    assert "Read the offer" in partner.get(ADDRESS).text
    assert "Hand it over" not in partner.get(ADDRESS).text
    assert "Bureau of Ledgers" not in client.get(ADDRESS).text


def test_proposals_are_told_to_coordinators_and_featuring_to_all(scene, client, coordinator, colleague):
    innovation = published(scene).innovation
    assert "Propose to feature it" in coordinator.get(ADDRESS).text
    assert "Propose to" not in client.get(ADDRESS).text
    with transaction():
        proposal = propose(
            scene.coordinator,
            innovation,
            ProposedAction.FEATURE,
            reason="It travels.",
            disclosure="Nobody sponsors it.",
        )
    assert "Withdraw the proposal" in coordinator.get(ADDRESS).text
    page = colleague.get(ADDRESS).text
    assert "Proposed: to feature it" in page
    assert "Withdraw the proposal" not in page
    with transaction():
        take_task(scene.colleague, proposal)
    with transaction():
        approve_proposal(scene.colleague, proposal)
    for address in (ADDRESS, "/"):
        assert "Nobody sponsors it." in client.get(address).text
    assert "End featuring" in colleague.get(ADDRESS).text


def test_the_answer_to_a_report_is_told_to_its_reporter_only(scene, client, new_client):
    innovation = published(scene).innovation
    reporter = make_member()
    browser = new_client().become(reporter)
    with transaction():
        report = report_problem(
            reporter, innovation, kind="link", words="The link is dead.", language="en-GB"
        )
    assert "Not answered yet." in browser.get(ADDRESS).text
    with transaction():
        take_task(scene.coordinator, report)
    with transaction():
        answer_problem(scene.coordinator, report, words="The owner mends it.")
    assert "The owner mends it." in browser.get(ADDRESS).text
    for other in (client, new_client().become(make_member())):
        assert "The link is dead." not in other.get(ADDRESS).text


@pytest.mark.parametrize("who", ["partner", "coordinator", "colleague", "client"])
def test_what_was_taken_down_is_seen_by_its_owner_and_the_two(request, scene, who):
    innovation = published(scene).innovation
    with transaction():
        proposal = propose(scene.coordinator, innovation, ProposedAction.TAKE_DOWN, reason="It harms.")
    with transaction():
        take_task(scene.colleague, proposal)
    with transaction():
        approve_proposal(scene.colleague, proposal)
    answer = request.getfixturevalue(who).get(ADDRESS)
    if who == "client":
        assert answer.status_code == 404
    else:
        assert "Taken down" in answer.text
        assert 'content="noindex"' in answer.text
    if who == "partner":
        desk = words(parse(answer.text).find(".//section[@aria-labelledby='desk-title']"))
        assert "Two coordinators took it down" in desk
        assert "They gave this reason:It harms." in desk
