"""Adding evidence and deciding on it, and the level that each decision leaves behind."""

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from hub.audit.queries import history_of
from hub.catalogue.evidence.level import level_of
from hub.catalogue.evidence.queries import evidence_by_id, evidence_count, evidence_of
from hub.catalogue.evidence.service import (
    MAX_WAITING,
    accept_evidence,
    add_evidence,
    reject_evidence,
    reopen_evidence,
    withdraw_evidence,
)
from hub.catalogue.models import Evidence, EvidenceStatus, Innovation, InnovationDetails
from hub.catalogue.replications.service import confirm_replication
from hub.catalogue.service import revise_innovation, save_details
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.search.documents import Document
from hub.search.models import SearchJournal
from tests.catalogue import proofs
from tests.catalogue.cast import did, make_cast, record_of, take
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, draft

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def journal():
    return session().scalars(select(SearchJournal).order_by(SearchJournal.number)).all()


def stored_level(innovation):
    """Return the stored level, after making sure that it is the computed one."""
    session().expire_all()
    found = level_of(innovation)
    assert (innovation.evidence_level, innovation.evidence_year) == (found.number, found.year)
    return innovation.evidence_level


def test_everything_said_is_stored(cast):
    file = proofs.stored_file()
    details = proofs.evidence_details(
        type="before_after", author="A. Author", country="GE", is_independent=True, url=None
    )
    evidence = did(add_evidence, cast["adder"], record_of(cast), details, file=file)
    session().expire_all()
    for name, value in vars(details).items():
        assert getattr(evidence, name) == value
    assert (evidence.status, evidence.file, evidence.added_by) == ("submitted", file, cast["adder"])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"type": "rumour"}, "type"),
        ({"type": "independent_evaluation"}, "type"),
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"finding": "\n"}, "finding"),
        ({"finding": "x" * 2001}, "finding"),
        ({"author": "x" * 201}, "author"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "data:text/html,x"}, "url"),
        ({"url": "https://example.org/" + "x" * 500}, "url"),
        ({"url": None}, "url"),
        ({"url": ""}, "url"),
        ({"country": "XX"}, "country"),
        ({"year": 1899}, "year"),
        ({"year": 2999}, "year"),
        ({"replication_id": 10**6}, "replication_id"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(cast, said, field):
    with pytest.raises(InvalidError) as caught:
        proofs.evidence_for(cast, **said)
    assert caught.value.field == field
    assert session().scalars(select(Evidence)).all() == []


def test_a_hidden_claim_cannot_be_named_in_evidence_by_outsiders(cast):
    claim = proofs.claimed(cast)
    with pytest.raises(InvalidError):
        proofs.evidence_for(cast, claim.innovation, replication_id=claim.id)
    for by in ("partner", "adopter"):
        assert (
            proofs.evidence_for(cast, claim.innovation, by=by, replication_id=claim.id).replication == claim
        )


def test_a_replication_of_another_record_cannot_be_named(cast):
    replication = proofs.confirmed(cast)
    with pytest.raises(InvalidError):
        proofs.evidence_for(cast, record_of(cast), replication_id=replication.id)


@pytest.mark.parametrize("by", ["visitor", "member", "free"])
def test_nobody_adds_to_what_they_cannot_read(cast, by):
    innovation = record_of(cast, readership=GEORGIAN_POLICE)
    with pytest.raises(NotFoundError):
        proofs.evidence_for(cast, innovation, by=by)


def test_visitors_add_nothing(cast):
    with pytest.raises(ForbiddenError):
        proofs.evidence_for(cast, by="visitor")


def test_a_draft_takes_no_evidence(cast):
    with pytest.raises(ForbiddenError):
        proofs.evidence_for(cast, draft(cast.scene).innovation, by="partner")


def test_one_member_does_not_fill_the_queue(cast):
    innovation = record_of(cast)
    for _ in range(MAX_WAITING):
        proofs.evidence_for(cast, innovation)
    with pytest.raises(ConflictError):
        proofs.evidence_for(cast, innovation)
    proofs.evidence_for(cast, innovation, by="member")


def test_who_added_it_does_not_decide_it(cast):
    innovation = record_of(cast)
    evidence = proofs.evidence_for(cast, innovation, by="free")
    with pytest.raises(ForbiddenError):
        take(cast, evidence, by="free")
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(update(Evidence).values(decided_by_id=evidence.added_by_id))


@pytest.mark.parametrize(
    "change", ["status = 'rejected', decision_words = ''", "url = NULL", "status = 'sold'"]
)
def test_the_database_refuses_what_never_may_be(cast, change):
    proofs.evidence_for(cast)
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text(f"UPDATE evidence SET {change}"))


def test_a_rejection_needs_words(cast):
    evidence = take(cast, proofs.evidence_for(cast))
    with pytest.raises(InvalidError):
        did(reject_evidence, cast["holder"], evidence, words="  ")
    assert evidence.status is EvidenceStatus.SUBMITTED


def test_strangers_learn_nothing_from_an_empty_reason(cast):
    evidence = proofs.evidence_for(cast)
    with pytest.raises(NotFoundError):
        did(reject_evidence, cast["member"], evidence, words="")
    with pytest.raises(NotFoundError):
        did(accept_evidence, cast["member"], evidence, words="x" * 5000)


def test_who_compiled_or_owns_the_record_decides_nothing_on_it(cast):
    evidence = proofs.evidence_for(cast)
    with pytest.raises(ForbiddenError):
        take(cast, evidence, by="conflicted")


def test_the_stored_level_follows_every_decision(cast):
    innovation = record_of(cast, documentation_url="https://example.org/docs")
    assert stored_level(innovation) is None
    word = proofs.accepted_evidence(cast, innovation, year=2020)
    assert stored_level(innovation) == 1
    proofs.rejected_evidence(cast, innovation, type="randomised_trial")
    assert stored_level(innovation) == 1
    proofs.accepted_evidence(cast, innovation, type="output_data", year=2022)
    assert (stored_level(innovation), innovation.evidence_year) == (2, 2022)
    trial = proofs.accepted_evidence(cast, innovation, type="randomised_trial", year=2019)
    assert (stored_level(innovation), innovation.evidence_year) == (3, 2019)
    replication = proofs.verified(cast, innovation)
    assert stored_level(innovation) == 4
    proofs.verified_elsewhere(cast, innovation, "NO")
    assert stored_level(innovation) == 5
    did(proofs.dispute_replication, cast["adopter"], replication, **proofs.WORDS)
    assert stored_level(innovation) == 4
    did(reopen_evidence, cast["free"], trial, words="It was retracted.")
    assert stored_level(innovation) == 2
    did(reopen_evidence, cast["free"], word, words="Its author is unknown.")
    assert stored_level(innovation) == 2


def test_evidence_that_waits_or_is_taken_back_changes_no_level(cast):
    innovation = record_of(cast)
    evidence = proofs.evidence_for(cast, innovation, type="randomised_trial")
    assert stored_level(innovation) is None
    did(withdraw_evidence, cast["adder"], evidence)
    assert stored_level(innovation) is None


def test_narrowing_takes_level_five_back_at_once(cast):
    innovation = record_of(cast, documentation_url="https://example.org/docs")
    proofs.accepted_evidence(cast, innovation, type="comparison_group")
    proofs.verified(cast, innovation)
    proofs.verified_elsewhere(cast, innovation, "NO")
    assert stored_level(innovation) == 5
    revision = did(revise_innovation, cast["partner"], innovation)
    did(save_details, cast["partner"], revision, InnovationDetails(readership=MEMBERS), version=1)
    assert stored_level(innovation) == 4
    assert Document.from_json(journal()[-1].document).facets["evidence"] == ("4",)


def test_search_learns_of_a_level_when_it_changes_and_only_then(cast):
    innovation = record_of(cast)
    before = len(journal())
    proofs.accepted_evidence(cast, innovation, type="output_data", year=2023)
    assert len(journal()) == before + 1
    row = journal()[-1]
    document = Document.from_json(row.document)
    assert (row.document_id, row.narrows) == (innovation.public_id, False)
    assert (document.facets["evidence"], document.sort["evidence"]) == (("2",), 2.0)
    proofs.accepted_evidence(cast, innovation, type="output_data", year=2023)
    proofs.rejected_evidence(cast, innovation)
    assert len(journal()) == before + 1


def test_both_sides_of_a_decision_are_in_the_log(cast):
    evidence = proofs.accepted_evidence(cast)
    did(reopen_evidence, cast["free"], evidence, words="Look again.")
    assert [each.event for each in history_of(evidence.subject)] == [
        "evidence:add", "task:take", "evidence:accept", "evidence:reopen",
    ]  # fmt: skip
    assert (evidence.decided_by_id, evidence.decided_at, evidence.decision_words) == (None, None, "")


def test_a_reason_is_read_by_who_added_it(cast):
    evidence = proofs.rejected_evidence(cast)
    innovation = evidence.innovation
    for name in ("adder", "partner", "registrar"):
        assert evidence_by_id(innovation, evidence.public_id, cast.viewer(name)).decision_words
    for name in ("visitor", "member", "free", "holder"):
        assert evidence_of(innovation, cast.viewer(name)) == []
        assert evidence_count(innovation, cast.viewer(name)) == 0
        with pytest.raises(NotFoundError):
            evidence_by_id(innovation, evidence.public_id, cast.viewer(name))


def test_evidence_about_a_hidden_claim_gives_the_claim_not_away(cast):
    claim = proofs.claimed(cast)
    evidence = proofs.accepted_evidence(cast, claim.innovation, by="adopter", replication_id=claim.id)
    seen = {name for name, viewer in cast.viewers.items() if evidence_of(claim.innovation, viewer)}
    assert seen == {"partner", "second", "both", "registrar", "adopter"}
    did(confirm_replication, cast["adopter"], claim)
    assert evidence_of(claim.innovation, cast.viewer("visitor")) == [evidence]


def test_accepted_evidence_comes_first_then_the_newest(cast):
    innovation = record_of(cast)
    waiting = proofs.evidence_for(cast, innovation, year=2025)
    old = proofs.accepted_evidence(cast, innovation, year=2010)
    new = proofs.accepted_evidence(cast, innovation, year=2020)
    assert evidence_of(innovation, cast.viewer("partner")) == [new, old, waiting]
    assert evidence_of(innovation, cast.viewer("visitor"), limit=1) == [new]
    assert evidence_count(innovation, cast.viewer("visitor")) == 2


def test_nothing_is_decided_about_a_record_that_was_taken_down(cast):
    evidence = take(cast, proofs.evidence_for(cast))
    before = len(journal())
    session().execute(update(Innovation).values(status="taken_down"))
    session().commit()
    with pytest.raises(ConflictError):
        did(accept_evidence, cast["holder"], evidence)
    assert stored_level(evidence.innovation) is None
    assert len(journal()) == before
