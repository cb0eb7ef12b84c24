"""The first steps of what the clock does: hold a showcase, then ask again whether it is due; some at a time."""

from sqlalchemy import ColumnElement, select

from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.showcases.holding import hold_showcase
from hub.showcases.models import Showcase

AT_A_TIME = 200
"""Showcases about which something is done at one go."""


def numbers_of(due: ColumnElement[bool]) -> list[int]:
    """Return the ids of the showcases of which a condition holds, those that begin first first."""
    found = session().scalars(
        select(Showcase.id).where(due).order_by(Showcase.starts_at, Showcase.id).limit(AT_A_TIME)
    )
    return list(found)


def held_if(number: int, due: ColumnElement[bool]) -> Showcase | None:
    """Hold a showcase until the transaction ends; return it if the condition still holds, else None.

    Args:
        number: id of the showcase.
        due: what must hold of it.

    Raises:
        NotFoundError: it is gone.
    """
    showcase = session().get(Showcase, number)
    if showcase is None:
        raise NotFoundError
    hold_showcase(showcase)
    is_due = session().scalar(select(Showcase.id).where(Showcase.id == number, due)) is not None
    return showcase if is_due else None
