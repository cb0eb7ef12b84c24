"""Revisions that widen their record: every state × action × person, also while a second coordinator is asked."""

import pytest

from hub.catalogue.review.service import (
    decline_revision,
    propose_widening,
    publish_revision,
    release_revision,
    request_changes,
    take_revision,
)
from hub.catalogue.service import submit_revision, withdraw_revision
from tests.catalogue import widenings
from tests.catalogue.cast import make_cast
from tests.catalogue.records import OPINION
from tests.catalogue.walking import read_table, states_of, walk

TABLE = read_table("""
: visitor member adder mere adopter focal police officer admin partner second both registrar
: conflicted free holder compiler
submit          | draft                                   | 404x9 ok ok ok ok     404x4
submit          | submitted taken waits shown withdrawn   | 404x9 409 409 409 409 404x4
take            | submitted                               | 404x13 403 ok  ok  ok
take            | draft taken waits shown withdrawn       | 404x13 403 409 409 409
release         | taken waits                             | 404x13 409 409 409 ok
release         | draft submitted shown withdrawn         | 404x13 409 409 409 409
widen           | taken                                   | 404x13 403 409 409 ok
widen           | draft submitted waits shown withdrawn   | 404x13 403 409 409 409
publish         | draft submitted taken waits shown       | 404x13 403 409 409 409
publish         | withdrawn                               | 404x13 403 409 409 409
request_changes | taken                                   | 404x13 403 409 409 ok
request_changes | draft submitted waits shown withdrawn   | 404x13 403 409 409 409
decline         | taken                                   | 404x13 403 409 409 ok
decline         | draft submitted waits shown withdrawn   | 404x13 403 409 409 409
withdraw        | submitted taken waits                   | 404x9 ok ok ok ok     404x4
withdraw        | draft shown withdrawn                   | 404x9 409 409 409 409 404x4
""")
"""`compiler` reviews it, and while it waits proposed it; who decides proposals stands in another table."""

SERVICES = {
    "submit": lambda actor, revision: submit_revision(actor, revision, version=revision.version),
    "take": take_revision,
    "release": release_revision,
    "widen": lambda actor, revision: propose_widening(actor, revision, reason=widenings.REASON),
    "publish": publish_revision,
    "request_changes": lambda actor, revision: request_changes(actor, revision, OPINION["request_changes"]),
    "decline": lambda actor, revision: decline_revision(actor, revision, OPINION["decline"]),
    "withdraw": withdraw_revision,
}

WAYS = {
    "draft": widenings.draft_of,
    "submitted": widenings.submitted_of,
    "taken": widenings.taken_of,
    "waits": lambda cast: widenings.widening_of(cast).revision,
    "shown": lambda cast: widenings.approved_widening(cast).revision,
    "withdrawn": widenings.withdrawn_of,
}


@pytest.mark.db(state=frozenset({"waits"}))
@pytest.mark.parametrize("state", WAYS)
def test_each_person_gets_what_the_table_says(database, state):
    assert walk(TABLE, state, SERVICES, make_cast(), WAYS[state]) == {}


def test_the_table_leaves_no_cell_out():
    people = {person for _action, _state, person in TABLE}
    assert set(states_of(TABLE)) == set(WAYS)
    assert len(TABLE) == len(SERVICES) * len(WAYS) * len(people)
