"""What the clock takes back: needs and guests 30 days after a showcase, and places of who may no longer see it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import joinedload

from hub.access.audience import PUBLIC_LABEL
from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.integrity.viewers import viewers_of
from hub.members.models import Member, MemberStatus
from hub.showcases.holding import hold_showcase
from hub.showcases.models import Registration, RegistrationStatus, Showcase, ShowcaseLabel
from hub.showcases.models.registration import STANDING
from hub.showcases.registrations.registering import end_registration
from hub.showcases.registrations.telling import tell_registrant
from hub.showcases.registrations.waiting import fill_places, may_come

FORGOTTEN_AFTER = timedelta(days=30)
"""After the end of a showcase."""

OUTSIDE = "They may no longer see the showcase, or were suspended."
"""The reason that the audit log keeps."""


def showcases_to_forget() -> Sequence[Showcase]:
    """Return the showcases that ended 30 days ago or earlier, with something of registrations still to erase."""
    return (
        session()
        .scalars(
            select(Showcase)
            .where(
                Showcase.ends_at <= clock.now() - FORGOTTEN_AFTER,
                exists().where(Registration.showcase_id == Showcase.id, Registration.erased_at.is_(None)),
            )
            .order_by(Showcase.id)
        )
        .all()
    )


def forget_registrations(showcase: Showcase) -> int:
    """Erase access needs, and names, addresses and answers of guests; the numbers stay. Doing it twice changes nothing.

    Args:
        showcase: one that ended 30 days ago or earlier.

    Returns:
        From how many registrations something was erased; 0 where it is too early.
    """
    hold_showcase(showcase)
    now = clock.now()
    if showcase.ends_at is None or now < showcase.ends_at + FORGOTTEN_AFTER:
        return 0
    quietly = {"synchronize_session": False}
    session().execute(
        delete(Registration).where(
            Registration.showcase_id == showcase.id, Registration.status == RegistrationStatus.UNCONFIRMED
        ),
        execution_options=quietly,
    )
    kept = (Registration.showcase_id == showcase.id, Registration.erased_at.is_(None))
    number = session().scalar(select(func.count(Registration.id)).where(*kept)) or 0
    if not number:
        return 0
    session().execute(
        update(Registration)
        .where(*kept, Registration.guest_email != "")
        .values(
            guest_name="",
            guest_email="",
            guest_language="",
            decision_words="",
            is_listed=False,
            listed_at=None,
            consent_version="",
        ),
        execution_options=quietly,
    )
    session().execute(
        update(Registration).where(*kept).values(access_needs="", erased_at=now), execution_options=quietly
    )
    session().expire_all()
    record(VISITOR, Event.REGISTRATION_ERASE, showcase.subject, after={"registrations": number})
    return number


def cancel_outsiders(showcase: Showcase) -> int:
    """Cancel the registrations of who may no longer come: the audience was narrowed, they left it or were suspended.

    Args:
        showcase: held by the caller.

    Returns:
        How many there were; their places go to who waits.
    """
    standing = (
        session()
        .scalars(
            select(Registration)
            .where(Registration.showcase_id == showcase.id, Registration.status.in_(STANDING))
            .order_by(Registration.number)
            .options(joinedload(Registration.member))
            .execution_options(populate_existing=True)
        )
        .all()
    )
    viewers = viewers_of([each.member for each in standing if each.member is not None])
    outside = [
        each
        for each in standing
        if not may_come(each, viewers[each.member_id] if each.member_id is not None else VISITOR)
    ]
    for each in outside:
        end_registration(VISITOR, each, reason=OUTSIDE)
        tell_registrant("registration_cancelled", each)
    fill_places(showcase)
    return len(outside)


def showcases_to_look_through() -> Sequence[Showcase]:
    """Return the showcases to come or under way with registrations of people who may have to go.

    Not everybody sees them, or somebody who registered was suspended.
    """
    public = exists().where(ShowcaseLabel.showcase_id == Showcase.id, ShowcaseLabel.label == PUBLIC_LABEL)
    standing = exists().where(Registration.showcase_id == Showcase.id, Registration.status.in_(STANDING))
    suspended = (
        exists()
        .where(Registration.showcase_id == Showcase.id, Registration.status.in_(STANDING))
        .where(Member.id == Registration.member_id, Member.status == MemberStatus.SUSPENDED)
    )
    return (
        session()
        .scalars(
            select(Showcase)
            .where(Showcase.ends_at > clock.now(), or_(and_(~public, standing), suspended))
            .order_by(Showcase.id)
        )
        .all()
    )
