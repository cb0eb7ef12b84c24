"""People, records and requests for tests of suggestions, each with words of their own that fit or do not fit."""

from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.matching.facts import Kind
from hub.matching.suggesting.innovations import innovations_for_me
from hub.matching.suggesting.purposes import suggestions_for
from hub.matching.suggesting.suggestion import FIRST_TEN
from hub.members.models import Block
from hub.organisations.models import OrganisationMembership
from tests.catalogue.records import make_scene, published
from tests.collaboration.requests import opened_request
from tests.factories import make_member, make_profile

HUNDRED = PageRequest(1, 100)

NEEDS = "Tools for tracing stolen assets through company registers and bank statements."
SKILLS = ("network_analysis", "machine_learning")


def officer(**columns):
    """Store a Georgian officer who needs tools for asset tracing."""
    profile = {
        "headline": "Financial investigator",
        "needs": NEEDS,
        "terms": {"functions": ["recover_assets"], "languages": ["en"], **columns.pop("terms", {})},
        **columns.pop("profile", {}),
    }
    member = make_member(
        **{"country": "GE", "member_type": "law_enforcement", "display_name": "Nino", **columns}
    )
    make_profile(member, **profile)
    return member


def scientist(**columns):
    """Store a data scientist who offers network analysis."""
    profile = {
        "headline": "Data scientist",
        "offers": "Network analysis of company ownership and machine learning on tenders.",
        "terms": {"skills": SKILLS, "functions": ["detect"], "open_to": ["collaborate", "pilot"]},
        **columns.pop("profile", {}),
    }
    member = make_member(**{"country": "EE", "member_type": "data_scientist", **columns})
    make_profile(member, **profile)
    return member


def tracing_tool(scene=None, **details):
    """Publish a record about asset tracing."""
    said = {
        "name": "Asset Tracer",
        "short_description": "Traces stolen assets through company registers.",
        "description": "Investigators follow stolen assets from bank statements to company registers abroad.",
        "functions": ("recover_assets",),
        "intended_users": ("law_enforcement",),
        "languages": ("en",),
        "stage": "stable",
        "countries": ("EE",),
        **details,
    }
    return published(scene or make_scene("EE"), **said).innovation


def school(scene=None, **details):
    """Publish a record about something else."""
    said = {
        "name": "School of integrity",
        "short_description": "Lessons for pupils.",
        "functions": ("educate",),
        "countries": ("FR",),
        **details,
    }
    return published(scene or make_scene("FR"), **said).innovation


def network_request(poster=None, **columns):
    """Store an open call that names a skill."""
    said = {
        "title": "Network analysis of company owners",
        "summary": "We look for a data scientist who maps who owns the winners of tenders.",
        "background": "Our office has 40,000 companies and nobody who knows network analysis.",
        "type": "expertise",
        **columns,
    }
    return opened_request(poster, **said)


def make_coordinator():
    """Store a coordinator without a conflict."""
    return make_member(roles=[Role.COORDINATOR])


def block(member, other):
    """Store that somebody blocked another."""
    session().add(Block(member_id=member.id, blocked_id=other.id))
    session().commit()


def name_on_page(*members):
    """Store that members agreed to be named on the pages of the organisations that they belong to."""
    for each in session().scalars(
        select(OrganisationMembership).where(
            OrganisationMembership.member_id.in_([member.id for member in members])
        )
    ):
        each.is_shown = True
    session().commit()


def keys(page):
    """Return the keys of a page of suggestions in their order."""
    return [each.key for each in page.items]


def found_for(index, member, suggesting=innovations_for_me, *arguments, **named):
    """Return the keys of what is suggested to a member, after everything that was stored is taken in."""
    index.forget()
    return keys(suggesting(index, viewer_of(member), *arguments, HUNDRED, **named))


def innovations_for_country(index, viewer, country, page=FIRST_TEN, **named):
    """Ask as the page of a country does."""
    return suggestions_for(index, viewer, f"country:{country}", Kind.INNOVATION, page, **named)


def people_for_innovation(index, viewer, innovation, page=FIRST_TEN, **named):
    """Ask as the list of who could help does."""
    return suggestions_for(index, viewer, innovation.subject, Kind.MEMBER, page, **named)


def requests_for_innovation(index, viewer, innovation, page=FIRST_TEN, **named):
    """Ask as the list of requests that an innovation could answer does."""
    return suggestions_for(index, viewer, innovation.subject, Kind.REQUEST, page, **named)
