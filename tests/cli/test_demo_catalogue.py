"""The demonstration as a hub holds it, loaded once: levels, replications, annexes, readiness, who may go on."""

import json
import stat
from collections import Counter

import pytest
from sqlalchemy import func, select

from hub.access.viewer import VISITOR
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.catalogue.annexes.queries import annexes_of
from hub.catalogue.curation.queries import featured_innovations
from hub.catalogue.models import (
    Annex,
    Evidence,
    EvidenceStatus,
    Innovation,
    InnovationRevision,
    InnovationStatus,
    ProblemReport,
    ReadinessState,
    RecordClaim,
    ReplicationStatus,
    RevisionText,
)
from hub.catalogue.ownership.permissions import can_claim
from hub.catalogue.permissions import can_view
from hub.catalogue.readiness.queries import statements_of
from hub.catalogue.readiness.rule import readiness_of
from hub.catalogue.replications.permissions import can_confirm
from hub.cli.demo.command import fill, remove_data
from hub.cli.demo.people import PEOPLE, read_credentials
from hub.cli.demo.records import fictional_records, real_records
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import session
from hub.core.uploads import path_of
from hub.integrity.viewers import viewer_of
from hub.members.queries import member_by_email
from hub.organisations.models import Organisation, OrganisationStatus

TOLD = [row for row in fictional_records() if "evidence_level" in row]


@pytest.fixture
def settings(demo_settings):
    return demo_settings


@pytest.fixture
def loaded(demo_session):
    return demo_session


def record_named(name):
    return (
        session()
        .scalars(
            select(Innovation)
            .join(InnovationRevision, Innovation.id == InnovationRevision.innovation_id)
            .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
            .where(RevisionText.name == name)
        )
        .first()
    )


def viewer(account):
    return viewer_of(member_by_email(f"{account}@demo.example"))


def test_every_record_is_loaded_and_what_is_finished_is_shown(loaded):
    rows = real_records() + fictional_records()
    shown = select(func.count()).where(Innovation.status.in_(("published", "archived")))
    assert loaded.scalar(select(func.count()).select_from(Innovation)) == len(rows)
    assert loaded.scalar(shown) == sum("left_as" not in row for row in rows)


def test_real_records_have_no_evidence_no_replication_and_no_annex(loaded):
    real = {row["external_id"] for row in real_records()}
    compiled = loaded.scalars(select(Innovation).where(Innovation.external_id.in_(real))).all()
    assert len(compiled) == len(real)
    assert all(each.is_compiled and each.evidence_level is None for each in compiled)
    assert not any(each.evidence or each.replications for each in compiled)
    ids = {each.id for each in compiled}
    assert not ids & set(loaded.scalars(select(Annex.innovation_id)))


@pytest.mark.parametrize("row", TOLD, ids=lambda row: row["name"])
def test_a_record_reaches_what_the_data_say(loaded, row):
    innovation = record_named(row["name"])
    assert innovation.evidence_level == row["evidence_level"]
    ends = [each["ends_as"] for each in row.get("replications", ())]
    assert [each.status for each in innovation.replications] == ends


def test_every_level_is_shown(loaded):
    levels = set(loaded.scalars(select(Innovation.evidence_level)))
    assert levels == {None, 1, 2, 3, 4, 5}


def test_every_state_of_a_replication_is_shown():
    states = {each["ends_as"] for row in TOLD for each in row.get("replications", ())}
    assert states == set(ReplicationStatus) - {ReplicationStatus.WITHDRAWN}


def test_evidence_is_accepted_rejected_and_waiting_and_some_is_old_or_a_file(loaded, settings):
    states = Counter(loaded.scalars(select(Evidence.status)))
    assert {EvidenceStatus.ACCEPTED, EvidenceStatus.REJECTED, EvidenceStatus.SUBMITTED} <= set(states)
    files = [each.file for each in loaded.scalars(select(Evidence)) if each.file]
    assert {file.media_type for file in files} == {"text/csv", "text/plain"}
    assert all(path_of(settings.instance, file).stat().st_size == file.size for file in files)
    assert record_named("Owner Name Matcher (fictional)").stale_year


def test_a_dispute_shows_both_voices(loaded):
    (disputed,) = (
        each
        for each in record_named("Quiet Line (fictional)").replications
        if each.status is ReplicationStatus.DISPUTED
    )
    assert [(each.action, each.side) for each in disputed.statements] == [
        ("dispute", "adopter"),
        ("answer", "owner"),
    ]


@pytest.mark.parametrize(
    ("account", "titles"),
    [
        ("innovator", []),
        ("coordinator", []),
        ("officer", ["thresholds", "who answers", "spellings"]),
        ("officer2", ["thresholds"]),
        ("partner.ge", ["who answers"]),
        ("representative.es", ["draft agreement"]),
        ("representative.gb", ["thresholds", "draft agreement"]),
    ],
)
def test_annexes_are_for_whom_they_name_and_for_their_owner(loaded, account, titles):
    seen = [each.title for row in TOLD for each in annexes_of(record_named(row["name"]), viewer(account))]
    assert len(seen) == len(titles)
    assert all(any(words in title for title in seen) for words in titles)


def test_annexes_are_closed_to_visitors(loaded):
    records = [record_named(row["name"]) for row in TOLD]
    assert all(can_view(VISITOR, each) for each in records)
    assert not any(annexes_of(each, VISITOR) for each in records)
    assert {each.tlp for each in loaded.scalars(select(Annex))} == {"AMBER", "AMBER+STRICT", "RED"}


def test_one_record_is_featured_and_says_who_sponsors_it(loaded):
    (featured,) = featured_innovations(VISITOR, 3)
    assert "nobody sponsors this" in featured.featured_disclosure


def test_one_record_is_archived_with_its_lessons(loaded):
    archived = record_named("Licence Queue Cameras (fictional)")
    assert archived.status is InnovationStatus.ARCHIVED
    assert archived.archived_words
    assert archived.published_revision.source_text.lessons


def test_one_problem_waits_for_an_answer_and_no_claim_is_open(loaded):
    (report,) = loaded.scalars(select(ProblemReport))
    assert report.is_waiting
    assert loaded.scalar(select(func.count()).select_from(RecordClaim)) == 0


def test_one_translation_is_older_than_its_source(loaded):
    innovation = record_named("Village Budget Boards (fictional)")
    assert len(innovation.revisions) == 2
    assert innovation.published_revision.outdated_languages == ("id",)
    assert record_named("Tender Lens (fictional)").published_revision.outdated_languages == ()


def test_spain_is_ready_in_part(loaded):
    statements = statements_of("ES")
    rows = {
        name: readiness_of("ES", record_named(name).published_revision.prerequisites, statements)
        for name in ("Tender Lens (fictional)", "Owner Name Matcher (fictional)")
    }
    lens, matcher = rows.values()
    assert (lens.count(ReadinessState.READY), lens.count(ReadinessState.NEEDS), lens.count(None)) == (4, 2, 1)
    assert matcher.verdict is ReadinessState.BLOCKED
    assert all(statements_of(country) for country in ("GE", "ID"))


def test_georgias_organisation_may_claim_its_record_and_nobody_else(loaded):
    compiled = record_named("Tender Watch of Georgia (fictional)")
    assert can_claim(viewer("representative.ge"), compiled)
    others = [each.email for each in PEOPLE if each.account != "representative.ge"]
    assert not any(can_claim(viewer_of(member_by_email(email)), compiled) for email in others)


def test_a_spanish_representative_may_confirm_a_replication_and_its_claimant_may_not(loaded):
    (claimed,) = record_named("Owner Name Matcher (fictional)").replications
    assert can_confirm(viewer("representative.es"), claimed)
    assert not can_confirm(viewer("representative.no"), claimed)
    assert not can_confirm(viewer("partner.es"), claimed)


def test_only_fictional_organisations_are_verified(loaded):
    verified = set(
        loaded.scalars(select(Organisation.name).where(Organisation.status == OrganisationStatus.VERIFIED))
    )
    assert verified == {person.represents for person in PEOPLE if person.represents}


def test_the_accounts_file_names_roles_and_organisations_and_is_private(settings):
    path = settings.instance / "demo-accounts.json"
    accounts = {row["email"]: row for row in json.loads(path.read_text(encoding="utf-8"))}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert accounts["partner.es@demo.example"]["roles"] == ["focal_point"]
    assert (
        accounts["representative.ge@demo.example"]["organisation"]
        == "Fictional Procurement Monitor of Georgia"
    )
    assert set(accounts) == {person.email for person in PEOPLE}


def test_the_audit_log_is_whole(loaded):
    assert verify_stored(stored_entries(), first_loose_number()).first_break is None


def test_a_second_start_leaves_everything_as_it_is(settings):
    path = settings.instance / "demo-accounts.json"
    before = path.read_bytes()
    prepare_instance(settings)
    assert not fill(settings)
    assert path.read_bytes() == before


def test_who_came_to_the_demonstration_later_gets_an_account_beside_the_present_ones(tmp_path):
    path = tmp_path / "demo-accounts.json"
    former = {"email": "admin@demo.example", "password": "kept as it was"}
    path.write_text(json.dumps([former]), encoding="utf-8")
    passwords = {email: each.password for email, each in read_credentials(path).items()}
    assert passwords["admin@demo.example"] == "kept as it was"
    assert passwords == {
        row["email"]: row["password"] for row in json.loads(path.read_text(encoding="utf-8"))
    }
    assert len(passwords) == len(PEOPLE)


def test_a_reset_leaves_no_file_behind(tmp_path):
    settings = Settings(instance=tmp_path, database_url="")
    for name in ("hub.sqlite", "demo-accounts.json", "uploads/ab/file", "index/segment"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    remove_data(settings)
    assert list(tmp_path.iterdir()) == []
