"""What somebody may do with a commitment that they read, for the buttons on its page."""

from dataclasses import dataclass

from hub.commitments.models import Commitment, Handover
from hub.commitments.owning.queries import open_handover
from hub.commitments.permissions import answers_for, can_answer_handover, can_give_evidence
from hub.web.sessions import viewer


@dataclass(frozen=True)
class Doings:
    """What one reader may do.

    Args:
        keeps: they answer for the commitment, as its owner or keeper.
        gives: they may give evidence.
        offer: the offer that they should answer, or None.
    """

    keeps: bool
    gives: bool
    offer: Handover | None

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return self.keeps or self.gives or self.offer is not None


def doings(commitment: Commitment) -> Doings:
    """Return what whoever reads the page may do with a commitment."""
    somebody = viewer()
    offer = open_handover(commitment, somebody) if somebody.is_member else None
    return Doings(
        keeps=answers_for(somebody, commitment),
        gives=can_give_evidence(somebody, commitment),
        offer=offer if offer is not None and can_answer_handover(somebody, offer) else None,
    )
