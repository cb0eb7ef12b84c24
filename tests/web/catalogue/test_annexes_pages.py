"""Annexes in the browser: for their readers alone; for everybody else there is neither name nor file nor number."""

import re

import pytest
import time_machine
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import Role
from hub.catalogue.models import Annex
from hub.core.clock import now
from hub.core.database import session
from hub.core.uploads import StoredFile
from tests.catalogue.records import POLICE, draft, named_organisations, published
from tests.core.samples import PDF, SVG
from tests.factories import make_member, make_organisation
from tests.web.catalogue.canary import CANARY
from tests.web.catalogue.sending import faults_of, send, typed_in

TOKENS = re.compile(r'name="csrf_token" value="[^"]+"')

FIELDS = {
    "title": "Thresholds",
    "body": "# Alarm\n\nFrom **500** lari on.",
    "audience": "members",
    "people": "",
    "tlp": "GREEN",
}


@pytest.fixture
def record(scene):
    return f"/innovations/{published(scene).innovation.slug}"


@pytest.fixture
def new(record):
    return f"{record}/annexes/new"


def only():
    return session().scalars(select(Annex)).one()


def add(browser, new, file=None, **changes):
    answer = send(browser, new, {**FIELDS, **changes}, file)
    assert answer.status_code == 303, faults_of(answer)
    return answer.location


def test_the_owner_shares_an_annex_with_its_readers(partner, new_client, client, new):
    address = add(partner, new, ("Thresholds.pdf", PDF))
    member = new_client().become(make_member())
    shown = member.get(address).text
    assert "<strong>500</strong>" in shown
    assert "TLP:GREEN" in shown
    assert f"{address}/edit" not in shown
    assert 'content="noindex"' in shown
    assert member.get(f"{address}/file", buffered=True).data == PDF
    assert client.get(address).status_code == 404
    assert client.get(f"{address}/file").status_code == 404


READERS = {
    "law_enforcement": ({"tlp": "AMBER"}, {"law_enforcement": "ID"}, {}),
    "law enforcement of one country": (
        {"audience": "law_enforcement", "tlp": "AMBER", "le_countries": "GE"},
        {"law_enforcement": "GE"},
        {"law_enforcement": "ID"},
    ),
}


@pytest.mark.parametrize("who", READERS)
def test_only_its_audience_reads_it(partner, new_client, new, who):
    changes, inside, outside = READERS[who]
    address = add(partner, new, **{"audience": who, **changes})
    assert new_client().become(make_member(**inside)).get(address).status_code == 200
    assert new_client().become(make_member(**outside)).get(address).status_code == 404
    assert new_client().become(make_member(roles=[Role.COORDINATOR])).get(address).status_code == 404


def test_only_members_of_the_named_organisation_read_it(partner, new_client, new):
    named = make_organisation("Court of Audit")
    address = add(partner, new, audience="organisations", organisation_ids=str(named.id), tlp="AMBER+STRICT")
    reader = new_client().become(make_member(belongs_to=[named]))
    shown = reader.get(address).text
    assert "TLP:AMBER+STRICT" in shown
    assert new_client().become(make_member()).get(address).status_code == 404


def test_named_people_read_a_red_annex(partner, new_client, new, database):
    first, second, third = (make_member() for _ in range(3))
    address = add(
        partner, new, audience="people", people=f"{first.public_id}\r\n\r\n {second.public_id} ", tlp="RED"
    )
    for member in (first, second):
        assert "TLP:RED" in new_client().become(member).get(address).text
    assert new_client().become(third).get(address).status_code == 404
    form = partner.get(f"{address}/edit")
    assert {first.public_id, second.public_id} <= {
        line for value in typed_in(form) if value for line in value.split()
    }


def test_named_people_of_a_restricted_record_must_be_among_its_readers(partner, new_client, scene):
    record = published(scene, readership=POLICE).innovation.slug
    officer, other = make_member(law_enforcement="GE"), make_member()
    people = f"{officer.public_id}\n{other.public_id}"
    address = add(partner, f"/innovations/{record}/annexes/new", audience="people", people=people, tlp="RED")
    assert new_client().become(officer).get(address).status_code == 200
    assert new_client().become(other).get(address).status_code == 404


def test_the_account_shows_the_id_to_name(new_client, database):
    member = make_member()
    assert member.public_id in new_client().become(member).get("/account").text


WRONG = [
    ({"title": ""}, "title", "Enter a title."),
    ({"title": "t" * 201}, "title", "it has 201."),
    ({"body": ""}, "body", "Write a text or choose a file."),
    ({"body": "b" * 20_001}, "body", "it has 20001."),
    ({"audience": ""}, "audience", "Choose who may read it."),
    ({"audience": "public"}, "audience", "Choose from the list."),
    ({"audience": "organisations", "tlp": "AMBER"}, "audience", "Name at least one"),
    ({"audience": "people", "tlp": "RED"}, "people", "Enter at least one member id."),
    ({"audience": "people", "people": "x" * 22, "tlp": "RED"}, "people", f"No member has the id {'x' * 22}."),
    ({"audience": "people", "people": "'); DROP", "tlp": "RED"}, "people", "No member has the id"),
    ({"tlp": ""}, "tlp", "Choose a label."),
    ({"tlp": "RED"}, "audience", "does not allow"),
    ({"audience": "law_enforcement", "tlp": "CLEAR"}, "audience", "does not allow"),
    ({"audience": "law_enforcement", "le_countries": "Georgia", "tlp": "AMBER"}, "le_countries", "Choose"),
]


@pytest.mark.parametrize(("typed", "field", "said"), WRONG)
def test_what_cannot_be_accepted_is_named_at_its_field_and_kept(partner, new, typed, field, said):
    fields = {**FIELDS, **typed}
    answer = send(partner, new, fields)
    assert answer.status_code == 422
    found = faults_of(answer)
    assert list(found) == [field], found
    assert said in found[field]
    assert {fields["title"], fields["body"], fields["people"]} <= typed_in(answer)
    assert session().scalar(select(Annex)) is None


def test_somebody_who_is_no_longer_a_member_cannot_be_named(partner, new, database):
    suspended = make_member(status="suspended")
    answer = send(partner, new, {**FIELDS, "audience": "people", "people": suspended.public_id, "tlp": "RED"})
    assert answer.status_code == 422
    assert "No member has the id" in faults_of(answer)["people"]


def test_a_bad_file_is_named_and_the_words_stay(partner, new):
    answer = send(partner, new, FIELDS, ("plan.svg", SVG))
    assert answer.status_code == 422
    assert "Files of this type are not taken" in faults_of(answer)["file"]
    assert FIELDS["body"] in typed_in(answer)


def test_a_restricted_record_offers_no_wider_audience(partner, scene):
    named = make_organisation()
    slug = published(scene, readership=named_organisations(named, scene.owner)).innovation.slug
    form = partner.get(f"/innovations/{slug}/annexes/new").text
    for word in ('value="members"', 'value="law_enforcement"', 'value="CLEAR"', 'value="GREEN"'):
        assert word not in form
    for word in ('value="organisations"', 'value="people"', 'value="RED"'):
        assert word in form


def test_a_preview_saves_nothing_and_keeps_what_was_typed(partner, new):
    answer = send(partner, new, {**FIELDS, "then": "preview"})
    assert answer.status_code == 200
    assert "<strong>500</strong>" in answer.text
    assert "Not saved yet." in answer.text
    assert FIELDS["body"] in typed_in(answer)
    assert session().scalar(select(Annex)) is None


def change(browser, address, file=None, **changes):
    return send(browser, f"{address}/edit", {**FIELDS, "version": str(only().version), **changes}, file)


def test_the_owner_changes_it_and_its_file(partner, new):
    address = add(partner, new, ("first.pdf", PDF))
    assert "Now: first.pdf." in partner.get(f"{address}/edit").text
    assert change(partner, address, title="New thresholds").status_code == 303
    shown = partner.get(address).text
    assert "New thresholds" in shown
    assert "first.pdf" in shown
    assert change(partner, address, ("second.txt", b"words")).status_code == 303
    assert "second.txt" in partner.get(address).text
    assert [each.filename for each in session().scalars(select(StoredFile))] == ["second.txt"]


def test_its_audience_narrows_and_never_widens(partner, new_client, new):
    address = add(partner, new)
    member = new_client().become(make_member())
    assert change(partner, address, audience="law_enforcement", tlp="AMBER").status_code == 303
    assert member.get(address).status_code == 404
    answer = change(partner, address, audience="members", tlp="GREEN")
    assert answer.status_code == 422
    assert "not to more or others" in faults_of(answer)["audience"]


def test_two_saves_at_once_lose_nothing(partner, scene, new_client, new):
    address = add(partner, new)
    colleague = new_client().become(make_member(represents=[scene.owner]))
    assert change(partner, address, body="What I wrote").status_code == 303
    answer = send(
        colleague, f"{address}/edit", {**FIELDS, "version": "1", "body": "What you wrote"}, ("a.pdf", PDF)
    )
    assert answer.status_code == 409
    for text in ("What I wrote", "What you wrote", "The file a.pdf was not kept."):
        assert text in answer.text
    assert only().body == "What I wrote"
    assert colleague.submit(answer, {"choice-body": "theirs"}).status_code == 303
    assert only().body == "What I wrote"
    assert only().version == 3


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_an_unreadable_version_counts_as_stale(partner, new, version):
    address = add(partner, new)
    answer = change(partner, address, version=version, body="My words")
    assert answer.status_code == 409
    assert "My words" in answer.text


def test_a_removed_annex_is_gone_with_its_file(partner, new_client, new):
    address = add(partner, new, ("a.pdf", PDF))
    member = new_client().become(make_member())
    assert member.act(f"{address}/remove").status_code == 404
    assert partner.submit(address, action=f"{address}/remove").status_code == 303
    assert partner.get(address).status_code == 404
    assert session().scalar(select(StoredFile)) is None


def test_only_the_owner_side_writes(partner, new_client, new, record):
    address = add(partner, new)
    for person in ({}, {"roles": [Role.COORDINATOR]}, {"roles": [Role.ADMINISTRATOR]}):
        browser = new_client().become(make_member(**person))
        assert browser.get(new).status_code == 404
        assert browser.get(f"{address}/edit").status_code == 404
        for path in (new, f"{address}/edit", f"{address}/remove"):
            assert browser.act(path, FIELDS).status_code == 404


def test_an_annex_of_a_draft_waits_for_the_record(partner, new_client, scene):
    slug = draft(scene).innovation.slug
    address = add(partner, f"/innovations/{slug}/annexes/new")
    assert partner.get(address).status_code == 200
    assert new_client().become(make_member()).get(address).status_code == 404


def test_an_annex_is_found_only_below_its_own_record(partner, scene, new):
    address = add(partner, new)
    other = published(scene, name="Another register").innovation.slug
    public_id = address.rpartition("/")[2]
    assert partner.get(f"/innovations/{other}/annexes/{public_id}").status_code == 404


# --- nobody outside learns anything ---------------------------------------------------------------------------------

OUTSIDERS = {
    "visitor": None,
    "member": {},
    "police": {"law_enforcement": "ID"},
    "focal point": {"focal_country": "GE"},
    "coordinator": {"roles": [Role.COORDINATOR]},
    "integrity officer": {"roles": [Role.INTEGRITY_OFFICER]},
    "administrator": {"roles": [Role.ADMINISTRATOR]},
}


def addresses(record, annex):
    yield from (record, f"{record}/evidence", f"{record}/replications", f"{record}/revisions")
    yield from (f"{record}/revisions/1", f"{record}/annexes", f"{record}/annexes/new")
    yield from ("/", "/innovations", "/innovations/mine", "/innovations?sort=newest", "/coordinate")
    yield from (f"/innovations?q={CANARY}", f"/innovations?q=ledger+{CANARY}", "/innovations?q=gifts")
    yield from ("/innovations/export?format=csv", "/innovations/export?format=json")
    yield from (annex, f"{annex}/file", f"{annex}/edit", f"{annex}/remove")


def visit(browser, record, public_id):
    annex = f"{record}/annexes/{public_id}"
    seen = {}
    for address in addresses(record, annex):
        answer = browser.get(address, buffered=True)
        name = address.replace(public_id, "ID")
        told = TOKENS.sub("", answer.text).replace(public_id, "ID")
        seen[name] = (answer.status_code, told, len(told))
    return seen


ANNEXES = (
    Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"GE"})),
    Readership(Audience.ORGANISATIONS, Tlp.AMBER_STRICT),
    Readership(Audience.PEOPLE, Tlp.RED),
)


@pytest.mark.db(readers=[ANNEXES[1]])
@pytest.mark.parametrize("readers", ANNEXES, ids=["police", "organisations", "people"])
def test_pages_are_the_same_as_if_there_were_no_annex(partner, new_client, record, index, readers):
    index()
    named, reader = make_organisation(), make_member()
    with time_machine.travel(now(), tick=False):
        browsers = {}
        for name, person in OUTSIDERS.items():
            browsers[name] = new_client()
            if person is not None:
                browsers[name].become(make_member(**person))
            browsers[name].nags = False
            browsers[name].get("/no-such-page")  # the first answer sets the cookie of the forms
        before = {name: visit(browser, record, "2" * 22) for name, browser in browsers.items()}
        changes = {
            "audience": readers.audience.value, "tlp": readers.tlp.value, "le_countries": sorted(readers.countries),
            "organisation_ids": str(named.id), "people": reader.public_id,
        }  # fmt: skip
        words = {"title": f"{CANARY} title", "body": f"{CANARY} body"}
        address = add(partner, f"{record}/annexes/new", (f"{CANARY}.pdf", PDF), **words, **changes)
        index()
        assert CANARY in partner.get(address).text
        public_id = address.rpartition("/")[2]
        for name, browser in browsers.items():
            for page, told in visit(browser, record, public_id).items():
                assert told == before[name][page], (name, page)
                if CANARY not in page:
                    assert CANARY not in told[1], (name, page)


@pytest.mark.db
def test_no_file_of_an_export_names_a_red_annex_even_to_its_reader(partner, new_client, record, database):
    reader = make_member()
    words = {"title": CANARY, "body": CANARY}
    address = add(
        partner, f"{record}/annexes/new", **words, audience="people", people=reader.public_id, tlp="RED"
    )
    browser = new_client().become(reader)
    assert CANARY in browser.get(address).text
    for form in ("csv", "json"):
        assert CANARY not in browser.get(f"/innovations/export?format={form}", buffered=True).text
