"""Tables of outcomes, written by hand, walked through the services: every entry × state × action × person."""

from datetime import timedelta

import pytest

from hub.core.clock import now
from hub.showcases.aftermath.presence import mark_missed, mark_presented
from hub.showcases.entries.answering import confirm_entry, move_up, step_back_with
from hub.showcases.entries.service import propose_entry, withdraw_entry
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import EntryDecision, EntryStatus, ShowcaseStatus
from hub.showcases.models.entry import IN_PROGRAMME
from hub.showcases.review.deciding import Decision, decide_entry
from hub.showcases.review.scoring import Scores, save_scores
from tests.catalogue.records import make_scene
from tests.catalogue.walking import read_table, states_of, walk
from tests.factories import make_member
from tests.showcases.scenes import (
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    recorded_innovation,
)

# `proposer` and `colleague` represent the owner; `judge` and `conflicted` are the team, and the latter belongs to the
# owner; `coordinator` is on no team. What is confirmed stands in a programme that everybody reads, and has begun.
TABLE = read_table("""
:proposer colleague presenter judge conflicted coordinator stranger
propose   |draft                                                        |ok ok   404x5
propose   |proposed under_review accepted waitlisted rejected withdrawn |409x2   403x2  404x3
propose   |confirmed presented not_presented                            |409x2   403x5
confirm   |draft                                                        |409x2   404x5
confirm   |accepted                                                     |ok ok   403x2  404x3
confirm   |proposed under_review waitlisted rejected withdrawn          |409x2   403x2  404x3
confirm   |confirmed presented not_presented                            |409x2   403x5
step_back |draft                                                        |409x2   404x5
step_back |accepted                                                     |ok ok   403x2  404x3
step_back |proposed under_review waitlisted rejected withdrawn          |409x2   403x2  404x3
step_back |confirmed                                                    |ok ok   403x5
step_back |presented not_presented                                      |409x2   403x5
withdraw  |draft                                                        |409x2   404x5
withdraw  |proposed under_review waitlisted                             |ok ok   403x2  404x3
withdraw  |accepted rejected withdrawn                                  |409x2   403x2  404x3
withdraw  |confirmed presented not_presented                            |409x2   403x5
score     |draft                                                        |403x2   404x5
score     |proposed under_review                                        |403x3   ok     404x3
score     |accepted waitlisted rejected withdrawn                       |403x3   409    404x3
score     |confirmed presented not_presented                            |403x3   409    403x3
decide    |draft                                                        |403x2   404x5
decide    |under_review                                                 |403x3   ok     404x3
decide    |proposed accepted waitlisted rejected withdrawn              |403x3   409    404x3
decide    |confirmed presented not_presented                            |403x3   409    403x3
move_up   |draft                                                        |403x2   404x5
move_up   |waitlisted                                                   |403x3   ok     404x3
move_up   |proposed under_review accepted rejected withdrawn            |403x3   409    404x3
move_up   |confirmed presented not_presented                            |403x3   409    403x3
present   |draft                                                        |403x2   404x5
present   |confirmed not_presented                                      |403x3   ok     403x3
present   |proposed under_review accepted waitlisted rejected withdrawn |403x3   409    404x3
miss      |draft                                                        |403x2   404x5
miss      |accepted                                                     |403x3   ok     404x3
miss      |confirmed presented not_presented                            |403x3   ok     403x3
miss      |proposed under_review waitlisted rejected withdrawn          |403x3   409    404x3
""")

TWICE = {("present", "presented")}
"""What does no harm a second time and leaves no trace either."""

LEADS = {
    "propose": "proposed",
    "confirm": "confirmed",
    "step_back": "withdrawn",
    "withdraw": "withdrawn",
    "move_up": "accepted",
    "present": "presented",
    "miss": "not_presented",
}
"""Where each action leads, written by hand; scores and decisions that wait to be sent move nothing."""

BY_ITSELF = {"begin_review", "reopen", "accept", "waitlist", "reject"}
"""What follows from the end of the call, from its opening again, and from sending all decisions together."""


def scored_by(actor, entry):
    points = {each.id: 4 for each in entry.showcase.criteria}
    return save_scores(actor, entry, Scores(points, ""), version=0, is_final=True)


SERVICES = {
    "propose": lambda actor, entry: propose_entry(actor, entry, version=entry.version, arrived_at=now()),
    "confirm": confirm_entry,
    "step_back": step_back_with,
    "withdraw": withdraw_entry,
    "score": scored_by,
    "decide": lambda actor, entry: decide_entry(
        actor, entry, Decision(EntryDecision.REJECT, "No room."), seen=""
    ),
    "move_up": move_up,
    "present": mark_presented,
    "miss": lambda actor, entry: mark_missed(actor, entry, words="The train was late."),
}

BEGUN = (EntryStatus.ACCEPTED, *IN_PROGRAMME)


@pytest.fixture
def cast(database):
    """Everybody by name, and the innovation that is proposed."""
    scene = make_scene()
    return {
        "innovation": recorded_innovation(scene),
        "proposer": scene.partner,
        "colleague": make_member(represents=[scene.owner]),
        "presenter": make_member(),
        "judge": make_curator(),
        "conflicted": make_curator(belongs_to=[scene.owner]),
        "coordinator": make_curator(),
        "stranger": make_member(),
    }


def its_showcase(cast, state):
    """Store the showcase in which an entry can be in a state."""
    team = {"curator": cast["judge"], "team": [cast["conflicted"]]}
    if state in {"draft", "proposed"}:
        return opened_showcase(**team)
    if state in BEGUN:
        closed = dict.fromkeys(("registration_opens_at", "registration_closes_at"))
        return opened_showcase(**team, status=ShowcaseStatus.LIVE, starts_in=-timedelta(hours=1), **closed)
    sent = None if state == "under_review" else now()
    return opened_showcase(**team, status=ShowcaseStatus.REVIEW, decisions_sent_at=sent)


def an_entry(cast, state):
    """Store an entry in a state; one that was accepted has a slot."""
    showcase, columns = its_showcase(cast, state), {"presenters": [cast["presenter"]]}
    if state == "draft":
        columns["proposed_at"] = None
    if state == "waitlisted":
        columns["waitlist_position"] = 1
    status = EntryStatus(state)
    entry = proposed_entry(showcase, cast["innovation"], cast["proposer"], status=status, **columns)
    if state in BEGUN:
        make_slot(showcase, entry)
    return entry


def test_the_table_holds_every_action_state_and_person():
    actions = {row.action for row in ENTRIES} - BY_ITSELF | {"score", "decide"}
    people = {person for _action, _state, person in TABLE}
    wanted = {(action, state) for action in actions for state in EntryStatus} - TWICE
    assert {(*each, who) for each in wanted for who in people} == TABLE.keys()
    assert actions - {"score", "decide"} == LEADS.keys()


@pytest.mark.db(state=frozenset({"under_review", "waitlisted", "confirmed"}))
@pytest.mark.parametrize("state", states_of(TABLE))
def test_each_person_gets_what_the_table_says(cast, state):
    assert walk(TABLE, state, SERVICES, cast, lambda _cast: an_entry(cast, state), LEADS) == {}
