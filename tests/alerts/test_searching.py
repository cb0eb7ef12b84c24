"""Who follows a search is told of what it finds from then on, with the labels that they hold then."""

import pytest

from hub.alerts import searching
from hub.alerts.searching import tell_searchers
from hub.core.database import session
from hub.core.errors import UnavailableError
from hub.jobs.alerts import tell_what_is_new
from hub.members.models import MemberStatus
from tests.alerts.follows import COUNTRY, follow, search_for, told
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, make_scene, published
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def tell(database, engine_of):
    def telling():
        tell_what_is_new(database.get_bind(), engine_of())

    return telling


def test_words_and_filters_both_count(scene, tell):
    fits, words, filters = make_member(), make_member(), make_member()
    search_for(fits, "ledger", function=["detect"], country=["GE"])
    search_for(words, "tenders")
    search_for(filters, function=["report"])
    innovation = published(scene).innovation
    tell()
    tell()
    assert told(fits) == [("followed_published", innovation.subject)]
    assert told(words) == told(filters) == []


def test_some_of_the_words_are_not_enough(scene, tell):
    reader = make_member()
    search_for(reader, "ledger zebra")
    published(scene)
    tell()
    assert told(reader) == []


def test_what_was_there_before_is_not_told(scene, tell):
    published(scene)
    reader = make_member()
    search_for(reader, "ledger")
    tell()
    assert told(reader) == []


def test_nobody_is_told_of_what_they_may_not_see(scene, tell):
    people = {
        "member": make_member(),
        "georgian": make_member(law_enforcement="GE"),
        "spanish": make_member(law_enforcement="ES"),
        "lapsed": make_member(),
    }
    for each in people.values():
        search_for(each, "ledger")
    people["lapsed"].status = MemberStatus.LAPSED
    session().commit()
    for_members = published(scene, name="Ledger for members", readership=MEMBERS).innovation
    restricted = published(scene, name="Ledger for police", readership=GEORGIAN_POLICE).innovation
    tell()
    heard = {name: [subject for _kind, subject in told(each)] for name, each in people.items()}
    assert heard == {
        "member": [for_members.subject],
        "georgian": [for_members.subject, restricted.subject],
        "spanish": [for_members.subject],
        "lapsed": [],
    }


def test_a_right_lost_between_search_and_telling_counts(scene, engine_of, monkeypatch):
    reader = make_member(law_enforcement="GE")
    search_for(reader, "ledger")
    published(scene, readership=GEORGIAN_POLICE)
    engine = engine_of()
    looked = searching._look

    def look_and_lapse(*arguments):
        found = looked(*arguments)
        reader.status = MemberStatus.LAPSED
        session().commit()
        return found

    monkeypatch.setattr(searching, "_look", look_and_lapse)
    tell_searchers(engine)
    assert told(reader) == []


def test_one_innovation_is_told_once_however_many_follows_fit(scene, tell):
    reader = make_member()
    search_for(reader, "ledger")
    search_for(reader, country=["GE"])
    follow(reader, COUNTRY, "GE")
    published(scene)
    tell()
    assert len(told(reader)) == 1


def test_it_waits_until_the_index_knows(scene, engine_of):
    reader = make_member()
    search_for(reader, "ledger")
    engine = engine_of()
    published(scene)
    tell_searchers(engine)
    assert told(reader) == []
    tell_searchers(engine_of())
    assert len(told(reader)) == 1


def test_without_an_index_nothing_is_lost(scene, database, engine_of, monkeypatch):
    reader = make_member()
    search_for(reader, "ledger")
    published(scene)
    engine = engine_of()

    def broken(*_arguments):
        raise UnavailableError

    with monkeypatch.context() as patched:
        patched.setattr(searching, "find", broken)
        tell_what_is_new(database.get_bind(), engine)
    assert told(reader) == []
    tell_what_is_new(database.get_bind(), engine)
    assert len(told(reader)) == 1


def test_a_worker_killed_before_the_end_tells_nobody_twice(scene, database, engine_of, monkeypatch):
    reader = make_member()
    search_for(reader, "ledger")
    published(scene)
    engine = engine_of()
    whole = searching.tell

    def dying(*arguments):
        whole(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(searching, "tell", dying)
        with pytest.raises(KeyboardInterrupt):
            tell_searchers(engine)
    assert told(reader) == []
    tell_what_is_new(database.get_bind(), engine)
    tell_what_is_new(database.get_bind(), engine)
    assert len(told(reader)) == 1


def test_a_second_worker_that_was_quicker_is_noticed(scene, engine_of, monkeypatch):
    reader = make_member()
    search_for(reader, "ledger")
    published(scene)
    engine = engine_of()
    looked = searching._look
    calls = []

    def look_twice(*arguments):
        found = looked(*arguments)
        if not calls:
            calls.append(found)
            tell_searchers(engine)
        return found

    monkeypatch.setattr(searching, "_look", look_twice)
    assert tell_searchers(engine)
    assert len(told(reader)) == 1
