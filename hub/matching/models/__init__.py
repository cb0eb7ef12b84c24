"""Tables of matching: weights, dismissals, what was told, and how often whose things are suggested."""

from hub.matching.models.dismissal import Dismissal
from hub.matching.models.exposure import Exposure, ExposureFloor, Strength
from hub.matching.models.telling import SuggestionRound, SuggestionTold
from hub.matching.models.weight import PartWeight

__all__ = [
    "Dismissal",
    "Exposure",
    "ExposureFloor",
    "PartWeight",
    "Strength",
    "SuggestionRound",
    "SuggestionTold",
]
