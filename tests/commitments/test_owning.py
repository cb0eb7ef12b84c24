"""Commitments are handed over: nobody answers for one without accepting, and nothing of it is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.audit.models import AuditEntry
from hub.commitments.models import CommitmentStatus, HandoverStatus, MilestoneStatus, Ownership
from hub.commitments.owning.lapsing import lapse_handover, lapsing, left_alone, release_commitment
from hub.commitments.owning.queries import (
    handover_by_id,
    handovers_for,
    open_handover,
    ownerships_of,
    present_owners,
)
from hub.commitments.owning.service import (
    TIME_TO_ANSWER,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import FieldAudience, MemberStatus, RoleGrant
from tests.collaboration.acts import did, later, told
from tests.commitments.making import COUNTRY, make_commitment, make_evidence, make_handover, make_milestone
from tests.factories import make_member, make_profile

pytestmark = pytest.mark.db

OFFER = {"institution": "Home Office", "words": "Two of three steps are done."}


@pytest.fixture
def owner(database):
    return make_member()


@pytest.fixture
def next_owner(database):
    member = make_member()
    make_profile(member, audience=FieldAudience.MEMBERS, is_contactable=True)
    return member


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR])


def tags():
    return list(session().scalars(select(AuditEntry.tag).order_by(AuditEntry.number)))


def test_an_offer_changes_nothing_until_it_is_accepted(owner, next_owner):
    commitment = make_commitment(owner=owner)
    did(offer_handover, owner, commitment, to=next_owner.public_id, **OFFER)
    assert commitment.owner == owner
    assert [each.member for each in ownerships_of(commitment, viewer_of(owner))] == [owner]
    assert told(next_owner) == ["handover_offered"]
    assert handovers_for(viewer_of(next_owner))[0].commitment == commitment


def test_the_history_tells_who_handed_over_to_whom(owner, next_owner):
    commitment = make_commitment(owner=owner)
    handover = did(offer_handover, owner, commitment, to=next_owner.public_id, **OFFER)
    did(accept_handover, next_owner, handover, words="With pleasure.")
    assert commitment.owner == next_owner
    present, former = ownerships_of(commitment, viewer_of(owner))
    today = clock.now().date()
    assert (present.institution, present.member, present.began_on) == ("Home Office", next_owner, today)
    assert (former.institution, former.member, former.ended_on) == ("Cabinet Office", owner, today)
    assert present.words == OFFER["words"]
    assert tags() == ["handover:offer", "handover:accept"]
    assert told(owner) == ["handover_accepted"]


@pytest.mark.parametrize("lost", ["role", "account"])
def test_who_may_not_hand_it_over_any_more_handed_nothing_over(next_owner, lost):
    maker = make_member(focal_country=COUNTRY)
    commitment = make_commitment()
    handover = did(offer_handover, maker, commitment, to=next_owner.public_id, **OFFER)
    if lost == "role":
        session().scalar(select(RoleGrant)).ended_at = clock.now()
    else:
        maker.status = MemberStatus.SUSPENDED
    session().commit()
    with pytest.raises(ConflictError, match="any more"):
        did(accept_handover, next_owner, handover)
    assert commitment.owner is None
    assert lapsing() == ([handover.id] if lost == "account" else [])


def test_keepers_hear_who_answers_for_it_now(coordinator, owner, next_owner):
    handover = make_handover(make_commitment(owner=owner), to=next_owner, by=owner)
    did(accept_handover, next_owner, handover)
    assert told(coordinator) == ["handover_accepted"]


def test_visitors_read_the_institution_and_not_the_member(owner):
    commitment = make_commitment(owner=owner)
    (held,) = ownerships_of(commitment, VISITOR)
    assert (held.institution, held.member, held.has_page) == ("Cabinet Office", None, False)
    assert present_owners([commitment]) == {commitment.id: "Cabinet Office"}


def test_a_commitment_without_owner_gets_one_only_by_acceptance(coordinator, next_owner):
    commitment = make_commitment()
    handover = did(offer_handover, coordinator, commitment, to=next_owner.public_id, **OFFER)
    assert commitment.owner is None
    did(accept_handover, next_owner, handover)
    assert commitment.owner == next_owner


def test_a_second_offer_is_refused_while_one_waits(owner, coordinator, next_owner):
    commitment = make_commitment(owner=owner)
    did(offer_handover, owner, commitment, to=next_owner.public_id, **OFFER)
    with pytest.raises(ConflictError, match="waits"):
        did(offer_handover, coordinator, commitment, to=make_member().public_id, **OFFER)


@pytest.mark.parametrize("whom", ["themselves", "owner", "suspended", "nobody", "unreachable"])
def test_who_cannot_be_asked_is_named_at_the_field(owner, whom):
    focal_point = make_member(focal_country=COUNTRY)
    commitment = make_commitment(owner=owner)
    make_profile(owner, audience=FieldAudience.MEMBERS, is_contactable=True)
    shut_out = make_member(status=MemberStatus.SUSPENDED)
    make_profile(shut_out, is_contactable=True)
    hermit = make_member()
    make_profile(hermit, audience=FieldAudience.NOBODY)
    public_id = {
        "themselves": focal_point.public_id,
        "owner": owner.public_id,
        "suspended": shut_out.public_id,
        "nobody": "x" * 22,
        "unreachable": hermit.public_id,
    }[whom]
    with pytest.raises(InvalidError) as refused:
        did(offer_handover, focal_point, commitment, to=public_id, **OFFER)
    assert refused.value.field == "to"


@pytest.mark.parametrize("field", ["institution", "words"])
def test_an_offer_says_for_which_institution_and_what_is_open(owner, next_owner, field):
    with pytest.raises(InvalidError) as refused:
        did(
            offer_handover,
            owner,
            make_commitment(owner=owner),
            to=next_owner.public_id,
            **OFFER | {field: "  "},
        )
    assert refused.value.field == field


def test_a_draft_is_handed_to_nobody(coordinator, next_owner):
    draft = make_commitment(status=CommitmentStatus.DRAFT)
    with pytest.raises(ConflictError, match="Publish"):
        did(offer_handover, coordinator, draft, to=next_owner.public_id, **OFFER)


def test_an_offer_whose_time_is_over_is_refused_and_lapses(owner, next_owner, monkeypatch):
    commitment = make_commitment(owner=owner)
    handover = did(offer_handover, owner, commitment, to=next_owner.public_id, **OFFER)
    later(monkeypatch, TIME_TO_ANSWER)
    with pytest.raises(ConflictError, match="time"):
        did(accept_handover, next_owner, handover)
    assert lapsing() == [handover.id]
    assert did(lapse_handover, handover.id)
    assert not did(lapse_handover, handover.id)
    assert (handover.status, commitment.owner) == (HandoverStatus.LAPSED, owner)
    assert told(owner) == ["handover_lapsed"]
    assert told(next_owner) == []
    assert tags()[-1] == "handover:lapse"


def test_after_a_refusal_it_is_offered_to_somebody_else(owner, next_owner):
    commitment = make_commitment(owner=owner)
    first = did(offer_handover, owner, commitment, to=next_owner.public_id, **OFFER)
    did(decline_handover, next_owner, first, words="I leave too.")
    second = make_member()
    make_profile(second, audience=FieldAudience.MEMBERS, is_contactable=True)
    assert did(offer_handover, owner, commitment, to=second.public_id, **OFFER).status == "offered"
    assert told(owner) == ["handover_declined"]


def test_what_was_taken_back_is_told_and_answered_no_more(owner, next_owner):
    handover = make_handover(make_commitment(owner=owner), to=next_owner, by=owner)
    did(withdraw_handover, owner, handover)
    assert told(next_owner) == ["handover_withdrawn"]
    with pytest.raises(ConflictError):
        did(accept_handover, next_owner, handover)


def test_others_never_learn_of_an_offer(owner, next_owner):
    commitment = make_commitment(owner=owner)
    handover = make_handover(commitment, to=next_owner, by=owner)
    stranger = viewer_of(make_member())
    for viewer in (stranger, VISITOR):
        assert open_handover(commitment, viewer) is None
        with pytest.raises(NotFoundError):
            handover_by_id(handover.public_id, viewer)
    for member in (owner, next_owner, make_member(focal_country=COUNTRY)):
        assert handover_by_id(handover.public_id, viewer_of(member)) == handover


def test_an_owner_who_accepted_evidence_before_loses_what_rested_on_it(owner):
    judge = make_member(roles=[Role.COORDINATOR])
    commitment = make_commitment(owner=owner)
    milestone = make_milestone(commitment, status=MilestoneStatus.COMPLETE)
    told_by_source = make_milestone(commitment, status=MilestoneStatus.COMPLETE)
    make_evidence(commitment, milestone=milestone, decider=judge)
    did(accept_handover, judge, make_handover(commitment, to=judge, by=owner))
    session().refresh(milestone)
    assert (milestone.status, milestone.status_words) == (MilestoneStatus.LIMITED, "")
    assert told_by_source.status is MilestoneStatus.COMPLETE
    assert tags()[-1] == "milestone:step_back"
    assert "milestone_stepped_back" in told(judge)


@pytest.mark.parametrize(
    ("status", "vetted", "leaves"),
    [
        (MemberStatus.SUSPENDED, None, True),
        (MemberStatus.LAPSED, -15, True),
        (MemberStatus.LAPSED, -1, False),
        (MemberStatus.APPROVED, 10, False),
    ],
)
def test_who_is_shut_out_answers_for_nothing(owner, coordinator, status, vetted, leaves):
    commitment = make_commitment(owner=owner)
    owner.status = status
    owner.vetted_until = clock.now() + timedelta(days=vetted) if vetted else None
    session().commit()
    assert left_alone() == ([commitment.id] if leaves else [])
    assert did(release_commitment, commitment.id) is leaves
    assert (commitment.owner is None) is leaves
    assert told(coordinator) == ["commitment_unowned"] * leaves
    open_ones = select(Ownership).where(Ownership.ended_on.is_(None))
    assert (session().scalar(open_ones) is None) is leaves


def test_an_offer_to_who_is_shut_out_lapses_at_once(owner, next_owner):
    handover = make_handover(make_commitment(owner=owner), to=next_owner, by=owner)
    next_owner.status = MemberStatus.SUSPENDED
    session().commit()
    assert lapsing() == [handover.id]
    assert did(lapse_handover, handover.id)
