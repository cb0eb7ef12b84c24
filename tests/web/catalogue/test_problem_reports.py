"""Reporting a problem with a record: open to everybody, limited, answered to who signed in."""

import pytest

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import ProblemReport
from hub.core.database import session
from tests.catalogue.afterwards import answered_problem, problem_of
from tests.catalogue.cast import record_of


def send(browser, record, **changes):
    """Send a problem report."""
    values = {"kind": "wrong", "words": "It ended in 2024.", **changes}
    return browser.submit(f"/innovations/{record.slug}/report-problem", values)


def test_a_visitor_reports_without_an_account(cast, browser_of):
    record = record_of(cast)
    visitor = browser_of("visitor")
    page = visitor.get(f"/innovations/{record.slug}/report-problem").text
    assert "Not for reporting corruption" in page
    answer = send(visitor, record)
    assert (answer.status_code, answer.location) == (303, f"/innovations/{record.slug}")
    report = session().query(ProblemReport).one()
    assert (report.words, report.reported_by_id, report.language) == ("It ended in 2024.", None, "en-GB")


def test_a_member_reads_state_and_answer_and_nobody_else_does(cast, browser_of):
    record = record_of(cast)
    problem_of(cast, record, by="member")
    address = f"/innovations/{record.slug}/report-problem"
    page = browser_of("member").get(address).text
    assert "It ended." in page
    assert "Waits for a coordinator" in page
    answered_problem(cast, record, by="member")
    assert "We asked the owner." in browser_of("member").get(address).text
    for name in ("visitor", "partner", "registrar", "free"):
        page = browser_of(name).get(address).text
        assert "It ended." not in page
        assert "We asked the owner." not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": [], "words": "Only words"},
        {"kind": "bribe", "words": "Unknown kind"},
        {"kind": "wrong", "words": " "},
        {"kind": "wrong", "words": "long " * 500},
        {"kind": "wrong", "words": "invisible\u202eone"},
    ],
)
def test_what_was_typed_comes_back(cast, browser_of, wrong):
    record = record_of(cast)
    answer = browser_of("visitor").act(f"/innovations/{record.slug}/report-problem", wrong)
    assert answer.status_code == 422
    assert wrong["words"].strip() in answer.text
    assert "There is a problem" in answer.text
    assert not session().query(ProblemReport).count()


def test_what_is_hidden_takes_no_report(cast, browser_of):
    record = record_of(cast, readership=Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER))
    visitor = browser_of("visitor")
    answer = visitor.act(f"/innovations/{record.slug}/report-problem", {"kind": "wrong", "words": "x"})
    assert answer.status_code == 404


def test_ten_reports_an_hour_are_the_most_for_a_network_and_a_member(cast, browser_of):
    record = record_of(cast)
    for _ in range(10):
        assert send(browser_of("visitor"), record).status_code == 303
    refused = send(browser_of("visitor"), record, words="The eleventh, at length.")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3601
    assert "The eleventh, at length." in refused.text
    assert "within an hour" in refused.text
    member = browser_of("member")
    for _ in range(10):
        assert send(member, record).status_code == 303
    assert send(member, record).status_code == 429
    assert send(browser_of("adopter"), record).status_code == 303
    assert session().query(ProblemReport).count() == 21


def test_what_is_refused_costs_nothing(cast, browser_of):
    record = record_of(cast)
    visitor = browser_of("visitor")
    for _ in range(11):
        assert send(visitor, record, words="").status_code == 422
    assert send(visitor, record).status_code == 303


def test_limits_can_be_off_on_this_machine(cast, browser_of, app, monkeypatch):
    record = record_of(cast)
    monkeypatch.setattr(app.extensions["hub"].settings, "limits", "off")
    for _ in range(11):
        assert send(browser_of("visitor"), record).status_code == 303
