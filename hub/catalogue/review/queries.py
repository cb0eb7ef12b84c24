"""The queue of revisions that wait for a coordinator, and revisions under review."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.catalogue.curation.queries import proposed_revisions
from hub.catalogue.models import BatchEntry, Innovation, InnovationRevision, InnovationStatus, RevisionStatus
from hub.catalogue.permissions import (
    can_decide,
    can_review_some,
    can_see_title,
    can_view,
    involvement_in,
    review_conflict,
)
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.permissions import Conflict
from hub.members.queries import members_with_role
from hub.organisations.models import Organisation

WAITING = frozenset({RevisionStatus.SUBMITTED, RevisionStatus.IN_REVIEW})
"""The states of a revision that waits for a decision."""


@dataclass(frozen=True)
class QueueItem:
    """One line of the queue; name and country of a restricted item stay empty until it is taken.

    Args:
        slug: where actions on it are posted; its random id, which says nothing of its name.
        name: its name in its source language, or None where the viewer is outside its audience.
        language: BCP 47 code of the name.
        country: ISO code of the country it comes from, or None.
        submitted_at: when it was sent.
        tlp: the TLP label that holds for it now.
        is_mine: whether the viewer took it.
        is_taken: whether a coordinator holds it; who lost the role holds nothing.
        is_new: whether the record was never published before.
        is_proposed: whether it waits for a second coordinator, because it widens its record.
        conflict: what keeps the viewer from taking it, or None.
        is_escalated: whether no coordinator is free of conflict.
    """

    slug: str
    name: str | None
    language: str
    country: str | None
    submitted_at: datetime
    tlp: str
    is_mine: bool
    is_taken: bool
    is_new: bool
    is_proposed: bool
    conflict: Conflict | None
    is_escalated: bool


def review_queue(viewer: Viewer) -> list[QueueItem]:
    """Return what waits for a decision, the oldest first; empty for anybody but coordinators.

    What others hold in review is listed only where the viewer may see its title. What was submitted in a batch
    stands in the list of batches.
    """
    if not can_review_some(viewer):
        return []
    coordinators = members_with_role(Role.COORDINATOR, now())
    revisions = session().scalars(
        select(InnovationRevision)
        .join(Innovation, InnovationRevision.innovation_id == Innovation.id)
        .where(
            InnovationRevision.status.in_(WAITING),
            Innovation.status != InnovationStatus.TAKEN_DOWN,
            InnovationRevision.id.not_in(select(BatchEntry.revision_id)),
        )
        .order_by(InnovationRevision.submitted_at, InnovationRevision.id)
        .options(
            joinedload(InnovationRevision.innovation).selectinload(Innovation.label_rows),
            selectinload(InnovationRevision.label_rows),
            selectinload(InnovationRevision.texts),
            selectinload(InnovationRevision.organisations),
        )
    )
    proposed, bench = proposed_revisions(), Bench()
    return [
        item
        for revision in revisions
        if (item := _item(viewer, revision, coordinators, proposed, bench)) is not None
    ]


def _item(
    viewer: Viewer,
    revision: InnovationRevision,
    coordinators: frozenset[int],
    proposed: frozenset[int],
    bench: Bench,
) -> QueueItem | None:
    is_mine = can_decide(viewer, revision)
    is_taken = revision.reviewer_id in coordinators
    shows_title = is_mine or can_see_title(viewer, revision)
    if is_taken and not shows_title:
        return None
    innovation = revision.innovation
    conflict = review_conflict(viewer, revision)
    return QueueItem(
        slug=innovation.public_id,
        name=revision.source_text.name if shows_title else None,
        language=revision.source_language,
        country=innovation.origin_country if shows_title else None,
        submitted_at=revision.submitted_at or revision.created_at,
        tlp=revision.present_tlp,
        is_mine=is_mine,
        is_taken=is_taken,
        is_new=innovation.published_revision_id is None,
        is_proposed=revision.id in proposed,
        conflict=conflict,
        is_escalated=conflict is not None and bench.shortage(involvement_in(revision)) is not None,
    )


def revision_in_queue(slug: str, viewer: Viewer) -> InnovationRevision:
    """Return the revision of the innovation at `slug` that a coordinator acts on.

    It is the one on its way; or, where it was decided a moment ago, the last one, so that whoever came second is
    told so.

    Raises:
        NotFoundError: the viewer does not review, nothing waits there, or what was decided is hidden from the viewer.
    """
    if not can_review_some(viewer):
        raise NotFoundError
    revision = session().scalar(
        select(InnovationRevision)
        .join(Innovation, InnovationRevision.innovation_id == Innovation.id)
        .where(
            or_(Innovation.slug == slug, Innovation.public_id == slug),
            InnovationRevision.submitted_at.is_not(None),
        )
        .order_by(InnovationRevision.number.desc())
        .limit(1)
    )
    if revision is None or not _may_know(viewer, revision, slug):
        raise NotFoundError
    return revision


def named_organisations(*things: Innovation | InnovationRevision | None) -> dict[int, str]:
    """Return the names, by id, of the organisations that the audiences of some records and revisions name."""
    ids = {number for each in things if each is not None for number in each.readership.organisations}
    if not ids:
        return {}
    rows = session().execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(sorted(ids)))
    )
    return dict(rows.all())


def _may_know(viewer: Viewer, revision: InnovationRevision, slug: str) -> bool:
    """Whether a coordinator may know of a revision that they name by `slug`.

    They may if its title is shown to them; if it waits and they name it by its random id, as the queue does; or if
    they were its last reviewer.
    """
    innovation = revision.innovation
    if can_view(viewer, innovation) or can_see_title(viewer, revision):
        return True
    if revision.status in WAITING:
        return slug == innovation.public_id
    takers = [item.actor for item in history_of(innovation.subject) if item.event is Event.INNOVATION_TAKE]
    return bool(takers) and takers[-1] == viewer.public_id
