"""How many times the pages about people and roles ask the database: a fixed number, however much waits."""

import pytest

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.members.models import MemberStatus
from hub.vetting.roles import propose_role
from tests.catalogue.records import make_scene, submitted
from tests.factories import make_member
from tests.vetting.cast import Cast, asked, person, reported

ROLES, OF_A_DECIDER = 20, 8
"""Of the list of proposals; of looking up what one more decider may do."""


@pytest.fixture
def cast(database):
    return Cast()


@pytest.fixture
def asking(cast, new_client, queries):
    """Count what one of the cast asks with a page, after a first click."""

    def count(name, address):
        browser = new_client().become(cast[name])
        browser.get("/")
        with queries as asked_for:
            assert browser.get(address).status_code == 200
        return asked_for.statements[:]

    return count


def propose(by, number):
    for each in range(number):
        with transaction():
            propose_role(by, make_member(display_name=f"Dana {each}"), Role.COORDINATOR, reason="Able.")


def waiting(cast):
    """One more of everything that waits."""
    asked(cast)
    reported(cast)
    person(cast, MemberStatus.CONFIRMED)
    with transaction():
        propose_role(cast["first"], cast.about(make_member()), Role.COORDINATOR, reason="Able.")


def test_ones_own_proposals_ask_no_more_than_two_do(cast, asking):
    propose(cast["first"], 2)
    few = asking("first", "/roles/proposals")
    propose(cast["first"], 8)
    many = asking("first", "/roles/proposals")
    assert len(many) == len(few) <= ROLES, "\n".join(many)


@pytest.mark.parametrize(
    ("name", "address"),
    [("conflicted", "/coordinate/members"), ("free", "/roles/proposals"), ("officer", "/integrity")],
)
def test_lists_of_people_ask_no_more_when_more_waits(cast, asking, name, address):
    for _ in range(2):
        waiting(cast)
    few = asking(name, address)
    for _ in range(4):
        waiting(cast)
    many = asking(name, address)
    assert len(many) == len(few), "\n".join(many)


def test_the_officers_desk_looks_each_decider_up_once(cast, asking):
    submitted(make_scene())
    waiting(cast)
    few = asking("officer", "/integrity")
    make_member(roles=[Role.COORDINATOR])
    of_one = len(asking("officer", "/integrity")) - len(few)
    assert 0 < of_one <= OF_A_DECIDER, "\n".join(few)
