"""The report of a showcase: written by its team when it is over, published once, corrected later in the open."""

import hashlib

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, StaleVersionError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.models import Entry, RegistrationStatus, Showcase, ShowcaseStatus
from hub.showcases.models.entry import IN_PROGRAMME
from hub.showcases.models.showcase import OVER, TEXT_LENGTH
from hub.showcases.registrations.telling import tell_registrants
from hub.showcases.telling import presenter_ids, registrant_ids, side_ids, tell_members

DIGEST_LENGTH = 16

NOT_OVER = N_("The report can be written when the showcase is over.")
SAY_WHAT = N_("Say in your own words what came of it.")


def has_report_page(showcase: Showcase) -> bool:
    """Whether readers find figures, and the report once it is published, on a page of their own."""
    return showcase.status in OVER


def digest_of(report: str) -> str:
    """Return by what a form knows over which words it was typed."""
    return hashlib.sha256(report.encode()).hexdigest()[:DIGEST_LENGTH]


def save_report(actor: Member, showcase: Showcase, words: str, *, over: str) -> None:
    """Keep the words of a report; once it is published its readers see the change at once.

    Args:
        actor: a curator of the team.
        showcase: which is over.
        words: Markdown.
        over: the digest of the words that these were typed over.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: the showcase is not over.
        StaleVersionError: somebody else of the team saved meanwhile.
        InvalidError: words that cannot be stored, or none for a report that is published.
    """
    viewer = holding_as_curator(actor, showcase)
    _write(viewer, showcase, words, over)


def publish_report(actor: Member, showcase: Showcase, words: str, *, over: str) -> None:
    """Publish the report, and tell who had a place and who presented. Arguments are those of `save_report`.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: the showcase is not over, or its report is published.
        StaleVersionError: somebody else of the team saved meanwhile.
        InvalidError: no words, or words that cannot be stored.
    """
    viewer = holding_as_curator(actor, showcase)
    if not words.strip():
        raise InvalidError(SAY_WHAT, field="words")
    _write(viewer, showcase, words, over)
    before = _picture(showcase)
    SHOWCASES.move(showcase, "report", reported_at=clock.now())
    record(viewer, Event.SHOWCASE_REPORT, showcase.subject, before=before, after=_picture(showcase))
    tell_registrants("showcase_reported", showcase, RegistrationStatus.REGISTERED, but={actor.id})
    others = _shown_by(showcase) - registrant_ids(showcase, RegistrationStatus.REGISTERED)
    tell_members(others - {actor.id}, "showcase_reported", showcase.subject, showcase)


def _write(viewer: Viewer, showcase: Showcase, words: str, over: str) -> None:
    if showcase.status not in OVER or showcase.is_compiled:
        raise ConflictError(NOT_OVER)
    if digest_of(showcase.report) != over:
        raise StaleVersionError
    if showcase.status is ShowcaseStatus.REPORTED and not words.strip():
        raise InvalidError(SAY_WHAT, field="words")
    check_text("words", words, TEXT_LENGTH)
    if words == showcase.report:
        return
    before = _picture(showcase)
    showcase.report = words
    showcase.saved_at = clock.now()
    session().flush()
    record(viewer, Event.SHOWCASE_CHANGE, showcase.subject, before=before, after=_picture(showcase))


def _shown_by(showcase: Showcase) -> frozenset[int]:
    """Return the ids of who acts for the entries of the programme, and of their presenters."""
    entries = session().scalars(
        select(Entry).where(Entry.showcase_id == showcase.id, Entry.status.in_(IN_PROGRAMME))
    )
    return frozenset(number for each in entries for number in side_ids(each) | presenter_ids(each))


def _picture(showcase: Showcase) -> dict[str, object]:
    return {"status": showcase.status.value, "report": showcase.report}
