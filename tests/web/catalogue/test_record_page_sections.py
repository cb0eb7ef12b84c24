"""What each section of a record says, to whom, and what it says where there is nothing."""

import json
from datetime import timedelta

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.annexes.service import AnnexDetails, add_annex
from hub.catalogue.evidence.service import EvidenceDetails, accept_evidence, add_evidence
from hub.catalogue.models import (
    OrganisationDetails,
    OrganisationRole,
    PrerequisiteDetails,
    ReadinessState,
    UnsuitableDetails,
)
from hub.catalogue.readiness.service import StatementDetails, state_prerequisites
from hub.catalogue.replications.service import ReplicationDetails, claim_replication
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import submit_revision
from hub.catalogue.tasks.service import take_task
from hub.catalogue.texts.service import save_text
from hub.core.clock import now
from hub.core.database import transaction
from tests.catalogue.records import MEMBERS, draft, published, revised, save
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

ADDRESS = "/innovations/ledger-of-gifts"

WHOLE = {
    "results": "Three times as many gifts are registered.",
    "novelty": "It is open.",
    "conditions": "A law on gifts.",
    "lessons": "Begin with one ministry.",
    "do_no_harm": "A gift is no proof.",
    "privacy": "Givers are people.",
    "misuse_risk": "Show every ministry.",
    "cost_band": "10000_50000",
    "staffing": "One clerk, half time",
    "time_to_deploy": "Four months",
    "languages": ("ka", "en"),
    "based_on": "https://example.org/older-ledger",
    "contact_name": "Desk of the ledger",
    "contact_address": "ledger@example.org",
    "prerequisites": (
        PrerequisiteDetails("staff", "A clerk who knows the law"),
        PrerequisiteDetails("law", "Officials declare gifts", "law.asset_declarations"),
    ),
    "organisations": (OrganisationDetails(OrganisationRole.FUNDER, "Fund for Ledgers"),),
    "unsuitable": (UnsuitableDetails("NO", "Gifts are forbidden there."),),
}


def section(page, name):
    return words(parse(page).find(f".//*[@id='{name}']"))


def translated(scene):
    """Publish a record with a Georgian text; return its innovation."""
    revision = draft(scene)
    with transaction():
        save_text(scene.partner, revision, "ka", {"name": "საჩუქრების დავთარი"}, version=revision.version)
    approve(scene, revision)
    return revision.innovation


def approve(scene, revision):
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)


def test_a_whole_record_shows_all_of_itself(scene, client):
    published(scene, **WHOLE)
    page = client.get(ADDRESS).text
    for told in (
        "Three times as many", "It is open.", "A law on gifts.", "Begin with one ministry.", "A gift is no proof.",
        "Givers are people.", "Show every ministry.", "EUR 10,000 to 50,000", "One clerk, half time", "Four months",
        "Georgian", "https://example.org/older-ledger", "Desk of the ledger", "mailto:ledger@example.org",
        "A clerk who knows the law", "Officials must declare assets and interests", "Fund for Ledgers", "Norway",
        "Gifts are forbidden there.", "Confirmed by its owner on",
    ):  # fmt: skip
        assert told in page, told


def test_an_empty_record_says_calmly_what_is_not_known(scene, client):
    published(scene)
    page = client.get(ADDRESS).text
    assert "Not assessed yet" in section(page, "evidence")
    assert section(page, "uptake") == "Who took it up No other organisation is known to have taken it up."
    assert "Nobody has said what must be there" in section(page, "ready")
    for absent in ("results", "lessons", "unsuitable", "annexes"):
        assert f'id="{absent}"' not in page


def test_the_page_says_which_rule_gave_the_level_and_what_would_raise_it(scene, client):
    innovation = published(scene).innovation
    details = EvidenceDetails(
        type="output_data",
        title="Gifts by year",
        finding="Twice as many.",
        year=now().year - 7,
        is_independent=False,
        language="en-GB",
        url="https://example.org/gifts",
    )
    with transaction():
        evidence = add_evidence(scene.partner, innovation, details)
    assert "Gifts by year" not in client.get(ADDRESS).text
    with transaction():
        take_task(scene.colleague, evidence)
    with transaction():
        accept_evidence(scene.colleague, evidence)
    told = section(client.get(ADDRESS).text, "evidence")
    for said in (
        "Level 2 of 5",
        "Here now",
        "Why level 2",
        "What would raise it to 3",
        "Gifts by year",
        "Old:",
    ):
        assert said in told, said


def test_a_claim_without_a_source_is_seen_by_the_two_sides_only(scene, client, partner, new_client):
    innovation = published(scene).innovation
    adopting = make_organisation("Office of Madrid", country="ES")
    with transaction():
        claim_replication(
            scene.partner,
            innovation,
            ReplicationDetails(adopter_id=adopting.id, country="ES", language="en-GB"),
        )
    adopter = new_client().become(make_member(represents=[adopting]))
    assert "Office of Madrid" not in client.get(ADDRESS).text
    for side in (partner, adopter):
        assert "Office of Madrid" in section(side.get(ADDRESS).text, "uptake")


def test_readiness_is_shown_for_the_country_that_is_chosen_or_ones_own(scene, client, new_client):
    published(scene, **WHOLE)
    focal = make_member(focal_country="ES")
    with transaction():
        stated = StatementDetails(ReadinessState.NEEDS, "A bill is before parliament.")
        state_prerequisites(focal, "ES", {"law.asset_declarations": stated}, language="en-GB")
    assert "A bill is before parliament." not in client.get(ADDRESS).text
    chosen = section(client.get(f"{ADDRESS}?country=ES").text, "ready")
    assert "1 needs work and 1 not stated" in chosen
    assert "Stated by the focal point of Spain" in chosen
    own = new_client().become(make_member(country="ES"))
    assert "A bill is before parliament." in section(own.get(ADDRESS).text, "ready")
    assert client.get(f"{ADDRESS}?country=nonsense").status_code == 200


def test_a_text_in_another_language_is_one_link_away_and_says_when_it_is_old(scene, client):
    innovation = translated(scene)
    page = client.get(ADDRESS)
    assert f'href="{ADDRESS}?text=ka"' in page.text
    assert "საჩუქრების დავთარი" in client.get(f"{ADDRESS}?text=ka").text
    assert "is older than the text" not in client.get(f"{ADDRESS}?text=ka").text
    revision = revised(scene, innovation)
    save(scene.partner, revision, problem="Something new.")
    approve(scene, revision)
    assert "This translation is older than the text in" in words(parse(client.get(f"{ADDRESS}?text=ka").text))
    assert client.get(f"{ADDRESS}?text=xx").status_code == 200


def test_annexes_leave_no_trace_for_those_who_may_not_read_them(scene, client, partner, new_client):
    innovation = published(scene).innovation
    before = client.get(ADDRESS).text
    police = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER)
    with transaction():
        details = AnnexDetails(
            title="Thresholds in use", body="From 500 on.", language="en-GB", readership=police
        )
        add_annex(scene.partner, innovation, details)
    after = client.get(ADDRESS).text
    assert len(after) == len(before)
    assert "annex" not in after.lower()
    officer = new_client().become(make_member(law_enforcement="ES"))
    for reader in (officer, partner):
        assert "Thresholds in use" in section(reader.get(ADDRESS).text, "annexes")


def test_a_confirmation_that_ran_out_is_told(scene, client, partner, database):
    innovation = published(scene).innovation
    innovation.confirmed_at = now() - timedelta(days=400)
    innovation.review_due_at = now() - timedelta(days=35)
    database.commit()
    assert "Not confirmed since" in client.get(ADDRESS).text
    assert "Is everything here still right?" in partner.get(ADDRESS).text


def test_a_claimed_record_is_not_confirmed_until_its_owner_does(scene, client, partner, database):
    innovation = published(scene).innovation
    innovation.confirmed_at, innovation.review_due_at = None, now()
    database.commit()
    page = client.get(ADDRESS).text
    assert "Claimed by its owner, not confirmed yet" in page
    assert "Confirmed by its owner" not in page
    assert "Is everything here still right?" in partner.get(ADDRESS).text


def test_every_country_is_one_link_away(scene, client):
    published(scene, **WHOLE, countries=("GE", "ID"))
    focal = make_member(focal_country="ES")
    with transaction():
        stated = {"law.asset_declarations": StatementDetails(ReadinessState.READY)}
        state_prerequisites(focal, "ES", stated, language="en-GB")
    page = parse(client.get(f"{ADDRESS}?country=FR").text)
    links = {each.get("href") for each in page.iter("a")}
    assert {f"/countries/{code}" for code in ("GE", "ID", "NO", "FR")} <= links
    groups = page.findall(".//select[@id='country']/optgroup")
    stating, silent = ([each.get("value") for each in group] for group in groups)
    assert stating == ["ES"]
    assert len(silent) > 200
    assert "ES" not in silent


def test_paper_names_the_record_and_its_revision(scene, client):
    published(scene)
    printed = next(each for each in parse(client.get(ADDRESS).text).iter("p") if "Printed on" in words(each))
    assert "Revision 1 of" in words(printed)
    assert words(printed).endswith(f"http://localhost:8000{ADDRESS}")


def test_everybody_may_report_a_problem(scene, client, partner, coordinator):
    published(scene)
    for browser in (client, partner, coordinator):
        assert "Report a problem" in browser.get(ADDRESS).text


HOSTILE = "</script><script>alert(1)</script><!--\u2028'\"&"


def data_blocks(page):
    return [each for each in parse(page).iter("script") if each.get("type") == "application/ld+json"]


def test_a_public_record_is_told_to_machines_and_no_name_breaks_out(scene, client):
    innovation = published(
        scene, name=HOSTILE, problem=HOSTILE, based_on="https://example.org/</script>"
    ).innovation
    page = client.get(f"/innovations/{innovation.slug}").text
    (block,) = data_blocks(page)
    assert "<" not in block.text
    assert ">" not in block.text
    told = json.loads(block.text)
    assert (told["name"], told["abstract"]) == (HOSTILE, HOSTILE)
    assert told["url"].endswith(f"/innovations/{innovation.slug}")
    assert not [each for each in parse(page).iter("script") if "alert" in (each.text or "")[:20]]


def test_a_restricted_record_is_not_told_to_machines(scene, client, new_client):
    innovation = published(scene, readership=MEMBERS).innovation
    page = new_client().become(make_member()).get(f"/innovations/{innovation.slug}").text
    assert not data_blocks(page)
    assert 'name="robots" content="noindex"' in page
