"""Confirming, claiming and handing over records in the browser."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import OfferStatus, OwnershipOffer
from hub.catalogue.permissions import can_speak_for
from hub.core.clock import now
from hub.core.database import session
from hub.organisations.models import OrganisationStatus
from tests.catalogue.afterwards import (
    accepted_claim,
    accepted_offer,
    claim_of,
    declined_claim,
    offer_of,
)
from tests.catalogue.cast import compiled_record, record_of
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words

MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)


def due(innovation, database):
    """Let the confirmation of a record run out."""
    innovation.review_due_at = now() - timedelta(days=1)
    database.commit()
    return innovation


def offers_of(record):
    """Return every offer of a record, the first first."""
    return (
        session()
        .scalars(
            select(OwnershipOffer)
            .where(OwnershipOffer.innovation_id == record.id)
            .order_by(OwnershipOffer.id)
        )
        .all()
    )


def test_a_confirmation_is_one_click_and_holds_for_a_year(cast, browser_of, database):
    record = due(record_of(cast), database)
    browser = browser_of("partner")
    listed = browser.get("/innovations/mine").text
    assert "Confirmation due since" in listed
    answer = browser.submit("/innovations/mine", action=f"/innovations/{record.slug}/confirm")
    assert (answer.status_code, answer.location) == (303, "/innovations/mine")
    listed = browser.get("/innovations/mine").text
    assert f"Confirmed. It holds until {record.review_due_at.day} " in listed
    assert "Confirmation due since" not in listed
    assert record.review_due_at > now() + timedelta(days=364)


def test_without_a_way_back_a_confirmation_leads_to_the_record(cast, browser_of):
    record = record_of(cast)
    answer = browser_of("partner").act(f"/innovations/{record.slug}/confirm", {"next": "https://evil.test/"})
    assert answer.location == "/"
    assert browser_of("partner").act(f"/innovations/{record.slug}/confirm").location.endswith(record.slug)


@pytest.mark.parametrize("name", ["member", "mere", "adopter", "free"])
def test_nobody_else_confirms(cast, browser_of, name):
    record = record_of(cast)
    assert browser_of(name).act(f"/innovations/{record.slug}/confirm").status_code == 404


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("visitor", "You are not signed in."),
        ("member", "The hub does not know you as a representative of"),
        ("mere", "The hub does not know you as a representative of"),
        ("adopter", "The hub does not know you as a representative of"),
        ("compiler", "The hub does not know you as a representative of"),
    ],
)
def test_who_may_not_claim_reads_why(cast, browser_of, name, told):
    record = compiled_record(cast)
    page = words(parse(browser_of(name).get(f"/innovations/{record.slug}/claim").text))
    assert told in page
    assert ("Sign in" if name == "visitor" else "Write to the coordinators") in page
    assert "An e-mail address of the same domain is not enough." in page
    assert "Why is this record yours?" not in page


def test_the_same_domain_is_not_enough(cast, new_client):
    record = compiled_record(cast)
    cast["partner"].email = "one@same.example"
    stranger = new_client().become(make_member("other@same.example", represents=[make_organisation()]))
    answer = stranger.act(f"/innovations/{record.slug}/claim", {"words": "We share a domain."})
    assert answer.status_code == 403
    assert "Only a representative of the organisation that the record names can claim it" in answer.text
    assert "We share a domain." in answer.text
    assert not record.claims


def test_an_organisation_that_nobody_verified_cannot_claim(cast, browser_of, database):
    record = compiled_record(cast)
    cast.owner.status = OrganisationStatus.UNVERIFIED
    database.commit()
    browser = browser_of("partner")
    assert "has not verified the organisation" in browser.get(f"/innovations/{record.slug}/claim").text
    assert browser.act(f"/innovations/{record.slug}/claim", {"words": "Ours."}).status_code == 403


def test_what_an_owner_looks_after_cannot_be_claimed(cast, browser_of):
    record = record_of(cast)
    assert (
        "looked after by its owner already"
        in browser_of("adopter").get(f"/innovations/{record.slug}/claim").text
    )
    assert "you speak for it" in browser_of("partner").get(f"/innovations/{record.slug}/claim").text
    answer = browser_of("adopter").act(f"/innovations/{record.slug}/claim", {"words": "Mine."})
    assert answer.status_code == 409


def test_a_claim_waits_and_can_be_withdrawn(cast, browser_of):
    record = compiled_record(cast)
    browser = browser_of("partner")
    address = f"/innovations/{record.slug}/claim"
    answer = browser.submit(address, {"words": "We have run it since 2019."})
    assert (answer.status_code, answer.location) == (303, address)
    page = browser.get(address).text
    assert "Your claim waits for a coordinator" in page
    assert "We have run it since 2019." in page
    assert "We have run it since 2019." in browser_of("second").get(address).text
    for name in ("visitor", "member", "adopter", "free"):
        assert "We have run it since 2019." not in browser_of(name).get(address).text
    assert browser_of("adopter").act(f"{address}/withdraw").status_code == 404
    assert browser.act(f"{address}/withdraw").status_code == 303
    assert "Why is this record yours?" in browser.get(address).text


@pytest.mark.db
def test_of_two_claims_at_once_the_second_is_told_and_loses_no_word(cast, browser_of):
    record = compiled_record(cast)
    claim_of(cast, record, by="second")
    answer = browser_of("partner").act(
        f"/innovations/{record.slug}/claim", {"words": "Long and carefully written."}
    )
    assert answer.status_code == 409
    assert "A claim on this record waits for a coordinator already." in answer.text
    assert "Long and carefully written." in answer.text
    assert len(record.claims) == 1


def test_a_claim_without_words_is_asked_for_them(cast, browser_of):
    record = compiled_record(cast)
    answer = browser_of("partner").submit(f"/innovations/{record.slug}/claim", {"words": " "})
    assert answer.status_code == 422
    assert "Give your reason in your own words." in answer.text
    long = "word " * 500
    answer = browser_of("partner").submit(f"/innovations/{record.slug}/claim", {"words": long})
    assert answer.status_code == 422
    assert long.strip() in answer.text


def test_the_claimant_reads_what_became_of_the_claim(cast, browser_of):
    declined = declined_claim(cast)
    page = browser_of("partner").get(f"/innovations/{declined.innovation.slug}/claim").text
    assert "Another organisation runs it." in page
    assert "Why is this record yours?" in page
    assert (
        "Another organisation"
        not in browser_of("member").get(f"/innovations/{declined.innovation.slug}/claim").text
    )
    accepted = accepted_claim(cast)
    page = browser_of("partner").get(f"/innovations/{accepted.innovation.slug}/claim").text
    assert "Your claim was accepted" in page


def test_pages_about_a_hidden_record_answer_like_those_of_none(cast, browser_of):
    record = record_of(cast, readership=MEMBERS)
    visitor = browser_of("visitor")
    assert visitor.get(f"/innovations/{record.slug}/claim").status_code == 404
    assert visitor.get(f"/innovations/{record.slug}/report-problem").status_code == 404


def test_a_record_is_offered_and_taken_over(cast, browser_of):
    record = record_of(cast)
    giver, receiver = browser_of("partner"), browser_of("adopter")
    address = f"/innovations/{record.slug}/hand-over"
    answer = giver.submit(address, {"organisation_id": str(cast.adopting.id), "words": "You run it by now."})
    assert (answer.status_code, answer.location) == (303, address)
    assert "Your offer waits for an answer" in giver.get(address).text
    listed = receiver.get("/innovations/mine").text
    assert "Offered to you" in listed
    assert "Ledger of gifts" in listed
    offer = offers_of(record)[0]
    page = receiver.get(f"/innovations/offers/{offer.public_id}").text
    assert "You run it by now." in page
    accepted = receiver.submit(
        f"/innovations/offers/{offer.public_id}", action=f"/innovations/offers/{offer.public_id}/accept"
    )
    assert accepted.location == f"/innovations/{record.slug}"
    assert record.owner_id == cast.adopting.id
    assert can_speak_for(cast.viewer("adopter"), record)
    assert not can_speak_for(cast.viewer("partner"), record)
    assert giver.get(address).status_code == 404
    assert "Accepted" in giver.get(f"/innovations/offers/{offer.public_id}").text


def test_an_offer_is_declined_or_withdrawn(cast, browser_of):
    first = offer_of(cast)
    receiver, giver = browser_of("adopter"), browser_of("partner")
    assert receiver.act(f"/innovations/offers/{first.public_id}/decline").location == "/innovations/mine"
    assert first.status is OfferStatus.DECLINED
    second = offer_of(cast, first.innovation)
    page = giver.get(f"/innovations/{first.innovation.slug}/hand-over")
    answer = giver.submit(page, action=f"/innovations/offers/{second.public_id}/withdraw")
    assert answer.status_code == 303
    assert second.status is OfferStatus.WITHDRAWN
    assert receiver.act(f"/innovations/offers/{second.public_id}/accept").status_code == 409
    assert giver.act(f"/innovations/offers/{second.public_id}/accept").status_code == 404


@pytest.mark.parametrize("name", ["member", "mere", "registrar", "focal", "free"])
def test_others_learn_of_no_offer(cast, browser_of, name):
    offer = offer_of(cast)
    browser = browser_of(name)
    assert browser.get(f"/innovations/offers/{offer.public_id}").status_code == 404
    assert browser.act(f"/innovations/offers/{offer.public_id}/accept").status_code == 404
    assert browser.get(f"/innovations/{offer.innovation.slug}/hand-over").status_code == 404


def test_who_is_outside_the_audience_learns_the_name_by_accepting(cast, browser_of):
    record = record_of(cast, readership=Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER))
    offer = offer_of(cast, record)
    receiver = browser_of("adopter")
    for address in ("/innovations/mine", f"/innovations/offers/{offer.public_id}"):
        page = receiver.get(address).text
        assert "Ledger of gifts" not in page
        assert record.slug not in page
        assert "you cannot read yet" in page
    assert receiver.act(f"/innovations/offers/{offer.public_id}/accept").status_code == 303
    assert receiver.get(f"/innovations/{record.slug}").status_code == 200


def test_after_two_hand_overs_the_first_words_stay_between_two(cast, browser_of, new_client):
    first = accepted_offer(cast)
    third = make_organisation()
    newcomer = new_client().become(make_member(represents=[third]))
    adopter = browser_of("adopter")
    adopter.submit(f"/innovations/{first.innovation.slug}/hand-over", {"organisation_id": str(third.id)})
    second = offers_of(first.innovation)[-1]
    assert newcomer.act(f"/innovations/offers/{second.public_id}/accept").status_code == 303
    assert newcomer.get(f"/innovations/offers/{first.public_id}").status_code == 404


@pytest.mark.parametrize("chosen", ["", "0", "x", "owner", "unverified"])
def test_an_offer_goes_to_a_verified_organisation(cast, browser_of, chosen):
    record = record_of(cast)
    others = {
        "owner": cast.owner.id,
        "unverified": make_organisation(status=OrganisationStatus.UNVERIFIED).id,
    }
    answer = browser_of("partner").submit(
        f"/innovations/{record.slug}/hand-over",
        {"organisation_id": str(others.get(chosen, chosen)), "words": "Please."},
    )
    assert answer.status_code == 422
    assert "Please." in answer.text
    assert not offers_of(record)


def test_a_second_offer_is_refused_with_every_word(cast, browser_of):
    offer = offer_of(cast)
    answer = browser_of("partner").act(
        f"/innovations/{offer.innovation.slug}/hand-over",
        {"organisation_id": str(cast.adopting.id), "words": "Once more."},
    )
    assert answer.status_code == 409
    assert "Once more." in answer.text


def test_the_list_of_offers_asks_as_many_questions_for_many(cast, browser_of, queries):
    receiver = browser_of("adopter")
    offer_of(cast)
    with queries:
        receiver.get("/innovations/mine")
    few = len(queries)
    for number in range(5):
        offer_of(cast, record_of(cast, name=f"Ledger {number}"))
    with queries:
        receiver.get("/innovations/mine")
    assert len(queries) == few
