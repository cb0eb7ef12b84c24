"""Who saved a search of the requests is told of what is opened from then on, where they may see it."""

import pytest

from hub.alerts.searches import SavedQuery, save_search
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.documents import queue_request
from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from hub.jobs.alerts import tell_what_is_new
from hub.notifications.service import notify
from hub.search.documents import Collection
from tests.alerts.follows import search_for, told
from tests.catalogue.records import make_scene, published
from tests.collaboration.requests import GEORGIAN_POLICE, MEMBERS, make_coordinator, opened_request
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def tell(database, engine_of):
    def telling():
        tell_what_is_new(database.get_bind(), engine_of())

    return telling


def requests_for(member, text="", **filters):
    """Save a search of the requests."""
    with transaction():
        return save_search(member, SavedQuery(text, filters, collection=Collection.REQUESTS))


def opened(poster=None, **said):
    """Store a request that a coordinator opened just now."""
    request = opened_request(poster, **said)
    with transaction():
        record(viewer_of(make_coordinator()), Event.REQUEST_PUBLISH, request.subject)
        queue_request(request)
    return request


def test_words_and_filters_both_count(database, tell):
    fits, words, filters = make_member(), make_member(), make_member()
    requests_for(fits, "screening", function=["detect"], country=["GE"], state=["takes"], due=["month"])
    requests_for(words, "shipwrecks")
    requests_for(filters, due=["later"])
    request = opened(days=14)
    tell()
    tell()
    assert told(fits) == [("request_found", request.subject)]
    assert told(words) == told(filters) == []


def test_all_that_is_new_can_be_asked_for(database, tell):
    reader = make_member()
    requests_for(reader)
    request = opened()
    tell()
    assert told(reader) == [("request_found", request.subject)]


def test_a_type_of_member_finds_what_is_open_to_all_types_too(database, tell):
    reader = make_member()
    requests_for(reader, member_type=["academia"])
    open_to_all = opened()
    ours = opened(terms={"member_types": ("academia",)})
    opened(terms={"member_types": ("business",)})
    tell()
    assert told(reader) == [("request_found", each.subject) for each in (open_to_all, ours)]


def test_nobody_is_told_of_what_they_may_not_see(database, tell):
    member, georgian = make_member(), make_member(law_enforcement="GE")
    for each in (member, georgian):
        requests_for(each, "screening")
    shown, hidden = opened(readership=MEMBERS), opened(readership=GEORGIAN_POLICE)
    tell()
    assert told(member) == [("request_found", shown.subject)]
    assert told(georgian) == [("request_found", shown.subject), ("request_found", hidden.subject)]


def test_searches_of_the_catalogue_find_no_requests_and_the_other_way_round(database, tell):
    records, requests = make_member(), make_member()
    search_for(records, function=["detect"])
    requests_for(requests, function=["detect"])
    innovation, request = published(make_scene()).innovation, opened()
    tell()
    assert told(records) == [("followed_published", innovation.subject)]
    assert told(requests) == [("request_found", request.subject)]


def test_who_asked_is_not_told_twice(database, tell):
    poster = make_member()
    requests_for(poster)
    request = opened(poster)
    with transaction():
        notify([poster.id], "request_opened", request.subject, tlp=request.tlp)
    tell()
    assert told(poster) == []


def test_what_was_open_before_is_not_told(database, tell):
    opened()
    reader = make_member()
    requests_for(reader)
    tell()
    assert told(reader) == []


def test_a_search_is_stored_with_where_it_searches_and_only_there(database):
    member = make_member()
    ours, records = requests_for(member, "ledger"), search_for(member, "ledger")
    assert ours.query == {"q": "ledger", "filters": {}, "in": "requests"}
    assert records.query == {"q": "ledger", "filters": {}}
    assert SavedQuery.from_json(ours.query).collection is Collection.REQUESTS
