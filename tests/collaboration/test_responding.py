"""Writing responses: who may, until when, what has to be there, and who is told under which label."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.collaboration.models import Fit, ReceiverStatus, RequestStatus, Response, ResponseStatus
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.service import propose_requirements
from hub.collaboration.responses import service
from hub.collaboration.responses.comparing import answers_to
from hub.collaboration.responses.details import AnswerDetails, OfferDetails
from hub.collaboration.responses.queries import own_live_response, own_responses, responses_to
from hub.collaboration.responses.service import (
    NewRequirementsError,
    discard_draft,
    draft_response,
    save_answers,
    save_offer,
    submit_response,
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
from tests.collaboration.requests import POLICE, REQUIREMENTS, opened_request
from tests.collaboration.responses import EVIDENCE, OFFER, responded
from tests.factories import make_member, make_organisation

OFFERED = OfferDetails(offer=OFFER, tlp=Tlp.CLEAR)
MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)


@pytest.fixture
def request_(database):
    return opened_request(make_member(), nice=("Speaks Georgian",))


@pytest.fixture
def responder(database):
    return make_member()


def drafted(request, responder, **columns):
    return responded(request, responder, status=ResponseStatus.DRAFT, **columns)


def answers_for(request, *fits, evidence=EVIDENCE):
    requirements = requirements_of(request).requirements
    return [
        AnswerDetails(requirement_id=each.id, fit=fit, evidence=evidence)
        for each, fit in zip(requirements, fits, strict=False)
    ]


def save(responder, response, answers, **changes):
    request = response.request
    values = {"requirements": request.requirements_number, "version": response.version, **changes}
    did(save_answers, responder, response, answers, **values)


def submit(actor, response, **changes):
    did(submit_response, actor, response, **{"version": response.version, **changes})


def renewed(request, *essential, why="Something changed."):
    """Bring other requirements into force, as those of named receivers are at once."""
    return did(
        propose_requirements, request.posted_by, request, essential=list(essential), nice_to_have=[], why=why
    )


# ---- drafting


def test_a_draft_tells_nobody(request_, responder):
    response = did(draft_response, responder, request_, OFFERED, language="en-GB")
    assert response.status is ResponseStatus.DRAFT
    assert told(request_.posted_by) == []
    assert request_.first_answered_at is None
    assert responses_to(request_, viewer_of(request_.posted_by)) == []


def test_a_second_draft_is_refused(request_, responder):
    did(draft_response, responder, request_, OFFERED, language="en-GB")
    with pytest.raises(ConflictError):
        did(draft_response, responder, request_, OFFERED, language="en-GB")


def test_who_withdrew_may_begin_anew(request_, responder):
    responded(request_, responder, status=ResponseStatus.WITHDRAWN)
    response = did(draft_response, responder, request_, OFFERED, language="en-GB")
    assert own_live_response(request_, viewer_of(responder)) == response
    assert len(own_responses(request_, viewer_of(responder))) == 2


def test_who_acts_for_the_requester_cannot_respond(database):
    organisation = make_organisation()
    colleague = make_member(represents=[organisation])
    request = opened_request(make_member(), organisation_id=organisation.id)
    with pytest.raises(ForbiddenError):
        did(draft_response, colleague, request, OFFERED, language="en-GB")


def test_outside_the_audience_there_is_no_request(responder):
    request = opened_request(readership=POLICE)
    with pytest.raises(NotFoundError):
        did(draft_response, responder, request, OFFERED, language="en-GB")


def test_who_left_the_audience_has_no_draft_any_more(database):
    officer = make_member(law_enforcement="GE")
    request = opened_request(readership=POLICE)
    response = drafted(request, officer)
    request.set_readership(Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"ES"})))
    session().commit()
    for act in (submit_response, withdraw_response, discard_draft):
        with pytest.raises(NotFoundError):
            did(act, officer, response, **({"version": 1} if act is submit_response else {}))


@pytest.mark.parametrize(
    "status", [RequestStatus.AGREED, RequestStatus.EXPIRED, RequestStatus.ACTIVE, RequestStatus.COMPLETED]
)
def test_no_response_is_begun_once_the_request_takes_none(responder, status):
    with pytest.raises(ConflictError):
        did(draft_response, responder, opened_request(status=status), OFFERED, language="en-GB")


def test_the_label_cannot_be_weaker_than_that_of_the_request(responder):
    request = opened_request(readership=MEMBERS)
    with pytest.raises(InvalidError) as refused:
        did(draft_response, responder, request, OFFERED, language="en-GB")
    assert refused.value.field == "tlp"


def test_only_an_organisation_one_speaks_for_can_be_named(request_):
    organisation = make_organisation()
    mere = make_member(belongs_to=[organisation])
    with pytest.raises(InvalidError) as refused:
        did(
            draft_response,
            mere,
            request_,
            OfferDetails(offer=OFFER, tlp=Tlp.CLEAR, organisation_id=organisation.id),
            language="en-GB",
        )
    assert refused.value.field == "organisation_id"


def test_an_innovation_that_one_does_not_see_cannot_be_named(request_, responder):
    hidden = published(make_scene(), readership=POLICE_RECORD).innovation
    details = OfferDetails(offer=OFFER, tlp=Tlp.CLEAR, innovation_id=hidden.id)
    with pytest.raises(InvalidError) as refused:
        did(draft_response, responder, request_, details, language="en-GB")
    assert refused.value.field == "innovation"


def test_a_colleague_cannot_take_the_response_from_its_organisation(request_):
    organisation, other = make_organisation(), make_organisation()
    first, second = make_member(represents=[organisation]), make_member(represents=[organisation, other])
    response = drafted(request_, first, organisation=organisation)
    taken = OfferDetails(offer=OFFER, tlp=Tlp.CLEAR, organisation_id=other.id)
    with pytest.raises(InvalidError):
        did(save_offer, second, response, taken, version=1)


# ---- answering


def test_answers_are_replaced_as_a_whole(request_, responder):
    response = drafted(request_, responder)
    save(responder, response, answers_for(request_, Fit.PARTLY, Fit.NOT))
    assert [each.fit for each in response.answers] == [Fit.PARTLY, Fit.NOT]
    assert response.version == 2


def test_an_answer_to_no_requirement_in_force_is_refused(request_, responder):
    response = drafted(request_, responder)
    other = requirements_of(opened_request()).requirements[0]
    with pytest.raises(InvalidError):
        save(responder, response, [AnswerDetails(requirement_id=other.id, fit=Fit.MET, evidence=EVIDENCE)])


def test_a_stale_save_changes_nothing(request_, responder):
    response = drafted(request_, responder)
    with pytest.raises(StaleVersionError):
        did(save_offer, responder, response, OfferDetails(offer="Mine", tlp=Tlp.CLEAR), version=9)
    assert response.offer == OFFER


def test_answers_to_requirements_that_were_replaced_are_not_stored(database):
    responder = make_member()
    request = opened_request(make_member(), receivers=[responder])
    response = drafted(request, responder)
    answers = answers_for(request, Fit.MET)
    renewed(request, REQUIREMENTS[1])
    with pytest.raises(NewRequirementsError):
        save(responder, response, answers, requirements=1)


def test_answers_to_words_that_stayed_are_carried_over(database):
    responder = make_member()
    request = opened_request(make_member(), receivers=[responder])
    response = responded(request, responder, fits=[Fit.MET, Fit.PARTLY])
    renewed(request, REQUIREMENTS[1], "Something new")
    version = requirements_of(request)
    carried = answers_to(response, version)
    assert [carried[each.id].fit if each.id in carried else None for each in version.requirements] == [
        Fit.PARTLY,
        None,
    ]


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


# ---- changing and withdrawing


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
