"""What of a showcase can still be said otherwise, state by state, and which changes people must hear of."""

from hub.core import clock
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.models.showcase import TAKES_REGISTRATIONS

TEXTS = (
    "language",
    "name",
    "host_event",
    "summary",
    "description",
    "accessibility",
    "languages",
    "sponsors",
    "sources",
    "unknowns",
)
"""Fields that can be corrected at any time, until it is cancelled."""

WHEN_AND_WHERE = ("place", "days")
BEFORE_IT_ENDS = (*WHEN_AND_WHERE, "registering")

IMPORTANT = (
    "name",
    "starts_at",
    "ends_at",
    "time_zone",
    "attendance",
    "venue",
    "city",
    "country",
    "online_url",
)
"""Columns of which those who come must hear when they change."""


def changeable(showcase: Showcase) -> frozenset[str]:
    """Return the fields of `ShowcaseDetails` that its team can change now.

    The audience can be narrowed once the call is open, which is a step of its own; what entries are scored by stays
    as soon as somebody may have proposed one.
    """
    if showcase.status is ShowcaseStatus.CANCELLED:
        return frozenset()
    if showcase.status is ShowcaseStatus.DRAFT:
        return frozenset({*TEXTS, *BEFORE_IT_ENDS, "readership", "call", "criteria"})
    if showcase.is_compiled:
        return frozenset({*TEXTS, *WHEN_AND_WHERE})
    fields = {*TEXTS}
    if showcase.status in TAKES_REGISTRATIONS:
        fields |= {*BEFORE_IT_ENDS}
    if showcase.status is ShowcaseStatus.CALL_OPEN:
        fields |= {"call"}
        if showcase.call_opens_at is not None and clock.now() < showcase.call_opens_at:
            fields |= {"criteria"}
    return frozenset(fields)


def are_weights_fixed(showcase: Showcase) -> bool:
    """Whether number and weights of the criteria stay: they were published with the call."""
    return showcase.status is not ShowcaseStatus.DRAFT
