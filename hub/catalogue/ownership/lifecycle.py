"""How claims and offers move from state to state."""

from hub.catalogue.models import ClaimStatus, OfferStatus
from hub.catalogue.ownership.permissions import can_answer_offer, can_withdraw_claim, can_withdraw_offer
from hub.catalogue.tasks.permissions import can_decide_task
from hub.core.lifecycle import Lifecycle, Transition

CLAIMS = Lifecycle(
    (
        Transition("accept", frozenset({ClaimStatus.SUBMITTED}), ClaimStatus.ACCEPTED, can_decide_task),
        Transition("decline", frozenset({ClaimStatus.SUBMITTED}), ClaimStatus.DECLINED, can_decide_task),
        Transition("withdraw", frozenset({ClaimStatus.SUBMITTED}), ClaimStatus.WITHDRAWN, can_withdraw_claim),
    )
)
"""What may happen to a claim. `may` takes the viewer and the claim."""

OFFERS = Lifecycle(
    (
        Transition("accept", frozenset({OfferStatus.OFFERED}), OfferStatus.ACCEPTED, can_answer_offer),
        Transition("decline", frozenset({OfferStatus.OFFERED}), OfferStatus.DECLINED, can_answer_offer),
        Transition("withdraw", frozenset({OfferStatus.OFFERED}), OfferStatus.WITHDRAWN, can_withdraw_offer),
    )
)
"""What may happen to an offer. `may` takes the viewer and the offer."""
