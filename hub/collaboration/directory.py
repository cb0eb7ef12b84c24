"""What lists show of requests that somebody's audience sees, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, RequirementsVersion, Response
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import in_audience_of, requested_by, responded_by, responses_visible_to
from hub.core import clock
from hub.core.database import session


def next_requests(
    viewer: Viewer, number: int, *conditions: ColumnElement[bool]
) -> Sequence[CollaborationRequest]:
    """Return a few of the requests shown to `viewer` to which one can respond now, those due soonest first.

    Args:
        viewer: who reads.
        number: the most there are.
        conditions: what else must hold of them, such as what they are about.
    """
    return (
        session()
        .scalars(
            select(CollaborationRequest)
            .where(
                in_audience_of(viewer),
                CollaborationRequest.status.in_(TAKES_RESPONSES),
                CollaborationRequest.due_at > clock.now(),
                *conditions,
            )
            .order_by(CollaborationRequest.due_at, CollaborationRequest.id)
            .limit(number)
            .options(*_loaded_for_lists())
        )
        .all()
    )


def next_calls(viewer: Viewer, number: int) -> Sequence[CollaborationRequest]:
    """Return a few open calls as `next_requests` does; what was sent by name is told to its receivers."""
    return next_requests(viewer, number, CollaborationRequest.is_open_call.is_(True))


def shown_requests(
    public_ids: Sequence[str], viewer: Viewer, *, has_requirements: bool = False
) -> list[CollaborationRequest]:
    """Return those of the requests whose audience `viewer` belongs to, in the order of `public_ids`.

    Args:
        public_ids: of the requests.
        viewer: who reads.
        has_requirements: whether their requirements are read too.
    """
    versions = selectinload(CollaborationRequest.requirement_versions)
    found = session().scalars(
        select(CollaborationRequest)
        .where(CollaborationRequest.public_id.in_(public_ids), in_audience_of(viewer))
        .options(
            *_loaded_for_lists(),
            *([versions.selectinload(RequirementsVersion.requirements)] if has_requirements else []),
        )
    )
    by_id = {each.public_id: each for each in found}
    return [by_id[each] for each in public_ids if each in by_id]


@dataclass(frozen=True)
class OwnNumbers:
    """How many requests and responses somebody acts for."""

    requests: int
    responses: int

    @property
    def in_all(self) -> int:
        """Both together."""
        return self.requests + self.responses


def own_numbers(viewer: Viewer) -> OwnNumbers:
    """Return how many requests and responses `viewer` acts for, in one query."""
    requests = select(func.count(CollaborationRequest.id)).where(requested_by(viewer))
    responses = select(func.count(Response.id)).where(responded_by(viewer), responses_visible_to(viewer))
    row = session().execute(select(requests.scalar_subquery(), responses.scalar_subquery())).one()
    return OwnNumbers(row[0], row[1])


def _loaded_for_lists() -> tuple[ORMOption, ...]:
    return (
        joinedload(CollaborationRequest.organisation),
        joinedload(CollaborationRequest.posted_by),
        selectinload(CollaborationRequest.term_rows),
    )
