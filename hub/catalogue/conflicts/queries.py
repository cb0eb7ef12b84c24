"""Who holds a revision or a task, and what no coordinator free of conflict can decide."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Role, Viewer
from hub.catalogue.conflicts.service import Item
from hub.catalogue.evidence.permissions import can_view_evidence
from hub.catalogue.models import Evidence, Innovation, InnovationRevision, InnovationStatus, Replication
from hub.catalogue.permissions import TASKS, can_view, involvement_in, visible_to
from hub.catalogue.queries import loaded_for_lists
from hub.catalogue.replications.permissions import can_view_replication
from hub.catalogue.review.queries import WAITING
from hub.catalogue.tasks.permissions import involvement_of
from hub.core import clock
from hub.core.database import session
from hub.integrity.escalation import COORDINATORS, Bench, Escalated
from hub.integrity.permissions import Involvement, can_handle_conflicts, conflict_of
from hub.members.models import Member
from hub.members.queries import members_with_role


def holder_of(item: Item) -> Member | None:
    """Return the coordinator who holds a revision or a task; who lost the role holds nothing."""
    number = item.reviewer_id if isinstance(item, InnovationRevision) else item.taken_by_id
    if number is None or number not in members_with_role(Role.COORDINATOR, clock.now()):
        return None
    return session().get(Member, number)


def involvement_with(item: Item) -> Involvement:
    """Return who takes part in a revision or a task."""
    return involvement_in(item) if isinstance(item, InnovationRevision) else involvement_of(item)


def undecidable(viewer: Viewer, bench: Bench) -> list[Escalated]:
    """Return the waiting revisions and tasks that no coordinator free of conflict can decide, the oldest first.

    Nothing for anybody but integrity officers; titles only of records that the officer may see.

    Args:
        viewer: who asks.
        bench: whoever decides; coordinators are on it.
    """
    if not can_handle_conflicts(viewer):
        return []
    found = (_escalated(viewer, item, bench) for item in waiting())
    return sorted((each for each in found if each is not None), key=lambda each: each.waiting_since)


def waiting() -> Iterator[Item]:
    """Yield every revision and task that waits for a decision."""
    yield from session().scalars(
        select(InnovationRevision)
        .join(Innovation, InnovationRevision.innovation_id == Innovation.id)
        .where(InnovationRevision.status.in_(WAITING), Innovation.status != InnovationStatus.TAKEN_DOWN)
        .options(joinedload(InnovationRevision.innovation), selectinload(InnovationRevision.organisations))
    )
    for kind in TASKS:
        innovation = joinedload(kind.innovation)
        yield from session().scalars(  # type: ignore[misc]
            select(kind)
            .join(Innovation, kind.innovation_id == Innovation.id)
            .where(kind.status.in_(kind.WAITING), Innovation.status != InnovationStatus.TAKEN_DOWN)
            .options(
                innovation.joinedload(Innovation.published_revision).selectinload(
                    InnovationRevision.organisations
                )
            )
        )


def _escalated(viewer: Viewer, item: Item, bench: Bench) -> Escalated | None:
    short = bench.shortage(involvement_with(item), among=COORDINATORS)
    if short is None:
        return None
    innovation = item.innovation
    is_shown = can_view(viewer, innovation)
    words = (innovation.published_revision or innovation.latest_revision).source_text if is_shown else None
    return Escalated(
        kind=item.__tablename__,
        waiting_since=_since(item),
        candidates=short.candidates,
        free=short.free,
        title=words.name if words else None,
        language=words.language if words else None,
        address=innovation.slug if is_shown else None,
        tlp=innovation.tlp,
    )


def _since(item: Item) -> datetime:
    if isinstance(item, InnovationRevision):
        return item.submitted_at or item.created_at
    return item.waiting_since


@dataclass(frozen=True)
class ShownInnovation:
    """A record as the audit log names it to somebody who may see it.

    Args:
        name: its name in its source language.
        language: BCP 47 code of the name.
        slug: where it is.
        has_conflict: whether this person has a conflict with it, and so reads no reasons.
    """

    name: str
    language: str
    slug: str
    has_conflict: bool


def shown_innovations(public_ids: Collection[str], viewer: Viewer) -> dict[str, ShownInnovation]:
    """Return those innovations that `viewer` may see, among some named by their random ids, by random id."""
    found = session().scalars(
        select(Innovation)
        .where(Innovation.public_id.in_(sorted(public_ids)), visible_to(viewer))
        .options(*loaded_for_lists())
    )
    return {innovation.public_id: _shown(innovation, viewer) for innovation in found}


def shown_proofs(
    kind: type[Evidence] | type[Replication], public_ids: Collection[str], viewer: Viewer
) -> dict[str, ShownInnovation]:
    """Return the records of that evidence or those replications that `viewer` may see, by the random id of these."""
    found: Iterator[Evidence | Replication] = session().scalars(
        select(kind)
        .join(Innovation, kind.innovation_id == Innovation.id)
        .where(kind.public_id.in_(sorted(public_ids)), visible_to(viewer))
        .options(joinedload(kind.innovation))
    )
    return {each.public_id: _shown(each.innovation, viewer) for each in found if _may_see(viewer, each)}


def _may_see(viewer: Viewer, item: Evidence | Replication) -> bool:
    if isinstance(item, Evidence):
        return can_view_evidence(viewer, item)
    return can_view_replication(viewer, item)


def _shown(innovation: Innovation, viewer: Viewer) -> ShownInnovation:
    revision = innovation.published_revision or innovation.latest_revision
    return ShownInnovation(
        revision.source_text.name,
        revision.source_language,
        innovation.slug,
        conflict_of(viewer, involvement_in(revision)) is not None,
    )
