"""The clock, moved, with everything done that it does about requests."""

import pytest
import time_machine

from hub.core.database import session
from hub.jobs.collaboration import keep_service_levels
from hub.notifications.models import Notification
from tests.collaboration.levels.waiting import MONDAY


@pytest.fixture(autouse=True)
def _on_monday():
    """Everything in these tests begins on the same Monday, so that no weekend comes in between."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def keep_at(database):
    """Do at a moment what is due then; return what was told to whom, as pairs of kind and id of the member."""

    def keep(moment):
        database.commit()
        before = database.query(Notification.id).count()
        with time_machine.travel(moment, tick=False):
            keep_service_levels(database.get_bind())
        database.expire_all()
        told = session().query(Notification).order_by(Notification.id).offset(before).all()
        database.commit()
        return sorted((each.kind, each.member_id) for each in told)

    return keep
