"""Audiences, their labels, and what can be said about two readerships at once."""

from itertools import pairwise

import pytest
from hypothesis import given

from hub.access.audience import (
    CEILING,
    Audience,
    Readership,
    Tlp,
    covers,
    is_lowered,
    is_wider,
    is_within,
    meet,
    narrowed,
    readership_of,
    stricter,
)
from hub.access.viewer import VISITOR, Viewer
from tests.access.strategies import may_read, readerships, viewers

GEORGIAN_POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"GE"}))


def readership(audience, **named):
    return Readership(audience, Tlp.AMBER, **{name: frozenset(each) for name, each in named.items()})


@pytest.mark.parametrize(
    ("chosen", "labels"),
    [
        (readership(Audience.PUBLIC), {"public"}),
        (readership(Audience.MEMBERS), {"member"}),
        (readership(Audience.LAW_ENFORCEMENT), {"le"}),
        (readership(Audience.LAW_ENFORCEMENT, countries=["GE", "ID"]), {"le:GE", "le:ID"}),
        (readership(Audience.ORGANISATIONS, organisations=[1, 12]), {"org:1", "org:12"}),
        (readership(Audience.PEOPLE, people=[7]), {"person:7"}),
    ],
)
def test_an_audience_becomes_labels(chosen, labels):
    assert chosen.labels == labels


@pytest.mark.parametrize(
    ("label", "audiences"),
    [
        (Tlp.CLEAR, {Audience.PUBLIC, Audience.MEMBERS}),
        (Tlp.GREEN, {Audience.MEMBERS}),
        (Tlp.AMBER, {Audience.ORGANISATIONS, Audience.LAW_ENFORCEMENT}),
        (Tlp.AMBER_STRICT, {Audience.ORGANISATIONS}),
        (Tlp.RED, {Audience.PEOPLE}),
    ],
)
def test_each_label_has_its_ceiling(label, audiences):
    named = {"countries": frozenset(), "organisations": frozenset({1}), "people": frozenset({1})}
    allowed = {each for each in Audience if Readership(each, label, **named).is_allowed}
    assert allowed == audiences == CEILING[label]


@pytest.mark.parametrize(
    ("audience", "label"), [(Audience.ORGANISATIONS, Tlp.AMBER), (Audience.PEOPLE, Tlp.RED)]
)
def test_an_audience_of_nobody_is_not_allowed(audience, label):
    assert not Readership(audience, label).is_allowed


@given(chosen=readerships())
def test_a_readership_is_read_back_from_its_labels(chosen):
    assert readership_of(chosen.audience, chosen.tlp, chosen.labels) == chosen


@given(first=readerships(), second=readerships(), viewer=viewers)
def test_nobody_outside_either_readership_is_inside_their_meeting(first, second, viewer):
    if may_read(viewer, meet(first.labels, second.labels)):
        assert may_read(viewer, first.labels)
        assert may_read(viewer, second.labels)


@given(first=readerships(), second=readerships())
def test_meeting_does_not_depend_on_the_order(first, second):
    assert meet(first.labels, second.labels) == meet(second.labels, first.labels)


@given(chosen=readerships())
def test_a_readership_meets_itself_whole(chosen):
    assert meet(chosen.labels, chosen.labels) == chosen.labels


@given(narrow=readerships(), wide=readerships(), viewer=viewers)
def test_who_reads_the_narrower_reads_the_wider(narrow, wide, viewer):
    if is_within(narrow.labels, wide.labels) and may_read(viewer, narrow.labels):
        assert may_read(viewer, wide.labels)


@given(narrow=readerships(), wide=readerships())
def test_a_narrower_readership_meets_the_wider_in_itself(narrow, wide):
    if is_within(narrow.labels, wide.labels):
        assert meet(narrow.labels, wide.labels) == narrow.labels


@given(chosen=readerships())
def test_everything_is_within_the_public(chosen):
    assert is_within(chosen.labels, {"public"})
    assert is_within(chosen.labels, chosen.labels)


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [("public", "member"), ("member", "le"), ("member", "org:3"), ("le", "le:GE"), ("le:GE", "le:GE")],
)
def test_a_wide_label_covers_a_narrow_one(wide, narrow):
    assert covers(wide, narrow)


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("member", "public"),
        ("le", "member"),
        ("le:GE", "le"),
        ("le:GE", "le:ID"),
        ("org:1", "org:12"),
        ("org:1", "person:1"),
        ("le", "legal"),
    ],
)
def test_a_label_covers_nothing_wider_or_other(wide, narrow):
    assert not covers(wide, narrow)


def test_two_strangers_meet_in_nobody():
    assert meet({"le:GE"}, {"le:ID"}) == frozenset()


@pytest.mark.parametrize(
    ("viewer", "reads"),
    [
        (VISITOR, False),
        (Viewer(member_id=1), False),
        (Viewer(member_id=1, law_enforcement_country="ID"), False),
        (Viewer(member_id=1, law_enforcement_country="GE"), True),
    ],
)
def test_a_method_shown_to_one_police_force_is_not_shown_to_all(viewer, reads):
    assert may_read(viewer, GEORGIAN_POLICE.labels) is reads


def test_a_label_is_lowered_towards_clear():
    order = [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED]
    for lower, higher in pairwise(order):
        assert is_lowered(higher, lower)
        assert not is_lowered(lower, higher)
        assert not is_lowered(lower, lower)


allowed = readerships().filter(lambda each: each.is_allowed)


@given(allowed, allowed)
def test_what_is_narrowed_is_for_nobody_new_and_an_allowed_readership(present, chosen):
    at_once = narrowed(present, chosen)
    if at_once is None:
        assert not meet(present.labels, chosen.labels)
        return
    assert at_once.is_allowed
    assert not is_wider(present, at_once)
    assert is_within(at_once.labels, chosen.labels)
    assert at_once.tlp is stricter(present.tlp, chosen.tlp)


@given(allowed, allowed)
def test_a_choice_that_is_not_wider_takes_effect_whole(present, chosen):
    assert (narrowed(present, chosen) == chosen) is not is_wider(present, chosen)


@given(allowed, allowed, viewers)
def test_nobody_reads_at_once_who_is_not_in_both(present, chosen, viewer):
    at_once = narrowed(present, chosen)
    if at_once is not None and may_read(viewer, at_once.labels):
        assert may_read(viewer, present.labels)
        assert may_read(viewer, chosen.labels)
