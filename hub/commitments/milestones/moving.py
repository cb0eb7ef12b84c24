"""Says how far a milestone is. More than limited is said only of what evidence shows that others accepted."""

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.commitments.evidence.gate import supports
from hub.commitments.lifecycle import MILESTONES
from hub.commitments.milestones.reminding import forget_reminders
from hub.commitments.milestones.service import reread_as_answerer
from hub.commitments.models import Milestone
from hub.commitments.models.commitment import WORDS_LENGTH
from hub.commitments.models.milestone import NEEDS_EVIDENCE
from hub.core import clock
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member

UNPUBLISHED = N_("Publish this commitment first. Then you can say how far its milestones are.")
NO_WORDS = N_("Say in a sentence or two how far it is, and why.")
NO_EVIDENCE = N_(
    "Nothing shows this yet. Give evidence for the milestone, or for the whole commitment. It counts once a"
    " coordinator accepts it who never owned the commitment and did not give the evidence."
)
OWN_DECISION = N_(
    "You accepted the evidence for this yourself. So its owner, or another focal point or coordinator, must say it."
)


def move_milestone(actor: Member, milestone: Milestone, action: str, *, words: str) -> None:
    """Say how far a milestone is.

    Args:
        actor: the owner of the commitment, or a keeper.
        milestone: of a published commitment.
        action: of `hub.commitments.lifecycle.MILESTONES`.
        words: how far it is and why; everybody reads it.

    Raises:
        NotFoundError: the commitment is not the actor's to see, or the milestone was removed.
        ForbiddenError: they do not answer for it.
        ConflictError: the commitment is a draft, or the milestone's state does not allow the action.
        InvalidError: no words, or no evidence for what is said that others than the actor accepted; names the field.
    """
    viewer = reread_as_answerer(actor, milestone)
    if not milestone.commitment.is_shown:
        raise ConflictError(UNPUBLISHED)
    row = MILESTONES.row(action, milestone.status)
    if row is None:
        raise ConflictError
    words = checked_words(words, WORDS_LENGTH, NO_WORDS)
    if row.target in NEEDS_EVIDENCE and not supports(milestone, but=actor.id):
        raise InvalidError(OWN_DECISION if supports(milestone) else NO_EVIDENCE, field="action")
    move(viewer, milestone, action, words)


def move(viewer: Viewer, milestone: Milestone, action: str, words: str, *, reason: str = "") -> None:
    """Take a milestone through an action; the caller holds its commitment and has asked everything.

    Args:
        viewer: who does it, for the audit log.
        milestone: what is moved.
        action: of the lifecycle.
        words: what everybody reads; empty where nobody said anything.
        reason: for the audit log, where it is not these words.
    """
    before = {"status": milestone.status}
    MILESTONES.move(milestone, action, status_words=words, moved_at=clock.now())
    if not milestone.is_open:
        forget_reminders(milestone.commitment, milestone)
    after = {"status": milestone.status}
    record(
        viewer,
        Event(f"milestone:{action}"),
        milestone.subject,
        reason=words or reason,
        before=before,
        after=after,
    )
