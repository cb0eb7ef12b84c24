"""What search knows of requests, for whom, and what a day means to it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from hub.access.audience import PUBLIC_LABEL, organisation_label, person_label
from hub.collaboration.documents import (
    DueClass,
    StateClass,
    classes_at,
    document_id,
    public_ids_of,
    queue_request,
    queue_requests_of,
    request_document,
    request_documents,
)
from hub.collaboration.models import RequestStatus
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.search.documents import Collection, Query
from hub.search.models import SearchJournal
from tests.collaboration.requests import GEORGIAN_POLICE, drafted_request, opened_request, submitted_request
from tests.factories import make_member, make_organisation
from tests.search.conformance.engines import ENGINES, engine_of
from tests.search.samples import nothing_withheld

pytestmark = pytest.mark.db


def journal():
    """Return what was queued, the oldest first."""
    return session().scalars(select(SearchJournal).order_by(SearchJournal.number)).all()


def queue(request, **said):
    with transaction():
        queue_request(request, **said)


def test_a_request_is_found_by_its_texts_requirements_and_chosen_terms(database):
    document = request_document(opened_request(nice=("Speaks Georgian",)))
    text = "\n".join(document.text_of(name) for name in sorted(document.filled))
    for words in ("red-flag screening", "4,000 tender notices", "Reads tender notices", "Speaks Georgian"):
        assert words in text
    assert "Georgia" in document.text_of("classification")
    assert document.collection is Collection.REQUESTS
    assert document.labels == {PUBLIC_LABEL}


def test_who_posted_it_is_not_in_it_and_the_organisation_is(database):
    poster = make_member(display_name="Nino Unheard")
    alone = request_document(opened_request(poster))
    organisation = make_organisation(name="Audit Office")
    ours = request_document(opened_request(poster, organisation_id=organisation.id))
    assert "Unheard" not in str(alone.to_json()) + str(ours.to_json())
    assert ours.text_of("organisation").startswith("Audit Office")


def test_its_facets_are_the_codes_chosen_and_the_requesters_country(database):
    document = request_document(opened_request(terms={"countries": ("ID",), "functions": ("detect",)}))
    assert document.facets["country"] == ("GE", "ID")
    assert document.facets["function"] == ("detect",)
    assert document.facets["member_type"] == ("anybody",)


def test_requests_to_named_receivers_are_for_these_alone(database):
    member, organisation = make_member(), make_organisation()
    document = request_document(opened_request(receivers=(member, organisation)))
    assert document.labels == {person_label(member.id), organisation_label(organisation.id)}


@pytest.mark.parametrize(
    ("status", "is_due"),
    [
        (RequestStatus.OPEN, True),
        (RequestStatus.IN_DISCUSSION, True),
        (RequestStatus.AGREED, False),
        (RequestStatus.COMPLETED, False),
    ],
)
def test_it_is_due_while_responses_may_come(database, status, is_due):
    request = opened_request(status=status, completed_at=now())
    assert ("due" in request_document(request).sort) is is_due


class TestQueueing:
    def test_what_is_shown_is_put_in(self, database):
        request = opened_request()
        queue(request)
        (row,) = journal()
        assert (row.document_id, row.narrows) == (document_id(request), False)
        assert row.document["collection"] == "requests"

    def test_what_was_never_open_leaves_no_trace(self, database):
        for request in (drafted_request(), submitted_request()):
            queue(request)
        assert not journal()

    @pytest.mark.parametrize("status", [RequestStatus.WITHDRAWN, RequestStatus.CANCELLED])
    def test_what_ended_is_withheld_at_once(self, database, status):
        request = opened_request(status=status)
        queue(request)
        (row,) = journal()
        assert (row.document_id, row.document, row.narrows) == (document_id(request), None, True)


def test_a_new_name_of_the_organisation_is_taken_in(database):
    organisation = make_organisation(name="Audit Office")
    request = opened_request(organisation_id=organisation.id)
    drafted_request(organisation_id=organisation.id)
    with transaction():
        organisation.name = "Court of Audit"
        queue_requests_of(organisation)
    (row,) = journal()
    assert row.document_id == document_id(request)
    assert "Court of Audit" in str(row.document["texts"])


class TestRebuilding:
    def test_only_what_is_shown_is_in_it(self, database):
        shown = [opened_request(), opened_request(readership=GEORGIAN_POLICE)]
        drafted_request()
        submitted_request()
        opened_request(status=RequestStatus.WITHDRAWN)
        found = list(request_documents())
        assert public_ids_of(each.id for each in found) == [each.public_id for each in shown]
        assert [each.digest for each in found] == [request_document(each).digest for each in shown]

    def test_it_asks_a_fixed_number_of_times(self, database):
        assert _queries_for(2) == _queries_for(6)


def _queries_for(number):
    for _ in range(number):
        opened_request(organisation_id=make_organisation().id)
    session().expire_all()
    asked = []
    bind = session().get_bind()
    event.listen(bind, "before_cursor_execute", lambda *call: asked.append(call[2]))
    list(request_documents())
    return len([each for each in asked if each.startswith("SELECT")])


MOMENT = datetime(2027, 3, 1, 12, 0, 30, tzinfo=UTC)
MINUTE = MOMENT.replace(second=0)


@pytest.mark.parametrize("engine_name", ENGINES)
@pytest.mark.parametrize(
    ("due_in", "due", "state"),
    [
        (timedelta(minutes=-1), {DueClass.PAST}, {StateClass.UNDER_WAY}),
        (timedelta(0), {DueClass.PAST}, {StateClass.UNDER_WAY}),
        (timedelta(minutes=1), {DueClass.WEEK, DueClass.MONTH}, {StateClass.TAKES}),
        (timedelta(days=7), {DueClass.WEEK, DueClass.MONTH}, {StateClass.TAKES}),
        (timedelta(days=7, minutes=1), {DueClass.MONTH}, {StateClass.TAKES}),
        (timedelta(days=30, minutes=1), {DueClass.LATER}, {StateClass.TAKES}),
    ],
)
def test_what_a_due_date_means_at_a_moment(database, tmp_path, engine_name, due_in, due, state):
    request = opened_request(due_at=MINUTE + due_in, expires_at=MINUTE + timedelta(days=90))
    assert _classes(request, engine_name, tmp_path) == {"due": due, "state": state}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (RequestStatus.AGREED, StateClass.UNDER_WAY),
        (RequestStatus.ACTIVE, StateClass.UNDER_WAY),
        (RequestStatus.COMPLETED, StateClass.COMPLETED),
        (RequestStatus.EXPIRED, StateClass.EXPIRED),
    ],
)
def test_what_is_decided_is_due_no_more(database, tmp_path, status, state):
    request = opened_request(status=status)
    assert _classes(request, "whoosh", tmp_path) == {"due": set(), "state": {state}}


def _classes(request, engine_name, folder):
    """Return the values of the facets that change with time, for one request at `MOMENT`."""
    engine = engine_of(engine_name, folder)
    engine.rebuild([request_document(request)], 1)
    query = Query(frozenset({PUBLIC_LABEL}), collection=Collection.REQUESTS, classes=classes_at(MOMENT))
    facets = engine.search(query, nothing_withheld).facets
    return {name: set(facets.get(name, ())) for name in ("due", "state")}
