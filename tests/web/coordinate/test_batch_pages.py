"""Batches on the pages of coordinators: taken, looked at, published together, and what is left out."""

from itertools import count

import pytest

from hub.access.viewer import Role
from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.catalogue.batches.service import submit_batch
from hub.catalogue.models import InnovationStatus, RevisionStatus
from hub.catalogue.service import ImportOrigin, register_innovation
from hub.core.database import session, transaction
from tests.catalogue.cast import did
from tests.catalogue.records import GEORGIAN_POLICE, complete
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

_numbers = count(1)


def draft_of(cast, name, **changes):
    """Register one record as an import of the focal point does."""
    with transaction():
        return register_innovation(
            cast["registrar"],
            complete(cast.owner, name=name, **changes),
            language="en-GB",
            origin=ImportOrigin("registry", f"row-{next(_numbers)}"),
        )


@pytest.fixture
def batch(cast):
    """Three records sent together; the third holds an email address."""
    draft_of(cast, "First ledger")
    draft_of(cast, "Second ledger")
    third = draft_of(cast, "Third ledger", description="Ask nino@agency.example.")
    return did(submit_batch, cast["registrar"], third.import_source)[0]


@pytest.fixture
def holder(browser_of):
    return browser_of("holder")


def address(batch, verb=""):
    return f"/coordinate/batches/{batch.public_id}{verb and '/'}{verb}"


def statuses(batch):
    session().expire_all()
    return [each.innovation.status for each in batch.revisions]


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def test_a_batch_is_one_line_of_the_queue(batch, holder):
    page = main_of(holder.get("/coordinate"))
    assert "Waiting for a decision: 1 batch." in page
    assert "registry" in page
    assert "3 records wait" in page
    assert f"From {batch.submitted_by.display_name}" in page
    assert "Georgia" in page
    assert "First ledger" not in page


def test_a_batch_is_taken_and_what_needs_no_look_is_published_at_once(cast, batch, holder):
    assert holder.submit("/coordinate", action=address(batch, "take")).location == address(batch)
    page = holder.get(address(batch))
    assert "Georgia" in page.text
    assert "1 thing to look at" in page.text
    boxes = [each for each in parse(page.text).iter("input") if each.get("name") == "chosen"]
    assert [each.get("checked") is not None for each in boxes] == [True, True, False]
    assert "2 of 3 ticked when the page was opened" in page.text
    ticked = [each.get("value") for each in boxes if each.get("checked") is not None]
    answer = holder.act(address(batch, "publish"), {"chosen": ticked})
    assert answer.location == address(batch)
    assert "2 records published." in holder.get(address(batch)).text
    assert statuses(batch) == [InnovationStatus.PUBLISHED] * 2 + [InnovationStatus.UNPUBLISHED]
    for revision in batch.revisions[:2]:
        events = [each.event for each in history_of(revision.innovation.subject)]
        assert Event.INNOVATION_PUBLISH in events


def test_each_record_is_read_whole_before_it_is_decided(batch, holder):
    holder.act(address(batch, "take"))
    third = batch.revisions[2].innovation.slug
    assert f'href="/coordinate/{third}"' in holder.get(address(batch)).text
    page = holder.get(f"/coordinate/{third}").text
    assert "It holds an email address" in page
    assert holder.act(f"/innovations/{third}/publish").status_code == 303
    left = holder.get(address(batch)).text
    assert "2 records wait for a decision." in left


def test_the_last_of_a_batch_leads_back_to_the_queue(batch, holder):
    holder.act(address(batch, "take"))
    chosen = [each.innovation.public_id for each in batch.revisions]
    assert holder.act(address(batch, "publish"), {"chosen": chosen}).location == "/coordinate"
    assert "Nothing waits for a decision" in holder.get("/coordinate").text


def test_publishing_nothing_says_so(batch, holder):
    holder.act(address(batch, "take"))
    answer = holder.act(address(batch, "publish"))
    assert answer.status_code == 422
    assert "Choose at least one record." in answer.text
    assert 'href="#entries"' in answer.text


def test_all_are_published_or_none(batch, holder, browser_of):
    holder.act(address(batch, "take"))
    lost = batch.revisions[1]
    holder.act(f"/innovations/{lost.innovation.slug}/release")
    chosen = [each.innovation.public_id for each in batch.revisions]
    answer = holder.act(address(batch, "publish"), {"chosen": chosen})
    assert answer.status_code == 409
    assert set(statuses(batch)) == {InnovationStatus.UNPUBLISHED}
    assert browser_of("free").act(f"/innovations/{lost.innovation.public_id}/take").status_code == 303


def test_of_two_coordinators_one_gets_the_batch(batch, holder, browser_of):
    free = browser_of("free")
    assert holder.act(address(batch, "take")).status_code == 303
    answer = free.act(address(batch, "take"))
    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.text
    assert "Somebody else has it" in free.get("/coordinate").text
    chosen = [batch.revisions[0].innovation.public_id]
    assert free.act(address(batch, "publish"), {"chosen": chosen}).status_code == 409
    assert set(statuses(batch)) == {InnovationStatus.UNPUBLISHED}


def test_a_batch_is_given_back(batch, holder, browser_of):
    holder.act(address(batch, "take"))
    assert holder.act(address(batch, "release")).location == "/coordinate"
    assert {each.status for each in batch.revisions} == {RevisionStatus.SUBMITTED}
    assert holder.act(address(batch, "release")).status_code == 409
    assert browser_of("free").act(address(batch, "take")).status_code == 303


def test_records_of_one_s_own_organisation_are_marked_and_left_out(cast, new_client):
    other = make_organisation(country="GE")
    first = draft_of(cast, "Ours")
    draft_of(cast, "Theirs", organisation_id=other.id)
    batch = did(submit_batch, cast["registrar"], first.import_source)[0]
    own = new_client().become(make_member(roles=[Role.COORDINATOR], belongs_to=[other]))
    assert own.act(address(batch, "take")).status_code == 303
    page = own.get(address(batch)).text
    assert "You belong to an organisation that takes part in this." in page
    assert "Left out" in page
    assert page.count('name="chosen"') == 1
    theirs = batch.revisions[1].innovation.public_id
    assert own.act(address(batch, "publish"), {"chosen": [theirs]}).status_code == 403
    assert set(statuses(batch)) == {InnovationStatus.UNPUBLISHED}


def test_a_conflict_with_all_of_them_is_named(cast, batch, browser_of):
    browser = browser_of("conflicted")
    assert "You belong to an organisation that takes part in this." in browser.get("/coordinate").text
    answer = browser.act(address(batch, "take"))
    assert answer.status_code == 403
    assert "with every record of this batch" in answer.text


def test_restricted_records_have_no_name_until_they_are_taken(cast, browser_of):
    first = draft_of(cast, "Secret ledger", readership=GEORGIAN_POLICE)
    batch = did(submit_batch, cast["registrar"], first.import_source)[0]
    free = browser_of("free")
    for page in (free.get("/coordinate"), free.get(address(batch))):
        assert "Secret ledger" not in page.text
        assert "registry" not in page.text
    free.act(address(batch, "take"))
    assert "Secret ledger" in free.get(address(batch)).text


def test_a_batch_asks_a_fixed_number_of_times(cast, holder, queries):
    def batch_of(number):
        for _ in range(number):
            source = draft_of(cast, "One more", website_url="https://example.org/same").import_source
        made = did(submit_batch, cast["registrar"], source)[0]
        holder.act(address(made, "take"))
        return made

    small = batch_of(2)
    with queries as asked:
        holder.get(address(small))
    few = len(asked)
    large = batch_of(12)
    with queries as asked:
        holder.get(address(large))
    assert len(asked) <= few, "\n".join(asked.statements)


def test_nobody_else_finds_a_batch(batch, browser_of):
    for name in ("registrar", "member", "admin"):
        browser = browser_of(name)
        assert browser.get(address(batch)).status_code == 404
        for verb in ("take", "publish", "release"):
            assert browser.act(address(batch, verb)).status_code == 404
