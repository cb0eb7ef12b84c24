"""Records assessments, never changed: a later one of the same maker takes the place, a wrong one is taken back."""

from sqlalchemy import select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.commitments.acting import holding_as_reader
from hub.commitments.assessing.details import COMPLETION, AssessmentDetails, checked_details
from hub.commitments.assessing.permissions import can_assess
from hub.commitments.evidence.gate import supports_commitment
from hub.commitments.milestones.moving import OWN_DECISION
from hub.commitments.models import Assessment, AssessmentRating, Commitment, Maker
from hub.commitments.models.commitment import WORDS_LENGTH
from hub.commitments.models.milestone import NEEDS_EVIDENCE
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member

UNPUBLISHED = N_("Publish this commitment first. Then you can assess it.")
NO_EVIDENCE = N_(
    "Nothing shows this yet. Give evidence for the commitment as a whole, or for each of its milestones. It counts once"
    " a coordinator accepts it who never owned the commitment and did not give the evidence."
)
NO_REASON = N_("Say what was wrong with it.")
LOST = "The evidence for this counts no longer."
"""The reason that the audit log keeps."""
GONE = N_("This assessment was taken back already.")


def record_assessment(actor: Member, commitment: Commitment, details: AssessmentDetails) -> Assessment:
    """Record an assessment beside those that are there.

    Args:
        actor: who answers for the commitment; for what the Independent Reporting Mechanism published, a keeper.
        commitment: what is assessed.
        details: the answers, with their source.

    Raises:
        NotFoundError: the commitment is not the actor's to see.
        ForbiddenError: they may not record this one.
        ConflictError: it is a draft, of which only published reports are written down.
        InvalidError: something said cannot be accepted, or no evidence shows it; names the field.
    """
    viewer = _holding(actor, commitment, details.maker)
    if details.maker is Maker.SELF and not commitment.is_shown:
        raise ConflictError(UNPUBLISHED)
    details = checked_details(details)
    if (
        details.maker is Maker.SELF
        and details.rated(COMPLETION) in NEEDS_EVIDENCE
        and not supports_commitment(commitment, but=actor.id)
    ):
        words = OWN_DECISION if supports_commitment(commitment) else NO_EVIDENCE
        raise InvalidError(words, field=COMPLETION)
    assessment = Assessment(
        commitment_id=commitment.id,
        maker=details.maker,
        scheme=details.scheme,
        report=details.report,
        assessed_on=details.assessed_on or (clock.now().date() if details.maker is Maker.SELF else None),
        words=details.words,
        source_url=details.source_url,
        retrieved_on=details.retrieved_on,
        recorded_by_id=actor.id,
        recorded_at=clock.now(),
        ratings=[
            AssessmentRating(scale=each.scale, about=each.about, value=each.value) for each in details.ratings
        ],
    )
    session().add(assessment)
    session().flush()
    record(viewer, Event.ASSESSMENT_RECORD, assessment.subject, after=_snapshot(commitment, assessment))
    return assessment


def withdraw_assessment(actor: Member, assessment: Assessment, *, words: str) -> None:
    """Take back an assessment that was written down wrongly; it is shown no more.

    Args:
        actor: who may record one of this maker.
        assessment: what is taken back.
        words: what was wrong with it, for the audit log.

    Raises:
        NotFoundError: the commitment is not the actor's to see.
        ForbiddenError: they may not record one of this maker.
        InvalidError: no words.
        ConflictError: it was taken back before.
    """
    commitment = session().get_one(Commitment, assessment.commitment_id)
    viewer = _holding(actor, commitment, assessment.maker)
    words = checked_words(words, WORDS_LENGTH, NO_REASON)
    _withdraw(viewer, commitment, assessment, words)


def withdraw_unsupported(viewer: Viewer, commitment: Commitment) -> bool:
    """Take back what those who answer for a commitment said beyond limited, once no evidence shows it any more.

    Args:
        viewer: who did what made it so, for the audit log.
        commitment: what was assessed; the caller holds it.

    Returns:
        Whether anything was taken back.
    """
    if supports_commitment(commitment):
        return False
    said = session().scalars(
        select(Assessment)
        .join(AssessmentRating, AssessmentRating.assessment_id == Assessment.id)
        .where(
            Assessment.commitment_id == commitment.id,
            Assessment.maker == Maker.SELF,
            Assessment.withdrawn_at.is_(None),
            AssessmentRating.scale == COMPLETION,
            AssessmentRating.value.in_([each.value for each in NEEDS_EVIDENCE]),
        )
        .order_by(Assessment.id)
    )
    unsupported = said.all()
    for each in unsupported:
        _withdraw(viewer, commitment, each, LOST)
    return bool(unsupported)


def _withdraw(viewer: Viewer, commitment: Commitment, assessment: Assessment, words: str) -> None:
    taken = session().execute(
        update(Assessment)
        .where(Assessment.id == assessment.id, Assessment.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
        .returning(Assessment.id),
        execution_options={"synchronize_session": False},
    )
    if taken.scalar() is None:
        raise ConflictError(GONE)
    session().refresh(assessment)
    before = _snapshot(commitment, assessment)
    record(viewer, Event.ASSESSMENT_WITHDRAW, assessment.subject, reason=words, before=before)


def _holding(actor: Member, commitment: Commitment, maker: Maker) -> Viewer:
    viewer = holding_as_reader(actor, commitment)
    if not can_assess(viewer, commitment, maker):
        raise ForbiddenError
    return viewer


def _snapshot(commitment: Commitment, assessment: Assessment) -> dict[str, object]:
    return {
        "commitment": commitment.code,
        "maker": assessment.maker,
        "scheme": assessment.scheme,
        "report": assessment.report,
        "assessed_on": assessment.assessed_on,
        "source_url": assessment.source_url,
        "ratings": sorted(f"{each.scale}|{each.about}|{each.value}" for each in assessment.ratings),
    }
