"""Who writes down assessments: of their own work those who answer for it, of the Mechanism who keeps the record."""

from hub.access.viewer import Viewer
from hub.commitments.models import Commitment, Maker
from hub.commitments.permissions import answers_for, can_keep


def can_assess(viewer: Viewer, commitment: Commitment, maker: Maker) -> bool:
    """Whether `viewer` records or takes back an assessment: the owner their own, keepers both kinds."""
    return can_keep(viewer, commitment) if maker is Maker.IRM else answers_for(viewer, commitment)
