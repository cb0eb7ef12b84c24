"""What came of a partnership: one side records it, the other signs; completion, and being asked again a year on."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from hub.audit.models import AuditEntry
from hub.collaboration.lifecycle import OUTCOMES
from hub.collaboration.models import (
    LevelStep,
    OutcomeMoment,
    OutcomeStatus,
    RequestStatus,
    ResponseStatus,
    ServiceLevelStep,
    Side,
)
from hub.collaboration.partnerships.outcomes import agree_outcome, dispute_outcome, revise_outcome
from hub.collaboration.partnerships.queries import follow_ups_due, outcomes_of
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.notifications.models import Notification
from tests.collaboration.partners import WORDS, an_outcome, partners, recorded, signed
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

SIX, TWELVE = OutcomeMoment.SIX_MONTHS, OutcomeMoment.TWELVE_MONTHS


def told(member, kind):
    return session().scalar(
        select(func.count(Notification.id)).where(
            Notification.member_id == member.id, Notification.kind == kind
        )
    )


def logged(tag):
    return session().scalar(select(func.count(AuditEntry.number)).where(AuditEntry.tag == tag))


@pytest.fixture
def found(database):
    return partners(RequestStatus.ACTIVE)


@pytest.mark.parametrize("side", list(Side))
def test_either_side_records_and_the_other_signs(found, side):
    ours, theirs = found.poster, found.responder
    if side is Side.RESPONDER:
        ours, theirs = theirs, ours
    outcome = recorded(ours, found.response)
    assert (outcome.side, outcome.status) == (side, OutcomeStatus.RECORDED)
    assert (told(theirs, "outcome_recorded"), told(ours, "outcome_recorded")) == (1, 0)
    for nobody, error in ((ours, ForbiddenError), (make_member(), NotFoundError)):
        with pytest.raises(error), transaction():
            agree_outcome(nobody, outcome, version=1)
    with transaction():
        agree_outcome(theirs, outcome, version=1)
    assert (outcome.status, outcome.answered_by_id) == (OutcomeStatus.AGREED, theirs.id)
    assert told(ours, "outcome_agreed") == 1
    assert (logged("outcome:record"), logged("outcome:agree"), logged("request:complete")) == (1, 1, 1)


def test_who_recorded_never_signs_even_from_the_other_side(database):
    office, lab = make_organisation(), make_organisation()
    poster = make_member(represents=[office])
    found = partners(RequestStatus.ACTIVE, poster=poster, organisation_id=office.id, organisation=lab)
    both = make_member(represents=[office, lab])
    with pytest.raises(ForbiddenError):
        recorded(both, found.response)
    outcome = recorded(found.poster, found.response)
    with pytest.raises(ForbiddenError), transaction():
        agree_outcome(both, outcome, version=1)
    with pytest.raises(IntegrityError), transaction():
        OUTCOMES.move(outcome, "agree", answered_by_id=found.poster.id, answered_at=now())


def test_a_request_is_completed_by_the_last_outcome(found):
    second = responded(found.request, status=ResponseStatus.ACCEPTED)
    recorded(found.poster, found.response)
    assert found.request.status is RequestStatus.ACTIVE
    recorded(second.responder, second, kind="none")
    assert found.request.status is RequestStatus.COMPLETED
    assert found.request.completed_at is not None


def test_an_outcome_is_recorded_once(found):
    recorded(found.poster, found.response)
    with pytest.raises(ConflictError):
        recorded(found.responder, found.response)
    assert len(outcomes_of(found.response)) == 1


@pytest.mark.parametrize("status", [RequestStatus.AGREED, RequestStatus.CANCELLED])
def test_nothing_is_recorded_before_the_work_or_after_it_was_cancelled(database, status):
    found = partners(status)
    with pytest.raises(ConflictError):
        recorded(found.poster, found.response)


@pytest.mark.parametrize("said", [{"kind": "triumph"}, {"words": " "}, {"words": "x" * 4001}])
def test_what_says_nothing_is_refused(found, said):
    with pytest.raises(InvalidError):
        recorded(found.poster, found.response, **said)
    assert found.request.status is RequestStatus.ACTIVE


def test_a_dispute_keeps_both_voices_until_it_is_signed(found):
    outcome = recorded(found.poster, found.response)
    with pytest.raises(InvalidError), transaction():
        dispute_outcome(found.responder, outcome, words=" ", version=1)
    with transaction():
        dispute_outcome(found.responder, outcome, words="It was half a year.", version=1)
    assert (outcome.status, outcome.answer_words) == (OutcomeStatus.DISPUTED, "It was half a year.")
    assert told(found.poster, "outcome_disputed") == 1
    with pytest.raises(ForbiddenError), transaction():
        revise_outcome(found.responder, outcome, an_outcome(), version=1)
    with transaction():
        revise_outcome(found.poster, outcome, an_outcome(words="Half a year."), version=1)
    assert (outcome.status, outcome.words, outcome.version) == (OutcomeStatus.RECORDED, "Half a year.", 2)
    assert outcome.answer_words == "It was half a year."
    with transaction():
        agree_outcome(found.responder, outcome, version=2)
    assert (outcome.status, outcome.answer_words) == (OutcomeStatus.AGREED, "")
    with pytest.raises(ConflictError), transaction():
        dispute_outcome(found.responder, outcome, words="Too late.", version=2)


def test_nobody_signs_words_that_they_did_not_read(found):
    lab = make_organisation()
    found.response.organisation_id = lab.id
    colleague, other = make_member(represents=[lab]), make_member(represents=[lab])
    outcome = recorded(found.poster, found.response)
    with transaction():
        dispute_outcome(colleague, outcome, words="Not so.", version=1)
        revise_outcome(found.poster, outcome, an_outcome(words="Otherwise."), version=1)
    for sign in (
        lambda: agree_outcome(other, outcome, version=1),
        lambda: dispute_outcome(other, outcome, words="No.", version=1),
    ):
        with pytest.raises(StaleVersionError), transaction():
            sign()
    assert outcome.status is OutcomeStatus.RECORDED


def test_both_sides_are_asked_again_after_half_a_year_and_a_year(found):
    signed(found)
    began = found.request.completed_at
    for days, moment, other in ((181, None, SIX), (183, SIX, TWELVE), (366, TWELVE, SIX)):
        with time_machine.travel(began + timedelta(days=days)):
            asked = {moment for _response, moment in follow_ups_due(now())}
            assert asked == ({moment} if moment else set())
            with pytest.raises(ConflictError):
                recorded(found.responder, found.response, other)
            if moment is SIX:
                outcome = recorded(found.responder, found.response, SIX)
                assert follow_ups_due(now()) == []
                with transaction():
                    agree_outcome(found.poster, outcome, version=1)
    assert [each.moment for each in outcomes_of(found.response)] == [OutcomeMoment.COMPLETION, SIX]
    assert outcomes_of(found.response)[1].words == WORDS


def test_who_was_told_of_a_follow_up_is_not_told_again(found):
    signed(found)
    session().add(
        ServiceLevelStep(
            subject=found.response.subject, step=LevelStep.SIX_MONTHS, since=found.request.completed_at
        )
    )
    session().commit()
    at = found.request.completed_at + timedelta(days=200)
    assert follow_ups_due(at) == []
