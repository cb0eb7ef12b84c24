"""The review of submitted requests: taking, giving back, deciding, who may, and what each leaves behind."""

from datetime import timedelta

import pytest

from hub.access.viewer import Role
from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.collaboration.closing.service import withdraw_request
from hub.collaboration.models import RequestStatus
from hub.collaboration.permissions import involvement_in, visible_to
from hub.collaboration.queries import request_by_id, requirements_of
from hub.collaboration.review.conflicts import recuse_from, release_conflicted
from hub.collaboration.review.escalation import undecidable
from hub.collaboration.review.parties import free_coordinators
from hub.collaboration.review.queries import desk_queue
from hub.collaboration.review.service import (
    OVERDUE,
    decline_request,
    publish_request,
    request_changes,
)
from hub.collaboration.review.taking import release_item, take_item
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, RoleGrant
from tests.collaboration.acts import did, later, told
from tests.collaboration.requests import GEORGIAN_POLICE, make_coordinator, submitted_request
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

WORDS = "Say what the notices look like."


@pytest.fixture
def coordinator(database):
    return make_coordinator()


def events_of(request):
    return [each.event for each in history_of(request.subject)]


def test_a_coordinator_takes_it_and_nobody_else_can(coordinator):
    request, other = submitted_request(), make_coordinator()
    did(take_item, coordinator, request)
    assert request.taken_by_id == coordinator.id
    with pytest.raises(ConflictError):
        did(take_item, other, request)
    assert events_of(request) == [Event.REQUEST_TAKE]


def test_it_is_given_back_for_the_others(coordinator):
    request, other = submitted_request(taken_by=coordinator), make_coordinator()
    with pytest.raises(ConflictError):
        did(release_item, other, request)
    did(release_item, coordinator, request)
    did(take_item, other, request)
    assert events_of(request) == [Event.REQUEST_RELEASE, Event.REQUEST_TAKE]


def test_what_a_former_coordinator_holds_is_taken_over(coordinator):
    former = make_coordinator()
    request = submitted_request(taken_by=former)
    session().query(RoleGrant).filter_by(member_id=former.id).delete()
    session().commit()
    did(take_item, coordinator, request)
    assert request.taken_by_id == coordinator.id


@pytest.mark.parametrize("role", [None, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR])
def test_nobody_but_coordinators_takes_anything(database, role):
    person = make_member(roles=[role] if role else [])
    with pytest.raises(NotFoundError):
        did(take_item, person, submitted_request())


def test_publishing_opens_it_and_tells_the_requester(coordinator):
    poster = make_member()
    request = submitted_request(poster, taken_by=coordinator)
    did(publish_request, coordinator, request)
    assert request.status is RequestStatus.OPEN
    assert request.opened_at is not None
    assert (request.taken_by_id, request.decided_by_id) == (None, coordinator.id)
    assert requirements_of(request).in_force_at == request.opened_at
    assert told(poster) == ["request_opened"]
    assert events_of(request) == [Event.REQUEST_PUBLISH]


def test_who_did_not_take_it_publishes_nothing(coordinator):
    request = submitted_request()
    with pytest.raises(ConflictError):
        did(publish_request, coordinator, request)
    assert request.status is RequestStatus.SUBMITTED


def test_one_whose_due_date_passed_while_it_waited_goes_back(coordinator, monkeypatch):
    request = submitted_request(taken_by=coordinator, days=3)
    later(monkeypatch, timedelta(days=3))
    with pytest.raises(ConflictError) as refused:
        did(publish_request, coordinator, request)
    assert refused.value.message == OVERDUE
    did(request_changes, coordinator, request, reason="dates", words=WORDS)
    assert request.status is RequestStatus.CHANGES_REQUESTED


DECISIONS = {
    request_changes: (RequestStatus.CHANGES_REQUESTED, "unclear", "request_changes"),
    decline_request: (RequestStatus.DECLINED, "promotional", "request_declined"),
}


@pytest.mark.parametrize("decide", DECISIONS)
def test_sending_it_back_leaves_reason_and_words(coordinator, decide):
    status, reason, kind = DECISIONS[decide]
    poster = make_member()
    request = submitted_request(poster, taken_by=coordinator)
    did(decide, coordinator, request, reason=reason, words=f"  {WORDS} ")
    assert (request.status, request.decision_reason, request.decision_words) == (status, reason, WORDS)
    assert (request.taken_by_id, request.opened_at) == (None, None)
    assert told(poster) == [kind]
    assert history_of(request.subject)[-1].reason == WORDS


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize(
    ("reason", "words", "field"),
    [
        ("", WORDS, "reason"),
        ("no_such", WORDS, "reason"),
        ("other", " ", "words"),
        ("other", "x" * 2001, "words"),
    ],
)
def test_it_needs_a_reason_and_words(coordinator, decide, reason, words, field):
    request = submitted_request(taken_by=coordinator)
    with pytest.raises(InvalidError) as refused:
        did(decide, coordinator, request, reason=reason, words=words)
    assert refused.value.field == field
    assert request.status is RequestStatus.SUBMITTED


def test_two_decisions_leave_one(coordinator):
    request = submitted_request(taken_by=coordinator)
    did(publish_request, coordinator, request)
    with pytest.raises(ConflictError):
        did(decline_request, coordinator, request, reason="other", words=WORDS)
    assert request.status is RequestStatus.OPEN
    assert events_of(request) == [Event.REQUEST_PUBLISH]


def test_what_was_withdrawn_meanwhile_is_not_published(coordinator):
    poster = make_member()
    request = submitted_request(poster, taken_by=coordinator)
    did(withdraw_request, poster, request)
    with pytest.raises(ConflictError):
        did(publish_request, coordinator, request)
    assert request.status is RequestStatus.WITHDRAWN


def test_who_asks_never_decides_nor_does_their_organisation(database):
    organisation = make_organisation()
    poster = make_member(roles=[Role.COORDINATOR])
    member = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    free = make_coordinator()
    request = submitted_request(poster, organisation_id=organisation.id)
    for person in (poster, member):
        with pytest.raises(ForbiddenError):
            did(take_item, person, request)
    assert free_coordinators(involvement_in(request)) == {free.id}


def test_an_interest_declared_later_gives_it_back(coordinator):
    organisation = make_organisation("Tenders Watch")
    request = submitted_request(taken_by=coordinator, organisation_id=organisation.id)
    did(declare_interest, coordinator, Declaration("funding", "Tenders Watch"))
    with pytest.raises(ForbiddenError):
        did(publish_request, coordinator, request)
    assert did(release_conflicted, coordinator) == 1
    assert request.taken_by_id is None


def test_who_recuses_themselves_gives_it_back_and_never_takes_it_again(coordinator):
    request = submitted_request(taken_by=coordinator)
    did(recuse_from, coordinator, request, "A friend of mine.")
    assert request.taken_by_id is None
    with pytest.raises(ForbiddenError):
        did(take_item, coordinator, request)
    assert Event.RECUSAL_RECORD in events_of(request)
    with pytest.raises(ConflictError):
        did(recuse_from, coordinator, request)


def test_outside_its_audience_only_who_took_it_reads_it_until_it_is_decided(coordinator):
    other, request = make_coordinator(), submitted_request(readership=GEORGIAN_POLICE)
    did(take_item, coordinator, request)
    assert request_by_id(request.public_id, viewer_of(coordinator)) is request
    for person in (other, make_member(law_enforcement="GE")):
        with pytest.raises(NotFoundError):
            request_by_id(request.public_id, viewer_of(person))
    did(publish_request, coordinator, request)
    with pytest.raises(NotFoundError):
        request_by_id(request.public_id, viewer_of(coordinator))


def test_the_queue_names_nothing_that_the_coordinator_may_not_read(coordinator):
    hidden, seen = submitted_request(readership=GEORGIAN_POLICE), submitted_request()
    lines = {line.public_id: line for line in desk_queue(viewer_of(coordinator))}
    assert lines[hidden.public_id].title is None
    assert lines[hidden.public_id].country is None
    assert lines[hidden.public_id].tlp == hidden.tlp
    assert lines[seen.public_id].title == seen.title
    did(take_item, coordinator, hidden)
    assert {line.public_id for line in desk_queue(viewer_of(make_coordinator()))} == {seen.public_id}
    (mine,) = [line for line in desk_queue(viewer_of(coordinator)) if line.is_mine]
    assert mine.title == hidden.title
    assert desk_queue(viewer_of(make_member())) == []


def test_what_nobody_can_decide_is_escalated(database):
    organisation = make_organisation()
    conflicted = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    submitted_request(organisation_id=organisation.id)
    hidden = submitted_request(organisation_id=organisation.id, readership=GEORGIAN_POLICE)
    found = undecidable(viewer_of(officer), Bench())
    assert {each.kind for each in found} == {"collaboration_requests"}
    assert [each.title is None for each in found] == [False, True]
    assert (found[1].candidates, found[1].free, found[1].tlp) == (1, 0, hidden.tlp)
    assert undecidable(viewer_of(conflicted), Bench()) == []
    (line, _other) = desk_queue(viewer_of(conflicted))
    assert line.is_escalated
    make_coordinator()
    assert undecidable(viewer_of(officer), Bench()) == []


def test_requests_are_seen_as_their_condition_says(coordinator):
    request = submitted_request(taken_by=coordinator, readership=GEORGIAN_POLICE)
    viewer = viewer_of(session().get(Member, coordinator.id))
    assert session().query(type(request)).filter(visible_to(viewer)).all() == [request]
