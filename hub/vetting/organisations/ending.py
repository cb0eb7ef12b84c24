"""What ends with the verification of an organisation: its status, and law-enforcement statuses that rest on it."""

from datetime import datetime

from sqlalchemy import select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.permissions import CONFLICT_WORDS
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.notifications.models import Notification
from hub.notifications.service import notify
from hub.organisations.details import snapshot
from hub.organisations.documents import requeue
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.people import speakers
from hub.organisations.permissions import can_view, is_not_merged, oversees
from hub.organisations.service import hold
from hub.vetting.applications import require_words
from hub.vetting.law_enforcement import end_statuses_of
from hub.vetting.lifecycle import ORGANISATIONS
from hub.vetting.models import OrganisationVerification, VerificationStatus
from hub.vetting.organisations.permissions import organisation_conflict
from hub.vetting.standing import TOLD_BEFORE

LAPSED = "Nobody verified the organisation within the year."


def end_verification(actor: Member, organisation: Organisation, *, words: str) -> None:
    """End a verification at once, because the organisation is not what it said.

    Raises:
        NotFoundError: the actor does not oversee the organisation.
        ForbiddenError: the actor has a conflict of interest.
        InvalidError: no words.
        ConflictError: it is not verified.
    """
    viewer = viewer_of(actor)
    if not (oversees(viewer, organisation) and can_view(viewer, organisation)):
        raise NotFoundError
    conflict = organisation_conflict(viewer, organisation)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    require_words("words", words)
    lapse(viewer, organisation, words, action="end")


def lapse(viewer: Viewer, organisation: Organisation, reason: str, *, action: str = "lapse") -> None:
    """Have a verification lapse, with all that rests on it, and tell who represents the organisation.

    Args:
        viewer: who ended it, for the audit log; `VISITOR` stands for the system.
        organisation: a verified one.
        reason: why, for the audit log.
        action: the row of the lifecycle.

    Raises:
        ConflictError: it is not verified.
    """
    before = snapshot(organisation)
    ORGANISATIONS.move(organisation, action)
    record(
        viewer,
        Event.ORGANISATION_LAPSE,
        organisation.subject,
        reason=reason,
        before=before,
        after=snapshot(organisation),
    )
    end_statuses_of(viewer, organisation, reason)
    notify(speakers(organisation) - {viewer.member_id}, "verification_lapsed", organisation.subject)
    requeue(organisation)


def lapse_overdue_organisations() -> int:
    """Have verifications lapse whose year is over, and tell those whose year ends within thirty days, once.

    Returns:
        How many lapsed.
    """
    moment = clock.now()
    is_verified = (Organisation.status == OrganisationStatus.VERIFIED, is_not_merged())
    overdue = (
        session()
        .scalars(
            select(Organisation)
            .where(*is_verified, Organisation.verified_until <= moment)
            .order_by(Organisation.id)
        )
        .all()
    )
    lapsed = [each for each in overdue if _is_still_overdue(each, moment)]
    for organisation in lapsed:
        lapse(VISITOR, organisation, LAPSED)
    asked = select(OrganisationVerification.organisation_id).where(
        OrganisationVerification.status == VerificationStatus.REQUESTED
    )
    told = select(Notification.subject).where(
        Notification.kind == "verification_due", Notification.created_at > moment - 2 * TOLD_BEFORE
    )
    soon = session().scalars(
        select(Organisation).where(
            *is_verified,
            Organisation.verified_until > moment,
            Organisation.verified_until <= moment + TOLD_BEFORE,
            Organisation.id.not_in(asked),
            ("organisation:" + Organisation.slug).not_in(told),
        )
    )
    for organisation in soon.all():
        notify(speakers(organisation), "verification_due", organisation.subject)
    return len(lapsed)


def _is_still_overdue(organisation: Organisation, moment: datetime) -> bool:
    """Whether nobody verified, changed or merged it since it was found; from now on nobody does."""
    hold(organisation)
    return (
        organisation.status is OrganisationStatus.VERIFIED
        and not organisation.is_merged
        and organisation.verified_until is not None
        and organisation.verified_until <= moment
    )
