"""Registering an innovation and saving what is said about it."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Role
from hub.audit.queries import history_of
from hub.catalogue.models import (
    Innovation,
    InnovationDetails,
    InnovationRevision,
    InnovationStatus,
    RevisionStatus,
    SourceDetails,
    TermScheme,
)
from hub.catalogue.service import ImportOrigin, register_innovation
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.core.ids import ALPHABET
from hub.organisations.models import Organisation, OrganisationStatus
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    WAYS,
    draft,
    make_scene,
    save,
    submitted,
)
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


def register(actor, **said):
    with transaction():
        return register_innovation(actor, InnovationDetails(**{"name": "Ledger", **said}), language="en-GB")


def test_a_new_record_is_a_draft_of_its_registrar(scene):
    innovation = register(scene.partner)
    (revision,) = innovation.revisions
    assert innovation.status is InnovationStatus.UNPUBLISHED
    assert (revision.number, revision.version, revision.status) == (1, 1, RevisionStatus.DRAFT)
    assert revision.source_text.name == "Ledger"
    assert innovation.registered_by_id == scene.partner.id
    assert not revision.is_audience_chosen


def test_a_new_record_has_a_random_address(scene):
    innovation = register(scene.partner)
    assert innovation.slug == innovation.public_id
    assert len(innovation.slug) == 22
    assert set(innovation.slug) <= set(ALPHABET)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR])
def test_roles_without_country_or_organisation_register_nothing(database, role):
    with pytest.raises(ForbiddenError):
        register(make_member(roles=[role]))


def test_a_mere_member_of_an_organisation_registers_nothing(database):
    with pytest.raises(ForbiddenError):
        register(make_member(belongs_to=[make_organisation()]))


def test_a_focal_point_registers_for_the_country(database):
    innovation = register(make_member(focal_country="ID"))
    assert innovation.origin_country == "ID"


def import_as(actor, **said):
    with transaction():
        return register_innovation(
            actor,
            InnovationDetails(name="Ledger", **said),
            language="en-GB",
            origin=ImportOrigin("public-sources", "inn001"),
        )


def test_only_coordinators_compile_from_public_sources(scene):
    with pytest.raises(ForbiddenError):
        import_as(make_member())
    innovation = import_as(scene.coordinator, organisation_id=scene.owner.id)
    assert innovation.is_compiled
    assert innovation.owner == scene.owner
    with pytest.raises(IntegrityError):
        import_as(scene.coordinator)


def test_what_the_owners_side_imports_is_its_own(scene):
    innovation = import_as(scene.partner, organisation_id=scene.owner.id)
    assert not innovation.is_compiled
    assert innovation.collection == "public-sources"


def test_collections_of_different_scopes_do_not_meet(scene):
    actors = (
        scene.coordinator,
        scene.partner,
        make_member(focal_country="GE"),
        make_member(focal_country="ES"),
    )
    sources = [import_as(actor).import_source for actor in actors]
    assert sources == [
        "hub/public-sources",
        f"org{scene.owner.id}/public-sources",
        "GE/public-sources",
        "ES/public-sources",
    ]
    with pytest.raises(IntegrityError):
        import_as(make_member(focal_country="GE"))


def test_a_record_needs_a_name(scene):
    with pytest.raises(InvalidError), transaction():
        register_innovation(scene.partner, InnovationDetails(), language="en-GB")


def test_what_is_refused_leaves_nothing_behind(scene):
    with pytest.raises(InvalidError):
        register(scene.partner, kind="unknown")
    assert session().scalars(select(Innovation)).all() == []


def test_everything_said_is_stored(scene):
    source = SourceDetails("https://example.org/", "Title", None)
    said = {
        "short_description": "Short.",
        "problem": "Problem.",
        "description": "# Words",
        "stage": "beta",
        "year_started": 2019,
        "offences": ("uncac-17",),
        "sectors": ("procurement",),
        "intended_users": ("citizens",),
        "licence": "MIT",
        "code_url": "https://example.org/code",
        "sources": (source,),
    }
    revision = draft(scene, **said)
    session().expire_all()
    words = revision.source_text
    assert (words.short_description, words.problem, words.description) == ("Short.", "Problem.", "# Words")
    assert (revision.stage, revision.year_started, revision.licence) == ("beta", 2019, "MIT")
    assert revision.codes(TermScheme.OFFENCES) == ("uncac-17",)
    assert revision.deployed_in == ("GE",)
    assert [each.url for each in revision.sources] == ["https://example.org/"]
    assert revision.readership == EVERYBODY


def test_saving_again_replaces_only_what_is_said(scene):
    revision = draft(scene, functions=("detect", "report"))
    save(scene.partner, revision, functions=("report", "educate"), countries=("ID", "GE"))
    assert revision.codes(TermScheme.FUNCTIONS) == ("report", "educate")
    assert set(revision.deployed_in) == {"GE", "ID"}
    assert revision.source_text.name == "Ledger of gifts"
    save(scene.partner, revision, functions=(), sources=())
    assert revision.codes(TermScheme.FUNCTIONS) == ()
    assert list(revision.sources) == []


def test_the_order_of_choice_is_kept(scene):
    revision = draft(scene, functions=("report", "detect", "educate"))
    save(scene.partner, revision, functions=("educate", "report", "detect"))
    session().expire_all()
    assert revision.codes(TermScheme.FUNCTIONS) == ("educate", "report", "detect")


def test_each_save_counts(scene):
    revision = draft(scene)
    for expected in (2, 3):
        save(scene.partner, revision, kind="data")
        assert revision.version == expected


def test_a_stale_save_changes_nothing(scene):
    revision = draft(scene)
    save(scene.partner, revision, version=1, kind="data")
    with pytest.raises(StaleVersionError):
        save(scene.partner, revision, version=1, kind="method")
    assert (revision.kind, revision.version) == ("data", 2)


@pytest.mark.parametrize("version", [0, -1, 99])
def test_a_version_that_never_was_is_stale(scene, version):
    with pytest.raises(StaleVersionError):
        save(scene.partner, draft(scene), version=version, kind="data")


@pytest.mark.parametrize("way", [way for way in WAYS if way not in {"draft", "changes_requested"}])
def test_what_was_sent_cannot_be_changed(scene, way):
    revision = WAYS[way](scene)
    with pytest.raises(ConflictError) as caught:
        save(scene.partner, revision, name="Other", countries=("ID",))
    assert not isinstance(caught.value, StaleVersionError)
    assert revision.source_text.name == "Ledger of gifts"
    assert revision.deployed_in == ("GE",)


def test_after_changes_were_requested_it_can_be_changed(scene):
    revision = WAYS["changes_requested"](scene)
    save(scene.partner, revision, name="Better")
    assert revision.source_text.name == "Better"


def test_a_stranger_does_not_learn_that_it_exists(scene):
    revision = draft(scene)
    with pytest.raises(NotFoundError):
        save(make_member(represents=[make_organisation()]), revision, name="Mine")


def test_a_colleague_at_the_owner_may_save(scene):
    revision = draft(scene)
    save(make_member(represents=[scene.owner]), revision, name="Ours")
    assert revision.source_text.name == "Ours"


def test_an_organisation_that_one_does_not_speak_for_is_refused(scene):
    with pytest.raises(InvalidError) as caught:
        save(scene.partner, draft(scene), organisation_id=make_organisation().id)
    assert caught.value.field == "organisation_id"


def test_an_organisation_that_does_not_exist_is_refused(scene):
    with pytest.raises(InvalidError):
        save(scene.partner, draft(scene), organisation_id=999_999)


def test_a_focal_point_may_name_a_new_organisation(database):
    partner = make_member(focal_country="ID")
    innovation = register(partner, organisation_name="  Village Inspectorate ")
    owner = innovation.owner
    assert (owner.name, owner.country, owner.status) == (
        "Village Inspectorate", "ID", OrganisationStatus.UNVERIFIED
    )  # fmt: skip


def test_naming_an_organisation_twice_adds_it_once(database):
    partner = make_member(focal_country="ID")
    first = register(partner, organisation_name="Village Inspectorate")
    second = register(partner, organisation_name="village inspectorate")
    assert first.owner == second.owner
    assert session().query(Organisation).count() == 1


def test_a_representative_may_not_name_a_new_organisation(scene):
    with pytest.raises(InvalidError) as caught:
        save(scene.partner, draft(scene), organisation_name="New one")
    assert caught.value.field == "organisation_name"


def test_the_audience_of_a_draft_may_be_changed_both_ways(scene):
    revision = draft(scene, readership=GEORGIAN_POLICE)
    assert revision.is_audience_chosen
    save(scene.partner, revision, readership=EVERYBODY)
    assert revision.readership == EVERYBODY
    save(scene.partner, revision, readership=GEORGIAN_POLICE)
    assert revision.readership == GEORGIAN_POLICE


def test_registering_and_submitting_are_in_the_log_and_saving_is_not(scene):
    revision = draft(scene)
    save(scene.partner, revision, kind="data")
    with transaction():
        pass
    assert [each.event for each in history_of(revision.innovation.subject)] == ["innovation:register"]
    revision = submitted(scene)
    assert [each.event for each in history_of(revision.innovation.subject)] == [
        "innovation:register", "innovation:submit"
    ]  # fmt: skip


def test_the_database_itself_keeps_one_open_revision(database, scene):
    revision = draft(scene)
    rival = InnovationRevision(
        innovation_id=revision.innovation_id,
        number=2,
        source_language="en-GB",
        created_by_id=scene.partner.id,
        created_at=revision.created_at,
        saved_at=revision.saved_at,
    )
    database.add(rival)
    with pytest.raises(IntegrityError):
        database.flush()
    database.rollback()
