"""Two clicks at the same moment: one clear outcome, one entry in the log, and no error that tells of a decline."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import HubError
from hub.integrity.viewers import viewer_of
from hub.members.introductions.limits import MOST_A_DAY, require_room
from hub.members.introductions.service import (
    accept_introduction,
    ask_introduction,
    decline_introduction,
    withdraw_introduction,
)
from hub.members.models import Introduction, IntroductionStatus, Member
from tests.factories import make_member, make_profile
from tests.journeys.live import database_address
from tests.members.introductions.people import ask, pair
from tests.postgres import POSTGRES_URL

ROUNDS = 3


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def at_once(hub_engine, *acts):
    """Do `act()` of each at the same moment, with a session of its own; return what came of each."""
    begin = Barrier(len(acts))

    def work(act):
        with session_scope(hub_engine):
            begin.wait()
            try:
                with transaction():
                    act()
            except HubError as error:
                return error.message
            return "ok"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def acts_on(introduction, asker, asked):
    """Return what each side can do, by name, with everything loaded anew."""
    number, asker_id, asked_id = introduction.id, asker.id, asked.id

    def act(service, member_id, **options):
        def done():
            found = session().get(Introduction, number)
            service(viewer_of(session().get(Member, member_id)), found, **options)

        return done

    return {
        "accept": act(accept_introduction, asked_id, contact="here"),
        "decline": act(decline_introduction, asked_id),
        "withdraw": act(withdraw_introduction, asker_id),
    }


def entries(tag):
    return session().scalar(select(func.count(AuditEntry.number)).where(AuditEntry.tag == tag))


@pytest.mark.parametrize(
    ("one", "other"), [("accept", "withdraw"), ("accept", "accept"), ("accept", "decline")]
)
def test_one_of_two_wins(hub_engine, one, other):
    for turn in range(ROUNDS):
        with session_scope(hub_engine):
            asker, asked = pair(turn)
            introduction = ask(asker, asked)
            acts = acts_on(introduction, asker, asked)
            public_id = introduction.public_id
        outcomes = at_once(hub_engine, acts[one], acts[other])
        assert sorted(each == "ok" for each in outcomes) == [False, True], outcomes
        with session_scope(hub_engine):
            stored = session().scalar(select(Introduction).where(Introduction.public_id == public_id))
            winner = (one, other)[outcomes.index("ok")]
            assert (
                stored.status
                is {
                    "accept": IntroductionStatus.ACCEPTED,
                    "decline": IntroductionStatus.DECLINED,
                    "withdraw": IntroductionStatus.WITHDRAWN,
                }[winner]
            )
            assert (stored.contact_of_asked != "") == (winner == "accept")
            assert stored.ended_at is not None
    with session_scope(hub_engine):
        done = session().scalars(select(Introduction)).all()
        accepted = [each for each in done if each.status is IntroductionStatus.ACCEPTED]
        assert entries("introduction:accept") == len(accepted)


def test_taking_back_never_fails_because_the_other_declines_at_that_moment(hub_engine):
    for turn in range(ROUNDS):
        with session_scope(hub_engine):
            asker, asked = pair(turn)
            introduction = ask(asker, asked)
            acts = acts_on(introduction, asker, asked)
        _declined, withdrawn = at_once(hub_engine, acts["decline"], acts["withdraw"])
        assert withdrawn == "ok"
    with session_scope(hub_engine):
        assert entries("introduction:withdraw") == ROUNDS
        assert all(each.withdrawn_at for each in session().scalars(select(Introduction)))


def test_who_asks_twice_at_once_asks_once(hub_engine):
    with session_scope(hub_engine):
        asker, asked = pair(1)
        asker_id, asked_id = asker.id, asked.id
    outcomes = at_once(hub_engine, *[asks(asker_id, asked_id)] * 4)
    assert sorted(outcomes).count("ok") == 1, outcomes
    with session_scope(hub_engine):
        assert session().scalar(select(func.count(Introduction.id))) == 1


def test_the_limit_of_a_day_holds_however_many_come_at_once(hub_engine):
    with session_scope(hub_engine):
        asker, _ = pair(1)
        people = []
        for _number in range(MOST_A_DAY + 4):
            other = make_member()
            make_profile(other)
            people.append(other.id)
        asker_id = asker.id
    outcomes = at_once(hub_engine, *[asks(asker_id, each, is_limited=True) for each in people])
    assert outcomes.count("ok") == MOST_A_DAY


def asks(asker_id, asked_id, *, is_limited=False):
    def act():
        viewer = viewer_of(session().get(Member, asker_id))
        if is_limited:
            require_room(viewer)
        asked = session().get(Member, asked_id)
        ask_introduction(viewer, asked, note="Why", contact="here", language="en-GB")

    return act
