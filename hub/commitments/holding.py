"""Lets those who change the same commitment wait for one another.

Whoever needs members and a commitment holds the members first (`hub.members.holding`), then the commitment, then what
belongs to it: milestones, evidence, offers.
"""

from collections.abc import Iterable

from sqlalchemy import update

from hub.commitments.models import Commitment
from hub.core.database import session
from hub.core.errors import NotFoundError


def hold_commitment(commitment: Commitment) -> None:
    """Hold a commitment until the transaction ends, and read it anew; the first step of all that changes it.

    Args:
        commitment: what somebody is about to change.

    Raises:
        NotFoundError: its draft was discarded meanwhile.
    """
    held = session().execute(
        update(Commitment)
        .where(Commitment.id == commitment.id)
        .values(version=Commitment.version)
        .returning(Commitment.id),
        execution_options={"synchronize_session": False},
    )
    if held.scalar() is None:
        raise NotFoundError
    session().refresh(commitment)


def hold_commitments(numbers: Iterable[int]) -> None:
    """Hold several commitments until the transaction ends, in the order of their ids, as everybody does.

    Args:
        numbers: ids; one that is gone is nothing.
    """
    for number in sorted(set(numbers)):
        session().execute(
            update(Commitment).where(Commitment.id == number).values(version=Commitment.version),
            execution_options={"synchronize_session": False},
        )
