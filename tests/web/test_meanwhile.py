"""What happened since a form was opened: it decides nothing any more, says why in clear words, and loses no text."""

import pytest
from sqlalchemy import delete, func, select, update

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.catalogue.models import Evidence, InnovationRevision, RevisionStatus
from hub.core.clock import now
from hub.members.models import Member, MemberStatus, RoleGrant, SignInSession, TotpDevice
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus
from tests.catalogue.records import GEORGIAN_POLICE, draft, make_scene, published, taken
from tests.factories import PASSWORD, make_member
from tests.web.client import sign_in

pytestmark = pytest.mark.db

WORDS = "Please name the law that this rests on, an hour of thought."


@pytest.fixture
def scene(database):
    return make_scene()


def entries(database):
    return database.scalar(select(func.count()).select_from(AuditEntry))


def lose_role(database, member):
    database.execute(update(RoleGrant).where(RoleGrant.member_id == member.id).values(ended_at=now()))


def lose_factor(database, member):
    database.execute(delete(TotpDevice).where(TotpDevice.member_id == member.id))


def lose_account(database, member):
    member.status = MemberStatus.SUSPENDED


def lose_session(database, member):
    ended = update(SignInSession).where(SignInSession.member_id == member.id)
    database.execute(ended.values(ended_at=now()))


LOSSES = [
    (lose_role, 404, ""),
    (lose_factor, 303, "/account/security"),
    (lose_account, 403, ""),
    (lose_session, 403, ""),
]


@pytest.mark.parametrize(("lose", "status", "location"), LOSSES)
def test_a_decision_whose_ground_is_gone_decides_nothing(client, database, scene, lose, status, location):
    revision = taken(scene)
    client.become(scene.coordinator)
    address = f"/innovations/{revision.innovation.slug}"
    form = client.get(f"/coordinate/{revision.innovation.slug}")
    assert form.status_code == 200
    token = client.token()
    before = entries(database)
    lose(database, scene.coordinator)
    database.commit()
    for decision in ("request-changes", "publish", "decline"):
        sent = {"csrf_token": token, "reasons": "no_source", "words": WORDS}
        answer = client.post(f"{address}/{decision}", data=sent)
        assert answer.status_code == status
        assert (answer.location or "").startswith(location)
        if status == 403:
            assert "You have been signed out" in answer.text
            assert WORDS in answer.text
    assert database.get(InnovationRevision, revision.id).status is RevisionStatus.IN_REVIEW
    assert entries(database) == before


def test_who_signs_out_in_one_tab_loses_no_words_in_the_other(client, database, scene):
    email = scene.partner.email
    sign_in(client, email, PASSWORD)
    revision = draft(scene)
    token = client.token()  # of the form that stays open in the second tab
    client.act("/sign-out")
    address = f"/innovations/{revision.innovation.slug}/edit/name"
    sent = {"csrf_token": token, "version": revision.version, "name": "A name", "short_description": WORDS}
    answer = client.post(address, data=sent, headers={"Referer": f"http://localhost{address}"})
    assert WORDS in answer.text
    assert answer.status_code in {400, 403}
    database.expire_all()
    assert database.get(InnovationRevision, revision.id).source_text.name == "Ledger of gifts"


def test_who_signs_in_anew_in_one_tab_loses_no_words_in_the_other(client, database, scene):
    email = scene.partner.email
    sign_in(client, email, PASSWORD)
    revision = draft(scene)
    token = client.token()
    client.act("/sign-in", {"email": email, "password": PASSWORD})
    address = f"/innovations/{revision.innovation.slug}/edit/name"
    sent = {"csrf_token": token, "version": revision.version, "name": "A name", "short_description": WORDS}
    answer = client.post(address, data=sent, headers={"Referer": f"http://localhost{address}"})
    assert answer.status_code == 400
    assert WORDS in answer.text
    assert database.get(InnovationRevision, revision.id).source_text.name == "Ledger of gifts"


def test_a_session_that_was_signed_out_is_of_no_use_to_anybody(client, new_client, database, scene):
    client.become(scene.coordinator)
    revision = taken(scene)
    stolen, token = client.get_cookie("hub").value, client.token()
    client.act("/sign-out")
    before = entries(database)
    thief = new_client()
    thief.set_cookie("hub", stolen)
    for address in (
        "/account",
        "/coordinate",
        f"/coordinate/{revision.innovation.slug}",
        "/account/security",
    ):
        assert thief.get(address).status_code == 303
    slug = revision.innovation.slug
    assert thief.act(f"/innovations/{slug}/publish").status_code == 303
    assert thief.post(f"/innovations/{slug}/publish", data={"csrf_token": token}).status_code in {303, 400}
    assert entries(database) == before


def test_law_enforcement_that_ends_while_a_form_is_open_adds_nothing(client, database, scene):
    innovation = published(scene, readership=GEORGIAN_POLICE).innovation
    officer = make_member(law_enforcement="GE")
    client.become(officer)
    address = f"/innovations/{innovation.slug}/evidence/new"
    assert client.get(address).status_code == 200
    token = client.token()
    ended = update(LawEnforcementStatus).where(LawEnforcementStatus.member_id == officer.id)
    database.execute(ended.values(status=LawEnforcementState.REVOKED))
    database.commit()
    answer = client.post(address, data={"csrf_token": token, "title": "Seen", "finding": WORDS})
    assert answer.status_code == 404
    assert client.get(f"/innovations/{innovation.slug}").status_code == 404
    assert database.scalar(select(func.count()).select_from(Evidence)) == 0


def test_a_role_that_comes_back_is_there_with_the_next_click(client, database):
    member = make_member(roles=[Role.COORDINATOR], has_factor=False)
    client.become(member)
    assert client.get("/coordinate").location == "/account/security"
    database.add(TotpDevice(member_id=member.id, sealed_secret="x", created_at=now()))
    database.commit()
    assert client.get("/coordinate").status_code == 200
    assert database.get(Member, member.id).is_approved
