"""Cancelling a showcase, and narrowing for whom it is."""

from hub.access.audience import Readership, is_wider
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.making.checking import check_readership
from hub.showcases.making.snapshots import snapshot
from hub.showcases.making.telling import tell_everybody
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.models.showcase import TEXT_LENGTH
from hub.showcases.registrations.forgetting import cancel_outsiders

SAY_WHY = N_("Say why it is cancelled.")
NOT_WIDER = N_(
    "Once the call is open its audience only gets smaller. For a wider one begin a new showcase and open its call."
)
NO_CHANGE = N_("This is its audience already.")
STILL_A_DRAFT = N_("This is still a draft: choose its audience among the parts.")


def cancel_showcase(actor: Member, showcase: Showcase, *, words: str) -> None:
    """Cancel a showcase for good; it stays and is marked, and everybody who takes part is told.

    Args:
        actor: a curator of its team.
        showcase: what is cancelled.
        words: why; everybody in its audience reads it.

    Raises:
        NotFoundError: the actor is not on its team.
        ConflictError: it is a draft, over or cancelled already.
        InvalidError: there are no words, too many, or signs among them that nobody sees.
    """
    viewer = holding_as_curator(actor, showcase)
    words = checked_words(words, TEXT_LENGTH, SAY_WHY)
    before = snapshot(showcase)
    SHOWCASES.move(
        showcase,
        "cancel",
        cancelled_at=clock.now(),
        cancelling_words=words,
        version=showcase.version + 1,
    )
    record(
        viewer,
        Event.SHOWCASE_CANCEL,
        showcase.subject,
        reason=words,
        before=before,
        after=snapshot(showcase),
    )
    tell_everybody("showcase_cancelled", showcase, but=viewer.member_id)


def narrow_audience(actor: Member, showcase: Showcase, readership: Readership) -> None:
    """Let fewer people see a showcase whose call was opened; who is outside loses the place they had.

    Raises:
        NotFoundError: the actor is not on its team.
        ConflictError: it is a draft.
        InvalidError: the audience would be wider, or is the same; names the field.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.status is ShowcaseStatus.DRAFT:
        raise ConflictError(STILL_A_DRAFT)
    check_readership("audience", readership)
    if is_wider(showcase.readership, readership):
        raise InvalidError(NOT_WIDER, field="audience")
    if showcase.readership == readership:
        raise InvalidError(NO_CHANGE, field="audience")
    before = snapshot(showcase)
    showcase.label_rows = []
    session().flush()
    showcase.set_readership(readership)
    showcase.version += 1
    session().flush()
    record(viewer, Event.SHOWCASE_NARROW, showcase.subject, before=before, after=snapshot(showcase))
    cancel_outsiders(showcase)
