"""Claiming, confirming, disputing and verifying replications."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.caretakers import caretakers_of
from hub.catalogue.evidence.service import refresh_level, refresh_support
from hub.catalogue.models import Innovation, Replication, ReplicationStatement, ReplicationStatus, Side
from hub.catalogue.models.checking import check_address, check_code, check_country, check_text
from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.permissions import can_view
from hub.catalogue.queries import known_organisations
from hub.catalogue.replications.lifecycle import REPLICATIONS
from hub.catalogue.replications.permissions import (
    can_answer,
    can_claim_for_adopter,
    can_claim_for_owner,
    can_view_replication,
    side_of,
)
from hub.catalogue.tasks.service import check_words, decider
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.notifications.service import notify
from hub.organisations.models import Organisation
from hub.organisations.people import speakers


@dataclass(frozen=True, kw_only=True)
class ReplicationDetails:
    """What one side says about a replication.

    Args:
        adopter_id: id of the organisation that took the innovation up.
        country: ISO code of the country where it did.
        language: BCP 47 code of the words.
        adapted: what was changed for the place.
        cost_band: code of the cost bands, or None.
        started_on: when it began, or None where that is not known.
        result: what came of it.
        source_url: where the public can read of it, or None.
    """

    adopter_id: int
    country: str
    language: str
    adapted: str = ""
    cost_band: str | None = None
    started_on: date | None = None
    result: str = ""
    source_url: str | None = None


def claim_replication(actor: Member, innovation: Innovation, details: ReplicationDetails) -> Replication:
    """Say that an organisation took the innovation up; the other side is asked to confirm.

    Raises:
        NotFoundError: the innovation is not the actor's to see.
        ForbiddenError: the actor speaks for neither side.
        InvalidError: something said cannot be accepted.
        ConflictError: this replication is known already.
    """
    viewer = viewer_of(actor)
    if not can_view(viewer, innovation):
        raise NotFoundError
    side = _claiming_side(viewer, innovation, details.adopter_id)
    _check(details)
    replication = Replication(
        innovation=innovation,
        side=side,
        claimed_by_id=actor.id,
        claimed_at=clock.now(),
        **vars(details),
    )
    session().add(replication)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(
            N_("This organisation's replication in this country is on the list already.")
        ) from None
    record(viewer, Event.REPLICATION_CLAIM, replication.subject, after=replication_snapshot(replication))
    _ask_other_side(replication)
    return replication


def _ask_other_side(replication: Replication) -> None:
    """Tell those who can confirm what was claimed."""
    innovation = replication.innovation
    asked = (
        caretakers_of(innovation)
        if replication.side is Side.ADOPTER
        else speakers(session().get_one(Organisation, replication.adopter_id))
    )
    notify(
        asked - {replication.claimed_by_id},
        "replication_claimed",
        innovation.subject,
        tlp=innovation.present_tlp,
    )


def confirm_replication(actor: Member, replication: Replication) -> None:
    """Confirm what the other side claimed.

    Raises:
        NotFoundError: the replication is not the actor's to see.
        ForbiddenError: the actor claimed it, or does not speak for the other side alone.
        ConflictError: it does not wait for a confirmation.
    """
    viewer = _may(actor, replication, "confirm")
    before = replication_snapshot(replication)
    REPLICATIONS.move(replication, "confirm", confirmed_by_id=actor.id, confirmed_at=clock.now())
    record(
        viewer,
        Event.REPLICATION_CONFIRM,
        replication.subject,
        before=before,
        after=replication_snapshot(replication),
    )
    refresh_support(viewer, replication)


def verify_replication(actor: Member, replication: Replication, *, words: str) -> None:
    """Verify a confirmed replication with accepted evidence, as a coordinator who took it.

    Raises:
        NotFoundError: the actor decides nothing.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor does not hold it, or it is not evidenced.
        InvalidError: no words on what was checked.
    """
    viewer = decider(actor, replication)
    words = check_words(words)
    REPLICATIONS.move(
        replication,
        "verify",
        Replication.taken_by_id == actor.id,
        taken_by_id=None,
        taken_at=None,
        verified_by_id=actor.id,
        verified_at=clock.now(),
    )
    record(viewer, Event.REPLICATION_VERIFY, replication.subject, reason=words)
    refresh_level(replication.innovation)


def dispute_replication(actor: Member, replication: Replication, *, words: str, language: str) -> None:
    """Say that the claim, or what is told of it, is not right; the page shows both voices.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for confirming.
        InvalidError: no words.
    """
    _speak(actor, replication, "dispute", Event.REPLICATION_DISPUTE, words, language)


def fail_replication(actor: Member, replication: Replication, *, words: str, language: str) -> None:
    """Say, as the adopter, that it did not work, with the lessons; the record keeps it.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for confirming.
        InvalidError: no words.
    """
    _speak(actor, replication, "fail", Event.REPLICATION_FAIL, words, language)


def settle_replication(actor: Member, replication: Replication, *, words: str, language: str) -> None:
    """Take a dispute back; the replication waits for a confirmation anew.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for confirming.
        InvalidError: no words.
    """
    _speak(
        actor,
        replication,
        "settle",
        Event.REPLICATION_SETTLE,
        words,
        language,
        confirmed_by_id=None,
        confirmed_at=None,
        verified_by_id=None,
        verified_at=None,
    )


def answer_dispute(actor: Member, replication: Replication, *, words: str, language: str) -> None:
    """Add one's own voice to a dispute.

    Raises:
        NotFoundError: the replication is not the actor's to see.
        ForbiddenError: the actor speaks for neither side.
        ConflictError: nothing is disputed.
        InvalidError: no words.
    """
    viewer = viewer_of(actor)
    if not can_view_replication(viewer, replication):
        raise NotFoundError
    if not can_answer(viewer, replication):
        raise ForbiddenError
    if replication.status is not ReplicationStatus.DISPUTED:
        raise ConflictError
    words = check_words(words)
    _say(viewer, actor, replication, "answer", words, language)
    record(viewer, Event.REPLICATION_ANSWER, replication.subject, reason=words)


def withdraw_replication(actor: Member, replication: Replication) -> None:
    """Take a claim back that is not confirmed.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for confirming.
    """
    viewer = _may(actor, replication, "withdraw")
    REPLICATIONS.move(replication, "withdraw")
    record(viewer, Event.REPLICATION_WITHDRAW, replication.subject)


def replication_snapshot(replication: Replication) -> dict[str, object]:
    """Return all that is said about a replication, for the audit log."""
    names = [column.name for column in Replication.__table__.columns if not column.name.endswith("_at")]
    values = {name: getattr(replication, name) for name in names}
    return {name: value if isinstance(value, int | None) else str(value) for name, value in values.items()}


def _claiming_side(viewer: Viewer, innovation: Innovation, adopter_id: int) -> Side:
    if adopter_id == innovation.owner_id:
        raise InvalidError(N_("Its own organisation cannot replicate it."), field="adopter_id")
    if can_claim_for_adopter(viewer, innovation) and adopter_id in viewer.represents:
        return Side.ADOPTER
    if not can_claim_for_owner(viewer, innovation):
        raise ForbiddenError(N_("Only the owner's side or who took it up can add a replication."))
    if adopter_id in viewer.organisations:
        raise InvalidError(
            N_("You belong to both sides. Somebody who belongs to one of them only must add this."),
            field="adopter_id",
        )
    adopter = session().get(Organisation, adopter_id)
    if adopter is None or adopter not in known_organisations(viewer):
        raise InvalidError(N_("Choose from the list."), field="adopter_id")
    return Side.OWNER


def _check(details: ReplicationDetails) -> None:
    check_country("country", details.country)
    check_text("adapted", details.adapted, PARAGRAPH_LENGTH)
    check_text("result", details.result, PARAGRAPH_LENGTH)
    if details.cost_band is not None:
        check_code("cost_band", details.cost_band, "cost_bands")
    if details.source_url is not None:
        check_address("source_url", details.source_url)
    if details.started_on is not None and details.started_on > clock.now().date():
        raise InvalidError(N_("Enter a day that is not in the future."), field="started_on")


REFUSALS = {
    "confirm": N_("The other side must confirm this, not the one that claimed it."),
    "dispute": N_("Only the other side can dispute a claim; the side that made it can withdraw it."),
    "settle": N_("Only the side that raised the dispute can take it back."),
    "withdraw": N_("Only the side that claimed this can withdraw it."),
    "fail": N_("Only the organisation that took it up can say that it failed."),
}
"""Why somebody may not take a step that is the other side's."""


def _may(actor: Member, replication: Replication, action: str) -> Viewer:
    viewer = viewer_of(actor)
    if not can_view_replication(viewer, replication):
        raise NotFoundError
    if not any(row.may(viewer, replication) for row in REPLICATIONS if row.action == action):
        raise ForbiddenError(REFUSALS.get(action, ""))
    if REPLICATIONS.row(action, replication.status) is None:
        raise ConflictError
    return viewer


def _speak(
    actor: Member,
    replication: Replication,
    action: str,
    event: Event,
    words: str,
    language: str,
    **changes: object,
) -> None:
    viewer = _may(actor, replication, action)
    words = check_words(words)
    before = replication_snapshot(replication)
    _say(viewer, actor, replication, action, words, language)
    REPLICATIONS.move(replication, action, taken_by_id=None, taken_at=None, **changes)
    record(
        viewer,
        event,
        replication.subject,
        reason=words,
        before=before,
        after=replication_snapshot(replication),
    )
    refresh_level(replication.innovation)


def _say(
    viewer: Viewer, actor: Member, replication: Replication, action: str, words: str, language: str
) -> None:
    session().add(
        ReplicationStatement(
            replication_id=replication.id,
            side=side_of(viewer, replication),
            action=action,
            words=words,
            language=language,
            said_by_id=actor.id,
            said_at=clock.now(),
        )
    )
    session().flush()
