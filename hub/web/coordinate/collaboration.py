"""The board of what waits on whom in collaboration, and how long answers take, for coordinators and focal points."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext as _l

from hub.access.viewer import Role
from hub.collaboration.board.medians import answer_time_in_all, answer_times
from hub.collaboration.board.queries import BoardLine, board, kinds_for
from hub.collaboration.levels.matters import Party, WaitingKind
from hub.collaboration.levels.moments import COORDINATORS_AFTER, FOCAL_POINT_AFTER, UNANSWERED
from hub.core.pagination import Page, PageRequest
from hub.vocabularies import vocabulary
from hub.web.access import role
from hub.web.collaboration.answer_times import BANDS, said_time
from hub.web.collaboration.asker import RequestAsker, askers_of
from hub.web.coordinate.blueprint import coordinate
from hub.web.i18n import by_name, country_name
from hub.web.sessions import viewer

PER_PAGE = 25

KINDS = {
    WaitingKind.REVIEW: _l("To be reviewed"),
    WaitingKind.REQUIREMENTS: _l("New requirements to be reviewed"),
    WaitingKind.CALL: _l("A call from a conversation"),
    WaitingKind.REQUEST: _l("Nobody has responded"),
    WaitingKind.RECEIVER: _l("Asked by name, and no answer"),
    WaitingKind.RESPONSE: _l("Responses without a first answer"),
    WaitingKind.DECISION: _l("Responses to decide, past the due date"),
    WaitingKind.QUESTION: _l("Questions without an answer"),
    WaitingKind.STEP: _l("Overdue steps of a plan"),
    WaitingKind.OUTCOME: _l("An outcome to agree to or dispute"),
    WaitingKind.DISPUTE: _l("A disputed outcome to revise"),
    WaitingKind.FOLLOW_UP: _l("What became of it"),
}
"""What waits, by kind."""

PARTIES = {
    Party.COORDINATORS: _l("Coordinators"),
    Party.EVERYBODY: _l("Whoever can respond"),
    Party.RECEIVER: _l("Named receivers"),
    Party.REQUESTER: _l("The requester"),
    Party.RESPONDER: _l("The responder"),
    Party.BOTH: _l("Both sides"),
}
"""On whom it waits, by side."""


@dataclass(frozen=True)
class ShownLine:
    """One line of the board in words.

    Args:
        line: the line.
        kind: what waits, where that is told.
        party: on whom, where that is told.
        asker: who asks, where the request is known and waits on its requester.
    """

    line: BoardLine
    kind: LazyString | None
    party: LazyString | None
    asker: RequestAsker | None

    @property
    def is_late(self) -> bool:
        """Whether it waits for so long that coordinators are told."""
        return self.line.working_days >= COORDINATORS_AFTER

    @property
    def is_slow(self) -> bool:
        """Whether it waits for so long that the focal point is told."""
        return self.line.working_days >= FOCAL_POINT_AFTER

    @property
    def is_told_of(self) -> bool:
        """Whether it is of those of which they are told, as far as that may be said."""
        return self.line.details is not None and self.line.details.kind in UNANSWERED


@coordinate.get("/coordinate/collaboration")
@role(Role.COORDINATOR, Role.FOCAL_POINT)
def collaboration() -> ResponseReturnValue:
    """List what waits on whom, the longest first."""
    somebody = viewer()
    kinds = kinds_for(somebody)
    kind, country = request.args.get("kind", ""), request.args.get("country", "")
    wanted = [each for each in kinds if each == kind]
    asked = PageRequest(request.args.get("page", 1, type=int), PER_PAGE)
    page = board(somebody, asked, kinds=wanted, country=country if country in countries() else "")
    return render_template(
        "coordinate/collaboration.html",
        page=page,
        lines=shown(page),
        kinds=[(each.value, KINDS[each]) for each in kinds],
        countries=by_name_of(countries()),
        kind=wanted[0] if wanted else "",
        country=country if country in countries() else "",
        is_coordinator=somebody.has_role(Role.COORDINATOR),
    )


def countries() -> frozenset[str]:
    """Return the codes of the countries whose matters the viewer may choose from."""
    somebody = viewer()
    if somebody.has_role(Role.COORDINATOR):
        return vocabulary("countries").codes
    return somebody.focal_countries


def by_name_of(codes: frozenset[str]) -> list[tuple[str, str]]:
    """Return codes and names of countries in the order of their names."""
    names = {country_name(code): code for code in codes}
    return [(names[name], name) for name in by_name(names)]


def shown(page: Page[BoardLine]) -> list[ShownLine]:
    """Return the lines of a page in words."""
    known = [each.details.request for each in page.items if each.details and each.details.request]
    askers = askers_of({each.id: each for each in known}.values())
    return [_shown(line, askers) for line in page.items]


def _shown(line: BoardLine, askers: Mapping[int, RequestAsker]) -> ShownLine:
    details = line.details
    if details is None:
        return ShownLine(line, None, None, None)
    asker = askers[details.request.id] if details.request and details.party is Party.REQUESTER else None
    return ShownLine(line, KINDS[details.kind], PARTIES[details.party], asker)


@coordinate.get("/coordinate/collaboration/answers", endpoint="answer_times")
@role(Role.COORDINATOR, Role.FOCAL_POINT)
def answers() -> ResponseReturnValue:
    """List how long organisations take to a first answer, the slowest first."""
    somebody = viewer()
    page = answer_times(somebody, PageRequest(request.args.get("page", 1, type=int), PER_PAGE))
    overall = answer_time_in_all(somebody)
    return render_template(
        "coordinate/answer_times.html",
        page=page,
        lines=[(each.organisation, said_time(each.time), BANDS[each.time.band]) for each in page.items],
        overall=said_time(overall) if overall else "",
        overall_band=BANDS[overall.band] if overall else "",
        is_coordinator=somebody.has_role(Role.COORDINATOR),
    )
