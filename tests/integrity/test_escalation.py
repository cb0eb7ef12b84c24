"""What nobody free of conflict can decide is escalated: never decided by itself, never by who has a conflict."""

import pytest

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.catalogue.conflicts import queries as records
from hub.catalogue.conflicts.service import recuse_oneself, release_conflicted
from hub.catalogue.review.queries import review_queue
from hub.catalogue.review.service import take_revision
from hub.catalogue.tasks.queries import task_queue
from hub.catalogue.tasks.service import take_task
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.permissions import Conflict
from hub.integrity.queries import recusal_of
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.vetting import escalation as people
from hub.vetting.law_enforcement import approve_status, request_status
from hub.vetting.roles import propose_role
from tests.catalogue import proofs
from tests.catalogue.cast import make_cast
from tests.catalogue.records import MEMBERS, POLICE, make_scene, published, submitted, taken
from tests.factories import make_member
from tests.vetting.cast import Cast, person
from tests.vetting.conftest import logged

pytestmark = pytest.mark.db


@pytest.fixture
def officer(database):
    return make_member(roles=[Role.INTEGRITY_OFFICER])


@pytest.fixture
def scene(database):
    return make_scene()


def interested(member, organisation, kind="funding"):
    with transaction():
        declare_interest(member, Declaration(kind, organisation.name))


def everybody_interested(scene):
    for member in (scene.coordinator, scene.colleague):
        interested(member, scene.owner)


def escalated(officer):
    return records.undecidable(viewer_of(officer), Bench())


def test_nothing_is_escalated_while_one_is_free(scene, officer):
    submitted(scene)
    interested(scene.coordinator, scene.owner)
    assert escalated(officer) == []


def test_what_all_have_a_conflict_with_is_escalated(scene, officer):
    revision = submitted(scene)
    everybody_interested(scene)
    (item,) = escalated(officer)
    assert (item.kind, item.waiting_since) == ("innovation_revisions", revision.submitted_at)
    assert (item.candidates, item.free, item.conflicts, item.needed) == (2, 0, 2, 1)


def test_the_title_of_what_the_officer_may_not_see_stays_hidden(scene, officer):
    submitted(scene)
    everybody_interested(scene)
    (item,) = escalated(officer)
    assert (item.title, item.address) == (None, None)


def test_the_title_of_a_record_that_the_officer_may_read_is_told(scene, officer, database):
    record = published(scene, name="Ledger for members", readership=MEMBERS).innovation
    hidden = published(scene, name="Thresholds", readership=POLICE).innovation
    cast = make_cast()
    for innovation in (record, hidden):
        proofs.evidence_for(cast, innovation, by="adder" if innovation is record else "police")
    everybody_interested(scene)
    for name in ("free", "conflicted", "holder", "reviewer", "compiler"):
        interested(cast[name], scene.owner)
    found = {item.title for item in escalated(officer)}
    assert "Ledger for members" in found
    assert "Thresholds" not in found


def test_a_further_coordinator_ends_the_escalation(scene, officer):
    submitted(scene)
    everybody_interested(scene)
    make_member(roles=[Role.COORDINATOR])
    assert escalated(officer) == []


def test_a_coordinator_without_second_factor_counts_as_nobody(scene, officer):
    submitted(scene)
    everybody_interested(scene)
    make_member(roles=[Role.COORDINATOR], has_factor=False)
    assert len(escalated(officer)) == 1


@pytest.mark.parametrize("roles", [(), (Role.COORDINATOR,), (Role.ADMINISTRATOR,)])
def test_only_officers_read_the_list(scene, roles):
    submitted(scene)
    everybody_interested(scene)
    somebody = make_member(roles=roles)
    interested(somebody, scene.owner)
    assert records.undecidable(viewer_of(somebody), Bench()) == []
    assert people.undecidable(viewer_of(somebody), Bench(PRIVILEGED_ROLES)) == []


def test_the_line_of_the_queue_tells_coordinators(scene):
    submitted(scene)
    interested(scene.coordinator, scene.owner)
    (item,) = review_queue(viewer_of(scene.coordinator))
    assert (item.conflict, item.is_escalated) == (Conflict.INTEREST, False)
    interested(scene.colleague, scene.owner)
    (item,) = review_queue(viewer_of(scene.coordinator))
    assert item.is_escalated


def test_the_line_of_a_task_tells_coordinators(database):
    cast = make_cast()
    proofs.evidence_for(cast)
    for name in ("free", "holder", "reviewer", "compiler"):
        interested(cast[name], cast.owner)
    assert [item.is_escalated for item in task_queue(viewer_of(cast["conflicted"]))] == [True]


def test_an_officer_who_is_no_coordinator_decides_none_of_it(scene, officer):
    revision = submitted(scene)
    everybody_interested(scene)
    with pytest.raises(NotFoundError), transaction():
        take_revision(officer, revision)
    with pytest.raises(ForbiddenError), transaction():
        take_revision(scene.coordinator, revision)


def test_declaring_an_interest_gives_back_what_one_holds(scene):
    revision = taken(scene)
    with transaction():
        declare_interest(scene.coordinator, Declaration("funding", scene.owner.name))
        assert release_conflicted(scene.coordinator) == 1
    assert (revision.status, revision.reviewer_id) == ("submitted", None)
    with transaction():
        take_revision(scene.colleague, revision)


def test_recusing_oneself_gives_back_everything_of_the_record(database):
    cast = make_cast()
    evidence = proofs.evidence_for(cast)
    further = proofs.evidence_for(cast, evidence.innovation)
    other = proofs.evidence_for(cast)
    holder = cast["holder"]
    for task in (evidence, further, other):
        with transaction():
            take_task(holder, task)
    with transaction():
        recuse_oneself(holder, evidence, "A friend of mine wrote it.")
    assert [task.taken_by_id for task in (evidence, further, other)] == [None, None, holder.id]
    viewer = viewer_of(holder)
    assert recusal_of(viewer, evidence.innovation.subject).words == "A friend of mine wrote it."
    assert logged("recusal:record") == 1
    with pytest.raises(ForbiddenError, match="recused yourself"), transaction():
        take_task(holder, further)


def test_who_is_kept_out_already_needs_not_recuse(scene):
    revision = submitted(scene)
    interested(scene.coordinator, scene.owner)
    with pytest.raises(ConflictError), transaction():
        recuse_oneself(scene.coordinator, revision)


def test_only_coordinators_recuse_themselves(scene, officer):
    revision = submitted(scene)
    for somebody in (officer, scene.partner):
        with pytest.raises(NotFoundError), transaction():
            recuse_oneself(somebody, revision)
    with pytest.raises(InvalidError), transaction():
        recuse_oneself(scene.coordinator, revision, "x" * 501)


@pytest.fixture
def cast(database):
    """Seven coordinators, of whom three have a conflict with whoever comes."""
    return Cast()


def of_people(cast):
    return [
        (item.kind, item.candidates, item.free, item.needed, item.title)
        for item in people.undecidable(cast.viewer("officer"), Bench(PRIVILEGED_ROLES))
    ]


def leave(cast, *names):
    for name in names:
        interested(cast[name], cast.organisation)


def test_an_application_that_all_have_a_conflict_with_is_escalated_without_a_name(cast):
    person(cast, MemberStatus.CONFIRMED)
    assert of_people(cast) == []
    leave(cast, "free", "first", "second")
    assert of_people(cast) == [("application", 6, 0, 1, None)]


def test_a_status_needs_two_who_are_free(cast):
    member = cast.about(make_member(belongs_to=[cast.organisation]))
    with transaction():
        status = request_status(
            member, country="GE", authority="Bureau", reference="1", words="See the letter."
        )
    leave(cast, "free")
    assert of_people(cast) == []
    leave(cast, "second")
    assert of_people(cast) == [("status", 6, 1, 2, None)]
    with transaction():
        approve_status(cast["first"], status)
    assert of_people(cast) == [("status", 5, 0, 1, None)]


def test_a_role_needs_somebody_beside_the_proposer(cast):
    member = cast.about(make_member(belongs_to=[cast.organisation], display_name="Dana"))
    with transaction():
        propose_role(cast["first"], member, Role.COORDINATOR, reason="Able.")
    leave(cast, "free", "second", "admin")
    assert of_people(cast) == []
    leave(cast, "officer")
    assert of_people(cast) == [("role", 7, 0, 1, "Dana")]
