"""The plan of a partnership: who changes it, until when, what the other side hears; and the start of the work."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hub.access.audience import Tlp
from hub.audit.models import AuditEntry
from hub.collaboration.models import RequestStatus, ResponseStatus, Side
from hub.collaboration.partnerships.plan import (
    MOST_STEPS,
    finish_step,
    move_step,
    remove_step,
    reopen_step,
    save_step,
)
from hub.collaboration.partnerships.queries import plan_of
from hub.collaboration.partnerships.service import start_partnership
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.notifications.models import Notification
from tests.collaboration.partners import a_step, added, partners, planned, recorded, signed
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


def told(member, kind="plan_changed"):
    return session().scalar(
        select(func.count(Notification.id)).where(
            Notification.member_id == member.id, Notification.kind == kind
        )
    )


def events(tag):
    return session().scalar(select(func.count(AuditEntry.number)).where(AuditEntry.tag == tag))


def words_of(response):
    return [each.words for each in plan_of(response)]


def test_both_sides_write_the_plan_in_its_order(database):
    found = partners()
    colleague = make_member(represents=[make_organisation()])
    added(found.poster, found.response, words="  Send   the notices ")
    added(found.responder, found.response, words="Screen them", owner=Side.RESPONDER)
    assert words_of(found.response) == ["Send the notices", "Screen them"]
    assert [each.owner for each in plan_of(found.response)] == [Side.REQUESTER, Side.RESPONDER]
    with pytest.raises(NotFoundError):
        added(colleague, found.response)


def test_representatives_of_either_organisation_act_too(database):
    office, lab = make_organisation(), make_organisation()
    found = partners(organisation_id=office.id, organisation=lab)
    added(make_member(represents=[office]), found.response)
    added(make_member(represents=[lab]), found.response)
    with pytest.raises(NotFoundError):
        added(make_member(belongs_to=[lab]), found.response)
    with pytest.raises(ForbiddenError):
        added(make_member(represents=[office, lab]), found.response)


def test_the_other_side_hears_of_changes_once_an_hour(database):
    found = partners()
    first = added(found.poster, found.response)
    added(found.poster, found.response, words="Another one")
    assert (told(found.responder), told(found.poster)) == (1, 0)
    with transaction():
        finish_step(found.responder, first)
    assert told(found.poster) == 1
    with time_machine.travel(now() + timedelta(minutes=61)):
        added(found.poster, found.response, words="A third one")
    assert told(found.responder) == 2


def test_who_is_told_is_told_under_the_label_of_the_response(database):
    receiver = make_member()
    request = opened_request(receivers=[receiver], status=RequestStatus.AGREED, tlp=Tlp.AMBER)
    response = responded(request, receiver, status=ResponseStatus.ACCEPTED, tlp=Tlp.RED)
    added(receiver, response)
    one = session().scalar(select(Notification).where(Notification.kind == "plan_changed"))
    assert (one.member_id, one.tlp) == (request.posted_by_id, Tlp.RED)


def test_every_change_is_logged(database):
    found = partners()
    step = added(found.poster, found.response)
    added(found.poster, found.response, words="Second")
    with transaction():
        save_step(found.responder, step, a_step("Other words"), version=1)
        move_step(found.responder, step, places=1)
        finish_step(found.responder, step)
        reopen_step(found.poster, step)
        remove_step(found.poster, step, version=2)
    assert events("plan:change") == 7
    assert words_of(found.response) == ["Second"]


def test_saving_what_is_there_already_changes_nothing(database):
    found = partners()
    step = added(found.poster, found.response)
    with transaction():
        save_step(found.responder, step, a_step(), version=1)
        reopen_step(found.responder, step)
    assert events("plan:change") == 1
    assert told(found.poster) == 0


def test_a_stale_save_overwrites_nothing(database):
    found = partners()
    step = added(found.poster, found.response)
    with transaction():
        save_step(found.responder, step, a_step("Theirs"), version=1)
    for act in (
        lambda: save_step(found.poster, step, a_step("Mine"), version=1),
        lambda: remove_step(found.poster, step, version=1),
    ):
        with pytest.raises(StaleVersionError), transaction():
            act()
    assert words_of(found.response) == ["Theirs"]


def test_a_step_that_was_removed_is_not_there(database):
    found = partners(steps=2)
    step = plan_of(found.response)[0]
    with transaction():
        remove_step(found.poster, step, version=1)
    with pytest.raises(NotFoundError), transaction():
        finish_step(found.responder, step)


def test_steps_stop_at_the_ends(database):
    found = partners(steps=3)
    for places, expected in ((5, ["Step 2", "Step 3", "Step 1"]), (-9, ["Step 1", "Step 2", "Step 3"])):
        step = next(each for each in plan_of(found.response) if each.words == "Step 1")
        with transaction():
            move_step(found.poster, step, places=places)
        assert words_of(found.response) == expected


@pytest.mark.parametrize(
    ("said", "field"), [({"words": "  "}, "words"), ({"days": -3}, "due_on"), ({"days": 4000}, "due_on")]
)
def test_what_cannot_be_a_step_is_refused(database, said, field):
    found = partners()
    with pytest.raises(InvalidError) as refused:
        added(found.poster, found.response, **said)
    assert refused.value.field == field


def test_a_plan_stays_small(database):
    found = partners(steps=MOST_STEPS)
    with pytest.raises(InvalidError):
        added(found.poster, found.response)


def test_an_overdue_step_can_be_reworded_without_a_new_day(database):
    found = partners()
    session().add(planned(found.response, days=-20))
    session().commit()
    step = plan_of(found.response)[0]
    with transaction():
        save_step(found.poster, step, a_step("Reworded", days=-20), version=1)
    assert words_of(found.response) == ["Reworded"]


@pytest.mark.parametrize("status", [RequestStatus.OPEN, RequestStatus.CANCELLED])
def test_a_plan_changes_only_while_the_partnership_stands(database, status):
    found = partners(status)
    with pytest.raises((ConflictError, NotFoundError)):
        added(found.poster, found.response)
    assert words_of(found.response) == []


def test_a_plan_is_closed_once_both_have_signed(database):
    found = partners(RequestStatus.ACTIVE)
    recorded(found.poster, found.response)
    added(found.responder, found.response)
    found = partners(RequestStatus.ACTIVE)
    signed(found)
    with pytest.raises(ConflictError):
        added(found.responder, found.response)


def test_the_requester_starts_once_every_plan_has_a_step(database):
    found = partners(steps=1)
    second = responded(found.request, status=ResponseStatus.ACCEPTED)
    waiting = responded(found.request)
    with pytest.raises(InvalidError), transaction():
        start_partnership(found.poster, found.request)
    added(found.poster, second)
    with pytest.raises(ForbiddenError), transaction():
        start_partnership(found.responder, found.request)
    with transaction():
        start_partnership(found.poster, found.request)
    assert found.request.status is RequestStatus.ACTIVE
    assert found.request.started_at is not None
    session().refresh(waiting)
    assert (waiting.status, waiting.decided_by_id) == (ResponseStatus.DECLINED, None)
    for partner in (found.responder, second.responder):
        assert told(partner, "partnership_started") == 1
    assert told(waiting.responder, "request_closed") == 1
    assert told(waiting.responder, "partnership_started") == 0
    with pytest.raises(ConflictError), transaction():
        start_partnership(found.poster, found.request)


def test_nothing_starts_before_it_is_agreed(database):
    request = opened_request()
    with pytest.raises(ConflictError), transaction():
        start_partnership(request.posted_by, request)
