"""The list of registrations that a team takes along; each time is logged."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.showcases.models import Registration, RegistrationStatus, Showcase
from hub.showcases.permissions import is_on_team


def exported_registrations(actor: Member, showcase: Showcase) -> list[Registration]:
    """Return all registrations in the order of arrival, and log that the actor took them along.

    Args:
        actor: a curator of the showcase.
        showcase: whose registrations; guests who have not opened their link are left out.

    Raises:
        NotFoundError: the actor is not on the team.
    """
    viewer = viewer_of(actor)
    if not is_on_team(viewer, showcase):
        raise NotFoundError
    found = session().scalars(
        select(Registration)
        .where(Registration.showcase_id == showcase.id, Registration.status != RegistrationStatus.UNCONFIRMED)
        .order_by(Registration.number.is_(None), Registration.number, Registration.id)
        .options(joinedload(Registration.member))
    )
    listed = list(found)
    record(viewer, Event.REGISTRATION_EXPORT, showcase.subject, after={"registrations": len(listed)})
    return listed
