"""The day before a showcase those who have a place are reminded of it, once for each date that it has."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists

from hub.core import clock
from hub.core.database import session
from hub.showcases.keeping.holding import held_if, numbers_of
from hub.showcases.models import RegistrationStatus, Showcase, ShowcaseStep, ShowcaseStepTaken
from hub.showcases.models.showcase import TAKES_REGISTRATIONS
from hub.showcases.registrations.telling import tell_registrants

REMIND_BEFORE = timedelta(days=1)
"""How long before the start those are reminded who have a place."""


def coming() -> list[int]:
    """Return the ids of showcases that begin within a day, of which nobody was reminded yet."""
    return numbers_of(_is_coming())


def remind(number: int) -> bool:
    """Remind who has a place that a showcase begins; return whether it was due. Belongs into a transaction."""
    showcase = held_if(number, _is_coming())
    if showcase is None or showcase.starts_at is None:
        return False
    session().add(
        ShowcaseStepTaken(showcase_id=showcase.id, step=ShowcaseStep.SOON, since=showcase.starts_at)
    )
    session().flush()
    tell_registrants("showcase_soon", showcase, RegistrationStatus.REGISTERED)
    return True


def _is_coming() -> ColumnElement[bool]:
    now = clock.now()
    return and_(
        Showcase.status.in_(TAKES_REGISTRATIONS),
        Showcase.starts_at > now,
        Showcase.starts_at <= now + REMIND_BEFORE,
        ~exists().where(
            ShowcaseStepTaken.showcase_id == Showcase.id,
            ShowcaseStepTaken.step == ShowcaseStep.SOON,
            ShowcaseStepTaken.since == Showcase.starts_at,
        ),
    )
