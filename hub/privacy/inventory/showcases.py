"""References to members in the tables of showcases: teams, entries, reviews, programmes and registrations."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import Viewer
from hub.privacy.inventory.shape import FOR_GOOD, Fate, Link, Seen, decided
from hub.showcases.models import (
    CalendarFeed,
    Entry,
    EntryMaterial,
    EntryPresenter,
    EntryRemark,
    EntryReview,
    FeatureProposal,
    ProgrammeChange,
    Registration,
    Showcase,
    ShowcaseCurator,
)
from hub.showcases.permissions import entries_visible_to, judged_by, visible_to

AS_ENTRY = "as long as the entry"
AS_SHOWCASE = "as long as the showcase"


def of_showcase(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose showcase, named in `column`, the person may see."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        return column.in_(select(Showcase.id).where(visible_to(viewer)))

    return seen


def of_entry(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose entry, named in `column`, the person may see."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        return column.in_(select(Entry.id).where(entries_visible_to(viewer)))

    return seen


def of_judged(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose entry, named in `column`, the person may still judge."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        return column.in_(select(Entry.id).where(judged_by(viewer)))

    return seen


SHOWCASES = (
    Link(
        Showcase.created_by_id,
        "showcases begun",
        Fate.KEEP,
        FOR_GOOD,
        ("name", "status", "created_at"),
        ("created_at",),
        of_showcase(Showcase.id),
        why="the team goes on with it",
    ),
    decided(
        Showcase.decisions_sent_by_id,
        "who sent the decisions about entries",
        "name",
        "decisions_sent_at",
        seen=of_showcase(Showcase.id),
        dates=("decisions_sent_at",),
    ),
    Link(ShowcaseCurator.member_id, "teams of showcases", Fate.DELETE, AS_SHOWCASE, ("joined_at",)),
    decided(
        ProgrammeChange.changed_by_id,
        "who changed a published programme",
        "kind",
        "changed_at",
        seen=of_showcase(ProgrammeChange.showcase_id),
        dates=("changed_at",),
    ),
)

ENTRIES = (
    Link(
        Entry.proposed_by_id,
        "entries proposed",
        Fate.KEEP,
        FOR_GOOD,
        ("status", "format", "minutes", "pitch", "needs", "created_at", "proposed_at", "decided_at"),
        ("created_at",),
        of_entry(Entry.id),
        why="the programme rests on it; what nobody was sent is deleted",
    ),
    Link(
        Entry.pending_by_id,
        "who noted a decision that is not sent",
        Fate.UNNAME,
        "until it is decided",
        why="what is not sent is told to nobody",
    ),
    decided(
        Entry.decided_by_id,
        "who decided about an entry",
        "status",
        "decided_at",
        seen=of_judged(Entry.id),
        dates=("decided_at",),
    ),
    Link(
        EntryPresenter.member_id,
        "entries that the person presents",
        Fate.UNNAME,
        FOR_GOOD,
        ("status", "answered_at"),
        ("answered_at",),
        of_entry(EntryPresenter.entry_id),
        why="the entry keeps how many presented it; nobody who left is named",
    ),
    Link(
        EntryMaterial.added_by_id,
        "material added to entries",
        Fate.KEEP,
        AS_ENTRY,
        ("kind", "title", "added_at"),
        ("added_at",),
        of_entry(EntryMaterial.entry_id),
        why="it belongs to the entry",
    ),
    Link(
        EntryReview.curator_id,
        "entries scored",
        Fate.KEEP,
        FOR_GOOD,
        ("comment", "saved_at", "submitted_at"),
        ("saved_at",),
        of_judged(EntryReview.entry_id),
        why="the decision rests on the scores",
    ),
    Link(
        EntryRemark.author_id,
        "remarks to other curators",
        Fate.KEEP,
        FOR_GOOD,
        ("words", "written_at"),
        ("written_at",),
        of_judged(EntryRemark.entry_id),
        why="the decision rests on the discussion",
    ),
    decided(
        FeatureProposal.proposed_by_id,
        "who proposed to feature an entry",
        "reason",
        "status",
        "proposed_at",
        seen=of_judged(FeatureProposal.entry_id),
        dates=("proposed_at",),
    ),
    decided(
        FeatureProposal.decided_by_id,
        "who decided about such a proposal",
        "status",
        "decided_at",
        seen=of_judged(FeatureProposal.entry_id),
        dates=("decided_at",),
    ),
)

REGISTRATIONS = (
    Link(
        Registration.member_id,
        "registrations",
        Fate.BLANK,
        FOR_GOOD,
        (
            "showcase.name",
            "status",
            "attendance",
            "created_at",
            "registered_at",
            "cancelled_at",
            "access_needs",
            "is_listed",
            "listed_at",
            "consent_version",
            "checked_in_at",
        ),
        ("created_at",),
        of_showcase(Registration.showcase_id),
        {"access_needs": "", "is_listed": False, "listed_at": None, "consent_version": ""},
        why="the numbers of the showcase stay; access needs go 30 days after it in any case",
    ),
    decided(
        Registration.decided_by_id,
        "who approved or declined a registration",
        "status",
        "decided_at",
        seen=of_showcase(Registration.showcase_id),
        dates=("decided_at",),
    ),
    decided(
        Registration.checked_in_by_id,
        "who checked somebody in",
        "checked_in_at",
        seen=of_showcase(Registration.showcase_id),
        dates=("checked_in_at",),
    ),
    Link(
        CalendarFeed.member_id,
        "the secret calendar address",
        Fate.DELETE,
        "until it is revoked",
        ("made_at",),
    ),
)
