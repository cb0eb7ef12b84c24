"""Who has a conflict of interest reads why and nothing that was said; their recusal is counted once."""

from datetime import date

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.catalogue.batches.service import submit_batch
from hub.catalogue.conflicts.service import held_by
from hub.catalogue.review.service import take_revision
from hub.catalogue.service import ImportOrigin, register_innovation
from hub.core.database import session, transaction
from hub.integrity.models import Recusal
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from tests.catalogue import afterwards, proofs
from tests.catalogue.cast import did, take
from tests.catalogue.records import POLICE, complete, submitted, taken
from tests.factories import make_member

STOP = "You have a conflict of interest here"

SAID = ("What the hub checked by itself", "Your decision", "Request changes", "Release")
"""What only who decides reads."""


@pytest.fixture
def related(scene, new_client):
    """A coordinator of the organisation that owns the records, with a browser."""
    member = make_member(roles=[Role.COORDINATOR], belongs_to=[scene.owner], display_name="Amal")
    return new_client().become(member)


def recusals():
    return session().scalar(select(func.count()).where(AuditEntry.tag == "recusal:record"))


def declare(member, organisation, kind="funding", **named):
    with transaction():
        declare_interest(member, Declaration(kind, organisation.name, **named))


def page_of(revision):
    return f"/coordinate/{revision.innovation.public_id}"


def test_a_coordinator_of_the_same_organisation_reads_no_deliberation(scene, related):
    revision = taken(scene)
    shown = related.get(page_of(revision))
    assert shown.status_code == 200
    assert STOP in shown.text
    assert f"You belong to {scene.owner.name}." in shown.text
    assert scene.coordinator.display_name in shown.text
    assert not [words for words in SAID if words in shown.text]
    for verb in ("take", "publish", "request-changes", "decline", "release"):
        answer = related.act(f"/innovations/{revision.innovation.slug}/{verb}", {"words": "Mine."})
        assert answer.status_code in {403, 409}, verb
    assert revision.status == "in_review"


def test_the_recusal_is_counted_once_however_often_they_open_it(scene, related):
    revision = submitted(scene)
    for _ in range(3):
        related.get(page_of(revision))
    assert recusals() == 1
    assert session().scalar(select(func.count(Recusal.id))) == 1


def test_the_conflict_stands_in_the_queue_before_it_is_opened(scene, related):
    revision = submitted(scene)
    page = related.get("/coordinate").text
    assert "You belong to an organisation that takes part in this." in page
    assert f'href="{page_of(revision)}"' in page
    assert f"/innovations/{revision.innovation.public_id}/take" not in page
    assert recusals() == 0


def test_a_past_employment_is_told_with_its_month_and_its_end(scene, coordinator):
    revision = submitted(scene)
    ended = date(2026, 3, 31)
    declare(scene.coordinator, scene.owner, "past_employment", ended_on=ended)
    shown = coordinator.get(page_of(revision)).text
    assert f"You were employed by {scene.owner.name} until March 2026." in shown
    assert "31 March 2028" in shown
    assert "Your declaration of" in shown


@pytest.mark.parametrize(
    ("kind", "words", "until"),
    [
        ("employer", "You declared that you work for", "24 months after the end that you declare"),
        ("funding", "You declared funding between you and", "24 months after the end that you declare"),
        ("shareholding", "You declared that you own a part of", "With the end that you declare"),
        ("family", "You declared that somebody close to you", "With the end that you declare"),
    ],
)
def test_every_interest_that_lasts_has_its_words(scene, coordinator, kind, words, until):
    revision = submitted(scene)
    declare(scene.coordinator, scene.owner, kind)
    shown = coordinator.get(page_of(revision)).text
    assert words in shown
    assert scene.owner.name in shown
    assert until in shown


def test_who_gets_a_conflict_while_holding_it_gives_it_back_on_opening_it(scene, coordinator, colleague):
    revision = taken(scene)
    declare(scene.coordinator, scene.owner)
    assert STOP in coordinator.get(page_of(revision)).text
    assert revision.status == "submitted"
    assert recusals() == 1
    assert colleague.act(f"/innovations/{revision.innovation.public_id}/take").status_code == 303
    assert scene.colleague.display_name in coordinator.get(page_of(revision)).text


def test_nobody_left_is_said_to_be_escalated(scene, coordinator):
    revision = submitted(scene)
    for member in (scene.coordinator, scene.colleague):
        declare(member, scene.owner)
    assert "escalated to the integrity officers" in coordinator.get(page_of(revision)).text
    assert "escalated to the integrity officers" in coordinator.get("/coordinate").text


def test_what_is_hidden_stays_hidden_whatever_the_conflict(scene, coordinator):
    revision = submitted(scene, readership=POLICE)
    declare(scene.coordinator, scene.owner)
    assert coordinator.get(page_of(revision)).status_code == 404
    assert recusals() == 0


@pytest.mark.parametrize("path", ["", "/revisions", "/evidence"])
def test_the_pages_of_the_record_tell_them_nothing_either(cast, browser_of, path):
    task = take(cast, proofs.evidence_for(cast))
    afterwards.problem_of(cast, task.innovation)
    proposal = afterwards.proposal_of(cast, task.innovation)
    page = browser_of("conflicted").get(f"/innovations/{task.innovation.slug}{path}")
    assert page.status_code == 200
    for told in (task.finding, proposal.reason, "Taken for review", "Task taken"):
        assert told not in page.text


def test_the_machines_findings_are_not_for_them(cast, browser_of):
    draft = register(cast)
    batch = did(submit_batch, cast["registrar"], draft.import_source)[0]
    place = f"/coordinate/batches/{batch.public_id}"
    assert "to look at" in browser_of("free").get(place).text
    shown = browser_of("conflicted").get(place).text
    assert "to look at" not in shown
    assert "You belong to an organisation that takes part in this." in shown


def register(cast):
    """Register a record with an email address in it, as an import does."""
    with transaction():
        return register_innovation(
            cast["registrar"],
            complete(cast.owner, description="Ask nino@agency.example."),
            language="en-GB",
            origin=ImportOrigin("registry", "row-1"),
        )


def test_recusing_oneself_from_what_one_holds(cast, browser_of):
    task = take(cast, proofs.evidence_for(cast))
    holder = browser_of("holder")
    place = f"/coordinate/evidence/{task.public_id}"
    assert f'href="{place}/recuse"' in holder.get(place).text
    answer = holder.submit(f"{place}/recuse", {"words": "I know the author."})
    assert answer.status_code == 303
    assert task.taken_by_id is None
    assert list(held_by(viewer_of(cast["holder"]))) == []
    shown = holder.get(place).text
    assert STOP in shown
    assert "I know the author." in shown
    assert "Never" in shown
    assert holder.act(f"{place}/take").status_code == 403
    assert recusals() == 1


def test_recusing_oneself_from_what_one_could_take(scene, coordinator, colleague):
    revision = submitted(scene)
    place = f"/innovations/{revision.innovation.public_id}/recuse"
    assert place in coordinator.get("/coordinate").text
    assert coordinator.submit(place).status_code == 303
    assert STOP in coordinator.get(page_of(revision)).text
    assert STOP not in colleague.get(page_of(revision)).text
    assert coordinator.act(f"/innovations/{revision.innovation.public_id}/take").status_code == 403


def test_too_many_words_come_back_whole(scene, coordinator):
    revision = submitted(scene)
    place = f"/innovations/{revision.innovation.public_id}/recuse"
    answer = coordinator.submit(place, {"words": "x" * 501})
    assert answer.status_code == 422
    assert "x" * 501 in answer.text
    assert recusals() == 0


def test_who_is_kept_out_already_is_shown_why_instead_of_the_form(scene, related):
    revision = submitted(scene)
    place = f"/innovations/{revision.innovation.public_id}/recuse"
    assert STOP in related.get(place).text
    assert related.act(place).status_code == 409


def test_recusing_needs_to_know_what_it_is(scene, coordinator):
    revision = submitted(scene, readership=POLICE)
    place = f"/innovations/{revision.innovation.public_id}/recuse"
    assert coordinator.get(place).status_code == 404
    with transaction():
        take_revision(scene.coordinator, revision)
    assert coordinator.submit(place).status_code == 303
    assert revision.status == "submitted"


def test_not_even_the_owners_side_reads_what_coordinators_say_to_one_another(cast, new_client):
    innovation = proofs.evidence_for(cast).innovation
    proposal = afterwards.proposal_of(cast, innovation)
    both = make_member(roles=[Role.COORDINATOR], represents=[cast.owner])
    browser = new_client().become(both)
    browser.get(f"/coordinate/proposals/{proposal.public_id}")
    assert recusals() == 1
    steps = browser.get(f"/innovations/{innovation.slug}/revisions").text
    assert "Every step so far" in steps
    assert proposal.reason not in steps
    assert "Recused" not in steps
    assert "own_organisation" not in steps
