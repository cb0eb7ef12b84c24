"""Pages of commitments, insights and the decision register, narrow and from right to left, without a barrier."""

from tests.browser.conftest import NARROW
from tests.browser.test_collaboration_pages import ask, opens_all
from tests.browser.test_pages import turn


def test_a_visitor_of_promises_and_numbers_meets_no_barrier(new_person):
    visitor = new_person(NARROW)
    visitor.opens("/commitments")
    turn(visitor, "rtl")
    opens_all(visitor, "/commitments/UK0066", "/insights", "/insights/metrics")
    opens_all(visitor, "/decisions", "/decisions/checkpoints")


def test_who_keeps_commitments_meets_no_barrier(new_person):
    keeper = new_person(NARROW)
    keeper.signs_in("partner.ge")
    turn(keeper, "rtl")
    place = "/commitments/GE9001"
    opens_all(keeper, f"{place}/keep", f"{place}/milestones/2/measure", f"{place}/assessments/irm/new")
    opens_all(keeper, "/commitments/GE9002/edit")


def test_who_judges_evidence_meets_no_barrier(hub, new_person):
    judge = new_person(NARROW)
    judge.signs_in("coordinator2")
    turn(judge, "rtl")
    piece = ask(hub, "SELECT public_id FROM commitment_evidence WHERE status = 'given'")
    opens_all(judge, "/coordinate/commitments", f"/coordinate/commitments/{piece}")
