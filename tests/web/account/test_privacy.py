"""Own data and erasing the account, through the pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import TooManyError
from hub.core.outbox import OutboxMessage
from hub.jobs.exporting import Exporter
from hub.members.models import DataExport, MemberStatus, SignInSession
from hub.privacy.archive import path_of
from hub.web.limits import EXPORTS, OWN_DATA, spend
from tests.catalogue.records import draft, make_scene, published, submitted
from tests.commitments.making import make_commitment, make_handover
from tests.factories import PASSWORD, make_member
from tests.showcases.scenes import EVERYBODY, POLICE, opened_showcase, proposed_entry
from tests.web.client import sign_in

ADDRESS = "ana@test.example"


@pytest.fixture
def ana(database):
    return make_member(ADDRESS, display_name="Ana")


@pytest.fixture
def browser(client, ana):
    return client.become(ana)


def make_file(app, database):
    """Have the worker make what waits."""
    folder = app.extensions["hub"].settings.instance.absolute()
    assert Exporter(database.get_bind(), folder).step()
    database.expire_all()


def wait_long():
    """Let so much time pass that the password is asked for again."""
    session().execute(update(SignInSession).values(confirmed_at=now() - timedelta(minutes=11)))
    session().commit()


def test_the_file_is_ordered_made_and_fetched(app, browser, database):
    assert "Make a file of my data" in browser.get("/account/privacy").text
    shown = browser.act("/account/privacy/export", follow_redirects=True)
    assert "being made" in shown.text
    assert "Make a file" not in shown.text
    make_file(app, database)
    export = database.scalars(select(DataExport)).one()
    answer = browser.act(f"/account/privacy/exports/{export.public_id}/download")
    assert answer.mimetype == "application/zip"
    assert answer.data.startswith(b"PK")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()


def test_ordering_and_fetching_ask_for_the_password_again(app, browser, database):
    wait_long()
    asked = browser.act("/account/privacy/export")
    assert asked.status_code == 403
    assert "confirming_password" in asked.text
    assert not database.scalars(select(DataExport)).all()


def test_nobody_else_gets_the_file(app, browser, database, new_client):
    browser.act("/account/privacy/export")
    make_file(app, database)
    path = f"/account/privacy/exports/{database.scalar(select(DataExport.public_id))}/download"
    assert new_client().become(make_member(roles=[Role.ADMINISTRATOR])).act(path).status_code == 404
    database.execute(update(DataExport).values(expires_at=now()))
    assert browser.act(path).status_code == 404


def test_a_second_one_meanwhile_changes_nothing(browser, database):
    for _ in range(2):
        shown = browser.act("/account/privacy/export", follow_redirects=True)
    assert "being made already" in shown.text
    assert len(database.scalars(select(DataExport)).all()) == 1


def test_five_an_hour(app, browser, database):
    for _ in range(5):
        browser.act("/account/privacy/export")
        make_file(app, database)
    shown = browser.act("/account/privacy/export", follow_redirects=True)
    assert "which is the most" in shown.text


def test_the_account_is_erased_and_signed_out_everywhere(app, browser, database, ana, new_client):
    browser.act("/account/privacy/export")
    make_file(app, database)
    folder = app.extensions["hub"].settings.instance.absolute()
    file = path_of(folder, database.scalar(select(DataExport.file_name)))
    assert file.exists()
    elsewhere = new_client().become(ana)
    shown = browser.get("/account/privacy/erase")
    assert "under the name “Former member” with random letters" in shown.text
    done = browser.submit(shown, {"address": " Ana@Test.example"})
    assert (done.status_code, done.headers["Location"]) == (303, "/erased")
    assert ana.public_id in browser.get("/erased").text
    assert ana.status is MemberStatus.ERASED
    for each in (browser, elsewhere):
        assert each.get("/account").status_code == 303
    assert sign_in(new_client(), ADDRESS, PASSWORD).status_code == 422
    assert not file.exists()
    assert database.scalars(select(OutboxMessage.kind)).all() == ["account_erased"]


def test_another_address_erases_nothing(browser, ana):
    shown = browser.submit("/account/privacy/erase", {"address": "other@test.example"})
    assert shown.status_code == 422
    assert "not the email address of your account" in shown.text
    assert "other@test.example" in shown.text
    assert ana.status is MemberStatus.APPROVED


def test_erasing_asks_for_the_password_again(browser, ana):
    wait_long()
    asked = browser.submit("/account/privacy/erase", {"address": ADDRESS})
    assert asked.status_code == 403
    assert ana.status is MemberStatus.APPROVED
    assert browser.submit(asked, {"confirming_password": PASSWORD}).status_code == 303
    assert ana.status is MemberStatus.ERASED


def test_the_page_names_what_becomes_of_everything(client, database):
    scene = make_scene()
    draft(scene, name="Begun ledger")
    submitted(scene, name="Waiting ledger")
    published(scene, name="Shown ledger")
    make_commitment(owner=scene.partner, title="A public register")
    make_handover(make_commitment(title="Open budgets"), to=scene.partner, by=make_member())
    shown = client.become(scene.partner).get("/account/privacy/erase")
    for words in (
        "1 draft",
        "Begun ledger",
        "1 revision that waits",
        "Waiting ledger",
        "1 innovation that only you look after",
        "Shown ledger",
        "1 organisation for which only you speak",
        scene.owner.name,
        "1 commitment that you answer for",
        "A public register",
        "1 commitment that you are asked to take over",
        "Open budgets",
    ):
        assert words in shown.text, words


def test_the_page_names_no_showcase_outside_whose_audience_one_is(client, database):
    leaver = make_member()
    entries = [
        proposed_entry(opened_showcase(readership=each), by=leaver, organisation_id=None, presenters=[])
        for each in (EVERYBODY, POLICE)
    ]
    shown = client.become(leaver).get("/account/privacy/erase").text
    assert "2 entries that wait for an answer" in shown
    assert [each.public_id in shown for each in entries] == [True, False]
    assert entries[1].showcase.slug not in shown


def test_the_last_coordinators_must_hand_over_first(client, database):
    needed = make_member(ADDRESS, roles=[Role.COORDINATOR])
    browser = client.become(needed)
    shown = browser.get("/account/privacy/erase")
    assert "A successor must come first" in shown.text
    assert "Erase my account for good" not in shown.text
    refused = browser.act("/account/privacy/erase", {"address": ADDRESS})
    assert refused.status_code == 409
    assert needed.status is MemberStatus.APPROVED


@pytest.mark.parametrize("status", [MemberStatus.APPLIED, MemberStatus.CONFIRMED, MemberStatus.LAPSED])
def test_who_is_not_approved_has_the_same_rights(client, database, status):
    somebody = make_member(ADDRESS, status=status)
    browser = client.become(somebody)
    assert browser.get("/account/privacy").status_code == 200
    assert browser.act("/account/privacy/export").status_code == 303
    assert browser.submit("/account/privacy/erase", {"address": ADDRESS}).status_code == 303
    assert somebody.status is MemberStatus.ERASED


def test_the_own_file_has_a_limit_of_its_own(app, browser, ana):
    """Who downloaded as many results as an hour allows still gets what is theirs."""
    with app.test_request_context():
        for _ in range(EXPORTS.amount):
            spend(EXPORTS, key=f"member:{ana.public_id}")
        with pytest.raises(TooManyError):
            spend(EXPORTS, key=f"member:{ana.public_id}")
    browser.act("/account/privacy/export")
    assert session().scalars(select(DataExport)).one().member_id == ana.id
    with app.test_request_context():
        for _ in range(OWN_DATA.amount - 1):
            spend(OWN_DATA, key=f"member:{ana.public_id}")
    session().execute(update(DataExport).values(failed_at=now()))
    session().commit()
    answer = browser.act("/account/privacy/export", follow_redirects=True)
    assert "which is the most" in answer.text
