"""Proposals of roles: every state × action × person, one call of a service each."""

import pytest

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import transaction
from hub.integrity.four_eyes import ProposalStatus
from hub.members.queries import roles_in_force
from hub.vetting.lifecycle import ROLE_PROPOSALS
from hub.vetting.roles import (
    accept_offer,
    approve_proposal,
    decline_proposal,
    offer_role,
    propose_end,
    propose_role,
    withdraw_proposal,
)
from tests.catalogue.walking import read_table, states_of, walk
from tests.factories import make_member
from tests.vetting.cast import WORDS, Cast, done

PEOPLE = ": visitor member colleague police officer admin first second free focal self conflicted interested recused"

PROPOSED_BY_FIRST = read_table(f"""
{PEOPLE}
approve  | proposed                    | 404x4 ok  ok  403 ok  ok  404 404 403x3
approve  | approved declined withdrawn | 404x4 409 409 403 409 409 404 404 403x3
decline  | proposed                    | 404x4 ok  ok  403 ok  ok  404 404 403x3
decline  | approved declined withdrawn | 404x4 409 409 403 409 409 404 404 403x3
withdraw | proposed                    | 404x6 ok  404x7
withdraw | approved declined withdrawn | 404x6 409 404x7
""")
"""`first` proposes that `self` get or lose a role; `self` belongs to the organisation of `conflicted`."""

OFFERED_BY_FOCAL = read_table(f"""
{PEOPLE}
approve  | offered                                      | 404x4 409x5 404 404 403x3
approve  | accepted                                     | 404x4 ok ok ok ok ok 404 404 403x3
approve  | approved declined withdrawn refused          | 404x4 409x5 404 404 403x3
decline  | offered                                      | 404x4 409x5 404 404 403x3
decline  | accepted                                     | 404x4 ok ok ok ok ok 404 404 403x3
decline  | approved declined withdrawn refused          | 404x4 409x5 404 404 403x3
accept   | offered                                      | 404x10 ok  404x3
accept   | withdrawn refused                            | 404x10 409 404x3
accept   | accepted approved declined                   | 404x14
withdraw | offered                                      | 404x9 ok  ok  404x3
withdraw | accepted                                     | 404x9 ok  404 404x3
withdraw | approved declined                            | 404x9 409 404 404x3
withdraw | withdrawn refused                            | 404x9 409 409 404x3
""")
"""`focal` offers the role to `self`."""

SERVICES = {
    "approve": approve_proposal,
    "decline": lambda actor, proposal: decline_proposal(actor, proposal, WORDS),
    "withdraw": withdraw_proposal,
    "accept": accept_offer,
}


def granting(cast):
    """Return a proposal that somebody of the organisation become coordinator."""
    member = cast.about(make_member(belongs_to=[cast.organisation]))
    with transaction():
        return propose_role(cast["first"], member, Role.COORDINATOR, reason=WORDS)


def ending(cast):
    """Return a proposal that a focal point of the organisation lose the role."""
    member = cast.about(make_member(belongs_to=[cast.organisation], focal_country="ES"))
    (grant,) = roles_in_force(member, now())
    with transaction():
        return propose_end(cast["first"], grant, reason=WORDS)


def offered(cast):
    """Return an offer of a new focal point to somebody of the organisation."""
    cast.people["focal"] = make_member(focal_country="GE")
    member = cast.about(make_member(belongs_to=[cast.organisation]))
    (grant,) = roles_in_force(cast["focal"], now())
    with transaction():
        return offer_role(cast["focal"], grant, member, reason=WORDS)


def accepted(cast):
    offer = offered(cast)
    return done(accept_offer, cast["self"], offer)


def refused(cast):
    offer = offered(cast)
    return done(withdraw_proposal, cast["self"], offer)


def withdrawn(cast):
    offer = offered(cast)
    return done(withdraw_proposal, cast["focal"], offer)


def decided(make):
    """Return how proposals that `make` makes come into each state."""
    return {
        "proposed": make,
        "approved": lambda cast: done(approve_proposal, cast["second"], make(cast)),
        "declined": lambda cast: done(decline_proposal, cast["second"], make(cast), WORDS),
        "withdrawn": lambda cast: done(withdraw_proposal, cast["first"], make(cast)),
    }


WALKS = {
    "grant": (PROPOSED_BY_FIRST, decided(granting)),
    "end": (PROPOSED_BY_FIRST, decided(ending)),
    "hand over": (
        OFFERED_BY_FOCAL,
        {
            "offered": offered,
            "accepted": accepted,
            "approved": decided(accepted)["approved"],
            "declined": decided(accepted)["declined"],
            "withdrawn": withdrawn,
            "refused": refused,
        },
    ),
}


@pytest.mark.db(state=frozenset({"proposed", "offered"}))
@pytest.mark.parametrize(
    ("kind", "state"), [(kind, state) for kind, (table, _ways) in WALKS.items() for state in states_of(table)]
)
def test_every_action_of_every_person_does_what_the_table_says(database, kind, state):
    table, ways = WALKS[kind]
    assert not walk(table, state, SERVICES, Cast(), ways[state])


@pytest.mark.db(kind=frozenset({"grant"}))
@pytest.mark.parametrize("kind", WALKS)
def test_the_buttons_are_what_the_services_allow(database, kind):
    table, ways = WALKS[kind]
    cast = Cast()
    for state in states_of(table):
        proposal = ways[state](cast)
        for name in (name for name in cast.people if name != "visitor"):
            shown = set(ROLE_PROPOSALS.actions(cast.viewer(name), proposal, proposal.status))
            allowed = {
                action for action in ("approve", "decline", "withdraw") if table[action, state, name] == "ok"
            }
            assert shown == allowed, (state, name)


def test_every_status_is_walked():
    walked = {state for table, _ways in WALKS.values() for state in states_of(table)}
    assert {each.value for each in ProposalStatus} <= walked
