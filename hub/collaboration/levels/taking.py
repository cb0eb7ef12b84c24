"""Which steps the clock has yet to take about what waits, and noting each, so that none is taken twice."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, select

from hub.collaboration.holding import hold_request
from hub.collaboration.levels.matters import WaitingKind, matters
from hub.collaboration.models import CollaborationRequest, LevelStep, ServiceLevelStep
from hub.core.database import session
from hub.core.errors import NotFoundError

AT_A_TIME = 200
"""Things about which is told at one go."""

Matter = Row[Any]
"""A row of `matters`."""


def untaken(
    kinds: Collection[WaitingKind], step: LevelStep, *, before: datetime | None = None
) -> list[Matter]:
    """Return what waits and was not the subject of a step since it began to wait, the longest first.

    Args:
        kinds: which kinds only.
        step: what the clock does about them.
        before: only what began to wait until then.
    """
    found = matters(kinds).subquery()
    taken = exists().where(
        ServiceLevelStep.subject == found.c.subject,
        ServiceLevelStep.step == step,
        ServiceLevelStep.since == found.c.since,
    )
    wanted = [~taken] if before is None else [~taken, found.c.since <= before]
    return list(session().execute(select(found).where(*wanted).order_by(found.c.since, found.c.subject)))


def held(request_id: int) -> CollaborationRequest:
    """Return a request, held until the transaction ends and read anew; two workers come one after the other.

    Raises:
        NotFoundError: it is gone.
    """
    request = session().get(CollaborationRequest, request_id)
    if request is None:
        raise NotFoundError
    hold_request(request)
    return request


def still_waits(matter: Matter) -> bool:
    """Whether a matter still waits since the same moment; its request is held."""
    found = matters((WaitingKind(matter.kind),), CollaborationRequest.id == matter.request_id).subquery()
    return bool(
        session().scalar(
            select(
                exists(
                    select(found.c.subject).where(
                        found.c.subject == matter.subject, found.c.since == matter.since
                    )
                )
            )
        )
    )


def take_step(subject: str, step: LevelStep, since: datetime) -> bool:
    """Note that the clock takes a step; return False if it was taken before. The request it belongs to is held.

    Args:
        subject: what it is about, as the audit log names it.
        step: what the clock does.
        since: when the thing began to wait, or the date that is reminded of.
    """
    if session().get(ServiceLevelStep, (subject, step, since)) is not None:
        return False
    session().add(ServiceLevelStep(subject=subject, step=step, since=since))
    session().flush()
    return True
