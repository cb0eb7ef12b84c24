"""The file of own data: what the person may see and no more, made by the worker, for its owner only."""

import json
import stat
from datetime import timedelta
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import select, update

from hub.access.audience import Tlp
from hub.access.viewer import Role
from hub.audit.events import Event
from hub.audit.models import AuditEntry
from hub.audit.service import record
from hub.catalogue.models import Annex
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.jobs import exporting
from hub.jobs.exporting import Exporter
from hub.members.models import AbuseReport, ContactMessage, MemberStatus, RoleGrant
from hub.notifications.models import Notification
from hub.notifications.service import notify
from hub.organisations.models import OrganisationMembership, OrganisationStatus
from hub.privacy.archive import PARTS, exports_folder, path_of, unlink_but
from hub.privacy.collecting import own_data
from hub.privacy.erasure import erase_account
from hub.privacy.exports import KEPT_FOR, ask_export, claim, exports_of, file_names, is_ready, ready_export
from hub.privacy.inventory import INVENTORY
from hub.vetting.models import OrganisationMerge
from hub.vetting.roles import propose_role
from tests.catalogue.records import POLICE, draft, make_scene, published
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


def ask(member, language="en-GB"):
    with transaction():
        return ask_export(member, language)


def made(member, folder):
    """Ask, and let the worker make the file."""
    export = ask(member)
    assert Exporter(session().get_bind(), folder).step()
    session().refresh(export)
    return export


def read(folder, export):
    """Return the JSON files of an archive by name."""
    with ZipFile(path_of(folder, export.file_name)) as archive:
        assert archive.testzip() is None
        return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}


def test_the_worker_makes_a_private_file_and_tells_its_owner(database, tmp_path):
    somebody = make_member(display_name="Ana")
    export = made(somebody, tmp_path)
    path = path_of(tmp_path, export.file_name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert export.size == path.stat().st_size
    assert export.expires_at - export.made_at == KEPT_FOR
    assert somebody.public_id not in path.name
    files = read(tmp_path, export)
    assert set(PARTS) == {*INVENTORY, "log"}
    assert set(files) <= {f"{part}.json" for part in PARTS}
    assert all(files.values())
    assert "messages.json" not in files
    assert all(rows for held in files.values() if isinstance(held, dict) for rows in held.values())
    assert files["account.json"]["account"]["display_name"] == "Ana"
    assert database.scalar(select(Notification.kind)) == "export_ready"
    entry = database.scalars(select(AuditEntry)).one()
    assert (entry.tag, entry.actor) == (Event.MEMBER_EXPORT_DATA, somebody.public_id)
    with ZipFile(path) as archive:
        assert "ask" not in archive.read("README.txt").decode()[:20]
        assert "TLP:RED" in archive.read("README.txt").decode()


def test_one_is_made_at_a_time_and_only_its_owner_gets_it(database, tmp_path):
    somebody, other = make_member(), make_member()
    ask(somebody)
    with pytest.raises(ConflictError):
        ask(somebody)
    assert Exporter(database.get_bind(), tmp_path).step()
    assert not Exporter(database.get_bind(), tmp_path).step()
    (export,) = exports_of(somebody)
    database.refresh(export)
    assert ready_export(somebody, export.public_id) is export
    with pytest.raises(NotFoundError):
        ready_export(other, export.public_id)
    with time_machine.travel(now() + KEPT_FOR, tick=False):
        assert not is_ready(export)
        with pytest.raises(NotFoundError):
            ready_export(somebody, export.public_id)


def test_a_silent_worker_is_replaced_and_its_file_is_thrown_away(database, tmp_path):
    export = ask(make_member())
    with transaction():
        assert claim(export.id) is not None
    assert not Exporter(database.get_bind(), tmp_path).step()
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert Exporter(database.get_bind(), tmp_path).step()
    database.refresh(export)
    assert export.made_at is not None


def test_a_full_disk_is_told_and_another_may_be_asked_for(database, tmp_path, monkeypatch):
    def fail(*_arguments):
        raise OSError("no space left")

    somebody = make_member()
    monkeypatch.setattr(exporting, "write_archive", fail)
    export = made(somebody, tmp_path)
    assert (export.made_at, export.failed_at is None) == (None, False)
    monkeypatch.undo()
    assert made(somebody, tmp_path).file_name


def test_erasing_meanwhile_leaves_no_file(database, tmp_path, monkeypatch):
    somebody = make_member()
    ask(somebody)
    collect = exporting.own_data

    def erase_then_collect(member):
        found = collect(member)
        with transaction():
            erase_account(member)
        return found

    monkeypatch.setattr(exporting, "own_data", erase_then_collect)
    assert Exporter(database.get_bind(), tmp_path).step()
    assert not list(exports_folder(tmp_path).glob("*"))
    assert not file_names()


def test_no_other_person_is_named(database):
    somebody = make_member()
    other = make_member("secretive@test.example", display_name="Verona")
    with transaction():
        database.add(ContactMessage(sender_id=somebody.id, receiver_id=other.id, subject="A", words="Hello"))
        database.add(ContactMessage(sender_id=other.id, receiver_id=somebody.id, subject="B", words="Hi"))
        database.add(
            AbuseReport(kind="harassment", words="Ugly.", reported_by_id=other.id, about_id=somebody.id)
        )
    told = json.dumps(own_data(somebody))
    assert "Hello" in told
    assert "Hi" in told
    for hidden in ("Verona", "secretive", other.public_id, "Ugly."):
        assert hidden not in told


def test_internal_notes_stay_inside(database):
    somebody, proposing = make_member(), make_member(roles=[Role.COORDINATOR])
    with transaction():
        propose_role(proposing, somebody, Role.INTEGRITY_OFFICER, reason="Owes me a favour.")
        declare_interest(somebody, Declaration("employer", "Bureau", words="My own words."))
    told = json.dumps(own_data(somebody))
    assert "favour" not in told
    assert "My own words." in told
    log = own_data(somebody)["log"]
    assert [each["action"] for each in log] == [Event.MEMBER_DECLARE_INTEREST]
    assert log[0]["by"] == "yourself"


def test_what_may_not_be_seen_any_more_is_a_date(database):
    scene = make_scene()
    draft(scene, name="Quiet ledger")
    published(scene, name="Police only", readership=POLICE)
    name = "innovations.registered_by_id"
    assert all("slug" in each for each in own_data(scene.partner)["records"][name])
    with transaction():
        database.query(OrganisationMembership).delete()
    # registering gives sight for good; once the account lapses it sees what visitors see
    with transaction():
        scene.partner.status = MemberStatus.LAPSED
    rows = own_data(scene.partner)["records"][name]
    assert rows
    assert all(set(each) == {"registered_at"} for each in rows)


def test_of_what_is_red_only_date_and_label_are_given(database):
    scene = make_scene()
    innovation = published(scene).innovation
    moment = now()
    with transaction():
        for tlp in (Tlp.AMBER, Tlp.RED):
            annex = Annex(
                innovation_id=innovation.id,
                title=f"Title {tlp}",
                body=f"Body {tlp}",
                language="en-GB",
                added_by_id=scene.partner.id,
                added_at=moment,
                saved_at=moment,
            )
            annex.audience, annex.tlp = "people", tlp
            database.add(annex)
    rows = own_data(scene.partner)["records"]["annexes.added_by_id"]
    assert [each.get("title") for each in rows] == ["Title AMBER", None]
    assert rows[1] == {"tlp": "RED", "added_at": moment.isoformat()}


def test_files_that_no_row_names_go_after_a_day(database, tmp_path):
    export = made(make_member(), tmp_path)
    kept = path_of(tmp_path, export.file_name)
    loose = kept.with_name("loose.zip.draft")
    loose.write_bytes(b"x")
    assert unlink_but(tmp_path, file_names()) == 0
    with time_machine.travel(now() + timedelta(hours=25), tick=False):
        assert unlink_but(tmp_path, file_names(), is_dry_run=True) == 1
        assert loose.exists()
        assert unlink_but(tmp_path, file_names()) == 1
    assert (kept.exists(), loose.exists()) == (True, False)


CANARY = "kestrelword"


def log_of(member):
    return [each.get("reason") for each in own_data(member)["log"]]


@pytest.mark.parametrize("readership", [None, POLICE])
def test_words_of_the_log_are_given_where_they_are_ones_own_and_the_thing_is_shown(database, readership):
    scene = make_scene()
    innovation = published(scene, **({"readership": readership} if readership else {})).innovation
    with transaction():
        record(viewer_of(scene.partner), Event.INNOVATION_OFFER, innovation.subject, reason=CANARY)
        record(
            viewer_of(scene.partner), Event.INNOVATION_REQUEST_CHANGES, innovation.subject, reason="A note."
        )
        record(
            viewer_of(scene.partner), Event.ORGANISATION_MERGE, scene.owner.subject, reason="Others' words."
        )
        record(viewer_of(scene.partner), Event.INNOVATION_OFFER, "innovation:none", reason="Of nothing.")
    assert [each for each in log_of(scene.partner) if each] == [CANARY]
    with transaction():
        scene.partner.status = MemberStatus.LAPSED
    assert (CANARY in log_of(scene.partner)) is (readership is None)
    actions = [each["action"] for each in own_data(scene.partner)["log"]]
    assert Event.INNOVATION_OFFER in actions


def test_of_a_red_notification_only_date_and_label_are_given(database):
    somebody = make_member()
    with transaction():
        for tlp in (Tlp.RED, Tlp.AMBER):
            notify([somebody.id], "message_received", "message:x", tlp=tlp)
    amber, red = own_data(somebody)["notifications"]["notifications.member_id"]
    assert (amber["tlp"], amber["kind"]) == ("AMBER", "message_received")
    assert set(red) == {"tlp", "created_at"}
    assert red["tlp"] == "RED"


def test_reasons_of_proposals_go_with_the_sight_of_what_they_are_about(database):
    coordinator = make_member(roles=[Role.COORDINATOR])
    one, other = (make_organisation(name, status=OrganisationStatus.UNVERIFIED) for name in ("One", "Other"))
    with transaction():
        database.add(
            OrganisationMerge(
                organisation_id=one.id,
                into_id=other.id,
                reason=CANARY,
                proposed_by_id=coordinator.id,
                proposed_at=now(),
                status=ProposalStatus.PROPOSED,
            )
        )
    assert CANARY in json.dumps(own_data(coordinator))
    with transaction():
        database.execute(update(RoleGrant).values(ended_at=now(), granted_at=now() - timedelta(days=1)))
    database.expire_all()
    assert CANARY not in json.dumps(own_data(coordinator))


def test_notifications_name_what_they_are_about_while_it_may_be_seen(database):
    somebody = make_member()
    seen = make_organisation("Open Ledger")
    hidden = make_organisation("Hidden", status=OrganisationStatus.UNVERIFIED)
    with transaction():
        notify([somebody.id], "membership_ended", seen.subject)
        notify([somebody.id], "membership_ended", hidden.subject)
    first, second = own_data(somebody)["notifications"]["notifications.member_id"]
    assert (first["subject"], first["title"]) == (seen.subject, "Open Ledger")
    assert not {"subject", "title"} & set(second)
