"""Two people at the same moment at a revision that widens its record: never shown against one of them, never stuck."""

import pytest

from hub.catalogue.curation.service import approve_proposal, withdraw_proposal
from hub.catalogue.models import InnovationProposal, InnovationRevision
from hub.catalogue.review.service import propose_widening, release_revision
from hub.catalogue.service import withdraw_revision
from hub.core.database import session_scope
from hub.core.errors import ConflictError
from tests.catalogue import widenings
from tests.catalogue.records import EVERYBODY, MEMBERS
from tests.journeys.live import at_once
from tests.journeys.test_races_of_proofs import ONE_OF_TWO, ROUNDS, Stage, is_whole, outcomes

pytestmark = pytest.mark.db


@pytest.fixture
def hub(live_on_both):
    return live_on_both


@pytest.fixture
def stage(hub):
    return Stage(hub)


def revision_of(hub, proposal):
    """Return (table, id) of the revision that a proposal names."""
    with session_scope(hub.engine) as opened:
        return InnovationRevision, opened.get(*proposal).revision_id


def ended(hub, revision):
    """Return how the revision, its proposals and the readers of its record stand in the end."""
    with session_scope(hub.engine) as opened:
        found = opened.get(*revision)
        proposals = opened.query(InnovationProposal).filter_by(revision_id=found.id)
        return found.status, sorted(each.status for each in proposals), found.innovation.readership


@pytest.mark.parametrize(
    ("service", "name", "status"),
    [(withdraw_revision, "partner", "withdrawn"), (release_revision, "compiler", "submitted")],
)
def test_approving_while_the_revision_leaves_the_reviewers_hands(hub, stage, service, name, status):
    for _ in range(ROUNDS):
        (proposal,) = stage.make(widenings.taken_widening)
        revision = revision_of(hub, proposal)
        acts = (stage.act(approve_proposal, "holder", proposal), stage.act(service, name, revision))
        assert outcomes(*acts) == ONE_OF_TWO
        assert ended(hub, revision) in (
            ("approved", ["approved"], EVERYBODY),
            (status, ["withdrawn"], MEMBERS),
        )
    assert is_whole(hub)


def test_approving_what_its_proposer_withdraws(hub, stage):
    for _ in range(ROUNDS):
        (proposal,) = stage.make(widenings.taken_widening)
        revision = revision_of(hub, proposal)
        acts = (
            stage.act(approve_proposal, "holder", proposal),
            stage.act(withdraw_proposal, "compiler", proposal),
        )
        assert outcomes(*acts) == ONE_OF_TWO
        assert ended(hub, revision) in (
            ("approved", ["approved"], EVERYBODY),
            ("in_review", ["withdrawn"], MEMBERS),
        )


def test_proposing_what_its_owner_withdraws(hub, stage):
    for _ in range(ROUNDS):
        (revision,) = stage.make(widenings.taken_of)
        acts = (
            stage.act(propose_widening, "compiler", revision, reason=widenings.REASON),
            stage.act(withdraw_revision, "partner", revision),
        )
        proposed, withdrawn = at_once(*acts)
        assert withdrawn == "done"
        assert proposed == "done" or isinstance(proposed, ConflictError)
        proposals = ["withdrawn"] if proposed == "done" else []
        assert ended(hub, revision) == ("withdrawn", proposals, MEMBERS)
