"""Submitting responses, changing and withdrawing them: until when, what has to be there, and who is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.collaboration.models import Fit, ReceiverStatus, Response, ResponseStatus
from hub.collaboration.responses import service
from hub.collaboration.responses.details import OfferDetails
from hub.collaboration.responses.queries import responses_to
from hub.collaboration.responses.service import (
    discard_draft,
    save_offer,
    withdraw_response,
)
from hub.core import clock
from hub.core.database import session
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleVersionError,
    TooManyError,
)
from hub.integrity.viewers import viewer_of
from hub.notifications.models import Notification
from tests.catalogue.records import POLICE as POLICE_RECORD, make_scene, published
from tests.collaboration.acts import did, later, told
from tests.collaboration.requests import REQUIREMENTS, opened_request
from tests.collaboration.responses import (
    OFFERED,
    answers_for,
    drafted,
    renewed,
    responded,
    save,
    submit,
)
from tests.factories import make_member, make_organisation

MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)


@pytest.fixture
def request_(database):
    return opened_request(make_member(), nice=("Speaks Georgian",))


@pytest.fixture
def responder(database):
    return make_member()


# ---- submitting


def test_the_requester_is_told_once_it_is_submitted(request_, responder):
    response = drafted(request_, responder, tlp=Tlp.AMBER)
    submit(responder, response)
    assert told(request_.posted_by) == ["response_received"]
    assert session().scalars(select(Notification.tlp)).all() == [Tlp.AMBER]
    assert request_.first_answered_at is not None
    assert session().scalars(select(AuditEntry.tag)).all() == ["response:submit"]


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"offer": " "}, "offer"),
        ({"fits": [Fit.MET]}, "answers"),
        ({"fits": [Fit.MET, None]}, "answers"),
        ({"evidence": ""}, "answers"),
    ],
)
def test_what_is_missing_keeps_it_a_draft(request_, responder, columns, field):
    response = drafted(request_, responder, **columns)
    with pytest.raises(InvalidError) as refused:
        submit(responder, response)
    assert refused.value.field == field
    assert response.status is ResponseStatus.DRAFT


def test_what_is_nice_to_have_may_stay_open(request_, responder):
    response = drafted(request_, responder, fits=[Fit.MET, Fit.NOT, None])
    submit(responder, response)
    assert response.status is ResponseStatus.SUBMITTED


@pytest.mark.parametrize(("readership", "is_enough"), [(None, True), (POLICE_RECORD, False)])
def test_an_innovation_is_evidence_where_every_member_sees_it(request_, readership, is_enough):
    officer = make_member(law_enforcement="GE")
    changes = {"readership": readership} if readership else {}
    innovation = published(make_scene(), **changes).innovation
    response = drafted(request_, officer, evidence="")
    for each in response.answers:
        each.innovation_id = innovation.id
    session().commit()
    if is_enough:
        submit(officer, response)
        assert response.status is ResponseStatus.SUBMITTED
    else:
        with pytest.raises(InvalidError):
            submit(officer, response)


def test_one_second_late_is_too_late(request_, responder, monkeypatch):
    response = drafted(request_, responder)
    moment = request_.due_at
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(seconds=1))
    with pytest.raises(ConflictError) as refused:
        submit(responder, response)
    assert refused.value.message == service.TOO_LATE
    assert response.status is ResponseStatus.DRAFT
    monkeypatch.setattr(clock, "now", lambda: moment - timedelta(seconds=1))
    submit(responder, response)
    assert response.status is ResponseStatus.SUBMITTED


def test_a_draft_can_be_saved_after_the_due_date(request_, responder, monkeypatch):
    response = drafted(request_, responder)
    later(monkeypatch, timedelta(days=20))
    did(save_offer, responder, response, OfferDetails(offer="Kept", tlp=Tlp.CLEAR), version=1)
    assert response.offer == "Kept"


def test_it_is_submitted_as_it_was_checked(request_, responder):
    response = drafted(request_, responder)
    with pytest.raises(StaleVersionError):
        submit(responder, response, version=4)


def test_new_requirements_have_to_be_answered_first(database):
    responder = make_member()
    request = opened_request(make_member(), receivers=[responder])
    response = drafted(request, responder)
    renewed(request, REQUIREMENTS[0])
    with pytest.raises(ConflictError) as refused:
        submit(responder, response)
    assert refused.value.message == service.REQUIREMENTS_CHANGED
    save(responder, response, answers_for(request, Fit.MET))
    submit(responder, response)
    assert response.requirements_number == 2


def test_the_twenty_first_of_a_day_waits_and_stays_a_draft(request_, responder, monkeypatch):
    monkeypatch.setattr(service, "A_DAY", 2)
    for _ in range(2):
        responded(opened_request(), responder)
    response = drafted(request_, responder)
    with pytest.raises(TooManyError) as refused:
        submit(responder, response)
    assert refused.value.retry_after > 0
    assert response.status is ResponseStatus.DRAFT
    later(monkeypatch, timedelta(days=1, seconds=1))
    submit(responder, response)
    assert response.status is ResponseStatus.SUBMITTED


def test_a_receiver_has_answered_by_responding(database):
    organisation = make_organisation()
    receiver, other = make_member(represents=[organisation]), make_member()
    request = opened_request(make_member(), receivers=[organisation, other])
    submit(receiver, drafted(request, receiver))
    assert [each.status for each in request.receivers] == [ReceiverStatus.ASKED, ReceiverStatus.ANSWERED]


def test_a_mere_member_of_a_receiver_responds_for_themselves_alone(database):
    organisation = make_organisation()
    member = make_member(belongs_to=[organisation])
    request = opened_request(make_member(), receivers=[organisation])
    submit(member, drafted(request, member))
    assert [each.status for each in request.receivers] == [ReceiverStatus.ASKED]


def test_who_represents_two_receivers_answers_for_the_one_that_they_respond_for(database):
    asked, other = make_organisation(), make_organisation()
    speaking = make_member(represents=[asked, other])
    request = opened_request(make_member(), receivers=[asked, other])
    submit(speaking, drafted(request, speaking, organisation=other))
    assert [each.status for each in request.receivers] == [ReceiverStatus.ASKED, ReceiverStatus.ANSWERED]


# ---- changing and withdrawing


def test_who_acts_for_both_sides_changes_nothing_of_the_response(database):
    organisation = make_organisation()
    poster = make_member(represents=[organisation])
    request = opened_request(poster)
    waiting = responded(request, make_member(represents=[organisation]), organisation=organisation)
    draft = drafted(request, make_member(represents=[organisation]), organisation=organisation)
    for act in (
        lambda: did(save_offer, poster, waiting, OFFERED, version=1),
        lambda: save(poster, waiting, answers_for(request, Fit.NOT)),
        lambda: did(withdraw_response, poster, waiting),
        lambda: did(discard_draft, poster, draft),
    ):
        with pytest.raises(ForbiddenError):
            act()
    assert (waiting.status, waiting.version) == (ResponseStatus.SUBMITTED, 1)


def test_the_label_of_a_submitted_response_is_raised_and_never_lowered(request_, responder):
    response = responded(request_, responder, tlp=Tlp.AMBER)
    with pytest.raises(InvalidError):
        did(save_offer, responder, response, OfferDetails(offer="More", tlp=Tlp.GREEN), version=1)
    did(save_offer, responder, response, OfferDetails(offer="More", tlp=Tlp.RED), version=1)
    assert response.tlp is Tlp.RED


def test_a_change_is_told_and_logged_and_a_save_without_one_is_not(request_, responder):
    response = responded(request_, responder)
    did(save_offer, responder, response, OFFERED, version=1)
    assert told(request_.posted_by) == []
    did(save_offer, responder, response, OfferDetails(offer="More", tlp=Tlp.CLEAR), version=2)
    assert told(request_.posted_by) == ["response_changed"]
    assert session().scalars(select(AuditEntry.tag)).all() == ["response:change"]


def test_a_submitted_response_stays_complete(request_, responder):
    response = responded(request_, responder)
    with pytest.raises(InvalidError):
        save(responder, response, answers_for(request_, Fit.MET))
    with pytest.raises(InvalidError):
        did(save_offer, responder, response, OfferDetails(offer="", tlp=Tlp.CLEAR), version=1)
    assert len(response.answers) == 3


@pytest.mark.parametrize(
    "status", [ResponseStatus.ACCEPTED, ResponseStatus.DECLINED, ResponseStatus.WITHDRAWN]
)
def test_what_is_decided_can_no_longer_be_changed_or_withdrawn(request_, responder, status):
    response = responded(request_, responder, status=status)
    with pytest.raises(ConflictError):
        did(save_offer, responder, response, OFFERED, version=1)
    with pytest.raises(ConflictError):
        did(withdraw_response, responder, response)


def test_after_the_due_date_it_stays_as_submitted(request_, responder, monkeypatch):
    response = responded(request_, responder)
    later(monkeypatch, timedelta(days=20))
    with pytest.raises(ConflictError) as refused:
        did(save_offer, responder, response, OfferDetails(offer="Late", tlp=Tlp.CLEAR), version=1)
    assert refused.value.message == service.TOO_LATE_TO_CHANGE


def test_a_withdrawn_response_is_gone_for_the_requester_who_is_told(request_, responder):
    response = responded(request_, responder)
    did(withdraw_response, responder, response)
    assert told(request_.posted_by) == ["response_withdrawn"]
    assert responses_to(request_, viewer_of(request_.posted_by)) == []


def test_a_submitted_response_is_not_discarded(request_, responder):
    response = responded(request_, responder)
    with pytest.raises(ConflictError):
        did(discard_draft, responder, response)


def test_somebody_else_finds_nothing_to_change(request_, responder):
    response = responded(request_, responder)
    for stranger in (make_member(), make_member(roles=[Role.COORDINATOR])):
        with pytest.raises(NotFoundError):
            did(save_offer, stranger, response, OFFERED, version=1)
    assert session().scalars(select(Response.version)).all() == [1]
