"""References to members in the tables of suggestions: what counts, what was set aside, what was told, the floor."""

from hub.matching.models import Dismissal, ExposureFloor, PartWeight, SuggestionRound, SuggestionTold
from hub.privacy.inventory.shape import ACCOUNT, Fate, Link, decided

TWO_YEARS = "two years"

MATCHING = (
    Link(
        PartWeight.member_id,
        "what counts more or less for the person's suggestions",
        Fate.DELETE,
        ACCOUNT,
        ("part", "emphasis", "chosen_at"),
    ),
    Link(
        Dismissal.member_id,
        "suggestions set aside, and why",
        Fate.DELETE,
        ACCOUNT,
        ("subject", "purpose", "reason", "words", "dismissed_at"),
    ),
    Link(
        SuggestionTold.member_id,
        "suggestions that the weekly mail told of",
        Fate.DELETE,
        TWO_YEARS,
        ("subject", "told_at"),
    ),
    Link(
        SuggestionRound.member_id,
        "when it was last looked what is new",
        Fate.DELETE,
        ACCOUNT,
        ("week", "made_at"),
    ),
    decided(ExposureFloor.set_by_id, "who set the floor of exposure", "percent", "reason", "set_at"),
)
