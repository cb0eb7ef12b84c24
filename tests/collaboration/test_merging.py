"""What an organisation asked for, offered and was asked for, once it is merged into another one."""

import pytest
from sqlalchemy import select

from hub.access.audience import Tlp
from hub.collaboration.inviting.queries import invited
from hub.collaboration.merging import requests_merged
from hub.collaboration.models import CollaborationRequest, ReceiverStatus, RequestInvitation, Response
from hub.collaboration.permissions import is_receiver, is_requester, is_responder, visible_to
from hub.collaboration.queries import request_by_id
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.organisations.models import MergedOrganisation
from hub.search.models import SearchJournal
from tests.collaboration.acts import did
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def present(database):
    return make_organisation("Present")


@pytest.fixture
def former(database):
    return make_organisation("Former")


def merged(former, present):
    """Do what the merge does before, and the part of collaboration."""
    session().add(MergedOrganisation(organisation_id=former.id, into_id=present.id, merged_at=now()))
    session().commit()
    did(requests_merged, former.id, present.id)


def test_requests_are_those_of_what_it_became_and_found_by_its_name(former, present):
    head = make_member(represents=[present])
    request = opened_request(make_member(represents=[former]), organisation_id=former.id)
    assert not is_requester(viewer_of(head), request)
    merged(former, present)
    assert request.organisation == present
    assert is_requester(viewer_of(head), request)
    rows = select(SearchJournal).where(SearchJournal.document_id == f"request:{request.public_id}")
    newest = session().scalars(rows.order_by(SearchJournal.number.desc())).first()
    assert "Present" in str(newest.document)


def test_responses_are_those_of_what_it_became(former, present):
    head = make_member(represents=[present])
    response = responded(opened_request(), make_member(represents=[former]), organisation=former)
    merged(former, present)
    assert session().get(Response, response.id).organisation == present
    assert is_responder(viewer_of(head), response)


def test_who_was_asked_by_the_name_of_the_former_reads_on(former, present):
    old, new = make_member(belongs_to=[former]), make_member(belongs_to=[present])
    request = opened_request(receivers=[former])
    merged(former, present)
    (receiver,) = request.receivers
    assert receiver.organisation == present
    for each in (old, new):
        assert request_by_id(request.public_id, viewer_of(each)) == request
    assert is_receiver(viewer_of(new), receiver)


def test_of_two_that_were_asked_each_keeps_its_answer(former, present):
    request = opened_request(receivers=[former, present], tlp=Tlp.AMBER)
    first, second = request.receivers
    first.status, first.answered_at = ReceiverStatus.PASSED, now()
    session().commit()
    merged(former, present)
    assert [first.organisation, second.organisation] == [former, present]
    assert [first.status, second.status] == [ReceiverStatus.PASSED, ReceiverStatus.ASKED]


def test_invitations_follow_and_two_become_one(former, present):
    poster = make_member()
    both, one = opened_request(poster), opened_request(poster)
    for request, organisation in ((both, former), (both, present), (one, former)):
        session().add(
            RequestInvitation(request_id=request.id, organisation_id=organisation.id, invited_by_id=poster.id)
        )
    session().commit()
    merged(former, present)
    assert invited(both).organisation_ids == invited(one).organisation_ids == {present.id}


def test_nobody_else_learns_of_it_by_a_merge(former, present):
    opened_request(receivers=[former])
    merged(former, present)
    stranger = viewer_of(make_member(represents=[make_organisation()]))
    assert session().scalars(select(CollaborationRequest.id).where(visible_to(stranger))).all() == []
