"""Who looks after a record: claims on compiled ones, hand-over, and the yearly confirmation."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hub.audit.queries import history_of
from hub.catalogue.models import Innovation, InnovationDetails, OwnershipOffer, RecordClaim
from hub.catalogue.models.innovation import CONFIRMED_FOR
from hub.catalogue.ownership.queries import (
    last_claim,
    offer_by_id,
    offers_to,
    open_claim,
    open_offer,
    possible_owners,
)
from hub.catalogue.ownership.service import (
    accept_claim,
    accept_offer,
    claim_record,
    confirm_record,
    offer_record,
)
from hub.catalogue.permissions import can_speak_for, can_view
from hub.catalogue.queries import own_innovations
from hub.catalogue.service import revise_innovation, save_details
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.pagination import PageRequest
from hub.organisations.models import OrganisationStatus
from hub.search.documents import Document
from hub.search.models import SearchJournal
from tests.catalogue import afterwards
from tests.catalogue.cast import compiled_draft, compiled_record, did, make_cast, record_of, take
from tests.catalogue.records import GEORGIAN_POLICE, draft
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def who_edits(cast, innovation):
    session().expire_all()
    return {name for name, viewer in cast.viewers.items() if can_speak_for(viewer, innovation)}


def events(innovation):
    return [each.event for each in history_of(innovation.subject)]


def test_a_compiled_record_is_edited_by_its_compiler_only(cast):
    innovation = compiled_record(cast)
    assert who_edits(cast, innovation) == {"compiler"}
    assert innovation.confirmed_at is None
    with pytest.raises(NotFoundError):
        did(confirm_record, cast["compiler"], innovation)
    with pytest.raises(NotFoundError):
        did(offer_record, cast["partner"], innovation, organisation_id=cast.adopting.id, words="")


def test_an_accepted_claim_gives_the_record_to_the_organisation(cast):
    innovation = compiled_record(cast)
    claim = afterwards.claim_of(cast, innovation)
    assert who_edits(cast, innovation) == {"compiler"}
    assert open_claim(innovation, cast.viewer("second")) == claim
    did(accept_claim, cast["holder"], take(cast, claim))
    assert who_edits(cast, innovation) == {"partner", "second", "both"}
    assert not innovation.is_compiled
    assert innovation.confirmed_at is None
    assert innovation.is_confirmation_due
    assert innovation.import_source == "hub/papers"
    with pytest.raises(NotFoundError):
        did(revise_innovation, cast["compiler"], innovation)
    revision = did(revise_innovation, cast["partner"], innovation)
    did(save_details, cast["partner"], revision, InnovationDetails(results="Ours."), version=1)
    assert events(innovation)[-4:-1] == ["innovation:claim", "task:take", "innovation:accept_claim"]


def test_the_compiler_keeps_a_say_over_no_draft_either(cast):
    innovation = compiled_record(cast)
    revision = did(revise_innovation, cast["compiler"], innovation)
    afterwards.accepted_claim(cast, innovation)
    with pytest.raises(NotFoundError):
        did(save_details, cast["compiler"], revision, InnovationDetails(results="Mine."), version=1)
    did(save_details, cast["partner"], revision, InnovationDetails(results="Ours."), version=1)


def test_a_declined_claim_changes_nothing_and_says_why(cast):
    claim = afterwards.declined_claim(cast)
    assert who_edits(cast, claim.innovation) == {"compiler"}
    assert last_claim(claim.innovation, cast.viewer("second")).decision_words
    assert last_claim(claim.innovation, cast.viewer("adopter")) is None
    assert open_claim(claim.innovation, cast.viewer("partner")) is None
    afterwards.claim_of(cast, claim.innovation, by="second")


@pytest.mark.parametrize(
    "by", ["member", "mere", "adopter", "registrar", "focal", "compiler", "free", "admin"]
)
def test_only_a_representative_of_the_organisation_itself_claims(cast, by):
    with pytest.raises(ForbiddenError):
        afterwards.claim_of(cast, by=by)


def test_an_organisation_of_the_same_name_and_mail_domain_is_another_one(cast):
    twin = make_organisation(cast.owner.name, country="GE", website=cast.owner.website)
    insider = make_member("real@ministry.example", represents=[cast.owner])
    impostor = make_member("other@ministry.example", represents=[twin])
    innovation = compiled_record(cast)
    with pytest.raises(ForbiddenError):
        did(claim_record, impostor, innovation, words="It is ours.")
    did(claim_record, insider, innovation, words="It is ours.")


@pytest.mark.parametrize("status", [OrganisationStatus.UNVERIFIED, OrganisationStatus.LAPSED])
def test_the_organisation_must_be_verified(cast, status):
    innovation = compiled_record(cast)
    cast.owner.status = status
    session().commit()
    with pytest.raises(ForbiddenError):
        afterwards.claim_of(cast, innovation)


def test_what_has_an_owner_cannot_be_claimed(cast):
    with pytest.raises(ConflictError):
        afterwards.claim_of(cast, record_of(cast))
    innovation = afterwards.accepted_claim(cast).innovation
    with pytest.raises(ConflictError):
        afterwards.claim_of(cast, innovation)


def test_what_cannot_be_read_cannot_be_claimed(cast):
    with pytest.raises(NotFoundError):
        afterwards.claim_of(cast, compiled_draft(cast).innovation)
    with pytest.raises(NotFoundError):
        afterwards.claim_of(cast, compiled_record(cast, readership=GEORGIAN_POLICE))


def test_one_claim_waits_at_a_time(cast):
    innovation = compiled_record(cast)
    afterwards.claim_of(cast, innovation)
    for by in ("partner", "second"):
        with pytest.raises(ConflictError):
            afterwards.claim_of(cast, innovation, by=by)
    assert session().query(RecordClaim).count() == 1
    with pytest.raises(InvalidError):
        did(claim_record, cast["partner"], compiled_record(cast), words=" ")


def test_who_claims_does_not_decide_and_its_organisation_neither(cast):
    claim = afterwards.claim_of(cast)
    with pytest.raises(ForbiddenError):
        take(cast, claim, by="conflicted")
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text("UPDATE record_claims SET decided_by_id = claimed_by_id"))
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text("UPDATE record_claims SET status = 'declined'"))


def test_a_claim_on_what_changed_hands_meanwhile_is_not_accepted(cast):
    claim = take(cast, afterwards.claim_of(cast))
    claim.innovation.is_compiled = False
    session().commit()
    with pytest.raises(ConflictError):
        did(accept_claim, cast["holder"], claim)
    assert claim.status == "submitted"


def test_an_organisation_that_is_no_longer_verified_gets_nothing(cast):
    claim, offer = take(cast, afterwards.claim_of(cast)), afterwards.offer_of(cast)
    cast.owner.status = cast.adopting.status = OrganisationStatus.LAPSED
    session().commit()
    with pytest.raises(ConflictError):
        did(accept_claim, cast["holder"], claim)
    with pytest.raises(ConflictError):
        did(accept_offer, cast["adopter"], offer)
    assert (claim.status, offer.status) == ("submitted", "offered")


def test_an_offer_changes_nothing_until_it_is_accepted(cast):
    innovation = record_of(cast)
    offer = afterwards.offer_of(cast, innovation)
    assert who_edits(cast, innovation) == {"partner", "second", "both", "registrar"}
    assert list(offers_to(cast.viewer("adopter"))) == [offer]
    assert list(offers_to(cast.viewer("partner"))) == []
    viewers = cast.viewers
    assert {name for name in viewers if open_offer(innovation, viewers[name])} == {
        "partner", "second", "both", "adopter"
    }  # fmt: skip
    for name, viewer in viewers.items():
        if name in {"partner", "second", "both", "adopter"}:
            assert offer_by_id(offer.public_id, viewer) == offer
        else:
            with pytest.raises(NotFoundError):
                offer_by_id(offer.public_id, viewer)


def test_an_accepted_offer_hands_everything_over(cast):
    innovation = record_of(cast)
    afterwards.accepted_offer(cast, innovation)
    assert innovation.owner == cast.adopting
    assert who_edits(cast, innovation) == {"adopter", "both"}
    row = session().query(SearchJournal).order_by(SearchJournal.number.desc()).first()
    assert cast.adopting.name in Document.from_json(row.document).text_of("organisation")
    assert events(innovation)[-2:] == ["innovation:offer", "innovation:accept_offer"]


def test_the_former_side_sees_restricted_records_no_more(cast):
    for make in (
        lambda: record_of(cast, readership=GEORGIAN_POLICE),
        lambda: draft(cast.scene).innovation,
    ):
        innovation = make()
        afterwards.accepted_offer(cast, innovation)
        viewers = cast.viewers
        for name in ("partner", "second", "registrar"):
            assert not can_view(viewers[name], innovation)
            assert innovation not in own_innovations(viewers[name], PageRequest()).items
        assert can_view(viewers["adopter"], innovation)
        assert innovation in own_innovations(viewers["adopter"], PageRequest()).items


def test_a_declined_or_withdrawn_offer_leaves_the_record_where_it_was(cast):
    for make in (afterwards.declined_offer, afterwards.withdrawn_offer):
        offer = make(cast)
        assert offer.innovation.owner == cast.owner
        assert open_offer(offer.innovation, cast.viewer("partner")) is None
        afterwards.offer_of(cast, offer.innovation)


def test_one_offer_waits_at_a_time(cast):
    offer = afterwards.offer_of(cast)
    with pytest.raises(ConflictError):
        afterwards.offer_of(cast, offer.innovation)
    assert session().query(OwnershipOffer).count() == 1


def test_a_record_is_offered_to_another_verified_organisation(cast):
    innovation = record_of(cast)
    unverified = make_organisation(status=OrganisationStatus.UNVERIFIED)
    for number in (cast.owner.id, unverified.id, 10**6):
        with pytest.raises(InvalidError) as caught:
            did(offer_record, cast["partner"], innovation, organisation_id=number, words="")
        assert caught.value.field == "organisation_id"
    assert possible_owners(innovation) == [cast.adopting]
    afterwards.offer_of(cast, innovation)
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text("UPDATE ownership_offers SET to_organisation_id = from_organisation_id"))


def test_an_offer_of_what_changed_hands_meanwhile_is_not_accepted(cast):
    offer = afterwards.offer_of(cast)
    offer.innovation.owner = make_organisation()
    session().commit()
    with pytest.raises(ConflictError):
        did(accept_offer, cast["adopter"], offer)
    assert offer.status == "offered"


def test_a_confirmation_holds_for_a_year(cast):
    innovation = record_of(cast)
    assert not innovation.is_confirmation_due
    assert innovation.review_due_at == innovation.confirmed_at + CONFIRMED_FOR
    with time_machine.travel(now() + timedelta(days=366), tick=False):
        assert innovation.is_confirmation_due
        did(confirm_record, cast["registrar"], innovation)
        assert not innovation.is_confirmation_due
        assert innovation.review_due_at == now() + timedelta(days=365)
    assert events(innovation)[-1] == "innovation:confirm"


def test_what_was_compiled_or_archived_is_not_due(cast):
    long_ago = now() - timedelta(days=1)
    for status, is_compiled in (("published", True), ("archived", False)):
        assert not Innovation(
            status=status, is_compiled=is_compiled, review_due_at=long_ago
        ).is_confirmation_due
