"""Tells everybody who takes part in a showcase of what changes for all: who comes, who proposed, who presents."""

from sqlalchemy import select

from hub.core.database import session
from hub.organisations.people import speakers_of
from hub.organisations.queries import present_ids
from hub.showcases.models import Entry, EntryPresenter, EntryStatus, Showcase
from hub.showcases.models.entry import STANDING
from hub.showcases.registrations.telling import tell_registrants
from hub.showcases.telling import inside, tell_members

ENDED = (EntryStatus.REJECTED, EntryStatus.WITHDRAWN)
"""States in which an entry takes no part any more."""


def tell_everybody(kind: str, showcase: Showcase, *, but: int | None = None) -> None:
    """Tell who registered, guests by mail, and the sides and presenters of entries; nobody twice.

    Args:
        kind: `showcase_changed` or `showcase_cancelled`.
        showcase: what it is about.
        but: id of the member who did it.
    """
    sides = side_ids_of(showcase) - {but}
    tell_members(sides, kind, showcase.subject, showcase)
    tell_registrants(kind, showcase, but=sides if but is None else sides | {but})


def side_ids_of(showcase: Showcase) -> frozenset[int]:
    """Return the ids of who acts for an entry of a showcase or presents it; of ended ones nobody.

    Who may not know of the showcase is left out.
    """
    standing = (Entry.showcase_id == showcase.id, Entry.status.not_in(ENDED))
    alone = session().scalars(select(Entry.proposed_by_id).where(*standing, Entry.organisation_id.is_(None)))
    owners = session().scalars(select(Entry.organisation_id).where(*standing).distinct())
    organisations = {number for number in owners if number is not None}
    presenting = session().scalars(
        select(EntryPresenter.member_id)
        .join(Entry, Entry.id == EntryPresenter.entry_id)
        .where(*standing, Entry.status != EntryStatus.DRAFT, EntryPresenter.status.in_(STANDING))
    )
    people = (
        frozenset(alone)
        | frozenset(number for number in presenting if number is not None)
        | speakers_of(set(present_ids(organisations).values()))
    )
    return inside(showcase, people)
