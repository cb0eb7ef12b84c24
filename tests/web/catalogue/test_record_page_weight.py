"""A record with a long life is asked for with as many queries as an empty one, and shows no more rows."""

import pytest

from benchmarks.record import EVIDENCE, REPLICATIONS, REVISIONS, add_evidence, add_replications, add_revisions
from hub.core.database import transaction
from hub.web.catalogue.record import SHOWN_EVIDENCE, SHOWN_REPLICATIONS, SHOWN_REVISIONS
from tests.catalogue.records import published
from tests.factories import make_member
from tests.web.client import parse

RECORD = 34
"""The most queries of the page, whoever asks; `SUGGESTED` more for the owner's side, whom it tells who could help."""

SUGGESTED = 12


@pytest.fixture
def records(scene):
    """Two records of one owner: one without proof, one with a long life."""
    empty, full = (published(scene, name=name).innovation for name in ("Empty", "Full"))
    with transaction():
        add_evidence(full, scene.coordinator.id, EVIDENCE)
        add_replications(full, scene.partner.id, scene.coordinator.id, REPLICATIONS)
        add_revisions(full, scene.partner, REVISIONS)
    return f"/innovations/{empty.slug}", f"/innovations/{full.slug}"


@pytest.mark.parametrize("who", ["visitor", "member", "officer", "coordinator", "owner"])
def test_a_long_life_costs_no_query(records, scene, client, queries, who):
    people = {
        "member": make_member,
        "officer": lambda: make_member(law_enforcement="GE"),
        "coordinator": lambda: scene.coordinator,
        "owner": lambda: scene.partner,
    }
    if who in people:
        client.become(people[who]())
        client.get("/")  # the first click writes its sign of life
    client.get(records[0])  # who comes first has the suggestions prepared
    counted = []
    for address in records:
        with queries as asked:
            assert client.get(address).status_code == 200
        counted.append(len(asked))
    empty, full = counted
    most = RECORD + SUGGESTED if who == "owner" else RECORD
    assert full == empty <= most, "\n".join(asked.statements)


def test_what_the_page_leaves_out_stands_on_pages_of_its_own(records, client):
    _empty, full = records
    page = parse(client.get(full).text)
    rows = {name: len(page.findall(f".//section[@id='{name}']//{row}")) for name, row in ROWS.items()}
    assert rows == {
        "evidence": SHOWN_EVIDENCE,
        "uptake": SHOWN_REPLICATIONS,
        "history": SHOWN_REVISIONS,
    }
    links = {each.get("href") for each in page.iter("a")}
    assert {f"{full}/evidence", f"{full}/replications", f"{full}/revisions"} <= links
    listed = client.get(f"{full}/revisions?page=2").text
    assert f"{full}/revisions/{REVISIONS + 1 - 50}" in listed


ROWS = {
    "evidence": "ul[@class='rows proofs src']/li",
    "uptake": "details[@class='twin noprint']//tbody/tr",
    "history": "ol[@class='hist']/li",
}
"""Where the rows of each section stand."""
