"""A table of outcomes, written by hand, walked through the services: every state × action × person."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR, Role, Viewer
from hub.core.database import session, transaction
from hub.core.errors import HubError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.introductions.lifecycle import INTRODUCTIONS
from hub.members.introductions.permissions import can_view, visible_to
from hub.members.introductions.queries import Box, introductions_of
from hub.members.introductions.service import (
    accept_introduction,
    decline_and_block,
    decline_introduction,
    withdraw_introduction,
)
from hub.members.models import Introduction, IntroductionStatus, MemberStatus
from tests.catalogue.walking import NAMES, log_size, read_table, states_of
from tests.factories import make_member
from tests.members.introductions.people import (
    accept,
    age,
    ask,
    decline,
    expired,
    pair,
    refused_ask,
    withdraw,
)
from tests.undoing import undone

# `late` was asked in time, and the clock has not come by yet; `declined_withdrawn` was taken back by who could not
# know that it was declined; `undelivered` never reached anybody
TABLE = read_table("""
:asker asked third coordinator officer administrator suspended visitor
accept   |asked                                            |404 ok    404x6
accept   |accepted declined withdrawn expired late         |404 409   404x6
accept   |declined_withdrawn                               |404 409   404x6
accept   |undelivered                                      |404x8
decline  |asked                                            |404 ok    404x6
decline  |accepted declined withdrawn expired late         |404 409   404x6
decline  |declined_withdrawn                               |404 409   404x6
decline  |undelivered                                      |404x8
block    |asked accepted declined withdrawn expired late   |404 ok    404x6
block    |declined_withdrawn                               |404 ok    404x6
block    |undelivered                                      |404x8
withdraw |asked declined undelivered                       |ok 404    404x6
withdraw |accepted withdrawn expired late                  |409 404   404x6
withdraw |declined_withdrawn                               |409 404   404x6
""")

SERVICES = {
    "accept": lambda actor, thing: accept_introduction(actor, thing, contact="here"),
    "decline": decline_introduction,
    "block": decline_and_block,
    "withdraw": withdraw_introduction,
}

LOGGED = {"accept", "withdraw"}
"""What is in the log: never that somebody declined or blocked."""


def in_state(state, asker, asked):
    if state == "undelivered":
        return refused_ask(asker, asked)
    introduction = ask(asker, asked)
    if state == "accepted":
        accept(asked, introduction)
    elif state in {"declined", "declined_withdrawn"}:
        decline(asked, introduction)
    elif state == "expired":
        expired(introduction)
    elif state == "late":
        age(introduction, timedelta(days=31))
    if state in {"withdrawn", "declined_withdrawn"}:
        withdraw(asker, introduction)
    return introduction


def everybody(asker, asked):
    """Return the viewer of each person of the table."""
    return {
        "asker": viewer_of(asker),
        "asked": viewer_of(asked),
        "third": viewer_of(make_member()),
        "coordinator": viewer_of(make_member(roles=[Role.COORDINATOR])),
        "officer": viewer_of(make_member(roles=[Role.INTEGRITY_OFFICER])),
        "administrator": viewer_of(make_member(roles=[Role.ADMINISTRATOR])),
        "suspended": viewer_of(make_member(status=MemberStatus.SUSPENDED)),
        "visitor": VISITOR,
    }


def outcome_of(service, viewer, introduction):
    before = log_size()
    try:
        with transaction():
            service(viewer, introduction)
    except HubError as error:
        return NAMES[type(error)], log_size() - before
    return "ok", log_size() - before


@pytest.mark.db(state=["asked", "declined"])
@pytest.mark.parametrize("state", states_of(TABLE))
def test_everybody_can_do_what_the_table_says_and_nothing_else(database, state):
    asker, asked = pair(1)
    introduction = in_state(state, asker, asked)
    viewers = everybody(asker, asked)
    for (action, name, person), expected in TABLE.items():
        if name != state:
            continue
        with undone(database):
            outcome, logged = outcome_of(SERVICES[action], viewers[person], introduction)
        assert (outcome, logged) == (expected, int(expected == "ok" and action in LOGGED)), (action, person)


@pytest.mark.parametrize("state", states_of(TABLE))
def test_rule_condition_and_lists_agree_about_who_sees_it(database, state):
    asker, asked = pair(1)
    introduction = in_state(state, asker, asked)
    gone = state in {"withdrawn", "declined_withdrawn", "undelivered"}
    for person, viewer in everybody(asker, asked).items():
        sees = person == "asker" or (person == "asked" and not gone)
        assert can_view(viewer, introduction) is sees, person
        listed = session().query(Introduction.id).where(visible_to(viewer)).all()
        assert len(listed) == sees, person
        totals = [introductions_of(viewer, box, PageRequest()).total for box in Box]
        assert sum(totals) == sees, person


def test_the_table_of_transitions_is_the_only_way_and_nobody_expires_one():
    assert {(row.action, row.target) for row in INTRODUCTIONS} == {
        ("accept", IntroductionStatus.ACCEPTED),
        ("decline", IntroductionStatus.DECLINED),
        ("withdraw", IntroductionStatus.WITHDRAWN),
        ("expire", IntroductionStatus.EXPIRED),
    }
    assert all(row.sources == {IntroductionStatus.ASKED} for row in INTRODUCTIONS)
    thing = Introduction(asked_by_id=1, asked_id=2, is_delivered=True)
    for number, own in ((1, ("withdraw",)), (2, ("accept", "decline")), (3, ())):
        viewer = Viewer(member_id=number, public_id="somebody", roles=frozenset(Role))
        assert INTRODUCTIONS.actions(viewer, thing, IntroductionStatus.ASKED) == own
