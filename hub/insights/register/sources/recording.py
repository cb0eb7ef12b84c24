"""Decisions about records of innovations, and the revisions and proposals that they were made on."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Select, exists, select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.catalogue.models import (
    Innovation,
    InnovationProposal,
    InnovationRevision,
    ProposedAction,
    RevisionLabel,
    RevisionStatus,
)
from hub.catalogue.models.review import ReviewDecision
from hub.catalogue.permissions import visible_to
from hub.catalogue.review.service import REASONS
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.source import Bases, Basis, Known, Source
from hub.integrity.four_eyes import ProposalStatus

SUBMITTED = (Event.INNOVATION_SUBMIT,)

KINDS = (
    Kind(Event.INNOVATION_PUBLISH, N_("Innovation published"), Hands.ONE, SUBMITTED, is_based=True),
    Kind(
        Event.INNOVATION_REQUEST_CHANGES,
        N_("Changes to an innovation asked for"),
        Hands.ONE,
        SUBMITTED,
        is_based=True,
        reasons=REASONS["request_changes"],
    ),
    Kind(
        Event.INNOVATION_DECLINE,
        N_("Revision of an innovation declined"),
        Hands.ONE,
        SUBMITTED,
        is_based=True,
        reasons=REASONS["decline"],
    ),
    Kind(Event.INNOVATION_WIDEN, N_("Innovation shown to more people"), Hands.TWO, is_based=True),
    Kind(Event.INNOVATION_FEATURE, N_("Innovation featured"), Hands.TWO, is_based=True),
    Kind(Event.INNOVATION_END_FEATURE, N_("Innovation no longer featured"), Hands.ONE),
    Kind(Event.INNOVATION_ARCHIVE, N_("Innovation archived"), Hands.OWN),
    Kind(Event.INNOVATION_RESTORE, N_("Archived innovation published again"), Hands.OWN),
)

CLOSING = frozenset(
    {
        Event.INNOVATION_WITHDRAW,
        Event.INNOVATION_TAKE_DOWN,
        Event.INNOVATION_DECLINE_PROPOSAL,
        Event.INNOVATION_WITHDRAW_PROPOSAL,
        Event.INNOVATION_ACCEPT_CLAIM,
        Event.INNOVATION_DECLINE_CLAIM,
        Event.INNOVATION_WITHDRAW_CLAIM,
        Event.INNOVATION_ANSWER_PROBLEM,
    }
)
"""Decisions that readers are not told of: recusals before them are not those of the next one that they are."""

EVENTS = {
    "publish": Event.INNOVATION_PUBLISH,
    "request_changes": Event.INNOVATION_REQUEST_CHANGES,
    "decline": Event.INNOVATION_DECLINE,
}


def public_innovations() -> Mapping[str, Known]:
    """Return the innovations that visitors read."""
    rows = session().execute(
        select(Innovation.public_id, Innovation.made_public_at).where(visible_to(VISITOR))
    )
    return {f"innovation:{key}": Known(f"innovation:{key}", since=since) for key, since in rows}


def decided_on() -> Bases:
    """Return the revisions and proposals that were decided on, of the innovations that visitors read."""
    found: dict[tuple[Event, str], list[Basis]] = defaultdict(list)
    for action, subject, basis in (*_reviews(), *_proposals()):
        found[action, subject].append(basis)
    return found


def _reviews() -> list[tuple[Event, str, Basis]]:
    """Return what was decided in review.

    Shown is the approval of a revision that visitors may read, and that changes of it were asked for first. A revision
    that was declined is read by nobody: the refusal is shown where it was meant for all and its record was public then.
    What was published by two people stands in the register once, as that.
    """
    by_two = exists().where(
        InnovationProposal.revision_id == InnovationRevision.id,
        InnovationProposal.action == ProposedAction.WIDEN,
        InnovationProposal.status == ProposalStatus.APPROVED,
    )
    rows = session().execute(
        select(
            ReviewDecision.action,
            ReviewDecision.decided_at,
            ReviewDecision.reasons,
            Innovation.public_id,
            Innovation.made_public_at,
            InnovationRevision.status,
            by_two,
        )
        .join(InnovationRevision, InnovationRevision.id == ReviewDecision.revision_id)
        .join(Innovation, Innovation.id == InnovationRevision.innovation_id)
        .where(visible_to(VISITOR), InnovationRevision.id.in_(_for_all()))
        .order_by(ReviewDecision.id)
    )
    found = []
    for action, at, reasons, key, since, status, is_by_two in rows:
        if action == "decline":
            is_shown = since is not None and at >= since
        else:
            is_shown = status is RevisionStatus.APPROVED and not (action == "publish" and is_by_two)
        found.append((EVENTS[action], f"innovation:{key}", Basis(at, is_shown, tuple(reasons))))
    return found


def _proposals() -> list[tuple[Event, str, Basis]]:
    """Return what one coordinator proposed and another approved; to whom a revision is shown counts if it is to all."""
    rows = session().execute(
        select(
            InnovationProposal.action,
            InnovationProposal.proposed_at,
            InnovationProposal.decided_at,
            Innovation.public_id,
            Innovation.made_public_at,
            InnovationProposal.revision_id.in_(_for_all()),
        )
        .join(Innovation, Innovation.id == InnovationProposal.innovation_id)
        .where(
            visible_to(VISITOR),
            InnovationProposal.status == ProposalStatus.APPROVED,
            InnovationProposal.action.in_((ProposedAction.FEATURE, ProposedAction.WIDEN)),
        )
        .order_by(InnovationProposal.id)
    )
    found = []
    for action, proposed_at, decided_at, key, since, is_for_all in rows:
        if decided_at is None:
            continue
        is_feature = action is ProposedAction.FEATURE
        is_shown = since is not None and decided_at >= since if is_feature else bool(is_for_all)
        event = Event.INNOVATION_FEATURE if is_feature else Event.INNOVATION_WIDEN
        found.append((event, f"innovation:{key}", Basis(decided_at, is_shown, begun_at=proposed_at)))
    return sorted(found, key=lambda each: each[2].decided_at)


def _for_all() -> Select[int]:
    return select(RevisionLabel.revision_id).where(RevisionLabel.label.in_(sorted(VISITOR.labels)))


INNOVATIONS = Source(KINDS, CLOSING, public_innovations, decided_on)
