"""What somebody did for an organisation is the organisation's: who represents it no more acts for it no more."""

import pytest

from hub.collaboration.conversations.permissions import is_party, responses_party_to
from hub.collaboration.models import CollaborationRequest, Response, ResponseStatus
from hub.collaboration.own import matters
from hub.collaboration.permissions import (
    is_requester,
    is_responder,
    requested_by,
    responded_by,
    responses_visible_to,
    side_of,
)
from hub.collaboration.responses.deciding import accept_response
from hub.collaboration.responses.queries import own_live_response
from hub.collaboration.telling import requester_ids, responder_ids
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import HubError
from hub.integrity.viewers import viewer_of
from hub.organisations.models import MembershipRole, MembershipStatus, OrganisationMembership
from tests.collaboration.acts import did
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def organisation(database):
    return make_organisation()


def left(member):
    """End the membership of somebody."""
    for each in session().query(OrganisationMembership).filter_by(member_id=member.id):
        each.status, each.ended_at = MembershipStatus.ENDED, now()
    session().commit()


def demoted(member):
    """Let somebody belong to their organisation without speaking for it."""
    for each in session().query(OrganisationMembership).filter_by(member_id=member.id):
        each.role = MembershipRole.MEMBER
    session().commit()


def rows(table, condition):
    return session().query(table).filter(condition).count()


@pytest.mark.parametrize("goes", [left, demoted])
def test_who_posted_for_an_organisation_and_left_it_acts_for_it_no_more(organisation, goes):
    poster, colleague = make_member(represents=[organisation]), make_member(represents=[organisation])
    request = opened_request(poster, organisation_id=organisation.id)
    response = responded(request)
    goes(poster)
    viewer = viewer_of(poster)
    assert not is_requester(viewer, request)
    assert not is_party(viewer, response)
    assert rows(CollaborationRequest, requested_by(viewer)) == 0
    assert rows(Response, responses_visible_to(viewer)) == rows(Response, responses_party_to(viewer)) == 0
    assert requester_ids(request) == {colleague.id}
    assert matters(viewer) == []
    with pytest.raises(HubError):
        did(accept_response, poster, response, version=1)
    assert is_requester(viewer_of(colleague), request)


@pytest.mark.parametrize("goes", [left, demoted])
def test_who_responded_for_an_organisation_and_left_it_acts_for_it_no_more(organisation, goes):
    responder, colleague = make_member(represents=[organisation]), make_member(represents=[organisation])
    request = opened_request()
    response = responded(request, responder, organisation=organisation, status=ResponseStatus.SHORTLISTED)
    goes(responder)
    viewer = viewer_of(responder)
    assert not is_responder(viewer, response)
    assert side_of(viewer, response) is None
    assert not is_party(viewer, response)
    assert rows(Response, responded_by(viewer)) == rows(Response, responses_visible_to(viewer)) == 0
    assert rows(Response, ~responded_by(viewer)) == 1
    assert own_live_response(request, viewer) is None
    assert responder_ids(response) == {colleague.id}
    assert is_responder(viewer_of(colleague), response)


def test_what_somebody_did_for_themselves_stays_theirs(organisation):
    member = make_member(represents=[organisation])
    request = opened_request(member)
    response = responded(opened_request(), member)
    left(member)
    viewer = viewer_of(member)
    assert is_requester(viewer, request)
    assert is_responder(viewer, response)
    assert (requester_ids(request), responder_ids(response)) == ({member.id}, {member.id})
