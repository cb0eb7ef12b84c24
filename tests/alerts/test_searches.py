"""Saved searches: for something in particular, once each, by name, as often as each says, and deleted for good."""

import pytest
from sqlalchemy import select

from hub.alerts import searches as rules
from hub.alerts.models import Follow
from hub.alerts.queries import search_by_id, searches_named, searches_of
from hub.alerts.searches import SavedQuery, cause_of, delete_search, edit_search, end_mails, query_of
from hub.audit.models import AuditChain
from hub.core.database import session, transaction
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError
from hub.members.models import MemberStatus
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.queries import preferences_of
from hub.notifications.service import notify
from tests.alerts.follows import COUNTRY, follow, search_for
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def ana(database):
    return make_member()


def found(member, search):
    """Have a search find something; return the notification."""
    with transaction():
        notify([member.id], "followed_published", "country:GE", causes={member.id: cause_of(search)})
    return session().query(Notification).order_by(Notification.id.desc()).first()


def state(notification):
    session().refresh(notification)
    return notification.frequency, notification.waits


def test_the_same_search_is_saved_once_and_called_as_it_was_last(ana):
    first = search_for(ana, " gifts  ledger ", country=["GE", "ID"])
    again = search_for(ana, "gifts ledger", country=["ID", "GE"], name="Gifts", frequency=Frequency.OFF)
    assert first.id == again.id
    assert (again.name, again.frequency) == ("Gifts", Frequency.OFF)
    # "OR" is a sign and "or" a word
    assert search_for(ana, "gifts OR ledger").key != search_for(ana, "gifts or ledger").key
    for each in searches_of(ana.id)[:2]:
        with transaction():
            delete_search(ana, each)
    other = search_for(ana, "gifts ledger", country=["GE", "ID"], works_in="GE")
    assert other.id != first.id
    assert query_of(other) == SavedQuery("gifts ledger", {"country": ("GE", "ID")}, "GE")
    assert [each.id for each in searches_of(ana.id)] == [other.id, first.id]


def test_only_levels_of_evidence_stand_for_more_than_themselves():
    saved = SavedQuery("", {"evidence": ("1", "4+"), "licence": ("GPL-3.0+",), "country": ("GE",)})
    assert saved.wanted == {"evidence": {"1", "4", "5"}, "licence": {"GPL-3.0+"}, "country": {"GE"}}


@pytest.mark.parametrize("words", ["", "  \t "])
def test_a_search_for_nothing_in_particular_is_refused(ana, words):
    with pytest.raises(InvalidError):
        search_for(ana, words, country=[])


@pytest.mark.parametrize(
    ("choice", "field"), [({"name": "x" * 101}, "name"), ({"frequency": Frequency.AT_ONCE}, "frequency")]
)
def test_what_cannot_be_stored_is_refused(ana, choice, field):
    with pytest.raises(InvalidError) as caught:
        search_for(ana, "gifts", **choice)
    assert caught.value.field == field
    search = search_for(ana, "gifts", name=" Gifts\nof  all ")
    assert search.name == "Gifts of all"
    with pytest.raises(InvalidError), transaction():
        edit_search(ana, search, **{"name": "", "frequency": Frequency.OFF, **choice})


def test_only_approved_members_save_searches_and_not_too_many(ana, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SEARCHES", 1)
    search_for(ana, "one")
    with pytest.raises(InvalidError):
        search_for(ana, "two")
    search_for(ana, "one", name="One")
    ana.status = MemberStatus.LAPSED
    session().commit()
    with pytest.raises(ForbiddenError):
        search_for(ana, "one")


def test_they_count_among_what_can_be_followed(ana, monkeypatch):
    monkeypatch.setattr(rules, "MOST_FOLLOWS", 1)
    follow(ana, COUNTRY, "GE")
    with pytest.raises(InvalidError):
        search_for(ana, "gifts")


def test_those_of_others_are_not_there(ana):
    ben = make_member()
    search, country = search_for(ana, "gifts"), follow(ana, COUNTRY, "GE")
    assert search_by_id(ana.id, search.public_id) is search
    for member, public_id in ((ben, search.public_id), (ana, country.public_id), (ana, "x" * 22)):
        with pytest.raises(NotFoundError):
            search_by_id(member.id, public_id)
    cause = cause_of(search).name
    assert searches_named({cause, "search:none", "else:x", ""}) == {(ana.id, cause): search}


def test_what_waits_follows_a_new_choice(ana):
    search = search_for(ana, "gifts")
    told = found(ana, search)
    assert state(told) == (Frequency.DAILY, True)
    for frequency, waits in ((Frequency.WEEKLY, True), (Frequency.OFF, False), (Frequency.DAILY, False)):
        with transaction():
            edit_search(ana, search, name="", frequency=frequency)
        assert state(told) == (frequency, waits)


def test_a_deleted_search_is_gone_and_what_it_found_is_not_mailed(ana):
    search = search_for(ana, "gifts")
    told = found(ana, search)
    with transaction():
        delete_search(ana, search)
    assert state(told) == (Frequency.OFF, False)
    assert session().scalars(select(Follow)).all() == []


@pytest.mark.parametrize(
    ("scope", "ends"),
    [
        ("this", {"this"}),
        (Frequency.DAILY, {"this", "daily"}),
        (Frequency.WEEKLY, {"weekly"}),
        (Topic.FOLLOWING, {"this", "daily", "weekly"}),
        (Topic.MESSAGES, set()),
        ("search:gone", set()),
    ],
)
def test_a_link_ends_the_mails_that_it_names(ana, scope, ends):
    searches = {
        "this": search_for(ana, "gifts"),
        "daily": search_for(ana, "ledger"),
        "weekly": search_for(ana, "tender", frequency=Frequency.WEEKLY),
    }
    told = {name: found(ana, search) for name, search in searches.items()}
    scope = cause_of(searches["this"]).name if scope == "this" else scope
    for _ in range(2):
        with transaction():
            end_mails(ana, scope)
    assert {name for name, each in searches.items() if each.frequency is Frequency.OFF} == ends
    assert {name for name, each in told.items() if state(each) == (Frequency.OFF, False)} == ends
    is_wide = scope in (Topic.FOLLOWING, Frequency.DAILY)
    assert (preferences_of(ana.id)[Topic.FOLLOWING] is Frequency.OFF) == is_wide


def test_nothing_of_it_is_logged(ana):
    before = session().query(AuditChain).count()
    search = search_for(ana, "gifts", name="Gifts")
    with transaction():
        edit_search(ana, search, name="", frequency=Frequency.OFF)
    with transaction():
        delete_search(ana, search)
    assert session().query(AuditChain).count() == before
