"""What a viewer may not see has no influence: scores and order are the same with it and without it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hub.access.viewer import Viewer
from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.index.files import hashing
from hub.matching.index.spaces import joined
from hub.matching.parts import Pairing
from hub.matching.space import Space

PLAIN = Viewer(member_id=1)
POLICEMAN = Viewer(member_id=1, law_enforcement_country="GE")
LABELS = ("public", "member", "le", "le:GE", "le:FR", "org:7", "person:2")
WORDS = ("asset", "tracing", "tender", "register", "bribe", "court", "audit", "leak", "water", "school")
CODES = {
    Scheme.FUNCTIONS: ("detect", "report", "investigate"),
    Scheme.SECTORS: ("health", "education"),
    Scheme.COUNTRIES: ("GE", "FR", "KE"),
    Scheme.SKILLS: ("ocr", "statistics"),
    Scheme.LANGUAGES: ("en", "fr"),
}
FAR = 4_000_000_000.0

labels = st.sampled_from(LABELS).map(lambda label: frozenset({label}))
wordings = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
texts = st.builds(
    Text,
    st.sampled_from((Role.ABOUT, Role.OFFERS, Role.NEEDS, Role.BIOGRAPHY)),
    st.just("en"),
    title=wordings,
    body=wordings,
    labels=st.none() | labels,
)
codes = st.fixed_dictionaries(
    {},
    optional={scheme: st.frozensets(st.sampled_from(values), min_size=1) for scheme, values in CODES.items()},
)
PAIRED = {
    Pairing.MEMBER_INNOVATION: Kind.INNOVATION,
    Pairing.MEMBER_REQUEST: Kind.REQUEST,
    Pairing.MEMBER_MEMBER: Kind.MEMBER,
    Pairing.REQUEST_ORGANISATION: Kind.ORGANISATION,
}


def things(kind):
    """Return a strategy for facts of one kind; a role stands once."""
    return st.builds(
        lambda key, labels, texts, codes: Facts(kind, key, labels, tuple(texts), codes),
        st.text("abcdefgh", min_size=3, max_size=8),
        labels,
        st.lists(texts, max_size=4, unique_by=lambda text: text.role),
        codes,
    )


worlds = st.fixed_dictionaries(
    {kind: st.lists(things(kind), max_size=8, unique_by=lambda facts: facts.key) for kind in Kind}
)
lefts = st.builds(
    lambda texts, codes: Facts(Kind.MEMBER, "me", frozenset({"person:1"}), tuple(texts), codes),
    st.lists(
        texts.map(lambda text: replace(text, labels=None)), min_size=1, max_size=4, unique_by=lambda t: t.role
    ),
    codes,
)


def spaces_of(world):
    """Return the spaces of a world."""
    hashed = hashing("the secret of a test")
    return joined({kind: Space.of(kind, facts, hashed) for kind, facts in world.items()})


def seen(world, viewer):
    """Return the world as it would be without what `viewer` may not see."""
    return {
        kind: [
            replace(each, texts=tuple(t for t in each.texts if t.labels is None or t.labels & viewer.labels))
            for each in facts
            if each.labels & viewer.labels
        ]
        for kind, facts in world.items()
    }


def lists(spaces, left, viewer):
    """Return the ranked lists of a viewer, with scores."""
    found = {}
    for pairing, kind in PAIRED.items():
        ranked = spaces.of(kind).ranked(
            pairing, left, labels=viewer.labels, moment=FAR, statistics=spaces.statistics
        )
        found[pairing] = list(zip(ranked.keys, ranked.scores.tolist(), strict=True))
    return found


@pytest.mark.parametrize("viewer", [PLAIN, POLICEMAN], ids=["member", "law enforcement"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds, left=lefts)
def test_scores_and_order_are_the_same_without_what_is_hidden(viewer, world, left):
    whole, without = spaces_of(world), spaces_of(seen(world, viewer))
    assert lists(whole, left, viewer) == lists(without, left, viewer)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds, more=worlds, left=lefts)
def test_changed_spaces_are_those_built_anew(world, more, left):
    known = spaces_of(world)
    changed = joined(
        {
            kind: space.changed(more[kind], [each.key for each in world[kind][:2]])
            for kind, space in known.by_kind.items()
        }
    )
    anew = {}
    for kind, facts in world.items():
        kept = {each.key: each for each in facts[2:]} | {each.key: each for each in more[kind]}
        anew[kind] = list(kept.values())
    assert lists(changed, left, PLAIN) == lists(spaces_of(anew), left, PLAIN)
