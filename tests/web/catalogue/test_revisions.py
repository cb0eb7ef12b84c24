"""The history of a record: who reads which revision, and the difference to the approved one before."""

import pytest

from hub.catalogue.models import InnovationRevision
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.revisions.permissions import can_view_revision, revisions_visible_to
from hub.catalogue.service import submit_revision
from hub.core.database import session, transaction
from hub.integrity.viewers import viewer_of
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, published, revised, save
from tests.factories import make_member
from tests.web.client import parse, words

ADDRESS = "/innovations/ledger-of-gifts/revisions"


@pytest.fixture
def history(scene):
    """A record with two approved revisions and a draft; the second one changed a word and the stage."""
    innovation = published(scene, problem="Gifts are hidden by officials.").innovation
    second = revised(scene, innovation)
    save(scene.partner, second, problem="Gifts are kept by officials.", stage="stable")
    approve(scene, second)
    save(scene.partner, revised(scene, innovation), problem="Not yet approved.")
    return innovation


def approve(scene, revision):
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)


def test_readers_see_the_approved_ones_and_the_owners_side_all(history, client, partner):
    listed = words(parse(client.get(ADDRESS).text).find(".//main"))
    assert "Revision 2 The one that readers see" in listed
    assert "Revision 3" not in listed
    assert "Every step so far" not in listed
    own = words(parse(partner.get(ADDRESS).text).find(".//main"))
    assert "Revision 3 Draft" in own
    assert "Every step so far" in own


def test_the_difference_is_told_word_by_word(history, client):
    page = parse(client.get(f"{ADDRESS}/2").text)
    changes = page.find(".//section[@id='changes']")
    assert "hidden" in words(changes.find(".//del"))
    assert "kept" in words(changes.find(".//ins"))
    assert "In regular use" in words(changes)
    assert "Gifts are kept by officials." in words(page.find(".//section[@id='all']"))


def test_the_first_revision_has_nothing_to_be_compared_with(history, client):
    page = client.get(f"{ADDRESS}/1").text
    assert "What changed since" not in page
    assert "Gifts are hidden by officials." in page


@pytest.mark.parametrize("number", ["3", "4", "0", str(2**40)])
def test_a_revision_that_is_not_there_and_one_that_is_hidden_are_the_same(history, client, number):
    assert client.get(f"{ADDRESS}/{number}").status_code == 404


def test_the_owners_side_reads_its_draft(history, partner):
    page = partner.get(f"{ADDRESS}/3").text
    assert "What changed since revision 2" in page
    assert "Not yet approved." in page


def test_a_revision_for_others_is_neither_shown_nor_compared_with(scene, new_client):
    innovation = published(scene, problem="For members.", readership=MEMBERS).innovation
    second = revised(scene, innovation)
    save(scene.partner, second, problem="For police.", readership=GEORGIAN_POLICE)
    approve(scene, second)
    address = f"/innovations/{innovation.slug}/revisions"
    member = new_client().become(make_member())
    assert member.get(address).status_code == 404
    assert member.get(f"{address}/1").status_code == 404
    officer = new_client().become(make_member(law_enforcement="GE"))
    changes = parse(officer.get(f"{address}/2").text).find(".//section[@id='changes']")
    assert "members" in words(changes.find(".//del")), "who is inside both audiences sees the difference"


@pytest.mark.db
def test_the_condition_and_the_question_agree(scene, history):
    narrowed = published(scene, name="Narrowed", readership=MEMBERS).innovation
    second = revised(scene, narrowed)
    save(scene.partner, second, readership=GEORGIAN_POLICE)
    approve(scene, second)
    people = [
        None, scene.partner, scene.coordinator, make_member(), make_member(law_enforcement="GE"),
        make_member(law_enforcement="ID"), make_member(belongs_to=[scene.owner]),
    ]  # fmt: skip
    for somebody in map(viewer_of, people):
        for innovation in (history, narrowed):
            listed = set(
                session().scalars(
                    InnovationRevision.__table__.select()
                    .with_only_columns(InnovationRevision.id)
                    .where(revisions_visible_to(somebody, innovation))
                )
            )
            asked = {each.id for each in innovation.revisions if can_view_revision(somebody, each)}
            assert listed == asked
