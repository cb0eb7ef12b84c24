"""The page on which curators make the programme, and the programme as its audience will read it."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.showcases.models import EntryStatus, Showcase, ShowcaseStatus
from hub.showcases.programme.days import dates_of
from hub.showcases.programme.holding import CHANGEABLE
from hub.showcases.programme.publishing import check_programme
from hub.showcases.programme.queries import (
    PlannedSlot,
    curated_programme,
    rooms_of,
    tracks_of,
    unplaced_entries,
)
from hub.web.access import role
from hub.web.curating.blueprint import curating
from hub.web.curating.planned import days_planned, entry_lines, notes_of
from hub.web.curating.team import team_showcase
from hub.web.sessions import viewer


@curating.get("/<slug>/programme")
@role(Role.COORDINATOR)
def programme(slug: str) -> ResponseReturnValue:
    """Show the programme with everything that can be done about it."""
    return programme_page(team_showcase(slug))


def programme_page(showcase: Showcase, problem: str = "") -> str:
    """Return the page on which a programme is made.

    Args:
        showcase: of whose team the viewer is.
        problem: why something could not be done just now, in words.
    """
    planned = curated_programme(showcase, viewer())
    check = check_programme(showcase, viewer(), planned)
    zone = showcase.time_zone
    unplaced = unplaced_entries(showcase, viewer())
    return render_template(
        "curating/programme.html",
        showcase=showcase,
        problem=problem,
        days=days_planned(showcase, planned, notes_of(check, zone)),
        unplaced=list(entry_lines(unplaced).values()),
        check=check,
        rooms=len(rooms_of(showcase)),
        tracks=len(tracks_of(showcase)),
        has_dates=bool(dates_of(showcase)),
        is_open=showcase.status in CHANGEABLE,
        may_share=showcase.status is ShowcaseStatus.REVIEW
        and showcase.draft_shared_at is None
        and showcase.decisions_sent_at is not None
        and any(each.is_taken for each in planned),
        may_publish=showcase.status is ShowcaseStatus.REVIEW,
    )


@curating.get("/<slug>/programme/preview")
@role(Role.COORDINATOR)
def preview_programme(slug: str) -> ResponseReturnValue:
    """Show the programme as its audience will read it, once every side has confirmed."""
    showcase = team_showcase(slug)
    shown = _shown(curated_programme(showcase, viewer()))
    return render_template(
        "curating/programme_preview.html", showcase=showcase, days=days_planned(showcase, shown, {})
    )


def _shown(planned: Sequence[PlannedSlot]) -> list[PlannedSlot]:
    """Return the slots that the audience will see: not the empty ones."""
    return [
        each
        for each in planned
        if each.slot.title
        or (each.is_taken and (each.entry is None or each.entry.status is not EntryStatus.WITHDRAWN))
    ]
