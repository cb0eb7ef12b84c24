"""Lets those who change the same showcase wait for one another.

On PostgreSQL two who hold what the other wants are both stuck until one is refused. So everybody holds in one order:
the member whose acts are counted or who leaves (`hub.members.holding`), then the showcase, then what belongs to it
(entries, slots, registrations, seats), then requests for a partner that are born from it, and the lock of commits last.
Who needs several showcases takes them in the order of their ids (`hold_showcases`).
"""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.sql.dml import ReturningUpdate

from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.showcases.models import Showcase


def hold_showcase(showcase: Showcase) -> None:
    """Hold a showcase until the transaction ends, and read it anew; the first step of all that changes it or its parts.

    Args:
        showcase: what somebody is about to change, or to take part in.

    Raises:
        NotFoundError: its draft was discarded meanwhile.
    """
    held = session().execute(_touch(showcase.id), execution_options={"synchronize_session": False})
    if held.scalar() is None:
        raise NotFoundError
    session().refresh(showcase)


def hold_showcases(numbers: Iterable[int]) -> None:
    """Hold several showcases until the transaction ends, and forget what was read before.

    Args:
        numbers: ids of the showcases.
    """
    # one statement each: what a single one changes comes in the order of the database
    for number in sorted(set(numbers)):
        session().execute(_touch(number), execution_options={"synchronize_session": False})
    session().expire_all()


def _touch(number: int) -> ReturningUpdate[tuple[int]]:
    return (
        update(Showcase).where(Showcase.id == number).values(version=Showcase.version).returning(Showcase.id)
    )
