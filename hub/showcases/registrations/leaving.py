"""What becomes of somebody's registrations when they leave the hub: found for their page, then cancelled."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.members.models import Member
from hub.showcases.holding import hold_showcases
from hub.showcases.models import Registration, Showcase
from hub.showcases.models.registration import STANDING
from hub.showcases.registrations.registering import end_registration, forget_consent_of
from hub.showcases.registrations.waiting import fill_places

LEFT = "Who registered left the hub."
"""The reason that the audit log keeps."""


def open_registrations(member: Member) -> Sequence[Registration]:
    """Return the registrations of `member` for showcases that are not over, each with its showcase."""
    return (
        session()
        .scalars(
            select(Registration)
            .join(Showcase, Showcase.id == Registration.showcase_id)
            .where(
                Registration.member_id == member.id,
                Registration.status.in_(STANDING),
                Showcase.ends_at > clock.now(),
            )
            .order_by(Showcase.starts_at, Registration.id)
            .options(joinedload(Registration.showcase))
        )
        .all()
    )


def cancel_for_departing(viewer: Viewer, member: Member) -> None:
    """Cancel the registrations of who leaves, take them off every list and erase what they needed.

    Args:
        viewer: who does it, for the audit log.
        member: who leaves; held by the caller (`hub.members.holding`).
    """
    session().flush()
    hold_showcases(each.showcase_id for each in open_registrations(member))
    for each in open_registrations(member):
        end_registration(viewer, each, reason=LEFT)
        fill_places(each.showcase)
    forget_consent_of(member.id)
