"""Which replications can be proposed from an outcome, and by whom; the catalogue keeps the claims."""

from dataclasses import dataclass

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
    """

    innovation: Innovation
    adopters: tuple[Organisation, ...]


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
    innovations = innovations_in(outcome)
    if not is_replicable(outcome) or not innovations:
        return []
    known = [each for each in known_organisations(viewer) if _can_stand_for(viewer, outcome.response, each)]
    found = []
    for innovation in innovations:
        adopters = _adopters(viewer, innovation, known) if can_view(viewer, innovation) else ()
        if adopters:
            found.append(Proposal(innovation, adopters))
    return found


def can_quote(outcome: Outcome, innovation: Innovation) -> bool:
    """Whether the words of an outcome may be offered for a record: its readers pass on no more than both sides may."""
    return not is_lowered(outcome.response.tlp, innovation.present_tlp)


def _can_stand_for(viewer: Viewer, response: Response, organisation: Organisation) -> bool:
    """Whether an organisation is a side of a partnership, or can be meant where that side named none.

    Who posted or responded for themselves can say it of one that they represent; of a requester who did, the other side
    can say it of one in the countries of the request. It stays a claim until that organisation confirms it.
    """
    request = response.request
    named = {Side.REQUESTER: request.organisation_id, Side.RESPONDER: response.organisation_id}
    if organisation.id in named.values():
        return True
    own = side_of(viewer, response)
    if own is not None and named[own] is None and organisation.id in viewer.represents:
        return True
    is_theirs = own is Side.RESPONDER and named[Side.REQUESTER] is None
    return is_theirs and organisation.country in {request.country, *request.codes("countries")}


def _adopters(
    viewer: Viewer, innovation: Innovation, parties: list[Organisation]
) -> tuple[Organisation, ...]:
    others = [each for each in parties if each.id != innovation.owner_id]
    if can_claim_for_owner(viewer, innovation):
        return tuple(each for each in others if each.id not in viewer.organisations)
    if can_claim_for_adopter(viewer, innovation):
        return tuple(each for each in others if each.id in viewer.represents)
    return ()
