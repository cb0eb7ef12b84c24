"""Featuring entries: one curator proposes it, another decides; one ends it."""

from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_judge
from hub.showcases.lifecycle import FEATURES
from hub.showcases.models import Entry, FeatureProposal
from hub.showcases.models.entry import WORDS_LENGTH
from hub.showcases.permissions import can_decide_feature, can_withdraw_feature
from hub.showcases.review.permissions import FEATURABLE
from hub.showcases.telling import judge_ids, tell_judges

NOT_POSSIBLE = N_("Only an entry that was accepted and is not featured yet can be featured.")


def is_featurable(entry: Entry) -> bool:
    """Whether the entry may be proposed for featuring at present."""
    return entry.status in FEATURABLE and not entry.is_featured


def propose_feature(actor: Member, entry: Entry, *, reason: str) -> FeatureProposal:
    """Propose that an entry is featured; another curator decides.

    Raises:
        NotFoundError, ForbiddenError: the actor does not judge the entry.
        ConflictError: it cannot be featured, or it is proposed already.
        InvalidError: no reason, or too long a one.
    """
    viewer = holding_as_judge(actor, entry)
    if not is_featurable(entry):
        raise ConflictError(NOT_POSSIBLE)
    said = checked_words(reason, WORDS_LENGTH, N_("Say why it stands out."), field="reason")
    proposal = FeatureProposal(
        entry_id=entry.id, reason=said, proposed_by_id=actor.id, proposed_at=clock.now()
    )
    session().add(proposal)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("This is proposed already and waits for a second curator.")) from None
    record(viewer, Event.ENTRY_PROPOSE_FEATURE, entry.subject, reason=said)
    tell_judges("feature_proposed", entry, but=actor.id)
    return proposal


def approve_feature(actor: Member, proposal: FeatureProposal) -> None:
    """Feature an entry as another curator proposed.

    Raises:
        NotFoundError: the actor does not judge the entry.
        ForbiddenError: the actor proposed it.
        ConflictError: it is decided, the entry cannot be featured any more, or who proposed it may not judge it now.
    """
    viewer, entry = _decider(actor, proposal), proposal.entry
    if not is_featurable(entry):
        raise ConflictError(NOT_POSSIBLE)
    if proposal.proposed_by_id not in judge_ids(entry):
        raise ConflictError(
            N_("Who proposed this may not judge the entry any more. Decline it, and propose it anew.")
        )
    _decide(viewer, proposal, "approve", "")
    entry.is_featured = True
    session().flush()
    record(viewer, Event.ENTRY_FEATURE, entry.subject, reason=proposal.reason)


def decline_feature(actor: Member, proposal: FeatureProposal, *, words: str) -> None:
    """Say no to a proposal, with a reason.

    Raises:
        InvalidError: no reason, or too long a one; the others as for approving.
    """
    viewer = _decider(actor, proposal)
    said = checked_words(words, WORDS_LENGTH, N_("Say why not."))
    _decide(viewer, proposal, "decline", said)
    record(viewer, Event.ENTRY_DECLINE_FEATURE, proposal.entry.subject, reason=said)


def withdraw_feature(actor: Member, proposal: FeatureProposal) -> None:
    """Take one's own proposal back.

    Raises:
        NotFoundError: the actor does not judge the entry any more, or it is somebody else's.
        ConflictError: it is decided.
    """
    viewer = holding_as_judge(actor, proposal.entry)
    session().refresh(proposal)
    if not can_withdraw_feature(viewer, proposal):
        raise NotFoundError
    take_feature_back(viewer, proposal)


def take_feature_back(viewer: Viewer, proposal: FeatureProposal) -> None:
    """End an open proposal of `viewer`; the caller holds the showcase."""
    FEATURES.move(proposal, "withdraw", decided_at=clock.now())
    record(viewer, Event.ENTRY_WITHDRAW_FEATURE, proposal.entry.subject)


def end_feature(actor: Member, entry: Entry) -> None:
    """Feature an entry no longer; one curator is enough.

    Raises:
        NotFoundError, ForbiddenError: the actor does not judge the entry.
        ConflictError: it is not featured.
    """
    viewer = holding_as_judge(actor, entry)
    if not entry.is_featured:
        raise ConflictError
    entry.is_featured = False
    session().flush()
    record(viewer, Event.ENTRY_END_FEATURE, entry.subject)


def _decider(actor: Member, proposal: FeatureProposal) -> Viewer:
    viewer = holding_as_judge(actor, proposal.entry)
    session().refresh(proposal)
    if not can_decide_feature(viewer, proposal):
        raise ForbiddenError(N_("You proposed this. So another curator must decide."))
    return viewer


def _decide(viewer: Viewer, proposal: FeatureProposal, action: str, words: str) -> None:
    FEATURES.move(
        proposal,
        action,
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        decision_words=words,
    )
