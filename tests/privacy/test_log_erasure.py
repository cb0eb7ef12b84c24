"""Private parts of the log about a former member: two officers, then two steps, and the chain stays whole."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from hub.access.viewer import PRIVILEGED_ROLES, VISITOR, Role
from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.audit.queries import erased_numbers, first_loose_number, stored_entries
from hub.audit.service import record
from hub.audit.verify import verify_stored
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.viewers import viewer_of
from hub.members.service import subject_of
from hub.members.signing_in import end_sessions_of
from hub.privacy.erasure import erase_account
from hub.privacy.log_erasure import (
    approve_erasure,
    decline_erasure,
    erasure_by_id,
    erasures_for,
    finish_erasures,
    numbers_of,
    propose_erasure,
    undecidable,
    withdraw_erasure,
)
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

WHY = "They asked for it."


@pytest.fixture
def officers(database):
    return [make_member(roles=[Role.INTEGRITY_OFFICER]) for _ in range(2)]


def a_former_member(**columns):
    """Somebody whom the log tells something about, gone by now."""
    somebody = make_member(**columns)
    with transaction():
        record(VISITOR, Event.MEMBER_SUSPEND, subject_of(somebody), reason="Said something ugly.")
    with transaction():
        record(VISITOR, Event.INNOVATION_REGISTER, "innovation:other", reason="untouched")
    with transaction():
        erase_account(somebody)
    return somebody


def propose(officer, somebody):
    with transaction():
        return propose_erasure(officer, somebody.public_id, reason=WHY)


def is_whole():
    return verify_stored(stored_entries(), first_loose_number()).is_whole


def test_two_officers_erase_what_is_about_the_person_and_the_chain_verifies(officers):
    somebody = a_former_member()
    proposal = propose(officers[0], somebody)
    covered = list(numbers_of(proposal))
    assert len(covered) == 1
    with transaction():
        assert approve_erasure(officers[1], proposal) == 1
    # logged, not gone yet: a process killed here leaves a whole log
    assert is_whole()
    assert not erased_numbers()
    with transaction():
        assert finish_erasures() == 1
    with transaction():
        assert finish_erasures() == 0
    assert is_whole()
    assert list(erased_numbers()) == covered
    session().expire_all()
    left = session().scalars(select(AuditEntry)).all()
    assert "Said something ugly." not in {each.reason for each in left}
    assert "untouched" in {each.reason for each in left}
    about = [each.tag for each in left if each.subject == subject_of(somebody)]
    assert about == [Event.MEMBER_ERASE]
    erasure = next(each for each in left if each.tag == Event.AUDIT_ERASE)
    assert erasure.subject == f"audit:{covered[0]}"
    assert session().scalar(select(func.count()).select_from(AuditChain)) == len(left) + 1


def test_nothing_goes_without_its_erasure_entry(officers):
    somebody = a_former_member()
    propose(officers[0], somebody)
    with transaction():
        assert finish_erasures() == 0
    number = session().scalar(select(func.min(AuditEntry.number)))
    with pytest.raises(DBAPIError), transaction():
        session().execute(delete(AuditEntry).where(AuditEntry.number == number))


def test_what_is_logged_after_the_proposal_stays(officers):
    somebody = a_former_member()
    proposal = propose(officers[0], somebody)
    with transaction():
        record(VISITOR, Event.MEMBER_UPHOLD_ABUSE, subject_of(somebody), reason="later")
    with transaction():
        approve_erasure(officers[1], proposal)
    with transaction():
        finish_erasures()
    assert session().scalar(select(AuditEntry.reason).where(AuditEntry.reason == "later")) == "later"
    # it can be proposed anew, and covers what is there
    assert len(numbers_of(propose(officers[0], somebody))) == 1


def test_nobody_decides_alone(officers):
    proposal = propose(officers[0], a_former_member())
    with pytest.raises(ForbiddenError), transaction():
        approve_erasure(officers[0], proposal)


@pytest.mark.parametrize("roles", [[], [Role.COORDINATOR], [Role.ADMINISTRATOR]])
def test_only_officers_take_part(officers, roles):
    somebody = a_former_member()
    stranger = make_member(roles=roles)
    with pytest.raises(NotFoundError), transaction():
        propose_erasure(stranger, somebody.public_id, reason=WHY)
    proposal = propose(officers[0], somebody)
    for act in (approve_erasure, withdraw_erasure):
        with pytest.raises(NotFoundError), transaction():
            act(stranger, proposal)
    with pytest.raises(NotFoundError):
        erasure_by_id(proposal.public_id, viewer_of(stranger))
    assert not erasures_for(viewer_of(stranger))


def test_who_shares_an_organisation_with_the_person_has_a_conflict(officers):
    shared = make_organisation()
    colleague = make_member(roles=[Role.INTEGRITY_OFFICER], belongs_to=[shared])
    somebody = a_former_member(belongs_to=[shared])
    with pytest.raises(ForbiddenError), transaction():
        propose_erasure(colleague, somebody.public_id, reason=WHY)
    proposal = propose(officers[0], somebody)
    with pytest.raises(ForbiddenError), transaction():
        approve_erasure(colleague, proposal)


def test_a_proposal_that_nobody_else_may_decide_is_escalated(database):
    shared = make_organisation()
    alone = make_member(roles=[Role.INTEGRITY_OFFICER])
    make_member(roles=[Role.INTEGRITY_OFFICER], belongs_to=[shared])
    somebody = a_former_member(belongs_to=[shared])
    propose(alone, somebody)
    (found,) = undecidable(viewer_of(alone), Bench(PRIVILEGED_ROLES))
    assert (found.kind, found.candidates, found.free) == ("log_erasure", 1, 0)
    make_member(roles=[Role.INTEGRITY_OFFICER])
    assert not undecidable(viewer_of(alone), Bench(PRIVILEGED_ROLES))


def test_a_present_member_and_an_unknown_id_are_refused(officers):
    for member_id in (make_member().public_id, "nobody", ""):
        with pytest.raises(InvalidError) as refused, transaction():
            propose_erasure(officers[0], member_id, reason=WHY)
        assert refused.value.field == "member"


def test_it_is_proposed_once_and_only_where_something_is_left(officers):
    somebody = a_former_member()
    propose(officers[0], somebody)
    with pytest.raises(ConflictError):
        propose(officers[1], somebody)
    quiet = make_member()
    with transaction():
        erase_account(quiet)
    with pytest.raises(InvalidError, match="nothing"):
        propose(officers[0], quiet)


def test_it_is_declined_with_words_or_withdrawn(officers):
    first, second = a_former_member(), a_former_member()
    declined, withdrawn = propose(officers[0], first), propose(officers[0], second)
    with pytest.raises(InvalidError), transaction():
        decline_erasure(officers[1], declined, " ")
    with transaction():
        decline_erasure(officers[1], declined, "It matters to others.")
    with transaction():
        withdraw_erasure(officers[0], withdrawn)
    assert (declined.status, withdrawn.status) == (ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN)
    with pytest.raises(ConflictError), transaction():
        approve_erasure(officers[1], declined)
    assert not erased_numbers()


def test_what_a_leaving_officer_proposed_is_withdrawn(officers):
    proposal = propose(officers[0], a_former_member())
    end_sessions_of(officers[0].id)
    with transaction():
        erase_account(officers[0])
    assert proposal.status is ProposalStatus.WITHDRAWN


def logged_by(officer, somebody):
    with transaction():
        record(viewer_of(officer), Event.MEMBER_SUPPORT_STATUS, subject_of(somebody))


def gone(somebody):
    with transaction():
        erase_account(somebody)
    return somebody


def test_who_acted_in_what_would_go_neither_proposes_nor_decides(officers):
    """Two who gave a friend a status cannot make the log forget that it was them."""
    somebody = make_member()
    for officer in officers:
        logged_by(officer, somebody)
    gone(somebody)
    with pytest.raises(ForbiddenError, match="acted"):
        propose(officers[0], somebody)
    third = make_member(roles=[Role.INTEGRITY_OFFICER])
    proposal = propose(third, somebody)
    with pytest.raises(ForbiddenError, match="acted"), transaction():
        approve_erasure(officers[1], proposal)
    with pytest.raises(ForbiddenError, match="acted"), transaction():
        decline_erasure(officers[1], proposal, "No.")
    (found,) = undecidable(viewer_of(third), Bench(PRIVILEGED_ROLES))
    assert (found.candidates, found.free) == (2, 0)
    fourth = make_member(roles=[Role.INTEGRITY_OFFICER])
    assert not undecidable(viewer_of(third), Bench(PRIVILEGED_ROLES))
    with transaction():
        assert approve_erasure(fourth, proposal) == 2


def test_what_somebody_did_later_or_to_others_keeps_nobody_from_deciding(officers):
    somebody = a_former_member()
    proposal = propose(officers[0], somebody)
    logged_by(officers[1], somebody)
    logged_by(officers[1], make_member())
    with transaction():
        assert approve_erasure(officers[1], proposal) == 1
