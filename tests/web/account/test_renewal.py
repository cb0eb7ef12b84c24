"""Asking to be vetted again: only for whose year ended."""

import pytest

from hub.core.clock import now
from hub.core.database import session
from hub.members.models import MemberStatus
from hub.vetting.applications import open_application
from tests.factories import make_member

PAGE = "/account/renew"


def test_who_lapsed_asks_and_waits(client, database):
    member = make_member(status=MemberStatus.LAPSED, vetted_until=now())
    client.become(member)
    assert client.submit(PAGE, {"words": " "}).status_code == 422
    assert client.submit(PAGE, {"words": "Still with the audit office."}).status_code == 303
    assert member.status is MemberStatus.CONFIRMED
    assert open_application(member).words == "Still with the audit office."
    # the second of two clicks
    assert client.act(PAGE, {"words": "Again."}).status_code == 303
    assert session().get(type(member), member.id).status is MemberStatus.CONFIRMED


@pytest.mark.parametrize("status", [MemberStatus.APPROVED, MemberStatus.APPLIED])
def test_for_others_there_is_no_such_page(client, database, status):
    client.become(make_member(status=status))
    assert client.get(PAGE).status_code == 404
    assert client.act(PAGE, {"words": "Me too."}).status_code == 404
