"""Hidden commitments: a draft with all that belongs to it, and what of a public one is not for everybody."""

from datetime import date, timedelta

from hub.access.viewer import VISITOR, Role
from hub.commitments.assessing.service import withdraw_assessment
from hub.commitments.evidence.service import reject_evidence, withdraw_evidence
from hub.commitments.models import (
    Assessment,
    AssessmentRating,
    CommitmentEvent,
    CommitmentParty,
    CommitmentStatus,
    CommitmentTerm,
    EvidenceStatus,
    HandoverStatus,
    Maker,
    MilestoneMetric,
    Ownership,
    PartyRole,
    TermScheme,
)
from hub.commitments.owning.service import decline_handover
from hub.commitments.queries import commitment_by_code
from hub.core.clock import now
from hub.core.database import session
from tests.catalogue.cast import did
from tests.commitments.making import make_commitment, make_evidence, make_handover, make_milestone
from tests.factories import make_member
from tests.web.leaks.words import word

COUNTRY = "GE"

UNOWNED = "GE0903"
"""Code of a commitment that everybody reads and nobody answers for."""


def public_promise():
    """Store a commitment that everybody reads, with a milestone; nobody's viewer answers for it."""
    promise = make_commitment(country=COUNTRY, owner=make_member(), code="GE0901")
    make_milestone(promise)
    make_commitment(country=COUNTRY, code=UNOWNED)
    return promise


def hide_promises(promise):
    """Store them; return by the names of addresses what one of each is called.

    Args:
        promise: the public commitment.
    """
    coordinator = make_member(roles=[Role.COORDINATOR])
    return [*_beside(promise, coordinator), *_draft(coordinator)]


def _named(commitment, piece):
    return {"<promise>": commitment.code, "<piece>": piece.public_id, "<action>": "accept"}


def _beside(promise, coordinator):
    """Store what a public commitment hides: evidence that nobody accepted, offers, an assessment taken back."""
    make_evidence(commitment_by_code(UNOWNED, VISITOR))
    pieces = [make_evidence(promise) for _ in range(3)]
    given, rejected, withdrawn = pieces
    did(reject_evidence, coordinator, rejected, words=word("commitment_evidence.decision_words"))
    did(withdraw_evidence, withdrawn.given_by, withdrawn)
    declined = make_handover(promise, to=make_member(), by=promise.owner)
    did(decline_handover, declined.to_member, declined, words=word("commitment_handovers.answer_words"))
    offered = make_handover(promise, to=make_member(), by=promise.owner)
    taken_back = make_handover(promise, to=make_member(), by=promise.owner, status=HandoverStatus.WITHDRAWN)
    assessment = _assess(promise, promise.owner)
    did(withdraw_assessment, promise.owner, assessment, words=word("assessments.words"))
    found = (given, rejected, withdrawn, declined, offered, taken_back, assessment)
    return [_named(promise, each) for each in found]


def _draft(coordinator):
    draft = make_commitment(
        country=COUNTRY,
        status=CommitmentStatus.DRAFT,
        code="GE0902",
        title=word("commitments.title"),
        entered_by_id=coordinator.id,
        source_url="https://example.org",
    )
    draft.parties = [CommitmentParty(role=PartyRole.LEAD, name="Words", position=0)]
    draft.terms = [CommitmentTerm(scheme=TermScheme.POLICY_AREA, code="anti_corruption", position=0)]
    draft.events = [CommitmentEvent(happened_on=date(2026, 5, 1), words="Words")]
    milestone = make_milestone(draft, title=word("milestones.title"), due_on=now().date() + timedelta(days=3))
    milestone.metrics = [MilestoneMetric(metric="innovations_published", breakdown="", target=40)]
    session().add(
        Ownership(
            commitment_id=draft.id,
            institution="Words",
            began_on=date(2025, 5, 1),
            ended_on=date(2026, 5, 1),
            words="Words",
        )
    )
    session().commit()
    for status in (EvidenceStatus.GIVEN, EvidenceStatus.ACCEPTED):
        decider = None if status is EvidenceStatus.GIVEN else coordinator
        piece = make_evidence(draft, milestone=milestone, decider=decider)
    kept = _assess(draft, coordinator)
    did(withdraw_assessment, coordinator, _assess(draft, coordinator), words=word("assessments.words"))
    return [_named(draft, each) for each in (piece, draft.events[0], kept)]


def _assess(commitment, member):
    """Store what the owner said of a public commitment, or the Independent Reporting Mechanism of a draft."""
    maker = Maker.SELF if commitment.is_shown else Maker.IRM
    assessment = Assessment(
        commitment_id=commitment.id,
        maker=maker,
        scheme="irm_2013",
        report="Words",
        source_url="https://example.org",
        recorded_by_id=member.id,
        recorded_at=now(),
    )
    assessment.ratings = [AssessmentRating(scale="completion", value="complete")]
    session().add(assessment)
    session().commit()
    return assessment
