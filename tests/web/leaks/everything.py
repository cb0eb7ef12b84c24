"""Everybody of the access table, and all that is hidden from most of them."""

from hub.access.viewer import Role
from tests.architecture.access.world import make_people
from tests.catalogue.cast import Cast
from tests.factories import make_member, make_organisation
from tests.web.leaks.planting import hide_people, hide_record
from tests.web.leaks.promised import hide_promises
from tests.web.leaks.requests import hide_requests
from tests.web.leaks.stages import hide_showcases
from tests.web.leaks.suggested import hide_needs


def make_viewers():
    """Store the viewers; return them by name, where None is the visitor, and the cast that they play in."""
    owner, adopting = make_organisation(), make_organisation(country="ES")
    people = make_people(owner, adopting)
    others = {name: make_member(roles=[Role.COORDINATOR]) for name in ("reviewer", "free")}
    others |= {"registrar": people["owner"], "partner": people["owner"]}
    return people, Cast(owner, adopting, people | others)


def hide_everything(cast, stage, shown, promise):
    """Store all that is hidden; return the record of Georgian police, and what addresses name.

    Args:
        cast: the owner has part in what is hidden, no other viewer has.
        stage: a public showcase.
        shown: a public record of people who are nobody's viewers.
        promise: a public commitment.
    """
    hidden = hide_record(cast.scene)
    hide_people(hidden)
    places = [
        *hide_requests(cast, hidden),
        *hide_showcases(cast, stage, shown, hidden),
        *hide_promises(promise),
    ]
    hide_needs()
    return hidden, places
