"""Importing makes drafts, changes what it made before, and leaves out bad rows whole."""

import pytest
from sqlalchemy import func, select

from hub.access.audience import Audience, Readership, Tlp
from hub.audit.models import AuditEntry
from hub.catalogue.models import Innovation, RevisionStatus
from hub.core.database import session, transaction
from tests.catalogue.records import declined, make_scene, published, submitted
from tests.factories import make_member, make_organisation
from tests.interchange.rows import GOOD, counts, only, row, said

pytestmark = pytest.mark.db


def test_a_row_becomes_a_complete_draft(bring, focal_point):
    assert counts(bring(focal_point, [GOOD])) == (1, 0, 0, 0)
    innovation = only()
    revision = innovation.latest_revision
    assert revision.status is RevisionStatus.DRAFT
    assert revision.missing_parts == ()
    assert innovation.import_source == "GE/registry"
    assert innovation.owner.name == "Civil Service Bureau"
    assert innovation.owner.country == "GE"
    assert revision.source_text.name == "Ledger of gifts"
    assert revision.source_language == "en-GB"
    assert revision.readership == Readership(Audience.PUBLIC, Tlp.CLEAR)
    assert session().scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_the_same_file_again_changes_nothing(bring, focal_point):
    bring(focal_point, [GOOD, row(external_id="2")])
    assert counts(bring(focal_point, [GOOD, row(external_id="2")])) == (0, 0, 2, 0)
    assert session().scalar(select(func.count()).select_from(AuditEntry)) == 2


def test_a_changed_row_changes_its_draft(bring, focal_point):
    bring(focal_point, [row(stage="beta")])
    report = bring(focal_point, [{"source": "registry", "external_id": "1", "name": "Ledger", "kind": ""}])
    assert counts(report) == (0, 1, 0, 0)
    revision = only().latest_revision
    assert (revision.number, revision.source_text.name, revision.kind) == (1, "Ledger", None)
    assert revision.stage == "beta"  # no column spoke of it


def test_a_published_record_gets_a_new_revision(bring, database):
    scene = make_scene()
    revision = published(scene)
    id_ = revision.innovation.public_id
    report = bring(scene.partner, [{"id": id_, "name": "Ledger of all gifts"}])
    assert counts(report) == (0, 1, 0, 0)
    innovation = only()
    assert innovation.published_revision.source_text.name == "Ledger of gifts"
    assert innovation.latest_revision.source_text.name == "Ledger of all gifts"
    assert innovation.latest_revision.kind == "software"
    assert counts(bring(scene.partner, [{"id": id_, "name": "Ledger of all gifts"}])) == (0, 0, 1, 0)


def test_a_declined_record_begins_anew(bring, database):
    scene = make_scene()
    id_ = declined(scene).innovation.public_id
    assert counts(bring(scene.partner, [{"id": id_, "name": "Better"}])) == (0, 1, 0, 0)
    assert only().latest_revision.number == 2


def test_what_is_in_review_is_not_changed(bring, database):
    scene = make_scene()
    id_ = submitted(scene).innovation.public_id
    assert counts(bring(scene.partner, [{"id": id_, "name": "Ledger of gifts"}])) == (0, 0, 1, 0)
    report = bring(scene.partner, [{"id": id_, "name": "Better"}])
    assert counts(report) == (0, 0, 0, 1)
    assert "in review" in report.problems[0].words()


def test_nothing_is_overwritten_that_has_gone_on(bring, database):
    scene = make_scene()
    id_ = published(scene).innovation.public_id
    assert counts(bring(scene.partner, [{"id": id_, "version": "1", "name": "Mine"}])) == (0, 1, 0, 0)
    report = bring(scene.partner, [{"id": id_, "version": "1", "name": "Other"}])
    assert said(report) == [(id_, 2, "version")]


def test_an_id_finds_only_what_one_may_see(bring, focal_point):
    scene = make_scene("ES")
    public, hidden = published(scene), submitted(scene, name="Hidden")
    rows = [
        {"id": public.innovation.public_id, "name": "Ledger of gifts"},
        {"id": public.innovation.slug, "name": "Mine now"},
        {"id": hidden.innovation.public_id, "name": "Hidden"},
        {"id": "no-such-record", "name": "Any"},
    ]
    report = bring(focal_point, rows)
    assert counts(report) == (0, 0, 1, 3)
    words = [each.words() for each in report.problems]
    assert words[1:] == ["There is no record with this id. Leave the cell empty to make a new one."] * 2


def test_what_one_may_see_but_not_change_is_unchanged_or_refused(bring, focal_point):
    scene = make_scene("ES")
    id_ = published(scene).innovation.public_id
    assert counts(bring(focal_point, [{"id": id_, "name": "Ledger of gifts"}])) == (0, 0, 1, 0)
    report = bring(focal_point, [{"id": id_, "name": "Mine"}])
    assert report.problems[0].words() == "You may not change this record."


def test_two_people_of_one_country_share_their_collections(bring, focal_point):
    colleague, stranger = make_member(focal_country="GE"), make_member(focal_country="ES")
    bring(focal_point, [GOOD])
    assert bring(colleague, [GOOD]).problems[0].words() == "You may not change this record."
    assert counts(bring(stranger, [row(organisation="")])) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "cell", "words"),
    [
        ("kind", "Softwares", ["Did you mean software?", "Use one of these: software, data,"]),
        ("kind", "spaceship", ["Use one of these: software, data,"]),
        ("sectors", "heath", ["Did you mean health?", "See “Codes” under “Columns” on the import page."]),
        ("sectors", "qqq", ["See “Codes” under “Columns” on the import page."]),
        ("licence", "EUPL-1.2x", ["Did you mean EUPL-1.2?"]),
        ("countries", "Georgia", ["“Georgia” is no code of a country. Use two letters, such as GE."]),
        ("unsuitable", "Georgia | Law", ["“Georgia” is no code of a country."]),
        ("prerequisites", "lawn | A law on gifts", ["Did you mean law?", "Use one of these: law, data"]),
        ("languages", "Georgian", ["“Georgian” is no code of a language."]),
        ("language", "Georgian", ["“Georgian” is no code of a language."]),
    ],
)
def test_an_unknown_code_is_told_with_those_that_there_are(bring, focal_point, name, cell, words):
    (problem,) = bring(focal_point, [row(**{name: cell})], is_dry_run=True).problems
    assert problem.field == name
    assert all(each in problem.words() for each in words), problem.words()


def test_every_fault_of_a_row_is_named_at_once(bring, focal_point):
    sources = "ftp://example.org | About | 27.3.2026\nhttps://example.org | | 2026-13-01\nftp://example.com"
    report = bring(focal_point, [row(sources=sources, kind="spaceship", website_url="example")])
    assert counts(report) == (0, 0, 0, 1)
    assert [(each.field, each.words()[:11]) for each in report.problems] == [
        ("sources", "Enter the d"),
        ("sources", "Enter a web"),
        ("kind", "“spaceship”"),
        ("website_url", "Enter a web"),
    ]


def test_rows_of_a_cell_are_each_judged(bring, focal_point):
    needs = "law | \ndata | Tenders | law.access_to_information\nlaws | A law"
    report = bring(focal_point, [row(prerequisites=needs, unsuitable="XX | \nGE | Law\nGE | Too")])
    assert sorted((each.field, each.words()[:20]) for each in report.problems) == [
        ("prerequisites", "Choose a common prer"),
        ("prerequisites", "Say what is needed."),
        ("prerequisites", "“laws” is not in the"),
        ("unsuitable", "Name each country on"),
        ("unsuitable", "Say why it cannot be"),
        ("unsuitable", "“XX” is no code of a"),
    ]


def test_bad_rows_are_named_and_the_others_taken(bring, focal_point):
    rows = [
        row(external_id="1"),
        row(external_id="2", kind="spaceship", countries="GE; XX; YY"),
        row(external_id="3", name=""),
        row(external_id="", name="No id"),
        row(external_id="5", website_url="javascript:alert(1)"),
        row(external_id="6", year_started="n/a", problem="N/A"),
        row(external_id="7", sources="https://example.org | About | yesterday"),
        row(external_id="8", name="A\0B"),
        row(external_id="9", audience="organisations"),
        row(external_id="10", audience="public", tlp="TLP:AMBER"),
        row(external_id="11"),
    ]
    report = bring(focal_point, rows)
    assert counts(report) == (2, 0, 0, 9)
    assert said(report) == [
        ("2", 3, "kind"),
        ("2", 3, "countries"),
        ("2", 3, "countries"),
        ("3", 4, "name"),
        ("line 5", 5, "external_id"),
        ("5", 6, "website_url"),
        ("6", 7, "year_started"),
        ("6", 7, "problem"),
        ("7", 8, "sources"),
        ("8", 9, "name"),
        ("9", 10, "audience"),
        ("10", 11, "tlp"),
    ]
    assert "“spaceship”" in report.problems[0].words()
    assert report.problems[1].words().endswith("Use two letters, such as GE.")
    assert {each.external_id for each in session().scalars(select(Innovation))} == {"1", "11"}


def test_a_placeholder_is_named(bring, focal_point):
    report = bring(focal_point, [row(problem="N/A", staffing="-")])
    assert [each.field for each in report.problems] == ["problem", "staffing"]


def test_the_second_of_two_rows_with_one_id_is_refused(bring, focal_point):
    report = bring(focal_point, [GOOD, row(external_id="2"), row(name="Twice")])
    assert counts(report) == (2, 0, 0, 1)
    assert report.problems[0].words() == "This record stands in the file already, in line 2."
    assert said(report) == [("1", 4, "external_id")]


def test_one_record_by_two_names_is_refused(bring, focal_point):
    bring(focal_point, [GOOD])
    rows = [row(name="First"), row(id=only().public_id, name="Second")]
    report = bring(focal_point, rows)
    assert counts(report) == (0, 1, 0, 1)
    assert said(report) == [("1", 3, "id")]


def test_translations_come_and_go(bring, focal_point):
    bring(focal_point, [row(**{"name:ka": "საჩუქრების წიგნი", "problem:ka": "", "name:ru": ""})])
    revision = only().latest_revision
    assert {text.language: text.name for text in revision.texts} == {
        "en-GB": "Ledger of gifts",
        "ka": "საჩუქრების წიგნი",
    }
    assert revision.outdated_languages == ()
    bring(focal_point, [row(name="Ledger")])
    assert only().latest_revision.outdated_languages == ("ka",)
    assert counts(bring(focal_point, [row(name="Ledger", **{"name:ka": "წიგნი"})])) == (0, 1, 0, 0)
    assert only().latest_revision.outdated_languages == ()
    assert counts(bring(focal_point, [row(name="Ledger", **{"name:ka": ""})])) == (0, 1, 0, 0)
    assert not only().latest_revision.has_text_in("ka")


def test_a_translation_is_checked(bring, focal_point):
    rows = [
        row(external_id="1", **{"problem:ka": "x", "name:ka": ""}),
        row(external_id="2", **{"name:en-GB": "Same language"}),
        row(external_id="3", **{"name:ka": "x" * 121}),
    ]
    report = bring(focal_point, rows)
    assert counts(report) == (0, 0, 0, 3)
    assert said(report) == [("1", 2, "name:ka"), ("2", 3, "language:en-GB"), ("3", 4, "name:ka")]


def test_the_language_of_a_record_is_not_changed(bring, focal_point):
    bring(focal_point, [row(language="ka")])
    assert said(bring(focal_point, [row(language="ru", name="x")])) == [("1", 2, "language")]


def test_json_says_the_same(bring, focal_point):
    record = {
        "source": "registry",
        "external_id": "1",
        "audience": "law_enforcement",
        "audience_countries": ["GE"],
        "texts": {"ka": {"name": "წიგნი"}, "en-GB": {"name": "Ledger"}},
        "language": "en-GB",
        "year_started": 2019,
        "countries": ["GE", "ES"],
        "organisations": [{"role": "funder", "name": "A fund"}],
        "prerequisites": [{"area": "law", "need": "A law", "topic": "law.open_contracting"}],
        "unsuitable": [{"country": "FR", "reason": "No law"}],
    }
    assert counts(bring(focal_point, [record], kind="json")) == (1, 0, 0, 0)
    assert counts(bring(focal_point, [record], kind="json")) == (0, 0, 1, 0)
    revision = only().latest_revision
    assert revision.readership == Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"GE"}))
    assert revision.source_text.name == "Ledger"


def test_wrong_types_in_json_are_named(bring, focal_point):
    record = {
        "external_id": "1",
        "name": 3,
        "countries": "GE",
        "year_started": "soon",
        "sources": {},
        "id": [],
    }
    report = bring(focal_point, [record], kind="json")
    assert sorted(each.field for each in report.problems) == [
        "countries",
        "id",
        "name",
        "sources",
        "year_started",
    ]


def test_a_focal_point_adds_organisations_of_their_country(bring, focal_point):
    known = make_organisation("Civil Service Bureau", country="GE")
    make_organisation("Foreign Office", country="ES")
    rows = [
        row(external_id="1", organisation="civil service bureau"),
        row(external_id="2", organisation="New Bureau"),
        row(external_id="3", organisation="New Bureau"),
        row(external_id="4", organisation="Foreign Office", organisation_country="ES"),
    ]
    report = bring(focal_point, rows)
    assert counts(report) == (3, 0, 0, 1)
    assert said(report) == [("4", 5, "organisation")]
    owners = {each.external_id: each.owner for each in session().scalars(select(Innovation))}
    assert owners["1"].id == known.id
    assert owners["2"].id == owners["3"].id
    assert owners["2"].country == "GE"


def test_a_representative_names_only_their_own(bring, database):
    own, other = make_organisation(), make_organisation()
    member = make_member(represents=[own])
    rows = [row(external_id="1", organisation=own.name), row(external_id="2", organisation=other.name)]
    report = bring(member, rows)
    assert counts(report) == (1, 0, 0, 1)
    assert only().import_source == f"org{own.id}/registry"


def test_a_coordinator_compiles_for_any_organisation(bring, coordinator):
    make_organisation("Two of them", country="GE")
    make_organisation("Two of them", country="ES")
    rows = [
        row(external_id="1", organisation="New", organisation_country="KE", organisation_type="government"),
        row(external_id="2", organisation="Two of them"),
        row(external_id="3", organisation="Two of them", organisation_country="ES"),
        row(external_id="4", organisation="Newer", organisation_type="spaceship"),
    ]
    report = bring(coordinator, rows)
    assert counts(report) == (2, 0, 0, 2)
    assert said(report) == [("2", 3, "organisation_country"), ("4", 5, "organisation_type")]
    innovation = session().scalars(select(Innovation).where(Innovation.external_id == "1")).one()
    assert innovation.is_compiled
    assert (innovation.owner.country, innovation.owner.type) == ("KE", "government")


def test_more_readers_wait_for_two_coordinators(bring, database):
    scene = make_scene()
    members = Readership(Audience.MEMBERS, Tlp.GREEN)
    id_ = published(scene, readership=members).innovation.public_id
    report = bring(scene.partner, [{"id": id_, "audience": "public", "name": "Ledger of gifts"}])
    assert said(report) == []
    assert (only().readership, only().latest_revision.is_widening) == (members, True)


def test_a_published_record_keeps_its_organisation(bring, database):
    scene = make_scene()
    id_ = published(scene).innovation.public_id
    another = make_organisation()
    make_member(represents=[another])
    report = bring(scene.partner, [{"id": id_, "organisation": another.name, "name": "Ledger of gifts"}])
    assert said(report) == [(id_, 2, "organisation")]


def test_narrowing_acts_at_once(bring, database):
    scene = make_scene()
    id_ = published(scene).innovation.public_id
    assert counts(bring(scene.partner, [{"id": id_, "audience": "members", "name": "Ledger of gifts"}])) == (
        0,
        1,
        0,
        0,
    )
    assert only().audience is Audience.MEMBERS


def test_formulas_and_emoji_are_texts(bring, focal_point):
    bring(focal_point, [row(name="=1+1 🙂", problem="'=cmd|' /C calc'!A0", lessons="-5 %\n+3 %")])
    words = only().latest_revision.source_text
    assert (words.name, words.problem, words.lessons) == ("=1+1 🙂", "=cmd|' /C calc'!A0", "-5 %\n+3 %")


def test_the_widest_limits_hold(bring, focal_point):
    rows = [row(external_id="x" * 81), row(source="x" * 61), row(external_id="1", name="x" * 121)]
    report = bring(focal_point, rows)
    assert [each.field for each in report.problems] == ["external_id", "source", "name"]
    assert "120" in report.problems[2].words()


def test_saving_by_hand_and_importing_meet(bring, focal_point):
    bring(focal_point, [GOOD])
    with transaction():
        only().latest_revision.source_text.name = "By hand"
    assert counts(bring(focal_point, [GOOD])) == (0, 1, 0, 0)
    assert only().latest_revision.source_text.name == "Ledger of gifts"


def test_half_characters_and_nul_fail_their_rows_only(bring, focal_point):
    names = ("id", "external_id", "source", "organisation", "name", "language")
    rows = [{"external_id": str(n), "name": "A", name: "\ud800\0"} for n, name in enumerate(names)]
    report = bring(focal_point, [*rows, {"external_id": "good", "name": "B"}], kind="json")
    assert counts(report) == (1, 0, 0, len(names))
    assert [each.field for each in report.problems] == list(names)


def test_a_language_that_is_none_is_left_out(bring, focal_point):
    record = {"external_id": "1", "language": "en", "texts": {"en": {"name": "A"}, "Georgian": {"name": "B"}}}
    report = bring(focal_point, [record], kind="json")
    assert counts(report) == (1, 0, 0, 0)
    assert [each.field for each in report.problems] == ["name:Georgian"]
