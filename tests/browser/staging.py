"""Lets time pass for one showcase of a demonstration, and has others do at once what other journeys tell.

Nothing else of the demonstration ages, so that other tests find it as it was.
"""

from datetime import timedelta

from sqlalchemy import select

from hub.catalogue.models import Innovation
from hub.core.clock import now
from hub.core.database import make_engine, session
from hub.jobs.showcases import keep_showcases
from hub.showcases.models import (
    Entry,
    EntryPresenter,
    EntryReview,
    Registration,
    Showcase,
    ShowcaseCurator,
    ShowcaseTally,
    Slot,
)
from tests.browser.passing import address_of, age_row, member_of, writing
from tests.browser.serving import Hub
from tests.showcases.scenes import opened_showcase, proposed_entry

AN_HOUR = timedelta(hours=1)


def opens(hub: Hub, curator: str, **columns: object) -> str:
    """Have a coordinator hold an open call; return its slug."""
    with writing(hub):
        return opened_showcase(member_of(curator), **columns).slug


def proposes(hub: Hub, slug: str, account: str, innovation: str) -> None:
    """Have somebody propose an innovation, by its slug, and present it themselves."""
    with writing(hub):
        found = session().scalars(select(Innovation).where(Innovation.slug == innovation)).one()
        proposed_entry(_showcase(slug), found, member_of(account))


def begins(hub: Hub, slug: str) -> str:
    """Let time pass until an hour after a showcase began; return where it stands then."""
    with writing(hub):
        showcase = _showcase(slug)
        _age(showcase, showcase.starts_at - now() + AN_HOUR)
    return _after_the_clock(hub, slug)


def ends(hub: Hub, slug: str) -> str:
    """Let time pass until an hour after a showcase ended; return where it stands then."""
    with writing(hub):
        showcase = _showcase(slug)
        _age(showcase, showcase.ends_at - now() + AN_HOUR)
    return _after_the_clock(hub, slug)


def days_pass(hub: Hub, slug: str, days: int) -> str:
    """Let so many days pass for a showcase; return where it stands then."""
    with writing(hub):
        _age(_showcase(slug), timedelta(days=days))
    return _after_the_clock(hub, slug)


def _after_the_clock(hub: Hub, slug: str) -> str:
    """Do what the worker does every few minutes."""
    engine = make_engine(address_of(hub))
    try:
        keep_showcases(engine)
    finally:
        engine.dispose()
    with writing(hub):
        return _showcase(slug).status.value


def _age(showcase: Showcase, by: timedelta) -> None:
    entries = select(Entry.id).where(Entry.showcase_id == showcase.id)
    for kind, which in (
        (Showcase, Showcase.id == showcase.id),
        (ShowcaseCurator, ShowcaseCurator.showcase_id == showcase.id),
        (ShowcaseTally, ShowcaseTally.showcase_id == showcase.id),
        (Entry, Entry.showcase_id == showcase.id),
        (EntryPresenter, EntryPresenter.entry_id.in_(entries)),
        (EntryReview, EntryReview.entry_id.in_(entries)),
        (Slot, Slot.showcase_id == showcase.id),
        (Registration, Registration.showcase_id == showcase.id),
    ):
        for row in session().scalars(select(kind).where(which)).all():
            age_row(kind.__table__, row, by)
    session().commit()


def _showcase(slug: str) -> Showcase:
    return session().scalars(select(Showcase).where(Showcase.slug == slug)).one()
