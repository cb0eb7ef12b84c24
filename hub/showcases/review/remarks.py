"""What curators say to one another about an entry."""

from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import checked_words
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_judge
from hub.showcases.models import Entry, EntryRemark
from hub.showcases.models.entry import WORDS_LENGTH
from hub.showcases.review.permissions import can_read_others
from hub.showcases.review.queries import own_review

SCORE_FIRST = N_("Give your own scores first. Then you read and write here.")


def write_remark(actor: Member, entry: Entry, words: str) -> EntryRemark:
    """Say something about an entry to the others who judge it.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not judge it, or have not given their own scores.
        InvalidError: no words, or too many.
    """
    viewer = holding_as_judge(actor, entry)
    if not can_read_others(viewer, entry, own_review(viewer, entry)):
        raise ForbiddenError(SCORE_FIRST)
    said = checked_words(words, WORDS_LENGTH, N_("Write what you want to say."))
    remark = EntryRemark(entry_id=entry.id, author_id=actor.id, words=said)
    session().add(remark)
    session().flush()
    record(viewer, Event.ENTRY_REMARK, entry.subject, after={"words": said})
    return remark
