"""What a record of a commitment says, everything that a test does not care about filled in."""

from datetime import date

from hub.commitments.keeping.details import CommitmentDetails, PartyDetails, PlanDetails
from hub.commitments.models import PartyRole

PLAN = PlanDetails("Third Action Plan", 2016, 2018, 3)


def details(**said):
    """Return a record of Georgia."""
    return CommitmentDetails(
        **{
            "code": "GE0001",
            "country": "GE",
            "plan": PLAN,
            "title": "Open the company register",
            "objective": "Everybody reads who owns a company.",
            "policy_areas": ("beneficial_ownership", "open_data"),
            "ogp_values": ("access_to_information",),
            "parties": (PartyDetails(PartyRole.LEAD, "Ministry of Justice"),),
            "starts_on": date(2016, 5, 9),
            "ends_on": date(2017, 5, 3),
            "source_url": "https://example.org/plan",
            "retrieved_on": date(2026, 11, 21),
            **said,
        }
    )
