"""Mails about showcases: names up to TLP:GREEN, label and link above it, none of what was narrowed meanwhile."""

import re

import pytest

from hub.core.database import session, transaction
from hub.mail.places import PAGES, path_of, path_to
from hub.mail.sending import send_due
from hub.notifications.kinds.showcases import SHOWCASES
from hub.notifications.service import notify
from hub.showcases.models import EntryStatus
from tests.factories import make_member
from tests.mail.samples import parts_of
from tests.showcases.scenes import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    confirmed_entry,
    make_room,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
)

pytestmark = pytest.mark.db

NAME = "Canary stage"


class Sink:
    """A way out that keeps the mails."""

    def __init__(self):
        self.mails = []

    def send(self, message):
        self.mails.append(message)


@pytest.fixture
def send(database, settings):
    """Send what waits; return the mails to one member."""

    def send_to(member):
        sink = Sink()
        session().commit()
        while send_due(sink, settings):
            pass
        return [each for each in sink.mails if each["To"] == member.email]

    return send_to


def tell(member, kind, thing, tlp):
    with transaction():
        notify([member.id], kind, thing.subject, tlp=tlp)


def whole(mail):
    return mail.as_string() + "".join(parts_of(mail))


@pytest.mark.parametrize(("readership", "label"), [(EVERYBODY, ""), (MEMBERS, "[TLP:GREEN] ")])
def test_up_to_green_a_showcase_is_named_and_leads_to_ones_own_page_of_it(send, readership, label):
    visitor = make_member()
    showcase = published_showcase(readership=readership, name=NAME, venue="Palais", city="Paris")
    tell(visitor, "registration_made", showcase, showcase.tlp)
    (mail,) = send(visitor)
    assert "Where: Palais, Paris." in parts_of(mail)[0]
    assert re.search(r"It begins on .* \(Paris time\)", " ".join(parts_of(mail)[0].split()))
    assert mail["Subject"] == f"{label}You have a place at {NAME}"
    assert f"https://hub.test.example/showcases/{showcase.public_id}/registration" in parts_of(mail)[0]


def test_above_green_a_mail_says_that_something_waits_and_no_more(send):
    officer = make_member(law_enforcement="GE")
    showcase = published_showcase(readership=GEORGIAN_POLICE, name=NAME, venue="Palais", city="Paris")
    tell(officer, "registration_made", showcase, showcase.tlp)
    (mail,) = send(officer)
    assert mail["Subject"] == "[TLP:AMBER] You have a place at a showcase"
    assert "Palais" not in whole(mail)
    assert "It begins on" not in whole(mail)
    assert NAME not in whole(mail)


def test_an_answer_to_an_entry_names_it_to_its_side(send):
    owner = make_member()
    entry = proposed_entry(
        opened_showcase(name=NAME), by=owner, organisation_id=None, status=EntryStatus.ACCEPTED
    )
    tell(owner, "entry_accepted", entry, entry.showcase.tlp)
    (mail,) = send(owner)
    name = entry.innovation.published_revision.source_text.name
    assert mail["Subject"] == f"{name} was accepted for a showcase"
    assert f"/showcases/{entry.showcase.public_id}/entries/{entry.public_id}" in parts_of(mail)[0]


def test_who_presents_reads_the_new_time_and_room_in_the_mail(send):
    presenter = make_member()
    showcase = published_showcase(name=NAME, venue="Palais", city="Paris")
    entry = confirmed_entry(showcase, by=presenter, organisation_id=None)
    make_slot(showcase, entry, room=make_room(showcase, "Hall"))
    tell(presenter, "slot_moved", entry, showcase.tlp)
    (mail,) = send(presenter)
    assert "Where: Hall, Palais, Paris." in parts_of(mail)[0]


def test_a_time_that_the_team_has_not_shared_stands_in_no_mail(send):
    presenter = make_member()
    showcase = opened_showcase(venue="Palais")
    entry = confirmed_entry(showcase, by=presenter, organisation_id=None)
    make_slot(showcase, entry, room=make_room(showcase, "Hall"))
    tell(presenter, "slot_moved", entry, showcase.tlp)
    for mail in send(presenter):
        assert "Hall" not in whole(mail)


def test_an_entry_narrowed_meanwhile_is_not_named(send):
    visitor = make_member()
    entry = confirmed_entry(published_showcase(name=NAME), by=visitor, organisation_id=None)
    name = entry.innovation.published_revision.source_text.name
    tell(visitor, "materials_wanted", entry, entry.showcase.tlp)
    entry.innovation.set_readership(GEORGIAN_POLICE)
    entry.presenters = []
    session().commit()
    for mail in send(visitor):
        assert name not in whole(mail)


def test_what_the_team_is_told_leads_to_its_own_pages():
    assert path_to("report_due", "showcase", "some-key") == "/coordinate/showcases/some-key/report"
    entry = "some-key/entries/other"
    assert path_to("entry_proposed", "entry", entry) == f"/coordinate/showcases/{entry}"
    assert path_to("entry_accepted", "entry", entry) == f"/showcases/{entry}"
    assert path_of("slot", "some-key/slots/other") == "/showcases/some-key/slots/other"
    assert {kind for kind in PAGES if kind.startswith(("entry_", "showcase_"))} <= set(SHOWCASES)
