"""Who writes down assessments: of their own work those who answer for it, of the Mechanism who keeps the record."""

from hub.access.viewer import Viewer
from hub.commitments.models import Commitment, Maker
from hub.commitments.permissions import answers_for, can_keep, owners_of


def can_assess(viewer: Viewer, commitment: Commitment, maker: Maker) -> bool:
    """Whether `viewer` records or takes back an assessment: the owner their own, keepers both kinds.

    What the Mechanism said is written down, and taken back, by nobody who ever answered for the commitment.
    """
    if maker is Maker.IRM:
        return can_keep(viewer, commitment) and viewer.member_id not in owners_of(commitment)
    return answers_for(viewer, commitment)
