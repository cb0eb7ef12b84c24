"""A table of outcomes, written by hand, walked through the services: every showcase × state × action × person."""

from datetime import timedelta

import pytest

from hub.core.clock import now
from hub.showcases.aftermath.report import digest_of, publish_report
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.making.calling import close_call, open_call, record_showcase, reopen_call
from hub.showcases.making.ending import cancel_showcase
from hub.showcases.models import ShowcaseSource, ShowcaseStatus
from hub.showcases.programme.publishing import publish_programme
from tests.catalogue.walking import read_table, states_of, walk
from tests.factories import make_member
from tests.showcases.scenes import drafted_showcase, make_curator, make_slot, opened_showcase

# `curator` and `colleague` are the team, `coordinator` sees the showcase as everybody does;
# `compiled` is the draft of a past one, `decided` is under review and its decisions were sent
TABLE = read_table("""
:curator colleague coordinator member
open_call    |draft                                                     |ok ok   404x2
open_call    |compiled call_open review decided programme_published     |409x2   404x2
open_call    |live closed reported cancelled                            |409x2   404x2
record       |compiled                                                  |ok ok   404x2
record       |draft call_open review decided programme_published        |409x2   404x2
record       |live closed reported cancelled                            |409x2   404x2
close_call   |call_open                                                 |ok ok   404x2
close_call   |draft compiled review decided programme_published         |409x2   404x2
close_call   |live closed reported cancelled                            |409x2   404x2
reopen_call  |review                                                    |ok ok   404x2
reopen_call  |draft call_open decided programme_published               |409x2   404x2
reopen_call  |compiled                                                  |422x2   404x2
reopen_call  |live closed reported cancelled                            |409x2   404x2
publish      |decided                                                   |ok ok   404x2
publish      |review                                                    |422x2   404x2
publish      |draft compiled call_open programme_published              |409x2   404x2
publish      |live closed reported cancelled                            |409x2   404x2
report       |closed                                                    |ok ok   404x2
report       |draft compiled call_open review decided                   |409x2   404x2
report       |programme_published live reported cancelled               |409x2   404x2
cancel       |call_open review decided programme_published live         |ok ok   404x2
cancel       |draft compiled closed reported cancelled                  |409x2   404x2
""")

LEADS = {
    "open_call": "call_open",
    "record": "reported",
    "close_call": "review",
    "reopen_call": "call_open",
    "publish": "programme_published",
    "report": "reported",
    "cancel": "cancelled",
}
"""Where each action leads, written by hand."""

BY_ITSELF = {"go_live", "close"}
"""What the clock does: nobody else does it."""

SERVICES = {
    "open_call": lambda actor, showcase: open_call(actor, showcase, version=showcase.version),
    "record": lambda actor, showcase: record_showcase(actor, showcase, version=showcase.version),
    "close_call": close_call,
    "reopen_call": lambda actor, showcase: reopen_call(actor, showcase, closes_at=now() + timedelta(days=9)),
    "publish": publish_programme,
    "report": lambda actor, showcase: publish_report(
        actor, showcase, "It led to two pilots.", over=digest_of(showcase.report)
    ),
    "cancel": lambda actor, showcase: cancel_showcase(actor, showcase, words="The host cancelled."),
}


@pytest.fixture
def cast(database):
    """Everybody by name."""
    return {
        "curator": make_curator(),
        "colleague": make_curator(),
        "coordinator": make_curator(),
        "member": make_member(),
    }


def a_showcase(cast, state):
    """Store a showcase in a state, with one slot in its programme."""
    team = {"curator": cast["curator"], "team": [cast["colleague"]]}
    if state == "compiled":
        showcase = drafted_showcase(
            **team, is_compiled=True, criteria=(), unknowns="How many came.", starts_in=-timedelta(days=9)
        )
        showcase.sources = [
            ShowcaseSource(url="https://example.org", title="Report", retrieved_on=now().date())
        ]
        return showcase
    if state == "draft":
        return drafted_showcase(**team)
    sent = {"decisions_sent_at": now()} if state == "decided" else {}
    status = ShowcaseStatus.REVIEW if state == "decided" else ShowcaseStatus(state)
    showcase = opened_showcase(**team, status=status, **sent)
    make_slot(showcase)
    return showcase


def test_the_table_holds_every_action_state_and_person():
    states = {*ShowcaseStatus, "compiled", "decided"}
    actions = {row.action for row in SHOWCASES} - BY_ITSELF
    people = {person for _action, _state, person in TABLE}
    assert {(action, state, who) for action in actions for state in states for who in people} == TABLE.keys()
    assert actions == LEADS.keys()


@pytest.mark.db(state=frozenset({"decided", "closed", "compiled"}))
@pytest.mark.parametrize("state", states_of(TABLE))
def test_each_person_gets_what_the_table_says(cast, state):
    assert walk(TABLE, state, SERVICES, cast, lambda _cast: a_showcase(cast, state), LEADS) == {}
