"""Tables of outcomes, walked through the services: presenters, proposals to feature, registrations and seats."""

import pytest

from hub.core.clock import now
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.entries.presenters import confirm_presenter, step_back_as_presenter
from hub.showcases.lifecycle import FEATURES, PRESENTERS, REGISTRATIONS, SEATS
from hub.showcases.models import (
    EntryPresenter,
    EntryStatus,
    FeatureProposal,
    PresenterStatus,
    RegistrationStatus,
    Seat,
    SeatStatus,
    SlotKind,
)
from hub.showcases.registrations.admitting import approve_registration, decline_registration
from hub.showcases.registrations.registering import cancel_registration, holding_own
from hub.showcases.registrations.seats import leave_seat, take_seat
from hub.showcases.review.featuring import approve_feature, decline_feature, withdraw_feature
from tests.catalogue.records import make_scene
from tests.catalogue.walking import read_table, states_of, walk
from tests.factories import make_member
from tests.showcases.programme.plans import decided_showcase
from tests.showcases.scenes import (
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)

# `side` represents the owner of an accepted entry that no programme shows yet; `judge`, `second` and `conflicted` are
# the team, and the latter belongs to the owner; whoever has stepped back knows of the entry no longer
PRESENTING = read_table("""
:presenter side judge conflicted stranger
confirm   |asked                |ok  403 404x3
confirm   |confirmed            |409 403 404x3
confirm   |stepped_back gone    |404 403 404x3
step_back |asked confirmed      |ok  403 404x3
step_back |stepped_back gone    |404 403 404x3
""")

# the side answers for who has no account
FOR_GUESTS = read_table("""
:presenter side judge conflicted stranger
confirm   |asked                |404 ok  404x3
confirm   |confirmed            |404 409 404x3
confirm   |stepped_back         |404 409 404x3
step_back |asked confirmed      |404 ok  404x3
step_back |stepped_back         |404 409 404x3
""")

# `judge` proposed it
FEATURING = read_table("""
:judge second conflicted side stranger
approve   |proposed                      |403 ok  404 403 404
approve   |approved declined withdrawn   |403 409 404 403 404
decline   |proposed                      |403 ok  404 403 404
decline   |approved declined withdrawn   |403 409 404 403 404
withdraw  |proposed                      |ok  404 404 403 404
withdraw  |approved declined withdrawn   |409 404 404 403 404
""")

# a guest who was not confirmed has no account; `asked by judge` is a curator's own
COMING = read_table("""
:registrant judge second stranger
approve   |asked                                                 |404 ok  ok  404
approve   |asked_by_judge                                        |404 403 ok  404
approve   |unconfirmed registered waiting cancelled declined     |404 409x2   404
decline   |asked                                                 |404 ok  ok  404
decline   |asked_by_judge                                        |404 403 ok  404
decline   |unconfirmed registered waiting cancelled declined     |404 409x2   404
cancel    |asked registered waiting                              |ok  403x3
cancel    |asked_by_judge                                        |403 ok  403x2
cancel    |unconfirmed                                           |403x4
cancel    |cancelled declined                                    |409 403x3
""")

# of somebody without a seat, with one, on the waiting list of the slot, and without a place at the showcase
SITTING = read_table("""
:registrant judge stranger
take      |none                 |ok  403x2
take      |taken waiting        |409 403x2
take      |without_place        |409 403x2
leave     |taken waiting        |ok  403x2
leave     |none without_place   |409 403x2
""")

ANSWERS = {"confirm": confirm_presenter, "step_back": step_back_as_presenter}
PROPOSALS = {
    "approve": approve_feature,
    "decline": lambda actor, proposal: decline_feature(actor, proposal, words="Too early."),
    "withdraw": withdraw_feature,
}
PLACES = {
    "approve": approve_registration,
    "decline": lambda actor, registration: decline_registration(actor, registration, words="It is full."),
    "cancel": lambda actor, registration: cancel_registration(holding_own(actor, registration), registration),
}

SAYS = {"confirm": "confirmed", "step_back": "stepped_back"}
DECIDES = {"approve": "approved", "decline": "declined", "withdraw": "withdrawn"}
LEADS = {"approve": "registered", "decline": "declined", "cancel": "cancelled"}
"""Where each action leads, written by hand."""


@pytest.fixture
def cast(database):
    """Everybody by name, and the innovation that is shown."""
    scene = make_scene()
    return {
        "innovation": recorded_innovation(scene),
        "side": scene.partner,
        "presenter": make_member(),
        "judge": make_curator(),
        "second": make_curator(),
        "conflicted": make_curator(belongs_to=[scene.owner]),
        "registrant": make_member(),
        "stranger": make_member(),
    }


def team_of(cast):
    return {"curator": cast["judge"], "team": [cast["second"], cast["conflicted"]]}


def accepted(cast, presenters):
    showcase = decided_showcase(**team_of(cast))
    return proposed_entry(
        showcase, cast["innovation"], cast["side"], status=EntryStatus.ACCEPTED, presenters=presenters
    )


def a_presenter(cast, state, somebody):
    """Store who presents an accepted entry, as far as they have answered."""
    presenter = accepted(cast, [somebody]).presenters[0]
    presenter.status = PresenterStatus(state)
    session().commit()
    return session().get(EntryPresenter, presenter.id)


def a_proposal(cast, state):
    """Store a proposal to feature an accepted entry."""
    entry = accepted(cast, [cast["presenter"]])
    decided = {} if state == "proposed" else {"decided_at": now()}
    if state in {"approved", "declined"}:
        decided["decided_by_id"] = cast["second"].id
    proposal = FeatureProposal(
        entry_id=entry.id, status=ProposalStatus(state), reason="It is good.",
        proposed_by_id=cast["judge"].id, proposed_at=now(), **decided,
    )  # fmt: skip
    session().add(proposal)
    session().commit()
    return proposal


def a_registration(cast, state):
    """Store a registration for a showcase that approves each."""
    showcase = opened_showcase(**team_of(cast), needs_approval=True)
    if state == "unconfirmed":
        named = {"guest_name": "Eka", "guest_email": "eka@guests.example", "guest_language": "en-GB"}
        return registered(showcase, status=RegistrationStatus.UNCONFIRMED, **named)
    somebody = cast["judge" if state == "asked_by_judge" else "registrant"]
    return registered(showcase, somebody, status=RegistrationStatus(state.partition("_")[0]))


def a_guest_of(cast, state):
    """Store a registration for a programme with one slot of limited room; return it and the slot."""
    showcase = published_showcase(**team_of(cast))
    slot = make_slot(showcase, kind=SlotKind.PLENARY, title="Opening", capacity=1)
    status = RegistrationStatus.WAITING if state == "without_place" else RegistrationStatus.REGISTERED
    registration = registered(showcase, cast["registrant"], status=status)
    if state in set(SeatStatus):
        slot.last_number = 1
        slot.seats_taken = int(state == "taken")
        seat = Seat(registration=registration, slot=slot, status=SeatStatus(state), number=1)
        session().add(seat)
        session().commit()
    return registration, slot


@pytest.mark.parametrize(
    ("table", "lifecycle", "states", "by_itself"),
    [
        (PRESENTING, PRESENTERS, set(PresenterStatus), {"go"}),
        (FOR_GUESTS, PRESENTERS, set(PresenterStatus) - {"gone"}, {"go"}),
        (FEATURING, FEATURES, set(ProposalStatus), set()),
        (
            COMING,
            REGISTRATIONS,
            {*RegistrationStatus, "asked_by_judge"},
            {"ask", "register", "wait", "queue", "promote"},
        ),
    ],
    ids=["presenters", "presenters without account", "proposals", "registrations"],
)
def test_the_tables_hold_every_action_state_and_person(table, lifecycle, states, by_itself):
    actions = {row.action for row in lifecycle} - by_itself
    people = {person for _action, _state, person in table}
    assert {(action, state, who) for action in actions for state in states for who in people} == table.keys()


def test_nobody_but_a_free_seat_moves_a_seat():
    assert {row.action for row in SEATS} == {"promote"}


@pytest.mark.db(state=frozenset({"asked"}))
@pytest.mark.parametrize("state", states_of(PRESENTING))
def test_presenters_answer_for_themselves(cast, state):
    def make(_cast):
        return a_presenter(cast, state, cast["presenter"])

    assert walk(PRESENTING, state, ANSWERS, cast, make, SAYS) == {}


@pytest.mark.parametrize("state", states_of(FOR_GUESTS))
def test_the_side_answers_for_who_has_no_account(cast, state):
    assert walk(FOR_GUESTS, state, ANSWERS, cast, lambda _cast: a_presenter(cast, state, "Eka"), SAYS) == {}


@pytest.mark.db(state=frozenset({"proposed"}))
@pytest.mark.parametrize("state", states_of(FEATURING))
def test_featuring_needs_two(cast, state):
    assert walk(FEATURING, state, PROPOSALS, cast, lambda _cast: a_proposal(cast, state), DECIDES) == {}


@pytest.mark.db(state=frozenset({"asked", "registered"}))
@pytest.mark.parametrize("state", states_of(COMING))
def test_the_team_admits_and_who_registered_cancels(cast, state):
    assert walk(COMING, state, PLACES, cast, lambda _cast: a_registration(cast, state), LEADS) == {}


@pytest.mark.db(state=frozenset({"none", "taken"}))
@pytest.mark.parametrize("state", states_of(SITTING))
def test_who_has_a_place_takes_and_leaves_seats(cast, state):
    registration, slot = a_guest_of(cast, state)
    seats = {
        "take": lambda actor, one: take_seat(holding_own(actor, one), one, slot),
        "leave": lambda actor, one: leave_seat(holding_own(actor, one), one, slot),
    }
    assert walk(SITTING, state, seats, cast, lambda _cast: registration, {}) == {}
