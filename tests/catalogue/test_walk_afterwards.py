"""Claims, offers, problem reports, proposals and records themselves: every state × action × person."""

from functools import partial

import pytest

from hub.catalogue.curation.lifecycle import PROBLEMS, PROPOSALS
from hub.catalogue.curation.service import (
    answer_problem,
    approve_proposal,
    archive_innovation,
    decline_proposal,
    restore_innovation,
    withdraw_proposal,
)
from hub.catalogue.models import ProposedAction
from hub.catalogue.ownership.lifecycle import CLAIMS, OFFERS
from hub.catalogue.ownership.service import (
    accept_claim,
    accept_offer,
    confirm_record,
    decline_claim,
    decline_offer,
    offer_record,
    withdraw_claim,
    withdraw_offer,
)
from hub.catalogue.tasks.service import release_task, take_task
from tests.catalogue import afterwards, widenings
from tests.catalogue.cast import make_cast, record_of, take
from tests.catalogue.records import draft
from tests.catalogue.walking import read_table, states_of, walk
from tests.factories import make_organisation

CLAIM_TABLE = read_table("""
: visitor member mere adopter focal registrar police officer admin partner second both free compiler
: holder conflicted
take     | submitted                            | 404x12 ok  403 ok  403
take     | taken accepted declined withdrawn    | 404x12 409 403 409 403
release  | taken                                | 404x12 409 409 ok  409
release  | submitted accepted declined withdrawn | 404x12 409x4
accept   | taken                                | 404x12 409 403 ok  403
accept   | submitted accepted declined withdrawn | 404x12 409 403 409 403
decline  | taken                                | 404x12 409 403 ok  403
decline  | submitted accepted declined withdrawn | 404x12 409 403 409 403
withdraw | submitted taken                      | 404x9 ok  ok  ok  404x4
withdraw | accepted declined withdrawn          | 404x9 409 409 409 404x4
""")
"""On a record that `compiler` registered."""

OFFER_TABLE = read_table("""
: visitor member mere registrar focal police officer admin free conflicted holder partner second
: adopter both
accept   | offered                     | 404x11 404 404 ok  ok
accept   | accepted declined withdrawn | 404x11 404 404 409 409
decline  | offered                     | 404x11 404 404 ok  ok
decline  | accepted declined withdrawn | 404x11 404 404 409 409
withdraw | offered                     | 404x11 ok  ok  404 ok
withdraw | accepted                    | 404x11 404 404 409 409
withdraw | declined withdrawn          | 404x11 409 409 404 409
""")
"""Offered by `partner` to the organisation of `adopter`, which owns the record once it has accepted."""

PROBLEM_TABLE = read_table("""
: visitor member adder partner registrar mere adopter both focal police officer admin free holder
: conflicted compiler
take     | submitted          | 404x12 ok  ok  403 403
take     | taken answered     | 404x12 409 409 403 403
release  | taken              | 404x12 409 ok  409 409
release  | submitted answered | 404x12 409x4
answer   | taken              | 404x12 409 ok  403 403
answer   | submitted answered | 404x12 409 409 403 403
""")
"""Reported by `compiler`, a coordinator like the others."""

PROPOSAL_TABLE = read_table("""
: visitor member adder partner registrar mere adopter both focal police officer admin free holder
: conflicted compiler
take     | proposed                             | 404x12 ok  ok  403 403
take     | taken approved declined withdrawn    | 404x12 409 409 403 403
release  | taken                                | 404x12 409 ok  409 409
release  | proposed approved declined withdrawn | 404x12 409x4
approve  | taken                                | 404x12 409 ok  403 403
approve  | proposed approved declined withdrawn | 404x12 409 409 403 403
decline  | taken                                | 404x12 409 ok  403 403
decline  | proposed approved declined withdrawn | 404x12 409 409 403 403
withdraw | proposed taken                       | 404x12 404 404 404 ok
withdraw | approved declined withdrawn          | 404x12 404 404 404 409
""")
"""Proposed by `compiler`."""

RECORD_TABLE = read_table("""
: visitor member adder mere adopter focal police officer admin free conflicted holder partner second
: both registrar
archive  | published                       | 404x12 ok  ok  ok  ok
archive  | unpublished archived taken_down | 404x12 409x4
restore  | archived                        | 404x12 ok  ok  ok  ok
restore  | unpublished published taken_down | 404x12 409x4
confirm  | published                       | 404x12 ok  ok  ok  ok
confirm  | unpublished archived taken_down | 404x12 409x4
offer    | unpublished published archived  | 404x12 ok  ok  ok  404
offer    | taken_down                      | 404x12 409 409 409 404
""")


def said(service):
    return lambda actor, thing: service(actor, thing, words="Said so.")


TASK = {"take": take_task, "release": release_task}

WALKS = {
    "claims": (
        CLAIM_TABLE,
        TASK | {"accept": accept_claim, "decline": said(decline_claim), "withdraw": withdraw_claim},
        {
            "submitted": afterwards.claim_of,
            "taken": lambda cast: take(cast, afterwards.claim_of(cast)),
            "accepted": afterwards.accepted_claim,
            "declined": afterwards.declined_claim,
            "withdrawn": afterwards.withdrawn_claim,
        },
    ),
    "offers": (
        OFFER_TABLE,
        {"accept": accept_offer, "decline": decline_offer, "withdraw": withdraw_offer},
        {
            "offered": afterwards.offer_of,
            "accepted": afterwards.accepted_offer,
            "declined": afterwards.declined_offer,
            "withdrawn": afterwards.withdrawn_offer,
        },
    ),
    "problems": (
        PROBLEM_TABLE,
        TASK | {"answer": said(answer_problem)},
        {
            "submitted": afterwards.problem_of,
            "taken": lambda cast: take(cast, afterwards.problem_of(cast)),
            "answered": afterwards.answered_problem,
        },
    ),
    **{
        f"proposals to {action.value}": (
            PROPOSAL_TABLE,
            TASK
            | {
                "approve": approve_proposal,
                "decline": said(decline_proposal),
                "withdraw": withdraw_proposal,
            },
            {
                "proposed": partial(afterwards.proposal_of, action=action),
                "taken": lambda cast, action=action: take(cast, afterwards.proposal_of(cast, action=action)),
                "approved": partial(afterwards.approved_proposal, action=action),
                "declined": partial(afterwards.declined_proposal, action=action),
                "withdrawn": partial(afterwards.withdrawn_proposal, action=action),
            },
        )
        for action in (ProposedAction.TAKE_DOWN, ProposedAction.FEATURE)
    },
    "proposals to widen": (
        PROPOSAL_TABLE,
        TASK
        | {"approve": approve_proposal, "decline": said(decline_proposal), "withdraw": withdraw_proposal},
        {
            "proposed": widenings.widening_of,
            "taken": widenings.taken_widening,
            "approved": widenings.approved_widening,
            "declined": widenings.declined_widening,
            "withdrawn": widenings.withdrawn_widening,
        },
    ),
    "records": (
        RECORD_TABLE,
        {
            "archive": said(archive_innovation),
            "restore": restore_innovation,
            "confirm": confirm_record,
            "offer": None,
        },
        {
            "unpublished": lambda cast: draft(cast.scene).innovation,
            "published": record_of,
            "archived": afterwards.archived_record,
            "taken_down": afterwards.taken_down_record,
        },
    ),
}

CASES = [(name, state) for name, (_table, _services, ways) in WALKS.items() for state in ways]

ON_POSTGRES = frozenset(next(iter(ways)) for _table, _services, ways in WALKS.values())
"""One state of each walk is walked on PostgreSQL too (decision 0043)."""


@pytest.mark.db(state=ON_POSTGRES)
@pytest.mark.parametrize(("name", "state"), CASES)
def test_each_person_gets_what_the_table_says(database, name, state):
    table, services, ways = WALKS[name]
    cast, receiver = make_cast(), make_organisation()
    offer = {"offer": lambda actor, each: offer_record(actor, each, organisation_id=receiver.id, words="")}
    assert walk(table, state, services | offer, cast, ways[state]) == {}


@pytest.mark.parametrize("name", WALKS)
def test_the_tables_leave_no_cell_out(name):
    table, services, ways = WALKS[name]
    people = {person for _action, _state, person in table}
    assert set(states_of(table)) == set(ways)
    assert len(table) == len(services) * len(ways) * len(people)


def test_the_lifecycles_have_no_other_action():
    assert {row.action for row in CLAIMS} == {"accept", "decline", "withdraw"}
    assert {row.action for row in OFFERS} == {"accept", "decline", "withdraw"}
    assert {row.action for row in PROBLEMS} == {"answer"}
    assert {row.action for row in PROPOSALS} == {"approve", "decline", "withdraw"}
