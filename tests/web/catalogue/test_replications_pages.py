"""Replications in the browser: claimed by one side, confirmed by the other alone, disputed, kept when they fail."""

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.events import Event
from hub.audit.models import AuditEntry
from hub.catalogue.evidence.service import accept_evidence
from hub.catalogue.models import Evidence, Replication, ReplicationStatus
from hub.catalogue.tasks.service import take_task
from hub.core.database import session, transaction
from tests.catalogue.records import GEORGIAN_POLICE, published
from tests.factories import make_member, make_organisation
from tests.web.catalogue.sending import faults_of, send, typed_in

WORDS = "Only the pilot ran, and it has ended."


@pytest.fixture
def adopting(database):
    return make_organisation("Prosecution of Valencia", country="ES")


@pytest.fixture
def adopter(adopting, new_client):
    """The browser of a representative of the adopter."""
    return new_client().become(make_member(represents=[adopting]))


@pytest.fixture
def record(scene):
    return f"/innovations/{published(scene).innovation.slug}"


@pytest.fixture
def page(record):
    return f"{record}/replications"


def fields(adopting, **changes):
    return {
        "adopter_id": str(adopting.id),
        "country": "ES",
        "started_on": "2024-03-01",
        "adapted": "Two rules were left out.",
        "cost_band": "10000_50000",
        "result": "61 notices were corrected.",
        "source_url": "",
        **changes,
    }


def claim(browser, page, adopting, **changes):
    answer = browser.act(f"{page}/new", fields(adopting, **changes))
    assert answer.status_code == 303, faults_of(answer)
    return answer.location


def only():
    return session().scalars(select(Replication)).one()


def entries(event):
    return session().scalar(select(func.count()).where(AuditEntry.tag == event))


def test_the_owner_claims_and_the_adopter_finds_and_confirms_it(partner, adopter, client, page, adopting):
    address = claim(partner, page, adopting)
    assert "Claimed, not confirmed" in partner.get(address).text
    assert "Confirm" not in partner.get(address).text
    assert client.get(address).status_code == 404
    for waiting in (page, "/innovations/mine"):
        shown = adopter.get(waiting).text
        assert "1 replication waits for your confirmation" in shown
        assert address in shown
        assert "waits for your confirmation" not in partner.get(waiting).text
    assert adopter.submit(address, action=f"{address}/confirm").status_code == 303
    for shown in (client.get(address).text, client.get(page).text):
        assert "Confirmed" in shown
        assert "Prosecution of Valencia" in shown
    assert "61 notices were corrected." in client.get(address).text
    assert "waits for your confirmation" not in adopter.get("/innovations/mine").text


def test_the_adopter_claims_and_the_owner_confirms_it(partner, adopter, page, adopting):
    form = adopter.get(f"{page}/new").text
    assert "Your organisation uses it" in form
    address = claim(adopter, page, adopting)
    assert adopter.act(f"{address}/confirm").status_code == 403
    assert address in partner.get("/innovations/mine").text
    assert partner.act(f"{address}/confirm").status_code == 303
    assert only().status is ReplicationStatus.CONFIRMED


def test_a_claim_with_a_public_source_is_shown_as_a_claim(partner, client, page, adopting):
    address = claim(partner, page, adopting, source_url="https://example.org/news")
    assert "Claimed, not confirmed" in client.get(page).text
    assert "https://example.org/news" in client.get(address).text


def test_who_speaks_for_both_sides_confirms_neither(partner, scene, new_client, page, adopting):
    address = claim(partner, page, adopting)
    both = new_client().become(make_member(represents=[scene.owner, adopting]))
    belongs = new_client().become(make_member(represents=[adopting], belongs_to=[scene.owner]))
    second = new_client().become(make_member(represents=[scene.owner]))
    for browser in (both, belongs, second, partner):
        assert f"{address}/confirm" not in browser.get(address).text
        assert browser.act(f"{address}/confirm").status_code == 403
    assert only().status is ReplicationStatus.CLAIMED


def test_strangers_neither_see_nor_confirm_a_claim(partner, new_client, page, adopting):
    address = claim(partner, page, adopting)
    others = (
        make_member(),
        make_member(roles=[Role.COORDINATOR]),
        make_member(belongs_to=[adopting]),
        make_member(represents=[make_organisation()]),
    )
    for member in others:
        browser = new_client().become(member)
        assert "Prosecution of Valencia" not in browser.get(page).text
        assert browser.get(address).status_code == 404
        for action in ("confirm", "dispute", "answer", "settle", "fail", "withdraw"):
            assert browser.act(f"{address}/{action}").status_code == 404, action


def test_a_second_confirmation_comes_too_late(partner, adopter, new_client, page, adopting):
    address = claim(partner, page, adopting)
    colleague = new_client().become(make_member(represents=[adopting]))
    shown = colleague.get(address)
    assert adopter.act(f"{address}/confirm").status_code == 303
    answer = colleague.submit(shown, action=f"{address}/confirm")
    assert answer.status_code == 409
    assert entries(Event.REPLICATION_CONFIRM) == 1


def test_a_dispute_shows_both_voices_until_it_is_taken_back(partner, adopter, client, page, adopting):
    address = claim(partner, page, adopting)
    adopter.act(f"{address}/confirm")
    answer = adopter.submit(address, {"dispute-words": WORDS}, action=f"{address}/dispute")
    assert answer.status_code == 303
    shown = client.get(address).text
    assert "The two sides do not agree" in shown
    assert WORDS in shown
    assert "Has not answered yet." in shown
    assert "Disputed by \u2068Prosecution of Valencia\u2069" in shown
    assert shown.count(WORDS) == 1
    partner.submit(address, {"answer-words": "It runs in two districts."}, action=f"{address}/answer")
    shown = client.get(address).text
    assert "It runs in two districts." in shown
    assert "Has not answered yet." not in shown
    assert f"{address}/settle" not in partner.get(address).text
    assert partner.act(f"{address}/settle", {"settle-words": "Over."}).status_code == 403
    adopter.submit(address, {"settle-words": "We agree now."}, action=f"{address}/settle")
    assert only().status is ReplicationStatus.CLAIMED
    assert only().confirmed_by_id is None
    assert "We agree now." in partner.get(address).text


def test_a_claim_is_disputed_by_the_other_side_and_withdrawn_by_its_own(partner, adopter, page, adopting):
    address = claim(partner, page, adopting)
    assert f"{address}/dispute" not in partner.get(address).text
    assert f"{address}/dispute" in adopter.get(address).text
    answer = partner.act(f"{address}/dispute", {"dispute-words": WORDS})
    assert answer.status_code in (403, 409)
    assert only().status is ReplicationStatus.CLAIMED


def test_a_failure_is_kept_with_its_lessons(partner, adopter, client, page, adopting):
    address = claim(partner, page, adopting)
    adopter.act(f"{address}/confirm")
    assert f"{address}/fail" not in partner.get(address).text
    adopter.submit(address, {"fail-words": "Nobody was paid to keep it up."}, action=f"{address}/fail")
    assert "Ended without success" in client.get(page).text
    shown = client.get(address).text
    assert "What was learnt from it" in shown
    assert shown.count("Nobody was paid to keep it up.") == 1


@pytest.mark.parametrize("words", ["", "x" * 2001], ids=["none", "too many"])
def test_words_that_cannot_be_accepted_come_back_at_their_field(partner, adopter, page, adopting, words):
    address = claim(partner, page, adopting)
    answer = adopter.act(f"{address}/dispute", {"dispute-words": words})
    assert answer.status_code == 422
    assert list(faults_of(answer)) == ["dispute-words"]
    assert words in typed_in(answer)
    assert only().status is ReplicationStatus.CLAIMED


def test_words_for_what_is_no_longer_possible_are_given_back(partner, adopter, page, adopting):
    address = claim(partner, page, adopting)
    adopter.act(f"{address}/confirm")
    adopter.act(f"{address}/dispute", {"dispute-words": WORDS})
    answer = adopter.act(f"{address}/fail", {"fail-words": "Many words on what was learnt."})
    assert answer.status_code == 409
    assert "Many words on what was learnt." in answer.text


def test_the_claiming_side_takes_it_back(partner, adopter, page, adopting):
    address = claim(partner, page, adopting)
    assert adopter.act(f"{address}/withdraw").status_code == 403
    assert partner.submit(address, action=f"{address}/withdraw").status_code == 303
    assert "Prosecution of Valencia" not in partner.get(page).text
    assert "Withdrawn" in partner.get(address).text
    assert partner.act(f"{address}/withdraw").status_code == 409


def test_evidence_can_be_added_about_it_and_supports_it(partner, adopter, client, scene, page, adopting):
    address = claim(partner, page, adopting)
    adopter.act(f"{address}/confirm")
    public_id = address.rpartition("/")[2]
    link = f"{page.removesuffix('replications')}evidence/new"
    assert f"{link}?about={public_id}" in adopter.get(address).text
    form = adopter.get(f"{link}?about={public_id}")
    assert public_id in typed_in(form)
    values = {
        "type": "output_data", "title": "Notices of 2024", "url": "https://example.org/1", "is_independent": "yes",
        "year": "2024", "finding": "61 notices.", "replication": public_id,
    }  # fmt: skip
    assert send(adopter, link, values).status_code == 303
    evidence = session().scalars(select(Evidence)).one()
    with transaction():
        take_task(scene.coordinator, evidence)
    with transaction():
        accept_evidence(scene.coordinator, evidence)
    assert "Confirmed, with evidence" in client.get(page).text
    assert "Notices of 2024" in client.get(address).text
    assert address in client.get(link.removesuffix("/new")).text


def test_evidence_about_a_hidden_replication_is_hidden_with_it(
    partner, adopter, client, scene, page, adopting
):
    address = claim(partner, page, adopting)
    values = {
        "type": "testimony", "title": "Pilot report", "url": "https://example.org/1", "is_independent": "no",
        "year": "2024", "finding": "It works.", "replication": address.rpartition("/")[2],
    }  # fmt: skip
    evidence_page = f"{page.removesuffix('replications')}evidence"
    send(partner, f"{evidence_page}/new", values)
    evidence = session().scalars(select(Evidence)).one()
    with transaction():
        take_task(scene.coordinator, evidence)
    with transaction():
        accept_evidence(scene.coordinator, evidence)
    shown = client.get(evidence_page).text
    for word in ("Pilot report", "Valencia", address):
        assert word not in shown
    adopter.act(f"{address}/confirm")
    assert "Confirmed, with evidence" in client.get(address).text
    assert "Pilot report" in client.get(evidence_page).text


def test_what_nobody_may_see_cannot_be_named_by_evidence(partner, new_client, page, adopting):
    address = claim(partner, page, adopting)
    outsider = new_client().become(make_member())
    form = f"{page.removesuffix('replications')}evidence/new?about={address.rpartition('/')[2]}"
    assert "Valencia" in partner.get(form).text
    shown = outsider.get(form)
    assert shown.status_code == 200
    assert "Valencia" not in shown.text


WRONG = [
    ({"adopter_id": ""}, "adopter_id", "Choose the organisation"),
    ({"adopter_id": "999999"}, "adopter_id", "Choose from the list."),
    ({"adopter_id": "²"}, "adopter_id", "Choose from the list."),
    ({"country": ""}, "country", "Choose the country"),
    ({"country": "XX"}, "country", "Choose from the list."),
    ({"started_on": "1 March"}, "started_on", "year-month-day"),
    ({"started_on": "2999-01-01"}, "started_on", "not in the future"),
    ({"adapted": "a" * 2001}, "adapted", "it has 2001."),
    ({"result": "r" * 2001}, "result", "it has 2001."),
    ({"cost_band": "cheap"}, "cost_band", "Choose from the list."),
    ({"source_url": "javascript:alert(1)"}, "source_url", "begins with http"),
]


@pytest.mark.parametrize(("typed", "field", "said"), WRONG)
def test_what_cannot_be_accepted_is_named_at_its_field_and_kept(partner, page, adopting, typed, field, said):
    answer = partner.act(f"{page}/new", fields(adopting, **typed))
    assert answer.status_code == 422
    found = faults_of(answer)
    assert list(found) == [field], found
    assert said in found[field]
    for name in ("started_on", "adapted", "result", "source_url"):
        assert fields(adopting, **typed)[name] in typed_in(answer)


def test_the_same_replication_twice_is_said_with_what_was_typed(partner, adopter, page, adopting):
    claim(partner, page, adopting)
    for browser in (partner, adopter):
        answer = browser.act(f"{page}/new", fields(adopting, adapted="My second words"))
        assert answer.status_code == 409
        assert "is on the list already" in answer.text
        assert "My second words" in typed_in(answer)


def test_its_own_organisation_is_not_offered(partner, scene, page):
    assert scene.owner.name not in partner.get(f"{page}/new").text
    answer = partner.act(f"{page}/new", fields(scene.owner))
    assert answer.status_code == 422


def test_who_speaks_for_neither_side_cannot_claim(new_client, client, page):
    browser = new_client().become(make_member())
    assert f"{page}/new" not in browser.get(page).text
    assert browser.get(f"{page}/new").status_code == 403
    assert client.get(f"{page}/new").status_code == 303


def test_replications_of_a_hidden_record_are_not_there(partner, adopter, scene, adopting):
    slug = published(scene, readership=GEORGIAN_POLICE).innovation.slug
    page = f"/innovations/{slug}/replications"
    address = claim(partner, page, adopting)
    for path in (page, f"{page}/new", address):
        assert adopter.get(path).status_code == 404
    assert adopter.act(f"{address}/confirm").status_code == 404
    assert "waits for your confirmation" not in adopter.get("/innovations/mine").text


def test_a_replication_is_found_only_below_its_own_record(partner, scene, page, adopting):
    address = claim(partner, page, adopting)
    other = published(scene, name="Another register").innovation.slug
    public_id = address.rpartition("/")[2]
    assert partner.get(f"/innovations/{other}/replications/{public_id}").status_code == 404


def test_fifty_replications_ask_no_more_than_one(partner, adopter, client, page, adopting, queries):
    address = claim(partner, page, adopting)
    adopter.act(f"{address}/confirm")
    client.get(page)
    with queries:
        client.get(page)
        few = len(queries)
    columns = {
        name: getattr(only(), name)
        for name in Replication.__table__.columns.keys()  # noqa: SIM118 - a collection of columns, not a dict
        if name not in {"id", "public_id", "adopter_id"}
    }
    many = [make_organisation(country="ES") for _ in range(50)]
    session().add_all([Replication(**columns, adopter_id=each.id) for each in many])
    session().commit()
    with queries:
        shown = client.get(page).text
        assert len(queries) == few
    assert "51 replications" in shown
