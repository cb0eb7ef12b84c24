"""Drafting responses: who may, for whom, under which label, and to which requirements."""

import pytest

from hub.access.audience import Audience, Readership, Tlp
from hub.collaboration.models import Fit, RequestStatus, ResponseStatus
from hub.collaboration.queries import requirements_of
from hub.collaboration.responses.comparing import answers_to
from hub.collaboration.responses.details import AnswerDetails, OfferDetails
from hub.collaboration.responses.queries import own_live_response, own_responses, responses_to
from hub.collaboration.responses.service import (
    NewRequirementsError,
    discard_draft,
    draft_response,
    save_offer,
    submit_response,
    withdraw_response,
)
from hub.core.database import session
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleVersionError,
)
from hub.integrity.viewers import viewer_of
from tests.catalogue.records import POLICE as POLICE_RECORD, make_scene, published
from tests.collaboration.acts import did, told
from tests.collaboration.requests import POLICE, REQUIREMENTS, opened_request
from tests.collaboration.responses import (
    EVIDENCE,
    OFFER,
    OFFERED,
    answers_for,
    drafted,
    renewed,
    responded,
    save,
)
from tests.factories import make_member, make_organisation

MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)


@pytest.fixture
def request_(database):
    return opened_request(make_member(), nice=("Speaks Georgian",))


@pytest.fixture
def responder(database):
    return make_member()


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
