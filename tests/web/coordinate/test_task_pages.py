"""The desks of coordinators: what each kind of task shows, who decides it, and what is said when words are missing."""

import pytest

from hub.catalogue.evidence.service import accept_evidence
from hub.catalogue.models import EvidenceStatus, ProposedAction, ReplicationStatus
from hub.core.database import session
from tests.catalogue import afterwards, proofs
from tests.catalogue.cast import did, record_of, take
from tests.catalogue.records import GEORGIAN_POLICE
from tests.factories import make_member
from tests.web.client import parse, words

KINDS = {
    "evidence": proofs.evidence_for,
    "replications": proofs.evidenced,
    "claims": afterwards.claim_of,
    "problems": afterwards.problem_of,
    "proposals": afterwards.proposal_of,
}

DECISIONS = {
    ("evidence", "accept"): "accepted",
    ("evidence", "reject"): "rejected",
    ("replications", "verify"): "verified",
    ("claims", "accept"): "accepted",
    ("claims", "decline"): "declined",
    ("problems", "answer"): "answered",
    ("proposals", "approve"): "approved",
    ("proposals", "decline"): "declined",
}

WORDLESS = {("evidence", "accept"), ("claims", "accept"), ("proposals", "approve")}

TOLD = {
    "evidence": ("A year of gifts", "three times as many", "https://example.org/evidence", "2024", "1 of 5"),
    "replications": ("A year of gifts", "the owner’s side", "for the other side", "Spain", "4 of 5"),
    "claims": ("It is ours.", "test.example", "Verified by the hub", "no proof", "representative since"),
    "problems": ("It ended.", "Something is wrong or out of date", "whose name stays unknown"),
    "proposals": ("It is time.", "take this record down", "Proposed by"),
}


def desk(kind, task, verb=""):
    return f"/coordinate/{kind}/{task.public_id}{verb and '/'}{verb}"


@pytest.fixture
def holder(browser_of):
    return browser_of("holder")


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_is_taken_from_the_queue_and_shows_what_decides_it(cast, holder, kind):
    if kind == "replications":
        proofs.accepted_evidence(cast, record := record_of(cast), type="randomised_trial")
        task = KINDS[kind](cast, record)
    else:
        task = KINDS[kind](cast)
    if kind == "claims":
        task.organisation.website = "https://www.other.example/"
        session().commit()
    assert "1 " in main_of(holder.get("/coordinate"))
    answer = holder.submit("/coordinate", action=desk(kind, task, "take"))
    assert answer.location == desk(kind, task)
    page = main_of(holder.get(answer.location))
    for told in TOLD[kind]:
        assert told in page
    assert "Your decision" in page
    assert holder.act(desk(kind, task, "release")).location == "/coordinate"
    assert task.taken_by_id is None


@pytest.mark.parametrize(("kind", "verb"), DECISIONS)
def test_each_decision_is_made_on_its_page(cast, holder, kind, verb):
    task = take(cast, KINDS[kind](cast))
    said = {"words": "Both papers say so."}
    answer = holder.act(desk(kind, task, verb), said)
    assert answer.location == "/coordinate"
    assert task.status == DECISIONS[kind, verb]
    assert "Nothing waits for a decision" in holder.get("/coordinate").text


@pytest.mark.parametrize(("kind", "verb"), sorted(set(DECISIONS) - WORDLESS))
def test_a_decision_without_its_words_is_asked_for_them(cast, holder, kind, verb):
    task = take(cast, KINDS[kind](cast))
    answer = holder.act(desk(kind, task, verb), {"words": " "})
    assert answer.status_code == 422
    assert "Give your reason in your own words." in answer.text
    assert 'href="#words"' in answer.text
    assert task.is_waiting


@pytest.mark.parametrize(
    ("kind", "verb"), sorted(set(DECISIONS) - {("claims", "accept"), ("proposals", "approve")})
)
def test_words_that_are_too_long_come_back_whole(cast, holder, kind, verb):
    task = take(cast, KINDS[kind](cast))
    typed = "Too long. " * 250
    answer = holder.act(desk(kind, task, verb), {"words": typed})
    assert answer.status_code == 422
    assert typed.strip() in answer.text
    assert task.is_waiting


@pytest.mark.parametrize(("kind", "verb"), DECISIONS)
def test_only_who_took_it_decides(cast, browser_of, kind, verb):
    task = KINDS[kind](cast)
    free = browser_of("free")
    for _ in range(2):
        answer = free.act(desk(kind, task, verb), {"words": "Mine to say."})
        assert answer.status_code == 409
        assert "You do not hold this task" in answer.text
        assert "Mine to say." in answer.text
        if task.taken_by_id is None:
            take(cast, task)
    assert task.is_waiting


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_at_once_one_takes_it_and_the_other_is_told(cast, browser_of, kind):
    task = KINDS[kind](cast)
    assert browser_of("holder").act(desk(kind, task, "take")).status_code == 303
    answer = browser_of("free").act(desk(kind, task, "take"))
    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.text
    assert "Back to the review queue" in answer.text


@pytest.mark.parametrize(("kind", "verb"), DECISIONS)
def test_deciding_twice_is_a_conflict(cast, holder, kind, verb):
    task = take(cast, KINDS[kind](cast))
    said = {"words": "Once."}
    assert holder.act(desk(kind, task, verb), said).status_code == 303
    # a proposal to take down hides the record from those who had no part in it
    assert holder.act(desk(kind, task, verb), said).status_code in {404, 409}
    assert task.status == DECISIONS[kind, verb]


@pytest.mark.parametrize("kind", ["evidence", "replications", "problems", "proposals"])
def test_a_conflict_is_named_and_nothing_that_was_said_is_shown(cast, browser_of, kind):
    task = KINDS[kind](cast)
    browser = browser_of("conflicted")
    page = browser.get("/coordinate").text
    assert "You belong to an organisation that takes part in this." in page
    assert desk(kind, task, "take") not in page
    shown = main_of(browser.get(desk(kind, task)))
    assert "You have a conflict of interest here" in shown
    for told in ("It ended.", "It is time.", "three times as many", "Your decision"):
        assert told not in shown
    assert browser.act(desk(kind, task, "take")).status_code == 403


@pytest.mark.parametrize("kind", ["evidence", "replications", "problems"])
def test_a_restricted_task_shows_its_title_only_to_who_took_it(cast, browser_of, kind):
    secret = record_of(cast, name="Secret thresholds", readership=GEORGIAN_POLICE)
    task = _evidenced(cast, secret) if kind == "replications" else KINDS[kind](cast, secret, by="partner")
    free = browser_of("free")
    page = free.get("/coordinate").text
    assert "Secret thresholds" not in page
    assert "Restricted record" in page
    assert free.get(desk(kind, task)).status_code == 404
    assert free.act(desk(kind, task, "take")).status_code == 303
    assert "Secret thresholds" in free.get(desk(kind, task)).text
    assert browser_of("holder").get(desk(kind, task)).status_code == 404


def _evidenced(cast, innovation):
    replication = proofs.claimed(cast, innovation)
    did(proofs.confirm_replication, cast["adopter"], replication)
    proofs.accepted_evidence(cast, innovation, by="partner", replication_id=replication.id)
    return replication


def test_what_another_holds_or_nobody_yet_is_read_without_a_form(cast, browser_of):
    task = proofs.evidence_for(cast)
    free = browser_of("free")
    assert "Nobody has it yet." in free.get(desk("evidence", task)).text
    take(cast, task)
    page = free.get(desk("evidence", task)).text
    assert "Another coordinator has it." in page
    assert "Your decision" not in page


def test_what_is_decided_leads_back_to_the_queue(cast, holder):
    task = proofs.accepted_evidence(cast)
    answer = holder.get(desk("evidence", task), follow_redirects=True)
    assert answer.request.path == "/coordinate"
    assert "This is decided already." in answer.text


def test_the_domain_of_an_address_is_a_sign_and_no_proof(cast, holder):
    task = take(cast, afterwards.claim_of(cast))
    assert "there is nothing to compare" in holder.get(desk("claims", task)).text
    task.organisation.website = "https://www.test.example/start"
    session().commit()
    page = holder.get(desk("claims", task)).text
    assert "The domains agree. This is a sign, no proof" in page


def test_the_proposal_to_feature_tells_the_words_on_sponsors(cast, holder):
    task = take(cast, afterwards.proposal_of(cast, action=ProposedAction.FEATURE))
    page = holder.get(desk("proposals", task)).text
    assert "Nobody sponsors this." in page
    assert "Approve and feature" in page


def test_the_proposer_never_decides(cast, browser_of):
    task = afterwards.proposal_of(cast)
    browser = browser_of("compiler")
    assert "You have a conflict of interest here" in browser.get(desk("proposals", task)).text
    assert "You proposed this. So somebody else must decide." in browser.get("/coordinate").text
    assert browser.act(desk("proposals", task, "take")).status_code == 403


def test_evidence_with_a_file_is_read_by_who_took_it(cast, browser_of):
    innovation = record_of(cast, readership=GEORGIAN_POLICE)
    details = proofs.evidence_details(url=None)
    task = did(proofs.add_evidence, cast["partner"], innovation, details, file=proofs.stored_file())
    address = f"/innovations/{innovation.slug}/evidence/{task.public_id}/file"
    holder = browser_of("holder")
    assert holder.get(address).status_code == 404
    take(cast, task)
    assert f'href="{address}"' in holder.get(desk("evidence", task)).text
    # the row is found; of its bytes, this test keeps none
    assert "This file is missing on our side." in holder.get(address).text
    take_page = browser_of("free").get(address)
    assert take_page.status_code == 404
    assert "missing on our side" not in take_page.text


def test_decided_evidence_is_reopened_with_a_reason(cast, browser_of):
    evidence = proofs.accepted_evidence(cast)
    free = browser_of("free")
    address = desk("evidence", evidence, "reopen")
    answer = free.act(address, {"words": ""})
    assert answer.status_code == 422
    assert "Give your reason in your own words." in answer.text
    answer = free.act(address, {"words": "The report was withdrawn."})
    assert answer.location == f"/innovations/{evidence.innovation.slug}/evidence"
    assert evidence.status is EvidenceStatus.SUBMITTED
    assert evidence.innovation.evidence_level is None
    assert free.act(address, {"words": "Again."}).status_code == 409


def test_nobody_with_a_conflict_reopens(cast, browser_of):
    evidence = proofs.accepted_evidence(cast)
    answer = browser_of("conflicted").act(desk("evidence", evidence, "reopen"), {"words": "Please."})
    assert answer.status_code == 404
    assert evidence.status is EvidenceStatus.ACCEPTED


def test_unknown_kinds_tasks_and_decisions_are_not_there(cast, holder):
    task = take(cast, proofs.evidence_for(cast))
    for address in (
        "/coordinate/things/abc",
        "/coordinate/evidence/never-was",
        "/coordinate/batches/never-was",
    ):
        assert holder.get(address).status_code == 404
    for address in (
        desk("evidence", task, "verify"),
        desk("problems", task, "answer"),
        "/coordinate/things/abc/take",
        "/coordinate/claims/never-was/accept",
    ):
        assert holder.act(address, {"words": "Words."}).status_code == 404
    assert task.status is EvidenceStatus.SUBMITTED


def test_a_disputed_replication_leaves_the_desk(cast, browser_of):
    task = take(cast, proofs.evidenced(cast))
    did(proofs.dispute_replication, cast["partner"], task, **proofs.WORDS)
    answer = browser_of("holder").act(desk("replications", task, "verify"), {"words": "I checked."})
    assert answer.status_code == 409
    assert task.status is ReplicationStatus.DISPUTED


def test_the_queue_says_in_words_what_waits(cast, holder):
    for build in KINDS.values():
        build(cast)
    proofs.evidence_for(cast)
    page = main_of(holder.get("/coordinate"))
    assert "2 pieces of evidence, 1 replication, 1 claim, 1 problem report and 1 proposal" in page


def test_the_queue_asks_a_fixed_number_of_times(cast, holder, queries):
    def fill():
        for build in KINDS.values():
            build(cast)

    fill()
    with queries as asked:
        holder.get("/coordinate")
    few = len(asked)
    for _ in range(3):
        fill()
    with queries as asked:
        holder.get("/coordinate")
    assert len(asked) <= few, "\n".join(asked.statements)


def test_a_member_finds_no_desk(cast, new_client):
    task = proofs.evidence_for(cast)
    browser = new_client().become(make_member())
    assert browser.get(desk("evidence", task)).status_code == 404
    assert browser.act(desk("evidence", task, "take")).status_code == 404


def test_accepting_says_the_level_anew(cast, holder):
    task = take(cast, proofs.evidence_for(cast, type="before_after"))
    assert "2 of 5" in holder.get(desk("evidence", task)).text
    did(accept_evidence, cast["holder"], task)
    assert task.innovation.evidence_level == 2
