"""Archive, problem reports, and what two coordinators decide together."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from hub.audit.models import AuditEntry
from hub.audit.queries import history_of
from hub.catalogue.curation.queries import (
    featured_innovations,
    open_proposals,
    own_reports,
    proposal_by_id,
)
from hub.catalogue.curation.service import (
    answer_problem,
    approve_proposal,
    archive_innovation,
    end_feature,
    propose,
    report_problem,
    restore_innovation,
)
from hub.catalogue.documents import search_documents
from hub.catalogue.models import InnovationProposal, InnovationStatus, ProblemReport, ProposedAction
from hub.catalogue.permissions import can_view
from hub.catalogue.queries import innovation_by_slug
from hub.catalogue.service import revise_innovation
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.search.models import SearchJournal
from tests.catalogue import afterwards
from tests.catalogue.cast import did, make_cast, publish, record_of, take
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, submit_revision

pytestmark = pytest.mark.db

FEATURE, TAKE_DOWN = ProposedAction.FEATURE, ProposedAction.TAKE_DOWN
NOBODY = "Nobody sponsors this."


@pytest.fixture
def cast(database):
    return make_cast()


def journal():
    return session().scalars(select(SearchJournal).order_by(SearchJournal.number)).all()


def readers(cast, innovation):
    session().expire_all()
    return {name for name, viewer in cast.viewers.items() if can_view(viewer, innovation)}


def test_an_archived_record_stays_readable_and_says_why(cast):
    innovation = record_of(cast)
    before = len(journal())
    did(archive_innovation, cast["partner"], innovation, words=" The law changed. ")
    assert innovation.status is InnovationStatus.ARCHIVED
    assert innovation.archived_words == "The law changed."
    assert innovation.archived_at is not None
    assert readers(cast, innovation) == set(cast.people)
    assert [row.narrows for row in journal()[before:]] == [False]
    did(restore_innovation, cast["registrar"], innovation)
    assert innovation.status is InnovationStatus.PUBLISHED
    assert (innovation.archived_at, innovation.archived_words) == (None, None)
    assert [each.event for each in history_of(innovation.subject)][-2:] == [
        "innovation:archive", "innovation:restore"
    ]  # fmt: skip


def test_archiving_needs_words(cast):
    with pytest.raises(InvalidError):
        did(archive_innovation, cast["partner"], record_of(cast), words="")


def test_publishing_a_new_revision_brings_an_archived_record_back(cast):
    innovation = afterwards.archived_record(cast)
    revision = did(revise_innovation, cast["registrar"], innovation)
    did(submit_revision, cast["registrar"], revision, version=1)
    publish(cast, revision)
    assert innovation.status is InnovationStatus.PUBLISHED
    assert (innovation.archived_at, innovation.archived_words) == (None, None)


def test_a_visitor_reports_a_problem_without_a_name(cast):
    innovation = record_of(cast)
    report = afterwards.problem_of(cast, innovation, by="visitor")
    assert report.reported_by_id is None
    assert own_reports(innovation, cast.viewer("visitor")) == []
    did(answer_problem, cast["holder"], take(cast, report), words="Thank you.")
    assert (report.status, report.answer) == ("answered", "Thank you.")


def test_a_member_reads_the_answer_and_nobody_else_does(cast):
    report = afterwards.answered_problem(cast, by="member")
    for name, viewer in cast.viewers.items():
        assert own_reports(report.innovation, viewer) == ([report] if name == "member" else [])


def test_the_log_does_not_say_who_reported(cast):
    innovation = record_of(cast)
    afterwards.problem_of(cast, innovation, by="member")
    entry = session().scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (entry.tag, entry.actor) == ("innovation:report_problem", "system")
    assert cast["member"].public_id not in str(vars(entry))


@pytest.mark.parametrize(
    ("said", "field"),
    [({"kind": "boring"}, "kind"), ({"words": " "}, "words"), ({"words": "x" * 2001}, "words")],
)
def test_a_report_says_what_is_wrong(cast, said, field):
    values = {"kind": "wrong", "words": "It ended.", "language": "en-GB", **said}
    with pytest.raises(InvalidError) as caught:
        did(report_problem, None, record_of(cast), **values)
    assert caught.value.field == field
    assert session().scalars(select(ProblemReport)).all() == []


@pytest.mark.parametrize("by", ["visitor", "member", "free"])
def test_what_cannot_be_read_cannot_be_reported(cast, by):
    with pytest.raises(NotFoundError):
        afterwards.problem_of(cast, record_of(cast, readership=GEORGIAN_POLICE), by=by)


@pytest.mark.parametrize("action", [TAKE_DOWN, FEATURE])
@pytest.mark.parametrize(
    "by", ["member", "partner", "registrar", "officer", "admin", "conflicted", "visitor"]
)
def test_only_coordinators_without_conflict_propose(cast, action, by):
    with pytest.raises(ForbiddenError):
        did(propose, cast[by], record_of(cast), action, reason="It is time.", disclosure=NOBODY)


@pytest.mark.parametrize("action", [TAKE_DOWN, FEATURE])
def test_what_cannot_be_read_cannot_be_proposed(cast, action):
    innovation = record_of(cast, readership=GEORGIAN_POLICE)
    with pytest.raises(NotFoundError):
        did(propose, cast["free"], innovation, action, reason="It is time.", disclosure=NOBODY)


def test_a_proposal_says_why_and_a_feature_who_pays(cast):
    innovation = record_of(cast)
    for action, reason, disclosure, field in (
        (TAKE_DOWN, " ", "", "reason"),
        (FEATURE, "It is time.", " ", "disclosure"),
        (FEATURE, "It is time.", "x" * 301, "disclosure"),
    ):
        with pytest.raises(InvalidError) as caught:
            did(propose, cast["free"], innovation, action, reason=reason, disclosure=disclosure)
        assert caught.value.field == field
    assert session().scalars(select(InnovationProposal)).all() == []


def test_only_what_everybody_may_read_is_featured(cast):
    innovation = record_of(cast, readership=MEMBERS)
    with pytest.raises(ConflictError):
        afterwards.proposal_of(cast, innovation, action=FEATURE)
    with pytest.raises(ConflictError):
        afterwards.proposal_of(cast, afterwards.archived_record(cast), action=FEATURE)


def test_one_proposal_of_a_kind_waits_at_a_time(cast):
    innovation = record_of(cast)
    first = afterwards.proposal_of(cast, innovation)
    with pytest.raises(ConflictError):
        afterwards.proposal_of(cast, innovation)
    second = afterwards.proposal_of(cast, innovation, action=FEATURE)
    assert open_proposals(innovation, cast.viewer("free")) == [first, second]
    assert open_proposals(innovation, cast.viewer("partner")) == []
    assert proposal_by_id(first.public_id, cast.viewer("compiler")) == first
    for name in ("free", "partner", "visitor"):
        with pytest.raises(NotFoundError):
            proposal_by_id(first.public_id, cast.viewer(name))


@pytest.mark.parametrize("status", ["approved", "declined"])
@pytest.mark.parametrize("decider", ["proposed_by_id", "NULL"])
def test_the_database_refuses_a_decision_by_the_proposer_or_by_nobody(cast, status, decider):
    afterwards.proposal_of(cast)
    change = f"UPDATE innovation_proposals SET status = '{status}', decided_by_id = {decider}"
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text(change))


def test_the_database_refuses_a_feature_without_disclosure(cast):
    afterwards.proposal_of(cast, action=FEATURE)
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text("UPDATE innovation_proposals SET disclosure = ''"))


def test_two_coordinators_feature_a_record_with_its_sponsor(cast):
    innovation = afterwards.approved_proposal(cast, action=FEATURE).innovation
    assert innovation.featured_at is not None
    assert innovation.featured_disclosure == NOBODY
    assert featured_innovations(cast.viewer("visitor"), 3) == [innovation]
    with pytest.raises(ConflictError):
        afterwards.proposal_of(cast, innovation, action=FEATURE)
    for name in ("visitor", "member", "partner", "admin"):
        with pytest.raises(NotFoundError):
            did(end_feature, cast[name], innovation)
    did(end_feature, cast["free"], innovation)
    assert (innovation.featured_at, innovation.featured_disclosure) == (None, None)
    with pytest.raises(ConflictError):
        did(end_feature, cast["free"], innovation)
    with pytest.raises(NotFoundError):
        did(end_feature, cast["member"], innovation)
    assert [each.event for each in history_of(innovation.subject)][-4:] == [
        "innovation:propose", "task:take", "innovation:feature", "innovation:end_feature"
    ]  # fmt: skip


def test_archiving_ends_that_a_record_is_featured(cast):
    innovation = afterwards.approved_proposal(cast, action=FEATURE).innovation
    did(archive_innovation, cast["partner"], innovation, words="It ended.")
    assert (innovation.featured_at, innovation.featured_disclosure) == (None, None)
    assert featured_innovations(cast.viewer("visitor"), 3) == []


def test_a_feature_that_is_archived_meanwhile_is_not_approved(cast):
    proposal = take(cast, afterwards.proposal_of(cast, action=FEATURE))
    did(archive_innovation, cast["partner"], proposal.innovation, words="It ended.")
    with pytest.raises(ConflictError):
        did(approve_proposal, cast["holder"], proposal)
    assert (proposal.status, proposal.innovation.featured_at) == ("proposed", None)


@pytest.mark.parametrize("way", [record_of, afterwards.archived_record])
def test_taking_down_hides_a_record_from_all_but_its_owner_and_the_two(cast, way):
    innovation = way(cast)
    proposal = take(cast, afterwards.proposal_of(cast, innovation))
    assert readers(cast, innovation) == set(cast.people)
    did(approve_proposal, cast["holder"], proposal)
    assert innovation.status is InnovationStatus.TAKEN_DOWN
    assert readers(cast, innovation) == {
        "partner", "second", "both", "registrar", "compiler", "holder"
    }  # fmt: skip
    with pytest.raises(NotFoundError):
        innovation_by_slug(innovation.slug, cast.viewer("admin"))
    row = journal()[-1]
    assert (row.document_id, row.document, row.narrows) == (innovation.public_id, None, True)
    assert list(search_documents()) == []
    assert [each.event for each in history_of(innovation.subject)][-1] == "innovation:take_down"


def test_what_was_taken_down_is_never_published_again(cast):
    innovation = record_of(cast)
    revision = did(revise_innovation, cast["registrar"], innovation)
    did(submit_revision, cast["registrar"], revision, version=1)
    did(approve_proposal, cast["holder"], take(cast, afterwards.proposal_of(cast, innovation)))
    with pytest.raises(ConflictError):
        publish(cast, revision)
    assert innovation.status is InnovationStatus.TAKEN_DOWN
    session().expire_all()
    with pytest.raises(ConflictError):
        did(revise_innovation, cast["registrar"], innovation)
