"""Lost second factors: two coordinators, 48 hours, told at each step, stopped by the owner at any time."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.jobs.housekeeping import finish_resets
from hub.members.models import RoleGrant, SignInSession
from hub.members.queries import has_factor
from hub.members.signing_in import start_session
from hub.vetting.factor_resets import (
    WAIT,
    approve_reset,
    complete_due_resets,
    decline_reset,
    request_reset,
    stop_reset,
)
from hub.vetting.models import FactorReset, FactorResetStatus
from tests.factories import make_member
from tests.vetting.cast import WORDS, Cast, agreed, done, half, reported
from tests.vetting.conftest import logged, mails

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database, clock):
    return Cast()


def finish(member=None):
    with transaction():
        return complete_due_resets(member)


def test_the_factors_go_48_hours_after_the_second_agreement(cast, clock):
    reset = half(cast)
    clock.shift(timedelta(days=3))
    assert finish() == 0
    done(approve_reset, cast["second"], reset)
    assert reset.takes_effect_at == now() + WAIT
    with transaction():
        start_session(reset.member_id, "test")
    clock.shift(WAIT - timedelta(seconds=1))
    assert (finish(), has_factor(reset.member_id)) == (0, True)
    clock.shift(timedelta(seconds=1))
    assert (finish(), finish()) == (1, 0)
    assert reset.status is FactorResetStatus.DONE
    assert not has_factor(reset.member_id)
    assert session().query(SignInSession).filter_by(member_id=reset.member_id, ended_at=None).count() == 0
    assert mails() == ["factor_reset_requested", "factor_reset_approved", "factor_reset_done"]
    assert [logged(f"member:{step}_reset") for step in ("request", "support", "approve", "complete")] == [
        1
    ] * 4


def test_the_worker_finishes_what_is_due(database, cast, clock):
    reset = agreed(cast)
    assert finish_resets(database.get_bind()) == 0
    clock.shift(WAIT)
    assert finish_resets(database.get_bind()) == 1
    database.expire_all()
    assert not has_factor(reset.member_id)


def test_signing_in_finishes_ones_own_only(cast, clock):
    resets = [agreed(cast), agreed(cast)]
    clock.shift(WAIT)
    assert finish(resets[0].member) == 1
    assert [has_factor(each.member_id) for each in resets] == [False, True]


def test_one_coordinator_is_not_enough(cast, clock):
    reset = half(cast)
    with pytest.raises(ForbiddenError), transaction():
        approve_reset(cast["first"], reset)
    clock.shift(timedelta(days=30))
    assert finish() == 0
    assert has_factor(reset.member_id)


@pytest.mark.parametrize("way", [reported, half, agreed])
def test_the_owner_stops_it_at_any_time(cast, clock, way):
    reset = way(cast)
    with pytest.raises(NotFoundError), transaction():
        stop_reset(cast["member"], reset)
    stop(reset)
    clock.shift(timedelta(days=3))
    assert finish() == 0
    assert has_factor(reset.member_id)
    assert mails()[-1] == "factor_reset_stopped"
    with transaction():
        assert request_reset(reset.member, WORDS).id != reset.id


def stop(reset):
    with transaction():
        stop_reset(reset.member, reset)


def test_nothing_stops_it_once_it_is_done(cast, clock):
    reset = agreed(cast)
    clock.shift(WAIT)
    finish()
    with pytest.raises(ConflictError):
        stop(reset)


def test_declining_keeps_the_factors(cast):
    reset = done(decline_reset, cast["first"], half(cast), "She knew nothing of it.")
    assert (reset.status, reset.decision_words) == (FactorResetStatus.DECLINED, "She knew nothing of it.")
    assert has_factor(reset.member_id)
    assert mails()[-1] == "factor_reset_declined"


def test_the_word_of_somebody_who_left_the_office_does_not_count(cast):
    reset = half(cast)
    session().execute(update(RoleGrant).where(RoleGrant.member_id == cast["first"].id).values(ended_at=now()))
    session().commit()
    done(approve_reset, cast["second"], reset)
    assert (reset.status, reset.first_approved_by_id) == (FactorResetStatus.SUPPORTED, cast["second"].id)


def test_a_coordinator_does_not_agree_to_their_own(cast):
    with transaction():
        reset = request_reset(cast["free"], WORDS)
    with pytest.raises(ForbiddenError), transaction():
        approve_reset(cast["free"], reset)


def test_what_cannot_be_reported(cast):
    with pytest.raises(ConflictError), transaction():
        request_reset(make_member(), WORDS)
    member = make_member(has_factor=True)
    with pytest.raises(InvalidError), transaction():
        request_reset(member, " ")
    with transaction():
        request_reset(member, WORDS)
    with pytest.raises(ConflictError), transaction():
        request_reset(member, WORDS)


@pytest.mark.parametrize(
    ("second", "more"),
    [("first", {}), ("self", {}), (None, {}), ("second", {"takes_effect_at": None})],
)
def test_the_database_itself_asks_for_two_others(cast, second, more):
    reset = half(cast)
    columns = {
        "status": FactorResetStatus.APPROVED,
        "second_approved_by_id": cast[second].id if second else None,
        "approved_at": now(),
        "takes_effect_at": now(),
        **more,
    }
    with pytest.raises(IntegrityError):
        session().execute(update(FactorReset).where(FactorReset.id == reset.id).values(**columns))
    session().rollback()


def test_the_database_itself_keeps_one_report_open(cast):
    reset = reported(cast)
    session().add(FactorReset(member_id=reset.member_id, words=WORDS, requested_at=now()))
    with pytest.raises(IntegrityError):
        session().flush()
    session().rollback()
