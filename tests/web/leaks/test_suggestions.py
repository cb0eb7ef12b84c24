"""What is hidden from somebody is in none of their suggestions, moves none of them, and leaves no word in the cache."""

from datetime import timedelta

import pytest

from hub.access.viewer import Role
from hub.collaboration.models import RequestStatus
from hub.core.clock import now
from hub.core.database import session
from hub.jobs.fairness import count_exposure
from hub.matching.digest import new_suggestions
from hub.matching.models import ExposureFloor
from hub.members.models import FieldAudience, MemberStatus
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, named_organisations
from tests.collaboration.requests import GEORGIAN_POLICE as POLICE_REQUEST
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import NEEDS, network_request, scientist, tracing_tool
from tests.web.leaks.comparing import different, read
from tests.web.leaks.planting import plant
from tests.web.leaks.words import MARK

ABSENT = "2" * 22

OUTSIDERS = {
    "member": {},
    "police of another country": {"law_enforcement": "ID"},
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
    *("/start", "/countries/GE", "/introductions", "/notifications"),
    *(f"/matches{each}" for each in ("", "/innovations", "/requests", "/people", "/country", "/weights")),
    *("/matches/find?q=assets", "/matches/find?q=network", "/matches/dismissed", "/matches/method"),
    *("/coordinate/needs", "/coordinate/fairness", "/coordinate/introductions"),
)


def looking(people):
    """Store people by name who look for much and offer much, and post a request."""
    for name, columns in people.items():
        member = make_member(**{"country": "GE", "member_type": "data_scientist"} | columns)
        make_profile(member, **SAID)
        yield name, member


def hide(scene, member):
    """Store what fits and nobody of `OUTSIDERS` may see; yield the subjects.

    Args:
        scene: an owner whose shown records are known.
        member: whom members see, and whose biography is about to be for law enforcement.
    """
    said = {**STANDARDS, "countries": ("TV",)}
    for readership in (GEORGIAN_POLICE, named_organisations(make_organisation())):
        yield tracing_tool(make_scene("TV"), readership=readership, **said).subject
    taken = tracing_tool(make_scene("TV"), **said)
    taken.status = type(taken.status).TAKEN_DOWN
    session().commit()
    yield taken.subject
    for audience in (FieldAudience.LAW_ENFORCEMENT, FieldAudience.NOBODY):
        profile = {**SAID, "audience": audience, "biography_audience": audience}
        yield f"member:{scientist(country='TV', profile=profile).public_id}"
    gone = scientist(country="TV", profile=SAID)
    gone.status = MemberStatus.SUSPENDED
    profile = member.profile if hasattr(member, "profile") else None
    assert profile is None
    for columns in (
        {"readership": POLICE_REQUEST},
        {"receivers": [make_member()]},
        {"status": RequestStatus.SUBMITTED},
    ):
        yield network_request(scene.partner, **columns).subject


def test_suggestions_are_the_same_as_if_what_is_hidden_never_was(browsers, index, matching, database, tmp_path):
    pass
