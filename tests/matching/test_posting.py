"""What is suggested for a request: to its requester alone, and only who may read it and had no part in it yet."""

import pytest

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import VISITOR
from hub.collaboration.models import RequestInvitation, RequestStatus, ResponseStatus
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.core.database import session
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.matching.explaining import why
from hub.matching.suggesting.posting import (
    innovations_for_request,
    organisations_for_request,
    people_for_request,
)
from hub.matching.suggesting.suggestion import LeftOut
from hub.members.models import FieldAudience
from tests.catalogue.records import make_scene, named_organisations
from tests.collaboration.requests import GEORGIAN_POLICE, POLICE, drafted_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import (
    block,
    found_for,
    make_coordinator,
    name_on_page,
    network_request,
    scientist,
    tracing_tool,
)

pytestmark = pytest.mark.db

ALL = (people_for_request, organisations_for_request, innovations_for_request)


def tracing_request(poster, **columns):
    return network_request(
        poster,
        **{
            "title": "Tracing stolen assets",
            "summary": "Through company registers.",
            "terms": {"functions": ("recover_assets",)},
            **columns,
        },
    )


def tracers(name="Asset Tracers", *, audience=FieldAudience.MEMBERS, is_named=True, **columns):
    """Store an organisation that works on tracing assets, with somebody who speaks for it."""
    organisation = make_organisation(
        name, country="EE", description="We trace stolen assets through company registers."
    )
    member = make_member(represents=[organisation], **columns)
    make_profile(member, audience)
    if is_named:
        name_on_page(member)
    return organisation, member


# --- to whom --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suggesting", ALL)
def test_only_the_requester_is_told(database, matching, suggesting):
    poster, organisation = make_member(), make_organisation()
    own, of_organisation = network_request(poster), network_request(poster, organisation_id=organisation.id)
    representative = make_member(represents=[organisation])
    suggesting(matching, viewer_of(poster), own)
    suggesting(matching, viewer_of(representative), of_organisation)
    for member, request in (
        (make_member(), own),
        (make_coordinator(), own),
        (scientist(), own),
        (poster, of_organisation),
        (make_member(belongs_to=[organisation]), of_organisation),
    ):
        with pytest.raises(NotFoundError):
            suggesting(matching, viewer_of(member), request)
    with pytest.raises(ForbiddenError):
        suggesting(matching, VISITOR, own)


def test_a_draft_has_suggestions_for_its_requester_too(database, matching):
    poster, member = make_member(), scientist()
    request = drafted_request(poster, title="Network analysis of company owners")
    assert found_for(matching, poster, people_for_request, request) == [member.public_id]


# --- people ---------------------------------------------------------------------------------------------------------


def test_people_are_suggested_whose_profile_the_requester_may_read(database, matching):
    poster = make_member()
    request, member = network_request(poster), scientist()
    scientist(profile={"audience": FieldAudience.NOBODY})
    police = scientist(profile={"audience": FieldAudience.LAW_ENFORCEMENT}, law_enforcement="GE")
    assert found_for(matching, poster, people_for_request, request) == [member.public_id]
    officer = make_member(law_enforcement="FR")
    own = network_request(officer)
    assert set(found_for(matching, officer, people_for_request, own)) == {member.public_id, police.public_id}


def test_people_outside_of_its_audience_are_not_suggested(database, matching):
    poster = make_member(law_enforcement="GE")
    request = network_request(poster, readership=GEORGIAN_POLICE)
    scientist()
    scientist(law_enforcement="FR")
    scientist(law_enforcement="GE", has_factor=False)
    inside = scientist(law_enforcement="GE")
    assert found_for(matching, poster, people_for_request, request) == [inside.public_id]
    # a total would tell of who lacks a second factor
    assert people_for_request(matching, viewer_of(poster), request).total == 1


def test_who_is_not_in_a_narrow_audience_learns_from_no_list_who_is(database, matching):
    poster = make_member()
    request = network_request(poster, readership=POLICE)
    scientist(law_enforcement="GE")
    tracers(law_enforcement="GE")
    assert found_for(matching, poster, people_for_request, request) == []
    assert found_for(matching, poster, organisations_for_request, request) == []


def test_of_verified_people_those_of_the_readers_own_country_are_told(database, matching):
    """Who is verified elsewhere is nobody's to learn, whatever countries they choose (0063)."""
    poster = make_member(law_enforcement="EE")
    colleague, abroad, neither = (scientist(law_enforcement=country) for country in ("EE", "GE", None))
    both = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"GE", "EE"}))
    for readership in (both, POLICE):
        request = network_request(poster, readership=readership)
        assert found_for(matching, poster, people_for_request, request) == [colleague.public_id]
        for each in (abroad, neither):
            found = why(matching, viewer_of(poster), request.subject, f"member:{each.public_id}")
            assert (found.place, found.total, found.left_out) == (None, 1, LeftOut.OUTSIDE)


@pytest.mark.parametrize("status", sorted(set(RequestStatus) - set(TAKES_RESPONSES)))
def test_of_a_narrow_audience_nobody_is_told_for_what_is_not_open(database, matching, status):
    poster, member = make_member(law_enforcement="GE"), scientist(law_enforcement="GE")
    request = network_request(poster, readership=POLICE, status=status)
    assert found_for(matching, poster, people_for_request, request) == []
    found = why(matching, viewer_of(poster), request.subject, f"member:{member.public_id}")
    assert (found.total, found.left_out) == (0, LeftOut.OUTSIDE)


def test_the_requesters_side_is_not_suggested(database, matching):
    organisation = make_organisation()
    poster = scientist(represents=[organisation])
    scientist(belongs_to=[organisation])
    request = network_request(poster, organisation_id=organisation.id)
    assert found_for(matching, poster, people_for_request, request) == []
    assert (
        found_for(
            matching, poster, people_for_request, network_request(poster, organisation_id=organisation.id)
        )
        == []
    )


def test_who_responded_got_it_or_was_invited_is_not_suggested(database, matching):
    poster = make_member()
    request = network_request(poster)
    responder, invitee, other = scientist(), scientist(), scientist()
    responded(request, responder)
    session().add(RequestInvitation(request_id=request.id, member_id=invitee.id, invited_by_id=poster.id))
    session().commit()
    assert found_for(matching, poster, people_for_request, request) == [other.public_id]
    named = network_request(poster, receivers=[other])
    assert other.public_id not in found_for(matching, poster, people_for_request, named)


@pytest.mark.parametrize("status", [ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN])
def test_a_response_that_the_requester_does_not_know_of_changes_nothing(database, matching, status):
    poster, member = make_member(), scientist()
    request = network_request(poster)
    responded(request, member, status=status)
    assert found_for(matching, poster, people_for_request, request) == [member.public_id]


def test_whom_the_requester_blocked_is_not_suggested(database, matching):
    poster, member, other = make_member(), scientist(), scientist()
    request = network_request(poster)
    block(poster, member)
    block(other, poster)
    assert found_for(matching, poster, people_for_request, request) == [other.public_id]


# --- organisations --------------------------------------------------------------------------------------------------


def test_organisations_are_suggested_that_somebody_speaks_for(database, matching):
    poster = make_member()
    request = tracing_request(poster)
    organisation, _ = tracers()
    make_organisation("Lonely Tracers", description="We trace stolen assets through company registers.")
    assert found_for(matching, poster, organisations_for_request, request) == [organisation.slug]


def test_organisations_that_had_a_part_in_it_are_not_suggested(database, matching):
    own, poster = tracers("Own")
    request = tracing_request(poster, organisation_id=own.id)
    answered, responder = tracers("Answered")
    responded(request, responder, organisation=answered)
    invited, _ = tracers("Invited")
    session().add(
        RequestInvitation(request_id=request.id, organisation_id=invited.id, invited_by_id=poster.id)
    )
    session().commit()
    other, _ = tracers("Other")
    assert found_for(matching, poster, organisations_for_request, request) == [other.slug]


def test_organisations_whose_people_are_outside_of_its_audience_are_not_suggested(database, matching):
    poster = make_member(law_enforcement="GE")
    request = tracing_request(poster, readership=POLICE)
    tracers("Outside")
    inside, _ = tracers("Inside", law_enforcement="GE")
    assert found_for(matching, poster, organisations_for_request, request) == [inside.slug]


def test_an_organisation_tells_nothing_of_people_whom_the_requester_does_not_know(database, matching):
    poster = make_member(law_enforcement="GE")
    request = tracing_request(poster, readership=POLICE)
    tracers("Abroad", law_enforcement="EE")
    tracers("Unread", audience=FieldAudience.NOBODY, law_enforcement="GE")
    tracers("Unnamed", is_named=False, law_enforcement="GE")
    assert found_for(matching, poster, organisations_for_request, request) == []
    # the requester chose which organisations a list names
    own, named = make_organisation(), tracers("Named", is_named=False)[0]
    head = make_member(represents=[own])
    listed = tracing_request(head, readership=named_organisations(own, named))
    assert found_for(matching, head, organisations_for_request, listed) == [named.slug]


# --- innovations ----------------------------------------------------------------------------------------------------


def test_innovations_are_suggested_that_the_requester_may_see_and_nobody_offered(database, matching):
    poster = make_member()
    request = tracing_request(poster)
    tool, offered = tracing_tool(), tracing_tool()
    tracing_tool(readership=POLICE)
    responded(request, innovation=offered)
    assert found_for(matching, poster, innovations_for_request, request) == [tool.public_id]


def test_own_innovations_do_not_answer_an_own_request(database, matching):
    scene = make_scene("EE")
    tracing_tool(scene)
    request = tracing_request(scene.partner, organisation_id=scene.owner.id)
    assert found_for(matching, scene.partner, innovations_for_request, request) == []
    about = tracing_tool()
    poster = make_member()
    assert about.public_id not in found_for(
        matching, poster, innovations_for_request, tracing_request(poster, innovation_id=about.id)
    )
