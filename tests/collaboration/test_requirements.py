"""New versions of requirements: proposed, in force, superseded, taken back."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR
from hub.collaboration.models import RequestStatus, ResponseStatus, VersionStatus
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.queries import versions_of
from hub.collaboration.requirements.service import (
    MOST_OF_A_KIND,
    bring_into_force,
    propose_requirements,
    withdraw_requirements,
)
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from tests.collaboration.acts import did, later, told
from tests.collaboration.requests import REQUIREMENTS, make_coordinator, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def poster(database):
    return make_member()


def proposed(actor, request, *essential, nice=(), why="Notices now come as OCDS.", **named):
    words = essential or ("Reads OCDS only", REQUIREMENTS[1])
    return did(propose_requirements, actor, request, essential=words, nice_to_have=nice, why=why, **named)


def test_those_of_an_open_call_wait_for_a_coordinator(poster):
    coordinator, request = make_coordinator(), opened_request(poster)
    response = responded(request)
    version = proposed(poster, request)
    assert (version.number, version.status) == (2, VersionStatus.PROPOSED)
    assert request.requirements_number == 1
    assert told(coordinator) == ["requirements_proposed"]
    assert told(response.responder) == []
    assert [each.number for each in versions_of(request, viewer_of(poster))] == [2, 1]
    assert [each.number for each in versions_of(request, VISITOR)] == [1]


def test_a_coordinator_who_responds_is_not_told(poster):
    coordinator, request = make_coordinator(), opened_request(poster)
    responded(request, coordinator)
    proposed(poster, request)
    assert told(coordinator) == []


def test_once_in_force_the_old_ones_are_superseded_and_responders_told(poster):
    coordinator, request = make_coordinator(), opened_request(poster)
    response, draft = responded(request), responded(request, status=ResponseStatus.DRAFT)
    version = proposed(poster, request)
    did(bring_into_force, viewer_of(coordinator), request, version, decided_by_id=coordinator.id)
    assert requirements_of(request) is version
    assert requirements_of(request, 1).status is VersionStatus.SUPERSEDED
    assert version.in_force_at is not None
    assert response.requirements_number == 1
    assert told(response.responder) == told(draft.responder) == ["requirements_changed"]
    with pytest.raises(ConflictError):
        did(bring_into_force, viewer_of(coordinator), request, version)


def test_those_of_a_request_by_name_are_in_force_at_once(poster):
    receiver = make_member()
    request = opened_request(poster, receivers=[receiver])
    version = proposed(poster, request)
    assert version.status is VersionStatus.IN_FORCE
    assert request.requirements_number == 2
    assert told(receiver) == ["requirements_changed"]


def test_one_proposal_waits_at_a_time_and_can_be_taken_back(poster):
    request = opened_request(poster)
    version = proposed(poster, request)
    with pytest.raises(ConflictError):
        proposed(poster, request, "Something else")
    with pytest.raises(ForbiddenError):
        did(withdraw_requirements, make_member(), request)
    did(withdraw_requirements, poster, request)
    assert version.status is VersionStatus.WITHDRAWN
    with pytest.raises(NotFoundError):
        did(withdraw_requirements, poster, request)
    assert proposed(poster, request).number == 3


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"essential": ("", " ")}, "essential"),
        ({"essential": REQUIREMENTS}, "essential"),
        ({"essential": ("a",) * 2}, "essential"),
        ({"essential": ("x" * 501,)}, "essential"),
        ({"essential": [f"Need {number}" for number in range(MOST_OF_A_KIND + 1)]}, "essential"),
        ({"nice": ("x" * 501,)}, "nice_to_have"),
        ({"why": " "}, "why"),
        ({"why": "x" * 1_001}, "why"),
    ],
)
def test_what_cannot_be_names_its_field(poster, named, field):
    named = dict(named)  # PostgreSQL gets the same
    essential = named.pop("essential", ())
    if not any(essential) and essential:
        essential = (" ",)
    with pytest.raises(InvalidError) as fault:
        proposed(poster, opened_request(poster), *essential, **named)
    assert fault.value.field == field


def test_typed_over_an_older_version_is_refused(poster):
    request = opened_request(poster, receivers=[make_member()])
    proposed(poster, request)
    with pytest.raises(ConflictError):
        proposed(poster, request, "Something else", based_on=1)
    proposed(poster, request, "Something else", based_on=2)


def test_nothing_changes_where_nobody_could_answer_it(poster, monkeypatch):
    with pytest.raises(ConflictError):
        proposed(poster, opened_request(poster, status=RequestStatus.AGREED))
    request = opened_request(poster)
    with pytest.raises(ForbiddenError):
        proposed(make_member(), request)
    later(monkeypatch, timedelta(days=15))
    with pytest.raises(ConflictError):
        proposed(poster, request)
