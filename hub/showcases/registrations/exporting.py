"""The list of registrations that a team takes along; each time is logged."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.models import Registration, RegistrationStatus, Showcase


def exported_registrations(actor: Member, showcase: Showcase) -> list[Registration]:
    """Return all registrations in the order of arrival, and log that the actor took them along.

    Args:
        actor: a curator of the showcase.
        showcase: whose registrations; guests who have not opened their link are left out.

    Raises:
        NotFoundError: the actor is not on the team.
    """
    viewer = holding_as_curator(actor, showcase)
    found = session().scalars(
        select(Registration)
        .where(Registration.showcase_id == showcase.id, Registration.status != RegistrationStatus.UNCONFIRMED)
        .order_by(Registration.number.is_(None), Registration.number, Registration.id)
        .options(joinedload(Registration.member))
    )
    listed = list(found)
    record(viewer, Event.REGISTRATION_EXPORT, showcase.subject, after={"registrations": len(listed)})
    return listed
