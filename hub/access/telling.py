"""By which labels of an audience a reader may be told who else is inside: no list tells of people what no page does."""

from typing import NewType

from hub.access.audience import EVERY_MEMBER, LAW_ENFORCEMENT_LABEL, country_label
from hub.access.viewer import Viewer

Told = NewType("Told", frozenset[str])
"""Labels of whose holders somebody may be told that they are inside an audience."""

NOBODY = Told(frozenset())


def told_of(labels: frozenset[str], viewer: Viewer, *, is_chosen: bool = False) -> Told:
    """Return the labels by which `viewer` may be told who is inside an audience; none for who is outside of it.

    They are those that the viewer holds too. Of law enforcement it is that of their own country alone, also where the
    audience is that of all countries: nobody learns who is verified elsewhere. Whoever chose which organisations or
    people an audience names may be told of these, since who belongs to them is known or not by other rules.

    Args:
        labels: of the audience.
        viewer: who is told.
        is_chosen: whether the viewer's side chose whom the audience names.
    """
    if not labels & viewer.labels:
        return NOBODY
    told = labels & viewer.labels - {LAW_ENFORCEMENT_LABEL}
    country = viewer.law_enforcement_country
    if country is not None and LAW_ENFORCEMENT_LABEL in labels:
        told |= {country_label(country)}
    if is_chosen:
        told |= {each for each in labels if each.startswith(("org:", "person:"))}
    return Told(told)


def is_narrow(labels: frozenset[str]) -> bool:
    """Whether some members do not hold any of the labels."""
    return not labels & EVERY_MEMBER
