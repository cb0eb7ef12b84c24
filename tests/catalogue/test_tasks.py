"""Tasks of coordinators: taken by one at a time, given back, and without a title while they are restricted."""

import pytest

from hub.audit.queries import history_of
from hub.catalogue.evidence.service import accept_evidence
from hub.catalogue.models import Evidence, ProblemReport, Replication
from hub.catalogue.permissions import TASKS
from hub.catalogue.tasks.queries import task_by_id, task_queue
from hub.catalogue.tasks.service import release_task, take_task
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.integrity.permissions import Conflict
from hub.members.models import RoleGrant
from hub.organisations.models import MembershipRole
from hub.organisations.service import add_membership
from tests.catalogue import afterwards, proofs
from tests.catalogue.cast import did, make_cast, record_of, take
from tests.catalogue.records import GEORGIAN_POLICE

pytestmark = pytest.mark.db

COORDINATORS = {"free", "conflicted", "holder", "reviewer", "compiler"}

KINDS = {
    "evidence": proofs.evidence_for,
    "replications": proofs.evidenced,
    "record_claims": afterwards.claim_of,
    "problem_reports": afterwards.problem_of,
    "innovation_proposals": afterwards.proposal_of,
}


@pytest.fixture
def cast(database):
    return make_cast()


def end_role(member):
    """End every role of a member."""
    session().query(RoleGrant).filter_by(member_id=member.id).update({"ended_at": now()})
    session().commit()


def test_every_kind_is_here():
    assert [kind.__tablename__ for kind in TASKS] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_is_taken_given_back_and_taken_by_another(cast, kind):
    task = KINDS[kind](cast)
    take(cast, task, by="holder")
    assert task.taken_by_id == cast["holder"].id
    assert task.taken_at is not None
    with pytest.raises(ConflictError):
        take(cast, task, by="free")
    with pytest.raises(ConflictError):
        did(release_task, cast["free"], task)
    did(release_task, cast["holder"], task)
    assert (task.taken_by_id, task.taken_at) == (None, None)
    take(cast, task, by="free")
    events = [each.event for each in history_of(task.subject)]
    assert events[-3:] == ["task:take", "task:release", "task:take"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_former_coordinator_holds_is_taken_over(cast, kind):
    task = take(cast, KINDS[kind](cast), by="holder")
    end_role(cast["holder"])
    with pytest.raises(NotFoundError):
        did(release_task, cast["holder"], task)
    take(cast, task, by="free")
    assert task.taken_by_id == cast["free"].id


@pytest.mark.parametrize("kind", KINDS)
def test_who_gets_a_conflict_after_taking_decides_nothing_and_gives_it_back(cast, kind):
    task = take(cast, KINDS[kind](cast), by="holder")
    did(add_membership, cast.owner, cast["holder"], MembershipRole.MEMBER)
    with pytest.raises(ForbiddenError):
        take(cast, task, by="holder")
    did(release_task, cast["holder"], task)
    take(cast, task, by="free")


def test_who_holds_a_task_decides_it_no_more_after_a_conflict(cast):
    evidence = take(cast, proofs.evidence_for(cast))
    did(add_membership, cast.owner, cast["holder"], MembershipRole.MEMBER)
    with pytest.raises(ForbiddenError):
        did(accept_evidence, cast["holder"], evidence)


def test_only_coordinators_have_a_queue(cast):
    proofs.evidence_for(cast)
    assert {name for name, viewer in cast.viewers.items() if task_queue(viewer)} == COORDINATORS


def test_the_queue_shows_the_oldest_first_with_what_stands_in_the_way(cast):
    tasks = [make(cast) for make in KINDS.values()]
    queue = task_queue(cast.viewer("compiler"))
    assert [item.kind for item in queue] == list(KINDS)
    assert [item.public_id for item in queue] == [task.public_id for task in tasks]
    assert all(item.name == "Ledger of gifts" and item.language == "en-GB" for item in queue)
    conflicts = {item.kind: item.conflict for item in queue if item.conflict}
    assert conflicts == {
        "record_claims": Conflict.OWN_SUBMISSION,
        "problem_reports": Conflict.OWN_SUBMISSION,
        "innovation_proposals": Conflict.OWN_PROPOSAL,
    }
    assert {item.conflict for item in task_queue(cast.viewer("conflicted"))} == {Conflict.OWN_ORGANISATION}


def test_a_restricted_task_has_no_title_until_it_is_taken(cast):
    innovation = record_of(cast, readership=GEORGIAN_POLICE)
    evidence = proofs.evidence_for(cast, innovation, by="partner")
    (item,) = task_queue(cast.viewer("free"))
    assert (item.task, item.name, item.language) == (None, None, None)
    assert (item.tlp, item.is_taken, item.is_mine) == ("AMBER", False, False)
    take(cast, evidence, by="free")
    (item,) = task_queue(cast.viewer("free"))
    assert (item.task, item.name, item.is_mine) == (evidence, "Ledger of gifts", True)
    assert task_queue(cast.viewer("holder")) == []


def test_a_restricted_task_whose_holder_lost_the_role_is_listed_again(cast):
    evidence = take(
        cast, proofs.evidence_for(cast, record_of(cast, readership=GEORGIAN_POLICE), by="partner")
    )
    end_role(cast["holder"])
    (item,) = task_queue(cast.viewer("free"))
    assert (item.public_id, item.name, item.is_taken) == (evidence.public_id, None, False)


def test_what_others_hold_on_open_records_is_listed_as_taken(cast):
    take(cast, proofs.evidence_for(cast))
    (item,) = task_queue(cast.viewer("free"))
    assert (item.is_taken, item.is_mine) == (True, False)


def test_decided_tasks_leave_the_queue(cast):
    proofs.accepted_evidence(cast)
    proofs.confirmed(cast)
    afterwards.answered_problem(cast)
    assert task_queue(cast.viewer("free")) == []


def test_a_task_is_found_by_its_id_by_coordinators_only(cast):
    evidence = proofs.evidence_for(cast, record_of(cast, readership=GEORGIAN_POLICE), by="partner")
    assert task_by_id(Evidence, evidence.public_id, cast.viewer("free")) == evidence
    for name in set(cast.people) - COORDINATORS:
        with pytest.raises(NotFoundError):
            task_by_id(Evidence, evidence.public_id, cast.viewer(name))
    for kind, public_id in ((Evidence, "no-such"), (Replication, evidence.public_id), (ProblemReport, "")):
        with pytest.raises(NotFoundError):
            task_by_id(kind, public_id, cast.viewer("free"))


def test_what_is_decided_and_hidden_is_found_no_more(cast):
    evidence = proofs.accepted_evidence(cast, record_of(cast))
    assert task_by_id(Evidence, evidence.public_id, cast.viewer("free")) == evidence
    evidence.innovation.set_readership(GEORGIAN_POLICE)
    session().commit()
    with pytest.raises(NotFoundError):
        task_by_id(Evidence, evidence.public_id, cast.viewer("free"))


def test_a_task_of_which_nothing_waits_cannot_be_taken(cast):
    with pytest.raises(ConflictError):
        take(cast, proofs.withdrawn_evidence(cast))
    with pytest.raises(ConflictError):
        did(take_task, cast["free"], proofs.confirmed(cast))
