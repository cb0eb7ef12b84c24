"""Readers whom figures are counted for: one person, or somebody of each kind in the audience of a showcase."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_

from hub.access.audience import LAW_ENFORCEMENT_LABEL, PUBLIC_LABEL
from hub.access.viewer import VISITOR, Viewer
from hub.showcases.models import Showcase
from hub.showcases.permissions import in_programme_for

NOBODY = 0
"""Id of no member: a reader without ties of their own."""

ELSEWHERE = "ZZ"
"""Code of no country (ISO 3166-1 leaves it to its users): police of some country that nothing names."""

Readers = Sequence[Viewer]
"""Figures for several readers count what every one of them may see."""


def whole_audience(showcase: Showcase) -> Readers:
    """Return somebody for each label of a showcase: what they all see, its whole audience sees."""
    return tuple(_with_label(label) for label in sorted(showcase.labels))


def named_to(readers: Readers) -> ColumnElement[bool]:
    """Return the SQL condition for entries that the published programme names to each of some readers."""
    return and_(*(in_programme_for(each) for each in readers))


def _with_label(label: str) -> Viewer:
    if label == PUBLIC_LABEL:
        return VISITOR
    if label == LAW_ENFORCEMENT_LABEL:
        return Viewer(member_id=NOBODY, law_enforcement_country=ELSEWHERE)
    if label.startswith(f"{LAW_ENFORCEMENT_LABEL}:"):
        return Viewer(member_id=NOBODY, law_enforcement_country=label.partition(":")[2])
    return Viewer(member_id=NOBODY)
