"""Evidence for commitments: who gives it, who decides, and what counts only while others than the owner accepted it."""

from itertools import product

import pytest

from hub.access.viewer import VISITOR, Role, Viewer
from hub.commitments.evidence.details import EvidenceDetails
from hub.commitments.evidence.gate import backed_ids, supports, supports_commitment
from hub.commitments.evidence.queries import (
    count_to_decide,
    evidence_of,
    evidence_to_decide,
    undecidable,
)
from hub.commitments.evidence.service import (
    MOST_WAITING,
    OWN_COMMITMENT,
    OWN_EVIDENCE,
    accept_evidence,
    give_evidence,
    recuse_from_evidence,
    reject_evidence,
    why_not,
    withdraw_evidence,
)
from hub.commitments.models import (
    Commitment,
    CommitmentEvidence,
    CommitmentStatus,
    EvidenceStatus,
    MilestoneStatus,
)
from hub.commitments.owning.queries import ownerships_of
from hub.commitments.owning.service import accept_handover
from hub.commitments.permissions import can_view_evidence, evidence_visible_to
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.integrity.escalation import Bench
from hub.integrity.viewers import viewer_of
from hub.privacy.erasure import erase_account
from tests.collaboration.acts import did, told
from tests.commitments.making import COUNTRY, make_commitment, make_evidence, make_handover, make_milestone
from tests.factories import make_member, make_organisation

PIECE = EvidenceDetails("A report", "The hub stands.", "https://example.org/report")
OWNER, GIVER, JUDGE, NEXT = 1, 2, 3, 4


@pytest.fixture
def judge(database):
    return make_member(roles=[Role.COORDINATOR])


def viewer(number, *roles):
    return Viewer(member_id=number, public_id="v" * 22, roles=frozenset(roles))


def piece_of(decided_by=JUDGE, owner=OWNER, status=EvidenceStatus.ACCEPTED):
    """Return a piece that is not stored."""
    commitment = Commitment(public_id="c" * 22, owner_id=owner, country=COUNTRY, parties=[])
    return CommitmentEvidence(
        public_id="e" * 22,
        commitment=commitment,
        given_by_id=GIVER,
        decided_by_id=decided_by,
        status=status,
    )


@pytest.mark.parametrize(
    ("who", "words"), [(OWNER, OWN_COMMITMENT), (GIVER, OWN_EVIDENCE), (JUDGE, ""), (NEXT, "")]
)
def test_a_coordinator_is_told_why_somebody_else_must_decide(who, words):
    waiting = piece_of(decided_by=None, status=EvidenceStatus.GIVEN)
    assert why_not(viewer(who, Role.COORDINATOR), waiting) == words


@pytest.mark.db
def test_every_member_gives_evidence_and_free_coordinators_are_asked(judge):
    institution = make_organisation()
    conflicted = make_member(roles=[Role.COORDINATOR], belongs_to=[institution])
    commitment = make_commitment(parties=[institution])
    piece = did(give_evidence, make_member(), commitment, PIECE)
    assert piece.status is EvidenceStatus.GIVEN
    assert told(judge) == ["commitment_evidence_given"]
    assert told(conflicted) == []
    counted = [count_to_decide(viewer_of(each)) for each in (judge, conflicted)]
    assert counted == [1, 0]
    assert list(evidence_to_decide(viewer_of(make_member()))) == []


@pytest.mark.db
def test_evidence_of_the_owner_counts_only_once_somebody_else_accepts_it(judge):
    owner = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=owner)
    piece = did(give_evidence, owner, commitment, PIECE)
    assert not supports_commitment(commitment)
    with pytest.raises(ForbiddenError, match="never did"):
        did(accept_evidence, owner, piece)
    did(accept_evidence, judge, piece, words="Clear enough.")
    assert supports_commitment(commitment)
    assert told(owner) == ["commitment_evidence_decided"]


@pytest.mark.db
def test_what_an_owner_accepted_does_not_count_once_they_left_the_hub(database):
    owner, judge = make_member(), make_member()
    commitment = make_commitment(owner=owner)
    milestone = make_milestone(commitment)
    make_evidence(commitment, decider=judge)
    assert backed_ids(commitment) == {milestone.id}
    did(accept_handover, judge, make_handover(commitment, to=judge, by=owner))
    did(accept_handover, owner, make_handover(commitment, to=owner, by=judge))
    did(erase_account, judge)
    assert backed_ids(commitment) == frozenset()
    assert [each.member for each in ownerships_of(commitment, viewer_of(owner))] == [owner, None, owner]


@pytest.mark.db
def test_a_former_owner_decides_nothing_about_their_own_time(judge):
    former = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=former)
    make_evidence(commitment, decider=former)
    did(accept_handover, judge, make_handover(commitment, to=judge, by=former))
    assert not supports_commitment(commitment)
    with pytest.raises(ForbiddenError, match="never did"):
        did(accept_evidence, former, make_evidence(commitment))


@pytest.mark.db
def test_a_piece_supports_its_milestone_or_all_of_them(judge):
    commitment = make_commitment()
    first, second = make_milestone(commitment), make_milestone(commitment)
    other = make_milestone(make_commitment())
    make_evidence(commitment, milestone=first, decider=judge)
    assert [supports(each) for each in (first, second, other)] == [True, False, False]
    make_evidence(commitment, decider=judge)
    assert [supports(each) for each in (first, second, other)] == [True, True, False]


@pytest.mark.db
def test_taking_it_back_takes_back_what_rested_on_it(judge):
    owner, giver = make_member(), make_member()
    commitment = make_commitment(owner=owner)
    milestone = make_milestone(commitment, status=MilestoneStatus.SUBSTANTIAL)
    held = make_milestone(commitment, status=MilestoneStatus.COMPLETE)
    make_evidence(commitment, milestone=held, decider=judge)
    piece = make_evidence(commitment, milestone=milestone, giver=giver, decider=judge)
    did(withdraw_evidence, giver, piece)
    session().expire_all()
    assert (milestone.status, held.status) == (MilestoneStatus.LIMITED, MilestoneStatus.COMPLETE)
    assert told(owner) == ["milestone_stepped_back"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"finding": ""}, "finding"),
        ({"url": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://example.org/" + "x" * 500}, "url"),
        ({"milestone_number": 9}, "milestone"),
    ],
)
def test_what_cannot_be_given_is_named_at_its_field(database, change, field):
    values = {"title": "A report", "finding": "It stands.", "url": "https://example.org", **change}
    with pytest.raises(InvalidError) as refused:
        did(give_evidence, make_member(), make_commitment(), EvidenceDetails(**values))
    assert refused.value.field == field


def test_what_was_accepted_is_not_given_again_for_the_same_step(judge):
    commitment = make_commitment()
    make_milestone(commitment)
    make_evidence(commitment, decider=judge, url=PIECE.url)
    with pytest.raises(InvalidError, match="already"):
        did(give_evidence, make_member(), commitment, PIECE)
    about_the_step = EvidenceDetails(PIECE.title, PIECE.finding, PIECE.url, 1)
    assert did(give_evidence, make_member(), commitment, about_the_step).milestone.number == 1


def test_nobody_floods_the_desk(database):
    giver, commitment = make_member(), make_commitment()
    for _ in range(MOST_WAITING):
        make_evidence(commitment, giver=giver)
    with pytest.raises(ConflictError, match="wait"):
        did(give_evidence, giver, commitment, PIECE)


def test_a_rejection_says_why(judge):
    giver = make_member()
    piece = make_evidence(make_commitment(), giver=giver)
    with pytest.raises(InvalidError):
        did(reject_evidence, judge, piece, words=" ")
    did(reject_evidence, judge, piece, words="It is about another hub.")
    assert told(giver) == ["commitment_evidence_decided"]


def test_who_recused_themselves_decides_no_more(judge):
    piece = make_evidence(make_commitment())
    did(recuse_from_evidence, judge, piece, "My sister wrote it.")
    with pytest.raises(ForbiddenError):
        did(accept_evidence, judge, piece)


def test_evidence_waits_for_a_published_commitment(judge):
    with pytest.raises(ConflictError, match="Publish"):
        did(give_evidence, judge, make_commitment(status=CommitmentStatus.DRAFT), PIECE)


@pytest.mark.db
def test_what_nobody_may_decide_reaches_integrity_officers(judge):
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    commitment = make_commitment()
    make_evidence(commitment, giver=judge)
    (item,) = undecidable(viewer_of(officer), Bench())
    assert (item.address, item.candidates, item.free) == (commitment.code, 1, 0)
    assert undecidable(viewer_of(judge), Bench()) == []


@pytest.mark.db
def test_lists_show_what_each_may_read(judge):
    owner, giver = make_member(), make_member()
    focal_point = make_member(focal_country=COUNTRY)
    pieces = []
    for status, held_by in product(CommitmentStatus, (owner, None)):
        commitment = make_commitment(owner=held_by, status=status)
        pieces += [
            make_evidence(commitment, giver=giver),
            make_evidence(commitment, giver=giver, decider=judge),
            make_evidence(commitment, giver=giver, decider=judge, status=EvidenceStatus.REJECTED),
        ]
    viewers = [VISITOR, *(viewer_of(each) for each in (owner, giver, judge, focal_point, make_member()))]
    for somebody in viewers:
        found = set(session().query(CommitmentEvidence).filter(evidence_visible_to(somebody)))
        assert found == {each for each in pieces if can_view_evidence(somebody, each)}
    assert len(evidence_of(pieces[-1].commitment, VISITOR)) == 1


@pytest.mark.db
@pytest.mark.parametrize("colleague_of", ["owner", "giver"])
def test_nobody_decides_about_evidence_of_their_own_organisation(database, colleague_of):
    institution = make_organisation()
    people = {
        name: make_member(belongs_to=[institution] * (name == colleague_of)) for name in ("owner", "giver")
    }
    colleague = make_member(roles=[Role.COORDINATOR], belongs_to=[institution])
    piece = make_evidence(make_commitment(owner=people["owner"]), giver=people["giver"])
    with pytest.raises(ForbiddenError, match="organisation"):
        did(accept_evidence, colleague, piece)
