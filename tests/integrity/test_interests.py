"""Declared interests: what counts, until when, and what becomes of them."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.integrity.interests import conflict_until, is_conflict
from hub.integrity.models import DeclaredInterest
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.integrity.queries import declared_by_others, ground_of, interests_of
from hub.integrity.service import (
    INTEREST_WORDS_LENGTH,
    Declaration,
    declare_interest,
    end_interest,
    strike_interest,
)
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.models import name_key
from tests.factories import make_member, make_organisation
from tests.vetting.conftest import logged

TODAY = date(2026, 11, 22)
ENDED = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        ("employer", date(2028, 3, 31)),
        ("past_employment", date(2028, 3, 31)),
        ("funding", date(2028, 3, 31)),
        ("shareholding", ENDED),
        ("family", ENDED),
    ],
)
def test_employment_and_funding_count_for_24_months_after_their_end(kind, until):
    assert conflict_until(kind, ENDED) == until
    assert conflict_until(kind, None) is None


@pytest.mark.parametrize(
    ("ended", "until"),
    [(date(2024, 2, 29), date(2026, 2, 28)), (date(2026, 12, 31), date(2028, 12, 31))],
)
def test_the_last_day_of_a_shorter_month_ends_it(ended, until):
    assert conflict_until("funding", ended) == until


@pytest.mark.parametrize(
    ("kind", "started", "ended", "is_one"),
    [
        ("employer", None, None, True),
        ("employer", TODAY, None, True),
        ("employer", date(2026, 11, 23), None, False),
        ("past_employment", None, date(2024, 11, 22), False),
        ("past_employment", None, date(2024, 11, 23), True),
        ("family", None, TODAY, False),
        ("family", None, date(2026, 11, 23), True),
    ],
)
def test_an_interest_is_a_conflict_from_its_beginning_to_the_day_it_ends(kind, started, ended, is_one):
    assert is_conflict(kind, started, ended, TODAY) is is_one


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False) as moved:
        yield moved


@pytest.fixture
def organisation(database, clock):
    return make_organisation("Open  Ledger")


@pytest.fixture
def coordinator(database, clock):
    return make_member(roles=[Role.COORDINATOR])


def declared(member, kind="employer", name="open ledger", **named):
    with transaction():
        return declare_interest(member, Declaration(kind, name, **named))


def conflict(member, organisation):
    return conflict_of(viewer_of(member), Involvement(frozenset(), frozenset({organisation.id})))


@pytest.mark.db
def test_a_declaration_binds_with_the_next_request(coordinator, organisation):
    assert conflict(coordinator, organisation) is None
    declared(coordinator)
    assert conflict(coordinator, organisation) is Conflict.INTEREST
    assert logged("member:declare_interest") == 1


@pytest.mark.db
def test_an_organisation_added_later_under_that_name_counts(coordinator):
    declared(coordinator, name="Ministry of Roads")
    assert conflict(coordinator, make_organisation("ministry of  ROADS")) is Conflict.INTEREST


@pytest.mark.db
def test_past_employment_binds_for_two_years_and_then_ends_by_itself(coordinator, organisation, clock):
    declared(coordinator, "past_employment", ended_on=ENDED)
    clock.move_to(datetime(2028, 3, 30, 12, tzinfo=UTC))
    assert conflict(coordinator, organisation) is Conflict.INTEREST
    clock.move_to(datetime(2028, 3, 31, 0, 0, 1, tzinfo=UTC))
    assert conflict(coordinator, organisation) is None


@pytest.mark.db
def test_saying_the_end_shortens_nothing_for_employment(coordinator, organisation):
    interest = declared(coordinator)
    with transaction():
        end_interest(coordinator, interest, TODAY)
    assert conflict(coordinator, organisation) is Conflict.INTEREST
    with pytest.raises(ConflictError), transaction():
        end_interest(coordinator, interest, date(2020, 1, 1))


@pytest.mark.db
def test_saying_the_end_of_a_shareholding_frees_at_once(coordinator, organisation):
    interest = declared(coordinator, "shareholding")
    with transaction():
        end_interest(coordinator, interest, TODAY)
    assert conflict(coordinator, organisation) is None
    assert list(interests_of(coordinator.id)) == [interest]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "hobby"}, "kind"),
        ({"name": " "}, "organisation_name"),
        ({"kind": "past_employment"}, "ended_on"),
        ({"started_on": ENDED, "ended_on": date(2026, 3, 30)}, "ended_on"),
        ({"words": "x" * (INTEREST_WORDS_LENGTH + 1)}, "words"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(coordinator, said, field):
    with pytest.raises(InvalidError) as refused:
        declared(coordinator, **said)
    assert refused.value.field == field


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2019, 1, 1)])
def test_an_end_lies_neither_in_the_future_nor_before_the_beginning(coordinator, day):
    interest = declared(coordinator, started_on=date(2020, 1, 1))
    with pytest.raises(InvalidError), transaction():
        end_interest(coordinator, interest, day)


def test_only_approved_members_declare_and_only_their_own(coordinator, database):
    interest = declared(coordinator)
    with pytest.raises(NotFoundError), transaction():
        end_interest(make_member(), interest, TODAY)
    with pytest.raises(NotFoundError):
        declared(make_member(status=MemberStatus.CONFIRMED))


@pytest.mark.db
def test_an_officer_strikes_what_was_a_mistake_and_it_stays_listed(coordinator, organisation):
    interest = declared(coordinator)
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    with transaction():
        strike_interest(officer, interest, "Another organisation of the same name.")
    assert conflict(coordinator, organisation) is None
    assert list(declared_by_others(viewer_of(officer))) == [interest]
    with pytest.raises(ConflictError), transaction():
        strike_interest(officer, interest, "Again.")


def test_nobody_strikes_their_own(database, clock):
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    interest = declared(officer)
    with pytest.raises(NotFoundError), transaction():
        strike_interest(officer, interest, "Mine.")


@pytest.mark.parametrize("roles", [(), (Role.COORDINATOR,), (Role.ADMINISTRATOR,)])
def test_only_officers_strike_and_with_a_reason(coordinator, roles):
    interest = declared(coordinator)
    with pytest.raises(NotFoundError), transaction():
        strike_interest(make_member(roles=roles), interest, "No.")
    with pytest.raises(InvalidError), transaction():
        strike_interest(make_member(roles=[Role.INTEGRITY_OFFICER]), interest, " ")


@pytest.mark.db
@pytest.mark.parametrize("by", ["member_id", None])
def test_the_database_refuses_striking_alone(coordinator, by):
    interest = declared(coordinator)
    struck_by = getattr(interest, by) if by else None
    with pytest.raises(IntegrityError):
        session().execute(
            update(DeclaredInterest)
            .where(DeclaredInterest.id == interest.id)
            .values(struck_at=now(), struck_by_id=struck_by)
        )


@pytest.mark.db
def test_the_database_refuses_an_end_before_the_beginning(coordinator):
    with pytest.raises(IntegrityError):
        session().execute(
            insert(DeclaredInterest).values(
                public_id="z" * 22,
                member_id=coordinator.id,
                kind="employer",
                organisation_name="A",
                name_key=name_key("A"),
                started_on=ENDED,
                ended_on=date(2020, 1, 1),
                words="",
                declared_at=now(),
            )
        )


def test_the_ground_names_the_organisation_and_the_declaration(coordinator, organisation):
    interest = declared(coordinator, "past_employment", ended_on=ENDED)
    involvement = Involvement(frozenset(), frozenset({organisation.id}))
    ground = ground_of(viewer_of(coordinator), involvement, Conflict.INTEREST)
    assert (ground.organisation, ground.since) == (organisation, interest.declared_at)
    assert (ground.interest.kind, ground.interest.until) == ("past_employment", date(2028, 3, 31))
