"""Requests and merges: every state × action × person, one call of a service each; and the buttons that follow."""

import pytest

from hub.catalogue.ownership.merging import merge_organisations
from hub.integrity.viewers import viewer_of
from hub.organisations.models import OrganisationStatus
from hub.vetting.lifecycle import MERGES, ORGANISATIONS, VERIFICATIONS
from hub.vetting.organisations.ending import end_verification
from hub.vetting.organisations.merging import decline_merge, withdraw_merge
from hub.vetting.organisations.verification import (
    approve_verification,
    decline_verification,
    withdraw_verification,
)
from tests.catalogue.walking import read_table, states_of, walk
from tests.vetting.organisations.bodies import MERGED, REQUESTS, WORDS, Cast

REQUEST_TABLE = read_table("""
: visitor member self colleague neighbour officer admin focal free first rival
: focal_inside conflicted interested recused
approve  | requested                   | 404x7 ok  ok  ok  ok  403x4
approve  | approved declined withdrawn | 404x7 409x4 403x4
decline  | requested                   | 404x7 ok  ok  ok  ok  403x4
decline  | approved declined withdrawn | 404x7 409x4 403x4
withdraw | requested                   | 404x2 ok  404x12
withdraw | approved declined withdrawn | 404x2 409 404x12
""")
"""Asked for by `self` for an organisation to which `rival` does not belong."""

MERGE_TABLE = read_table("""
: visitor member self colleague neighbour officer admin focal focal_inside free first rival
: conflicted interested recused
approve  | proposed                    | 404x9 ok  403 403x4
approve  | approved                    | 404x9 409 403 403x4
approve  | declined withdrawn          | 404x9 409 403 403x4
decline  | proposed                    | 404x9 ok  403 403x4
decline  | approved declined withdrawn | 404x9 409 403 403x4
withdraw | proposed                    | 404x10 ok  404x4
withdraw | approved declined withdrawn | 404x10 409 404x4
""")
"""Proposed by `first`."""

END_TABLE = read_table("""
: visitor member self colleague neighbour officer admin focal free first rival
: focal_inside conflicted interested recused
end | verified          | 404x7 ok  ok  ok  ok  403x4
end | unverified lapsed | 404x7 409x4 403x4
""")


def approving(actor, request):
    approve_verification(
        actor,
        request,
        evidence=WORDS,
        is_article_36_authority=False,
        version=request.organisation.version,
    )


def in_state(status):
    def make(cast):
        cast.organisation.status = OrganisationStatus(status)
        return cast.organisation

    return make


WALKS = {
    "verification": (
        REQUEST_TABLE,
        {
            "approve": approving,
            "decline": lambda actor, request: decline_verification(actor, request, words=WORDS),
            "withdraw": withdraw_verification,
        },
        REQUESTS,
        VERIFICATIONS,
    ),
    "merge": (
        MERGE_TABLE,
        {
            "approve": merge_organisations,
            "decline": lambda actor, merge: decline_merge(actor, merge, words=WORDS),
            "withdraw": withdraw_merge,
        },
        MERGED,
        MERGES,
    ),
    "organisation": (
        END_TABLE,
        {"end": lambda actor, organisation: end_verification(actor, organisation, words=WORDS)},
        {each.value: in_state(each) for each in OrganisationStatus},
        ORGANISATIONS,
    ),
}

CASES = [(name, state) for name, (_table, _services, ways, _rows) in WALKS.items() for state in ways]

ON_POSTGRES = frozenset(next(iter(ways)) for _table, _services, ways, _rows in WALKS.values())
"""One state of each walk is walked on PostgreSQL too (decision 0043)."""


@pytest.mark.db(state=ON_POSTGRES)
@pytest.mark.parametrize(("name", "state"), CASES)
def test_each_person_gets_what_the_table_says(database, name, state):
    table, services, ways, _rows = WALKS[name]
    assert walk(table, state, services, Cast(), ways[state]) == {}


@pytest.mark.db(state=ON_POSTGRES)
@pytest.mark.parametrize(("name", "state"), CASES)
def test_the_buttons_are_those_that_work(database, name, state):
    table, _services, ways, rows = WALKS[name]
    cast = Cast()
    thing = ways[state](cast)
    for person in cast.people:
        shown = set(rows.actions(viewer_of(cast[person]), thing, thing.status))
        works = {
            action for (action, where, who), outcome in table.items()
            if (where, who, outcome) == (state, person, "ok")
        }  # fmt: skip
        assert shown == works, person


def test_the_tables_walk_every_state():
    for table, _services, ways, _rows in WALKS.values():
        assert set(states_of(table)) == set(ways)


def test_only_the_clock_and_requests_move_an_organisation_besides():
    assert {row.action for row in ORGANISATIONS} == {"verify", "verify_again", "begin_anew", "lapse", "end"}
