"""How search finds people: what a document holds, when it goes, and that a rebuild says the same."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import FieldAudience, MemberStatus, ProfileScheme
from hub.members.profiles.documents import profile_document, profile_documents, requeue
from hub.members.profiles.queries import profile_of
from hub.search.documents import Collection, Document
from hub.vetting.standing import lapse_overdue, reinstate_member, suspend_member, vet_again
from tests.factories import make_member
from tests.members.profiles.conftest import LANGUAGES, SKILLS, queued, save

pytestmark = pytest.mark.db


def latest():
    """Return the last document that was queued, or None where it was a removal."""
    row = queued()[-1]
    return Document.from_json(row.document) if row.document else None


def test_a_document_is_found_by_words_and_facets_and_holds_no_way_to_reach_the_person(nino):
    save(
        nino,
        country="GE",
        biography="Worked at the register",
        contact_email="desk@example.org",
        contact_phone="+995 32 123",
        contact_audience=FieldAudience.PUBLIC,
        terms={
            SKILLS: ("data_journalism",),
            LANGUAGES: ("fr",),
            ProfileScheme.FUNCTIONS: ("detect",),
            ProfileScheme.OPEN_TO: ("mentor",),
        },
        added={SKILLS: ("Beekeeping",)},
    )
    document = latest()
    assert (document.id, document.collection) == (f"member:{nino.public_id}", Collection.MEMBERS)
    assert document.labels == {"member"}
    assert document.text_of("name") == "Nino"
    for word in ("Data journalism", "French", "français", "Georgia", "Beekeeping", "Social innovator"):
        assert word in document.text_of("classification")
    assert document.facets["language"] == ("fr",)
    assert document.facets["skill"][0] == "data_journalism"
    assert (document.facets["type"], document.facets["country"]) == (("innovator",), ("GE",))
    assert (document.facets["function"], document.facets["open_to"]) == (("detect",), ("mentor",))
    assert "example.org" not in str(document.to_json())
    assert "+995" not in str(document.to_json())


@pytest.mark.parametrize(
    ("audience", "label"),
    [
        (FieldAudience.PUBLIC, "public"),
        (FieldAudience.MEMBERS, "member"),
        (FieldAudience.LAW_ENFORCEMENT, "le"),
    ],
)
def test_the_label_is_that_of_the_audience(nino, audience, label):
    save(nino, audience=audience)
    assert latest().labels == {label}


@pytest.mark.parametrize(
    ("biography_audience", "is_in"),
    [
        (FieldAudience.PUBLIC, True),
        (FieldAudience.MEMBERS, True),
        (FieldAudience.LAW_ENFORCEMENT, False),
        (FieldAudience.NOBODY, False),
    ],
)
def test_a_biography_for_fewer_people_than_the_page_is_not_searched(nino, biography_audience, is_in):
    save(nino, biography="Secret service", biography_audience=biography_audience)
    assert ("biography" in latest().filled) is is_in


@pytest.mark.parametrize(
    ("changed", "narrows"),
    [
        ({"audience": FieldAudience.PUBLIC, "biography_audience": FieldAudience.PUBLIC}, False),
        # the page widens, and the text that stays behind leaves the document
        ({"audience": FieldAudience.PUBLIC}, True),
        ({"audience": FieldAudience.LAW_ENFORCEMENT}, True),
        ({"biography_audience": FieldAudience.NOBODY}, True),
        ({"headline": "Another line"}, False),
    ],
)
def test_what_fewer_people_may_read_is_withheld_until_the_index_knows(nino, changed, narrows):
    save(nino, biography="Long ago", biography_audience=FieldAudience.MEMBERS)
    save(nino, version=1, **{"biography": "Long ago", **changed})
    assert queued()[-1].narrows is narrows


def test_who_chooses_nobody_again_is_taken_out(nino):
    save(nino)
    save(nino, version=1, audience=FieldAudience.NOBODY)
    row = queued()[-1]
    assert (row.document_id, row.document, row.narrows) == (f"member:{nino.public_id}", None, True)


def test_suspension_takes_somebody_out_and_reinstatement_puts_them_back(nino):
    coordinator = make_member(roles=[Role.COORDINATOR])
    save(nino)
    with transaction():
        suspend_member(coordinator, nino, "Spam")
    assert latest() is None
    with transaction():
        reinstate_member(coordinator, nino)
    assert latest().text_of("name") == "Nino"


def test_a_lapse_takes_somebody_out(nino):
    save(nino)
    with transaction():
        nino.vetted_until = now() - timedelta(minutes=1)
    with transaction():
        lapse_overdue()
    assert latest() is None


def test_whom_a_coordinator_vets_again_in_time_stays(nino):
    save(nino)
    with transaction():
        nino.vetted_until = now() + timedelta(days=1)
    with transaction():
        vet_again(make_member(roles=[Role.COORDINATOR]), nino)
    assert latest() is not None


def test_a_change_of_somebody_without_a_profile_queues_nothing(nino):
    with transaction():
        requeue(nino)
    assert queued() == []


def test_a_rebuild_says_the_same_as_the_changes_did_in_a_fixed_number_of_queries(database):
    people = [make_member() for _number in range(4)]
    for number, member in enumerate(people):
        save(member, terms={SKILLS: ("asset_tracing",)}, added={LANGUAGES: (f"Tongue {number}",)})
    save(make_member(), audience=FieldAudience.NOBODY)
    with transaction():
        people[0].status = MemberStatus.SUSPENDED
    session().expire_all()
    asked = []
    bind = session().get_bind()

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(bind, "before_cursor_execute", count)
    rebuilt = {each.id: each.digest for each in profile_documents()}
    event.remove(bind, "before_cursor_execute", count)
    changed = {row.document_id: Document.from_json(row.document).digest for row in queued() if row.document}
    assert rebuilt == {f"member:{each.public_id}": changed[f"member:{each.public_id}"] for each in people[1:]}
    assert len([each for each in asked if each.startswith("SELECT")]) == 3


def test_nobody_finds_who_is_overdue_before_the_job_noted_it(nino):
    save(nino)
    with transaction():
        nino.vetted_until = now() - timedelta(minutes=1)
    assert profile_document(profile_of(nino.id)) is None
    assert list(profile_documents()) == []
