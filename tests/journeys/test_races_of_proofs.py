"""Two people at the same moment, at evidence, replications, claims, offers, proposals: one wins, the log is whole."""

from collections import Counter
from threading import Event
from time import sleep

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.catalogue.curation.service import approve_proposal, decline_proposal, withdraw_proposal
from hub.catalogue.evidence.level import level_of
from hub.catalogue.evidence.service import accept_evidence, reject_evidence
from hub.catalogue.models import Innovation
from hub.catalogue.ownership.service import accept_offer, claim_record, withdraw_offer
from hub.catalogue.replications.service import confirm_replication, dispute_replication
from hub.catalogue.tasks.service import take_task
from hub.core.database import session, session_scope, transaction
from hub.core.errors import ConflictError
from hub.members.models import Member
from hub.organisations.models import Organisation
from tests.catalogue import afterwards, proofs
from tests.catalogue.cast import Cast, compiled_record, make_cast, record_of, take
from tests.journeys.live import at_once

pytestmark = pytest.mark.db

ROUNDS = 3


@pytest.fixture
def hub(live_on_both):
    return live_on_both


class Stage:
    """People and things of one hub, by their ids, so that each thread loads its own."""

    def __init__(self, hub):
        self.engine = hub.engine
        with session_scope(self.engine):
            cast = make_cast()
            self.members = {name: member and member.id for name, member in cast.people.items()}
            self.organisations = [cast.owner.id, cast.adopting.id]

    def make(self, *makers):
        """Make some things one after the other, each from the cast; return (table, id) of each."""
        with session_scope(self.engine) as opened:
            cast = Cast(
                *(opened.get(Organisation, number) for number in self.organisations),
                {name: number and opened.get(Member, number) for name, number in self.members.items()},
            )
            made = [maker(cast) for maker in makers]
            return [(type(each), each.id) for each in made]

    def act(self, service, name, thing, **named):
        """Prepare a call of a service as one person."""

        def run():
            with session_scope(self.engine) as opened, transaction():
                service(opened.get(Member, self.members[name]), opened.get(*thing), **named)
            return "done"

        return run


@pytest.fixture
def stage(hub):
    return Stage(hub)


def outcomes(*acts):
    return Counter(each if isinstance(each, str) else type(each) for each in at_once(*acts))


ONE_OF_TWO = {"done": 1, ConflictError: 1}


def logged(hub, *tags):
    with session_scope(hub.engine) as opened:
        return opened.scalar(select(func.count()).where(AuditEntry.tag.in_(tags)))


def is_whole(hub):
    with session_scope(hub.engine):
        return verify_stored(stored_entries(), first_loose_number()).is_whole


def level_is_right(hub):
    """Whether every stored level is the computed one."""
    with session_scope(hub.engine) as opened:
        return all(
            each.evidence_level == level_of(each).number for each in opened.scalars(select(Innovation))
        )


def test_two_coordinators_take_one_task(hub, stage):
    for number in range(1, ROUNDS + 1):
        (evidence,) = stage.make(proofs.evidence_for)
        acts = [stage.act(take_task, name, evidence) for name in ("free", "holder")]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "task:take") == number
    assert is_whole(hub)


def test_accepting_and_rejecting_one_piece_of_evidence(hub, stage):
    for number in range(1, ROUNDS + 1):
        (evidence,) = stage.make(lambda cast: take(cast, proofs.evidence_for(cast)))
        acts = (
            stage.act(accept_evidence, "holder", evidence),
            stage.act(reject_evidence, "holder", evidence, words="No."),
        )
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "evidence:accept", "evidence:reject") == number
    assert level_is_right(hub)
    assert is_whole(hub)


def test_two_pieces_of_evidence_accepted_at_once_both_count(hub, stage):
    for _ in range(ROUNDS):
        ((_kind, record),) = stage.make(record_of)
        pieces = stage.make(
            lambda cast, record=record: waiting(cast, record, "testimony", "holder"),
            lambda cast, record=record: waiting(cast, record, "randomised_trial", "free"),
        )
        acts = (
            stage.act(accept_evidence, name, piece)
            for name, piece in zip(("holder", "free"), pieces, strict=True)
        )
        assert outcomes(*acts) == {"done": 2}
        with session_scope(hub.engine) as opened:
            assert opened.get(Innovation, record).evidence_level == 3
    assert is_whole(hub)


def test_who_decides_second_counts_what_the_first_decided(hub, stage):
    ((_kind, record),) = stage.make(record_of)
    trial, word = stage.make(
        lambda cast: waiting(cast, record, "randomised_trial", "free"),
        lambda cast: waiting(cast, record, "testimony", "holder"),
    )
    is_decided = Event()

    def first():
        with session_scope(hub.engine) as opened, transaction():
            accept_evidence(opened.get(Member, stage.members["free"]), opened.get(*trial))
            is_decided.set()
            sleep(0.5)  # the second begins before this is committed
        return "done"

    def second():
        is_decided.wait(30)
        return stage.act(accept_evidence, "holder", word)()

    assert outcomes(first, second) == {"done": 2}
    with session_scope(hub.engine) as opened:
        assert opened.get(Innovation, record).evidence_level == 3


def waiting(cast, record, kind, by):
    innovation = session().get(Innovation, record)
    return take(cast, proofs.evidence_for(cast, innovation, type=kind), by=by)


def test_two_confirm_one_replication(hub, stage):
    for number in range(1, ROUNDS + 1):
        (replication,) = stage.make(lambda cast: proofs.claimed(cast, by="adopter"))
        acts = [stage.act(confirm_replication, name, replication) for name in ("partner", "second")]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "replication:confirm") == number
    assert is_whole(hub)


def test_confirming_and_disputing_at_once(hub, stage):
    for _ in range(ROUNDS):
        (replication,) = stage.make(lambda cast: proofs.claimed(cast, by="adopter"))
        acts = (
            stage.act(confirm_replication, "partner", replication),
            stage.act(dispute_replication, "second", replication, **proofs.WORDS),
        )
        found = outcomes(*acts)
        # what is confirmed may be disputed a moment later
        assert found in ({"done": 2}, ONE_OF_TWO)
    assert is_whole(hub)


def test_two_claims_on_one_record(hub, stage):
    for number in range(1, ROUNDS + 1):
        (record,) = stage.make(compiled_record)
        acts = [stage.act(claim_record, name, record, words="Ours.") for name in ("partner", "second")]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "innovation:claim") == number
    assert is_whole(hub)


def test_an_offer_is_accepted_or_withdrawn(hub, stage):
    for number in range(1, ROUNDS + 1):
        (offer,) = stage.make(afterwards.offer_of)
        acts = (stage.act(accept_offer, "adopter", offer), stage.act(withdraw_offer, "partner", offer))
        found = outcomes(*acts)
        assert found["done"] == 1
        assert logged(hub, "innovation:accept_offer", "innovation:withdraw_offer") == number
    assert is_whole(hub)


def test_one_decision_on_a_proposal(hub, stage):
    tags = ("innovation:take_down", "innovation:decline_proposal", "innovation:withdraw_proposal")
    for number in range(1, ROUNDS + 1):
        (proposal,) = stage.make(lambda cast: take(cast, afterwards.proposal_of(cast)))
        acts = (
            stage.act(approve_proposal, "holder", proposal),
            stage.act(decline_proposal, "holder", proposal, words="No."),
            stage.act(withdraw_proposal, "compiler", proposal),
        )
        assert outcomes(*acts) == {"done": 1, ConflictError: 2}
        assert logged(hub, *tags) == number
    assert is_whole(hub)
