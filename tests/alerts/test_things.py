"""What things are called is told to exactly those who may know of them."""

import pytest

from hub.access.audience import Tlp
from hub.access.viewer import VISITOR, Role
from hub.alerts.things import describe
from hub.catalogue.permissions import can_view
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.models import ContactMessage, FieldAudience, Profile
from hub.organisations.models import MergedOrganisation, OrganisationStatus
from hub.organisations.permissions import can_view as can_view_organisation
from hub.vetting.models import OrganisationVerification
from tests.catalogue.cast import make_cast, record_of
from tests.catalogue.proofs import accepted_evidence, confirmed
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, POLICE, draft, named_organisations, taken
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def test_innovations_are_named_to_exactly_those_who_may_know_of_them(cast):
    scene = cast.scene
    innovations = [
        record_of(cast, name="Open"),
        record_of(cast, name="For members", readership=MEMBERS),
        record_of(cast, name="For police", readership=POLICE),
        record_of(cast, name="For one police", readership=GEORGIAN_POLICE),
        record_of(cast, name="For one organisation", readership=named_organisations(cast.adopting)),
        draft(scene, name="Draft").innovation,
        taken(scene, name="In review", readership=GEORGIAN_POLICE).innovation,
    ]
    subjects = {each.subject for each in innovations}
    for name, viewer in cast.viewers.items():
        named = describe(subjects, viewer)
        assert named.keys() == {each.subject for each in innovations if can_view(viewer, each)}, name
    assert describe(subjects, cast.viewer("registrar"))[innovations[5].subject].title == "Draft"
    assert describe(subjects, cast.viewer("police"))[innovations[3].subject].tlp is Tlp.AMBER


def test_organisations_are_named_to_exactly_those_who_may_see_them(cast):
    organisations = [
        cast.owner,
        make_organisation(status=OrganisationStatus.UNVERIFIED, country="GE"),
        make_organisation(status=OrganisationStatus.UNVERIFIED, country="ES"),
        make_organisation(status=OrganisationStatus.LAPSED),
    ]
    subjects = {each.subject for each in organisations}
    for name, viewer in cast.viewers.items():
        named = describe(subjects, viewer)
        seen = {each.subject for each in organisations if can_view_organisation(viewer, each)}
        assert named.keys() == seen, name


def test_a_merged_organisation_is_called_what_it_became(cast):
    former = make_organisation("Former")
    session().add(MergedOrganisation(organisation_id=former.id, into_id=cast.owner.id))
    session().commit()
    thing = describe({former.subject}, VISITOR)[former.subject]
    assert (thing.title, thing.key) == (cast.owner.name, cast.owner.slug)


def test_evidence_and_replications_stand_for_their_innovation(cast):
    innovation = record_of(cast, readership=MEMBERS)
    proofs = {accepted_evidence(cast, innovation).subject, confirmed(cast, innovation).subject}
    assert describe(proofs, VISITOR) == {}
    found = describe(proofs, cast.viewer("member"))
    assert {each.key for each in found.values()} == {innovation.public_id}
    assert found.keys() == proofs


def test_a_member_is_named_to_those_for_whom_their_page_is(cast):
    shown, hidden = make_member(display_name="Shown"), make_member(display_name="Hidden")
    session().add_all(
        [
            Profile(member_id=shown.id, audience=FieldAudience.MEMBERS),
            Profile(member_id=hidden.id, audience=FieldAudience.NOBODY),
        ]
    )
    session().commit()
    subjects = {f"member:{shown.public_id}", f"member:{hidden.public_id}"}
    assert describe(subjects, VISITOR) == {}
    assert [each.title for each in describe(subjects, cast.viewer("member")).values()] == ["Shown"]
    assert describe(subjects, viewer_of(hidden)).keys() == subjects


def test_a_message_names_its_sender_only_to_its_receiver_who_may_know_them(cast):
    receiver, known, unknown = cast["member"], make_member(display_name="Known"), make_member()
    session().add(Profile(member_id=known.id, audience=FieldAudience.MEMBERS))
    messages = [
        ContactMessage(sender_id=each.id, receiver_id=receiver.id, subject="Hello", words="Hello")
        for each in (known, unknown)
    ]
    session().add_all(messages)
    session().commit()
    subjects = {f"message:{each.public_id}" for each in messages}
    named = describe(subjects, cast.viewer("member"))
    assert [named[f"message:{each.public_id}"].title for each in messages] == ["Known", ""]
    for name in ("visitor", "adder", "free", "admin"):
        assert describe(subjects, cast.viewer(name)) == {}


def test_a_request_to_be_verified_is_named_to_who_decides_and_who_asked(cast):
    organisation = make_organisation(status=OrganisationStatus.UNVERIFIED, country="GE")
    asking = make_member(represents=[organisation])
    asked = OrganisationVerification(organisation_id=organisation.id, requested_by_id=asking.id)
    session().add(asked)
    session().commit()
    people = {**cast.viewers, "asking": viewer_of(asking)}
    knowing = {name for name, each in people.items() if describe({asked.subject}, each)}
    deciders = {name for name, each in people.items() if each.has_role(Role.COORDINATOR)}
    assert knowing == deciders | {"asking", "registrar"}


def test_everything_is_named_in_one_query(cast, queries_of):
    innovation = record_of(cast)
    subjects = {
        innovation.subject,
        accepted_evidence(cast, innovation).subject,
        confirmed(cast, innovation).subject,
        cast.owner.subject,
        f"member:{cast['member'].public_id}",
        "message:none",
        "verification:none",
        "country:GE",
        "country:nowhere",
        "export:none",
    }
    with queries_of() as asked:
        found = describe(subjects, cast.viewer("free"))
    viewing = 8
    assert len(asked) <= 1 + viewing
    assert "country:GE" in found
    assert "country:nowhere" not in found


def test_an_innovation_is_called_what_its_text_in_the_readers_language_says(cast):
    innovation = record_of(cast, name="Ledger of gifts")
    text = innovation.published_revision.source_text
    assert describe({innovation.subject}, VISITOR, "fr")[innovation.subject].title == text.name
    assert describe({innovation.subject}, VISITOR, "en-US")[innovation.subject].language == "en-GB"
