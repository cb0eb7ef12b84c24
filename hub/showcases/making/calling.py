"""Opening the call of a showcase, closing it early, opening it again, and recording one that is over."""

from datetime import datetime

from sqlalchemy import select

from hub.access.audience import Audience
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.core.slugs import slugify
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.keeping.calls import end_call
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.making.completeness import missing_parts
from hub.showcases.making.origins import check_within_origin
from hub.showcases.making.snapshots import snapshot
from hub.showcases.making.windows import check_closing
from hub.showcases.models import Showcase
from hub.showcases.models.showcase import SLUG_LENGTH
from hub.showcases.review.stages import reopen_entries

INCOMPLETE = N_("Some parts that every showcase needs are still empty.")
ONLY_PAST = N_("This showcase was begun as a past one: it has no call.")
HAS_CALL = N_("Only a past showcase that was compiled from public sources is recorded without a call.")
SENT_ALREADY = N_("The decisions were sent, so the call stays closed.")


def open_call(actor: Member, showcase: Showcase, *, version: int) -> None:
    """Show a showcase to its audience; entries are taken as soon as its window for them opens.

    Raises:
        NotFoundError: the actor is not on its team.
        ConflictError: it is no draft any more, has no call, or was saved after `version` was read.
        InvalidError: a part that every showcase needs is missing, or it is a copy of one for fewer people.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.is_compiled:
        raise ConflictError(ONLY_PAST)
    _require_whole(showcase, version)
    before = snapshot(showcase)
    SHOWCASES.move(showcase, "open_call", opened_at=clock.now(), slug=_slug_of(showcase))
    record(viewer, Event.SHOWCASE_OPEN_CALL, showcase.subject, before=before, after=snapshot(showcase))


def record_showcase(actor: Member, showcase: Showcase, *, version: int) -> None:
    """Show a past showcase, compiled from public sources, to its audience.

    Raises:
        NotFoundError: the actor is not on its team.
        ConflictError: it is no draft any more, is none of the past, or was saved after `version` was read.
        InvalidError: a part that it needs is missing, or it is a copy of one for fewer people.
    """
    viewer = holding_as_curator(actor, showcase)
    if not showcase.is_compiled:
        raise ConflictError(HAS_CALL)
    _require_whole(showcase, version)
    before = snapshot(showcase)
    SHOWCASES.move(
        showcase, "record", opened_at=clock.now(), reported_at=clock.now(), slug=_slug_of(showcase)
    )
    record(viewer, Event.SHOWCASE_RECORD, showcase.subject, before=before, after=snapshot(showcase))


def close_call(actor: Member, showcase: Showcase) -> None:
    """Close the call before its time; entries are under review from now on.

    Raises:
        NotFoundError: the actor is not on its team.
        ConflictError: it is not open.
    """
    viewer = holding_as_curator(actor, showcase)
    end_call(viewer, showcase)


def reopen_call(actor: Member, showcase: Showcase, *, closes_at: datetime) -> None:
    """Take entries again until another closing; those under review can be changed again.

    Raises:
        NotFoundError: the actor is not on its team.
        ConflictError: its call is not closed, or decisions were prepared or sent.
        InvalidError: the closing has passed, or comes after the showcase has begun.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.decisions_sent_at is not None:
        raise ConflictError(SENT_ALREADY)
    check_closing(showcase, closes_at)
    before = snapshot(showcase)
    opens_at = min(showcase.call_opens_at or clock.now(), clock.now())
    SHOWCASES.move(
        showcase,
        "reopen_call",
        Showcase.decisions_sent_at.is_(None),
        call_opens_at=opens_at,
        call_closes_at=closes_at,
        version=showcase.version + 1,
    )
    record(viewer, Event.SHOWCASE_REOPEN_CALL, showcase.subject, before=before, after=snapshot(showcase))
    reopen_entries(viewer, showcase)


def _require_whole(showcase: Showcase, version: int) -> None:
    if showcase.version != version:
        raise ConflictError
    if missing_parts(showcase):
        raise InvalidError(INCOMPLETE)
    # the original may have got a smaller audience since the copy was made
    check_within_origin(showcase, showcase.readership)


def _slug_of(showcase: Showcase) -> str:
    """Return the slug: words and year of one that is public, so that links can be read aloud; else the random id."""
    if showcase.audience is not Audience.PUBLIC or showcase.starts_at is None:
        return showcase.slug
    words = slugify(showcase.name) or "showcase"
    year = str(showcase.starts_at.year)
    # with its year no slug is a word that stands at its place in the hub's own addresses
    base = (words if year in words.split("-") else f"{words}-{year}")[: SLUG_LENGTH - 8]
    base = f"showcase-{base}" if base.isdecimal() else base
    taken = set(
        session().scalars(select(Showcase.slug).where(Showcase.slug.startswith(base, autoescape=True)))
    )
    candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken)
