"""What every directory shares: the search as it was asked, filters with counts, chips, wider searches, the page.

A directory says what is its own (`Directory`); its view returns `show(directory)`. Nothing here knows what is found.
"""

from hub.web.finding.asked import Asked, asked
from hub.web.finding.directory import (
    Condition,
    Directory,
    Facet,
    Labels,
    Search,
    Words,
    cached_labels,
    vocabulary_facet,
)
from hub.web.finding.page import show

__all__ = [
    "Asked",
    "Condition",
    "Directory",
    "Facet",
    "Labels",
    "Search",
    "Words",
    "asked",
    "cached_labels",
    "show",
    "vocabulary_facet",
]
