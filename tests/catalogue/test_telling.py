"""Who is told what about a record: those who look after it, the other side, who asked; never who did it."""

from datetime import timedelta

import pytest
import time_machine

from hub.catalogue.caretakers import caretakers_of
from hub.catalogue.ownership.reminding import remind_of_confirmations
from hub.catalogue.ownership.service import confirm_record
from hub.catalogue.review.service import decline_revision, publish_revision, request_changes
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import MemberStatus
from hub.notifications.models import Notification
from tests.catalogue.records import OPINION, make_scene, published, taken
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


def told(kind):
    """Return who was told this, by id."""
    rows = session().query(Notification).filter_by(kind=kind).order_by(Notification.id)
    return [each.member_id for each in rows]


def test_who_registered_it_and_who_represents_its_owner_look_after_it(scene):
    colleague = make_member(represents=[scene.owner])
    make_member(represents=[scene.owner], status=MemberStatus.SUSPENDED)
    make_member(belongs_to=[scene.owner])
    innovation = published(scene).innovation
    assert caretakers_of(innovation) == {scene.partner.id, colleague.id}
    innovation.is_handed_over = True
    innovation.registered_by_id = scene.colleague.id
    assert caretakers_of(innovation) == {scene.partner.id, colleague.id}
    innovation.is_handed_over = False
    innovation.is_compiled = True
    assert caretakers_of(innovation) == {scene.colleague.id}


def test_they_are_told_when_it_is_published(scene):
    colleague = make_member(represents=[scene.owner])
    innovation = published(scene).innovation
    assert told("innovation_published") == [scene.partner.id, colleague.id]
    assert session().query(Notification).first().subject == innovation.subject


@pytest.mark.parametrize(
    ("decide", "action", "kind"),
    [
        (request_changes, "request_changes", "changes_requested"),
        (decline_revision, "decline", "innovation_declined"),
    ],
)
def test_they_are_told_what_was_decided_otherwise(scene, decide, action, kind):
    revision = taken(scene)
    with transaction():
        decide(scene.coordinator, revision, OPINION[action])
    assert told(kind) == [scene.partner.id]


def test_an_import_is_published_without_a_word_for_each_row(scene):
    revision = taken(scene)
    revision.innovation.import_source, revision.innovation.external_id = "m/list", "1"
    session().commit()
    with transaction():
        publish_revision(scene.coordinator, revision)
    assert told("innovation_published") == []


def remind():
    with transaction():
        return remind_of_confirmations()


def test_a_confirmation_that_is_due_is_told_once_until_it_was_given(scene):
    innovation = published(scene).innovation
    assert remind() == 0
    with time_machine.travel(now() + timedelta(days=366), tick=False):
        assert remind() == 1
        assert remind() == 0
        assert told("confirmation_due") == [scene.partner.id]
        session().query(type(scene.partner)).update({"vetted_until": None})
        session().commit()
        with transaction():
            confirm_record(scene.partner, innovation)
        assert remind() == 0
    with time_machine.travel(now() + timedelta(days=366 * 2), tick=False):
        assert remind() == 1
