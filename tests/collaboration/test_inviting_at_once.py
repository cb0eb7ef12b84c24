"""Two clicks on one invitation at the same moment, and many by one member: told once, and never more than the most."""

import pytest
from sqlalchemy import func, select

from hub.collaboration.inviting import service
from hub.collaboration.inviting.service import invite_to_respond
from hub.collaboration.models import CollaborationRequest, RequestInvitation
from hub.core.database import session, session_scope
from hub.members.models import FieldAudience, Member
from hub.notifications.models import Notification
from tests.collaboration.requests import opened_request
from tests.collaboration.test_races_of_responses import WAS_FASTER, at_once, hub_engine, stored
from tests.factories import make_member, make_organisation, make_profile

__all__ = ["hub_engine"]

CLICKS = 4


def shown(**columns):
    member = make_member(**columns)
    make_profile(member, FieldAudience.MEMBERS)
    return member


def scene(people):
    """Store a request of an organisation with two representatives, and people who can be invited."""
    organisation = make_organisation()
    heads = [make_member(represents=[organisation]) for _ in range(2)]
    request = opened_request(heads[0], organisation_id=organisation.id)
    rows = [request, *heads, *(shown() for _ in range(people))]
    session().commit()
    return rows


def invite(request, head, invitee):
    """Return the act of one click."""

    def act():
        row = session().get(CollaborationRequest, request)
        invite_to_respond(session().get(Member, head), row, session().get(Member, invitee))

    return act


def number_of(hub_engine, model):
    with session_scope(hub_engine):
        return session().scalar(select(func.count()).select_from(model))


def test_two_who_invite_the_same_person_tell_them_once(hub_engine):
    request, first, second, invitee = stored(hub_engine, lambda: scene(1))
    acts = [invite(request, head, invitee) for head in (first, second) * (CLICKS // 2)]
    came = at_once(hub_engine, *acts)
    assert sorted(map(str, came)) == sorted(["None", *[WAS_FASTER] * (CLICKS - 1)])
    assert number_of(hub_engine, RequestInvitation) == number_of(hub_engine, Notification) == 1


def test_nobody_invites_more_in_a_day_by_clicking_at_once(hub_engine, monkeypatch):
    monkeypatch.setattr(service, "MOST_A_DAY", 2)
    request, head, _other, *people = stored(hub_engine, lambda: scene(CLICKS))
    came = at_once(hub_engine, *(invite(request, head, each) for each in people))
    assert came.count(None) == 2
    assert number_of(hub_engine, RequestInvitation) == 2


@pytest.mark.parametrize("most", [1, 2])
def test_nobody_invites_more_to_one_request(hub_engine, monkeypatch, most):
    monkeypatch.setattr(service, "MOST_IN_ALL", most)
    request, first, second, *people = stored(hub_engine, lambda: scene(CLICKS))
    heads = [first, second] * (CLICKS // 2)
    came = at_once(
        hub_engine, *(invite(request, head, each) for head, each in zip(heads, people, strict=True))
    )
    assert came.count(None) == most
