"""The public register of decisions as a page and as files: the same for everybody, and nothing about people."""

import csv
import io

import pytest

from hub.audit.checkpoints.making import make_checkpoint
from hub.catalogue.review.service import Opinion, decline_revision, take_revision
from hub.catalogue.service import submit_revision
from hub.config import Settings
from hub.core.database import transaction
from hub.web.decisions.register import ALL_SOURCES, KINDS
from tests.catalogue import proofs
from tests.catalogue.cast import did, make_cast, record_of
from tests.catalogue.records import MEMBERS, revised


@pytest.fixture
def cast(client):
    return make_cast()


def decline(cast, innovation):
    revision = revised(cast.scene, innovation)
    did(submit_revision, cast["registrar"], revision, version=revision.version)
    did(take_revision, cast["reviewer"], revision)
    did(decline_revision, cast["reviewer"], revision, Opinion(("out_of_scope",), "canary words"))


def test_page_csv_and_json_tell_the_same(client, cast):
    innovation = record_of(cast, name="=Open ledger")
    decline(cast, innovation)
    record_of(cast, name="Hidden ledger", readership=MEMBERS)
    page, table = client.get("/decisions").text, client.get("/decisions.csv").text
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    found = client.get("/decisions.json").get_json()
    assert [int(row["entry"]) for row in rows] == [each["entry"] for each in found["decisions"]]
    assert found["total"]["decisions"] == len(rows) == 2
    assert "2 decisions" in page
    assert "Out of scope" in page or rows[0]["reasons"] in page
    assert rows[0]["about"] == "'=Open ledger"
    for text in (page, table, str(found)):
        assert "Hidden ledger" not in text
        assert "canary" not in text
        assert not any(each and each.display_name in text for each in cast.people.values())


def test_filters_narrow_page_and_files_alike(client, cast):
    proofs.accepted_evidence(cast, record_of(cast))
    (only,) = client.get("/decisions.json?kind=evidence:accept").get_json()["decisions"]
    assert only["kind"] == "evidence:accept"
    assert "1 decision ·" in client.get("/decisions?kind=evidence:accept").text
    assert "No decision matches all of this" in client.get("/decisions?eyes=two").text


def test_what_a_filter_cannot_mean_narrows_nothing(client, cast):
    record_of(cast)
    assert "1 decision ·" in client.get("/decisions?kind=member:approve&year=1&eyes=x&page=x").text
    assert ">not signed yet<" in client.get("/decisions?page=99").text


def test_an_empty_register_says_what_will_stand_there(client):
    assert "Nothing was decided about public things yet" in client.get("/decisions").text


def test_a_decision_is_marked_until_a_checkpoint_covers_it(client, cast, tmp_path):
    record_of(cast)
    assert ">not signed yet<" in client.get("/decisions").text
    with transaction():
        make_checkpoint(Settings(instance=tmp_path), even_if_fresh=True)
    assert ">not signed yet<" not in client.get("/decisions").text


def test_each_tag_belongs_to_one_kind():
    assert len(KINDS) == sum(len(source.kinds) for source in ALL_SOURCES)


def test_no_kind_is_about_people():
    about = {tag.partition(":")[0] for tag in KINDS}
    assert not about & {"member", "membership", "handover", "introduction", "registration", "recusal"}
