"""What people leave behind is erased after a showcase; who may no longer see one loses their place."""

from hub.core.database import session
from hub.showcases.holding import hold_showcase
from hub.showcases.models import Showcase
from hub.showcases.registrations.forgetting import (
    cancel_outsiders,
    forget_registrations,
    showcases_to_forget,
    showcases_to_look_through,
)
from hub.showcases.registrations.guests import forget_unconfirmed


def to_forget() -> list[int]:
    """Return the ids of showcases whose access needs and guests are to be erased."""
    return [each.id for each in showcases_to_forget()]


def forget(number: int) -> bool:
    """Erase access needs and guests of a showcase; return whether there were any. Belongs into a transaction."""
    return forget_registrations(session().get_one(Showcase, number)) > 0


def unconfirmed() -> list[None]:
    """Return one thing to do: whether guests never confirmed is asked where they are erased."""
    return [None]


def forget_guests(_: None) -> bool:
    """Erase guests who never confirmed; return whether there were any. Belongs into a transaction."""
    return forget_unconfirmed() > 0


def restricted() -> list[int]:
    """Return the ids of showcases that are not over with registrations of people who may have to go."""
    return [each.id for each in showcases_to_look_through()]


def let_go(number: int) -> bool:
    """Cancel registrations of those who may no longer come to a showcase; return whether there were any.

    Belongs into a transaction.
    """
    showcase = session().get_one(Showcase, number)
    hold_showcase(showcase)
    return cancel_outsiders(showcase) > 0
