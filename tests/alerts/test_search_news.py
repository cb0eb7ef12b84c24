"""Who follows a search is told of what it finds from then on, with the labels that they hold then."""

import pytest

from hub.alerts import search_news
from hub.alerts.search_news import tell_searchers
from hub.core.database import session, transaction
from hub.core.errors import UnavailableError
from hub.jobs.alerts import tell_what_is_new
from hub.members.models import MemberStatus
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.service import choose_frequency
from tests.alerts.follows import COUNTRY, follow, search_for, told
from tests.catalogue import widenings
from tests.catalogue.cast import make_cast, record_of
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
    looked = search_news._look

    def look_and_lapse(*arguments):
        found = looked(*arguments)
        reader.status = MemberStatus.LAPSED
        session().commit()
        return found

    monkeypatch.setattr(search_news, "_look", look_and_lapse)
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
        patched.setattr(search_news, "find", broken)
        tell_what_is_new(database.get_bind(), engine)
    assert told(reader) == []
    tell_what_is_new(database.get_bind(), engine)
    assert len(told(reader)) == 1


def test_a_worker_killed_before_the_end_tells_nobody_twice(scene, database, engine_of, monkeypatch):
    reader = make_member()
    search_for(reader, "ledger")
    published(scene)
    engine = engine_of()
    whole = search_news.tell

    def dying(*arguments):
        whole(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(search_news, "tell", dying)
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
    looked = search_news._look
    calls = []

    def look_twice(*arguments):
        found = looked(*arguments)
        if not calls:
            calls.append(found)
            tell_searchers(engine)
        return found

    monkeypatch.setattr(search_news, "_look", look_twice)
    assert tell_searchers(engine)
    assert len(told(reader)) == 1


def notification_of(member):
    """Return cause, frequency and whether it waits of the one thing that a member was told."""
    session().rollback()
    one = session().query(Notification).filter_by(member_id=member.id).one()
    return one.cause, one.frequency, one.waits


def test_it_says_which_search_found_it_and_how_often_that_is_mailed(scene, tell):
    daily, quiet = make_member(), make_member()
    often = search_for(daily, "ledger", frequency=Frequency.WEEKLY)
    never = search_for(quiet, "ledger", frequency=Frequency.OFF)
    published(scene)
    tell()
    assert notification_of(daily) == (f"search:{often.public_id}", Frequency.WEEKLY, True)
    assert notification_of(quiet) == (f"search:{never.public_id}", Frequency.OFF, False)


def test_of_several_searches_the_one_that_is_mailed_soonest_tells(scene, tell):
    reader = make_member()
    search_for(reader, "gifts", frequency=Frequency.OFF)
    soonest = search_for(reader, "ledger", frequency=Frequency.DAILY)
    search_for(reader, country=["GE"], frequency=Frequency.WEEKLY)
    published(scene)
    tell()
    assert notification_of(reader) == (f"search:{soonest.public_id}", Frequency.DAILY, True)


def test_what_a_followed_country_told_already_is_mailed_as_soon_as_the_search_wants(scene, tell):
    reader, other = make_member(), make_member()
    for each, frequency in ((reader, Frequency.DAILY), (other, Frequency.WEEKLY)):
        follow(each, COUNTRY, "GE")
        search_for(each, "ledger", frequency=frequency)
    with transaction():
        choose_frequency(reader, Topic.FOLLOWING, Frequency.OFF)
    published(scene)
    tell()
    assert notification_of(reader)[1:] == (Frequency.DAILY, True)
    # what follows is mailed daily anyway
    assert notification_of(other) == ("", None, True)


def test_all_that_is_new_is_looked_at_however_much_there_is(scene, tell, monkeypatch):
    monkeypatch.setattr(search_news, "MAX_PER_PAGE", 2)
    reader = make_member()
    search_for(reader, "gifts")
    new = [published(scene, name=f"Ledger of gifts {number}").innovation for number in range(5)]
    tell()
    assert [subject for _kind, subject in told(reader)] == [each.subject for each in new]


def test_what_works_in_a_country_is_told_to_who_looks_for_that(scene, tell):
    georgian, spanish = make_member(), make_member()
    search_for(georgian, works_in="GE")
    search_for(spanish, "ledger", works_in="ES")
    innovation = published(scene).innovation
    tell()
    assert told(georgian) == [("followed_published", innovation.subject)]
    assert told(spanish) == []


def test_words_that_mean_the_same_count_unless_the_search_is_exact(scene, tell):
    any_word, exact = make_member(), make_member()
    search_for(any_word, "kickback")
    search_for(exact, "kickback", is_exact=True)
    innovation = published(scene, short_description="Finds who took a bribe.").innovation
    tell()
    assert told(any_word) == [("followed_published", innovation.subject)]
    assert told(exact) == []


def test_a_level_of_evidence_and_more_counts_from_there_on(scene, tell):
    none, some = make_member(), make_member()
    search_for(none, evidence=["0"])
    search_for(some, evidence=["2+"])
    published(scene)
    tell()
    assert len(told(none)) == 1
    assert told(some) == []


def test_what_is_shown_to_more_people_is_new_to_those_only(database, tell):
    cast = make_cast()
    member, police, late = make_member(), make_member(law_enforcement="GE"), make_member()
    search_for(member, "ledger")
    innovation = record_of(cast, readership=GEORGIAN_POLICE)
    search_for(police, "ledger")
    tell()
    assert told(member) == told(police) == []
    widenings.approved_widening(cast, innovation, to=MEMBERS)
    search_for(late, "ledger")
    tell()
    assert told(member) == [("followed_published", innovation.subject)]
    assert told(police) == told(late) == []


def test_a_new_revision_of_what_one_could_find_is_no_news(database, tell):
    cast = make_cast()
    innovation = record_of(cast)
    reader = make_member()
    search_for(reader, "zebra")
    widenings.taken_of(cast, innovation, name="Zebra of gifts")
    tell()
    assert told(reader) == []
