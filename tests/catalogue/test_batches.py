"""Batches: what was imported is submitted in hundreds, and each entry of a decision is audited for itself."""

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.catalogue.batches.queries import (
    batch_by_id,
    batch_queue,
    complete_count,
    imported_drafts,
    own_runs,
    run_by_id,
)
from hub.catalogue.batches.service import (
    BATCH_SIZE,
    publish_batch,
    release_batch,
    start_import,
    submit_batch,
    take_batch,
)
from hub.catalogue.models import InnovationRevision, OrganisationDetails, OrganisationRole, RevisionStatus
from hub.catalogue.review.service import request_changes, take_revision
from hub.catalogue.service import withdraw_revision
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.members.models import RoleGrant
from tests.catalogue import proofs
from tests.catalogue.cast import compiled_draft, did, make_cast
from tests.catalogue.records import GEORGIAN_POLICE, OPINION
from tests.factories import make_member

pytestmark = pytest.mark.db

SOURCE = "GE/papers"
DRAFT, SUBMITTED, IN_REVIEW, APPROVED = "draft", "submitted", "in_review", "approved"


@pytest.fixture
def cast(database):
    return make_cast()


def drafts(cast, number, **changes):
    """Import some records as the focal point of Georgia."""
    return [compiled_draft(cast, actor="registrar", **changes) for _ in range(number)]


def submitted(cast, number=4, **changes):
    """Import and submit some records; return their only batch."""
    drafts(cast, number, **changes)
    (batch,) = did(submit_batch, cast["registrar"], SOURCE)
    return batch


def states(batch):
    return [each.status.value for each in batch.revisions]


def entries(tag):
    return session().scalar(select(func.count()).where(AuditEntry.tag == tag))


def ids(batch, start=0, end=None):
    return [each.innovation.public_id for each in batch.revisions[start:end]]


def test_many_drafts_are_submitted_by_the_hundred(cast):
    drafts(cast, 2 * BATCH_SIZE + 50)
    batches = did(submit_batch, cast["registrar"], SOURCE)
    assert [len(each.revisions) for each in batches] == [BATCH_SIZE, BATCH_SIZE, 50]
    assert {each.collection for each in batches} == {"papers"}
    assert entries("innovation:submit") == 2 * BATCH_SIZE + 50
    placed = [revision.id for batch in batches for revision in batch.revisions]
    assert placed == session().scalars(select(InnovationRevision.id).order_by(InnovationRevision.id)).all()
    assert [item.waiting for item in batch_queue(cast.viewer("free"))] == [BATCH_SIZE, BATCH_SIZE, 50]


def test_only_complete_drafts_of_this_collection_and_person_are_submitted(cast):
    complete = drafts(cast, 2)
    drafts(cast, 1, kind=None)
    compiled_draft(cast, actor="compiler")
    (batch,) = did(submit_batch, cast["registrar"], SOURCE)
    assert batch.revisions == complete
    with pytest.raises(InvalidError):
        did(submit_batch, cast["registrar"], SOURCE)
    for source in ("GE/others", "hub/papers", "GE/", ""):
        with pytest.raises(InvalidError):
            did(submit_batch, cast["registrar"], source)


@pytest.mark.parametrize(
    "lack",
    [
        {"short_description": ""},
        {"kind": None},
        {"functions": ()},
        {"countries": ()},
        {"sources": ()},
    ],
)
def test_the_count_of_complete_drafts_is_that_of_the_rules(cast, lack):
    revisions = [*drafts(cast, 1, **lack), *drafts(cast, 3)]
    with transaction():
        revisions[-1].is_audience_chosen = False
    assert [each for each in revisions if not each.missing_parts] == revisions[1:3]
    assert complete_count(cast.viewer("registrar"), SOURCE) == 2
    assert complete_count(cast.viewer("free"), SOURCE) == 0
    assert complete_count(cast.viewer("registrar"), "GE/others") == 0


@pytest.mark.parametrize("name", ["visitor", "member", "partner", "focal", "free", "admin"])
def test_nobody_submits_what_another_imported(cast, name):
    drafts(cast, 1)
    assert imported_drafts(cast.viewer(name), SOURCE) == []
    with pytest.raises(InvalidError):
        did(submit_batch, cast[name], SOURCE)


def test_a_batch_is_taken_published_and_given_back(cast):
    batch = submitted(cast)
    assert did(take_batch, cast["holder"], batch) == 4
    assert states(batch) == [IN_REVIEW] * 4
    assert did(publish_batch, cast["holder"], batch, ids(batch, 0, 3)) == 3
    assert states(batch) == [APPROVED] * 3 + [IN_REVIEW]
    assert (entries("innovation:take"), entries("innovation:publish")) == (4, 3)
    assert len({each.innovation.slug for each in batch.revisions}) == 4
    assert did(release_batch, cast["holder"], batch) == 1
    assert states(batch) == [APPROVED] * 3 + [SUBMITTED]
    assert [item.waiting for item in batch_queue(cast.viewer("free"))] == [1]
    assert did(take_batch, cast["free"], batch) == 1
    did(publish_batch, cast["free"], batch, ids(batch, 3))
    assert batch_queue(cast.viewer("free")) == []
    with pytest.raises(ConflictError):
        did(take_batch, cast["free"], batch)


def test_records_with_a_conflict_are_left_out(cast):
    with_part = (OrganisationDetails(OrganisationRole.FUNDER, cast.adopting.name),)
    drafts(cast, 2)
    drafts(cast, 1, organisations=with_part)
    (batch,) = did(submit_batch, cast["registrar"], SOURCE)
    with pytest.raises(ForbiddenError):
        did(take_batch, cast["conflicted"], batch)
    assert states(batch) == [SUBMITTED] * 3
    assert did(take_batch, funded_coordinator(cast), batch) == 2
    assert states(batch) == [IN_REVIEW, IN_REVIEW, SUBMITTED]


def funded_coordinator(cast):
    return make_member(roles=["coordinator"], belongs_to=[cast.adopting])


def test_what_others_took_alone_stays_with_them(cast):
    batch = submitted(cast, 3)
    did(take_revision, cast["free"], batch.revisions[1])
    assert did(take_batch, cast["holder"], batch) == 2
    with pytest.raises(ConflictError):
        did(publish_batch, cast["holder"], batch, ids(batch))
    assert states(batch) == [IN_REVIEW] * 3
    assert entries("innovation:publish") == 0
    assert did(release_batch, cast["holder"], batch) == 2
    assert states(batch) == [SUBMITTED, IN_REVIEW, SUBMITTED]


def test_all_or_none_are_published(cast):
    batch = submitted(cast, 3)
    did(take_batch, cast["holder"], batch)
    did(withdraw_revision, cast["registrar"], batch.revisions[2])
    with pytest.raises(ConflictError):
        did(publish_batch, cast["holder"], batch, ids(batch))
    assert states(batch) == [IN_REVIEW, IN_REVIEW, "withdrawn"]
    assert did(publish_batch, cast["holder"], batch, ids(batch, 0, 2)) == 2


def test_a_former_coordinators_batch_is_taken_over(cast):
    batch = submitted(cast, 2)
    did(take_batch, cast["holder"], batch)
    with pytest.raises(ConflictError):
        did(take_batch, cast["free"], batch)
    session().query(RoleGrant).filter_by(member_id=cast["holder"].id).update({"ended_at": now()})
    session().commit()
    assert did(take_batch, cast["free"], batch) == 2
    assert {each.reviewer_id for each in batch.revisions} == {cast["free"].id}


def test_who_holds_nothing_gives_nothing_back(cast):
    batch = submitted(cast, 1)
    with pytest.raises(ConflictError):
        did(release_batch, cast["holder"], batch)


def test_the_first_of_very_many_go_first(cast):
    drafts(cast, 3)
    (batch,) = did(submit_batch, cast["registrar"], SOURCE, most=2)
    (rest,) = did(submit_batch, cast["registrar"], SOURCE, most=2)
    assert [len(batch.revisions), len(rest.revisions)] == [2, 1]


def test_nothing_of_another_batch_is_published_with_it(cast):
    first = submitted(cast, 1)
    second = submitted(cast, 1)
    for batch in (first, second):
        did(take_batch, cast["holder"], batch)
    assert did(publish_batch, cast["holder"], first, ids(first) + ids(second)) == 1
    assert states(second) == [IN_REVIEW]
    for chosen in ([], ["no-such"], ids(second)):
        with pytest.raises(InvalidError):
            did(publish_batch, cast["holder"], first, chosen)


@pytest.mark.parametrize("name", ["visitor", "member", "partner", "registrar", "officer", "admin"])
def test_only_coordinators_see_and_decide_batches(cast, name):
    batch = submitted(cast, 1)
    assert batch_queue(cast.viewer(name)) == []
    with pytest.raises(NotFoundError):
        batch_by_id(batch.public_id, cast.viewer(name))
    with pytest.raises(NotFoundError):
        did(take_batch, cast[name], batch)
    with pytest.raises(NotFoundError):
        did(publish_batch, cast[name], batch, ids(batch))
    assert states(batch) == [SUBMITTED]


def test_a_batch_of_restricted_records_has_no_name_until_it_is_taken(cast):
    batch = submitted(cast, 2, readership=GEORGIAN_POLICE)
    assert [(item.collection, item.countries, item.sender) for item in batch_queue(cast.viewer("free"))] == [
        (None, (), None)
    ]
    did(take_batch, cast["free"], batch)
    assert [item.collection for item in batch_queue(cast.viewer("free"))] == ["papers"]
    assert [item.collection for item in batch_queue(cast.viewer("holder"))] == [None]


def test_what_was_sent_back_comes_again_in_another_batch(cast):
    batch = submitted(cast, 2)
    did(take_batch, cast["holder"], batch)
    did(request_changes, cast["holder"], batch.revisions[0], OPINION["request_changes"])
    again = did(submit_batch, cast["registrar"], SOURCE)
    assert [each.revisions for each in again] == [[batch.revisions[0]]]
    assert batch.revisions[0].status is RevisionStatus.SUBMITTED


def test_an_import_run_is_for_who_started_it(cast):
    file = proofs.stored_file()
    run = did(start_import, cast["registrar"], file, format="csv", language="ka", is_dry_run=True)
    assert (run.status, run.total, run.problems) == ("queued", 0, [])
    for name, viewer in cast.viewers.items():
        if name == "registrar":
            assert run_by_id(run.public_id, viewer) == run
            assert own_runs(viewer) == [run]
        else:
            assert own_runs(viewer) == []
            with pytest.raises(NotFoundError):
                run_by_id(run.public_id, viewer)


@pytest.mark.parametrize("name", ["visitor", "member", "mere", "police", "officer", "admin"])
def test_who_registers_nothing_imports_nothing(cast, name):
    with pytest.raises(ForbiddenError):
        did(start_import, cast[name], proofs.stored_file(), format="csv", language="en", is_dry_run=False)
