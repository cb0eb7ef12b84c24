"""Records of commitments: entering, changing and throwing away drafts, publishing, ending and resuming."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text, checked_words
from hub.commitments.acting import holding_as_keeper
from hub.commitments.codes import letters_of
from hub.commitments.keeping.checking import check_details
from hub.commitments.keeping.details import CommitmentDetails
from hub.commitments.keeping.snapshots import snapshot
from hub.commitments.keeping.writing import plan_for, write
from hub.commitments.lifecycle import COMMITMENTS
from hub.commitments.models import Commitment, CommitmentStatus
from hub.commitments.models.commitment import WORDS_LENGTH
from hub.commitments.permissions import can_enter_for
from hub.commitments.telling import tell
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, StaleVersionError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

CODE_TAKEN = N_("The hub has a commitment with this code, or somebody is entering it.")
OTHER_LETTERS = N_(
    "Codes of this country begin with %(letters)s. If the partnership wrote another one, ask a coordinator to enter it."
)
CODE_STAYS = N_("Its address holds the code, so the code stays once the commitment is published.")
COUNTRY_STAYS = N_("The country stays. Discard the draft and enter the commitment for the other country.")
NOT_YOURS = N_("You enter commitments of the countries that you are focal point of.")
NEEDS_SOURCE = N_("Enter where the promise can be read. A commitment is published with its source.")
SAY_WHY_IT_ENDS = N_("Say why the commitment ends.")
ALREADY_SHOWN = N_("Only a draft can be discarded. End the commitment instead.")


def enter_commitment(actor: Member, details: CommitmentDetails) -> Commitment:
    """Enter a commitment as a draft that only its keepers see.

    Args:
        actor: who enters it.
        details: all that is said of it.

    Raises:
        ForbiddenError: the actor enters no commitments of this country.
        InvalidError: something said cannot be true, or the code is taken; names the field.
    """
    viewer = viewer_of(actor)
    commitment = new_draft(viewer, details)
    record(viewer, Event.COMMITMENT_ENTER, commitment.subject, after=snapshot(commitment))
    return commitment


def new_draft(viewer: Viewer, details: CommitmentDetails) -> Commitment:
    """Store a draft; whoever asks for it logs it.

    Raises:
        ForbiddenError: the viewer enters no commitments of this country.
        InvalidError: as `enter_commitment`.
    """
    if not can_enter_for(viewer, details.country):
        raise ForbiddenError(NOT_YOURS)
    check_details(details)
    _check_letters(viewer, details)
    return stored_draft(details, viewer.member_id)


def stored_draft(details: CommitmentDetails, entered_by_id: int | None) -> Commitment:
    """Store a draft of checked details.

    Args:
        details: all that is said of it.
        entered_by_id: who enters it, or None for what comes with the hub.

    Raises:
        InvalidError: the code is taken, or the plan is known with other years.
    """
    _require_free(details.code)
    moment = clock.now()
    commitment = Commitment(
        code=details.code,
        country=details.country,
        plan=plan_for(details.country, details.plan),
        title=details.title,
        status=CommitmentStatus.DRAFT,
        version=1,
        entered_by_id=entered_by_id,
        entered_at=moment,
        saved_at=moment,
    )
    with session().no_autoflush:
        session().add(commitment)
        write(commitment, details)
    _flush_code()
    return commitment


def change_commitment(
    actor: Member, commitment: Commitment, details: CommitmentDetails, *, version: int
) -> bool:
    """Store what is said, if nobody saved since `version` was read; return whether anything changed.

    Once it is published, each change is logged.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not keep it.
        StaleVersionError: somebody saved it meanwhile.
        InvalidError: something said cannot be true, or can no longer be changed; names the field.
    """
    viewer = holding_as_keeper(actor, commitment)
    if commitment.version != version:
        raise StaleVersionError
    if details.country != commitment.country:
        raise InvalidError(COUNTRY_STAYS, field="country")
    if details.code != commitment.code:
        if commitment.is_shown:
            raise InvalidError(CODE_STAYS, field="code")
        _check_letters(viewer, details)
        _require_free(details.code)
    check_details(details)
    if commitment.is_shown and not details.source_url:
        raise InvalidError(NEEDS_SOURCE, field="source_url")
    before = snapshot(commitment)
    with session().no_autoflush:
        commitment.plan = plan_for(commitment.country, details.plan, but=commitment)
        write(commitment, details)
    _flush_code()
    after = snapshot(commitment)
    if after == before:
        return False
    commitment.version, commitment.saved_at = version + 1, clock.now()
    session().flush()
    if commitment.is_shown:
        record(viewer, Event.COMMITMENT_CHANGE, commitment.subject, before=before, after=after)
    return True


def _check_letters(viewer: Viewer, details: CommitmentDetails) -> None:
    """Refuse codes of other countries, which would be taken for good; coordinators may know better."""
    letters = letters_of(details.country)
    if not viewer.has_role(Role.COORDINATOR) and details.code.rstrip("0123456789") != letters:
        raise InvalidError(OTHER_LETTERS, field="code", letters=letters)


def publish_commitment(actor: Member, commitment: Commitment) -> None:
    """Show a draft to everybody.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not keep it.
        InvalidError: it names no source.
        ConflictError: it is published already.
    """
    show(holding_as_keeper(actor, commitment), commitment)


def show(viewer: Viewer, commitment: Commitment) -> None:
    """Publish a draft for a keeper, and log it.

    Raises:
        InvalidError: it names no source.
        ConflictError: it is published already.
    """
    if not commitment.source_url:
        raise InvalidError(NEEDS_SOURCE, field="source_url")
    before = snapshot(commitment)
    _move(commitment, "publish", published_at=clock.now())
    record(viewer, Event.COMMITMENT_PUBLISH, commitment.subject, before=before, after=snapshot(commitment))


def end_commitment(actor: Member, commitment: Commitment, *, words: str) -> None:
    """End a published commitment: its time is over, or nobody goes on with it. Everybody reads why.

    Args:
        actor: who ends it.
        commitment: the commitment.
        words: why, at most `WORDS_LENGTH` characters.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not keep it.
        InvalidError: there are no words, or too many.
        ConflictError: it is not active.
    """
    viewer = holding_as_keeper(actor, commitment)
    words = checked_words(words, WORDS_LENGTH, SAY_WHY_IT_ENDS)
    before = snapshot(commitment)
    _move(commitment, "end", ended_at=clock.now(), ended_words=words)
    record(
        viewer,
        Event.COMMITMENT_END,
        commitment.subject,
        reason=words,
        before=before,
        after=snapshot(commitment),
    )
    tell({commitment.owner_id}, "commitment_ended", commitment, but=actor.id)


def resume_commitment(actor: Member, commitment: Commitment, *, words: str = "") -> None:
    """Take up a commitment that had ended; what was said to its end is in the log.

    Args:
        actor: who takes it up.
        commitment: the commitment.
        words: why, if that is said.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not keep it.
        InvalidError: there are too many words.
        ConflictError: it has not ended.
    """
    viewer = holding_as_keeper(actor, commitment)
    words = words.strip()
    check_text("words", words, WORDS_LENGTH)
    before = snapshot(commitment)
    _move(commitment, "resume", ended_at=None, ended_words="")
    record(
        viewer,
        Event.COMMITMENT_RESUME,
        commitment.subject,
        reason=words,
        before=before,
        after=snapshot(commitment),
    )
    tell({commitment.owner_id}, "commitment_resumed", commitment, but=actor.id)


def discard_commitment(actor: Member, commitment: Commitment) -> None:
    """Delete a draft with its milestones and its timeline; the log keeps that it was there.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor does not keep it.
        ConflictError: everybody reads it.
    """
    viewer = holding_as_keeper(actor, commitment)
    if commitment.is_shown:
        raise ConflictError(ALREADY_SHOWN)
    record(viewer, Event.COMMITMENT_DISCARD, commitment.subject, before=snapshot(commitment))
    session().delete(commitment)
    session().flush()


def _move(commitment: Commitment, action: str, **changes: object) -> None:
    # whoever has the record open for editing hears that it moved on
    COMMITMENTS.move(
        commitment, action, **{**changes, "version": commitment.version + 1, "saved_at": clock.now()}
    )


def _require_free(code: str) -> None:
    with session().no_autoflush:
        taken = session().scalar(select(Commitment.id).where(Commitment.code == code))
    if taken is not None:
        raise InvalidError(CODE_TAKEN, field="code")


def _flush_code() -> None:
    try:
        session().flush()
    except IntegrityError:
        # somebody stored the same code at this moment; the transaction is over
        raise ConflictError from None
