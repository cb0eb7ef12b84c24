"""Membership, law-enforcement status and lost factors: every state × action × person, one call of a service each."""

import pytest

from hub.members.models import MemberStatus
from hub.organisations.models import LawEnforcementState
from hub.vetting.applications import approve_application, decline_application
from hub.vetting.factor_resets import approve_reset, decline_reset, stop_reset
from hub.vetting.law_enforcement import approve_status, decline_status, revoke_status, withdraw_status
from hub.vetting.lifecycle import FACTOR_RESETS, LAW_ENFORCEMENT, MEMBERS
from hub.vetting.models import FactorResetStatus
from hub.vetting.standing import reinstate_member, suspend_member, vet_again
from tests.catalogue.walking import read_table, states_of, walk
from tests.vetting.cast import RESETS, STATUSES, WORDS, Cast, due_person

MEMBER_TABLE = read_table("""
: visitor member colleague focal police officer admin self free first second conflicted interested recused
approve   | confirmed                                          | 404x8 ok  ok  ok  403x3
approve   | applied approved declined suspended lapsed erased  | 404x8 409x3 403x3
decline   | confirmed                                          | 404x8 ok  ok  ok  403x3
decline   | applied approved declined suspended lapsed erased  | 404x8 409x3 403x3
suspend   | approved                                           | 404x8 ok  ok  ok  403x3
suspend   | applied confirmed declined suspended lapsed erased | 404x8 409x3 403x3
reinstate | suspended                                          | 404x8 ok  ok  ok  403x3
reinstate | applied confirmed approved declined lapsed erased  | 404x8 409x3 403x3
vet       | approved                                           | 404x8 ok  ok  ok  403x3
vet       | applied confirmed declined suspended lapsed erased | 404x8 409x3 403x3
""")
"""Of somebody who named the organisation of `conflicted`, and whose year ends within sixty days."""

STATUS_TABLE = read_table("""
: visitor member colleague focal police officer admin self free second first conflicted interested recused
approve  | requested                                     | 404x8 ok  ok  ok  403x3
approve  | supported                                     | 404x8 ok  ok  403 403x3
approve  | verified declined withdrawn revoked           | 404x8 409x3 403x3
decline  | requested supported                           | 404x8 ok  ok  ok  403x3
decline  | verified declined withdrawn revoked           | 404x8 409x3 403x3
withdraw | requested supported                           | 404x7 ok  404x6
withdraw | verified declined withdrawn revoked           | 404x7 409 404x6
revoke   | verified                                      | 404x7 ok  ok  ok  ok  403x3
revoke   | requested supported declined withdrawn revoked | 404x7 409 409x3 403x3
""")
"""Asked for by `self`; `first` agreed first wherever somebody did."""

RESET_TABLE = read_table("""
: member colleague focal police officer admin self free second first conflicted interested recused
approve | requested                       | 404x7 ok  ok  ok  403x3
approve | supported                       | 404x7 ok  ok  403 403x3
approve | approved done declined stopped  | 404x7 409x3 403x3
decline | requested supported             | 404x7 ok  ok  ok  403x3
decline | approved done declined stopped  | 404x7 409x3 403x3
stop    | requested supported approved    | 404x6 ok  404x6
stop    | done declined stopped           | 404x6 409 404x6
""")
"""Reported by `self`, who knew their password."""


def saying(service):
    return lambda actor, thing: service(actor, thing, WORDS)


def declining(actor, member):
    decline_application(actor, member, reasons=("identity",), words=WORDS)


def in_status(status):
    return lambda cast: due_person(cast, status)


WALKS = {
    "members": (
        MEMBER_TABLE,
        {
            "approve": approve_application,
            "decline": declining,
            "suspend": saying(suspend_member),
            "reinstate": reinstate_member,
            "vet": vet_again,
        },
        {status.value: in_status(status) for status in MemberStatus},
    ),
    "law enforcement": (
        STATUS_TABLE,
        {
            "approve": approve_status,
            "decline": saying(decline_status),
            "withdraw": withdraw_status,
            "revoke": saying(revoke_status),
        },
        STATUSES,
    ),
    "lost factors": (
        RESET_TABLE,
        {"approve": approve_reset, "decline": saying(decline_reset), "stop": stop_reset},
        RESETS,
    ),
}

CASES = [(name, state) for name, (_table, _services, ways) in WALKS.items() for state in ways]

ON_POSTGRES = frozenset(next(iter(ways)) for _table, _services, ways in WALKS.values())
"""One state of each walk is walked on PostgreSQL too (decision 0043)."""

BUTTONS = {
    "members": (MEMBERS, {}),
    "law enforcement": (LAW_ENFORCEMENT, {"support": "approve", "verify": "approve"}),
    "lost factors": (FACTOR_RESETS, {"support": "approve"}),
}
"""The lifecycle of each table, and what its rows are called where two of them are one button."""


@pytest.mark.db(state=ON_POSTGRES)
@pytest.mark.parametrize(("name", "state"), CASES)
def test_each_person_gets_what_the_table_says(database, name, state):
    table, services, ways = WALKS[name]
    cast = Cast()
    assert walk(table, state, services, cast, ways[state]) == {}


@pytest.mark.db(state=ON_POSTGRES)
@pytest.mark.parametrize(("name", "state"), CASES)
def test_the_buttons_are_those_that_work(database, name, state):
    table, _services, ways = WALKS[name]
    lifecycle, words = BUTTONS[name]
    cast = Cast()
    thing = ways[state](cast)
    for person in {person for _action, _state, person in table}:
        shown = {
            words.get(each, each) for each in lifecycle.actions(cast.viewer(person), thing, thing.status)
        }
        works = {
            action
            for action, where, who in table
            if (where, who) == (state, person) and table[action, where, who] == "ok"
        }
        # vetting again changes no state, and asking for it again is for the person alone
        assert shown - {"renew"} == works - {"vet"}, person


@pytest.mark.parametrize("name", WALKS)
def test_the_tables_leave_no_cell_out(name):
    table, services, ways = WALKS[name]
    people = {person for _action, _state, person in table}
    assert set(states_of(table)) == set(ways)
    assert len(table) == len(services) * len(ways) * len(people)


def test_the_lifecycles_have_no_other_action_and_no_other_state():
    by_link = {"apply", "confirm", "erase", "forget", "lapse"}
    assert {row.action for row in MEMBERS} == by_link | {
        "approve", "decline", "suspend", "reinstate", "renew"
    }  # fmt: skip
    assert {row.action for row in LAW_ENFORCEMENT} == {
        "support", "verify", "reopen", "decline", "withdraw", "revoke"
    }  # fmt: skip
    assert {row.action for row in FACTOR_RESETS} == {
        "support", "approve", "reopen", "decline", "stop", "complete"
    }  # fmt: skip
    assert set(STATUSES) == set(LawEnforcementState)
    assert set(RESETS) == set(FactorResetStatus)
