"""What matching knows of things: what others may know too, what missing means, and how many queries it takes."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from hub.access.audience import LAW_ENFORCEMENT_LABEL, MEMBER_LABEL, PUBLIC_LABEL
from hub.catalogue.curation.service import archive_innovation
from hub.collaboration.models import RequestStatus
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.matching.facts import Kind, Role, Scheme
from hub.matching.subjects import all_facts, live
from hub.matching.subjects.countries import country_facts
from hub.matching.subjects.innovations import record_facts
from hub.matching.subjects.organisations import MOST_OWN, organisation_facts
from hub.matching.subjects.people import own_facts
from hub.matching.subjects.requests import request_facts
from hub.members.models import FieldAudience, MemberStatus
from hub.organisations.models import OrganisationMembership, OrganisationStatus
from tests.catalogue.records import EVERYBODY, MEMBERS, POLICE, draft, make_scene, published
from tests.collaboration.requests import opened_request
from tests.factories import make_member, make_organisation, make_profile

PROFILE = {
    "headline": "Traces assets",
    "biography": "Worked at a ministry.",
    "offers": "Training on registers",
    "needs": "A tool that reads land registers",
}


def roles(facts):
    """Return the roles of the texts."""
    return [text.role for text in facts.texts]


@pytest.fixture
def asked(database):
    """Statements that were sent to the database."""
    statements = []
    bind = session().get_bind()

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(bind, "before_cursor_execute", note)
    yield statements
    event.remove(bind, "before_cursor_execute", note)


@pytest.mark.db
def test_a_person_is_known_by_what_the_page_tells(database):
    member = make_member(country="GE", member_type="data_scientist")
    make_profile(member, terms={"skills": ["ocr"], "open_to": ["pilot"]}, **PROFILE)
    facts = live(Kind.MEMBER, [member.public_id])[member.public_id]
    assert facts.labels == {MEMBER_LABEL}
    assert set(roles(facts)) == {Role.ABOUT, Role.BIOGRAPHY, Role.OFFERS, Role.NEEDS}
    assert facts.codes == {
        Scheme.SKILLS: {"ocr"},
        Scheme.OPEN_TO: {"pilot"},
        Scheme.COUNTRIES: {"GE"},
        Scheme.MEMBER_TYPES: {"data_scientist"},
    }


@pytest.mark.parametrize(
    ("page", "biography", "labels"),
    [
        (FieldAudience.PUBLIC, FieldAudience.MEMBERS, {MEMBER_LABEL}),
        (FieldAudience.MEMBERS, FieldAudience.LAW_ENFORCEMENT, {LAW_ENFORCEMENT_LABEL}),
        (FieldAudience.MEMBERS, FieldAudience.PUBLIC, None),
    ],
)
def test_a_biography_is_labelled_where_fewer_may_read_it(database, page, biography, labels):
    member = make_member()
    make_profile(member, page, biography_audience=biography, **PROFILE)
    facts = live(Kind.MEMBER, [member.public_id])[member.public_id]
    assert [text.labels for text in facts.texts if text.role is Role.BIOGRAPHY] == [labels]


def test_a_biography_for_nobody_is_known_to_oneself_alone(database):
    member = make_member()
    make_profile(member, biography_audience=FieldAudience.NOBODY, **PROFILE)
    assert Role.BIOGRAPHY not in roles(live(Kind.MEMBER, [member.public_id])[member.public_id])
    assert Role.BIOGRAPHY in roles(own_facts(member.id))


@pytest.mark.parametrize(
    "columns",
    [
        {"status": MemberStatus.SUSPENDED},
        {"status": MemberStatus.LAPSED},
        {"vetted_until": now() - timedelta(days=1)},
    ],
)
def test_who_is_not_in_standing_is_not_known_to_others(database, columns):
    member = make_member(**columns)
    make_profile(member, **PROFILE)
    assert live(Kind.MEMBER, [member.public_id]) == {}
    assert list(all_facts(Kind.MEMBER)) == []


def test_who_is_for_nobody_is_not_known_to_others(database):
    member = make_member()
    make_profile(member, FieldAudience.NOBODY, **PROFILE)
    assert live(Kind.MEMBER, [member.public_id]) == {}
    assert own_facts(member.id).texts


def test_somebody_is_suggested_until_their_vetting_ends(database):
    until = now() + timedelta(days=3)
    member = make_member(vetted_until=until)
    make_profile(member, **PROFILE)
    assert live(Kind.MEMBER, [member.public_id])[member.public_id].until == until.timestamp()


def test_a_person_belongs_to_the_organisations_that_name_them(database):
    named, unnamed, unverified = (
        make_organisation(),
        make_organisation(),
        make_organisation(status=OrganisationStatus.UNVERIFIED),
    )
    member = make_member(belongs_to=[named, unnamed, unverified])
    make_profile(member, **PROFILE)
    for membership in session().query(OrganisationMembership):
        membership.is_shown = membership.organisation_id != unnamed.id
    session().commit()
    facts = live(Kind.MEMBER, [member.public_id])[member.public_id]
    assert facts.codes[Scheme.OWNERS] == {named.slug}


def test_a_member_without_a_profile_is_known_by_type_and_country(database):
    member = make_member(country="GE")
    facts = own_facts(member.id)
    assert facts.texts == ()
    assert facts.codes == {Scheme.COUNTRIES: {"GE"}, Scheme.MEMBER_TYPES: {"innovator"}}


def test_oneself_is_known_by_own_records_and_requests_and_others_are_not(database):
    scene = make_scene()
    published(scene)
    draft(scene, name="Not out yet")
    opened_request(scene.partner)
    opened_request(scene.partner, status=RequestStatus.WITHDRAWN)
    make_profile(scene.partner, **PROFILE)
    own = own_facts(scene.partner.id)
    assert roles(own).count(Role.OWN_INNOVATION) == 1
    assert roles(own).count(Role.OWN_REQUEST) == 2
    others = live(Kind.MEMBER, [scene.partner.public_id])[scene.partner.public_id]
    assert not {Role.OWN_INNOVATION, Role.OWN_REQUEST} & set(roles(others))


@pytest.mark.db
def test_a_record_is_known_by_its_revision_in_force(database):
    scene = make_scene()
    revision = published(scene, sectors=("health",), stage="stable", readership=MEMBERS)
    key = revision.innovation.public_id
    facts = live(Kind.INNOVATION, [key])[key]
    assert facts.labels == {MEMBER_LABEL}
    assert facts.texts[0].title == "Ledger of gifts"
    assert facts.codes[Scheme.FUNCTIONS] == {"detect"}
    assert facts.codes[Scheme.COUNTRIES] == {"GE"}
    assert facts.codes[Scheme.OWNERS] == {scene.owner.slug}
    assert facts.codes[Scheme.STAGE] == {"stable"}
    assert Scheme.OFFENCES not in facts.codes


def test_a_draft_is_suggested_to_nobody_but_can_be_looked_for(database):
    revision = draft(make_scene())
    assert live(Kind.INNOVATION, [revision.innovation.public_id]) == {}
    assert record_facts(revision.innovation).texts[0].title == "Ledger of gifts"


def test_an_archived_record_is_suggested_no_more(database):
    scene = make_scene()
    innovation = published(scene).innovation
    with transaction():
        archive_innovation(scene.partner, innovation, words="It was switched off.")
    assert live(Kind.INNOVATION, [innovation.public_id]) == {}
    assert list(all_facts(Kind.INNOVATION)) == []


@pytest.mark.db
def test_a_request_is_known_by_its_words_and_the_skills_they_name(database):
    request = opened_request(
        background="We need entity resolution across registers.", terms={"sectors": ["health"]}
    )
    facts = live(Kind.REQUEST, [request.public_id])[request.public_id]
    assert facts.codes[Scheme.SKILLS] >= {"entity_resolution", "procurement_analysis"}
    assert facts.codes[Scheme.SECTORS] == {"health"}
    assert facts.codes[Scheme.TYPE] == {"pilot_partner"}
    assert facts.until == request.due_at.timestamp()
    assert "Runs on a computer of our own" in facts.texts[0].body


@pytest.mark.parametrize("state", [RequestStatus.AGREED, RequestStatus.WITHDRAWN, RequestStatus.EXPIRED])
def test_a_request_that_takes_no_response_is_suggested_to_nobody(database, state):
    request = opened_request(status=state)
    assert live(Kind.REQUEST, [request.public_id]) == {}
    assert request_facts(request).texts


def test_a_request_that_is_due_is_suggested_to_nobody(database):
    request = opened_request(days=-1)
    assert live(Kind.REQUEST, [request.public_id]) == {}


@pytest.mark.db
def test_an_organisation_is_known_by_the_records_that_every_member_may_read(database):
    scene = make_scene()
    published(scene, readership=EVERYBODY, functions=("detect",))
    published(scene, readership=MEMBERS, name="Second", functions=("report",))
    published(scene, readership=POLICE, name="Third", functions=("investigate",))
    facts = live(Kind.ORGANISATION, [scene.owner.slug])[scene.owner.slug]
    assert facts.codes[Scheme.FUNCTIONS] == {"detect", "report"}
    own = {text.title: text.labels for text in facts.texts if text.role is Role.OWN_INNOVATION}
    assert own == {"Ledger of gifts": {PUBLIC_LABEL}, "Second": {MEMBER_LABEL}}
    assert organisation_facts(scene.owner) == facts


def test_hidden_records_move_no_other_out_of_those_an_organisation_is_known_by(database):
    scene = make_scene()
    published(scene, name="Old and public")
    for number in range(MOST_OWN):
        published(scene, name=f"Hidden {number}", readership=POLICE)
    assert "Old and public" in {text.title for text in organisation_facts(scene.owner).texts}


def test_what_is_unverified_is_no_suggestion(database):
    slug = make_organisation(status=OrganisationStatus.UNVERIFIED).slug
    assert live(Kind.ORGANISATION, [slug]) == {}


@pytest.mark.db
def test_a_country_looks_for_what_its_requests_look_for(database):
    opened_request(terms={"functions": ["detect"]}, country="GE")
    opened_request(terms={"sectors": ["health"], "countries": ["GE"]}, country="FR")
    opened_request(terms={"offences": ["bribery"]}, country="GE", readership=POLICE)
    # what is over is looked for no more
    opened_request(terms={"functions": ["report"]}, country="GE", status=RequestStatus.COMPLETED)
    opened_request(terms={"functions": ["report"]}, country="GE", days=-1)
    facts = country_facts("GE", labels=frozenset({PUBLIC_LABEL, MEMBER_LABEL}))
    assert facts.codes == {
        Scheme.FUNCTIONS: {"detect"},
        Scheme.SECTORS: {"health"},
        Scheme.COUNTRIES: {"GE"},
        Scheme.LANGUAGES: {"ka"},
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_queries_do_not_grow_with_what_is_read(database, asked, kind):
    def fill():
        scene = make_scene()
        published(scene)
        make_profile(scene.partner, terms={"skills": ["ocr"]}, **PROFILE)
        opened_request(scene.partner)

    def count():
        session().expire_all()
        session().expunge_all()
        asked.clear()
        return len(list(all_facts(kind))), len(asked)

    fill()
    few = count()
    fill()
    fill()
    more = count()
    assert more[0] > few[0]
    assert more[1] == few[1]
