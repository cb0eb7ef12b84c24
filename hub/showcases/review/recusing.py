"""Recusing oneself from an entry for a reason that the hub cannot know: from then on one finds nothing of it."""

from sqlalchemy import select

from hub.catalogue.models.checking import check_text
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.permissions import Conflict
from hub.integrity.service import INTEREST_WORDS_LENGTH, record_recusal
from hub.members.models import Member
from hub.showcases.acting import holding_as_judge
from hub.showcases.models import Entry, FeatureProposal
from hub.showcases.review.deciding import take_back
from hub.showcases.review.featuring import take_feature_back


def recuse_from_entry(actor: Member, entry: Entry, words: str = "") -> None:
    """Recuse oneself for good. What one decided or proposed is taken back, and one's scores count no more.

    Args:
        actor: a curator free of any conflict that the hub knows.
        entry: from which one.
        words: what they want to say about it; shown to nobody else.

    Raises:
        NotFoundError, ForbiddenError: the actor does not judge the entry.
        InvalidError: the words are too long.
    """
    viewer = holding_as_judge(actor, entry)
    words = words.strip()
    check_text("words", words, INTEREST_WORDS_LENGTH)
    if entry.pending_by_id == actor.id:
        take_back(viewer, entry)
    own = session().scalars(
        select(FeatureProposal).where(
            FeatureProposal.entry_id == entry.id,
            FeatureProposal.proposed_by_id == actor.id,
            FeatureProposal.status == ProposalStatus.PROPOSED,
        )
    )
    for proposal in own.all():
        take_feature_back(viewer, proposal)
    record_recusal(viewer, entry.subject, Conflict.DECLARED, words)
