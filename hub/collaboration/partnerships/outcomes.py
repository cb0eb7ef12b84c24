"""What came of a partnership: recorded by one side, agreed or disputed by the other, asked again a year on."""

from dataclasses import dataclass

from sqlalchemy import exists, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models import Replication
from hub.catalogue.models.checking import check_code, checked_words
from hub.collaboration.documents import queue_request
from hub.collaboration.lifecycle import OUTCOMES, REQUESTS
from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    OutcomeMoment,
    OutcomeStatus,
    RequestStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.models.partnership import OUTCOME_LENGTH
from hub.collaboration.partnerships.holding import (
    Acting,
    holding_partnership,
    tell_other_side,
)
from hub.collaboration.partnerships.permissions import can_sign, moment_to_record
from hub.collaboration.partnerships.queries import outcomes_of
from hub.collaboration.permissions import can_record_outcome
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, StaleVersionError
from hub.core.i18n import N_
from hub.members.models import Member

KINDS = "outcome_kinds"
NOT_ASKED = N_("Nothing is asked about this partnership at the moment, or it was told already.")
NOT_YOURS = N_("The other side signs this, and never who recorded it.")
NOT_RECORDER = N_("Only the side that recorded this can put it differently.")
NO_WORDS = N_("Say in a few sentences what came of it.")
NO_REASON = N_("Say what is not right. The other side reads exactly these words.")
REWORDED = N_("The words were changed after you opened this. Read them again before you sign.")
PROPOSED = N_("A replication was proposed from this outcome already.")


@dataclass(frozen=True, kw_only=True)
class OutcomeDetails:
    """What one side says came of a partnership.

    Args:
        kind: code of the vocabulary `outcome_kinds`.
        words: what came of it.
        language: BCP 47 tag of the words.
    """

    kind: str
    words: str
    language: str


def record_outcome(
    actor: Member, response: Response, moment: OutcomeMoment, details: OutcomeDetails
) -> Outcome:
    """Record what came of a partnership; the other side is asked to sign. The last one completes the request.

    Args:
        actor: somebody who acts for one of both sides.
        response: an accepted response of a request under way, or of one that was completed.
        moment: for which moment; it must be the one that is asked for now.
        details: what is recorded.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the actor acts for both sides.
        ConflictError: nothing is asked, or somebody recorded it meanwhile.
        InvalidError: the kind is unknown, or nothing is said.
    """
    acting = holding_partnership(actor, response)
    if moment_to_record(response, outcomes_of(response), clock.now()) is not moment:
        raise ConflictError(NOT_ASKED)
    said = _checked(details)
    outcome = Outcome(response=response, moment=moment, side=acting.side, recorded_by_id=actor.id, **said)
    session().add(outcome)
    session().flush()
    record(acting.viewer, Event.OUTCOME_RECORD, outcome.subject, after=_snapshot(outcome))
    tell_other_side("outcome_recorded", response, acting.side)
    _complete_where_told(acting.viewer, response.request)
    return outcome


def agree_outcome(actor: Member, outcome: Outcome, *, version: int) -> None:
    """Sign what the other side recorded.

    Args:
        actor: somebody who acts for the other side, and did not record it.
        outcome: what is signed.
        version: that of the words which the actor read.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: it is not the actor's to sign.
        ConflictError: it was signed or disputed already.
        StaleVersionError: its words were changed meanwhile.
    """
    acting = _holding_outcome(actor, outcome)
    _require_signer(acting, outcome, version)
    before = _snapshot(outcome)
    OUTCOMES.move(
        outcome,
        "agree",
        Outcome.version == version,
        answered_by_id=actor.id,
        answered_at=clock.now(),
        answer_words="",
    )
    record(acting.viewer, Event.OUTCOME_AGREE, outcome.subject, before=before, after=_snapshot(outcome))
    tell_other_side("outcome_agreed", outcome.response, acting.side)


def dispute_outcome(actor: Member, outcome: Outcome, *, words: str, version: int) -> None:
    """Say that what the other side recorded is not right; both voices stand on the page.

    Args:
        actor: somebody who acts for the other side, and did not record it.
        outcome: what is disputed.
        words: what is not right.
        version: that of the words which the actor read.

    Raises:
        NotFoundError, ForbiddenError, ConflictError, StaleVersionError: as for signing.
        InvalidError: no words.
    """
    acting = _holding_outcome(actor, outcome)
    _require_signer(acting, outcome, version)
    words = checked_words(words, OUTCOME_LENGTH, NO_REASON)
    before = _snapshot(outcome)
    OUTCOMES.move(
        outcome,
        "dispute",
        Outcome.version == version,
        answered_by_id=actor.id,
        answered_at=clock.now(),
        answer_words=words,
    )
    record(
        acting.viewer,
        Event.OUTCOME_DISPUTE,
        outcome.subject,
        reason=words,
        before=before,
        after=_snapshot(outcome),
    )
    tell_other_side("outcome_disputed", outcome.response, acting.side)


def revise_outcome(actor: Member, outcome: Outcome, details: OutcomeDetails, *, version: int) -> None:
    """Put differently what the other side disputes; it is asked to sign anew. Its words of dispute stay until then.

    Args:
        actor: somebody who acts for the side that recorded it.
        outcome: what is disputed.
        details: what is recorded instead.
        version: that of the words which the actor opened.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the other side recorded it.
        ConflictError: it is not disputed.
        InvalidError: as for recording.
        StaleVersionError: somebody changed it meanwhile.
    """
    acting = _holding_outcome(actor, outcome)
    if not can_record_outcome(acting.viewer, outcome):
        raise ForbiddenError(NOT_RECORDER)
    if outcome.status is not OutcomeStatus.DISPUTED:
        raise ConflictError
    if outcome.version != version:
        raise StaleVersionError
    said = _checked(details)
    before = _snapshot(outcome)
    OUTCOMES.move(
        outcome,
        "revise",
        Outcome.version == version,
        version=version + 1,
        recorded_by_id=actor.id,
        recorded_at=clock.now(),
        answered_by_id=None,
        answered_at=None,
        **said,
    )
    record(acting.viewer, Event.OUTCOME_REVISE, outcome.subject, before=before, after=_snapshot(outcome))
    tell_other_side("outcome_recorded", outcome.response, acting.side)


def note_replication(actor: Member, outcome: Outcome, replication: Replication) -> None:
    """Keep which replication was claimed from an outcome that both sides signed.

    Args:
        actor: who claimed it, for either side.
        outcome: the signed outcome.
        replication: the claim; the catalogue has its own rules for who may make it.

    Raises:
        NotFoundError: the response is not the actor's to see.
        ForbiddenError: the actor acts for both sides.
        ConflictError: it is not signed, or a replication was claimed from it already.
    """
    acting = _holding_outcome(actor, outcome)
    before = _snapshot(outcome)
    kept = session().execute(
        update(Outcome)
        .where(
            Outcome.id == outcome.id,
            Outcome.status == OutcomeStatus.AGREED,
            Outcome.replication_id.is_(None),
        )
        .values(replication_id=replication.id)
        .returning(Outcome.id),
        execution_options={"synchronize_session": False},
    )
    if kept.scalar() is None:
        raise ConflictError(PROPOSED)
    session().refresh(outcome)
    record(acting.viewer, Event.OUTCOME_REPLICATE, outcome.subject, before=before, after=_snapshot(outcome))


def _holding_outcome(actor: Member, outcome: Outcome) -> Acting:
    acting = holding_partnership(actor, outcome.response)
    session().refresh(outcome)
    return acting


def _require_signer(acting: Acting, outcome: Outcome, version: int) -> None:
    if not can_sign(acting.viewer, outcome):
        raise ForbiddenError(NOT_YOURS)
    if OUTCOMES.row("agree", outcome.status) is None:
        raise ConflictError
    if outcome.version != version:
        raise StaleVersionError(REWORDED)


def _checked(details: OutcomeDetails) -> dict[str, str]:
    check_code("kind", details.kind, KINDS)
    words = checked_words(details.words, OUTCOME_LENGTH, NO_WORDS)
    return {"kind": details.kind, "words": words, "language": details.language}


def _complete_where_told(viewer: Viewer, request: CollaborationRequest) -> None:
    """Complete a request under way once an outcome is recorded of each accepted response."""
    if request.status is not RequestStatus.ACTIVE:
        return
    told = exists().where(Outcome.response_id == Response.id, Outcome.moment == OutcomeMoment.COMPLETION)
    untold = session().scalar(
        select(Response.id)
        .where(Response.request_id == request.id, Response.status == ResponseStatus.ACCEPTED, ~told)
        .limit(1)
    )
    if untold is None:
        REQUESTS.move(request, "complete", completed_at=clock.now())
        record(viewer, Event.REQUEST_COMPLETE, request.subject)
        queue_request(request)


def _snapshot(outcome: Outcome) -> dict[str, object]:
    return {
        "moment": outcome.moment.value,
        "kind": outcome.kind,
        "words": outcome.words,
        "side": outcome.side.value,
        "recorded_by": outcome.recorded_by_id,
        "status": outcome.status.value,
        "answered_by": outcome.answered_by_id,
        "answer_words": outcome.answer_words,
        "replication": outcome.replication_id,
        "version": outcome.version,
    }
