"""Which replications can be proposed from an outcome, and by whom; the catalogue keeps the claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hub.access.audience import is_lowered
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import can_view
from hub.catalogue.queries import known_organisations
from hub.catalogue.replications.permissions import can_claim_for_adopter, can_claim_for_owner
from hub.collaboration.models import Outcome, OutcomeStatus, Response, Side
from hub.collaboration.permissions import side_of
from hub.organisations.models import Organisation

FITTING = ("replicated", "piloted")
"""Kinds of outcome from which a replication can be born."""


@dataclass(frozen=True)
class Proposal:
    """An innovation that one side can say the other took up.

    Args:
        innovation: the one that the response offers or the request is about.
        adopters: the organisations that can have taken it up, as one side or for it.
        is_certain: whether the only one of them is what a side was in the partnership, so that it need not be chosen.
    """

    innovation: Innovation
    adopters: tuple[Organisation, ...]
    is_certain: bool


class Obstacle(StrEnum):
    """Why somebody who is a side of a partnership cannot propose a replication from its outcome."""

    REGISTER = "register"
    """Their side took it up, and they represent no organisation that could be named."""
    UNKNOWN = "unknown"
    """They speak for the owner, and the hub knows no organisation that the other side could be."""
    OTHERS = "others"
    """Others speak for the owner, and for who took it up."""


def innovations_in(outcome: Outcome) -> tuple[Innovation, ...]:
    """Return the innovations that a partnership is about: what was offered first, then what the request names."""
    response = outcome.response
    named = (response.innovation, response.request.innovation)
    return tuple(dict.fromkeys(each for each in named if each is not None))


def is_replicable(outcome: Outcome) -> bool:
    """Whether an outcome is signed by both, tells of something taken up, and led to no replication yet."""
    return (
        outcome.status is OutcomeStatus.AGREED and outcome.kind in FITTING and outcome.replication_id is None
    )


def proposals_for(viewer: Viewer, outcome: Outcome) -> list[Proposal]:
    """Return what `viewer` can propose from an outcome; nothing for who speaks for neither owner nor adopter.

    Args:
        viewer: somebody of one of both sides.
        outcome: what came of the partnership.
    """
    if not is_replicable(outcome):
        return []
    seen = [each for each in innovations_in(outcome) if can_view(viewer, each)]
    known = known_organisations(viewer) if seen else ()
    found = []
    for innovation in seen:
        adopters = _adopters(viewer, outcome.response, innovation, known)
        if adopters:
            parties = {_named(outcome.response, side) for side in Side}
            is_certain = len(adopters) == 1 and adopters[0].id in parties
            found.append(Proposal(innovation, adopters, is_certain))
    return found


def obstacle_for(viewer: Viewer, outcome: Outcome) -> Obstacle:
    """Return what keeps `viewer`, a side that can propose nothing from a replicable outcome, from it."""
    seen = [each for each in innovations_in(outcome) if can_view(viewer, each)]
    if any(can_claim_for_owner(viewer, each) for each in seen):
        return Obstacle.UNKNOWN
    own = side_of(viewer, outcome.response)
    took_up = any(own in _takers(outcome.response, each) for each in seen)
    return Obstacle.REGISTER if took_up and not viewer.represents else Obstacle.OTHERS


def can_quote(outcome: Outcome, innovation: Innovation) -> bool:
    """Whether the words of an outcome may be offered for a record: its readers pass on no more than both sides may."""
    return not is_lowered(outcome.response.tlp, innovation.present_tlp)


def _adopters(
    viewer: Viewer, response: Response, innovation: Innovation, known: Iterable[Organisation]
) -> tuple[Organisation, ...]:
    """Return who can be said to have taken it up: by the owner the other side, by who took it up their own."""
    own, takers = side_of(viewer, response), _takers(response, innovation)
    others = [each for each in known if each.id != innovation.owner_id]
    if can_claim_for_owner(viewer, innovation):
        theirs = next((side for side in takers if side is not own), None)
        return tuple(
            each
            for each in others
            if each.id not in viewer.organisations and theirs and _can_stand_for(response, theirs, each)
        )
    if own in takers and can_claim_for_adopter(viewer, innovation):
        named = _named(response, own)
        return tuple(each for each in others if each.id in viewer.represents and named in (None, each.id))
    return ()


def _takers(response: Response, innovation: Innovation) -> frozenset[Side]:
    """Return which sides can have taken it up: who asks what is offered to them, either of them what is asked about."""
    return frozenset({Side.REQUESTER}) if innovation.id == response.innovation_id else frozenset(Side)


def _named(response: Response, side: Side) -> int | None:
    """Return the id of the organisation for which a side acts, or None where it is a person."""
    return response.request.organisation_id if side is Side.REQUESTER else response.organisation_id


def _can_stand_for(response: Response, side: Side, organisation: Organisation) -> bool:
    """Whether an organisation is a side of a partnership, or can be meant where that side named none.

    Of a person who asked it is one in their country, or in the countries that the request is about. It stays a claim
    until that organisation confirms it.
    """
    named = _named(response, side)
    if named is not None:
        return organisation.id == named
    # where a responder is may be theirs alone to tell
    if side is Side.RESPONDER or organisation.country is None:
        return False
    request = response.request
    return organisation.country in {request.country, *request.codes("countries")}
