"""What integrity officers read: escalated matters, the audit log, declared interests."""

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.catalogue.review.service import request_changes
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.models import DeclaredInterest
from hub.integrity.service import Declaration, declare_interest
from hub.members.models import MemberStatus
from hub.vetting.applications import decline_application
from hub.vetting.roles import propose_role
from tests.catalogue import proofs
from tests.catalogue.cast import compiled_record, make_cast
from tests.catalogue.records import OPINION, POLICE, make_scene, published, submitted, taken
from tests.factories import make_member
from tests.vetting.cast import Cast, person
from tests.web.client import parse, words

HIDDEN = "Hidden from you"


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def officer(new_client, database):
    """The browser of an integrity officer."""
    return new_client().become(make_member(roles=[Role.INTEGRITY_OFFICER], display_name="Thandi"))


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def declare(member, organisation, kind="funding"):
    with transaction():
        return declare_interest(member, Declaration(kind, organisation.name))


def test_nothing_escalated_says_so(officer):
    page = main_of(officer.get("/integrity"))
    assert "Nothing is escalated" in page
    assert "0 recusals are in the audit log" in page


def test_escalated_matters_say_how_long_why_and_what_to_do(scene, officer):
    submitted(scene, name="Secret draft")
    for member in (scene.coordinator, scene.colleague):
        declare(member, scene.owner)
    page = officer.get("/integrity")
    told = main_of(page)
    assert "A revision to review" in told
    assert (
        "1 decision is needed. People who could give it: 2. Of these with a conflict of interest: 2." in told
    )
    assert "Came in today" in told
    assert "Secret draft" not in told
    assert 'href="/roles/proposals/new?role=coordinator"' in page.text
    assert officer.get("/roles/proposals/new?role=coordinator").status_code == 200


@pytest.mark.parametrize("path", ["/integrity", "/integrity/log", "/integrity/interests"])
@pytest.mark.parametrize("roles", [(), (Role.COORDINATOR,), (Role.ADMINISTRATOR,)])
def test_only_officers_come_here(new_client, database, path, roles):
    assert new_client().become(make_member(roles=roles)).get(path).status_code == 403


def test_the_log_shows_title_and_reason_of_what_the_officer_may_see(scene, officer):
    revision = published(scene, name="Open ledger")
    with transaction():
        declare_interest(scene.coordinator, Declaration("funding", "Bureau"))
    page = officer.get("/integrity/log")
    told = main_of(page)
    assert "Approved and published" in told
    assert f'href="/innovations/{revision.innovation.slug}"' in page.text
    assert scene.coordinator.display_name in told  # they acted with a role
    assert f"A person – {HIDDEN}" in told  # whose interest it is


def test_the_log_hides_title_and_reason_of_everything_else(scene, officer):
    record = published(scene, name="Thresholds", readership=POLICE).innovation
    draft = taken(scene, name="Half a ledger")
    with transaction():
        request_changes(scene.coordinator, draft, OPINION["request_changes"])
    cast = Cast()
    applicant = person(cast, MemberStatus.CONFIRMED, display_name="Applicant Ada")
    with transaction():
        decline_application(cast["first"], applicant, reasons=("identity",), words="No such firm.")
    page = officer.get("/integrity/log").text
    for secret in (
        "Thresholds",
        "Half a ledger",
        "name a source",
        "Applicant Ada",
        "No such firm.",
        record.slug,
    ):
        assert secret not in page
    assert "Changes requested" in page
    assert "Application declined" in page


def test_an_officer_with_a_conflict_reads_no_reasons(scene, new_client):
    draft = taken(scene, name="Open ledger")
    with transaction():
        request_changes(scene.coordinator, draft, OPINION["request_changes"])
    related = make_member(roles=[Role.INTEGRITY_OFFICER], represents=[scene.owner])
    page = new_client().become(related).get("/integrity/log").text
    assert "Open ledger" in page
    assert "name a source" not in page


def test_reasons_of_roles_are_for_officers_free_of_conflict(scene, officer):
    member = make_member(display_name="Dana")
    with transaction():
        propose_role(scene.coordinator, member, Role.COORDINATOR, reason="Able and willing.")
    page = officer.get("/integrity/log").text
    assert "Dana" in page
    assert "Able and willing." in page


def test_accepted_evidence_is_told_and_evidence_that_waits_is_not(database, officer):
    cast = make_cast()
    accepted = proofs.accepted_evidence(cast)
    proofs.evidence_for(cast, compiled_record(cast, name="Another ledger"))
    page = officer.get("/integrity/log?action=evidence:accept")
    assert f'href="/innovations/{accepted.innovation.slug}/evidence"' in page.text
    assert HIDDEN not in main_of(page)
    assert HIDDEN in main_of(officer.get("/integrity/log?action=evidence:add"))


def test_recusals_are_counted(scene, officer, new_client):
    revision = submitted(scene, name="Secret draft")
    related = new_client().become(make_member(roles=[Role.COORDINATOR], belongs_to=[scene.owner]))
    for _ in range(2):
        related.get(f"/coordinate/{revision.innovation.public_id}")
    assert "1 recusal is in the audit log" in main_of(officer.get("/integrity"))
    told = main_of(officer.get("/integrity/log?action=recusal:record"))
    assert "1 entry" in told
    assert "Recused1" in told
    assert "Secret draft" not in told


def test_the_log_is_filtered_by_action_and_days(scene, officer):
    published(scene)
    today = now().date().isoformat()
    assert "1 entry" in main_of(officer.get("/integrity/log?action=innovation:publish"))
    assert "No entry fits." in main_of(officer.get("/integrity/log?until=2020-01-01"))
    told = main_of(officer.get(f"/integrity/log?action=innovation:publish&since={today}&until={today}"))
    assert "1 entry" in told


@pytest.mark.parametrize(
    "query", ["action=nothing", "since=yesterday", "until=2026-13-01", "page=x", "page=-1"]
)
def test_nonsense_in_the_address_is_told_or_left_out(officer, query):
    assert officer.get(f"/integrity/log?{query}").status_code == 200


def test_the_log_has_pages(scene, officer):
    for _ in range(13):
        published(scene)
    total = session().scalar(select(func.count()).select_from(AuditEntry))
    assert total > 50
    first = officer.get("/integrity/log")
    assert "page=2" in first.text
    second = main_of(officer.get("/integrity/log?page=2"))
    assert f"51 to {min(total, 100)} of {total}" in second


def test_the_last_day_of_the_calendar_has_no_next(officer):
    assert officer.get("/integrity/log?until=9999-12-31").status_code == 200


def test_declared_interests_are_listed_and_struck_with_a_reason(scene, officer):
    interest = declare(scene.coordinator, scene.owner)
    page = officer.get("/integrity/interests")
    assert scene.owner.name in page.text
    place = f"/integrity/interests/{interest.public_id}/strike"
    assert place in page.text
    assert officer.submit(place, {"reason": ""}).status_code == 422
    assert officer.submit(place, {"reason": "A namesake."}).status_code == 303
    assert "Struck on" in main_of(officer.get("/integrity/interests"))
    assert officer.submit(place, {"reason": "Again."}).status_code == 409
    assert session().get(DeclaredInterest, interest.id).struck_at


def test_an_officer_neither_lists_nor_strikes_their_own(scene, new_client):
    member = make_member(roles=[Role.INTEGRITY_OFFICER])
    interest = declare(member, scene.owner)
    browser = new_client().become(member)
    assert scene.owner.name not in browser.get("/integrity/interests").text
    assert browser.get(f"/integrity/interests/{interest.public_id}/strike").status_code == 404
