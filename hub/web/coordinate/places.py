"""The coordinators' desks, records, showcases, people and roles, each with how much waits there."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import LazyString, lazy_gettext as _l

from hub.catalogue.batches.queries import batch_queue
from hub.catalogue.review.queries import review_queue
from hub.catalogue.tasks.queries import task_queue
from hub.collaboration.review.queries import desk_queue
from hub.commitments.evidence.queries import count_to_decide
from hub.members.profiles.terms import term_queue
from hub.showcases.making.waiting import count_waiting as count_of_teams
from hub.vetting.desk import count_waiting
from hub.vetting.organisations.queries import count_merges, count_verifications
from hub.web.coordinate.blueprint import coordinate
from hub.web.sessions import viewer


@dataclass(frozen=True)
class DeskPlace:
    """One desk: what it is called, where it is, how much waits there, and whether this is its page."""

    label: LazyString
    href: str
    number: int
    is_here: bool


@coordinate.context_processor
def navigation() -> dict[str, object]:
    """Give the templates of this blueprint the desks."""
    return {"desk_places": desk_places}


def desk_places(records: int | None = None, people: int | None = None) -> list[DeskPlace]:
    """Return the desks.

    Args:
        records: how many records, tasks and requests wait, where the page has counted them.
        people: the same of what is about people.
    """
    if records is None:
        somebody = viewer()
        records = len(review_queue(somebody)) + len(batch_queue(somebody)) + len(task_queue(somebody))
        records += len(desk_queue(somebody))
    waiting = count_waiting()
    if people is None:
        people = waiting.people
    return [
        DeskPlace(
            _l("Records and requests"),
            url_for("coordinate.queue"),
            records,
            request.endpoint == "coordinate.queue",
        ),
        DeskPlace(
            _l("Commitments"),
            url_for("coordinate.commitments"),
            count_to_decide(viewer()),
            request.endpoint == "coordinate.commitments",
        ),
        DeskPlace(_l("Showcases"), url_for("curating.directory"), count_of_teams(viewer()), is_here=False),
        DeskPlace(
            _l("People"), url_for("coordinate.members"), people, request.endpoint == "coordinate.members"
        ),
        DeskPlace(
            _l("Organisations"),
            url_for("coordinate.organisations"),
            count_verifications(viewer()),
            request.endpoint == "coordinate.organisations",
        ),
        DeskPlace(
            _l("Merges"),
            url_for("coordinate.merges"),
            count_merges(viewer()),
            request.endpoint == "coordinate.merges",
        ),
        DeskPlace(
            _l("Abuse"), url_for("coordinate.abuse"), waiting.abuse, request.endpoint == "coordinate.abuse"
        ),
        DeskPlace(_l("Roles"), url_for("appointments.proposals"), waiting.roles, is_here=False),
        DeskPlace(
            _l("Skills and languages"),
            url_for("coordinate.terms"),
            len(term_queue(viewer())),
            request.endpoint == "coordinate.terms",
        ),
    ]
