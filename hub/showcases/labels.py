"""Under which label something of a showcase is passed on: the strictest of the showcase's and what it shows."""

from functools import reduce

from hub.access.audience import Tlp, stricter
from hub.catalogue.models import Innovation
from hub.showcases.models import Showcase


def label_of(showcase: Showcase, innovation: Innovation | None) -> Tlp:
    """Return the label of a slot or an entry.

    Args:
        showcase: of which it is a part.
        innovation: what it shows; None for a break.
    """
    labels = [showcase.tlp]
    if innovation is not None:
        labels.append(innovation.tlp)
        if innovation.published_revision is not None:
            labels.append(innovation.published_revision.tlp)
    return reduce(stricter, labels)
