"""What both sides of a partnership do at the same moment: one of them is first, the other is told, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.collaboration.models import Outcome, OutcomeStatus, PlanStep, RequestStatus, Response
from hub.collaboration.partnerships import plan
from hub.collaboration.partnerships.outcomes import agree_outcome, dispute_outcome
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import ConflictError, InvalidError
from hub.members.models import Member
from tests.collaboration.partners import added, partners, recorded
from tests.factories import make_member, make_organisation
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL


@pytest.fixture(params=["sqlite", "postgres"])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def at_once(hub_engine, *acts):
    """Let each act, with the id of who does it, happen in a window of its own; return what came of each."""
    begin = Barrier(len(acts))

    def work(member_id, act):
        with session_scope(hub_engine):
            member = session().get(Member, member_id)
            response = session().scalars(select(Response)).one()
            session().rollback()
            begin.wait()
            try:
                act(member, response)
            except (ConflictError, InvalidError) as error:
                return type(error)
            return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(lambda pair: work(*pair), acts))


def test_one_of_two_records(hub_engine):
    with session_scope(hub_engine):
        found = partners(RequestStatus.ACTIVE)
        sides = (found.poster.id, found.responder.id)
    came = at_once(hub_engine, *((side, recorded) for side in sides))
    assert sorted(map(str, came)) == sorted(map(str, (True, ConflictError)))
    with session_scope(hub_engine):
        assert session().scalar(select(func.count(Outcome.id))) == 1
        completed = select(func.count(AuditEntry.number)).where(AuditEntry.tag == "request:complete")
        assert session().scalar(completed) == 1


def test_agreeing_and_disputing_at_once_is_one_of_both(hub_engine):
    with session_scope(hub_engine):
        lab = make_organisation()
        responder = make_member(represents=[lab])
        found = partners(RequestStatus.ACTIVE, organisation=lab, responder=responder)
        colleague = make_member(represents=[lab])
        recorded(found.poster, found.response)
        signers = (found.responder.id, colleague.id)

    def outcome():
        return session().scalars(select(Outcome)).one()

    def agree(member, _response):
        with transaction():
            agree_outcome(member, outcome(), version=1)

    def dispute(member, _response):
        with transaction():
            dispute_outcome(member, outcome(), words="Not so.", version=1)

    came = at_once(hub_engine, (signers[0], agree), (signers[1], dispute))
    assert came.count(True) == 1
    with session_scope(hub_engine):
        stored = outcome()
        expected = OutcomeStatus.AGREED if came[0] is True else OutcomeStatus.DISPUTED
        assert stored.status is expected


def test_a_plan_is_not_overrun_by_both_sides(hub_engine, monkeypatch):
    monkeypatch.setattr(plan, "MOST_STEPS", 3)
    with session_scope(hub_engine):
        found = partners(steps=2)
        sides = (found.poster.id, found.responder.id)
    came = at_once(hub_engine, *((side, added) for side in sides * 2))
    assert came.count(True) == 1
    with session_scope(hub_engine):
        positions = session().scalars(select(PlanStep.position).order_by(PlanStep.position)).all()
        assert positions == [0, 1, 2]
