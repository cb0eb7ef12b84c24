"""Entries and sponsors of an organisation that is merged into another one follow it."""

from sqlalchemy import select, union, update

from hub.core.database import session
from hub.showcases.holding import hold_showcases
from hub.showcases.models import Entry, ShowcaseSponsor


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
