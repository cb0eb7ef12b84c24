"""What every directory shares: the search as it was asked, filters with counts, chips, wider searches, the page.

A directory says what is its own (`Directory`); its view returns `show(directory)`. Nothing here knows what is found.
"""

from hub.web.finding.asked import MOST_TICKED, Asked, Condition, asked, asked_filters, asked_sort
from hub.web.finding.directory import Directory, Facet, Labels, Words, cached_labels, vocabulary_facet
from hub.web.finding.page import show

__all__ = [
    "MOST_TICKED",
    "Asked",
    "Condition",
    "Directory",
    "Facet",
    "Labels",
    "Words",
    "asked",
    "asked_filters",
    "asked_sort",
    "cached_labels",
    "show",
    "vocabulary_facet",
]
