"""Readerships and viewers for hypothesis, out of few countries, organisations and people, so that they meet often."""

from hypothesis import strategies as st

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import VISITOR, Viewer

COUNTRIES = ("GE", "ID", "NO")
NUMBERS = (1, 2, 3)

audiences = st.sampled_from(Audience)
labels = st.sampled_from(Tlp)


@st.composite
def readerships(draw, audience=audiences):
    """Readerships whose audience names whom it must; the label may or may not allow it."""
    chosen = draw(audience)
    countries = draw(st.frozensets(st.sampled_from(COUNTRIES))) if chosen is Audience.LAW_ENFORCEMENT else ()
    some = st.frozensets(st.sampled_from(NUMBERS), min_size=1)
    return Readership(
        chosen,
        draw(labels),
        countries=frozenset(countries),
        organisations=draw(some) if chosen is Audience.ORGANISATIONS else frozenset(),
        people=draw(some) if chosen is Audience.PEOPLE else frozenset(),
    )


@st.composite
def members(draw):
    """Approved members with some organisations and perhaps a law-enforcement status."""
    return Viewer(
        member_id=draw(st.sampled_from(NUMBERS)),
        organisations=draw(st.frozensets(st.sampled_from(NUMBERS))),
        law_enforcement_country=draw(st.none() | st.sampled_from(COUNTRIES)),
    )


viewers = st.just(VISITOR) | members()


def may_read(viewer, labels_of_thing):
    """Whether `viewer` holds one of the labels: the rule that everything else must agree with."""
    return bool(viewer.labels & labels_of_thing)
