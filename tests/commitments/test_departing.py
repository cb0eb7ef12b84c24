"""What becomes of commitments when their owner erases the account, and of organisations that are merged."""

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.commitments.departing import open_commitments
from hub.commitments.merging import commitments_merged
from hub.commitments.models import CommitmentEvidence, EvidenceStatus, HandoverStatus, Ownership
from hub.commitments.owning.queries import ownerships_of
from hub.commitments.owning.service import accept_handover
from hub.commitments.permissions import can_decide_evidence
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.privacy.erasure import erase_account
from tests.collaboration.acts import did, told
from tests.commitments.making import COUNTRY, make_commitment, make_evidence, make_handover
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def owner(database):
    return make_member()


def test_who_leaves_leaves_the_commitment_without_owner_and_keepers_hear_of_it(owner):
    focal_point = make_member(focal_country=COUNTRY)
    coordinator = make_member(roles=[Role.COORDINATOR])
    foreign = make_member(focal_country="IT")
    commitment = make_commitment(owner=owner)
    did(erase_account, owner)
    session().expire_all()
    assert commitment.owner is None
    (held,) = ownerships_of(commitment, viewer_of(coordinator))
    assert (held.institution, held.member, held.is_present) == ("Cabinet Office", None, False)
    assert told(focal_point) == told(coordinator) == ["commitment_unowned"]
    assert told(foreign) == []


def test_a_hand_over_that_was_begun_ends_well_though_the_owner_left(owner):
    successor = make_member()
    commitment = make_commitment(owner=owner)
    handover = make_handover(commitment, to=successor, by=owner)
    did(erase_account, owner)
    session().expire_all()
    did(accept_handover, successor, handover)
    assert commitment.owner == successor


def test_an_offer_to_who_leaves_lapses_and_their_evidence_waits_on(owner):
    leaver = make_member()
    commitment = make_commitment(owner=owner)
    handover = make_handover(commitment, to=leaver, by=owner)
    piece = make_evidence(commitment, giver=leaver)
    assert open_commitments(leaver).offered == (handover,)
    did(erase_account, leaver)
    session().expire_all()
    assert handover.status is HandoverStatus.LAPSED
    assert session().get(CommitmentEvidence, piece.id).status is EvidenceStatus.GIVEN
    assert session().scalar(select(Ownership.member_id)) == owner.id


def test_institutions_follow_a_merge_and_so_do_conflicts(database):
    former, present = make_organisation("Former"), make_organisation("Present")
    judge = make_member(roles=[Role.COORDINATOR], belongs_to=[present])
    piece = make_evidence(make_commitment(parties=[former]))
    assert can_decide_evidence(viewer_of(judge), piece)
    did(commitments_merged, former.id, present.id)
    (party,) = piece.commitment.parties
    assert (party.organisation, party.name) == (present, "Former")
    assert not can_decide_evidence(viewer_of(judge), piece)
