"""Showing a record to more people, as the first and the second coordinator, its owner and others see it on pages."""

import pytest

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import RevisionStatus
from hub.core.database import session
from tests.catalogue import widenings
from tests.catalogue.cast import record_of
from tests.catalogue.records import EVERYBODY, GEORGIAN_POLICE, MEMBERS, named_organisations
from tests.factories import make_organisation
from tests.web.client import parse, words


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def review_of(revision):
    return f"/coordinate/{revision.innovation.public_id}"


def act_on(revision, action):
    return f"/innovations/{revision.innovation.public_id}/{action}"


def desk(proposal, action=None):
    return "/".join(filter(None, ("/coordinate/proposals", proposal.public_id, action)))


@pytest.fixture
def first(browser_of):
    return browser_of("compiler")


@pytest.fixture
def second(browser_of):
    return browser_of("holder")


def test_two_coordinators_one_after_the_other(cast, first, second, client):
    revision = widenings.taken_of(cast, problem="Nobody knew.")
    page = first.get(review_of(revision))
    assert act_on(revision, "widen") in page.text
    assert act_on(revision, "publish") not in page.text
    for told in (
        "Can read it nowMembers of the hubTLP:GREEN",
        "Could read it thenEverybodyTLP:CLEAR",
        "Two coordinators must agree to that.",
    ):
        assert told in main_of(page)
    answer = first.act(act_on(revision, "widen"), {"reason": widenings.REASON})
    assert answer.location == "/coordinate"
    page = first.get("/coordinate").text
    assert "A second coordinator decides." in page
    assert "Waits for a second coordinator" in page
    proposal = revision.innovation.proposals[-1]
    assert "To show it to more people" in main_of(second.get("/coordinate"))
    assert second.act(desk(proposal, "take")).location == desk(proposal)
    page = main_of(second.get(desk(proposal)))
    for told in (
        "Proposal to show this record to more people",
        "Could read it thenEverybodyTLP:CLEAR",
        widenings.REASON,
        "Nobody knew.",
        "Officials register gifts on the day they get them.",
        "What the hub checked by itself",
        "Approve and publish",
    ):
        assert told in page
    answer = second.act(desk(proposal, "approve"))
    assert answer.location == "/coordinate"
    assert "Nobody knew." in client.get("/innovations/ledger-of-gifts").text


def test_publishing_alone_is_refused_with_the_way_on(cast, first):
    revision = widenings.taken_of(cast)
    answer = first.act(act_on(revision, "publish"))
    assert answer.status_code == 409
    assert "Propose that to a second coordinator." in answer.text
    assert revision.status is RevisionStatus.IN_REVIEW


@pytest.mark.parametrize("reason", ["", "x" * 2001])
def test_what_was_typed_stays_where_the_reason_is_not_enough(cast, first, reason):
    revision = widenings.taken_of(cast)
    typed = {"reason": reason, "words": "My own words.", "comment-name": "About the name."}
    answer = first.act(act_on(revision, "widen"), typed)
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    for kept in (reason, "My own words.", "About the name."):
        assert kept in answer.text


@pytest.mark.parametrize("action", ["publish", "decline", "request-changes", "widen"])
def test_while_it_waits_nothing_else_is_decided(cast, first, action):
    revision = widenings.widening_of(cast).revision
    page = first.get(review_of(revision))
    assert "Until another coordinator decides, nothing else can be decided about it." in main_of(page)
    assert act_on(revision, action) not in page.text
    assert "Comment on this field" not in page.text
    said = {"reasons": "other", "words": "Words.", "reason": "Once more."}
    answer = first.act(act_on(revision, action), said)
    assert answer.status_code == 409
    assert "Withdraw your proposal first." in answer.text


def test_the_first_withdraws_the_proposal_and_decides_anew(cast, first):
    proposal = widenings.widening_of(cast)
    address = f"/innovations/proposals/{proposal.public_id}/withdraw"
    assert address in first.get(review_of(proposal.revision)).text
    answer = first.act(address)
    assert answer.location == f"/coordinate/{proposal.innovation.slug}"
    assert "Approve and propose widening" in first.get(answer.location).text


def test_the_first_reads_why_the_second_declined(cast, first):
    revision = widenings.declined_widening(cast).revision
    page = main_of(first.get(review_of(revision)))
    assert "A second coordinator declined this on" in page
    assert "The report leaves the thresholds out." in page
    assert "Approve and propose widening" in page


def test_declining_asks_for_words(cast, second):
    proposal = widenings.taken_widening(cast)
    answer = second.act(desk(proposal, "decline"), {"words": ""})
    assert answer.status_code == 422
    assert "Give your reason in your own words." in answer.text
    assert "Could read it then" in answer.text
    assert second.act(desk(proposal, "decline"), {"words": "Not yet."}).status_code == 303


def test_a_change_meanwhile_is_said_in_words(cast, second):
    proposal = widenings.taken_widening(cast)
    proposal.innovation.set_readership(GEORGIAN_POLICE)
    session().commit()
    answer = second.act(desk(proposal, "approve"))
    assert answer.status_code == 409
    assert "The revision or its record changed since this was proposed." in answer.text


def test_the_proposer_never_decides(cast, first):
    proposal = widenings.widening_of(cast)
    assert "You have a conflict of interest here" in first.get(desk(proposal)).text
    assert first.act(desk(proposal, "take")).status_code == 403


def test_a_restricted_proposal_is_not_named_to_others(cast, browser_of):
    innovation = record_of(cast, readership=GEORGIAN_POLICE, name="Secret thresholds")
    proposal = widenings.widening_of(cast, innovation, to=EVERYBODY)
    free = browser_of("free")
    page = free.get("/coordinate").text
    assert "Restricted record" in page
    assert "Secret thresholds" not in page
    assert "To show it to more people" not in page
    assert free.get(desk(proposal)).status_code == 404
    assert free.get(f"/innovations/{innovation.slug}").status_code == 404
    free.act(desk(proposal, "take"))
    assert "Secret thresholds" in free.get(desk(proposal)).text
    assert free.get(f"/innovations/{innovation.slug}").status_code == 200


def test_what_was_said_is_for_who_took_it(cast, browser_of):
    proposal = widenings.widening_of(cast)
    page = browser_of("free").get(desk(proposal)).text
    assert widenings.REASON not in page
    assert "is shown to the coordinator who takes it" in page


def test_named_organisations_stand_with_their_names(cast, first):
    one, other = make_organisation("First bureau"), make_organisation("Second bureau")
    innovation = record_of(cast, readership=named_organisations(one))
    revision = widenings.taken_of(cast, innovation, to=named_organisations(one, other))
    page = main_of(first.get(review_of(revision)))
    assert "Can read it nowFirst bureauTLP:AMBER" in page
    assert "Could read it thenFirst bureauSecond bureauTLP:AMBER" in page


def test_a_lower_label_alone_is_widening_too(cast, first):
    innovation = record_of(cast, readership=MEMBERS)
    to = Readership(Audience.MEMBERS, Tlp.CLEAR)
    page = main_of(first.get(review_of(widenings.taken_of(cast, innovation, to=to))))
    assert "Could read it thenMembers of the hubTLP:CLEAR" in page
    assert "Approve and propose widening" in page


def test_the_record_says_what_waits_and_the_owner_reads_what_was_done(cast, first, second, browser_of):
    proposal = widenings.taken_widening(cast)
    address = f"/innovations/{proposal.innovation.slug}"
    assert "Proposed: to show it to more people" in first.get(address).text
    assert "Show it to more people" in first.get(f"{address}/propose/take-down").text
    assert "Proposed" not in main_of(browser_of("partner").get(address))
    second.act(desk(proposal, "approve"))
    page = main_of(browser_of("partner").get(f"{address}/revisions"))
    assert "Audience widened by two coordinators" in page
    assert widenings.REASON in page


def test_it_is_no_action_for_others(cast, browser_of):
    revision = widenings.taken_of(cast)
    for name in ("partner", "member", "admin"):
        answer = browser_of(name).act(act_on(revision, "widen"), {"reason": "Please."})
        assert answer.status_code == 404
    assert browser_of("free").act(act_on(revision, "widen"), {"reason": "Please."}).status_code == 409
    assert browser_of("free").act(act_on(revision, "widen"), {"reason": ""}).status_code == 409
