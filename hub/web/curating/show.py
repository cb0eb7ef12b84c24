"""The page of a showcase for its team: how far it is, what comes next, and everything that can be checked at once."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.making.changing import changeable
from hub.showcases.making.completeness import is_audience_chosen, lacks_address, missing_parts
from hub.showcases.making.queries import team_of
from hub.showcases.making.waiting import waiting_in
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.programme.queries import unplaced_entries
from hub.web.access import role
from hub.web.curating.blueprint import curating
from hub.web.curating.groups import groups_of
from hub.web.curating.next_steps import next_step
from hub.web.curating.parts import form_of, is_open, missing_of, parts_of, shown_value, states_of
from hub.web.curating.team import team_showcase
from hub.web.sessions import viewer


@curating.get("/<slug>")
@role(Role.COORDINATOR)
def show(slug: str) -> ResponseReturnValue:
    """Show the task list, the next step and the team."""
    showcase, somebody = team_showcase(slug), viewer()
    parts, waiting = parts_of(showcase), waiting_in(somebody, [showcase.id])[showcase.id]
    states, is_complete = states_of(showcase), not missing_parts(showcase)
    is_planned = showcase.status in (ShowcaseStatus.PROGRAMME_PUBLISHED, ShowcaseStatus.LIVE)
    unplaced = len(unplaced_entries(showcase, somebody)) if is_planned else 0
    return render_template(
        "curating/show.html",
        showcase=showcase,
        is_draft=showcase.status is ShowcaseStatus.DRAFT,
        is_complete=is_complete,
        parts=parts,
        states=states,
        done=sum(state == "done" for state in states.values()),
        opened={part.key for part in parts if is_open(part, showcase)},
        groups=groups_of(showcase, waiting),
        step=next_step(showcase, waiting, is_complete=is_complete, unplaced=unplaced),
        actions=SHOWCASES.actions(somebody, showcase, showcase.status),
        team=team_of(showcase),
        readers_chosen=is_audience_chosen(showcase),
        lacks_address=lacks_address(showcase),
    )


@curating.get("/<slug>/preview")
@role(Role.COORDINATOR)
def preview(slug: str) -> ResponseReturnValue:
    """Show everything that was said on one page, and what is still missing."""
    return check_page(team_showcase(slug))


def check_page(showcase: Showcase, fault: str = "") -> str:
    """Return the page of all answers with what is still missing.

    Args:
        showcase: what is checked.
        fault: why its call could not be opened, in words.
    """
    parts = parts_of(showcase)
    answers = {
        part.key: form_of(part, showcase, formdata=None, data=part.form.stored(showcase)) for part in parts
    }
    return render_template(
        "curating/preview.html",
        showcase=showcase,
        is_draft=showcase.status is ShowcaseStatus.DRAFT,
        parts=parts,
        answers=answers,
        shown_value=shown_value,
        missing=[part for part in parts if missing_of(part, showcase)]
        if showcase.status is ShowcaseStatus.DRAFT
        else [],
        changeable=changeable(showcase),
        fault=fault,
        readers_chosen=is_audience_chosen(showcase),
        lacks_address=lacks_address(showcase),
    )
