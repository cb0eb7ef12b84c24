"""Clicks at the same moment, through the pages: one invitation, one row for what is set aside, one set of weights.

Races of introductions have tests of their own in tests/members/introductions/.
"""

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.collaboration.models import RequestInvitation
from hub.core.database import session_scope
from hub.matching.models import Dismissal, PartWeight
from hub.matching.parts import Emphasis, Part
from tests.collaboration.requests import opened_request
from tests.factories import make_member, make_profile
from tests.journeys.live import at_once, live_hub, post
from tests.matching.scenes import officer, tracing_tool
from tests.postgres import POSTGRES_URL

pytestmark = pytest.mark.db

DONE, REFUSED = 303, 422
TOGETHER = 4


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def hub(request, tmp_path_factory):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with live_hub(tmp_path_factory.mktemp("races"), request.param) as made:
        yield made


def count(hub, column, *conditions):
    """Return how many rows there are."""
    with session_scope(hub.engine) as opened:
        return opened.scalar(select(func.count(column)).where(*conditions))


def listed():
    member = make_member()
    make_profile(member)
    return member


def test_who_clicks_twice_invites_once(hub):
    poster, invited = hub.member(), hub.store(listed)
    request = hub.store(opened_request, poster)
    address = f"/collaboration/{request.public_id}/invite"
    acts = [post(hub.browser(poster), address, kind="member", key=invited.public_id) for _ in range(TOGETHER)]
    assert at_once(*acts) == [DONE] * TOGETHER
    assert count(hub, RequestInvitation.id, RequestInvitation.request_id == request.id) == 1
    assert (
        count(
            hub, AuditEntry.number, AuditEntry.tag == "request:invite", AuditEntry.subject == request.subject
        )
        == 1
    )


def test_what_is_set_aside_twice_at_once_is_set_aside_once_and_taken_back_once(hub):
    member, tool = hub.store(officer), hub.store(tracing_tool)
    address = f"/matches/dismiss?about={tool.subject}"
    acts = [
        post(hub.browser(member), address, reason=reason, words="")
        for reason in ("not_now", "known", "off_topic", "not_here")
    ]
    assert at_once(*acts) == [DONE] * TOGETHER
    mine = Dismissal.member_id == member.id
    assert count(hub, Dismissal.id, mine) == 1
    (public_id,) = hub.asked(select(Dismissal.public_id).where(mine))
    back = f"/matches/dismissed/{public_id}/restore"
    came = at_once(*(post(hub.browser(member), back) for _ in range(TOGETHER)))
    assert set(came) <= {DONE, 404}
    assert came.count(DONE) >= 1
    assert count(hub, Dismissal.id, mine) == 0


def test_of_two_choices_of_weights_at_once_one_is_kept_whole(hub):
    member = hub.store(officer)
    chosen = [
        {part.value: str(int(emphasis)) for part in Part} for emphasis in (Emphasis.MORE, Emphasis.LESS) * 2
    ]
    assert at_once(*(post(hub.browser(member), "/matches/weights", **each) for each in chosen)) == [DONE] * 4
    kept = hub.asked(select(PartWeight.emphasis).where(PartWeight.member_id == member.id))
    assert len(set(kept)) == 1
    assert len(kept) >= len(Part) - 1
