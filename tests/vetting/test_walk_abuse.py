"""Reports of abuse: every state × action × person, one call of a service each."""

import pytest

from hub.core.clock import now
from hub.core.database import session
from hub.members.models import AbuseReport, AbuseStatus, MemberStatus
from hub.vetting.abuse.service import dismiss_report, uphold_report
from hub.vetting.lifecycle import ABUSE_REPORTS
from tests.catalogue.walking import LEADS, read_table, states_of, walk
from tests.vetting.cast import WORDS, Cast, person

TABLE = read_table("""
: visitor member colleague focal police officer admin self free first second conflicted interested recused
uphold  | submitted        | 404x8 ok  ok  ok  403x3
uphold  | upheld dismissed | 404x8 409x3 403x3
dismiss | submitted        | 404x8 ok  ok  ok  403x3
dismiss | upheld dismissed | 404x8 409x3 403x3
""")
"""`member` reports `self`, who named the organisation of `conflicted`."""


def in_status(status):
    def make(cast):
        decided = status is not AbuseStatus.SUBMITTED
        report = AbuseReport(
            kind="threat",
            words=WORDS,
            reported_by_id=cast["member"].id,
            about_id=person(cast, MemberStatus.APPROVED).id,
            status=status,
            answer=WORDS if decided else "",
            decided_by_id=cast["first"].id if decided else None,
            decided_at=now() if decided else None,
        )
        session().add(report)
        session().commit()
        return report

    return make


SERVICES = {
    "uphold": lambda actor, report: uphold_report(actor, report, WORDS),
    "dismiss": lambda actor, report: dismiss_report(actor, report, WORDS),
}

STATES = {status.value: in_status(status) for status in AbuseStatus}


@pytest.fixture(autouse=True)
def leads(monkeypatch):
    """Where each action leads, written by hand."""
    monkeypatch.setitem(LEADS, ("abuse_reports", "uphold"), "upheld")
    monkeypatch.setitem(LEADS, ("abuse_reports", "dismiss"), "dismissed")


@pytest.mark.db(state=frozenset({AbuseStatus.SUBMITTED.value}))
@pytest.mark.parametrize("state", STATES)
def test_each_person_gets_what_the_table_says(database, state):
    assert walk(TABLE, state, SERVICES, Cast(), STATES[state]) == {}


@pytest.mark.db(state=frozenset({AbuseStatus.SUBMITTED.value}))
@pytest.mark.parametrize("state", STATES)
def test_the_buttons_are_those_that_work(database, state):
    cast = Cast()
    report = STATES[state](cast)
    for name in {name for _action, _state, name in TABLE}:
        shown = set(ABUSE_REPORTS.actions(cast.viewer(name), report, report.status))
        works = {action for action in SERVICES if TABLE[action, state, name] == "ok"}
        assert shown == works, name


def test_the_table_and_the_lifecycle_leave_nothing_out():
    assert set(states_of(TABLE)) == set(STATES)
    assert {row.action for row in ABUSE_REPORTS} == set(SERVICES)
