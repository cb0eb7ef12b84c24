"""Commitments for the one hub of the access tables: one that everybody reads with what belongs to it, and a draft."""

from datetime import date

from hub.commitments.models import Assessment, CommitmentEvent, CommitmentStatus, Maker
from hub.core.clock import now
from hub.core.database import session
from tests.commitments.making import make_commitment, make_evidence, make_handover, make_milestone


def add_promises(world, cast):
    """Add them: the owner answers for one that the owning agency leads, and offers it to the party.

    The member gave evidence for it.
    """
    owner, keeper = cast["owner"], cast["focal point"]
    promise = make_commitment(
        code="KE0001", country="KE", owner=owner, parties=[cast.owner], entered_by_id=keeper.id
    )
    draft = make_commitment(
        code="KE0002", country="KE", status=CommitmentStatus.DRAFT, entered_by_id=keeper.id
    )
    for name, commitment in (("promise", promise), ("promise draft", draft)):
        make_milestone(commitment)
        world.add(name, code=commitment.code)
    event = CommitmentEvent(commitment_id=promise.id, happened_on=date(2026, 5, 1), words="It was announced.")
    report = Assessment(
        commitment_id=promise.id,
        maker=Maker.IRM,
        scheme="irm_2013",
        report="A report",
        source_url="https://example.org/report",
        recorded_at=now(),
    )
    session().add_all([event, report])
    session().flush()
    world.add("promise event", code=promise.code, public_id=event.public_id)
    world.add("assessment", code=promise.code, public_id=report.public_id)
    piece = make_evidence(promise, giver=cast["member"])
    world.add("promise evidence", code=promise.code, public_id=piece.public_id)
    offer = make_handover(promise, to=cast["party"], by=owner)
    world.add("handover", public_id=offer.public_id)
