"""Followers are told what is new: once, only what they may see now, and nothing from before they followed."""

import pytest

from hub.access.viewer import Role
from hub.alerts import telling
from hub.alerts.models import ReadMark
from hub.alerts.service import follow_merged
from hub.catalogue.curation.service import archive_innovation
from hub.catalogue.models import ReadinessState
from hub.catalogue.readiness.service import StatementDetails, state_prerequisites
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import submit_revision
from hub.core.database import session, transaction
from hub.members.models import MemberStatus
from hub.vocabularies.loader import vocabulary
from tests.alerts.follows import COUNTRY, INNOVATION, ORGANISATION, follow, tell, told
from tests.catalogue.records import (
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    make_scene,
    named_organisations,
    published,
    revised,
    taken,
)
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def reader(scene):
    return make_member()


def test_a_follower_of_a_country_is_told_of_a_new_innovation_once(scene, reader):
    follow(reader, COUNTRY, "GE")
    follow(reader, ORGANISATION, scene.owner.slug)
    innovation = published(scene).innovation
    tell()
    tell()
    assert told(reader) == [("followed_published", innovation.subject)]


def test_what_happened_before_somebody_followed_is_not_told(scene, reader):
    published(scene)
    follow(reader, COUNTRY, "GE")
    tell()
    assert told(reader) == []


def test_who_decided_is_not_told(scene):
    follow(scene.coordinator, COUNTRY, "GE")
    published(scene)
    tell()
    assert told(scene.coordinator) == []


@pytest.mark.parametrize(
    ("readership", "is_told"),
    [
        (MEMBERS, {"member", "georgian", "spanish"}),
        (POLICE, {"georgian", "spanish"}),
        (GEORGIAN_POLICE, {"georgian"}),
    ],
    ids=["members", "police", "one police"],
)
def test_nobody_is_told_of_what_they_may_not_see(scene, readership, is_told):
    people = {
        "member": make_member(),
        "suspended": make_member(),
        "coordinator": make_member(roles=[Role.COORDINATOR]),
        "georgian": make_member(law_enforcement="GE"),
        "spanish": make_member(law_enforcement="ES"),
        "no factor": make_member(law_enforcement="GE", has_factor=False),
    }
    for each in people.values():
        follow(each, COUNTRY, "GE")
    people["suspended"].status = MemberStatus.SUSPENDED
    session().commit()
    published(scene, readership=readership)
    tell()
    heard = {name for name, each in people.items() if told(each)}
    if readership is MEMBERS:
        is_told |= {"coordinator", "no factor"}
    assert heard == is_told


def test_who_lost_the_right_meanwhile_is_not_told(scene):
    named = make_organisation()
    insider = make_member(belongs_to=[named])
    innovation = published(scene, readership=named_organisations(named)).innovation
    follow(insider, INNOVATION, innovation.public_id)
    publish_again(scene, innovation)
    insider.status = MemberStatus.LAPSED
    session().commit()
    tell()
    assert told(insider) == []


def test_who_still_has_the_right_is_told_of_the_new_version(scene):
    named = make_organisation()
    insider = make_member(belongs_to=[named])
    innovation = published(scene, readership=named_organisations(named)).innovation
    follow(insider, INNOVATION, innovation.public_id)
    publish_again(scene, innovation)
    tell()
    assert told(insider) == [("followed_revised", innovation.subject)]


def publish_again(scene, innovation):
    revision = revised(scene, innovation)
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)


def test_an_archived_innovation_is_told(scene, reader):
    innovation = published(scene).innovation
    follow(reader, INNOVATION, innovation.public_id)
    with transaction():
        archive_innovation(scene.partner, innovation, words="It ended.")
    tell()
    assert told(reader) == [("followed_archived", innovation.subject)]


def test_a_country_that_states_several_things_is_told_once(scene, reader):
    focal = make_member(focal_country="GE")
    follow(reader, COUNTRY, "GE")
    topics = sorted(vocabulary("prerequisites").codes)[:3]
    stated = {topic: StatementDetails(ReadinessState.READY, "") for topic in topics}
    with transaction():
        state_prerequisites(focal, "GE", stated, language="en")
    tell()
    assert told(reader) == [("followed_country", "country:GE")]


def test_followers_of_what_was_merged_are_told_of_what_it_became(scene, reader):
    former = make_organisation()
    follow(reader, ORGANISATION, former.slug)
    with transaction():
        follow_merged(former.slug, scene.owner.slug)
    innovation = published(scene).innovation
    tell()
    assert told(reader) == [("followed_published", innovation.subject)]


def test_a_worker_killed_half_way_tells_everybody_once(scene, monkeypatch):
    readers = [make_member() for _ in range(3)]
    for each in readers:
        follow(each, COUNTRY, "GE")
    published(scene)
    published(scene, name="Second")
    whole = telling.notify
    calls = []

    def dying(*arguments, **options):
        whole(*arguments, **options)
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(telling, "notify", dying)
    with pytest.raises(KeyboardInterrupt):
        tell()
    assert [told(each) for each in readers] == [[], [], []]
    monkeypatch.setattr(telling, "notify", whole)
    tell()
    tell()
    assert [len(told(each)) for each in readers] == [2, 2, 2]


def test_a_long_log_is_read_in_batches(scene, reader, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    follow(reader, COUNTRY, "GE")
    for number in range(3):
        published(scene, name=f"Ledger {number}")
    tell()
    assert len(told(reader)) == 3
    assert session().get(ReadMark, telling.FOLLOWERS).number == telling.newest_entry()


def test_what_is_in_review_is_told_to_nobody(scene, reader):
    follow(reader, COUNTRY, "GE")
    taken(scene)
    tell()
    assert told(reader) == []
