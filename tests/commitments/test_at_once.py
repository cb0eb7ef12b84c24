"""Two who answer, offer, accept or take back at the same moment: one outcome each, one entry in the log."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.commitments.evidence.gate import supports_commitment
from hub.commitments.evidence.service import accept_evidence, withdraw_evidence
from hub.commitments.milestones.moving import move_milestone
from hub.commitments.models import (
    Commitment,
    CommitmentEvidence,
    Handover,
    HandoverStatus,
    Milestone,
    MilestoneStatus,
    Ownership,
)
from hub.commitments.owning.service import accept_handover, decline_handover, offer_handover
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import ConflictError, HubError
from hub.members.models import Member
from tests.commitments.making import make_commitment, make_evidence, make_handover, make_milestone
from tests.factories import make_member
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL

ROUNDS = range(2)
TOO_LATE = "too late"


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def hub_engine(request, tmp_path_factory):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path_factory.mktemp("hub"), request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def at_once(hub_engine, *acts):
    """Do every act at the same moment, each with a session of its own; return what came of each."""
    begin = Barrier(len(acts))

    def work(act):
        with session_scope(hub_engine):
            begin.wait()
            try:
                with transaction():
                    act()
            except ConflictError:
                return TOO_LATE
            except HubError as error:
                return type(error).__name__
            return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def get(kind, number):
    return session().get(kind, number)


def logged(*tags):
    """Return how many entries of some tags the log holds."""
    return session().scalar(select(func.count()).where(AuditEntry.tag.in_(tags)))


@pytest.mark.parametrize("_turn", ROUNDS)
def test_an_offer_is_answered_once(hub_engine, _turn):
    with session_scope(hub_engine):
        owner, receiver = make_member(), make_member()
        commitment = make_commitment(owner=owner)
        handover = make_handover(commitment, to=receiver, by=owner)
        numbers = (commitment.id, handover.id, receiver.id)
        before = logged("handover:accept", "handover:decline")
    number, offer, receiver = numbers
    outcomes = at_once(
        hub_engine,
        lambda: accept_handover(get(Member, receiver), get(Handover, offer)),
        lambda: decline_handover(get(Member, receiver), get(Handover, offer)),
        lambda: accept_handover(get(Member, receiver), get(Handover, offer)),
    )
    assert sorted(outcomes, key=str) == [None, TOO_LATE, TOO_LATE]
    with session_scope(hub_engine):
        accepted = get(Handover, offer).status is HandoverStatus.ACCEPTED
        assert (get(Commitment, number).owner_id == receiver) is accepted
        present = select(Ownership).where(Ownership.commitment_id == number, Ownership.ended_on.is_(None))
        assert len(session().scalars(present).all()) == 1
        assert logged("handover:accept", "handover:decline") == before + 1


def test_a_commitment_is_offered_to_one_at_a_time(hub_engine):
    with session_scope(hub_engine):
        commitment = make_commitment().id
        coordinators = [make_member(roles=[Role.COORDINATOR]).id for _ in range(2)]
        asked = [make_member().public_id for _ in range(2)]

    def offer(coordinator, to):
        words = {"institution": "Home Office", "words": "Nothing is done."}
        return lambda: offer_handover(get(Member, coordinator), get(Commitment, commitment), to=to, **words)

    acts = [offer(who, to) for who, to in zip(coordinators, asked, strict=True)]
    assert sorted(at_once(hub_engine, *acts), key=str) == [None, TOO_LATE]


@pytest.mark.parametrize("_turn", ROUNDS)
def test_nothing_is_complete_without_the_evidence_that_is_taken_back(hub_engine, _turn):
    with session_scope(hub_engine):
        owner, giver, judge = make_member(), make_member(), make_member(roles=[Role.COORDINATOR])
        commitment = make_commitment(owner=owner)
        milestone = make_milestone(commitment, status=MilestoneStatus.LIMITED)
        piece = make_evidence(commitment, milestone=milestone, giver=giver, decider=judge)
        step, owner, giver, piece = milestone.id, owner.id, giver.id, piece.id
    at_once(
        hub_engine,
        lambda: move_milestone(get(Member, owner), get(Milestone, step), "complete", words="Done."),
        lambda: withdraw_evidence(get(Member, giver), get(CommitmentEvidence, piece)),
    )
    with session_scope(hub_engine):
        assert get(Milestone, step).status is MilestoneStatus.LIMITED


def test_a_coordinator_who_becomes_the_owner_has_accepted_nothing(hub_engine):
    """Whoever accepts evidence and takes the commitment over at the same moment: it counts for nobody."""
    with session_scope(hub_engine):
        owner, judge = make_member(), make_member(roles=[Role.COORDINATOR])
        commitment = make_commitment(owner=owner)
        handover = make_handover(commitment, to=judge, by=owner).id
        piece = make_evidence(commitment).id
        judge, commitment = judge.id, commitment.id
    outcomes = at_once(
        hub_engine,
        lambda: accept_evidence(get(Member, judge), get(CommitmentEvidence, piece)),
        lambda: accept_handover(get(Member, judge), get(Handover, handover)),
    )
    assert outcomes[1] is None
    assert outcomes[0] in {None, "ForbiddenError"}
    with session_scope(hub_engine):
        assert get(Commitment, commitment).owner_id == judge
        assert not supports_commitment(get(Commitment, commitment))
