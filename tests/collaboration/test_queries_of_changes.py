"""A change of a request asks as many queries however many responded or were asked: the request is held meanwhile."""

from datetime import timedelta

import pytest

from hub.collaboration.closing.service import expire_request, extend_due_date, withdraw_request
from hub.collaboration.models import ResponseStatus
from hub.collaboration.questions.service import answer_question
from hub.collaboration.requirements.service import propose_requirements
from hub.core import clock
from hub.core.database import session
from tests.collaboration.acts import did, later
from tests.collaboration.levels.waiting import asked
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.catalogue.conftest import QueryCount

FEW, MANY = 1, 8


@pytest.fixture
def queries(database):
    return QueryCount(database.get_bind())


def concerning(poster, number, **columns):
    """Store a request to which so many respond, for themselves and for organisations, draft, and are asked by name."""
    sides = [(make_organisation(), make_member()) for _ in range(number)]
    for organisation, _member in sides:
        make_member(represents=[organisation])
    receivers = [side for pair in sides for side in pair]
    request = opened_request(poster, receivers=receivers, **columns)
    for organisation, _member in sides:
        responded(request)
        responded(request, make_member(represents=[organisation]), organisation=organisation)
        responded(request, status=ResponseStatus.DRAFT)
    session().expire_all()
    return request


def moves_the_due_date(poster, request):
    did(extend_due_date, poster, request, due_at=request.due_at + timedelta(days=7))


def changes_the_requirements(poster, request):
    did(propose_requirements, poster, request, essential=["Runs offline."], nice_to_have=[], why="Asked for.")


def answers_a_question(poster, request):
    did(answer_question, poster, asked(request), answer="Since 2015.")


@pytest.mark.parametrize("change", [moves_the_due_date, changes_the_requirements, answers_a_question])
def test_what_the_requester_changes(queries, change):
    poster = make_member()
    change(poster, concerning(poster, FEW))
    counts = []
    for number in (FEW, MANY):
        request = concerning(poster, number)
        with queries:
            change(poster, request)
        counts.append(len(queries))
    assert counts[0] == counts[1], "\n".join(queries.statements)


def test_what_the_clock_does(queries, monkeypatch):
    requests = [concerning(make_member(), number) for number in (FEW, FEW, MANY)]
    later(monkeypatch, timedelta(days=45))
    counts = []
    for request in requests:
        with queries:
            assert did(expire_request, request)
        counts.append(len(queries))
    assert counts[1] == counts[2], "\n".join(queries.statements)
    assert requests[0].closed_at == clock.now()


def test_closing_tells_each_responder_of_their_own(queries):
    poster = make_member()
    counts = []
    for number in (FEW, FEW, FEW + 1, FEW + 3):
        request = concerning(poster, number)
        with queries:
            did(withdraw_request, poster, request)
        counts.append(len(queries))
    # each response is closed for itself, under its own label; what it takes does not grow
    first, second = counts[2] - counts[1], counts[3] - counts[2]
    assert second == 2 * first
