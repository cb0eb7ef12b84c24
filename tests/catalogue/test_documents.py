"""What search knows of a record: all its facets, and a text per language."""

import pytest

from hub.catalogue.documents import OTHER_NEED, search_document, search_documents
from hub.catalogue.models.details import PrerequisiteDetails, UnsuitableDetails
from tests.catalogue.records import make_scene, published

pytestmark = pytest.mark.db


@pytest.fixture
def document(database):
    scene = make_scene()
    revision = published(
        scene,
        functions=("prevent", "detect"),
        sectors=("health",),
        standards_read=("ocds",),
        standards_written=("ocds", "bods"),
        intended_users=("auditors",),
        languages=("en", "ka"),
        countries=("ID", "GE"),
        unsuitable=(UnsuitableDetails("FR", "The law forbids it."),),
        prerequisites=(
            PrerequisiteDetails("law", "Notices are public.", "law.open_contracting"),
            PrerequisiteDetails("staff", "Two people."),
        ),
        stage="stable",
        licence="MIT",
    )
    return search_document(revision.innovation)


def test_every_facet_is_there(document):
    assert {name: set(values) for name, values in document.facets.items()} == {
        "function": {"prevent", "detect"},
        "offence": set(),
        "sector": {"health"},
        "policy_area": set(),
        "audience_for": {"auditors"},
        "standard": {"ocds", "bods"},
        "language": {"en", "ka"},
        "kind": {"software"},
        "stage": {"stable"},
        "licence": {"MIT", "open"},
        "evidence": {"0"},
        "country": {"ID", "GE"},
        "deployed": {"ID", "GE"},
        "unsuitable": {"FR"},
        "requires": {"law.open_contracting", OTHER_NEED},
    }


def test_a_rebuild_knows_the_same(document):
    assert [each.digest for each in search_documents()] == [document.digest]


def test_an_open_licence_is_found_in_words(document):
    assert "open source, free software" in document.texts["en"]["classification"]


@pytest.mark.parametrize(
    ("licence", "facet", "has_words"),
    [
        ("CC-BY-4.0", {"CC-BY-4.0", "open"}, False),
        ("proprietary", {"proprietary"}, False),
        ("EUPL-1.2", {"EUPL-1.2", "open"}, True),
        (None, set(), False),
    ],
)
def test_only_open_licences_are_open(database, licence, facet, has_words):
    found = search_document(published(make_scene(), licence=licence).innovation)
    assert set(found.facets["licence"]) == facet
    assert ("open source" in found.texts["en"]["classification"]) is has_words
