"""Entries and sponsors follow an organisation that is merged, entries a record that has another owner."""

from sqlalchemy import select, union, update

from hub.catalogue.models import Innovation
from hub.core.database import session
from hub.showcases.holding import hold_showcases
from hub.showcases.models import Entry, EntryStatus, Showcase, ShowcaseSponsor, ShowcaseStatus
from hub.showcases.models.showcase import OVER


def entries_handed_over(innovation: Innovation) -> None:
    """Let the owner of a record, claimed or handed over just now, act for its entries; belongs into that change.

    Args:
        innovation: the record. What is over or was cancelled stays with whose it was.
    """
    there = (Entry.innovation_id == innovation.id, Entry.status != EntryStatus.WITHDRAWN)
    hold_showcases(session().scalars(select(Entry.showcase_id).where(*there)))
    running = select(Showcase.id).where(Showcase.status.not_in((*OVER, ShowcaseStatus.CANCELLED)))
    session().execute(
        update(Entry)
        .where(*there, Entry.showcase_id.in_(running))
        .values(organisation_id=innovation.owner_id),
        execution_options={"synchronize_session": False},
    )
    session().expire_all()


def showcases_merged(former_id: int, present_id: int) -> None:
    """Let what an organisation proposed and sponsored be that of what it became; belongs into the merge.

    Args:
        former_id: the organisation that was merged.
        present_id: the one that it was merged into. A sponsor keeps the name under which it was disclosed.
    """
    proposed = select(Entry.showcase_id).where(Entry.organisation_id == former_id)
    sponsored = select(ShowcaseSponsor.showcase_id).where(ShowcaseSponsor.organisation_id == former_id)
    hold_showcases(session().scalars(union(proposed, sponsored)))
    for table in (Entry, ShowcaseSponsor):
        session().execute(
            update(table).where(table.organisation_id == former_id).values(organisation_id=present_id),
            execution_options={"synchronize_session": False},
        )
    session().expire_all()
