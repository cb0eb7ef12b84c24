"""What the requester decides about responses, what ties both sides, and what stands side by side."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Tlp
from hub.audit.models import AuditEntry
from hub.collaboration.models import Fit, RequestStatus, ResponseStatus, Side
from hub.collaboration.queries import requirements_of
from hub.collaboration.responses import deciding
from hub.collaboration.responses.comparing import compare
from hub.collaboration.responses.conflicts import Tie, TieKind, known_to_responder, ties_of
from hub.collaboration.responses.deciding import (
    accept_response,
    decline_response,
    shortlist_response,
    unshortlist_response,
)
from hub.collaboration.responses.queries import Counts, counted
from hub.collaboration.responses.service import withdraw_response
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.integrity.models import DeclaredInterest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.models import MembershipStatus, OrganisationMembership
from tests.collaboration.acts import did, told
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

VERBS = {
    "shortlist": (shortlist_response, {}),
    "unshortlist": (unshortlist_response, {}),
    "accept": (accept_response, {"version": 1}),
    "decline": (decline_response, {"reason": "timing"}),
}


@pytest.fixture
def request_(database):
    return opened_request(make_member())


@pytest.fixture
def response(request_):
    return responded(request_)


def decide(verb, actor, response, **changes):
    act, named = VERBS[verb]
    did(act, actor, response, **{**named, **changes})


def logged():
    return list(session().scalars(select(AuditEntry.tag).order_by(AuditEntry.number)))


# ---- deciding


def test_the_first_shortlisting_takes_the_request_into_discussion(request_, response):
    decide("shortlist", request_.posted_by, response)
    assert request_.status is RequestStatus.IN_DISCUSSION
    assert response.first_answered_at is not None
    assert told(response.responder) == ["response_shortlisted"]
    assert set(logged()) == {"response:shortlist", "request:discuss"}


def test_off_the_shortlist_nobody_is_told(request_):
    response = responded(request_, status=ResponseStatus.SHORTLISTED)
    decide("unshortlist", request_.posted_by, response)
    assert response.status is ResponseStatus.SUBMITTED
    assert told(response.responder) == []


def test_the_first_accepted_response_is_the_agreement(request_, response):
    decide("accept", request_.posted_by, response)
    assert request_.status is RequestStatus.AGREED
    assert request_.agreed_at is not None
    assert response.decided_by_id == request_.posted_by_id
    assert told(response.responder) == ["response_accepted"]
    assert set(logged()) == {"response:accept", "request:agree"}


def test_several_can_be_accepted(request_, response):
    second = responded(request_)
    decide("accept", request_.posted_by, response)
    agreed_at = request_.agreed_at
    decide("accept", request_.posted_by, second, beside=1)
    assert counted(request_, viewer_of(request_.posted_by)) == Counts(waiting=0, accepted=2, in_all=2)
    assert request_.agreed_at == agreed_at


def test_who_did_not_know_of_the_other_acceptance_decides_again(request_, response):
    responded(request_, status=ResponseStatus.ACCEPTED)
    with pytest.raises(ConflictError) as refused:
        decide("accept", request_.posted_by, response)
    assert refused.value.message == deciding.OTHERS_ACCEPTED
    assert response.status is ResponseStatus.SUBMITTED


def test_what_was_changed_since_it_was_read_is_not_accepted(request_, response):
    with pytest.raises(StaleVersionError):
        decide("accept", request_.posted_by, response, version=2)


def test_after_a_withdrawal_nothing_can_be_decided(request_, response):
    did(withdraw_response, response.responder, response)
    for verb in VERBS:
        with pytest.raises(ConflictError) as refused:
            decide(verb, request_.posted_by, response)
        assert refused.value.message == deciding.WAS_WITHDRAWN


@pytest.mark.parametrize("status", [ResponseStatus.ACCEPTED, ResponseStatus.DECLINED])
def test_what_is_decided_stays_decided(request_, status):
    response = responded(request_, status=status)
    for verb in VERBS:
        with pytest.raises(ConflictError):
            decide(verb, request_.posted_by, response, **({"beside": 1} if verb == "accept" else {}))


def test_after_expiry_a_response_can_be_declined_and_nothing_else(database):
    request = opened_request(status=RequestStatus.EXPIRED)
    response = responded(request)
    for verb in ("shortlist", "accept"):
        with pytest.raises(ConflictError) as refused:
            decide(verb, request.posted_by, response)
        assert refused.value.message == deciding.HAS_EXPIRED
    decide("decline", request.posted_by, response)
    assert response.status is ResponseStatus.DECLINED


def test_once_the_work_has_begun_nobody_else_is_accepted(database):
    request = opened_request(status=RequestStatus.ACTIVE)
    with pytest.raises(ConflictError):
        decide("accept", request.posted_by, responded(request))


def test_a_declined_response_has_a_reason(request_, response):
    for wrong in ({"reason": ""}, {"reason": "unheard"}, {"reason": "other", "words": " "}):
        with pytest.raises(InvalidError):
            decide("decline", request_.posted_by, response, **wrong)
    decide("decline", request_.posted_by, response, reason="other", words="We found the means ourselves.")
    assert response.decision_reason == "other"
    assert told(response.responder) == ["response_declined"]


@pytest.mark.parametrize("verb", list(VERBS))
def test_only_the_requester_decides(request_, response, verb):
    with pytest.raises(ForbiddenError):
        decide(verb, response.responder, response)
    with pytest.raises(NotFoundError):
        decide(verb, make_member(), response)


def test_who_acts_for_both_sides_leaves_it_to_others(database):
    organisation = make_organisation()
    both = make_member(represents=[organisation])
    request = opened_request(both)
    response = responded(request, organisation=organisation)
    with pytest.raises(ForbiddenError) as refused:
        decide("accept", both, response)
    assert refused.value.message == deciding.ON_BOTH_SIDES


def test_a_draft_is_nothing_to_the_requester(request_):
    with pytest.raises(NotFoundError):
        decide("shortlist", request_.posted_by, responded(request_, status=ResponseStatus.DRAFT))


def test_counts_are_for_the_requester_alone(request_, response):
    for somebody in (response.responder, make_member()):
        assert counted(request_, viewer_of(somebody)) == Counts()


# ---- ties


def declare(member, organisation, kind="funding", ended_on=None):
    session().add(
        DeclaredInterest(
            member_id=member.id,
            kind=kind,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            name_key=organisation.name_key,
            declared_at=clock.now(),
            ended_on=ended_on,
        )
    )
    session().commit()


def test_the_same_organisation_on_both_sides_is_named_where_the_request_names_it(database):
    organisation = make_organisation()
    request = opened_request(organisation_id=organisation.id)
    response = responded(request, make_member(belongs_to=[organisation]))
    assert ties_of(request, [response]) == {
        response.id: (Tie(TieKind.SAME_ORGANISATION, None, organisation),)
    }


def test_an_organisation_that_somebody_merely_belongs_to_is_not_named(database):
    organisation = make_organisation()
    poster, responder = (make_member(belongs_to=[organisation]) for _ in range(2))
    request = opened_request(poster)
    response = responded(request, responder)
    assert ties_of(request, [response])[response.id] == (Tie(TieKind.SAME_ORGANISATION),)


def test_declared_interests_count_either_way(database):
    asking, offering = make_organisation(), make_organisation()
    poster, responder = make_member(represents=[asking]), make_member(represents=[offering])
    declare(responder, asking)
    declare(poster, offering)
    request = opened_request(poster, organisation_id=asking.id)
    response = responded(request, responder, organisation=offering)
    ties = ties_of(request, [response])[response.id]
    assert ties == (
        Tie(TieKind.INTEREST, Side.RESPONDER, asking),
        Tie(TieKind.INTEREST, Side.REQUESTER, offering),
    )
    assert known_to_responder(ties) == (ties[0],)


def test_a_membership_that_ended_lately_counts(database):
    asking = make_organisation()
    responder = make_member(belongs_to=[asking])
    membership = session().scalars(select(OrganisationMembership)).one()
    membership.status, membership.ended_at = MembershipStatus.ENDED, clock.now() - timedelta(days=30)
    session().commit()
    request = opened_request(make_member(), organisation_id=asking.id)
    response = responded(request, responder)
    assert ties_of(request, [response])[response.id] == (
        Tie(TieKind.FORMER_MEMBERSHIP, Side.RESPONDER, asking),
    )


def test_what_ended_long_ago_ties_nobody(database):
    asking = make_organisation()
    responder = make_member()
    declare(responder, asking, "past_employment", (clock.now() - timedelta(days=900)).date())
    request = opened_request(organisation_id=asking.id)
    response = responded(request, responder)
    assert ties_of(request, [response]) == {response.id: ()}


# ---- side by side


def test_responses_stand_in_the_order_of_arrival_or_by_what_they_meet(request_):
    weak = responded(request_, fits=[Fit.NOT, Fit.PARTLY])
    strong = responded(request_, fits=[Fit.MET, Fit.MET])
    version = requirements_of(request_)
    plain = compare([weak, strong], version)
    assert [each.response for each in plain.columns] == [weak, strong]
    assert [row.differs for row in plain.essential] == [True, True]
    by_fit = compare([weak, strong], version, by_fit=True)
    assert [each.response for each in by_fit.columns] == [strong, weak]
    assert by_fit.columns[0].standing.met == 2


def test_the_label_of_a_decision_is_that_of_the_response(request_):
    response = responded(request_, tlp=Tlp.RED)
    decide("accept", request_.posted_by, response)
    assert told(response.responder) == ["response_accepted"]


def test_who_responds_too_decides_about_no_rival(database):
    office, lab = make_organisation(), make_organisation()
    both, poster = make_member(represents=[office, lab]), make_member(represents=[office])
    request = opened_request(poster, organisation_id=office.id)
    rival = responded(request)
    responded(request, make_member(represents=[lab]), organisation=lab)
    for act in (
        lambda: did(shortlist_response, both, rival),
        lambda: did(accept_response, both, rival, version=1),
        lambda: did(decline_response, both, rival, reason="timing"),
    ):
        with pytest.raises(ForbiddenError):
            act()
    did(shortlist_response, poster, rival)
    assert rival.status is ResponseStatus.SHORTLISTED


def test_nobody_is_accepted_who_is_not_there(database):
    request = opened_request()
    response = responded(request)
    response.responder.status = MemberStatus.SUSPENDED
    session().commit()
    with pytest.raises(ConflictError):
        did(accept_response, request.posted_by, response, version=1)
    assert response.status is ResponseStatus.SUBMITTED


def test_a_draft_tells_nothing_of_who_asks(database):
    organisation = make_organisation()
    request = opened_request(make_member(belongs_to=[organisation]))
    draft = responded(request, make_member(belongs_to=[organisation]), status=ResponseStatus.DRAFT)
    assert ties_of(request, [draft]) == {draft.id: ()}
    draft.status, draft.submitted_at = ResponseStatus.SUBMITTED, clock.now()
    assert [each.kind for each in ties_of(request, [draft])[draft.id]] == [TieKind.SAME_ORGANISATION]
