"""Tables of outcomes, written by hand, walked through the services: milestones, evidence, offers, and commitments."""

import pytest

from hub.access.viewer import Role
from hub.commitments.evidence.service import accept_evidence, reject_evidence, withdraw_evidence
from hub.commitments.keeping.service import end_commitment, publish_commitment, resume_commitment
from hub.commitments.lifecycle import COMMITMENTS, EVIDENCE, HANDOVERS, MILESTONES
from hub.commitments.milestones.moving import move_milestone
from hub.commitments.models import CommitmentStatus, EvidenceStatus, HandoverStatus, MilestoneStatus
from hub.commitments.owning.service import accept_handover, decline_handover, withdraw_handover
from hub.core.clock import now
from tests.catalogue.walking import read_table, states_of, walk
from tests.commitments.making import COUNTRY, make_commitment, make_evidence, make_handover, make_milestone
from tests.factories import make_member, make_organisation

# `keeper` is the focal point of the country, `foreign` that of another one; `bare` is limited without evidence
MILESTONE = read_table("""
:owner keeper coordinator foreign member
start     |not_started                                             |ok  ok  ok  403x2
start     |limited bare substantial complete dropped               |409 409 409 403x2
advance   |limited                                                 |ok  ok  ok  403x2
advance   |bare                                                    |422 422 422 403x2
advance   |not_started substantial complete dropped                |409 409 409 403x2
complete  |limited substantial                                     |ok  ok  ok  403x2
complete  |bare                                                    |422 422 422 403x2
complete  |not_started complete dropped                            |409 409 409 403x2
step_back |substantial complete                                    |ok  ok  ok  403x2
step_back |not_started limited bare dropped                        |409 409 409 403x2
drop      |not_started limited bare substantial                    |ok  ok  ok  403x2
drop      |complete dropped                                        |409 409 409 403x2
take_up   |dropped                                                 |ok  ok  ok  403x2
take_up   |not_started limited bare substantial complete           |409 409 409 403x2
""")

# `judge` is free; `giver` and `owner` are coordinators too, and `led` belongs to the institution that leads
PIECE = read_table("""
:judge giver owner led keeper member
accept    |given                            |ok  403 403 403 404x2
accept    |accepted                         |409 403 403 403 403x2
accept    |rejected withdrawn               |409 403 403 403 404x2
reject    |given                            |ok  403 403 403 404x2
reject    |accepted                         |409 403 403 403 403x2
reject    |rejected withdrawn               |409 403 403 403 404x2
withdraw  |given                            |403 ok  403 403 404x2
withdraw  |accepted                         |403 ok  403 403 403x2
withdraw  |rejected withdrawn               |403 409 403 403 404x2
""")

# `expired` is offered, but the time to answer is over
OFFER = read_table("""
:receiver owner keeper coordinator foreign member
accept    |offered                                   |ok  403 403 403 404x2
accept    |expired                                   |409 403 403 403 404x2
accept    |accepted declined withdrawn lapsed        |409 403 403 403 404x2
decline   |offered expired                           |ok  403 403 403 404x2
decline   |accepted declined withdrawn lapsed        |409 403 403 403 404x2
withdraw  |offered expired                           |403 ok  ok  ok  404x2
withdraw  |accepted declined withdrawn lapsed        |403 409 409 409 404x2
""")

RECORD = read_table("""
:owner keeper coordinator foreign member
publish   |draft            |404 ok  ok  404 404
publish   |active ended     |403 409 409 403 403
end       |active           |403 ok  ok  403 403
end       |draft            |404 409 409 404 404
end       |ended            |403 409 409 403 403
resume    |ended            |403 ok  ok  403 403
resume    |draft            |404 409 409 404 404
resume    |active           |403 409 409 403 403
""")

MOVES = {
    action: lambda actor, milestone, action=action: move_milestone(
        actor, milestone, action, words="As planned."
    )
    for action in ("start", "advance", "complete", "step_back", "drop", "take_up")
}
DECISIONS = {
    "accept": accept_evidence,
    "reject": lambda actor, piece: reject_evidence(actor, piece, words="It shows nothing."),
    "withdraw": withdraw_evidence,
}
ANSWERS = {"accept": accept_handover, "decline": decline_handover, "withdraw": withdraw_handover}
STEPS = {
    "publish": publish_commitment,
    "end": lambda actor, commitment: end_commitment(actor, commitment, words="The plan is over."),
    "resume": resume_commitment,
}

MILESTONE_LEADS = {
    "start": "limited",
    "advance": "substantial",
    "complete": "complete",
    "step_back": "limited",
    "drop": "dropped",
    "take_up": "not_started",
}
PIECE_LEADS = {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn"}
OFFER_LEADS = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}
RECORD_LEADS = {"publish": "active", "end": "ended", "resume": "active"}
"""Where each action leads, written by hand."""


@pytest.fixture
def cast(database):
    """Everybody by name."""
    institution = make_organisation("Home Office")
    return {
        "institution": institution,
        "member": make_member(),
        "receiver": make_member(),
        "keeper": make_member(focal_country=COUNTRY),
        "foreign": make_member(focal_country="IT"),
        "coordinator": make_member(roles=[Role.COORDINATOR]),
        "judge": make_member(roles=[Role.COORDINATOR]),
        "giver": make_member(roles=[Role.COORDINATOR]),
        "owner": make_member(),
        "led": make_member(roles=[Role.COORDINATOR], belongs_to=[institution]),
    }


def a_milestone(cast, state):
    commitment = make_commitment(owner=cast["owner"])
    if state != "bare":
        make_evidence(commitment, giver=cast["giver"], decider=cast["judge"])
    return make_milestone(commitment, status=MilestoneStatus("limited" if state == "bare" else state))


def a_piece(cast, state):
    cast["owner"] = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=cast["owner"], parties=[cast["institution"]])
    decider = cast["judge"] if state in {"accepted", "rejected"} else None
    return make_evidence(commitment, giver=cast["giver"], decider=decider, status=EvidenceStatus(state))


def an_offer(cast, state):
    commitment = make_commitment(owner=cast["owner"])
    status = HandoverStatus("offered" if state == "expired" else state)
    days = -1 if state == "expired" else 14
    return make_handover(commitment, to=cast["receiver"], by=cast["owner"], status=status, days=days)


def a_record(cast, state):
    source = {"source_url": "https://example.org/plan", "objective": "A hub.", "retrieved_on": now().date()}
    return make_commitment(owner=cast["owner"], status=CommitmentStatus(state), **source)


@pytest.mark.parametrize(
    ("table", "lifecycle", "states", "by_itself"),
    [
        (MILESTONE, MILESTONES, {*MilestoneStatus, "bare"}, set()),
        (PIECE, EVIDENCE, set(EvidenceStatus), set()),
        (OFFER, HANDOVERS, {*HandoverStatus, "expired"}, {"lapse"}),
        (RECORD, COMMITMENTS, set(CommitmentStatus), set()),
    ],
    ids=["milestones", "evidence", "offers", "commitments"],
)
def test_the_tables_hold_every_action_state_and_person(table, lifecycle, states, by_itself):
    actions = {row.action for row in lifecycle} - by_itself
    people = {person for _action, _state, person in table}
    assert {(action, state, who) for action in actions for state in states for who in people} == table.keys()


@pytest.mark.db(state=frozenset({"limited"}))
@pytest.mark.parametrize("state", states_of(MILESTONE))
def test_who_answers_for_a_commitment_moves_its_milestones(cast, state):
    assert walk(MILESTONE, state, MOVES, cast, lambda _cast: a_milestone(cast, state), MILESTONE_LEADS) == {}


@pytest.mark.db(state=frozenset({"given"}))
@pytest.mark.parametrize("state", states_of(PIECE))
def test_neither_owner_nor_giver_decides_about_evidence(cast, state):
    assert walk(PIECE, state, DECISIONS, cast, lambda _cast: a_piece(cast, state), PIECE_LEADS) == {}


@pytest.mark.db(state=frozenset({"offered"}))
@pytest.mark.parametrize("state", states_of(OFFER))
def test_an_offer_is_answered_by_whom_it_was_made_to(cast, state):
    assert walk(OFFER, state, ANSWERS, cast, lambda _cast: an_offer(cast, state), OFFER_LEADS) == {}


@pytest.mark.parametrize("state", states_of(RECORD))
def test_keepers_publish_and_end_a_record(cast, state):
    assert walk(RECORD, state, STEPS, cast, lambda _cast: a_record(cast, state), RECORD_LEADS) == {}
