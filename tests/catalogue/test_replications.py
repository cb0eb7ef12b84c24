"""Replications: the side that did not claim confirms, both voices of a dispute stand, and failures stay."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hub.audit.queries import history_of
from hub.catalogue.evidence.service import reopen_evidence
from hub.catalogue.models import Replication, ReplicationStatus, Side
from hub.catalogue.replications.queries import (
    claims_to_confirm,
    replication_by_id,
    replication_count,
    replications_of,
)
from hub.catalogue.replications.service import (
    answer_dispute,
    claim_replication,
    confirm_replication,
    dispute_replication,
    settle_replication,
    verify_replication,
    withdraw_replication,
)
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from tests.catalogue import afterwards, proofs
from tests.catalogue.cast import compiled_record, did, make_cast, record_of, take
from tests.catalogue.records import GEORGIAN_POLICE, draft
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def events(thing):
    return [each.event for each in history_of(thing.subject)]


def seen_by(cast, innovation):
    """Return who sees the only replication of a record, and check that list, count and single page agree."""
    (replication,) = innovation.replications
    found = set()
    for name, viewer in cast.viewers.items():
        listed = list(replications_of(innovation, viewer))
        assert len(listed) == replication_count(innovation, viewer)
        if listed:
            assert replication_by_id(innovation, replication.public_id, viewer) == replication
            found.add(name)
        else:
            with pytest.raises(NotFoundError):
                replication_by_id(innovation, replication.public_id, viewer)
    return found


SIDES = {"partner", "second", "registrar", "both", "adopter"}


def test_the_owner_claims_and_the_adopter_confirms(cast):
    replication = proofs.claimed(cast)
    assert (replication.side, replication.status) == (Side.OWNER, "claimed")
    for name in ("partner", "second", "registrar", "both", "conflicted"):
        with pytest.raises((ForbiddenError, NotFoundError)):
            did(confirm_replication, cast[name], replication)
    did(confirm_replication, cast["adopter"], replication)
    assert (replication.status, replication.confirmed_by_id) == ("confirmed", cast["adopter"].id)
    assert events(replication) == ["replication:claim", "replication:confirm"]


def test_the_adopter_claims_and_the_owner_confirms(cast):
    replication = proofs.claimed(cast, by="adopter")
    assert replication.side is Side.ADOPTER
    colleague = make_member(represents=[cast.adopting])
    for actor in (cast["adopter"], colleague, cast["both"]):
        with pytest.raises(ForbiddenError):
            did(confirm_replication, actor, replication)
    did(confirm_replication, cast["second"], replication)
    assert replication.status is ReplicationStatus.CONFIRMED


def test_an_organisation_does_not_replicate_its_own_innovation(cast):
    for name in ("partner", "both", "registrar"):
        with pytest.raises(InvalidError) as caught:
            proofs.claimed(cast, by=name, adopter_id=cast.owner.id)
        assert caught.value.field == "adopter_id"


def test_who_belongs_to_both_sides_claims_for_neither(cast):
    with pytest.raises(InvalidError):
        proofs.claimed(cast, by="both")
    guest = make_member(represents=[cast.adopting], belongs_to=[cast.owner])
    with pytest.raises(ForbiddenError):
        did(claim_replication, guest, record_of(cast), proofs.replication_details(cast))
    host = make_member(represents=[cast.owner], belongs_to=[cast.adopting])
    with pytest.raises(InvalidError):
        did(claim_replication, host, record_of(cast), proofs.replication_details(cast))


def test_who_has_any_part_in_the_owner_confirms_nothing_for_the_adopter(cast):
    replication = proofs.claimed(cast)
    for organisations in ({"represents": [cast.owner]}, {"belongs_to": [cast.owner]}):
        wanted = [cast.adopting, *organisations.pop("represents", [])]
        actor = make_member(represents=wanted, **organisations)
        with pytest.raises(ForbiddenError):
            did(confirm_replication, actor, replication)


@pytest.mark.parametrize("by", ["member", "mere", "focal", "police", "free", "officer", "admin", "visitor"])
def test_outsiders_claim_nothing(cast, by):
    with pytest.raises(ForbiddenError):
        proofs.claimed(cast, by=by)


def test_a_representative_claims_for_their_own_organisation_only(cast):
    with pytest.raises(ForbiddenError):
        proofs.claimed(cast, by="adopter", adopter_id=make_organisation().id)


def test_what_is_not_shown_cannot_be_replicated(cast):
    innovation = draft(cast.scene).innovation
    with pytest.raises(NotFoundError):
        proofs.claimed(cast, innovation, by="adopter")
    with pytest.raises(ForbiddenError):
        proofs.claimed(cast, innovation)
    with pytest.raises(NotFoundError):
        proofs.claimed(cast, record_of(cast, readership=GEORGIAN_POLICE), by="adopter")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"adapted": "x" * 2001}, "adapted"),
        ({"result": "a\x00b"}, "result"),
        ({"cost_band": "cheap"}, "cost_band"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"started_on": now().date() + timedelta(days=2)}, "started_on"),
        ({"adopter_id": 10**6}, "adopter_id"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(cast, said, field):
    with pytest.raises(InvalidError) as caught:
        proofs.claimed(cast, **said)
    assert caught.value.field == field
    assert session().query(Replication).count() == 0


def test_one_organisation_is_listed_once_a_country(cast):
    innovation = record_of(cast)
    first = proofs.claimed(cast, innovation)
    for by in ("partner", "adopter"):
        with pytest.raises(ConflictError):
            proofs.claimed(cast, innovation, by=by)
    proofs.claimed(cast, innovation, country="PT")
    did(withdraw_replication, cast["partner"], first)
    again = proofs.claimed(cast, innovation, by="adopter")
    assert again.side is Side.ADOPTER


def test_an_unconfirmed_claim_is_for_the_two_sides_only(cast):
    assert seen_by(cast, proofs.claimed(cast).innovation) == SIDES
    assert seen_by(cast, proofs.claimed(cast, by="adopter").innovation) == SIDES


def test_a_claim_with_a_public_source_is_for_everybody(cast):
    assert seen_by(cast, proofs.claimed(cast, source_url=proofs.LINK).innovation) == set(cast.people)


@pytest.mark.parametrize(
    "way", [proofs.confirmed, proofs.evidenced, proofs.verified, proofs.disputed, proofs.failed]
)
def test_what_is_proven_disputed_or_failed_is_for_the_readers_of_the_record(cast, way):
    assert seen_by(cast, way(cast).innovation) == set(cast.people)


def test_what_was_withdrawn_is_listed_for_nobody(cast):
    innovation = proofs.withdrawn(cast).innovation
    assert all(not replications_of(innovation, viewer) for viewer in cast.viewers.values())


def test_who_waits_for_whom_is_listed(cast):
    mine, theirs = proofs.claimed(cast), proofs.claimed(cast, by="adopter")
    waiting = {name: claims_to_confirm(viewer) for name, viewer in cast.viewers.items()}
    assert {name: found for name, found in waiting.items() if found} == {
        "adopter": [mine],
        "partner": [theirs],
        "second": [theirs],
        "registrar": [theirs],
    }


def test_accepted_evidence_moves_it_on_and_reopening_moves_it_back(cast):
    replication = proofs.evidenced(cast)
    assert replication.status is ReplicationStatus.EVIDENCED
    (evidence,) = replication.innovation.evidence
    did(verify_replication, cast["holder"], take(cast, replication), words="Both agree.")
    assert (replication.status, replication.verified_by_id) == ("verified", cast["holder"].id)
    did(reopen_evidence, cast["free"], evidence, words="It was retracted.")
    assert replication.status is ReplicationStatus.CONFIRMED
    assert (replication.verified_by_id, replication.verified_at) == (None, None)
    assert events(replication) == [
        "replication:claim", "replication:confirm", "replication:support", "task:take", "replication:verify",
        "replication:unsupport",
    ]  # fmt: skip


def test_one_of_two_pieces_of_evidence_is_enough(cast):
    replication = proofs.evidenced(cast)
    first = replication.innovation.evidence[0]
    proofs.accepted_evidence(cast, replication.innovation, replication_id=replication.id)
    did(reopen_evidence, cast["free"], first, words="Look again.")
    assert replication.status is ReplicationStatus.EVIDENCED


def test_reopening_takes_a_task_away_from_who_holds_it(cast):
    replication = take(cast, proofs.evidenced(cast))
    did(reopen_evidence, cast["free"], replication.innovation.evidence[0], words="Look again.")
    assert (replication.taken_by_id, replication.taken_at) == (None, None)


def test_rejected_evidence_moves_nothing(cast):
    replication = proofs.confirmed(cast)
    proofs.rejected_evidence(cast, replication.innovation, replication_id=replication.id)
    assert replication.status is ReplicationStatus.CONFIRMED


def test_evidence_that_was_accepted_before_the_confirmation_counts_after_it(cast):
    replication = proofs.claimed(cast, source_url=proofs.LINK)
    proofs.accepted_evidence(cast, replication.innovation, replication_id=replication.id)
    assert replication.status is ReplicationStatus.CLAIMED
    did(confirm_replication, cast["adopter"], replication)
    assert replication.status is ReplicationStatus.EVIDENCED


def test_a_coordinator_of_either_side_or_of_the_evidence_verifies_nothing(cast):
    replication = proofs.evidenced(cast)
    coordinators = [
        cast["conflicted"],
        make_member(roles=["coordinator"], belongs_to=[cast.adopting]),
    ]
    for actor in coordinators:
        with pytest.raises(ForbiddenError):
            did(verify_replication, actor, replication, words="Fine.")


def test_verifying_needs_words(cast):
    replication = take(cast, proofs.evidenced(cast))
    with pytest.raises(InvalidError):
        did(verify_replication, cast["holder"], replication, words=" ")


def test_a_dispute_shows_both_voices(cast):
    replication = proofs.claimed(cast)
    did(dispute_replication, cast["adopter"], replication, words="We never did.", language="es")
    did(answer_dispute, cast["second"], replication, words="You did in 2023.", language="en-GB")
    did(answer_dispute, cast["adopter"], replication, words="That was a test.", language="es")
    assert [(each.side, each.action, each.words, each.language) for each in replication.statements] == [
        (Side.ADOPTER, "dispute", "We never did.", "es"),
        (Side.OWNER, "answer", "You did in 2023.", "en-GB"),
        (Side.ADOPTER, "answer", "That was a test.", "es"),
    ]
    with pytest.raises(InvalidError):
        did(answer_dispute, cast["adopter"], replication, words="", language="es")


def test_who_raised_a_dispute_settles_it_and_it_must_be_confirmed_again(cast):
    replication = proofs.verified(cast)
    did(dispute_replication, cast["adopter"], replication, **proofs.WORDS)
    for name in ("partner", "registrar", "both", "free"):
        with pytest.raises(ForbiddenError):
            did(settle_replication, cast[name], replication, **proofs.WORDS)
    did(settle_replication, cast["adopter"], replication, **proofs.WORDS)
    assert replication.status is ReplicationStatus.CLAIMED
    assert (replication.confirmed_by_id, replication.verified_by_id) == (None, None)
    did(confirm_replication, cast["adopter"], replication)
    assert replication.status is ReplicationStatus.EVIDENCED


def test_a_failure_is_kept_with_its_lessons(cast):
    replication = proofs.failed(cast)
    (statement,) = replication.statements
    assert (statement.side, statement.action, statement.words) == ("adopter", "fail", "Nobody kept it up.")
    assert list(replications_of(replication.innovation, cast.viewer("visitor"))) == [replication]
    with pytest.raises(InvalidError):
        did(proofs.fail_replication, cast["adopter"], proofs.confirmed(cast), words="", language="es")


def test_who_compiled_a_record_does_not_confirm_for_its_owner(cast):
    replication = proofs.claimed(cast, compiled_record(cast), by="adopter")
    with pytest.raises(ForbiddenError):
        did(confirm_replication, cast["compiler"], replication)
    with pytest.raises((ForbiddenError, NotFoundError)):
        did(confirm_replication, cast["partner"], replication)
    afterwards.accepted_claim(cast, replication.innovation)
    did(confirm_replication, cast["partner"], replication)
    assert replication.status is ReplicationStatus.CONFIRMED


def test_who_took_a_record_over_from_the_owner_that_claimed_does_not_confirm_for_both(cast):
    replication = proofs.claimed(cast)
    afterwards.accepted_offer(cast, replication.innovation)
    with pytest.raises(ForbiddenError):
        did(confirm_replication, cast["adopter"], replication)


@pytest.mark.parametrize(
    "change",
    ["confirmed_by_id = claimed_by_id", "status = 'verified', confirmed_by_id = NULL", "side = 'both'"],
)
def test_the_database_refuses_what_never_may_be(cast, change):
    proofs.claimed(cast)
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(text(f"UPDATE replications SET {change}"))
