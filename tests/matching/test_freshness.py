"""What is suggested follows each change with the next call: words, labels, audience, standing, state."""

from datetime import timedelta

import pytest
import time_machine

from hub.catalogue.models import Innovation
from hub.collaboration.closing.service import withdraw_request
from hub.collaboration.documents import queue_request
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.matching.facts import Kind, Scheme
from hub.matching.suggesting.innovations import innovations_for_me
from hub.matching.suggesting.people import people_for_me
from hub.matching.suggesting.requests import requests_for_me
from hub.members.models import FieldAudience, TotpDevice
from hub.members.profiles.documents import requeue
from hub.members.profiles.queries import profile_of
from hub.organisations.models import OrganisationMembership
from hub.organisations.service import end_membership
from hub.privacy.erasure import erase_for_the_hub
from hub.vetting.organisations.memberships import show_membership
from hub.vetting.standing import suspend_member
from tests.catalogue.records import EVERYBODY, MEMBERS, POLICE, make_scene, revised, save
from tests.collaboration.requests import make_coordinator
from tests.factories import make_law_enforcement, make_member, make_organisation
from tests.matching.scenes import NEEDS, network_request, officer, scientist, tracing_tool

pytestmark = pytest.mark.db
HUNDRED = PageRequest(1, 100)


def helper(**columns):
    """Store a scientist who offers what the officer needs."""
    return scientist(profile={"offers": NEEDS}, **columns)


def listed(listing, index, member):
    """Return what a list holds: subject and score of each."""
    session().commit()
    return {each.subject: each.score for each in listing(index, viewer_of(member), HUNDRED).items}


def test_a_new_record_is_suggested(matching):
    reader = officer()
    assert listed(innovations_for_me, matching, reader) == {}
    innovation = tracing_tool()
    assert innovation.subject in listed(innovations_for_me, matching, reader)


def test_a_narrowed_record_is_suggested_no_more(matching):
    reader, scene = officer(), make_scene()
    innovation = tracing_tool(scene)
    assert innovation.subject in listed(innovations_for_me, matching, reader)
    save(scene.partner, revised(scene, innovation), readership=POLICE, organisation_id=scene.owner.id)
    assert listed(innovations_for_me, matching, reader) == {}


def test_a_label_that_changes_for_members_leaves_the_record(matching):
    reader, scene = officer(), make_scene()
    innovation = tracing_tool(scene, readership=EVERYBODY)
    before = listed(innovations_for_me, matching, reader)
    save(scene.partner, revised(scene, innovation), readership=MEMBERS, organisation_id=scene.owner.id)
    assert session().get_one(Innovation, innovation.id).labels == {"member"}
    assert listed(innovations_for_me, matching, reader) == before


def test_words_that_change_change_the_score(matching):
    reader, person = officer(), scientist()
    before = listed(people_for_me, matching, reader)
    with transaction():
        profile_of(person.id).offers = "Tools for tracing stolen assets through company registers."
        session().flush()
        requeue(person)
    after = listed(people_for_me, matching, reader)
    subject = f"member:{person.public_id}"
    assert after[subject] > before.get(subject, 0.0)


def test_an_audience_that_narrows_counts_at_once(matching):
    reader, person = officer(), helper()
    subject = f"member:{person.public_id}"
    assert subject in listed(people_for_me, matching, reader)
    with transaction():
        profile_of(person.id).audience = FieldAudience.LAW_ENFORCEMENT
        session().flush()
        requeue(person)
    assert subject not in listed(people_for_me, matching, reader)
    assert subject in listed(people_for_me, matching, officer(law_enforcement="GE"))


def test_who_is_suspended_is_suggested_no_more(matching):
    reader, person = officer(), helper()
    assert listed(people_for_me, matching, reader)
    with transaction():
        suspend_member(make_coordinator(), person, words="For a test.")
    assert listed(people_for_me, matching, reader) == {}
    assert person.public_id not in matching.fresh().of(Kind.MEMBER)


def test_who_is_erased_is_forgotten(matching):
    reader, person = officer(), helper()
    public_id = person.public_id
    assert listed(people_for_me, matching, reader)
    with transaction():
        erase_for_the_hub(person)
    assert listed(people_for_me, matching, reader) == {}
    assert public_id not in matching.fresh().of(Kind.MEMBER)


def test_whose_vetting_ends_is_suggested_no_more(matching):
    reader, person = officer(), helper(vetted_until=now() + timedelta(days=1))
    assert listed(people_for_me, matching, reader)
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        assert person.public_id in matching.fresh().of(Kind.MEMBER)
        assert listed(people_for_me, matching, reader) == {}


def test_a_withdrawn_request_is_suggested_no_more(matching):
    reader = helper()
    matching.fresh()
    request = network_request()
    with transaction():
        queue_request(request)
    assert request.subject in listed(requests_for_me, matching, reader)
    with transaction():
        withdraw_request(request.posted_by, request)
    assert listed(requests_for_me, matching, reader) == {}


def test_a_request_is_suggested_until_it_is_due(matching):
    reader, request = helper(), network_request()
    assert request.subject in listed(requests_for_me, matching, reader)
    with time_machine.travel(request.due_at + timedelta(minutes=1), tick=False):
        assert listed(requests_for_me, matching, reader) == {}


def test_a_viewer_who_gains_a_label_sees_more_with_the_next_call(matching):
    reader, innovation = officer(), tracing_tool(readership=POLICE)
    assert listed(innovations_for_me, matching, reader) == {}
    make_law_enforcement(reader, "GE")
    session().add(TotpDevice(member_id=reader.id, sealed_secret="unused", created_at=now()))
    assert innovation.subject in listed(innovations_for_me, matching, reader)


def test_where_somebody_is_named_is_known_at_once(matching):
    organisation = make_organisation()
    person = helper(belongs_to=[organisation])
    membership = session().query(OrganisationMembership).filter_by(member_id=person.id).one()

    def owners():
        codes = matching.fresh().of(Kind.MEMBER).codes(person.public_id)
        return codes.get(Scheme.OWNERS, frozenset())

    assert owners() == frozenset()
    with transaction():
        show_membership(person, membership, is_shown=True)
    assert owners() == {organisation.slug}
    with transaction():
        end_membership(viewer_of(make_member()), membership)
    assert owners() == frozenset()


def test_an_organisation_is_known_by_its_new_records_at_once(matching):
    scene = make_scene()

    def codes():
        return matching.fresh().of(Kind.ORGANISATION).codes(scene.owner.slug)

    assert Scheme.FUNCTIONS not in codes()
    innovation = tracing_tool(scene, functions=("detect",))
    assert codes()[Scheme.FUNCTIONS] == {"detect"}
    save(scene.partner, revised(scene, innovation), readership=POLICE, organisation_id=scene.owner.id)
    assert Scheme.FUNCTIONS not in codes()
