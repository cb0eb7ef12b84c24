"""What is hidden from somebody is in none of their suggestions, moves none of them, and leaves no word in the cache."""

import pytest

from hub.access.viewer import Role
from hub.catalogue.models import InnovationStatus
from hub.collaboration.models import RequestStatus
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.jobs.fairness import count_exposure
from hub.matching.digest import new_suggestions
from hub.matching.models import ExposureFloor
from hub.members.models import FieldAudience, MemberStatus
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, named_organisations
from tests.collaboration.requests import GEORGIAN_POLICE as POLICE_REQUEST
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import NEEDS, network_request, school, scientist, tracing_tool
from tests.web.leaks.comparing import different, read
from tests.web.leaks.planting import plant
from tests.web.leaks.words import MARK

ABSENT = "2" * 22

OUTSIDERS = {
    "member": {},
    "police without a factor": {"law_enforcement": "GE", "has_factor": False},
    "focal point": {"focal_country": "GE"},
    "coordinator": {"roles": [Role.COORDINATOR]},
    "integrity officer": {"roles": [Role.INTEGRITY_OFFICER]},
}

SAID = {
    "headline": "Financial investigator",
    "biography": "Traces stolen assets through company registers and bank statements.",
    "needs": NEEDS,
    "offers": "Network analysis of company ownership and machine learning on tenders.",
    "terms": {"functions": ["recover_assets", "detect"], "skills": ["network_analysis"], "languages": ["en"]},
}
"""What everybody says who looks: all that is hidden would fit it well."""

STANDARDS = {"standards_read": ("ocds",), "standards_written": ("ocds",)}

LISTS = (
    *("/start", "/countries/GE", "/introductions", "/introductions/sent", "/account/notifications"),
    *(f"/matches{each}" for each in ("", "/innovations", "/requests", "/people", "/country", "/weights")),
    *("/matches/find?q=assets", "/matches/find?q=network", "/matches/dismissed", "/matches/method"),
    *("/coordinate/needs", "/coordinate/fairness", "/coordinate/introductions"),
)


def looking():
    """Store people by name who look for much and offer much."""
    people = {}
    for name, columns in OUTSIDERS.items():
        people[name] = make_member(**{"country": "GE", "member_type": "data_scientist"} | columns)
        make_profile(people[name], **SAID)
    return people


def hide(profile):
    """Store what fits and none of them may see; return the subjects.

    Args:
        profile: whom members see, and whose biography is for law enforcement from now on.
    """
    said = {**STANDARDS, "countries": ("TV",)}
    records = [
        tracing_tool(make_scene("TV"), readership=readership, **said)
        for readership in (GEORGIAN_POLICE, named_organisations(make_organisation()))
    ]
    records.append(tracing_tool(make_scene("TV"), **said))
    records[-1].status = InnovationStatus.TAKEN_DOWN
    people = [
        scientist(country="TV", profile={**SAID, "audience": audience, "biography_audience": audience})
        for audience in (FieldAudience.LAW_ENFORCEMENT, FieldAudience.NOBODY)
    ]
    people.append(scientist(country="TV", profile=SAID, status=MemberStatus.SUSPENDED))
    requests = [
        network_request(country="TV", **columns)
        for columns in (
            {"readership": POLICE_REQUEST},
            {"receivers": [make_member()]},
            {"status": RequestStatus.SUBMITTED},
        )
    ]
    profile.biography, profile.biography_audience = SAID["biography"], FieldAudience.LAW_ENFORCEMENT
    session().commit()
    return [*(each.subject for each in (*records, *requests)), *(f"member:{each.public_id}" for each in people)]


def test_suggestions_are_the_same_as_if_what_is_hidden_never_was(browsers, app, index, matching, tmp_path):
    people = looking()
    other = scientist(profile={"biography": ""})
    tool = tracing_tool(**STANDARDS)
    school(country="FR") if False else school()
    own = network_request(people["member"])
    for member in (other, people["coordinator"]):
        network_request(member, country="EE")
    session().add(ExposureFloor(percent=30, reason="Words", set_by_id=people["coordinator"].id))
    session().commit()
    opened = browsers(people)
    shown = [tool.subject, own.subject, f"member:{make_profile_id(other)}"]


def make_profile_id(member):
    return member.public_id
