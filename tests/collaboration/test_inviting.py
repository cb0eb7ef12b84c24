"""Inviting members and organisations to respond to an open call: whom it reaches, and what nobody learns by it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.access.audience import Tlp
from hub.audit.models import AuditEntry
from hub.collaboration.inviting import service
from hub.collaboration.inviting.queries import answered, invitations_of, invited, takes_invitations
from hub.collaboration.inviting.service import invite_to_respond
from hub.collaboration.levels.dating import over
from hub.collaboration.models import RequestInvitation, RequestStatus, ResponseStatus
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError, TooManyError
from hub.integrity.viewers import viewer_of
from hub.members.models import Block, FieldAudience, MemberStatus
from hub.notifications.models import Notification
from tests.catalogue.records import named_organisations
from tests.collaboration.acts import did, later, told
from tests.collaboration.requests import GEORGIAN_POLICE, MEMBERS, POLICE, drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import name_on_page

pytestmark = pytest.mark.db


@pytest.fixture
def poster(database):
    return make_member()


def shown(audience=FieldAudience.MEMBERS, **columns):
    """Store a member whose profile others see."""
    member = make_member(**columns)
    make_profile(member, audience)
    session().commit()
    return member


def rows():
    return session().scalar(select(func.count()).select_from(RequestInvitation))


def test_a_member_is_told_once_under_the_label_of_the_request(poster):
    invitee = shown()
    request = opened_request(poster, readership=MEMBERS)
    did(invite_to_respond, poster, request, invitee)
    told_of = session().scalars(select(Notification).where(Notification.member_id == invitee.id)).one()
    assert (told_of.kind, told_of.subject, told_of.tlp) == ("request_invited", request.subject, Tlp.GREEN)
    (row,) = invitations_of(request, viewer_of(poster))
    assert (row.member, row.organisation, row.invited_by_id) == (invitee, None, poster.id)
    assert invited(request).member_ids == {invitee.id}
    with pytest.raises(ConflictError, match="invited already"):
        did(invite_to_respond, poster, request, invitee)
    assert told(invitee) == ["request_invited"]
    assert told(poster) == []
    entry = session().scalars(select(AuditEntry).where(AuditEntry.subject == request.subject)).one()
    assert entry.tag == "request:invite"


def test_of_an_organisation_its_representatives_are_told_who_may_respond(poster):
    organisation = make_organisation()
    head = make_member(represents=[organisation])
    colleague = make_member(belongs_to=[organisation])
    request = opened_request(poster)
    did(invite_to_respond, poster, request, organisation)
    assert told(head) == ["request_invited"]
    assert told(colleague) == []
    with pytest.raises(ConflictError, match="invited already"):
        did(invite_to_respond, poster, request, organisation)
    make_profile(head, FieldAudience.MEMBERS)
    session().commit()
    did(invite_to_respond, poster, request, head)
    assert told(head) == ["request_invited"], "who was told for the organisation is not told again"


def test_nobody_outside_the_audience_is_told(poster):
    officer = make_member(law_enforcement="GE", country="GE")
    make_profile(officer, FieldAudience.MEMBERS)
    police = make_organisation()
    make_member(represents=[police])
    mixed = make_organisation()
    inside = shown(represents=[mixed], law_enforcement="GE", country="GE")
    outside = make_member(represents=[mixed])
    name_on_page(inside)
    head = make_member(law_enforcement="GE", country="GE")
    request = opened_request(head, readership=GEORGIAN_POLICE)
    for refused in (shown(), police):
        with pytest.raises(ConflictError, match="cannot be invited"):
            did(invite_to_respond, head, request, refused)
    did(invite_to_respond, head, request, officer)
    did(invite_to_respond, head, request, mixed)
    assert told(officer) == told(inside) == ["request_invited"]
    assert told(outside) == []


def test_that_inviting_worked_tells_nothing_that_a_list_would_not(poster):
    """Neither who is verified in another country, nor who belongs to an organisation without being named there."""
    head = make_member(law_enforcement="EE")
    to_police = opened_request(head, readership=POLICE)
    own, other = make_organisation(), make_organisation()
    leader = make_member(represents=[own])
    to_named = opened_request(leader, readership=named_organisations(own, other))
    abroad, unnamed = shown(law_enforcement="GE"), shown(belongs_to=[other])
    speaker = make_member(represents=[other], law_enforcement="EE")
    for actor, request, invitee in (
        (head, to_police, abroad),
        (head, to_police, other),
        (leader, to_named, unnamed),
    ):
        with pytest.raises(ConflictError, match="cannot be invited"):
            did(invite_to_respond, actor, request, invitee)
    did(invite_to_respond, leader, to_named, other)
    assert told(speaker) == ["request_invited"]


def test_who_posts_a_narrow_call_from_outside_does_not_learn_who_is_inside(poster):
    officer = shown(law_enforcement="GE", country="GE")
    request = opened_request(poster, readership=GEORGIAN_POLICE)
    assert not takes_invitations(viewer_of(poster), request)
    for invitee in (officer, shown()):
        with pytest.raises(ConflictError, match="outside the audience"):
            did(invite_to_respond, poster, request, invitee)
    assert told(officer) == []


def test_who_blocked_the_requester_hears_nothing_and_the_requester_neither(poster):
    invitee, calm = shown(), shown()
    organisation = make_organisation()
    head = make_member(represents=[organisation])
    for each in (invitee, head):
        session().add(Block(member_id=each.id, blocked_id=poster.id))
    session().commit()
    request = opened_request(poster)
    for each in (invitee, organisation, calm):
        did(invite_to_respond, poster, request, each)
    assert told(invitee) == told(head) == []
    assert told(calm) == ["request_invited"]
    assert rows() == 3


def test_whom_the_requester_blocked_is_not_invited(poster):
    invitee = shown()
    session().add(Block(member_id=poster.id, blocked_id=invitee.id))
    session().commit()
    with pytest.raises(ConflictError, match="You blocked"):
        did(invite_to_respond, poster, opened_request(poster), invitee)


@pytest.mark.parametrize(
    "invitee",
    [
        make_member,
        lambda: shown(FieldAudience.NOBODY),
        lambda: shown(FieldAudience.LAW_ENFORCEMENT),
        lambda: shown(status=MemberStatus.SUSPENDED),
    ],
)
def test_whom_the_requester_may_not_know_is_not_there(poster, invitee):
    with pytest.raises(NotFoundError):
        did(invite_to_respond, poster, opened_request(poster), invitee())


def test_only_the_requester_invites(poster):
    organisation = make_organisation()
    request = opened_request(make_member(represents=[organisation]), organisation_id=organisation.id)
    invitee = shown()
    with pytest.raises(ForbiddenError):
        did(invite_to_respond, poster, request, invitee)
    with pytest.raises(NotFoundError):
        did(invite_to_respond, poster, drafted_request(), invitee)
    did(invite_to_respond, make_member(represents=[organisation]), request, invitee)
    assert invitations_of(request, viewer_of(poster)) == ()


def test_ones_own_side_is_not_invited(poster):
    organisation = make_organisation()
    other = shown(represents=[organisation])
    head = shown(represents=[organisation])
    request = opened_request(head, organisation_id=organisation.id)
    for each in (organisation, other, head):
        with pytest.raises(ConflictError, match="cannot be invited"):
            did(invite_to_respond, head, request, each)


def test_an_organisation_for_which_nobody_acts_is_not_invited(poster):
    with pytest.raises(ConflictError, match="cannot be invited"):
        did(invite_to_respond, poster, opened_request(poster), make_organisation())


def test_what_was_sent_by_name_invites_nobody_else(poster):
    request = opened_request(poster, receivers=[make_member()])
    assert not takes_invitations(viewer_of(poster), request)
    with pytest.raises(ConflictError, match="named"):
        did(invite_to_respond, poster, request, shown())


@pytest.mark.parametrize("status", [RequestStatus.AGREED, RequestStatus.EXPIRED, RequestStatus.DRAFT])
def test_what_takes_no_responses_takes_no_invitations(poster, status):
    request = (
        drafted_request(poster) if status is RequestStatus.DRAFT else opened_request(poster, status=status)
    )
    with pytest.raises(ConflictError, match="no responses"):
        did(invite_to_respond, poster, request, shown())


def test_a_mail_of_an_invitation_falls_away_once_no_response_is_taken(poster):
    waiting, closed = opened_request(poster), opened_request(poster, status=RequestStatus.AGREED)
    told_of = [(service.KIND, each.subject) for each in (waiting, closed)]
    assert over(told_of) == {told_of[1]}


def test_after_the_due_date_nobody_is_invited(poster, monkeypatch):
    request = opened_request(poster, days=1)
    later(monkeypatch, timedelta(days=2))
    with pytest.raises(ConflictError, match="no responses"):
        did(invite_to_respond, poster, request, shown())


def test_who_responded_need_not_be_invited_and_drafts_stay_unknown(poster):
    request = opened_request(poster)
    one, two = shown(), shown()
    responded(request, one)
    responded(request, two, status=ResponseStatus.DRAFT)
    with pytest.raises(ConflictError, match="responded already"):
        did(invite_to_respond, poster, request, one)
    did(invite_to_respond, poster, request, two)
    (row,) = invitations_of(request, viewer_of(poster))
    assert not answered(request).by(row)


def test_twenty_a_day_and_sixty_in_all(poster, monkeypatch):
    monkeypatch.setattr(service, "MOST_A_DAY", 2)
    monkeypatch.setattr(service, "MOST_IN_ALL", 3)
    request = opened_request(poster)
    for _ in range(2):
        did(invite_to_respond, poster, request, shown())
    with pytest.raises(TooManyError):
        did(invite_to_respond, poster, request, shown())
    with pytest.raises(TooManyError):
        did(invite_to_respond, poster, opened_request(poster), shown())
    later(monkeypatch, timedelta(days=1, minutes=1))
    did(invite_to_respond, poster, request, shown())
    with pytest.raises(ConflictError, match="which is the most"):
        did(invite_to_respond, poster, request, shown())
