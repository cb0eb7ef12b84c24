"""Who should see an innovation that is shown at a showcase: for the side of the entry and the team that judges it."""

from dataclasses import replace

from hub.access.telling import told_of
from hub.access.viewer import Viewer
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.matching.index.index import MatchIndex
from hub.matching.suggesting.leaving_out import members_of_side
from hub.matching.suggesting.membership import member_id_of
from hub.matching.suggesting.ordering import Emphases, suggested
from hub.matching.suggesting.people import helpers_of
from hub.matching.suggesting.suggestion import FIRST_TEN, Aim, LeftOut, Suggestion
from hub.showcases.models import Entry, EntryStatus
from hub.showcases.permissions import can_judge, is_on_entry_side, is_on_team


def sees_suggestions(viewer: Viewer, entry: Entry) -> bool:
    """Whether `viewer` reads who should see an entry: its side, and, once it is sent, the team without a conflict."""
    if is_on_entry_side(viewer, entry):
        return True
    return entry.status is not EntryStatus.DRAFT and can_judge(viewer, entry)


def aim_for_people(viewer: Viewer, entry: Entry) -> Aim:
    """Return for what people are suggested: the record of the entry's innovation, for who may see both.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: the viewer is neither on the side of the entry nor on its team free of conflict.
    """
    member_id_of(viewer)
    if not sees_suggestions(viewer, entry):
        raise NotFoundError
    showcase = entry.showcase
    invited = told_of(showcase.labels, viewer, is_chosen=is_on_team(viewer, showcase))
    aim = helpers_of(viewer, entry.innovation, entry.subject, also=invited)
    side = members_of_side(
        viewer,
        frozenset({entry.organisation_id}),
        frozenset({entry.proposed_by_id, *(each.member_id for each in entry.presenters)}),
    )
    return replace(aim, left_out={**aim.left_out, LeftOut.OWN: aim.left_out[LeftOut.OWN] | side})


def people_for_entry(
    index: MatchIndex,
    viewer: Viewer,
    entry: Entry,
    page: PageRequest = FIRST_TEN,
    *,
    emphases: Emphases | None = None,
) -> Page[Suggestion]:
    """Return a page of the people who should see an entry of a showcase, and may see showcase and record.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: the viewer is neither on the side of the entry nor on its team free of conflict.
        UnavailableError: the index is being prepared.
    """
    return suggested(index, viewer, aim_for_people(viewer, entry), page, emphases)
