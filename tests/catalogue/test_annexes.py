"""Annexes: fewer readers than the record, seen by no role, gone with their files."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from hub.access.audience import Audience, Readership, Tlp
from hub.audit.queries import history_of
from hub.catalogue.annexes.queries import annex_by_id, annexes_of
from hub.catalogue.annexes.service import MAX_ANNEXES, AnnexDetails, remove_annex, save_annex
from hub.catalogue.documents import search_document
from hub.catalogue.models import Annex, AnnexLabel, InnovationDetails
from hub.catalogue.service import revise_innovation, save_details
from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError, StaleVersionError
from hub.core.uploads import StoredFile
from tests.catalogue import afterwards, proofs
from tests.catalogue.cast import did, make_cast, record_of
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    draft,
    named_organisations,
)

pytestmark = pytest.mark.db

OWNERS = {"partner", "second", "registrar", "both"}


@pytest.fixture
def cast(database):
    return make_cast()


def people_named(*members):
    return Readership(Audience.PEOPLE, Tlp.RED, people=frozenset(each.id for each in members))


def strict(*organisations):
    numbers = frozenset(each.id for each in organisations)
    return Readership(Audience.ORGANISATIONS, Tlp.AMBER_STRICT, organisations=numbers)


def seen_by(cast, annex):
    """Return who sees an annex, and check that list and single page agree."""
    found = set()
    for name, viewer in cast.viewers.items():
        if annex in annexes_of(annex.innovation, viewer):
            assert annex_by_id(annex.innovation, annex.public_id, viewer) == annex
            found.add(name)
        else:
            with pytest.raises(NotFoundError):
                annex_by_id(annex.innovation, annex.public_id, viewer)
    return found


def save(cast, annex, readership=None, *, by="partner", version=None, file=None, **changes):
    values = {"title": annex.title, "body": annex.body, "language": annex.language, **changes}
    details = AnnexDetails(readership=readership or annex.readership, **values)
    did(save_annex, cast[by], annex, details, version=version or annex.version, file=file)


def test_each_audience_is_let_in_and_nobody_else(cast):
    innovation = record_of(cast)
    everybody = set(cast.people)
    expected = {
        proofs.MEMBERS_ONLY: everybody - {"visitor"},
        POLICE: OWNERS | {"police"},
        GEORGIAN_POLICE: OWNERS | {"police"},
        named_organisations(cast.adopting): OWNERS | {"adopter"},
        strict(cast.adopting, cast.owner): OWNERS | {"adopter", "mere", "conflicted"},
        people_named(cast["member"], cast["focal"]): OWNERS | {"member", "focal"},
    }
    for readership, who in expected.items():
        assert seen_by(cast, proofs.annex_for(cast, innovation, readership)) == who


@pytest.mark.parametrize(
    ("record", "annex", "field"),
    [
        (EVERYBODY, EVERYBODY, "audience"),
        (EVERYBODY, Readership(Audience.MEMBERS, Tlp.AMBER), "audience"),
        (EVERYBODY, Readership(Audience.PEOPLE, Tlp.RED), "audience"),
        (MEMBERS, EVERYBODY, "audience"),
        (MEMBERS, MEMBERS, "audience"),
        (GEORGIAN_POLICE, POLICE, "audience"),
        (GEORGIAN_POLICE, GEORGIAN_POLICE, "audience"),
        (GEORGIAN_POLICE, MEMBERS, "audience"),
        (POLICE, POLICE, "audience"),
    ],
)
def test_an_annex_has_fewer_readers_than_its_record(cast, record, annex, field):
    innovation = record_of(cast, readership=record)
    with pytest.raises(InvalidError) as caught:
        proofs.annex_for(cast, innovation, annex)
    assert caught.value.field == field
    assert session().scalars(select(Annex)).all() == []


def test_its_label_is_at_least_as_strict(cast):
    innovation = record_of(cast, readership=Readership(Audience.MEMBERS, Tlp.GREEN))
    annex = proofs.annex_for(cast, innovation, POLICE)
    assert annex.tlp is Tlp.AMBER
    with pytest.raises(InvalidError) as caught:
        save(cast, annex, Readership(Audience.LAW_ENFORCEMENT, Tlp.GREEN, frozenset({"GE"})))
    assert caught.value.field == "audience"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": ""}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"body": "a\x00b"}, "body"),
    ],
)
def test_what_cannot_be_an_annex_is_refused_at_its_field(cast, said, field):
    with pytest.raises(InvalidError) as caught:
        proofs.annex_for(cast, record_of(cast), **said)
    assert caught.value.field == field


def test_a_record_has_an_end(cast):
    innovation = record_of(cast)
    for _ in range(MAX_ANNEXES):
        proofs.annex_for(cast, innovation)
    with pytest.raises(InvalidError):
        proofs.annex_for(cast, innovation)


@pytest.mark.parametrize(
    "name", ["visitor", "member", "mere", "adopter", "police", "free", "holder", "admin"]
)
def test_only_who_speaks_for_the_owner_writes(cast, name):
    annex = proofs.annex_for(cast, record_of(cast))
    with pytest.raises(NotFoundError):
        save(cast, annex, by=name)
    with pytest.raises(NotFoundError):
        did(remove_annex, cast[name], annex)
    assert annex.version == 1


def test_narrowing_the_record_closes_its_annexes_to_who_is_outside(cast):
    innovation = record_of(cast)
    wide = proofs.annex_for(cast, innovation)
    named = proofs.annex_for(cast, innovation, people_named(cast["member"], cast["police"]))
    revision = did(revise_innovation, cast["partner"], innovation)
    did(save_details, cast["partner"], revision, InnovationDetails(readership=GEORGIAN_POLICE), version=1)
    assert seen_by(cast, wide) == OWNERS | {"police"}
    assert seen_by(cast, named) == OWNERS | {"police"}


def test_an_annex_may_be_narrowed_never_widened(cast):
    annex = proofs.annex_for(cast, record_of(cast), POLICE)
    save(cast, annex, GEORGIAN_POLICE)
    assert annex.labels == {"le:GE"}
    for wider in (POLICE, proofs.MEMBERS_ONLY, named_organisations(cast.adopting)):
        with pytest.raises(InvalidError):
            save(cast, annex, wider)
    assert annex.labels == {"le:GE"}
    red = proofs.annex_for(cast, annex.innovation, people_named(cast["member"], cast["focal"]))
    save(cast, red, people_named(cast["focal"]))
    with pytest.raises(InvalidError):
        save(cast, red, people_named(cast["focal"], cast["police"]))
    with pytest.raises(InvalidError) as caught:
        save(
            cast,
            proofs.annex_for(cast, annex.innovation, strict(cast.adopting)),
            named_organisations(cast.adopting),
        )
    assert caught.value.field == "tlp"


def test_saving_twice_from_one_page_is_noticed(cast):
    annex = proofs.annex_for(cast, record_of(cast))
    save(cast, annex, body="First.")
    with pytest.raises(StaleVersionError):
        save(cast, annex, version=1, body="Second.")
    assert (annex.body, annex.version) == ("First.", 2)


def test_only_its_owner_reads_an_annex_of_what_nobody_may_read(cast):
    annex = proofs.annex_for(cast, draft(cast.scene).innovation)
    assert seen_by(cast, annex) == OWNERS
    down = proofs.annex_for(cast, afterwards.taken_down_record(cast))
    assert seen_by(cast, down) == OWNERS


def test_an_archived_record_keeps_its_annexes(cast):
    annex = proofs.annex_for(cast, afterwards.archived_record(cast), POLICE)
    assert seen_by(cast, annex) == OWNERS | {"police"}


def test_a_file_goes_with_its_annex(cast):
    innovation = record_of(cast)
    first, second = proofs.stored_file("a" * 43), proofs.stored_file("b" * 43)
    annex = proofs.annex_for(cast, innovation, body="", file=first)
    assert annex.file == first
    save(cast, annex, file=second)
    assert session().scalars(select(StoredFile.name)).all() == ["b" * 43]
    save(cast, annex, title="New title")
    assert annex.file == second
    did(remove_annex, cast["second"], annex)
    assert session().scalars(select(StoredFile)).all() == []
    assert session().scalars(select(AnnexLabel)).all() == []
    assert annexes_of(innovation, cast.viewer("partner")) == []


def test_the_log_tells_of_it_under_a_name_of_its_own(cast):
    innovation = record_of(cast)
    before = len(history_of(innovation.subject))
    annex = proofs.annex_for(cast, innovation)
    save(cast, annex, body="More.")
    subject = annex.subject
    did(remove_annex, cast["partner"], annex)
    assert [each.event for each in history_of(subject)] == ["annex:add", "annex:save", "annex:remove"]
    assert len(history_of(innovation.subject)) == before


def test_no_index_holds_its_words(cast):
    innovation = record_of(cast)
    proofs.annex_for(cast, innovation, title="Quetzalcoatl", body="Quetzalcoatl")
    assert "Quetzalcoatl" not in str(search_document(innovation).to_json())


@pytest.mark.parametrize("change", ["body = ''", "audience = 'friends'", "tlp = 'PINK'"])
def test_the_database_refuses_what_never_may_be(cast, change):
    proofs.annex_for(cast, record_of(cast))
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text(f"UPDATE annexes SET {change}"))
