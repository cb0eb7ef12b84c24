"""Archiving, proposals for two coordinators and what follows from them, in the browser."""

import re

import pytest

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.curation.service import approve_proposal
from hub.catalogue.models import InnovationStatus, ProposedAction
from hub.integrity.four_eyes import ProposalStatus
from tests.catalogue.afterwards import approved_proposal, archived_record, proposal_of
from tests.catalogue.cast import did, record_of, take

TOKENS = re.compile(r'name="csrf_token" value="[^"]+"')


def body(answer):
    """Return a page without the tokens that differ from answer to answer."""
    return TOKENS.sub("", answer.text)


def test_a_record_is_archived_with_a_reason_and_published_again(cast, browser_of):
    record = record_of(cast)
    browser = browser_of("partner")
    address = f"/innovations/{record.slug}/archive"
    assert "search still finds it" in browser.get(address).text
    answer = browser.submit(address, {"words": "The law changed in 2026."})
    assert (answer.status_code, answer.location) == (303, f"/innovations/{record.slug}")
    assert record.status is InnovationStatus.ARCHIVED
    assert record.archived_words == "The law changed in 2026."
    assert browser_of("visitor").get(f"/innovations/{record.slug}").status_code == 200
    assert browser.get(address).status_code == 302
    assert browser.act(f"/innovations/{record.slug}/restore").status_code == 303
    assert record.status is InnovationStatus.PUBLISHED
    assert browser.act(f"/innovations/{record.slug}/restore").status_code == 409


def test_archiving_asks_for_words_and_keeps_them(cast, browser_of):
    record = record_of(cast)
    browser = browser_of("partner")
    assert browser.submit(f"/innovations/{record.slug}/archive", {"words": ""}).status_code == 422
    answer = browser.submit(f"/innovations/{record.slug}/archive", {"words": "It ended\u202e."})
    assert answer.status_code == 422
    assert "It ended" in answer.text
    assert record.status is InnovationStatus.PUBLISHED


def test_who_archives_second_loses_no_word(cast, browser_of):
    record = archived_record(cast)
    answer = browser_of("second").act(f"/innovations/{record.slug}/archive", {"words": "It ended in May."})
    assert answer.status_code == 409
    assert "It ended in May." in answer.text


@pytest.mark.parametrize("name", ["member", "mere", "adopter", "free"])
def test_nobody_else_archives(cast, browser_of, name):
    record = record_of(cast)
    browser = browser_of(name)
    assert browser.get(f"/innovations/{record.slug}/archive").status_code == 404
    assert browser.act(f"/innovations/{record.slug}/archive", {"words": "x"}).status_code == 404
    assert browser.act(f"/innovations/{record.slug}/restore").status_code == 404


@pytest.mark.db
def test_what_is_taken_down_answers_like_what_never_was(cast, browser_of, index):
    record = record_of(cast)
    index()
    address = f"/innovations/{record.slug}"
    visitor = browser_of("visitor")
    assert "Ledger of gifts" in visitor.get("/innovations?q=ledger").text
    first = browser_of("compiler")
    answer = first.submit(f"{address}/propose/take-down", {"reason": "It names a person."})
    assert answer.status_code == 303
    assert visitor.get(address).status_code == 200
    did(approve_proposal, cast["holder"], take(cast, record.proposals[0]))
    assert record.status is InnovationStatus.TAKEN_DOWN
    index()
    for name in ("visitor", "member", "mere", "adopter", "free", "officer", "admin"):
        browser = browser_of(name)
        browser.get("/no-such-page")
        absent = browser.get(f"/innovations/{'2' * 22}")
        for path in (address, f"/innovations/{record.public_id}"):
            gone = browser.get(path)
            assert gone.status_code == absent.status_code == 404
            assert body(gone) == body(absent)
            assert dict(gone.headers) == dict(absent.headers)
        for page in ("claim", "report-problem"):
            assert browser.get(f"{address}/{page}").status_code == 404
        assert "Ledger of gifts" not in browser.get("/innovations?q=ledger").text
    for name in ("partner", "registrar", "compiler", "holder"):
        assert browser_of(name).get(address).status_code == 200, name


def test_search_forgets_what_is_taken_down_before_the_index_does(cast, browser_of, index):
    record = record_of(cast)
    index()
    visitor = browser_of("visitor")
    assert "Ledger of gifts" in visitor.get("/innovations?q=ledger").text
    approved_proposal(cast, record)
    assert "Ledger of gifts" not in visitor.get("/innovations?q=ledger").text


def test_one_coordinator_alone_takes_nothing_down(cast, browser_of):
    record = record_of(cast)
    browser = browser_of("compiler")
    address = f"/innovations/{record.slug}/propose/take-down"
    browser.submit(address, {"reason": "It harms somebody."})
    page = browser.get(address).text
    assert "Proposed by you on" in page
    assert "Why should it be taken down?" not in page
    again = browser_of("free").act(address, {"reason": "I think so too."})
    assert again.status_code == 409
    assert "I think so too." in again.text
    assert "It harms somebody." in browser_of("free").get(address).text
    proposal = record.proposals[0]
    assert browser_of("free").act(f"/innovations/proposals/{proposal.public_id}/withdraw").status_code == 404
    assert browser.act(f"/innovations/proposals/{proposal.public_id}/withdraw").status_code == 303
    assert proposal.status is ProposalStatus.WITHDRAWN


def test_a_feature_discloses_its_sponsors_and_can_be_ended(cast, browser_of):
    record = record_of(cast)
    browser = browser_of("compiler")
    address = f"/innovations/{record.slug}/propose/feature"
    answer = browser.submit(address, {"reason": "It teaches a lot.", "disclosure": ""})
    assert answer.status_code == 422
    assert "It teaches a lot." in answer.text
    assert "Everybody reads this." in answer.text
    answer = browser.submit(address, {"reason": "It teaches a lot.", "disclosure": "Nobody sponsors it."})
    assert answer.status_code == 303
    did(approve_proposal, cast["holder"], take(cast, record.proposals[0]))
    page = browser_of("free").get(address).text
    assert "Nobody sponsors it." in page
    answer = browser_of("free").submit(address, action=f"/innovations/{record.slug}/end-feature")
    assert answer.status_code == 303
    assert record.featured_at is None
    assert browser.act(f"/innovations/{record.slug}/end-feature").status_code == 409


def test_only_what_everybody_reads_is_featured(cast, browser_of):
    record = record_of(cast, readership=Readership(Audience.MEMBERS, Tlp.GREEN))
    browser = browser_of("compiler")
    address = f"/innovations/{record.slug}/propose/feature"
    assert "Only what everybody may read is featured." in browser.get(address).text
    answer = browser.act(address, {"reason": "Good.", "disclosure": "Nobody."})
    assert answer.status_code == 409
    assert "Good." in answer.text


def test_a_coordinator_with_a_conflict_proposes_nothing(cast, browser_of):
    record = record_of(cast)
    browser = browser_of("conflicted")
    address = f"/innovations/{record.slug}/propose/take-down"
    assert "You cannot propose this" in browser.get(address).text
    assert browser.act(address, {"reason": "Because."}).status_code == 403
    assert not record.proposals


@pytest.mark.parametrize("name", ["visitor", "member", "partner", "officer", "admin"])
def test_only_coordinators_propose(cast, browser_of, name):
    record = record_of(cast)
    proposal = proposal_of(cast, record, action=ProposedAction.TAKE_DOWN)
    browser = browser_of(name)
    refused = 303 if name == "visitor" else 404
    assert browser.get(f"/innovations/{record.slug}/propose/take-down").status_code == refused
    assert browser.act(f"/innovations/proposals/{proposal.public_id}/withdraw").status_code == refused
    assert browser.act(f"/innovations/{record.slug}/end-feature").status_code == refused


@pytest.mark.parametrize("action", ["take_down", "delete", "approve"])
def test_there_are_two_kinds_of_proposal(cast, browser_of, action):
    record = record_of(cast)
    assert browser_of("free").get(f"/innovations/{record.slug}/propose/{action}").status_code == 404


def test_an_archived_record_is_not_featured(cast, browser_of):
    record = archived_record(cast)
    page = browser_of("free").get(f"/innovations/{record.slug}/propose/feature").text
    assert "Only a published record can be featured." in page
