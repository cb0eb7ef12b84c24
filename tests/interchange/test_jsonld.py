"""A public record as schema.org describes it."""

import json

import pytest

from hub.catalogue.models import OrganisationDetails, OrganisationRole
from hub.interchange.jsonld import json_ld
from tests.catalogue.records import draft, make_scene, published

URL = "https://hub.example/innovations/ledger-of-gifts"


@pytest.fixture
def scene(database):
    return make_scene()


def told(revision):
    return json.loads(json.dumps(json_ld(revision.innovation, URL, str.upper)))


def test_what_is_known_is_told_in_the_words_of_the_translator(scene):
    revision = published(
        scene,
        offences=("uncac-15",),
        licence="EUPL-1.2",
        website_url="https://example.org/ledger",
        year_started=2019,
        organisations=(OrganisationDetails(OrganisationRole.FUNDER, "Fund for Ledgers"),),
    )
    record = told(revision)
    assert record["@context"] == "https://schema.org"
    assert record["@type"] == "SoftwareApplication"
    assert record["@id"] == record["url"] == URL
    assert record["license"] == "https://spdx.org/licenses/EUPL-1.2"
    assert record["provider"] == {"@type": "Organization", "name": scene.owner.name}
    assert record["funder"] == [{"@type": "Organization", "name": "Fund for Ledgers"}]
    assert record["spatialCoverage"] == [{"@type": "Country", "identifier": "GE"}]
    assert record["citation"][0]["url"] == "https://example.org/ledger"
    (offence,) = record["about"]
    assert (offence["termCode"], offence["name"].isupper()) == ("uncac-15", True)


def test_what_is_not_known_is_left_out(scene):
    record = told(published(scene, licence="not_stated"))
    for name in ("license", "dateCreated", "isBasedOn", "about", "funder", "alternateName", "abstract"):
        assert name not in record, name


@pytest.mark.parametrize(("kind", "type_"), [("data", "Dataset"), ("policy", "CreativeWork")])
def test_the_kind_gives_the_type(scene, kind, type_):
    assert told(published(scene, kind=kind))["@type"] == type_


def test_nothing_is_told_of_what_was_never_approved(scene):
    with pytest.raises(ValueError, match="approved"):
        told(draft(scene))
