"""Coordinators recuse themselves from a request; what they hold of it goes back to the others."""

from collections.abc import Iterator

from sqlalchemy import select

from hub.collaboration.permissions import can_review_requests
from hub.collaboration.review.items import KINDS, Item, request_of, waiting_among
from hub.collaboration.review.parties import conflict_with
from hub.collaboration.review.taking import release_item
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import Conflict
from hub.integrity.service import INTEREST_WORDS_LENGTH, record_recusal
from hub.integrity.viewers import viewer_of
from hub.members.models import Member


def recuse_from(actor: Member, item: Item, words: str = "") -> None:
    """Recuse oneself for good from the request of a matter, for a reason that the hub cannot know.

    Args:
        actor: a coordinator.
        item: what they hold or could take.
        words: what they want to say about it; shown to nobody else.

    Raises:
        NotFoundError: the actor decides nothing here.
        InvalidError: the words are too long.
        ConflictError: the hub knows a conflict already.
    """
    viewer = viewer_of(actor)
    if not can_review_requests(viewer):
        raise NotFoundError
    if conflict_with(viewer, item) is not None:
        raise ConflictError(N_("You are kept from this already."))
    if len(words) > INTEREST_WORDS_LENGTH:
        raise InvalidError(N_("Use at most %(most)s characters."), field="words", most=INTEREST_WORDS_LENGTH)
    record_recusal(viewer, request_of(item).subject, Conflict.DECLARED, words)
    release_conflicted(actor)


def release_conflicted(actor: Member) -> int:
    """Give back whatever of collaboration somebody holds and may not decide any more.

    Returns:
        How much it was.
    """
    viewer = viewer_of(actor)
    if not can_review_requests(viewer):
        return 0
    held = [
        (item, conflict) for item in held_by(viewer.member_id) if (conflict := conflict_with(viewer, item))
    ]
    for item, conflict in held:
        record_recusal(viewer, request_of(item).subject, conflict)
        release_item(actor, item)
    return len(held)


def held_by(member_id: int | None) -> Iterator[Item]:
    """Yield the matters that somebody took and that wait for their decision."""
    for kind in KINDS:
        yield from session().scalars(  # type: ignore[misc]
            select(kind).where(kind.taken_by_id == member_id, waiting_among(kind))
        )
