"""Mails about saved searches: which one found it, by name and never by words, and a link that ends just that."""

from datetime import timedelta

import pytest

from hub.alerts.searches import cause_of, delete_search, edit_search
from hub.core.database import session, transaction
from hub.core.sealing import unsign
from hub.mail.sending import send_due
from hub.notifications.models import Frequency, Notification
from hub.notifications.service import notify
from tests.alerts.follows import search_for
from tests.catalogue.records import MEMBERS, POLICE, make_scene, published
from tests.factories import make_member
from tests.mail.samples import parts_of
from tests.mail.test_telling import Sink
from tests.notifications.people import DAILY, gathered

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def ana(database):
    return make_member("ana@test.example")


@pytest.fixture
def digest(settings):
    """Make the digest of one member and send it; return the mail, or None."""

    def send(member):
        latest = session().query(Notification).order_by(Notification.id.desc()).first()
        gathered(DAILY, latest.created_at.date(), until=latest.created_at + timedelta(days=9))
        sink = Sink()
        session().commit()
        while send_due(sink, settings):
            pass
        found = [each for each in sink.mails if each["To"] == member.email]
        return found[0] if found else None

    return send


def found(member, search, innovation):
    """Have a saved search, or none, find a record."""
    causes = {member.id: cause_of(search)} if search else {}
    with transaction():
        notify([member.id], "followed_published", innovation.subject, tlp=innovation.tlp, causes=causes)


def ending(mail, settings):
    """Return what the link in the header of a mail stands for."""
    token = mail["List-Unsubscribe"].partition("?token=")[2].removesuffix(">")
    return unsign(settings.secret_key(), "unsubscribe", token)


def test_a_mail_names_the_search_by_its_name_and_never_by_its_words(scene, ana, digest):
    search = search_for(ana, "canary", name="Gifts in <Batumi>", country=["GE"])
    found(ana, search, published(scene, name="Ledger one").innovation)
    mail = digest(ana)
    text, html = parts_of(mail)
    assert "New in your saved search “Gifts in <Batumi>”" in text
    assert "New: Ledger one" in text
    assert "Gifts in &lt;Batumi&gt;" in html
    whole = mail.as_string() + text + html
    assert "canary" not in whole.lower()
    assert "Batumi" not in str(mail["Subject"])


def test_a_search_without_a_name_is_told_by_its_day(scene, ana, digest):
    found(ana, search_for(ana, "canary"), published(scene).innovation)
    text = parts_of(digest(ana))[0]
    assert "New in the search that you saved on" in text
    assert "canary" not in text.lower()


def test_the_link_ends_the_one_search_that_all_of_it_is_about(scene, ana, digest, settings):
    search = search_for(ana, "ledger")
    for name in ("Ledger one", "Ledger two"):
        found(ana, search, published(scene, name=name).innovation)
    mail = digest(ana)
    assert ending(mail, settings) == f"{ana.public_id}:search:{search.public_id}"
    assert parts_of(mail)[0].count("No more mail about this saved search") == 1
    assert "https://hub.test.example/account/searches" in parts_of(mail)[0]


def test_of_several_each_has_a_link_and_the_header_ends_the_digests(scene, ana, digest, settings):
    searches = [search_for(ana, "ledger", name="Ledgers"), search_for(ana, "gifts", name="Gifts")]
    for search in (*searches, None):
        found(ana, search, published(scene, name=f"Ledger {search and search.name}").innovation)
    mail = digest(ana)
    text = parts_of(mail)[0]
    assert ending(mail, settings) == f"{ana.public_id}:daily"
    assert text.count("No more mail about this saved search") == len(searches)
    assert "No more mails like this one" in text
    assert text.index("What you follow") < text.index("New: Ledger None")


def test_above_green_neither_the_thing_nor_the_search_is_named(scene, digest):
    police = make_member(law_enforcement="GE")
    search = search_for(police, "ledger", name="Canary")
    found(police, search, published(scene, readership=POLICE).innovation)
    mail = digest(police)
    text, html = parts_of(mail)
    assert mail["Subject"] == "[TLP:AMBER] 1 thing is new for you"
    assert "Canary" not in mail.as_string() + text + html
    assert "Ledger" not in text


@pytest.mark.parametrize("known", [("ledger",), ("ledger", "gifts"), ()])
def test_no_link_tells_which_search_found_what_is_above_green(scene, digest, settings, known):
    police = make_member(law_enforcement="GE")
    canary = search_for(police, "ledger", name="Canary")
    for words in known:
        search = canary if words == "ledger" else search_for(police, words, name=words)
        found(police, search, published(scene, name="Public one").innovation)
    found(police, canary, published(scene, readership=POLICE).innovation)
    mail = digest(police)
    text = parts_of(mail)[0]
    assert ending(mail, settings) == f"{police.public_id}:daily"
    assert "No more mails like this one" in text
    # below what a search is said to have found, and only there
    assert text.count("No more mail about this saved search") == len(known)
    restricted, first = text.index("TLP:AMBER"), text.find("New in your saved search")
    assert restricted < first or not known


def test_what_is_turned_off_or_deleted_after_gathering_is_not_sent(scene, ana, settings):
    innovation = published(scene, readership=MEMBERS).innovation
    for end in (
        lambda search: edit_search(ana, search, name="", frequency=Frequency.OFF),
        lambda search: delete_search(ana, search),
    ):
        search = search_for(ana, "ledger")
        found(ana, search, innovation)
        latest = session().query(Notification).order_by(Notification.id.desc()).first()
        gathered(
            DAILY,
            latest.created_at.date() + timedelta(days=search.id),
            until=latest.created_at + timedelta(1),
        )
        with transaction():
            end(search)
        sink = Sink()
        session().commit()
        while send_due(sink, settings):
            pass
        assert [each for each in sink.mails if each["To"] == ana.email] == []
