"""A showcase that no coordinator can look after any more reaches the integrity officers."""

import pytest

from hub.access.viewer import Role
from hub.integrity.escalation import Bench
from hub.integrity.viewers import viewer_of
from hub.showcases.models import ShowcaseStatus
from hub.showcases.review.escalation import undecidable
from tests.factories import make_member
from tests.showcases.scenes import POLICE, drafted_showcase, make_curator, opened_showcase

pytestmark = pytest.mark.db


def test_a_showcase_whose_team_nobody_can_join_is_escalated(database):
    # who made them is no coordinator any more
    opened_showcase(make_member())
    restricted = opened_showcase(make_member(), readership=POLICE)
    opened_showcase(make_member(), readership=POLICE, status=ShowcaseStatus.CANCELLED)
    draft = drafted_showcase(make_member())
    make_curator()
    officer = viewer_of(make_member(roles=[Role.INTEGRITY_OFFICER]))

    def escalated():
        return [(each.kind, each.title, each.waiting_since) for each in undecidable(officer, Bench())]

    # a coordinator can join the public one
    assert escalated() == [("showcase_team", None, each.saved_at) for each in (restricted, draft)]
    make_curator(law_enforcement="GE")
    assert escalated() == [("showcase_team", None, draft.saved_at)]
