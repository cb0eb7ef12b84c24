"""What can never be true of a commitment, each with the field that says so."""

from datetime import date, timedelta

import pytest

from hub.commitments.codes import is_code, normal_code
from hub.commitments.keeping.checking import check_event, faults_in
from hub.commitments.keeping.details import EventDetails, PartyDetails, PlanDetails
from hub.commitments.models import PartyRole
from hub.core import clock
from hub.core.errors import InvalidError
from tests.commitments.records import details

TOMORROW = clock.now().date() + timedelta(days=2)

LEAD = PartyDetails(PartyRole.LEAD, "Ministry")


def test_a_whole_record_has_no_fault():
    assert not list(faults_in(details()))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("code", {"code": "66"}),
        ("code", {"code": "UK00660"}),
        ("country", {"country": "XX"}),
        ("title", {"title": " – "}),
        ("title", {"title": "Two\nlines"}),
        ("title", {"title": "x" * 251}),
        ("language", {"language": "British"}),
        ("objective", {"objective": "x" * 5001}),
        ("objective", {"objective": "turned \u202e round"}),
        ("policy_areas", {"policy_areas": ("open_data", "open_data")}),
        ("policy_areas", {"policy_areas": ("sunshine",)}),
        ("doubtful_policy_areas", {"doubtful_policy_areas": ("justice",)}),
        ("ogp_values", {"ogp_values": ("beauty",)}),
        ("plan_name", {"plan": PlanDetails("", 2016)}),
        ("plan_year", {"plan": PlanDetails("Plan", 1999)}),
        ("plan_ends_year", {"plan": PlanDetails("Plan", 2016, 2015)}),
        ("plan_number", {"plan": PlanDetails("Plan", 2016, None, 0)}),
        ("starts_on", {"starts_on": date(1999, 1, 1)}),
        ("ends_on", {"ends_on": date(2016, 5, 8)}),
        ("source_url", {"source_url": "javascript:alert(1)"}),
        ("retrieved_on", {"retrieved_on": None}),
        ("retrieved_on", {"retrieved_on": TOMORROW}),
        ("lead", {"parties": (PartyDetails(PartyRole.LEAD),)}),
        ("interest", {"parties": (PartyDetails(PartyRole.INTEREST, "", "XX"),)}),
        ("lead", {"parties": (LEAD, LEAD)}),
        ("lead", {"parties": tuple(PartyDetails(PartyRole.LEAD, f"Ministry {n}") for n in range(41))}),
    ],
)
def test_each_fault_names_its_field(field, said):
    assert [fault.field for fault in faults_in(details(**said))] == [field]


def test_every_fault_of_a_record_is_told_at_once():
    wrong = details(code="", title="", plan=PlanDetails("", 1999))
    assert [fault.field for fault in faults_in(wrong)] == ["code", "title", "plan_name", "plan_year"]


@pytest.mark.parametrize(
    ("field", "event"),
    [
        ("words", EventDetails(date(2017, 11, 1), "  ")),
        ("happened_on", EventDetails(TOMORROW, "It stands.")),
        ("happened_on", EventDetails(date(1990, 1, 1), "It stands.")),
        ("source_url", EventDetails(date(2017, 11, 1), "It stands.", source_url="no address")),
    ],
)
def test_an_event_has_words_a_past_day_and_a_real_source(field, event):
    with pytest.raises(InvalidError) as refused:
        check_event(event)
    assert refused.value.field == field


def test_codes_are_compared_in_capitals():
    assert normal_code(" uk0066\n") == "UK0066"
    assert is_code("UK0066")
    assert is_code("SCO0001")
    assert not is_code("uk0066")
