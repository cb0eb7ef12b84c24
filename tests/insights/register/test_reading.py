"""Which decisions stand in the register, how long they took, and whose standing aside is counted with them."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.curation.service import approve_proposal, propose
from hub.catalogue.evidence.permissions import can_view_evidence
from hub.catalogue.evidence.service import reopen_evidence
from hub.catalogue.models import Evidence, ProposedAction, Replication
from hub.catalogue.replications.permissions import can_view_replication
from hub.catalogue.review.service import (
    Opinion,
    decline_revision,
    publish_revision,
    request_changes,
    take_revision,
)
from hub.catalogue.service import submit_revision
from hub.core.clock import now
from hub.core.database import session
from hub.insights.register.kinds import Hands
from hub.insights.register.sources.proving import public_proofs
from hub.integrity.permissions import Conflict
from hub.integrity.service import record_recusal
from tests.catalogue import proofs, widenings
from tests.catalogue.cast import did, make_cast, record_of, take
from tests.catalogue.records import MEMBERS, OPINION, declined, published, returned, revised, save, submitted
from tests.collaboration.requests import make_coordinator, submitted_request
from tests.insights.register.scenes import events, only, register

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def send_and_take(cast, innovation):
    """Send a further revision to review and have it taken."""
    revision = revised(cast.scene, innovation)
    did(submit_revision, cast["registrar"], revision, version=revision.version)
    did(take_revision, cast["reviewer"], revision)
    return revision


def recuse(cast, innovation):
    did(record_recusal, cast.viewer("conflicted"), innovation.subject, Conflict.OWN_ORGANISATION)


def test_a_publication_took_as_long_as_it_waited_since_it_was_sent(cast):
    with time_machine.travel(now() + timedelta(days=1), tick=False) as clock:
        revision = submitted(cast.scene)
        clock.shift(timedelta(days=3, hours=12))
        did(take_revision, cast["reviewer"], revision)
        did(publish_revision, cast["reviewer"], revision)
    found = only(Event.INNOVATION_PUBLISH)
    assert (found.days, found.kind.hands, found.about) == (3.5, Hands.ONE, revision.innovation.subject)


def test_what_is_hidden_changes_nothing(cast):
    proofs.accepted_evidence(cast, record_of(cast))
    before = register()
    hidden = record_of(cast, readership=MEMBERS)
    recuse(cast, hidden)
    proofs.accepted_evidence(cast, hidden)
    did(decline_revision, cast["reviewer"], send_and_take(cast, hidden), OPINION["decline"])
    returned(cast.scene)
    declined(cast.scene)
    submitted_request(taken_by=make_coordinator())
    assert before
    assert register() == before


def test_what_is_narrowed_leaves_the_register(cast):
    innovation = record_of(cast)
    assert events()
    save(cast["registrar"], revised(cast.scene, innovation), readership=MEMBERS)
    assert not register()


def test_a_refused_revision_of_a_public_record_is_told_with_its_reasons_alone(cast):
    innovation = record_of(cast)
    opinion = Opinion(("out_of_scope",), "canary words")
    did(decline_revision, cast["reviewer"], send_and_take(cast, innovation), opinion)
    found = only(Event.INNOVATION_DECLINE)
    assert found.reasons == ("out_of_scope",)
    assert "canary" not in repr(found)


def test_that_changes_were_asked_for_is_told_once_the_revision_is_public(cast):
    innovation = record_of(cast)
    revision = send_and_take(cast, innovation)
    did(request_changes, cast["reviewer"], revision, OPINION["request_changes"])
    assert events() == ["innovation:publish"]
    did(submit_revision, cast["registrar"], revision, version=revision.version)
    did(take_revision, cast["reviewer"], revision)
    did(publish_revision, cast["reviewer"], revision)
    assert events() == ["innovation:publish", "innovation:request_changes", "innovation:publish"]


def test_a_widening_stands_there_once_and_nothing_from_before_it(cast):
    widenings.approved_widening(cast)
    assert events() == ["innovation:widen"]
    assert only(Event.INNOVATION_WIDEN).kind.hands is Hands.TWO


def test_featuring_took_as_long_as_its_proposal_waited(cast):
    innovation = record_of(cast)
    with time_machine.travel(now() + timedelta(days=1), tick=False) as clock:
        proposal = did(
            propose, cast["compiler"], innovation, ProposedAction.FEATURE, reason="Good.", disclosure="Nobody"
        )
        clock.shift(timedelta(days=2))
        did(approve_proposal, cast["holder"], take(cast, proposal))
    found = only(Event.INNOVATION_FEATURE)
    assert (found.days, found.kind.hands) == (2.0, Hands.TWO)


def test_who_stood_aside_is_counted_with_the_next_decision(cast):
    innovation = record_of(cast)
    recuse(cast, innovation)
    assert [each.recusals for each in register()] == [0]
    proofs.accepted_evidence(cast, innovation)
    proofs.accepted_evidence(cast, innovation, title="Another one")
    assert [each.recusals for each in register()] == [0, 1, 0]


def test_who_stood_aside_from_what_is_not_shown_is_counted_nowhere(cast):
    innovation = record_of(cast)
    recuse(cast, innovation)
    proofs.rejected_evidence(cast, innovation)
    proofs.accepted_evidence(cast, innovation)
    assert sum(each.recusals for each in register()) == 0


def test_evidence_that_is_opened_again_leaves_the_register(cast):
    evidence = proofs.accepted_evidence(cast, record_of(cast))
    assert "evidence:accept" in events()
    did(reopen_evidence, cast["holder"], evidence, words="The report was withdrawn.")
    assert "evidence:accept" not in events()


def test_proofs_are_shown_as_permissions_say(cast):
    for build in (
        proofs.evidence_for,
        proofs.accepted_evidence,
        proofs.rejected_evidence,
        proofs.claimed,
        proofs.verified,
        proofs.disputed,
        proofs.failed,
    ):
        build(cast)
    session().expire_all()
    known = public_proofs()
    evidence = session().query(Evidence).all()
    replications = session().query(Replication).all()
    assert {each.subject: known[each.subject].is_shown for each in (*evidence, *replications)} == {
        **{each.subject: can_view_evidence(VISITOR, each) for each in evidence},
        **{each.subject: can_view_replication(VISITOR, each) for each in replications},
    }
    assert len({each.is_shown for each in known.values()}) == 2


def test_organisations_are_in_the_register_since_they_were_verified(cast):
    subject = cast.owner.subject
    for event in (Event.ORGANISATION_DECLINE, Event.ORGANISATION_VERIFY, Event.ORGANISATION_DECLINE):
        did(record, VISITOR, event, subject)
    assert events() == ["organisation:verify", "organisation:decline"]


def test_an_entry_without_what_it_was_decided_on_is_left_out(cast):
    innovation = published(cast.scene).innovation
    did(record, VISITOR, Event.INNOVATION_FEATURE, innovation.subject)
    assert events() == ["innovation:publish"]
